"""A meeting is its group's; an item is its case's parties' (decisions.md, Minutes). What is approved stands."""

from samsvar.law.warnings import CPR_PATTERN
from samsvar.postgres.rows import (
    APP,
    AUTHORITIES,
    CAPACITY,
    CARETAKER,
    GROUPS,
    PARTNERSHIPS,
    PERSON,
    POLICY,
    Policies,
    counted,
    definer_function,
    has_role,
    heard,
    heard_rows,
    of_case,
    still_in,
    writer_rows,
)

_GROUPS = f"group_id = any({GROUPS})"
# What holds no citizen belongs to tables of every level: a steering group meets too. An operative one is its members'.
_TABLES = "group_id = any((select meetings_tables())::uuid[])"


def _meeting(table: str, fact: str) -> str:
    """SQL of a row of a meeting of this very group about which something is true."""
    return (
        f"exists (select 1 from meetings_meeting m where m.id = {table}.meeting_id "
        f"and m.group_id = {table}.group_id and {fact} offset 0)"
    )


# Approved minutes are frozen: neither frame nor item nor attendance changes any more (R-000-130).
_OPEN = "m.approved_at is null"
_PLANNED = "m.state = 'planned'"
# Nobody can look up a person whose name waits for the table (decisions.md, Who is party).
_TOLD_WHO = (
    "(k.identity_id is null or exists (select 1 from citizens_identity i where i.id = k.identity_id "
    "and i.authority_id = p.authority_id) or exists (select 1 from sharing_receipt r where r.subject_id = k.identity_id "
    "and r.authority_id = p.authority_id and r.ended_at is null))"
)

# What one is writing is one's own, and only for as long as one sits there and reaches the case.
_MY_DRAFT = (
    f"person_id = {PERSON} and {_TABLES} and (case_id is null or exists (select 1 from cases_case k "
    "where k.id = case_id offset 0))"
)

# Nobody looks through what is half written, so no number is put down in it.
_NO_NUMBER = f"not (normalize(text, NFKC) ~ '{CPR_PATTERN}')"

# Whoever sits in the group answers for the seats of the own authority: a colleague is ill, and the other one says so.
_OUR_SEAT = (
    "exists (select 1 from partnerships_membership s join partnerships_capacity c on c.id = s.capacity_id "
    "where s.id = meetings_invitation.membership_id and s.group_id = meetings_invitation.group_id "
    f"and c.authority_id = any({AUTHORITIES}) offset 0)"
)
_SETS_UP = (
    f"partnership_id = any({PARTNERSHIPS}) and {has_role('local_admin', 'coordinator', 'chair', 'secretariat')} "
    "and retired_at is null"
)

