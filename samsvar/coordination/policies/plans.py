"""Plans: written by those inside or by the ward whose discharge it is, read in the version in force by whom a yes names."""

from samsvar.coordination.policies import discharge
from samsvar.coordination.policies.words import MINE, OWN, STANDING, in_unit, opened, own_row
from samsvar.postgres.rows import APP, AUTHORITIES, PERSON, Policies, definer_function, guard_columns, near

_DRAFT = "v.in_force_at is null"
# Whose network it is, or whose plan.
_WHOSE = "v.authority_id = THIS.owner_authority_id"
# A nested read meets the version's own policy: to one let in there is only the version in force.
_SEEN = "exists (select 1 from coordination_planversion v where v.id = THIS.version_id offset 0)"


def _of_version(table: str, more: str) -> str:
    """The row's version lies in the row's network, and more."""
    return (
        f"exists (select 1 from coordination_planversion v where v.id = {table}.version_id "
        f"and v.network_id = {table}.network_id and {more} offset 0)"
    )


# Those inside write in the plans of their own authority; a ward's plan they read once it is in force, and follow up.
_INSIDE = f"({MINE} and {OWN})"
_INSIDE_ANSWERS = f"({MINE} and owner_authority_id = any({AUTHORITIES}))"
_OF_DISCHARGE = "kind in ('discharge', 'coordination') and meeting_id is null"

POLICIES = [
    Policies(
        "coordination_plan",
        select=f"{_INSIDE} or {discharge.PLAN} or (in_force is not null and ({MINE} or ({opened('plans')} "
        "and ended_on is null)))",
        insert=f"in_force is null and ended_on is null and (({own_row('coordination_plan')} and unit_id is null) "
        f"or ({discharge.PLAN} and {discharge.BY_ME} and {_OF_DISCHARGE}))",
        update=f"({_INSIDE} or {discharge.PLAN} or ({MINE} and in_force is not null)) and ended_on is null and {STANDING}",
        # Those inside end a ward's plan that nobody keeps any more, and change nothing else of it.
        update_check=f"{_INSIDE} or ({discharge.PLAN} and {_OF_DISCHARGE}) or ({MINE} and ended_on is not null)",
        delete=f"({_INSIDE} or {discharge.PLAN}) and in_force is null",
        immutable=("partnership_id", "network_id", "authority_id", "unit_id", "meeting_id", "by_id", "at"),
    ),
    Policies(
        "coordination_planversion",
        # The version in force and no other; a draft never, whatever the plan's own row says.
        select=f"{_INSIDE} or {discharge.VERSION} or (in_force_at is not null and ({MINE} or ({opened('plans')} "
        "and exists (select 1 from coordination_plan p "
        "where p.id = THIS.plan_id and p.in_force = THIS.version and p.ended_on is null offset 0))))",
        insert=f"in_force_at is null and in_force_by_id is null and ({own_row('coordination_planversion')} or "
        f"({discharge.VERSION} and {discharge.BY_ME})) and exists (select 1 from coordination_plan p "
        "where p.id = THIS.plan_id and p.network_id = THIS.network_id and p.authority_id = THIS.authority_id "
        "and p.ended_on is null offset 0)",
        # What is in force is never rewritten.
        update=f"({_INSIDE} or {discharge.VERSION}) and in_force_at is null and {STANDING}",
        update_check=f"in_force_by_id is null or in_force_by_id = {PERSON}",
        delete=f"({_INSIDE} or {discharge.VERSION}) and in_force_at is null",
        immutable=("partnership_id", "network_id", "authority_id", "plan_id", "version", "by_id", "at"),
    ),
    Policies(
        "coordination_planline",
        select=f"({MINE} or {opened('plans')}) and {_SEEN}",
        insert=f"done_on is null and ({own_row('coordination_planline')} or ({discharge.LINE} and {discharge.BY_ME})) "
        f"and {_of_version('coordination_planline', _DRAFT + ' and v.authority_id = THIS.authority_id')}",
        # It is done, once; what it says stands. A ward's lines are followed up by those inside too.
        update=f"({MINE} or {discharge.LINE}) and {_SEEN} and done_on is null and {STANDING}",
        update_check=f"done_by_id = {PERSON} and (done_on is null or done_on <= today())",
        delete=f"({_INSIDE} or {discharge.LINE}) and {_of_version('coordination_planline', _DRAFT)}",
        immutable=(
            *("partnership_id", "network_id", "authority_id", "version_id", "number", "part", "what", "owner"),
            *("party_id", "unit_id", "due_on", "condition", "reason", "after", "changed", "since", "by_id", "at"),
        ),
    ),
    Policies(
        "coordination_plananswer",
        # What another party said is told to those inside, to the ward whose plan it is, and to nobody else let in.
        select=f"({MINE} or ({opened('plans')} and ({OWN} or authority_id is null or {discharge.ANSWER}))) and {_SEEN}",
        # Whoever writes the plan writes down what the citizen and those around the citizen say. A party answers for
        # itself alone, for lines that are its own, with a yes and no words.
        insert='"on" <= today() and (('
        f"({own_row('coordination_plananswer', 'owner_authority_id')} or ({discharge.ANSWER} and {discharge.BY_ME})) "
        "and authority_id is null and unit_id is null "
        f"and {_of_version('coordination_plananswer', _WHOSE)}) or "
        f"(({opened('plans')} or ({MINE} and authority_id <> owner_authority_id)) and {OWN} and {in_unit('unit_id')} "
        f"and by_id = {PERSON} and reply = 'yes' and words = '' and {near('THIS.at')} "
        # Under the name of the place that it is.
        "and exists (select 1 from partnerships_authority a left join partnerships_unit u on u.id = THIS.unit_id "
        "where a.id = THIS.authority_id and THIS.who = left(concat_ws(', ', u.name, a.name), 340) offset 0) "
        "and exists (select 1 from coordination_carenetwork n where n.id = THIS.network_id and n.ended_on is null "
        "and n.partnership_id = THIS.partnership_id offset 0) "
        f"and {_of_version('coordination_plananswer', 'v.in_force_at is not null and ' + _WHOSE)} "
        "and exists (select 1 from coordination_planline l where l.version_id = THIS.version_id "
        "and l.party_id = THIS.authority_id and l.unit_id is not distinct from THIS.unit_id offset 0)))",
        # An answer to a draft goes with the draft.
        delete=f"({_INSIDE_ANSWERS} or {discharge.ANSWER}) and {_of_version('coordination_plananswer', _DRAFT)}",
    ),
]

TRIGGERS = [
    # A former version does not come back: a newer one follows it, and has been put in force.
    *definer_function(
        "coordination_in_force()",
        "trigger",
        f"""begin
            if session_user = '{APP}' and (new.in_force is null or new.in_force <= coalesce(old.in_force, 0) or not exists (
                    select 1 from coordination_planversion v where v.plan_id = new.id and v.version = new.in_force
                    and v.in_force_at is not null)) then
                raise exception 'only a newer version that was put in force is in force' using errcode = '42501'; end if;
            return new; end""",
    ),
    # Whoever ends another's plan ends it, and says why.
    *guard_columns("coordination_plan", "authority_id", "ended_on", "end_why"),
    "drop trigger if exists coordination_in_force on coordination_plan",
    "create trigger coordination_in_force before update on coordination_plan for each row "
    "when (new.in_force is distinct from old.in_force) execute function coordination_in_force()",
]
