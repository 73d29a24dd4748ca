"""Own rows stay at home until a receipt opens them for a named authority (house.md, The wall)."""

from samsvar.postgres.rows import (
    APP,
    ASSIGNED,
    AUTHORITIES,
    CAPACITY,
    MOMENTS_DAY,
    PARTNERSHIPS,
    PERSON,
    WORKING,
    Policies,
    definer_function,
    has_role,
    heard_rows,
    in_reach,
    is_party,
    of_case,
    received,
    still_in,
)

_OWN = f"authority_id = any({AUTHORITIES})"
_SCREENS = has_role("screener", "member")
_RELEASES = has_role("screener", "member", "releaser")
_ASKER_OR_ASKED = f"({_OWN} or to_authority_id = any({AUTHORITIES}))"
_LEADS = has_role("releaser")
_TABLE = has_role("member")
_CASE_IS_SEEN = "exists (select 1 from cases_case k where k.id = case_id offset 0)"

# A receiver reads the very disclosure that reached it, not what the sender told others of the same row.
_REACHED_US = "exists (select 1 from my_receipt r where r.disclosure_id = sharing_disclosure.id offset 0)"
# The own authority's, by whoever did it or reaches what it is about; the data protection officer proves that each was lawful.
# The case stands once, for sender and receiver: PostgreSQL plans every mention of another table's policies anew.
# That a contact under § 99 was told tells that there is one: at home its unit's alone too (L35).
_KNOWN_AT_HOME = (
    "(subject_kind <> 'unit_contact' or exists (select 1 from sharing_unitcontact u "
    "where u.id = sharing_disclosure.subject_id offset 0))"
)
# That somebody was named in a Samarbejdsenhed tells who works with the matter: for those who see the name (R-003-38).
_NAMED_TO_ME = (
    "(subject_kind <> 'conference' or exists (select 1 from conferences_matterperson m "
    "where m.id = sharing_disclosure.subject_id offset 0))"
)
# Nor does working at an authority tell whose network it holds together.
_NETWORK_KNOWN = "(subject_kind <> 'care_network' or subject_id = any((select coordination_mine())::uuid[]))"
# What happened to a citizen was told from one unit to another, whoever else works in their authorities.
_EVENT_KNOWN = (
    "(subject_kind <> 'care_event' or exists (select 1 from coordination_careevent e "
    "where e.id = sharing_disclosure.subject_id and e.network_id = any((select coordination_mine())::uuid[]) offset 0))"
)
# What a unit handed over is known in those two.
_HAND_OVER_KNOWN = (
    "(subject_kind <> 'hand_over' or exists (select 1 from referrals_handover h "
    "where h.id = sharing_disclosure.subject_id offset 0))"
)
# What a unit asked of another is known in those two.
_REFERRAL_KNOWN = (
    "(subject_kind <> 'referral' or exists (select 1 from referrals_referral r "
    "where r.id = sharing_disclosure.subject_id offset 0))"
)
# Nor does working in the authority of a ward tell of its plans.
_PLAN_KNOWN = (
    "(subject_kind <> 'care_plan' or exists (select 1 from coordination_planversion v "
    "where v.id = sharing_disclosure.subject_id and v.network_id = any((select coordination_mine())::uuid[]) offset 0))"
)
_TOLD = (
    f"({_OWN} and (by_id = {PERSON} or {has_role('dpo')})) or ({_REACHED_US} and case_id = any({ASSIGNED})) "
    f"or ((({_OWN} and {_KNOWN_AT_HOME}) or {_REACHED_US}) and (case_id is null and {_SCREENS} and {_NAMED_TO_ME} "
    f"and {_NETWORK_KNOWN} and {_EVENT_KNOWN} and {_PLAN_KNOWN} and {_HAND_OVER_KNOWN} and {_REFERRAL_KNOWN} "
    f"or {_CASE_IS_SEEN}))"
)

# L11: nobody else can trigger it. Whoever releases sees what waits for release, and no more of the case.
_MAY_RELEASE = "(select partnerships_releases())"
_ASKED_TO_RELEASE = "contribution_id = any((select sharing_waiting())::uuid[])"
_RELEASED_KINDS = "('contribution', 'danger', 'treatment', 'letter')"


