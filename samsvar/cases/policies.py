"""The reach of concerns and cases (house.md, The wall; shapes D8 of row-policies.md)."""

from samsvar.postgres.policies import CLOSED_WITH_US
from samsvar.postgres.rows import (
    ASSIGNED,
    AUTHORITIES,
    CAPACITY,
    GROUPS,
    PARTNERSHIPS,
    PERSON,
    SEATS,
    WORKING,
    Policies,
    definer_function,
    guard_columns,
    has_role,
    heard_rows,
    in_reach,
    is_party,
    of_case,
    party_rows,
    received,
    sits_in,
    writer_rows,
)

_OWN = f"authority_id = any({AUTHORITIES})"
_HERE = f"partnership_id = any({PARTNERSHIPS})"
_SCREENS = has_role("screener", "member")
_WORKS = f"(select actor_roles())::text[] && {WORKING}"
_BY_ME = f"by_id = {PERSON}"

# `party_ids` are the parties of today; the run-off of one that has left is asked of the parties, since a stored array
# would not notice the day on which it ends.
_CASE = (
    f"(group_id = any({GROUPS}) or id = any({ASSIGNED}) or (raised_by_id = {PERSON} and {_WORKS} "
    f"and raised_by_authority_id = any({AUTHORITIES}) and {_HERE})) "
    f"and (party_ids && {AUTHORITIES} or {is_party('cases_case.id')})"
)
_CASE_IS_SEEN = "exists (select 1 from cases_case k where k.id = case_id offset 0)"
_CONCERN_IS_SEEN = "exists (select 1 from cases_concern k where k.id = concern_id offset 0)"

# What was disclosed with a case is read as long as the case is.
_STILL_PARTY = f"(case_id is null or {is_party()})"
_SCREENER = has_role("screener")
# A member has the concerns of the own authority that are on the way to one of the member's tables, or to none yet.
_ON_MY_WAY = f"(case_id is null and {has_role('member')} and (group_id is null or group_id = any({GROUPS})))"
# What a colleague and a receiver need alike stands once: PostgreSQL plans every mention of another table's policies anew.
_NEEDED = f"({_SCREENER} or {_ON_MY_WAY} or {_CASE_IS_SEEN})"
_CONCERN = (
    f"({_OWN} and {_WORKS} and raised_by_id = {PERSON}) "
    f"or (({_OWN} and {_WORKS} or {received('cases_concern.id')} and {_STILL_PARTY}) and {_NEEDED})"
)
# A question for the own member stays at home (R-000-32); one for the group is the group's.
_CONSULT = f"group_id = any({GROUPS}) and (not own_only or {_OWN})"
_NETWORK_CASE = (
    f"party_ids && {AUTHORITIES} and {_WORKS} and (group_id = any({GROUPS}) or (opened_by_id = {PERSON} and {_HERE}))"
)
_ACUTE = (
    f"({_OWN} and {_WORKS} and {_BY_ME}) "
    f"or (({_OWN} and {_WORKS} or {received('cases_acutecontact.id')} and {_STILL_PARTY}) and {_NEEDED})"
)


def _adds(table: str) -> str:
    return f"{_OWN} and {_BY_ME} and {writer_rows()} and {of_case(table)}"


def _takes_part(table: str, authority: str = "authority_id") -> str:
    return (
        f"exists (select 1 from cases_caseparty p where p.case_id = {table}.case_id and p.authority_id = {table}.{authority} "
        "and p.until is null offset 0)"
    )


def _group_is_here(table: str) -> str:
    return (
        f"exists (select 1 from partnerships_group g where g.id = {table}.group_id "
        f"and g.partnership_id = {table}.partnership_id offset 0)"
    )


