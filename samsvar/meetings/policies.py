"""A meeting is its group's; an item is its case's parties' (decisions.md, Minutes). What is approved stands."""

from samsvar.postgres.rows import (
    AUTHORITIES,
    CARETAKER,
    GROUPS,
    PARTNERSHIPS,
    PERSON,
    Policies,
    definer_function,
    is_party,
    of_case,
    party_rows,
)

_GROUPS = f"group_id = any({GROUPS})"


def _meeting(table: str, fact: str) -> str:
    """SQL of a row of a meeting of this very group about which something is true."""
    return (
        f"exists (select 1 from meetings_meeting m where m.id = {table}.meeting_id "
        f"and m.group_id = {table}.group_id and {fact} offset 0)"
    )


# Approved minutes are frozen: neither frame nor item nor attendance changes any more (R-000-130).
_OPEN = "m.approved_at is null"

POLICIES = [
    Policies(
        "meetings_meeting",
        select=_GROUPS,
        insert=f"{_GROUPS} and partnership_id = any({PARTNERSHIPS})",
        update=f"{_GROUPS} and approved_at is null",
        update_check=_GROUPS,
        immutable=("partnership_id", "group_id"),
    ),
    Policies(
        "meetings_agendaitem",
        select=party_rows(),
        insert=f"{party_rows()} and {_GROUPS} and {_meeting('meetings_agendaitem', _OPEN)} "
        f"and {of_case('meetings_agendaitem')}",
        update=f"{party_rows()} and {_GROUPS} and {_meeting('meetings_agendaitem', _OPEN)}",
        immutable=("partnership_id", "group_id", "meeting_id", "case_id", "kind"),
    ),
    Policies(
        "meetings_attendance",
        select=_GROUPS,
        insert=f"{_GROUPS} and {_meeting('meetings_attendance', _OPEN)}",
        update=f"{_GROUPS} and {_meeting('meetings_attendance', _OPEN)}",
        immutable=("partnership_id", "group_id", "meeting_id", "membership_id"),
    ),
    Policies(
        "meetings_minutesread",
        select=_GROUPS,
        insert=f"{_GROUPS} and partnership_id = any({PARTNERSHIPS}) and person_id = {PERSON} "
        f"and authority_id = any({AUTHORITIES}) and {_meeting('meetings_minutesread', 'm.minutes_sent_at is not null')}",
    ),
    Policies(
        "meetings_amendment",
        select=f"{_GROUPS} and (case_id is null or {is_party()})",
        insert=f"{_GROUPS} and partnership_id = any({PARTNERSHIPS}) and by_id = {PERSON} "
        f"and authority_id = any({AUTHORITIES}) and {_meeting('meetings_amendment', 'm.approved_at is not null')} "
        "and (case_id is null or exists (select 1 from meetings_agendaitem i where i.meeting_id = "
        "meetings_amendment.meeting_id and i.case_id = meetings_amendment.case_id offset 0))",
    ),
]

FUNCTIONS = [
    # Who raised a worry hears from the meeting that it was acted on, whichever party the one who ends it comes from;
    # the answer is the holder's. Tells nothing, and each hears it once. Closing gives an answer of its own.
    *definer_function(
        "meetings_answer_raisers(the_meeting uuid)",
        "void",
        """declare who uuid := actor_person(); begin
            if not exists (select 1 from meetings_meeting m where m.id = the_meeting and m.state = 'held'
                and m.group_id = any(actor_groups())) then return; end if;
            insert into cases_feedback (id, partnership_id, concern_id, to_id, to_authority_id, authority_id, kind, thanks,
                    by_id, at, read_at)
                select gen_random_uuid(), c.partnership_id, c.id, c.raised_by_id, c.authority_id, i.holder_id, 'acted', '',
                    i.decided_by_id, moment(), case when c.raised_by_id = who then moment() end
                from meetings_agendaitem i join cases_concern c on c.case_id = i.case_id
                where i.meeting_id = the_meeting and i.decision not in ('', 'not_psp', 'closed')
                    and i.holder_id is not null and i.decided_by_id is not null and c.state <> 'withdrawn'
                    and not exists (select 1 from cases_feedback f where f.concern_id = c.id and f.kind = 'acted'); end""",
        volatile="volatile",
    ),
    # Each party prepares the new cases of the group's next meeting at home (R-000-58). Reaches cases that the caller does
    # not see, and therefore tells nothing. Safe to repeat.
    *definer_function(
        "meetings_prepare(the_group uuid)",
        "void",
        f"""declare day date; begin
            if not (the_group = any(actor_groups())) and session_user <> '{CARETAKER}' then return; end if;
            select (min(m.starts_at) at time zone 'Europe/Copenhagen')::date into day from meetings_meeting m
                where m.group_id = the_group and m.state = 'planned' and m.starts_at > moment();
            if day is null then return; end if;
            update tasks_task t set due_on = day where t.group_id = the_group and t.kind = 'prepare' and t.done_at is null
                and t.due_on is distinct from day;
            insert into tasks_task (id, partnership_id, authority_id, group_id, role, kind, subject_kind, subject_id, case_id,
                    reference, acute, due_on, created_at)
                select gen_random_uuid(), k.partnership_id, p.authority_id, k.group_id, 'member', 'prepare', 'case', k.id, k.id,
                    k.reference, false, day, moment()
                from cases_case k join cases_caseparty p on p.case_id = k.id and p.until is null
                where k.group_id = the_group and k.closed_at is null and k.standing = 'raised'
                    and not exists (select 1 from tasks_task t where t.subject_id = k.id and t.kind = 'prepare'
                        and t.authority_id = p.authority_id); end""",
        volatile="volatile",
    ),
]