def _released_on(table: str, column: str) -> str:
    """SQL: the actor sees a request to release that rests on this row, or answers it."""
    return f"exists (select 1 from sharing_release r where r.{column}_id = {table}.id offset 0)"


_UNITS_OWN = (
    "(support <> 's99' or exists (select 1 from partnerships_capacity p where p.id = "
    f"{CAPACITY} and p.unit_id = THIS.unit_id offset 0))"
)
_RELEASES_ANSWER = f"(to_authority_id = any({AUTHORITIES}) and {_released_on('sharing_informationrequest', 'request')})"
_WAITS_FOR_ME = "THIS.id = any((select sharing_waiting())::uuid[])"

# Nobody opens a door to what another authority holds, or to what the actor does not see: the policies of each table have
# their say here too. A case and a network case are opened by those who are in them, for as long as they are open.
# What a disclosure says that it opens is what it opens: a health authority's contribution is no "case" (L11).
_KINDS = {
    "contribution": "sharing_contribution",
    "concern": "cases_concern",
    "identity": "citizens_identity",
    "danger": "cases_dangeradvice",
    "treatment": "sharing_treatmentsentence",
    "request": "sharing_informationrequest",
    "acute": "cases_acutecontact",
    "conference": "conferences_matterperson",
}
_SEEN_AND_OWN = " ".join(
    f"when '{kind}' then exists (select 1 from {table} s where s.id = sharing_receipt.subject_id "
    f"and s.authority_id = any({AUTHORITIES}) offset 0)"
    for kind, table in _KINDS.items()
)
# A contact under § 99 opens on the citizen's own yes to this very receiver (L35), and on nothing else.
_HANDED = (
    f"exists (select 1 from referrals_handover h where h.id = sharing_receipt.subject_id and (h.authority_id = any({AUTHORITIES}) "
    f"and h.to_authority_id = sharing_receipt.authority_id or h.to_authority_id = any({AUTHORITIES}) "
    "and h.authority_id = sharing_receipt.authority_id and h.state <> 'open') offset 0)"
)
_LIFTED = (
    "exists (select 1 from sharing_unitcontact s where s.id = sharing_receipt.subject_id "
    f"and s.authority_id = any({AUTHORITIES}) and (s.support <> 's99' or exists (select 1 from sharing_disclosure d "
    "join sharing_consent c on c.id = d.consent_id and c.case_id = d.case_id where d.id = sharing_receipt.disclosure_id "
    "and c.scope = 'share' and c.withdrawn_on is null and c.valid_to >= today() and c.missing = '{}' "
    "and 'contact' = any(c.information_types) and sharing_receipt.authority_id = any(c.receiver_ids) offset 0)) offset 0)"
)
_MAY_OPEN = (
    f"case sharing_opens(disclosure_id, authority_id) {_SEEN_AND_OWN} when 'unit_contact' then {_LIFTED} when 'hand_over' then {_HANDED} "
    "when 'care_network' then exists (select 1 from coordination_networkreader r where r.network_id = sharing_receipt.subject_id "
    "and r.authority_id = sharing_receipt.authority_id and r.until is null "
    "and r.network_id = any((select coordination_mine())::uuid[]) offset 0) "
    # An event opens nothing by its receipt: the door that the citizen opened does. Nobody else is told of it.
    "when 'care_event' then coordination_receivers(sharing_receipt.subject_id) @> jsonb_build_array("
    "jsonb_build_object('released', true, 'authority', sharing_receipt.authority_id)) "
    "when 'referral' then exists (select 1 from referrals_referral r where r.id = sharing_receipt.subject_id and "
    "(sharing_receipt.from_authority_id, sharing_receipt.authority_id) in "
    "((r.authority_id, r.to_authority_id), (r.to_authority_id, r.authority_id)) offset 0) "
    # Nor does a ward's plan, which is told to whom the citizen's yes names for plans, and to the tovholder.
    "when 'care_plan' then coordination_plan_reaches(sharing_receipt.subject_id) @> jsonb_build_array("
    "jsonb_build_object('in_force', true, 'authority', sharing_receipt.authority_id)) "
    "when 'network' then exists (select 1 from cases_networkcase n where n.id = sharing_receipt.subject_id "
    "and n.ended_at is null offset 0) "
    "when 'case' then exists (select 1 from cases_case k where k.id = sharing_receipt.subject_id and k.closed_at is null "
    f"and k.party_ids && {AUTHORITIES} offset 0) else false end"
)
# L1, L3: those who take part in the cooperation, and an institution brought into this case.
_CAN_RECEIVE = (
    "(brought_in or exists (select 1 from partnerships_participation p where p.partnership_id = sharing_receipt.partnership_id "
    "and p.authority_id = sharing_receipt.authority_id and p.since <= today() "
    "and (p.until is null or p.until >= today()) offset 0))"
)