# Who found a hole in the system, and who has it now.
_OF_GAP = f"(group_id = any({GROUPS}) or at_group_id = any({SEATS}))"
_GAP_IS_MINE = (
    f"exists (select 1 from cases_systemgap s where s.id = gap_id and (s.group_id = any({GROUPS}) "
    f"or s.at_group_id = any({SEATS})) and s.partnership_id = {{table}}.partnership_id offset 0)"
)
_GOES_TO = (
    "(at_group_id is null or exists (select 1 from partnerships_group g where g.id = at_group_id "
    "and g.partnership_id = cases_systemgap.partnership_id offset 0))"
)

_CASE_KEYS = ("partnership_id", "case_id", "group_id", "authority_id", "by_id", "at")

POLICIES = [
    Policies(
        "cases_concern",
        select=_CONCERN,
        insert=f"{_OWN} and {_HERE} and raised_by_id = {PERSON} and capacity_id = {CAPACITY} and case_id is null "
        f"and state = 'raised' and (group_id is null or {_group_is_here('cases_concern')})",
        update=_CONCERN,
        # A concern can only be tied to a case that the own authority is in.
        update_check=f"({_CONCERN}) and (case_id is null or was_party(case_id))",
        immutable=("partnership_id", "authority_id", "raised_by_id", "capacity_id", "raised_at"),
    ),
    Policies(
        "cases_outsidenotifier",
        select=f"{_OWN} and {_CONCERN_IS_SEEN}",
        insert=f"{_OWN} and {_CONCERN_IS_SEEN}",
        update=f"{_OWN} and {_CONCERN_IS_SEEN}",
        immutable=("partnership_id", "concern_id", "authority_id"),
    ),
    Policies(
        "cases_screening",
        # The raiser hears the answer, not the reasons.
        select=f"{_OWN} and {_SCREENS} and {_CONCERN_IS_SEEN}",
        insert=f"{_OWN} and {_SCREENS} and {_BY_ME} and {_CONCERN_IS_SEEN}",
    ),
    Policies(
        "cases_feedback",
        select=f"(to_id = {PERSON} and to_authority_id = any({AUTHORITIES})) or ({_OWN} and {_CONCERN_IS_SEEN})",
        # Only the one who raised the concern hears back.
        insert=f"{_OWN} and {_BY_ME} and {_SCREENS} and exists (select 1 from cases_concern k "
        f"where k.id = concern_id and k.raised_by_id = to_id and k.authority_id = to_authority_id offset 0)",
        update=f"to_id = {PERSON} and to_authority_id = any({AUTHORITIES})",
        immutable=(
            "partnership_id",
            "concern_id",
            "to_id",
            "to_authority_id",
            "authority_id",
            "kind",
            "thanks",
            "by_id",
            "at",
        ),
        definer="all",
    ),
    Policies(
        "cases_case",
        select=_CASE,
        # Born with its raiser as the only party; receipts bring the others in.
        insert=f"{_HERE} and raised_by_id = {PERSON} and raised_by_authority_id = any({AUTHORITIES}) "
        f"and party_ids = array[raised_by_authority_id] and closed_at is null and ({_SCREENS}) "
        f"and {_group_is_here('cases_case')} and (identity_id is null or knows_identity(identity_id, citizen_id))",
        # A closed case takes no change, not even by its parties (R-000-91), and an open one none by those who have left it.
        update=f"{_CASE} and closed_at is null and party_ids && {AUTHORITIES}",
        # What decides reach cannot be written, so the new row is seen by whom the old one was.
        update_check="true",
        immutable=(
            "partnership_id",
            "group_id",
            "reference",
            "citizen_id",
            "identity_id",
            "raised_by_authority_id",
            "raised_by_id",
            "raised_at",
            "party_ids",
        ),
        definer="all",
    ),
    Policies(
        "cases_caseparty",
        select=party_rows(),
        # The raiser's own authority, once: whoever has left does not come back by itself, nor does a closed case open.
        insert=f"{_OWN} and added_by_id = {PERSON} and not was_party(case_id) and until is null and exists "
        f"(select 1 from cases_case k where k.id = case_id and k.group_id = cases_caseparty.group_id and k.closed_at is null "
        f"and k.partnership_id = cases_caseparty.partnership_id and k.raised_by_id = {PERSON} "
        "and k.raised_by_authority_id = authority_id offset 0)",
        definer="all",
    ),
    Policies(
        "cases_assignment",
        select=_CASE_IS_SEEN,
        insert=f"{_OWN} and {_SCREENS} and {_CASE_IS_SEEN} and added_by_id = {PERSON} and exists "
        f"(select 1 from partnerships_capacity c where c.id = capacity_id and c.authority_id = any({AUTHORITIES}))",
        update=f"{_OWN} and {_SCREENS} and {_CASE_IS_SEEN}",
        immutable=("partnership_id", "case_id", "authority_id", "capacity_id", "since", "added_by_id"),
        definer="all",
    ),
    Policies(
        "cases_responsibility",
        select=party_rows(),
        insert=f"{writer_rows()} and {of_case('cases_responsibility')} and placed_by_id = {PERSON} "
        f"and {_takes_part('cases_responsibility')}",
        # Who held it before is history: only the holding of today can be written in, and only to end it.
        update=f"{writer_rows()} and upper_inf(period)",
        update_check=f"{writer_rows()} and not upper_inf(period)",
        immutable=(
            "partnership_id",
            "case_id",
            "group_id",
            "authority_id",
            "reason",
            "placed_by_id",
            "placed_at",
            "meeting_id",
        ),
    ),
    Policies(
        "cases_recurrence",
        select=f"{party_rows()} and ({has_role('coordinator', 'chair', 'secretariat')} or was_party(earlier_id))",
        definer="all",
    ),
    Policies("cases_caseevent", select=heard_rows("THIS.at"), insert=_adds("cases_caseevent")),
    Policies(
        "cases_action",
        # Its result is written when it ends.
        select=heard_rows("coalesce(THIS.ended_at, THIS.at)"),
        insert=f"{writer_rows()} and {_BY_ME} and {of_case('cases_action')} and proposed_by_authority_id = any({AUTHORITIES}) "
        f"and ({_OWN} or (state = 'proposed' and {_takes_part('cases_action')}))",
        # Whoever proposed can mend or take back the proposal; once it is taken it is the doer's.
        update=f"{writer_rows()} and ({_OWN} or (proposed_by_authority_id = any({AUTHORITIES}) and state = 'proposed'))",
        update_check=f"{writer_rows()} and (authority_id = any({AUTHORITIES}) or (proposed_by_authority_id = any({AUTHORITIES}) "
        "and state in ('proposed', 'stopped')))",
        immutable=(*_CASE_KEYS, "proposed_by_authority_id", "hands_over"),
        definer="all",
    ),
    Policies("cases_followup", select=heard_rows("THIS.at"), insert=_adds("cases_followup")),
    Policies("cases_involvement", select=heard_rows("THIS.at"), insert=_adds("cases_involvement")),
    Policies(
        "cases_meetingban",
        select=heard_rows("THIS.at"),
        insert=_adds("cases_meetingban"),
        update=f"{writer_rows()} and {_OWN}",
        immutable=_CASE_KEYS,
        definer="all",
    ),
    Policies(
        "cases_dangeradvice",
        select=f"{in_reach()} and ({_OWN} or ({received('cases_dangeradvice.id')} and {is_party()}))",
        insert=_adds("cases_dangeradvice"),
    ),
    Policies(
        "cases_consult",
        select=f"({_CONSULT}) or asked_by_id = {PERSON}",
        insert=f"{_OWN} and {_HERE} and asked_by_id = {PERSON} and {_group_is_here('cases_consult')}",
        update=_CONSULT,
        immutable=("partnership_id", "group_id", "authority_id", "asked_by_id", "asked_at", "question", "own_only"),
    ),
    Policies(
        "cases_networkcase",
        select=_NETWORK_CASE,
        insert=f"{_OWN} and {_HERE} and {_SCREENS} and opened_by_id = {PERSON} and party_ids = array[authority_id] "
        f"and {_group_is_here('cases_networkcase')} and (concern_id is null or {_CONCERN_IS_SEEN})",
        update=_NETWORK_CASE,
        immutable=(
            "partnership_id",
            "group_id",
            "reference",
            "authority_id",
            "party_ids",
            "concern_id",
            "opened_by_id",
            "opened_at",
        ),
        definer="all",
    ),
    Policies(
        "cases_acutecontact",
        select=_ACUTE,
        insert=f"{_OWN} and {_HERE} and {_WORKS} and {_BY_ME} and (case_id is null or {_CASE_IS_SEEN}) "
        f"and (concern_id is null or {_CONCERN_IS_SEEN})",
        update=_ACUTE,
        update_check=f"({_ACUTE}) and (case_id is null or was_party(case_id))",
        immutable=("partnership_id", "concern_id", "authority_id", "to_authority_id", "called_at", "by_id", "at"),
    ),
    # A hole has no person and no case: those who sit at a table of the partnership see it, and whoever steers.
    Policies(
        "cases_systemgap",
        select=sits_in(),
        insert=f"group_id = any({GROUPS}) and {_HERE} and {_group_is_here('cases_systemgap')} and at_group_id = group_id "
        "and state = 'parked'",
        update=_OF_GAP,
        # Whoever sends it on lets go of it.
        update_check=f"{sits_in()} and {_GOES_TO}",
        immutable=("partnership_id", "group_id", "noted_on"),
        definer="all",
    ),
    Policies(
        "cases_gapstep",
        select=sits_in(),
        insert=f"{_OWN} and {_GAP_IS_MINE.format(table='cases_gapstep')}",
    ),
    # The case knows its hole; the hole does not know its case.
    Policies(
        "cases_gaplink",
        select=heard_rows("THIS.at"),
        insert=f"{_adds('cases_gaplink')} and {_GAP_IS_MINE.format(table='cases_gaplink')}",
    ),
    Policies("cases_referencecounter", definer="all"),
]