POLICIES = [
    Policies(
        "meetings_meetingkind",
        select=f"partnership_id = any({PARTNERSHIPS})",
        insert=_SETS_UP,
        update=_SETS_UP,
        update_check="true",
        immutable=("partnership_id", "template"),
    ),
    Policies(
        "meetings_meetingseries",
        select=_TABLES,
        insert=f"{_TABLES} and partnership_id = any({PARTNERSHIPS}) and ended_at is null",
        update=f"{_TABLES} and ended_at is null",
        update_check="true",
        immutable=("partnership_id", "group_id"),
    ),
    Policies(
        "meetings_meeting",
        select=_TABLES,
        insert=f"{_TABLES} and partnership_id = any({PARTNERSHIPS})",
        update=f"{_TABLES} and approved_at is null",
        update_check="true",
        # Over it is through `meetings_end` alone, which leaves no item without an outcome.
        immutable=("partnership_id", "group_id", "held_at"),
        definer="all",
    ),
    Policies(
        "meetings_invitation",
        select=_TABLES,
        # What was sent is the sender's word, so nobody else writes it.
        insert=f"{_TABLES} and partnership_id = any({PARTNERSHIPS}) and sent_at is null and sent_sequence is null "
        f"and {_meeting('meetings_invitation', 'm.held_at is null')} and {_OUR_SEAT}",
        update=f"{_TABLES} and {_meeting('meetings_invitation', 'm.held_at is null')} and {_OUR_SEAT}",
        immutable=(
            "partnership_id",
            "group_id",
            "meeting_id",
            "membership_id",
            "sent_sequence",
            "sent_off",
            "sent_at",
        ),
    ),
    Policies(
        "meetings_agendaitem",
        select=heard_rows("THIS.decided_at"),
        insert=f"{writer_rows()} and {_GROUPS} and {_meeting('meetings_agendaitem', _OPEN)} "
        f"and {of_case('meetings_agendaitem')}",
        update=f"{writer_rows()} and {_GROUPS} and {_meeting('meetings_agendaitem', _OPEN)}",
        immutable=("partnership_id", "group_id", "meeting_id", "case_id", "kind"),
        definer="all",
    ),
    Policies(
        "meetings_attendance",
        select=_TABLES,
        insert=f"{_TABLES} and {_meeting('meetings_attendance', _OPEN)}",
        update=f"{_TABLES} and {_meeting('meetings_attendance', _OPEN)}",
        immutable=("partnership_id", "group_id", "meeting_id", "membership_id"),
    ),
    Policies(
        "meetings_guest",
        select=heard_rows("THIS.at"),
        insert=f"authority_id = any({AUTHORITIES}) and by_id = {PERSON} and arrived_at is null and {writer_rows()} "
        f"and {_GROUPS} and {_meeting('meetings_guest', _PLANNED)} and {of_case('meetings_guest')}",
        # Whoever is at the table shows a guest in and out.
        update=f"{writer_rows()} and {_GROUPS} and {_meeting('meetings_guest', _PLANNED)}",
        immutable=(
            *("partnership_id", "meeting_id", "group_id", "case_id", "authority_id", "by_id", "at"),
            *("who", "name", "comes_at"),
        ),
        definer="all",
    ),
    Policies(
        "meetings_minutesread",
        select=_TABLES,
        insert=f"{_TABLES} and partnership_id = any({PARTNERSHIPS}) and person_id = {PERSON} "
        f"and authority_id = any({AUTHORITIES}) and {_meeting('meetings_minutesread', 'm.minutes_sent_at is not null')}",
    ),
    Policies(
        "meetings_amendment",
        select=f"{_TABLES} and (case_id is null or {heard('THIS.at')})",
        insert=f"{_TABLES} and partnership_id = any({PARTNERSHIPS}) and by_id = {PERSON} "
        f"and authority_id = any({AUTHORITIES}) and {_meeting('meetings_amendment', 'm.approved_at is not null')} "
        f"and (case_id is null or ({still_in()} and exists (select 1 from meetings_agendaitem i where i.meeting_id = "
        "meetings_amendment.meeting_id and i.case_id = meetings_amendment.case_id offset 0)))",
    ),
    Policies(
        "meetings_calendarfeed",
        select=f"person_id = {PERSON} and capacity_id = {CAPACITY}",
        insert=f"person_id = {PERSON} and capacity_id = {CAPACITY} and ended_at is null",
        update=f"person_id = {PERSON} and capacity_id = {CAPACITY} and ended_at is null",
        update_check="ended_at is not null",
        immutable=("token_hash", "person_id", "capacity_id", "made_at"),
    ),
    Policies(
        "meetings_draft",
        select=_MY_DRAFT,
        insert=f"{_MY_DRAFT} and partnership_id = any({PARTNERSHIPS}) and {_meeting('meetings_draft', 'true')} "
        f"and {_NO_NUMBER}",
        update=_MY_DRAFT,
        update_check=f"{_MY_DRAFT} and {_NO_NUMBER}",
        delete=_MY_DRAFT,
        immutable=("partnership_id", "group_id", "meeting_id", "case_id", "person_id", "field"),
    ),
    # Written by a trigger and read by meetings_version alone.
    Policies("meetings_pulse", definer="all"),
]

# Whether cases are up at a meeting: models.Meeting.takes_cases in SQL.
_TAKES_CASES = "(cardinality(m.parts) = 0 or 'cases' = any(m.parts))"
# Whether the actor's authority is in the case `k` now: what is decided after it stepped out is not told to it.
_SEES_CASE = (
    "exists (select 1 from cases_caseparty p where p.case_id = k.id and p.until is null "
    "and p.authority_id = any(actor_authorities()))"
)


def _day(moment: str) -> str:
    """SQL of the day in Denmark."""
    return f"({moment} at time zone 'Europe/Copenhagen')::date"