# A consent to be named in a Samarbejdsenhed is of a matter that the own authority works with.
_OF_OUR_MATTER = (
    "(case_id is null and exists (select 1 from conferences_conferencecase k where k.id = matter_id "
    "and k.group_id = sharing_consent.group_id and k.partnership_id = sharing_consent.partnership_id "
    "and k.id = any((select conferences_mine())::uuid[]) offset 0))"
)

# A yes of a citizen's network is for those inside it.
_OF_OUR_NETWORK = "(case_id is null and network_id = any((select coordination_mine())::uuid[]))"

# A yes to a hand-over is for the unit on whose list the citizen stands.
_OF_OUR_TRANSITION = (
    "(case_id is null and exists (select 1 from referrals_transition t where t.id = sharing_consent.referral_id "
    "and t.authority_id = sharing_consent.authority_id and t.partnership_id = sharing_consent.partnership_id offset 0))"
)
_OWN_HAND_OVER = (
    "exists (select 1 from referrals_handover h where h.id = sharing_disclosure.subject_id "
    "and h.authority_id = sharing_disclosure.authority_id and h.partnership_id = sharing_disclosure.partnership_id "
    f"and h.by_id = {PERSON} and h.state = 'open' offset 0)"
)
# Whoever answers it tells the sender.
_ANSWERED_HAND_OVER = (
    "exists (select 1 from referrals_handover h where h.id = sharing_disclosure.subject_id "
    "and h.to_authority_id = sharing_disclosure.authority_id and h.partnership_id = sharing_disclosure.partnership_id "
    f"and h.answered_by_id = {PERSON} offset 0)"
)
_OF_OUR_DRAFT = (
    "(case_id is null and exists (select 1 from referrals_referral r where r.id = sharing_consent.referral_id "
    "and r.authority_id = sharing_consent.authority_id and r.sent_at is null offset 0))"
)
# A yes to send something on is for those who send it; who receives it reads on what yes it came, and answers on it.
_ON_ITS_YES = (
    "((case_id is null and exists (select 1 from referrals_referral r where r.id = sharing_consent.referral_id "
    f"and r.sent_at is not null and r.to_authority_id = any({AUTHORITIES}) and r.basis = 'consent' "
    # The one on which it came, and a whole one: half a yes tells of relatives and of who has said no.
    "and r.consent_id = sharing_consent.id and sharing_consent.missing = '{}' offset 0)) "
    # Of what was handed over, the yes to oneself and none to others (docs/decisions/0115).
    f"or (case_id is null and receiver_ids && {AUTHORITIES} and exists (select 1 from referrals_handover h "
    f"where h.transition_id = sharing_consent.referral_id and h.to_authority_id = any({AUTHORITIES}) "
    "and sharing_consent.receiver_ids <@ array[h.authority_id, h.to_authority_id] offset 0)))"
)
_OF_OUR_REFERRAL = (
    "(case_id is null and exists (select 1 from referrals_referral r where r.id = sharing_consent.referral_id "
    "and r.authority_id = sharing_consent.authority_id and r.partnership_id = sharing_consent.partnership_id offset 0))"
)
_OF_OUR_PAIR = f"({_OF_OUR_TRANSITION} or {_OF_OUR_REFERRAL})"
_OWN_REFERRAL = (
    "exists (select 1 from referrals_referral r where r.id = sharing_disclosure.subject_id "
    "and sharing_disclosure.authority_id in (r.authority_id, r.to_authority_id) and r.partnership_id = sharing_disclosure.partnership_id offset 0)"
)