# All rows that have been found to be one person: up to the row that was kept, and down to all merged into it.
_SAME = """with recursive up as (select c.id, c.merged_into_id from citizens_citizen c where c.id = {start} union
                select c.id, c.merged_into_id from citizens_citizen c join up on c.id = up.merged_into_id),
                same as (select id from up where merged_into_id is null union
                select c.id from citizens_citizen c join same on c.merged_into_id = same.id)"""

# The reach of a search, by hand: the same as the policies of the rows that are read again. It walks the cases that the
# actor can read today, newest first, and looks into each: those are a few hundred however many have been closed, while a
# text index answers for the whole country before the reach can cut (docs/decisions/0032).
_LIVE = """(select * from (
                select k.id, k.reference, k.search, k.why_serious, k.identity_id, k.last_activity_at from cases_case k
                    where k.closed_at is null and (k.group_id = any(mine) or k.id = any(named)) and k.party_ids && us
                union all
                select k.id, k.reference, k.search, k.why_serious, k.identity_id, k.last_activity_at from cases_case k
                    where k.id in (select p.case_id from cases_caseparty p where p.authority_id = any(us)
                        and p.read_until > now()) and (closed_too or k.closed_at is null)
                    and (k.group_id = any(mine) or k.id = any(named)) and not (k.party_ids && us)
                ) live order by live.last_activity_at desc offset 0)"""


