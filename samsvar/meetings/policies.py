"""A meeting is its group's; an item is its case's parties' (decisions.md, Minutes)."""

from samsvar.postgres.rows import (
    CAPACITY,
    CARETAKER,
    GROUPS,
    PARTNERSHIPS,
    PERSON,
    Policies,
    definer_function,
    of_case,
    party_rows,
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
        select=party_rows(),
        insert=f"{party_rows()} and {_GROUPS} and {_OF_THE_GROUP.format(table='meetings_agendaitem')} "
        f"and {of_case('meetings_agendaitem')}",
        update=f"{party_rows()} and {_GROUPS}",
        immutable=("partnership_id", "group_id", "meeting_id", "case_id", "kind"),
    ),
    Policies(
        "meetings_attendance",
        select=_GROUPS,
        insert=f"{_GROUPS} and {_OF_THE_GROUP.format(table='meetings_attendance')}",
        update=_GROUPS,
        immutable=("partnership_id", "group_id", "meeting_id", "membership_id"),
    ),
    Policies(
        "meetings_calendarfeed",
        select=f"person_id = {PERSON} and capacity_id = {CAPACITY}",
        insert=f"person_id = {PERSON} and capacity_id = {CAPACITY} and ended_at is null",
        update=f"person_id = {PERSON} and capacity_id = {CAPACITY} and ended_at is null",
        update_check="ended_at is not null",
        immutable=("token_hash", "person_id", "capacity_id", "made_at"),
    ),
]

FUNCTIONS = [
    # The meetings behind a calendar address, asked before anyone acts. No case, no citizen, and nobody who comes; empty
    # when the address is ended, the post is over, or nobody sits in it any more.
    *definer_function(
        "meetings_feed(the_hash bytea)",
        "table (id uuid, starts_at timestamptz, place text, state text, theme_day boolean, group_name text)",
        """begin return query select m.id, m.starts_at, m.place::text, m.state::text, m.theme_day, g.name::text
            from meetings_calendarfeed f join partnerships_capacity c on c.id = f.capacity_id
            join accounts_user u on u.id = f.person_id and u.is_active
            join partnerships_membership s on s.capacity_id = c.id
            join partnerships_group g on g.id = s.group_id join meetings_meeting m on m.group_id = g.id
            where f.token_hash = the_hash and f.ended_at is null
                and c.since <= current_date and (c.until is null or c.until >= current_date)
                and s.since <= current_date and (s.until is null or s.until >= current_date)
                and m.starts_at > moment() - interval '60 days' order by m.starts_at; end""",
    ),
    *definer_function(
        "meetings_feed_stands(the_hash bytea)",
        "boolean",
        """begin return exists (select 1 from meetings_calendarfeed f join partnerships_capacity c on c.id = f.capacity_id
            where f.token_hash = the_hash and f.ended_at is null
                and c.since <= current_date and (c.until is null or c.until >= current_date)); end""",
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