# An event is told by whoever has released it, for the authority that holds it.
_OWN_EVENT = (
    "exists (select 1 from coordination_careevent e where e.id = sharing_disclosure.subject_id "
    "and e.authority_id = sharing_disclosure.authority_id and e.partnership_id = sharing_disclosure.partnership_id "
    f"and e.released_by_id = {PERSON} offset 0)"
)

# A plan of a ward is told by whoever has put it in force, for the authority that holds it.
_OWN_PLAN = (
    "exists (select 1 from coordination_planversion v where v.id = sharing_disclosure.subject_id "
    "and v.authority_id = sharing_disclosure.authority_id and v.partnership_id = sharing_disclosure.partnership_id "
    f"and v.in_force_by_id = {PERSON} offset 0)"
)

POLICIES = [
    Policies(
        "sharing_disclosure",
        select=_TOLD,
        insert=f"{_OWN} and partnership_id = any({PARTNERSHIPS}) and by_id = {PERSON} and capacity_id = {CAPACITY} "
        f"and case when subject_kind in {_RELEASED_KINDS} then {_MAY_RELEASE} "
        "when subject_kind = 'care_network' then subject_id = any((select coordination_mine())::uuid[]) "
        f"when subject_kind = 'care_event' then case_id is null and {_OWN_EVENT} "
        f"when subject_kind = 'hand_over' then case_id is null and ({_OWN_HAND_OVER} or {_ANSWERED_HAND_OVER}) "
        f"when subject_kind = 'referral' then case_id is null and {_OWN_REFERRAL} "
        f"when subject_kind = 'care_plan' then case_id is null and {_OWN_PLAN} "
        f"else {_RELEASES} end",
    ),
    Policies(
        "sharing_receipt",
        # Who was told follows what was told.
        select=f"({_OWN} or from_authority_id = any({AUTHORITIES})) "
        "and exists (select 1 from sharing_disclosure d where d.id = disclosure_id offset 0)",
        # Only the own authority's own disclosure, and only of what it is about, can open a door.
        insert=f"from_authority_id = any({AUTHORITIES}) and ended_at is null and exists (select 1 from sharing_disclosure d "
        "where d.id = disclosure_id and d.authority_id = from_authority_id and d.subject_id = sharing_receipt.subject_id "
        f"and d.partnership_id = sharing_receipt.partnership_id and d.by_id = {PERSON} offset 0) "
        f"and {_CAN_RECEIVE} and {_MAY_OPEN}",
        definer="all",
    ),
    Policies(
        "sharing_contribution",
        select=f"({in_reach()} and ({_OWN} or ({received('sharing_contribution.id')} and {is_party()}))) or {_WAITS_FOR_ME}",
        insert=f"{_OWN} and {in_reach()} and {still_in()} and by_id = {PERSON} and {of_case('sharing_contribution')}",
        # What others have been told is not rewritten; a new contribution is.
        update=f"({in_reach()} or {_WAITS_FOR_ME}) and {_OWN} and disclosed_at is null",
        update_check="true",
        immutable=("partnership_id", "group_id", "case_id", "authority_id", "by_id", "at"),
    ),
    Policies(
        "sharing_informationrequest",
        # A pair row: who asks and who is asked, and of the other parties nobody. The releaser of an answer reads what it answers.
        select=f"({_ASKER_OR_ASKED} and {in_reach()} and {is_party()}) or {_RELEASES_ANSWER}",
        insert=f"{_OWN} and {in_reach()} and {still_in()} and by_id = {PERSON} and state = 'open' and answered_by_id is null "
        f"and {of_case('sharing_informationrequest')} and exists (select 1 from cases_caseparty p where "
        "p.case_id = sharing_informationrequest.case_id and p.authority_id = sharing_informationrequest.to_authority_id "
        "and p.until is null offset 0)",
        update=f"(({_ASKER_OR_ASKED} and {in_reach()} and {is_party()}) or {_RELEASES_ANSWER}) and state = 'open'",
        update_check=f"({_OWN} and state = 'withdrawn' and answered_by_id is null) or (to_authority_id = any({AUTHORITIES}) "
        f"and state in ('answered', 'partly', 'declined') and answered_by_id = {PERSON})",
        immutable=(
            *("partnership_id", "group_id", "case_id", "authority_id", "to_authority_id", "question", "why", "purpose"),
            *("call_back", "by_id", "at"),
        ),
    ),
    Policies(
        "sharing_release",
        # The list decides who answers; those of the own authority who reach the case see how it went.
        select=f"{_OWN} and (({in_reach()} and {is_party()}) or {_ASKED_TO_RELEASE} or answered_by_id = {PERSON})",
        insert=f"{_OWN} and {in_reach()} and {still_in()} and by_id = {PERSON} and answer = 'waits' "
        f"and {of_case('sharing_release')} and exists (select 1 from sharing_contribution s where s.id = contribution_id "
        f"and s.case_id = sharing_release.case_id and s.authority_id = any({AUTHORITIES}) offset 0)",
        update=f"{_OWN} and {_MAY_RELEASE} and answer = 'waits' and ({in_reach()} or {_ASKED_TO_RELEASE})",
        update_check="true",
        immutable=(
            *("partnership_id", "contribution_id", "group_id", "case_id", "citizen_id", "reference", "authority_id"),
            *("basis", "consent_id", "weighed_id", "request_id", "request_state"),
            *("receiver_ids", "brought_in_ids", "purpose", "necessity", "against_no", "by_id", "at"),
        ),
    ),
    Policies(
        "sharing_treatmentsentence",
        # A class of its own (L15): at home only leaders who may release, elsewhere the receiver's own seat at the table.
        select=f"{in_reach()} and (({_OWN} and {_LEADS}) or ({_TABLE} and {received('sharing_treatmentsentence.id')} "
        f"and {is_party()}))",
        insert=f"{_OWN} and {_LEADS} and {in_reach()} and {still_in()} and by_id = {PERSON} "
        f"and {of_case('sharing_treatmentsentence')}",
        update=f"{in_reach()} and {_OWN} and {_LEADS} and disclosed_at is null",
        update_check="true",
        delete=f"{in_reach()} and {_OWN} and {_LEADS}",
        immutable=("partnership_id", "group_id", "case_id", "authority_id", "by_id", "at"),
    ),
    Policies(
        "sharing_weighed",
        # The proof stays at home; whoever is asked to release what rests on it reads it too.
        select=f"{_OWN} and ({in_reach()} or {_released_on('sharing_weighed', 'weighed')})",
        insert=f"{_OWN} and {in_reach()} and {still_in()} and by_id = {PERSON} and {of_case('sharing_weighed')}",
    ),
    Policies(
        "sharing_unitcontact",
        # L35: under § 99 the own unit's, and not even the rest of the own authority's.
        select=f"({_OWN} and {in_reach()} and {_UNITS_OWN}) or ({received('sharing_unitcontact.id')} and {in_reach()} "
        f"and {is_party()})",
        insert=f"{_OWN} and {in_reach()} and {still_in()} and by_id = {PERSON} and {_UNITS_OWN} "
        f"and {of_case('sharing_unitcontact')}",
        delete=f"{_OWN} and {in_reach()} and {_UNITS_OWN}",
    ),
    Policies(
        "sharing_helpdecision",
        # Stands as it was made, and lapses by itself.
        select=f"{_OWN} and {in_reach()}",
        insert=f"{_OWN} and {in_reach()} and {still_in()} and by_id = {PERSON} and {of_case('sharing_helpdecision')}",
    ),
    Policies(
        "sharing_consent",
        select=f"{_OWN} and ({in_reach()} and ({is_party()} or {_OF_OUR_MATTER}) or {_OF_OUR_NETWORK} or {_OF_OUR_PAIR}) "
        f"or {_OWN} and {_released_on('sharing_consent', 'consent')} or {_ON_ITS_YES}",
        insert=f"{_OWN} and by_id = {PERSON} and ({in_reach()} "
        f"and (({is_party()} and {of_case('sharing_consent')}) or {_OF_OUR_MATTER}) or {_OF_OUR_NETWORK} or {_OF_OUR_PAIR})",
        # Nothing has rested on the yes of a draft: it goes with it.
        delete=f"{_OWN} and {_OF_OUR_DRAFT}",
        # A yes is not rewritten: those who were missing say theirs, and it is withdrawn.
        update=f"{_OWN} and ({in_reach()} and ({is_party()} or {_OF_OUR_MATTER}) or {_OF_OUR_NETWORK} or {_OF_OUR_PAIR}) and withdrawn_on is null",
        update_check="true",
        immutable=(
            *(
                "partnership_id",
                "group_id",
                "case_id",
                "matter_id",
                "network_id",
                "referral_id",
                "authority_id",
                "scope",
                "study",
                "information_types",
                "receiver_ids",
            ),
            *("others", "purposes", "form", "why_oral", "informed", "given_on", "valid_to", "by_id", "at"),
        ),
    ),
    Policies(
        "sharing_citizensno",
        # Whoever is about to act against it must see it.
        select=heard_rows("THIS.at"),
        insert=f"{_OWN} and {in_reach()} and {still_in()} and by_id = {PERSON} and ended_at is null "
        f"and {of_case('sharing_citizensno')}",
        update=f"{_OWN} and {in_reach()} and {is_party()} and ended_at is null",
        update_check="true",
        immutable=(
            *("partnership_id", "group_id", "case_id", "authority_id", "to", "about_authority_id", "person", "words"),
            *("by_id", "at"),
        ),
    ),
    Policies(
        "sharing_override",
        # Leaders review what was done against a no; they see the reason, and no more of the case.
        select=f"{_OWN} and (({in_reach()} and {is_party()}) or {_LEADS})",
        insert=f"{_OWN} and {in_reach()} and {is_party()} and by_id = {PERSON} and reviewed_at is null "
        f"and {of_case('sharing_override')}",
        # Nobody vouches for oneself.
        update=f"{_OWN} and {_LEADS} and by_id <> {PERSON} and reviewed_at is null",
        update_check=f"reviewed_by_id = {PERSON}",
        immutable=(
            *(
                "partnership_id",
                "group_id",
                "case_id",
                "reference",
                "authority_id",
                "subject_id",
                "reason",
                "by_id",
                "at",
            ),
        ),
    ),
    Policies(
        "sharing_ownnote",
        select=f"{_OWN} and {in_reach()} and (reach = 'authority' or by_id = {PERSON})",
        insert=f"{_OWN} and {in_reach()} and {is_party()} and by_id = {PERSON} and {of_case('sharing_ownnote')}",
        update=f"{_OWN} and {in_reach()} and by_id = {PERSON}",
        delete=f"{_OWN} and {in_reach()} and by_id = {PERSON}",
        immutable=("partnership_id", "group_id", "case_id", "authority_id", "by_id", "at"),
    ),
]

