"""Plans: written by those inside, read in the version in force by whom a yes to plans lets in."""

from samsvar.coordination.policies.words import DAY, MINE, OWN, STANDING, in_unit, opened, own_row
from samsvar.postgres.rows import APP, PERSON, Policies, definer_function

_DRAFT = "v.in_force_at is null"
# A nested read meets the version's own policy: to one let in there is only the version in force.
_SEEN = "exists (select 1 from coordination_planversion v where v.id = THIS.version_id offset 0)"


def _of_version(table: str, more: str) -> str:
    """The row's version lies in the row's network, and more."""
    return (
        f"exists (select 1 from coordination_planversion v where v.id = {table}.version_id "
        f"and v.network_id = {table}.network_id and {more} offset 0)"
    )


POLICIES = [
    Policies(
        "coordination_plan",
        select=f"{MINE} or ({opened('plans')} and in_force is not null and ended_on is null)",
        insert=own_row("coordination_plan") + " and in_force is null and ended_on is null",
        update=f"{MINE} and ended_on is null and {STANDING}",
        update_check="true",
        delete=f"{MINE} and in_force is null",
        immutable=("partnership_id", "network_id", "authority_id", "meeting_id", "by_id", "at"),
    ),
    Policies(
        "coordination_planversion",
        # The version in force and no other; a draft never, whatever the plan's own row says.
        select=f"{MINE} or ({opened('plans')} and in_force_at is not null and exists (select 1 from coordination_plan p "
        "where p.id = THIS.plan_id and p.in_force = THIS.version and p.ended_on is null offset 0))",
        insert=own_row("coordination_planversion") + " and in_force_at is null and exists (select 1 from "
        "coordination_plan p where p.id = plan_id and p.network_id = coordination_planversion.network_id "
        "and p.ended_on is null offset 0)",
        # What is in force is never rewritten.
        update=f"{MINE} and in_force_at is null and {STANDING}",
        update_check=f"in_force_by_id is null or in_force_by_id = {PERSON}",
        delete=f"{MINE} and in_force_at is null",
        immutable=("partnership_id", "network_id", "authority_id", "plan_id", "version", "by_id", "at"),
    ),
    Policies(
        "coordination_planline",
        select=f"{MINE} or ({opened('plans')} and {_SEEN})",
        insert=own_row("coordination_planline")
        + f" and done_on is null and {_of_version('coordination_planline', _DRAFT)}",
        # It is done, once; what it says stands.
        update=f"{MINE} and done_on is null and {STANDING}",
        update_check=f"done_by_id = {PERSON} and (done_on is null or done_on <= {DAY})",
        delete=f"{MINE} and {_of_version('coordination_planline', _DRAFT)}",
        immutable=(
            *("partnership_id", "network_id", "authority_id", "version_id", "number", "part", "what", "owner"),
            *("party_id", "unit_id", "due_on", "condition", "reason", "after", "changed", "since", "by_id", "at"),
        ),
    ),
    Policies(
        "coordination_plananswer",
        # What another party said is told to those inside, and to nobody else let in.
        select=f"{MINE} or ({opened('plans')} and ({OWN} or (authority_id is null and {_SEEN})))",
        # Those inside write down what the citizen and those around the citizen say. A party answers for itself alone,
        # for lines that are its own, with a yes and no words.
        insert=f'"on" <= {DAY}'
        + f" and (({own_row('coordination_plananswer', 'owner_authority_id')} and authority_id is null and unit_id is null "
        f"and {_of_version('coordination_plananswer', 'true')}) or ({opened('plans')} and {OWN} and {in_unit('unit_id')} "
        f"and by_id = {PERSON} and reply = 'yes' and words = '' "
        "and exists (select 1 from coordination_carenetwork n where n.id = THIS.network_id and n.ended_on is null "
        "and n.partnership_id = THIS.partnership_id and n.authority_id = THIS.owner_authority_id offset 0) "
        f"and {_of_version('coordination_plananswer', 'v.in_force_at is not null')} "
        "and exists (select 1 from coordination_planline l where l.version_id = THIS.version_id "
        "and l.party_id = THIS.authority_id and l.unit_id is not distinct from THIS.unit_id offset 0)))",
        # An answer to a draft goes with the draft.
        delete=f"{MINE} and {_of_version('coordination_plananswer', _DRAFT)}",
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
    "drop trigger if exists coordination_in_force on coordination_plan",
    "create trigger coordination_in_force before update on coordination_plan for each row "
    "when (new.in_force is distinct from old.in_force) execute function coordination_in_force()",
]
