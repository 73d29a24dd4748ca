"""What those inside, and a receiver, cannot write past the services: other days, other names, old yeses, a stop list.

A policy of one of these tables would have to read the table itself, or one whose policy reads it: so they are triggers.
"""

from samsvar.coordination.models.doctor import DoctorAnswer, MessageAnswer
from samsvar.coordination.models.events import NOT_ANSWERED
from samsvar.coordination.policies.words import STOPPED
from samsvar.postgres.rows import APP, definer_function, stamped

# What is stamped by the act itself: an hour is this hour, and a day today. A day that somebody tells of is another thing.
_STAMPED = {
    "careevent": ("released_at",),
    "careeventdelivery": ("read_at",),
    "coordinatornews": ("read_at", "noted_at"),
    "recordentry": ("read_at",),
    "planversion": ("in_force_at",),
    "plan": ("ended_on",),
    "planline": ("done_on",),
    "carecoordinator": ("until",),
    "networkreader": ("until",),
    "networkcontact": ("until", "paused_on"),
    "networkinvitee": ("invited_on",),
    "meetingwishes": ("on",),
    "substitutetask": ("until",),
    "drawnperson": ("until",),
    "summarysection": ("until",),
}


def _kinds(kinds: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"'{one}'" for one in kinds)


TRIGGERS = [
    *(statement for table, columns in _STAMPED.items() for statement in stamped(f"coordination_{table}", *columns)),
    # A line is of the version in which it is written, or stands unchanged in the version in force: only then does a yes
    # that somebody gave to it hold on.
    *definer_function(
        "coordination_line_since()",
        "trigger",
        f"""begin
            if session_user = '{APP}' and not exists (select 1 from coordination_planversion v
                    where v.id = new.version_id and v.version = new.since) and not exists (
                    select 1 from coordination_planversion v join coordination_plan p on p.id = v.plan_id
                    join coordination_planversion w on w.plan_id = p.id and w.version = p.in_force
                    join coordination_planline l on l.version_id = w.id
                    where v.id = new.version_id and (l.since, l.number, l.part, l.what, l.owner, l.condition, l.reason, l.changed)
                        = (new.since, new.number, new.part, new.what, new.owner, new.condition, new.reason, new.changed)
                    and l.party_id is not distinct from new.party_id and l.unit_id is not distinct from new.unit_id
                    and l.due_on is not distinct from new.due_on) then
                raise exception 'an old yes holds for the line that was said yes to' using errcode = '42501'; end if;
            return new; end""",
    ),
    "drop trigger if exists coordination_line_since on coordination_planline",
    "create trigger coordination_line_since before insert on coordination_planline for each row "
    "execute function coordination_line_since()",
    # An invitation has its answers, and what else was told has others: a stop is said to an invitation alone.
    *definer_function(
        "coordination_answered()",
        "trigger",
        f"""begin
            if session_user = '{APP}' and new.answer <> '' and not exists (select 1 from coordination_careevent e
                    where e.id = new.event_id and case when e.kind = 'invitation' then new.answer in ({_kinds(DoctorAnswer.values)})
                    else e.kind not in ({_kinds(NOT_ANSWERED)}) and new.answer in ({_kinds(MessageAnswer.values)}) end) then
                raise exception 'this is no answer to what was told' using errcode = '42501'; end if;
            return new; end""",
    ),
    "drop trigger if exists coordination_answered on coordination_careeventdelivery",
    "create trigger coordination_answered before update on coordination_careeventdelivery for each row "
    "when (new.answer is distinct from old.answer) execute function coordination_answered()",
    # Nobody puts a practice on a list that has asked not to be invited (R-003-142).
    *definer_function(
        "coordination_not_stopped()",
        "trigger",
        f"""begin
            if session_user = '{APP}' and exists (select 1 from coordination_networkcontact k where k.id = new.contact_id
                    and k.body_id is not null and {STOPPED.format("k.body_id", "k.network_id")}) then
                raise exception 'the practice has asked not to be invited' using errcode = '42501'; end if;
            return new; end""",
    ),
    "drop trigger if exists coordination_not_stopped on coordination_networkinvitee",
    "create trigger coordination_not_stopped before insert or update of invited_on on coordination_networkinvitee "
    "for each row execute function coordination_not_stopped()",
]
