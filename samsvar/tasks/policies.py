"""A task is its receiver's: a person, or those of the authority who hold the role."""

from samsvar.postgres.rows import AUTHORITIES, GROUPS, PARTNERSHIPS, PERSON, ROLES, Policies, definer_function

_OWN = f"authority_id = any({AUTHORITIES})"
_MINE = (
    f"{_OWN} and (person_id = {PERSON} or (person_id is null and role = any({ROLES}) "
    f"and (group_id is null or group_id = any({GROUPS}))))"
)

POLICIES = [
    Policies(
        "tasks_task",
        select=_MINE,
        # A task may be laid on another authority's table (a proposal, an answer); its maker cannot read it there.
        # It goes to somebody who takes part, and about a case only from those who are in it.
        insert=f"partnership_id = any({PARTNERSHIPS}) and done_at is null and ({_OWN} or exists "
        "(select 1 from partnerships_participation p where p.partnership_id = tasks_task.partnership_id "
        "and p.authority_id = tasks_task.authority_id and p.since <= current_date "
        "and (p.until is null or p.until >= current_date) offset 0)) "
        "and (person_id is null or exists (select 1 from partnerships_capacity c where c.person_id = tasks_task.person_id "
        "and c.authority_id = tasks_task.authority_id offset 0)) and (case_id is null or was_party(case_id))",
        update=_MINE,
        immutable=("partnership_id", "authority_id", "subject_id", "case_id", "kind", "created_at"),
        definer="all",
    ),
]

FUNCTIONS = [
    # A closed case leaves every party's table; only those who work on it can ask for it, and only once it is closed.
    *definer_function(
        "tasks_finish_case(the_case uuid)",
        "integer",
        """declare n integer; begin
            if not reaches(the_case) or not exists (select 1 from cases_case k where k.id = the_case and k.closed_at is not null)
                then return 0; end if;
            update tasks_task set done_at = now(), done_by_id = actor_person() where case_id = the_case and done_at is null
                and kind <> 'tell_citizen';
            get diagnostics n = row_count; return n; end""",
        volatile="volatile",
    ),
]
