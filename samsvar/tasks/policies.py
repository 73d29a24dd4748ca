"""A task is its receiver's: a person, or those of the authority who hold the role."""

from samsvar.postgres.rows import AUTHORITIES, GROUPS, PARTNERSHIPS, PERSON, ROLES, Policies, definer_function

_OWN = f"authority_id = any({AUTHORITIES})"
# On another authority's table a task bears no words: nothing, or the number of the row that it is about, as the actor sees it.
_ITS_NUMBER = (
    "(reference = '' or exists (select 1 from cases_case k where k.id = tasks_task.case_id "
    "and k.reference = tasks_task.reference offset 0) "
    "or exists (select 1 from cases_networkcase n where n.id = tasks_task.subject_id "
    "and n.reference = tasks_task.reference and tasks_task.authority_id = any(n.party_ids) offset 0) "
    "or exists (select 1 from rights_hearing h where h.id = tasks_task.subject_id and h.reference = tasks_task.reference "
    "and h.to_authority_id = tasks_task.authority_id offset 0))"
)
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
        insert=f"partnership_id = any({PARTNERSHIPS}) and done_at is null and ({_OWN} or {_ITS_NUMBER} and exists "
        "(select 1 from partnerships_participation p where p.partnership_id = tasks_task.partnership_id "
        "and p.authority_id = tasks_task.authority_id and p.since <= today() "
        "and (p.until is null or p.until >= today()) offset 0)) "
        "and (person_id is null or exists (select 1 from partnerships_capacity c where c.person_id = tasks_task.person_id "
        "and c.authority_id = tasks_task.authority_id offset 0)) and (case_id is null or was_party(case_id))",
        update=_MINE,
        immutable=("partnership_id", "authority_id", "subject_id", "case_id", "kind", "created_at"),
        definer="all",
    ),
    # Written and read by the caretaker alone.
    Policies("tasks_notice"),
]

FUNCTIONS = [
    # What one colleague has done is done for all of the authority whose table it lay on, whatever their role; a question
    # to the group is done for the whole group once one member has answered it.
    *definer_function(
        "tasks_finish(the_kind text, the_subject uuid)",
        "integer",
        """declare n integer; mine uuid[] := actor_authorities(); tables uuid[] := actor_groups(); begin
            update tasks_task set done_at = moment(), done_by_id = actor_person()
                where kind = the_kind and subject_id = the_subject and done_at is null and (authority_id = any(mine)
                or (kind = 'ask_member' and exists (select 1 from cases_consult c where c.id = the_subject
                    and c.group_id = any(tables) and not c.own_only))
                or (kind = 'gap' and exists (select 1 from cases_systemgap s where s.id = the_subject
                    and (s.group_id = any(tables) or s.at_group_id = any(actor_seats())))));
            get diagnostics n = row_count; return n; end""",
        volatile="volatile",
    ),
    # A closed case leaves every party's table; only those who work on it can ask for it, and only once it is closed.
    *definer_function(
        "tasks_finish_case(the_case uuid)",
        "integer",
        """declare n integer; begin
            if not reaches(the_case) or not exists (select 1 from cases_case k where k.id = the_case and k.closed_at is not null)
                then return 0; end if;
            update tasks_task set done_at = moment(), done_by_id = actor_person() where case_id = the_case and done_at is null
                and kind <> 'tell_citizen';
            get diagnostics n = row_count; return n; end""",
        volatile="volatile",
    ),
    # A successor takes over the personal tasks of one who leaves: those of the group, and the partnership's without one.
    *definer_function(
        "tasks_pass_on(leaving uuid, successor uuid, the_group uuid)",
        "integer",
        """declare n integer; begin
            if not partnerships_may_hand_over(leaving, successor, the_group) then return 0; end if;
            update tasks_task t set person_id = s.person_id
                from partnerships_capacity l, partnerships_capacity s, partnerships_group g
                where l.id = leaving and s.id = successor and g.id = the_group and t.done_at is null
                and t.person_id = l.person_id and t.authority_id = l.authority_id and t.partnership_id = g.partnership_id
                and (t.group_id is null or t.group_id = the_group);
            get diagnostics n = row_count; return n; end""",
        volatile="volatile",
    ),
    # What has been done, taken back or moved to another leaves the other party's table too.
    *definer_function(
        "tasks_finish_subject(the_subject uuid, the_kind text)",
        "integer",
        """declare n integer; begin
            update tasks_task t set done_at = moment(), done_by_id = actor_person()
                where t.subject_id = the_subject and t.kind = the_kind and t.done_at is null
                and t.case_id is not null and reaches(t.case_id);
            get diagnostics n = row_count; return n; end""",
        volatile="volatile",
    ),
]