def _told(match: str) -> str:
    """SQL that is true when a contribution to the case `k` matches and is the actor's own or has been disclosed to it."""
    return (
        f"exists (select 1 from sharing_contribution c where c.case_id = k.id and {match} "
        "and c.information_type not in ('treatment_sentence', 'danger') "
        "and (c.authority_id = any(us) or exists (select 1 from sharing_receipt r where r.subject_id = c.id "
        "and r.authority_id = any(us) and r.ended_at is null)) offset 0)"
    )


# The citizen's name has been told to the actor's authority.
_NAMED = """(i.authority_id = any(us) or exists (select 1 from sharing_receipt r where r.subject_id = i.id
                    and r.authority_id = any(us) and r.ended_at is null))"""

FUNCTIONS = [
    # A member leaves: assignments (with their history), open agreements and caseworkers of bans pass on to the successor.
    *definer_function(
        "cases_pass_on(leaving uuid, successor uuid, the_group uuid)",
        "integer",
        """declare n integer := 0; step integer; old_name text; new_name text; begin
            if not partnerships_may_hand_over(leaving, successor, the_group) then return 0; end if;
            select u.name into old_name from partnerships_capacity c join accounts_user u on u.id = c.person_id where c.id = leaving;
            select u.name into new_name from partnerships_capacity c join accounts_user u on u.id = c.person_id where c.id = successor;
            insert into cases_assignment (id, partnership_id, case_id, authority_id, capacity_id, reason, since, added_by_id)
                select gen_random_uuid(), a.partnership_id, a.case_id, a.authority_id, successor, a.reason, now(), actor_person()
                from cases_assignment a join cases_case k on k.id = a.case_id
                where a.capacity_id = leaving and a.until is null and k.group_id = the_group and k.closed_at is null
                on conflict (case_id, capacity_id) where (until is null) do nothing;
            get diagnostics n = row_count;
            update cases_assignment a set until = now() from cases_case k where k.id = a.case_id
                and a.capacity_id = leaving and a.until is null and k.group_id = the_group;
            update cases_action set who_capacity_id = successor, who = case when who = old_name then left(new_name, 160) else who end
                where who_capacity_id = leaving and group_id = the_group and state in ('proposed', 'agreed');
            get diagnostics step = row_count; n := n + step;
            update cases_meetingban set caseworker_id = successor
                where caseworker_id = leaving and group_id = the_group and lifted_at is null;
            get diagnostics step = row_count; n := n + step;
            update cases_systemgap set owner_id = successor
                where owner_id = leaving and group_id = the_group and state <> 'closed';
            get diagnostics step = row_count; return n + step; end""",
        volatile="volatile",
    ),
    # The raisers hear that, never what: whoever acts on the case need not be able to see the concern (R-000-25, R-000-26).
    *definer_function(
        "feedback_for_case(the_case uuid, the_kind text)",
        "integer",
        """declare n integer; own uuid; who uuid := actor_person(); begin
            if the_kind not in ('acted', 'closed') or not exists (select 1 from cases_case k where k.id = the_case
                and k.party_ids && actor_authorities()
                and (k.group_id = any(actor_groups()) or k.id = any(actor_assigned()))) then return 0; end if;
            select p.authority_id into own from partnerships_capacity p where p.id = actor_capacity();
            insert into cases_feedback (id, partnership_id, concern_id, to_id, to_authority_id, authority_id, kind, thanks, by_id, at, read_at)
                select gen_random_uuid(), c.partnership_id, c.id, c.raised_by_id, c.authority_id, own, the_kind, '', who, moment(),
                    case when c.raised_by_id = who then moment() end
                from cases_concern c where c.case_id = the_case and c.state <> 'withdrawn' and not exists
                    (select 1 from cases_feedback f where f.concern_id = c.id and f.kind = the_kind);
            get diagnostics n = row_count; return n; end""",
        volatile="volatile",
    ),
    *definer_function(
        "was_party(the_case uuid)",
        "boolean",
        """begin return exists (select 1 from cases_caseparty p where p.case_id = the_case
            and p.authority_id = any(actor_authorities())); end""",
    ),
    # References are numbered per partnership, prefix and year, so that they tell nothing about other partnerships.
    *definer_function(
        "next_reference(the_partnership uuid, the_prefix text)",
        "text",
        """declare number integer; this_year integer := extract(year from moment() at time zone 'Europe/Copenhagen'); begin
            if not (the_partnership = any(actor_partnerships())) then
                raise exception 'not the actor''s partnership' using errcode = '42501'; end if;
            insert into cases_referencecounter (id, partnership_id, prefix, year, last)
                values (gen_random_uuid(), the_partnership, the_prefix, this_year, 1)
                on conflict (partnership_id, prefix, year) do update set last = cases_referencecounter.last + 1
                returning last into number;
            return the_prefix || '-' || this_year || '-' || lpad(number::text, 3, '0'); end""",
        volatile="volatile",
    ),
    # Notes that this case is a return; tells the caller nothing (decisions.md, Recurrence against deletion).
    *definer_function(
        "note_recurrence(the_case uuid)",
        "void",
        f"""declare it record; newest uuid; n integer; begin
            select * into it from cases_case where id = the_case and raised_by_id = actor_person();
            if it.id is null or it.citizen_id is null then return; end if;
            {_SAME.format(start="it.citizen_id")}
            select count(*), (array_agg(k.id order by k.raised_at desc))[1] into n, newest
                from cases_case k where k.citizen_id in (select id from same) and k.id <> the_case
                and k.partnership_id = it.partnership_id;
            if n > 0 then insert into cases_recurrence (id, partnership_id, case_id, group_id, earlier_id, number)
                values (gen_random_uuid(), it.partnership_id, the_case, it.group_id, newest, n + 1)
                on conflict (case_id) do nothing; end if; end""",
        volatile="volatile",
    ),
    # The open case of a citizen, if the actor's authority is party to it and has been told who it is about; otherwise null,
    # as for no case at all: typing numbers must not tell whose case it is before the name is said.
    *definer_function(
        "open_case_of(the_citizen uuid)",
        "uuid",
        f"""begin return ({_SAME.format(start="the_citizen")}
            select k.id from cases_case k where k.citizen_id in (select id from same) and k.closed_at is null
            and k.party_ids && actor_authorities() and actor_roles() && array['screener', 'member']
                and knows_identity(k.identity_id, k.citizen_id)
            order by k.raised_at desc limit 1); end""",
    ),
    # The newest closed case of a citizen to which the actor's authority was party, and how many there are; like `open_case_of`
    # it answers only where the authority has been told who the case was about. Cases of others are not counted (L37).
    *definer_function(
        "earlier_case_of(the_citizen uuid)",
        "table (case_id uuid, closed_at timestamptz, earlier integer)",
        f"""#variable_conflict use_column
            begin if not (actor_roles() && array['screener', 'member']) then return; end if;
            return query {_SAME.format(start="the_citizen")}
            select k.id, k.closed_at, (count(*) over ())::integer from cases_case k
                where k.citizen_id in (select id from same) and k.closed_at is not null
                and k.partnership_id = any(actor_partnerships()) and was_party(k.id)
                and knows_identity(k.identity_id, k.citizen_id)
                order by k.closed_at desc limit 1; end""",
    ),
    # Whether an own row has been opened to another authority at some time.
    *definer_function(
        "was_disclosed(the_subject uuid)",
        "boolean",
        "begin return exists (select 1 from sharing_disclosure d where d.subject_id = the_subject "
        "and d.authority_id = any(actor_authorities())); end",
    ),
    # Whether the actor works on the case, whatever its state.
    *definer_function(
        "reaches(the_case uuid)",
        "boolean",
        f"""begin return exists (select 1 from cases_case k where k.id = the_case
            and (k.group_id = any(actor_groups()) or k.id = any(actor_assigned())
                or (k.raised_by_id = actor_person() and k.raised_by_authority_id = any(actor_authorities())
                    and k.partnership_id = any(actor_partnerships())))
            and actor_roles() && {WORKING}
            and exists (select 1 from cases_caseparty p where p.case_id = the_case and p.authority_id = any(actor_authorities())
                and (p.read_until is null or p.read_until > now()))); end""",
    ),
    # What was agreed and proposed ends with its case, whoever was to do it. A proposal to take the handlingsansvar ends
    # when that has moved since: the facts say so, not the caller.
    *definer_function(
        "cases_end_actions(the_case uuid, why text)",
        "integer",
        """declare n integer; begin
            if not reaches(the_case) then return 0; end if;
            update cases_action a set ended_at = moment(),
                    state = case when k.closed_at is null then 'stopped' else 'ended' end,
                    result = case when a.state = 'proposed' then left(why, 500) else a.result end
                from cases_case k where k.id = the_case and a.case_id = k.id and a.state in ('proposed', 'agreed')
                and (k.closed_at is not null or (a.hands_over and exists (select 1 from cases_responsibility r
                    where r.case_id = k.id and upper_inf(r.period) and lower(r.period) >= a.at)));
            get diagnostics n = row_count; return n; end""",
        volatile="volatile",
    ),
    # A party steps out, or all do when the case is closed; reading ends after the partnership's run-off.
    *definer_function(
        "end_parties(the_case uuid, only_authority uuid, why text)",
        "integer",
        f"""declare n integer; at_end timestamptz; begin
            if not reaches(the_case) then return 0; end if;
            if only_authority is null and not exists (select 1 from cases_case k where k.id = the_case and k.closed_at is not null)
                then return 0; end if;
            if only_authority is not null and not (only_authority = any(actor_authorities())) then return 0; end if;
            -- Its own last word in the case, said a moment ago, is heard by the one who leaves; nothing after it is. The mark
            -- of a closed case is not to be had by leaving with that word.
            at_end := greatest(moment(), least(clock_timestamp(),
                (select max(e.at) from cases_caseevent e where e.case_id = the_case)));
            update cases_caseparty p set until = at_end,
                end_reason = case when only_authority is null then '{CLOSED_WITH_US}'
                    when why = '{CLOSED_WITH_US}' then '' else why end,
                read_until = moment() + make_interval(days => (select s.run_off_days from partnerships_partnership s where s.id = p.partnership_id))
                where p.case_id = the_case and p.until is null and (only_authority is null or p.authority_id = only_authority);
            get diagnostics n = row_count; return n; end""",
        volatile="volatile",
    ),
    # Ids of cases whose words or reference match, within the actor's reach applied by hand, newest first. The caller reads
    # the rows again under the policies. Compounds are not split by the Danish dictionary, so little found means a second
    # look for the letters anywhere. Conditions of a sentence and advice before a visit cannot be searched (V-10).
    "drop function if exists find_cases(text, integer)",
    *definer_function(
        "find_cases(words text, closed_too boolean, most integer)",
        "setof uuid",
        f"""declare mine uuid[] := actor_groups(); named uuid[] := actor_assigned(); us uuid[] := actor_authorities();
            query tsquery := websearch_to_tsquery('danish', words); found integer; part text; begin
            return query select k.id from {_LIVE} k
                where k.search @@ query or upper(k.reference) = upper(words) or {_told("c.search @@ query")} limit most;
            get diagnostics found = row_count;
            if found >= 5 or length(words) < 4 then return; end if;
            part := '%' || replace(replace(replace(words, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
            return query select k.id from {_LIVE} k
                where k.why_serious ilike part or {_told("c.text ilike part")} limit most; end""",
    ),
    # Ids of cases within reach whose citizen's name the actor's authority knows: by a part of the name (a LIKE pattern's
    # inside), or by the number. A case whose name has not been told is not found by it.
    "drop function if exists find_cases_of_person(text, bytea, integer)",
    *definer_function(
        "find_cases_of_person(part text, blind bytea, closed_too boolean, most integer)",
        "setof uuid",
        f"""declare mine uuid[] := actor_groups(); named uuid[] := actor_assigned(); us uuid[] := actor_authorities();
            pattern text := case when length(part) < 3 then '' else '%' end || part || '%'; who uuid[]; begin
            if blind is null then return query
                select k.id from {_LIVE} k join citizens_identity i on i.id = k.identity_id
                    where i.name_key like pattern and {_NAMED} limit most;
            else
                who := array(select c.id from citizens_citizen c
                    where c.partnership_id = any(actor_partnerships()) and c.blind_index = blind);
                return query select k.id from {_LIVE} k join citizens_identity i on i.id = k.identity_id
                    where i.citizen_id = any(who) and {_NAMED} limit most;
            end if; end""",
    ),
    # A reach is small, whatever the planner thinks it costs: to start helpers took ten times the search.
    "alter function find_cases(text, boolean, integer) set max_parallel_workers_per_gather = 0",
    "alter function find_cases_of_person(text, bytea, boolean, integer) set max_parallel_workers_per_gather = 0",
]