_CASE_OF = """(select s.case_id from sharing_contribution s where s.id = {subject}
            union all select s.case_id from cases_dangeradvice s where s.id = {subject}
            union all select s.case_id from sharing_treatmentsentence s where s.id = {subject})"""

FUNCTIONS = [
    "drop function if exists may_open(uuid)",
    # What the actor's own disclosure opens to a receiver; null where it opens nothing. What was said in a case is for those
    # who are in it today: a releaser who does not reach the case cannot know who has left it meanwhile.
    *definer_function(
        "sharing_opens(the_disclosure uuid, receiver uuid)",
        "text",
        f"""declare d record; begin
            select * into d from sharing_disclosure where id = the_disclosure and by_id = actor_person()
                and authority_id = any(actor_authorities());
            if d.subject_kind in {_RELEASED_KINDS} and not exists (select 1 from cases_caseparty p
                where p.case_id in {_CASE_OF.format(subject="d.subject_id")} and p.authority_id = receiver and p.until is null)
                then return null; end if;
            return d.subject_kind; end""",
    ),
    # Why what waits to be released can no longer pass as it was asked for; null when it can. For those who may release it.
    *definer_function(
        "sharing_overtaken(the_release uuid)",
        "text",
        """declare w record; begin
            select * into w from sharing_release where id = the_release and authority_id = any(actor_authorities());
            if w.id is null or not partnerships_releases() then return null; end if;
            if not exists (select 1 from cases_caseparty p where p.case_id = w.case_id and p.until is null
                and p.authority_id = any(actor_authorities())) then return 'over'; end if;
            if exists (select 1 from unnest(w.receiver_ids) r where not exists (select 1 from cases_caseparty p
                where p.case_id = w.case_id and p.authority_id = r and p.until is null)) then return 'receiver_left'; end if;
            if exists (select 1 from sharing_citizensno n where n.case_id = w.case_id and n.to = 'sharing' and n.ended_at is null
                and (n.at > w.at or w.against_no = '')
                and (n.about_authority_id is null or n.about_authority_id = any(w.receiver_ids))) then return 'said_no'; end if;
            return null; end""",
    ),
    # The contributions that wait for the actor to release them.
    *definer_function(
        "sharing_waiting()",
        "uuid[]",
        f"""declare ours uuid[] := actor_authorities(); begin
            -- Elsewhere than at health authorities those who sit at a table release what they see; leaders what waits.
            if not partnerships_releases() or not actor_roles() && {WORKING} or not ('releaser' = any(actor_roles())
                or exists (select 1 from partnerships_releaser r where r.capacity_id = actor_capacity()))
                then return '{{}}'; end if;
            return coalesce((select array_agg(w.contribution_id) from sharing_release w
                where w.authority_id = any(ours) and w.answer = 'waits'), '{{}}'); end""",
    ),
]