FUNCTIONS = [
    # The tables at which the actor meets: operative ones by sitting there, others also by running them.
    *definer_function(
        "meetings_tables()",
        "uuid[]",
        """begin return actor_groups() || coalesce((select array_agg(g.id) from partnerships_group g
            where g.level <> 'operative' and g.id = any(actor_seats())), '{}'); end""",
    ),
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
    # The meetings behind a calendar address, asked before anyone acts. No case, no citizen, and nobody who comes; empty
    # when the address is ended, the post is over, or nobody sits in it any more.
    "drop function if exists meetings_feed(bytea)",
    *definer_function(
        "meetings_feed(the_hash bytea)",
        "table (id uuid, starts_at timestamptz, minutes smallint, place text, state text, sequence smallint, title text,"
        " theme_day boolean, group_name text)",
        """begin return query select m.id, m.starts_at, m.minutes, m.place::text, m.state::text, m.sequence,
                coalesce(k.name, '')::text, m.theme_day, g.name::text
            from meetings_calendarfeed f join partnerships_capacity c on c.id = f.capacity_id
            join accounts_user u on u.id = f.person_id and u.is_active
            join partnerships_membership s on s.capacity_id = c.id
            join partnerships_group g on g.id = s.group_id join meetings_meeting m on m.group_id = g.id
            left join meetings_meetingkind k on k.id = m.kind_id
            where f.token_hash = the_hash and f.ended_at is null
                and c.since <= today() and (c.until is null or c.until >= today())
                and s.since <= today() and (s.until is null or s.until >= today())
                and m.starts_at > moment() - interval '60 days' order by m.starts_at; end""",
    ),
    *definer_function(
        "meetings_feed_stands(the_hash bytea)",
        "boolean",
        """begin return exists (select 1 from meetings_calendarfeed f join partnerships_capacity c on c.id = f.capacity_id
            where f.token_hash = the_hash and f.ended_at is null
                and c.since <= today() and (c.until is null or c.until >= today())); end""",
    ),
    # Each party prepares the new cases of the group's next meeting at home (R-000-58). Reaches cases that the caller does
    # not see, and therefore tells nothing. Safe to repeat.
    *definer_function(
        "meetings_prepare(the_group uuid)",
        "void",
        f"""declare day date; begin
            if not (the_group = any(actor_groups())) and session_user <> '{CARETAKER}' then return; end if;
            select (min(m.starts_at) at time zone 'Europe/Copenhagen')::date into day from meetings_meeting m
                where m.group_id = the_group and m.state = 'planned' and m.starts_at > moment() and {_TAKES_CASES};
            if day is null then return; end if;
            update tasks_task t set due_on = day where t.group_id = the_group and t.kind = 'prepare' and t.done_at is null
                and t.due_on is distinct from day;
            insert into tasks_task (id, partnership_id, authority_id, group_id, role, kind, subject_kind, subject_id, case_id,
                    reference, acute, due_on, created_at)
                select gen_random_uuid(), k.partnership_id, p.authority_id, k.group_id, 'member', 'prepare', 'case', k.id, k.id,
                    k.reference, false, day, moment()
                from cases_case k join cases_caseparty p on p.case_id = k.id and p.until is null
                where k.group_id = the_group and k.closed_at is null and k.standing = 'raised' and {_TOLD_WHO}
                    and not exists (select 1 from tasks_task t where t.subject_id = k.id and t.kind = 'prepare'
                        and t.authority_id = p.authority_id); end""",
        volatile="volatile",
    ),
    # Whoever follows a meeting asks this many times a minute, so it is one small question, before anybody acts: how many
    # times something has changed at the table, in the frame and in the open cases to which the own authority is party. That
    # something happens in a case that one does not see is not told either. Null for one who does not sit there.
    *definer_function(
        "meetings_version(token text, the_meeting uuid)",
        "bigint",
        """begin perform set_config('samsvar.token', token, true);
            return (select coalesce((select p.version from meetings_pulse p where p.id = m.group_id), 0)
                    + coalesce((select sum(p.version) from cases_case k join meetings_pulse p on p.id = k.id
                        where k.group_id = m.group_id and (k.closed_at is null or k.closed_at > moment() - interval '1 day')
                        and k.party_ids && actor_authorities()), 0)::bigint
                from meetings_meeting m where m.id = the_meeting and m.group_id = any(meetings_tables())); end""",
        volatile="volatile",
    ),
    # The table turns to another item: the clocks of all others stop and their guests have left, those included that the
    # caller does not see. Tells nothing.
    *definer_function(
        "meetings_stop_clocks(the_meeting uuid)",
        "void",
        """begin update meetings_agendaitem i set opened_at = null,
                seconds = i.seconds + greatest(0, extract(epoch from moment() - i.opened_at))::int
            from meetings_meeting m where m.id = i.meeting_id and m.id = the_meeting and i.opened_at is not null
                and m.state = 'planned' and m.group_id = any(actor_groups());
            update meetings_guest g set left_at = moment() from meetings_meeting m where m.id = g.meeting_id
                and m.id = the_meeting and g.arrived_at is not null and g.left_at is null and m.state = 'planned'
                and m.group_id = any(actor_groups()); end""",
        volatile="volatile",
    ),
    # Whether the citizen's yes behind a guest stands: the one that the guest was told on, or a later one. Null for a guest of
    # a case that one does not reach. The parties do not read each other's consents, and whoever of them is at the door asks.
    *definer_function(
        "meetings_yes_stands(the_guest uuid)",
        "boolean",
        f"""declare g meetings_guest; begin
            select * into g from meetings_guest x where x.id = the_guest
                and (x.group_id = any(actor_groups()) or x.case_id = any(actor_assigned()))
                and exists (select 1 from cases_case k where k.id = x.case_id and k.party_ids && actor_authorities());
            if g.id is null then return null; end if;
            return g.who = 'citizen' or exists (select 1 from sharing_disclosure d join sharing_consent c on c.id = d.consent_id
                where d.case_id = g.case_id and d.subject_id = g.case_id and d.outside = g.name
                    and d.partnership_id = g.partnership_id and cardinality(c.missing) = 0
                    and {_day("moment()")} between c.given_on and c.valid_to
                    and (c.withdrawn_on is null or c.withdrawn_on > {_day("moment()")})); end""",
    ),
    # A meeting of one's own table ends, on its day or later, and each open case of the group that it did not come to is put
    # on the next agenda, with whoever holds it: no item is left without an outcome. It is one act, so that nothing can be put
    # off at a meeting that goes on. Reaches cases that the caller does not see, tells nothing of them, and does not name the
    # caller in them. False where there is no such meeting to end.
    "drop function if exists meetings_postpone(uuid)",
    *definer_function(
        "meetings_end(the_meeting uuid)",
        "boolean",
        f"""declare m meetings_meeting; begin
            select * into m from meetings_meeting x where x.id = the_meeting and x.state = 'planned'
                and x.group_id = any(meetings_tables()) and {_day("x.starts_at")} <= {_day("moment()")} for update;
            if m.id is null then return false; end if;
            if {_TAKES_CASES} then
                update meetings_agendaitem i set decision = 'postponed', decided_at = moment(),
                        decided_by_id = case when {_SEES_CASE} then actor_person() end,
                        holder_id = (select r.authority_id from cases_responsibility r where r.case_id = i.case_id
                            and upper_inf(r.period)),
                        next_step = k.next_step, next_on = k.next_on
                    from cases_case k where k.id = i.case_id and i.meeting_id = m.id and i.decision = ''
                        and k.closed_at is null;
                insert into meetings_agendaitem (id, partnership_id, meeting_id, group_id, case_id, kind, position, decision,
                        note, dissent, holder_id, next_step, next_on, hearing, away, decided_at, decided_by_id, late, seconds)
                    select gen_random_uuid(), k.partnership_id, m.id, k.group_id, k.id,
                        case when k.standing = 'raised' then 'new' else 'follow_up' end, 0, 'postponed', '', '',
                        (select r.authority_id from cases_responsibility r where r.case_id = k.id and upper_inf(r.period)),
                        k.next_step, k.next_on, '', '{{}}', moment(), case when {_SEES_CASE} then actor_person() end, false, 0
                    from cases_case k where k.group_id = m.group_id and k.closed_at is null
                        and not exists (select 1 from meetings_agendaitem i where i.meeting_id = m.id and i.case_id = k.id);
            end if;
            perform meetings_stop_clocks(the_meeting);
            -- What was agreed a moment ago, in this very transaction, was agreed at the meeting.
            update meetings_meeting set state = 'held',
                held_at = case when moment() = now() then clock_timestamp() else moment() end where id = m.id;
            return true; end""",
        volatile="volatile",
    ),
]