TRIGGERS = [
    *definer_function(
        "keep_party_ids()",
        "trigger",
        """begin update cases_case k set party_ids = coalesce((select array_agg(distinct p.authority_id) from cases_caseparty p
                where p.case_id = new.case_id and p.until is null), '{}')
            where k.id = new.case_id; return null; end""",
        volatile="volatile",
    ),
    "drop trigger if exists keep_party_ids on cases_caseparty",
    "create trigger keep_party_ids after insert or update on cases_caseparty for each row execute function keep_party_ids()",
    # A receipt of a case is what makes its receiver a party: nobody becomes one in any other way.
    *definer_function(
        "receipt_opens()",
        "trigger",
        """declare d record; begin
            select * into d from sharing_disclosure where id = new.disclosure_id;
            if d.subject_kind = 'case' then
                insert into cases_caseparty (id, partnership_id, case_id, group_id, authority_id, reason, brought_in, since, end_reason, added_by_id)
                    select gen_random_uuid(), k.partnership_id, k.id, k.group_id, new.authority_id, left(d.necessity, 200), new.brought_in,
                        moment(), '', d.by_id from cases_case k where k.id = new.subject_id
                    on conflict (case_id, authority_id) where (until is null) do nothing;
            elsif d.subject_kind = 'network' then
                update cases_networkcase set party_ids = array_append(party_ids, new.authority_id)
                    where id = new.subject_id and not (new.authority_id = any(party_ids));
            end if;
            return null; end""",
        volatile="volatile",
    ),
    "drop trigger if exists receipt_opens on sharing_receipt",
    "create trigger receipt_opens after insert on sharing_receipt for each row execute function receipt_opens()",
    # What others have been given to read stays as it was given, for its owner too. The way it takes is no part of the words.
    """create or replace function keep_disclosed_words() returns trigger language plpgsql
        set search_path = pg_catalog, public, pg_temp as
        $body$ begin
            if current_user = 'samsvar_app' and (to_jsonb(new) - tg_argv) is distinct from (to_jsonb(old) - tg_argv)
                and was_disclosed(old.id) then
                raise exception 'what has been disclosed stays as it was' using errcode = '42501'; end if;
            return null; end $body$""",
    "revoke all on function keep_disclosed_words() from public",
    "drop trigger if exists keep_disclosed_words on cases_concern",
    "create trigger keep_disclosed_words after update on cases_concern for each row "
    "execute function keep_disclosed_words('state', 'group_id', 'case_id')",
    # A receiver screens, ties to a case and notes what was done; what was said stays as its owner said it.
    *guard_columns("cases_concern", "authority_id", "state", "group_id", "case_id"),
    *guard_columns("cases_acutecontact", "authority_id", "case_id", "group_id", "acted_at", "told_at_meeting_id"),
]