# What a receipt opens it opens by its key alone: a key stands in one of these tables, so that no row can be written under
# the key of another, be told in its place, and open it.
_KEYED = (
    *_KINDS.values(),
    *("referrals_referral", "referrals_transition", "referrals_handover", "sharing_unitcontact"),
    *("cases_case", "cases_networkcase"),
    *("coordination_carenetwork", "coordination_careevent", "coordination_planversion"),
)
_TAKEN = " or ".join(
    f"(tg_table_name <> '{table}' and exists (select 1 from {table} k where k.id = new.id))" for table in _KEYED
)

TRIGGERS = [
    # A yes grows by those who were missing, and is taken back on the day: neither is rewritten by whoever can reach the row.
    f"""create or replace function guard_consent() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as
        $body$ begin
            if current_user <> '{APP}' then return new; end if;
            if not (new.given @> old.given and new.given <@ (old.given || old.missing) and new.missing <@ old.missing
                and old.missing <@ (new.missing || new.given) and new.refused <@ new.missing and old.refused <@ (new.refused || new.given)) then
                raise exception 'those who were missing say theirs' using errcode = '42501'; end if;
            if new.withdrawn_on is distinct from old.withdrawn_on and (new.withdrawn_on is distinct from {MOMENTS_DAY}
                or (new.given, new.missing, new.refused) is distinct from (old.given, old.missing, old.refused)) then
                raise exception 'a yes is taken back today' using errcode = '42501'; end if;
            return new; end $body$""",
    "revoke all on function guard_consent() from public",
    "drop trigger if exists guard_consent on sharing_consent",
    "create trigger guard_consent before update on sharing_consent for each row execute function guard_consent()",
    *definer_function(
        "own_key()",
        "trigger",
        f"""begin
            if {_TAKEN} then raise exception 'a key of its own' using errcode = '42501'; end if;
            return new; end""",
    ),
    *(
        statement
        for table in _KEYED
        for statement in (
            f"drop trigger if exists own_key on {table}",
            f"create trigger own_key before insert on {table} for each row execute function own_key()",
        )
    ),
    # Who knows somebody by what people call them does not know the name: a name written into the row is opened by what is
    # disclosed from then on, and not by what was told before. So it never reaches one who has left the case meanwhile (L4).
    *definer_function(
        "sharing_name_is_new()",
        "trigger",
        """begin
            if old.name = '' and new.name <> '' then
                update sharing_receipt set ended_at = moment() where subject_id = new.id and ended_at is null; end if;
            return null; end""",
        volatile="volatile",
    ),
    "drop trigger if exists sharing_name_is_new on citizens_identity",
    "create trigger sharing_name_is_new after update of name on citizens_identity for each row "
    "execute function sharing_name_is_new()",
]