# The pulse beats when a transaction ends, so that nobody waits for it while it runs, and once however much it changed.
# Each table with the column whose pulse it is: the case's, or the group's for what all at the table see.
_STIRS = {
    "cases_case": "id",
    "cases_caseevent": "case_id",
    "cases_action": "case_id",
    "meetings_meeting": "group_id",
    "meetings_agendaitem": "case_id",
    "meetings_attendance": "group_id",
    "meetings_guest": "case_id",
}


def stirs(table: str, column: str, on: str = "insert or update") -> list[str]:
    """The statements by which a change in a table beats the pulse of the case or group that its column names."""
    return [
        f"drop trigger if exists meetings_stir on {table}",
        f"create constraint trigger meetings_stir after {on} on {table} deferrable initially deferred "
        f"for each row execute function meetings_stir('{column}')",
    ]


TRIGGERS = [
    *counted("meetings_meeting", "sequence", "minutes_version"),
    *definer_function(
        "meetings_stir()",
        "trigger",
        """declare now_in bigint := pg_current_xact_id()::text::bigint; whose uuid; begin
            -- A new version of sent minutes says that something changed in some section, and not all read each.
            if tg_table_name = 'meetings_meeting' and tg_op = 'UPDATE'
                and to_jsonb(new) - 'minutes_version' = to_jsonb(old) - 'minutes_version' then return null; end if;
            if tg_argv[0] = 'id' then whose := new.id;
            elsif tg_argv[0] = 'case_id' then whose := coalesce(new.case_id, new.group_id);
            else whose := coalesce(new.group_id, old.group_id); end if;
            insert into meetings_pulse (id, version, changed_in) values (whose, 1, now_in)
                on conflict (id) do update set version = meetings_pulse.version + 1, changed_in = excluded.changed_in
                where meetings_pulse.changed_in <> excluded.changed_in;
            return null; end""",
        volatile="volatile",
    ),
    *(statement for table, column in _STIRS.items() for statement in stirs(table, column)),
    # A meeting leaves "planned" once, and is over through meetings_end alone: the policy role writes that.
    f"""create or replace function meetings_once() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp
        as $body$ begin
            if session_user = '{APP}' and (old.state <> 'planned' or (new.state = 'held' and current_user <> '{POLICY}')) then
                raise exception 'a meeting is ended by meetings_end, and once' using errcode = '42501'; end if;
            return new; end $body$""",
    "revoke all on function meetings_once() from public",
    "drop trigger if exists meetings_once on meetings_meeting",
    "create trigger meetings_once before update on meetings_meeting for each row "
    "when (new.state is distinct from old.state) execute function meetings_once()",
    # Nobody whom the citizen has taken the yes back from sits down, whoever opens the door (L10).
    f"""create or replace function meetings_let_in() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp
        as $body$ begin
            if session_user = '{APP}' and not coalesce(meetings_yes_stands(new.id), false) then
                raise exception 'the citizen''s yes to this guest does not stand' using errcode = '42501'; end if;
            return new; end $body$""",
    "revoke all on function meetings_let_in() from public",
    "drop trigger if exists meetings_let_in on meetings_guest",
    "create trigger meetings_let_in before update on meetings_guest for each row when (new.arrived_at is not null and "
    "(new.arrived_at is distinct from old.arrived_at or (new.left_at is null and old.left_at is not null))) "
    "execute function meetings_let_in()",
    # Nobody ends a meeting unseen. Asked when the transaction ends, since the log is written last.
    *definer_function(
        "meetings_logged()",
        "trigger",
        f"""begin
            if session_user = '{APP}' and not exists (select 1 from audit_logrow l where l.authority_id = any(actor_authorities())
                    and l.person_id = actor_person() and l.at >= transaction_timestamp() and l.act = 'change'
                    and l.subject_kind = 'meeting' and l.subject_id = new.id and l.detail->>'state' = 'held') then
                raise exception 'a meeting that ends is in the log' using errcode = '42501'; end if;
            return null; end""",
    ),
    "drop trigger if exists meetings_logged on meetings_meeting",
    "create constraint trigger meetings_logged after update on meetings_meeting deferrable initially deferred for each row "
    "when (new.state = 'held' and old.state <> 'held') execute function meetings_logged()",
    # A case that is disposed of leaves no pulse behind.
    *definer_function(
        "meetings_still()",
        "trigger",
        "begin delete from meetings_pulse where id = old.id; return null; end",
        volatile="volatile",
    ),
    "drop trigger if exists meetings_still on cases_case",
    "create trigger meetings_still after delete on cases_case for each row execute function meetings_still()",
]
