"""A task is its receiver's: a person, or those of the authority who hold the role."""

from samsvar.postgres.rows import AUTHORITIES, GROUPS, PARTNERSHIPS, PERSON, ROLES, Policies, definer_function

_MINE = (
    f"authority_id = any({AUTHORITIES}) and (person_id = {PERSON} or (person_id is null and role = any({ROLES}) "
    f"and (group_id is null or group_id = any({GROUPS}))))"
)

POLICIES = [
    Policies(
        "tasks_task",
        select=_MINE,
        # A task may be laid on another authority's table (a proposal, an answer); its maker cannot read it there.
        insert=f"partnership_id = any({PARTNERSHIPS})",
        update=_MINE,
        immutable=("partnership_id", "authority_id", "subject_id", "case_id", "kind", "created_at"),
        definer="all",
    ),
    # Written and read by the caretaker alone.
    Policies("tasks_notice"),
]

FUNCTIONS = [
    # A closed case leaves every party's table; only a party to the case can ask for it.
    *definer_function(
        "tasks_finish_case(the_case uuid)",
        "integer",
        """declare n integer; begin
            if not exists (select 1 from cases_caseparty p where p.case_id = the_case
                and p.authority_id = any(actor_authorities())) then return 0; end if;
            update tasks_task set done_at = now(), done_by_id = actor_person() where case_id = the_case and done_at is null
                and kind <> 'tell_citizen';
            get diagnostics n = row_count; return n; end""",
        volatile="volatile",
    ),
]
