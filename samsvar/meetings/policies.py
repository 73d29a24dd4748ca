"""A meeting is its group's; an item is its case's parties' (decisions.md, Minutes)."""

from samsvar.postgres.rows import (
    CARETAKER,
    GROUPS,
    PARTNERSHIPS,
    Policies,
    definer_function,
    heard_rows,
    of_case,
    writer_rows,
)

_GROUPS = f"group_id = any({GROUPS})"
_OF_THE_GROUP = (
    "exists (select 1 from meetings_meeting m where m.id = meeting_id and m.group_id = {table}.group_id offset 0)"
)

POLICIES = [
    Policies(
        "meetings_meeting",
        select=_GROUPS,
        insert=f"{_GROUPS} and partnership_id = any({PARTNERSHIPS})",
        update=_GROUPS,
        immutable=("partnership_id", "group_id"),
    ),
    Policies(
        "meetings_agendaitem",
        select=heard_rows("THIS.decided_at"),
        insert=f"{writer_rows()} and {_GROUPS} and {_OF_THE_GROUP.format(table='meetings_agendaitem')} "
        f"and {of_case('meetings_agendaitem')}",
        update=f"{writer_rows()} and {_GROUPS}",
        immutable=("partnership_id", "group_id", "meeting_id", "case_id", "kind"),
    ),
    Policies(
        "meetings_attendance",
        select=_GROUPS,
        insert=f"{_GROUPS} and {_OF_THE_GROUP.format(table='meetings_attendance')}",
        update=_GROUPS,
        immutable=("partnership_id", "group_id", "meeting_id", "membership_id"),
    ),
]

FUNCTIONS = [
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
