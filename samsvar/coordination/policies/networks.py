"""Tovholdere, doors, contacts, what is told once, events and meetings: who may see and write which row."""

from samsvar.coordination.models.networks import Category
from samsvar.coordination.policies.doctor import GOES_TO, IS_TO_DOCTOR, MAY_SEND
from samsvar.coordination.policies.words import (
    ENDS_TODAY,
    MINE,
    OWN,
    POST,
    READERS,
    STANDING,
    TAKES_PART,
    TELLS,
    WORKS,
    opened,
    own_row,
    same_unit,
)
from samsvar.postgres.rows import (
    APP,
    AUTHORITIES,
    CAPACITY,
    PARTNERSHIPS,
    PERSON,
    Policies,
    definer_function,
    guard_columns,
    has_role,
    near,
)
from samsvar.sharing.policies.words import STANDS

# What was told through a door is read through that place's door, also when the yes was given anew; a door to a part of
# an authority, opened later, does not lead to what the whole of it was told.
_SAME_DOOR = (
    "exists (select 1 from coordination_networkreader r where r.network_id = THIS.network_id and r.authority_id = "
    f"THIS.authority_id and r.unit_id is not distinct from THIS.unit_id and 'events' = any(r.categories) "
    f"and r.id = any({READERS}) offset 0)"
)
# A door is no wider than its yes.
_NO_WIDER = (
    "not exists (select 1 from unnest(coordination_networkreader.categories) as of(category) left join (values "
    + ", ".join(f"('{one.value}', '{one.information_type.value}')" for one in Category)
    + ") as told(category, type) using (category) where told.type is null or told.type <> all(c.information_types))"
)


def _from_inside(unit: str) -> str:
    """It was told by one of those inside, and not by a unit of their authority that the citizen has let in."""
    return (
        f"(THIS.{unit} is null or not exists (select 1 from coordination_networkreader r where r.network_id = THIS.network_id "
        f"and r.unit_id = THIS.{unit} offset 0))"
    )


# Under the name of the place that the actor's post is in, and no other.
_AS_MY_PLACE = (
    "exists (select 1 from partnerships_capacity p join partnerships_authority a on a.id = p.authority_id "
    f"left join partnerships_unit u on u.id = p.unit_id where p.id = {CAPACITY} "
    "and THIS.called_by = left(concat_ws(', ', u.name, a.name), 160) offset 0)"
)

POLICIES = [
    Policies(
        "coordination_carenetwork",
        select="id = any((select coordination_mine())::uuid[]) or id = any((select coordination_open(''))::uuid[])",
        insert=f"{OWN} and partnership_id = any({PARTNERSHIPS}) and by_id = {PERSON} and capacity_id = {CAPACITY} "
        f"and ended_on is null and {near('coordination_carenetwork.at')} and own_identity_of(citizen_id) is not null and exists (select 1 from partnerships_authority a "
        "where a.id = coordination_carenetwork.authority_id and a.kind in ('social', 'jobcentre') offset 0)",
        # It ends once, today, and stays ended.
        update="id = any((select coordination_mine())::uuid[]) and ended_on is null",
        update_check=ENDS_TODAY,
        immutable=("partnership_id", "citizen_id", "name", "name_key", "authority_id", "capacity_id", "by_id", "at"),
    ),
    Policies(
        "coordination_coordinatorrequest",
        select=MINE,
        insert=own_row("coordination_coordinatorrequest") + " and answered_on is null",
        update=f"{MINE} and answered_on is null",
        update_check="true",
        immutable=(
            *(
                "partnership_id",
                "network_id",
                "authority_id",
                "asked_by",
                "who",
                "complex",
                "several",
                "why",
                "asked_on",
                "child",
            ),
            *("by_id", "at"),
        ),
    ),
    Policies(
        "coordination_carecoordinator",
        # Those let in read whom to call today; who it was before, and why it ended, is for those inside.
        select=f"{MINE} or ({opened('coordinator')} and until is null)",
        # A post is one of the own authority's: whoever is named is let in by it.
        insert=own_row("coordination_carecoordinator") + " and until is null and (capacity_id is null or exists "
        "(select 1 from partnerships_capacity c where c.id = coordination_carecoordinator.capacity_id "
        "and c.authority_id = coordination_carecoordinator.authority_id offset 0))",
        update=f"{MINE} and until is null",
        # Nobody stops on a day to come: until then one would be inside.
        # That it ends today is held by its stamp (guards.py).
        update_check="true",
        immutable=(
            *("partnership_id", "network_id", "authority_id", "capacity_id", "name", "phone", "hours", "responsible"),
            *("acting", "since", "why", "areas", "decided_on", "by_id", "at"),
        ),
    ),
    Policies(
        "coordination_mandate",
        # It names helpers and what the help is: more than who the tovholder is.
        select=f"{MINE} or {opened('contacts')}",
        insert=own_row("coordination_mandate"),
    ),
    Policies(
        "coordination_networkreader",
        select=f"{MINE} or id = any({READERS})",
        # Only a yes that the own authority wrote down for this very network and this very receiver lets somebody in.
        insert=own_row("coordination_networkreader", "owner_authority_id") + f" and until is null and since <= today() "
        "and exists (select 1 from sharing_consent c where c.id = consent_id and c.network_id = "
        "coordination_networkreader.network_id and coordination_networkreader.authority_id = any(c.receiver_ids) "
        f"and c.scope = 'share' and c.withdrawn_on is null and {_NO_WIDER} offset 0) "
        "and exists (select 1 from partnerships_participation p "
        "where p.partnership_id = coordination_networkreader.partnership_id and p.authority_id = "
        f"coordination_networkreader.authority_id and (p.until is null or p.until >= today()) offset 0) "
        "and (unit_id is null or exists (select 1 from partnerships_unit u where u.id = coordination_networkreader.unit_id "
        "and u.authority_id = coordination_networkreader.authority_id offset 0)) "
        # To a practice, only as the citizen's own doctor.
        "and (exists (select 1 from partnerships_authority a where a.id = coordination_networkreader.authority_id "
        "and a.kind <> 'practice' offset 0) or exists (select 1 from coordination_networkcontact k where k.network_id = "
        "coordination_networkreader.network_id and k.body_id = coordination_networkreader.authority_id "
        "and k.until is null and not k.unwanted offset 0))",
        update=f"{MINE} and until is null",
        update_check="true",
        immutable=(
            *(
                "partnership_id",
                "network_id",
                "owner_authority_id",
                "authority_id",
                "unit_id",
                "categories",
                "consent_id",
            ),
            *("since", "by_id", "at"),
        ),
    ),
    Policies(
        "coordination_networkcontact",
        # Whom the citizen does not want is nobody's business but those inside.
        select=f"{MINE} or ({opened('contacts')} and not unwanted and until is null)",
        insert=own_row("coordination_networkcontact") + " and until is null and (body_id is null or exists "
        "(select 1 from partnerships_authority a where a.id = coordination_networkcontact.body_id and a.kind = 'practice' "
        "offset 0))",
        update=f"{MINE} and until is null and {STANDING}",
        update_check="true",
        immutable=(
            *("partnership_id", "network_id", "authority_id", "role", "name", "place", "phone", "hours", "decides"),
            *("body_id", "replaces_id", "by_id", "at"),
        ),
    ),
    Policies(
        "coordination_coordinatornews",
        select=f"{MINE} or reader_id = any({READERS})",
        insert=own_row("coordination_coordinatornews", "owner_authority_id")
        + " and read_at is null and noted_at is null "
        "and exists (select 1 from coordination_networkreader r where r.id = reader_id and r.network_id = "
        "coordination_coordinatornews.network_id and r.authority_id = coordination_coordinatornews.authority_id "
        "and case coordination_coordinatornews.role when '' then 'coordinator' else 'contacts' end = any(r.categories) "
        "and r.until is null offset 0)",
        # The receiver says that it was read and noted, once, and nobody says it for another.
        update=f"{OWN} and reader_id = any({READERS}) and noted_at is null",
        update_check=f"noted_by_id = {PERSON} or (noted_by_id is null and read_by_id = {PERSON})",
        immutable=(
            *("partnership_id", "network_id", "reader_id", "owner_authority_id", "authority_id", "role", "before"),
            *("after", "phone", "hours", "why", "by_id", "at"),
        ),
    ),
    Policies(
        "coordination_handedout",
        select=MINE,
        insert=own_row("coordination_handedout")
        + " and exists (select 1 from coordination_carecoordinator c where c.id = coordinator_id "
        "and c.network_id = coordination_handedout.network_id offset 0) and (contact_id is null or exists (select 1 from "
        "coordination_networkcontact k where k.id = contact_id and k.network_id = coordination_handedout.network_id "
        "and k.role = 'relative' and not k.unwanted and k.until is null and exists (select 1 from "
        "coordination_coordinatorrequest q where q.network_id = k.network_id and q.child offset 0) offset 0))",
    ),
    Policies(
        "coordination_networkmeeting",
        # That there is one, when, where and what for; what was said there is in the same row, for whom the yes names.
        select=f"{MINE} or ({opened('meetings')} and state <> 'called_off')",
        # A place that is let in for meetings calls one too, once the tovholder has been told that it does (R-002-98).
        insert=f"(({own_row('coordination_networkmeeting')}) or ({opened('meetings')} and by_id = {PERSON} and minutes = '' "
        "and exists (select 1 from coordination_carenetwork n where n.id = THIS.network_id and n.partnership_id = "
        "THIS.partnership_id and n.authority_id = THIS.authority_id and n.ended_on is null offset 0) "
        f"and {near('THIS.at')} and purpose = '' and not clear and {_AS_MY_PLACE} "
        # It waits for the tovholder, who has heard of it, to say what for.
        "and exists (select 1 from coordination_careevent e join coordination_careeventdelivery d on d.event_id = e.id "
        "and d.reader_id is null where e.network_id = THIS.network_id and e.kind = 'call' "
        f"and e.released_by_id = {PERSON} and e.authority_id = any({AUTHORITIES}) "
        "and e.released_at > now() - interval '1 minute' offset 0))) and state = 'planned'",
        update=f"{MINE} and state = 'planned'",
        update_check="true",
        immutable=("partnership_id", "network_id", "authority_id", "by_id", "at"),
    ),
    Policies(
        "coordination_meetingwishes",
        # They may name whom the citizen does not want.
        select=MINE,
        insert=own_row("coordination_meetingwishes") + " and exists (select 1 from coordination_networkmeeting m "
        "where m.id = meeting_id and m.network_id = coordination_meetingwishes.network_id offset 0)",
        update=f"{MINE} and exists (select 1 from coordination_networkmeeting m where m.id = THIS.meeting_id "
        "and m.state = 'planned' offset 0)",
        update_check=f"by_id = {PERSON}",
        immutable=("partnership_id", "network_id", "authority_id", "meeting_id", "at"),
    ),
    Policies(
        "coordination_networkinvitee",
        select=MINE,
        # Nobody whom the citizen does not want, and nobody before the citizen has been asked (R-003-25, R-003-26).
        insert=own_row("coordination_networkinvitee") + " and invited_on is null and exists "
        "(select 1 from coordination_networkcontact c where c.id = contact_id and c.network_id = "
        "coordination_networkinvitee.network_id and not c.unwanted and c.until is null offset 0) and exists "
        "(select 1 from coordination_networkmeeting m where m.id = meeting_id and m.network_id = "
        "coordination_networkinvitee.network_id and m.state = 'planned' offset 0)",
        update=MINE,
        update_check="invited_on is null or exists (select 1 from coordination_meetingwishes w where "
        "w.meeting_id = coordination_networkinvitee.meeting_id offset 0) and exists (select 1 from coordination_networkcontact c "
        "where c.id = contact_id and not c.unwanted and c.until is null offset 0)",
        delete=MINE,
        immutable=(
            "partnership_id",
            "network_id",
            "authority_id",
            "meeting_id",
            "contact_id",
            "mandate",
            "by_id",
            "at",
        ),
    ),
    Policies(
        "coordination_networkagreement",
        select=f"{MINE} or {opened('meetings')}",
        insert=own_row("coordination_networkagreement") + " and state = 'open' and exists "
        "(select 1 from coordination_networkmeeting m where m.id = meeting_id and m.network_id = "
        "coordination_networkagreement.network_id offset 0)",
        # What has been judged stays judged.
        update=f"{MINE} and state = 'open'",
        update_check="true",
        immutable=(
            "partnership_id",
            "network_id",
            "authority_id",
            "meeting_id",
            "what",
            "owner",
            "due_on",
            "condition",
            "by_id",
            "at",
        ),
    ),
    Policies(
        "coordination_summarysection",
        # A receiver reads the version in force, of the sections that a standing yes names, and no other.
        select=f"{MINE} or (until is null and approved_on is not null "
        "and network_id::text || ':' || category = any((select coordination_told())::text[]))",
        insert=own_row("coordination_summarysection")
        + f" and until is null and (approved_by_id is null or approved_by_id = {PERSON})",
        update=f"{MINE} and until is null",
        # Nobody writes down a yes in another's name; any of those inside can take a text off.
        update_check=f"until is not null or approved_by_id = {PERSON}",
        immutable=(
            *("partnership_id", "network_id", "authority_id", "category", "version", "own_words", "words"),
            *("by_id", "at"),
        ),
    ),
    Policies(
        "coordination_recordentry",
        select=MINE,
        insert=own_row("coordination_recordentry") + " and read_at is null",
        # The professional lead reads and answers, once, and never for what the lead wrote.
        update=f"{MINE} and {has_role('releaser')} and read_at is null and by_id <> {PERSON}",
        update_check=f"read_by_id = {PERSON}",
        immutable=(
            *("partnership_id", "network_id", "authority_id", "on", "activity", "whose", "text", "by_id", "at"),
        ),
    ),
    Policies(
        "coordination_ownmemo",
        # Only whoever wrote it, and only as long as the network is theirs.
        select=f"{MINE} and by_id = {PERSON}",
        insert=own_row("coordination_ownmemo"),
        delete=f"{MINE} and by_id = {PERSON}",
    ),
    Policies(
        "coordination_careevent",
        # A draft is its unit's own. What was released is read by those it was delivered to, while their door stands open;
        # and by those inside, where one of them told it: a unit of their authority that is let in is a place like others.
        select=f"({TELLS}) or (released_at is not null and ({OWN} and {MINE} and {_from_inside('unit_id')} "
        "or exists (select 1 from coordination_careeventdelivery d where d.event_id = THIS.id offset 0)))",
        insert=f"{TELLS} and by_id = {PERSON} and released_at is null and {near('THIS.at')} and exists (select 1 from coordination_carenetwork n "
        "where n.id = THIS.network_id and n.partnership_id = THIS.partnership_id and n.ended_on is null offset 0) "
        # A practice is asked to a network meeting about its own patient, after the citizen has said who comes.
        f"and (meeting_id is null or ({MINE} and exists (select 1 from coordination_meetingwishes w where w.meeting_id = "
        "THIS.meeting_id and w.network_id = THIS.network_id offset 0)))",
        # It is released once, by whoever does it, and nothing of it is rewritten afterwards.
        update=f"{TELLS} and released_at is null",
        update_check=f"released_by_id is null or released_by_id = {PERSON}",
        delete=f"{TELLS} and released_at is null",
        immutable=("partnership_id", "network_id", "authority_id", "unit_id", "meeting_id", "by_id", "at"),
    ),
    Policies(
        "coordination_careeventdelivery",
        # The receiver's, and the sender's, who sees that it was read. No receiver sees whom else it reached.
        select=f"({OWN} and ((reader_id is null and {MINE}) or (reader_id is not null and {_SAME_DOOR}))) "
        f"or (from_authority_id = any({AUTHORITIES}) and (({MINE} and {_from_inside('from_unit_id')}) "
        f"or ({opened('events')} and {same_unit('from_unit_id')})))",
        # Only what the actor has released, and only to whom the citizen's standing yes names.
        insert=f"{near('THIS.at')} and read_at is null and read_by_id is null and answer = '' and coordination_receivers(event_id) @> jsonb_build_array("
        "jsonb_build_object('released', true, 'partnership', partnership_id, 'network', network_id, "
        "'from', from_authority_id, 'from_unit', from_unit_id, 'reader', reader_id, 'authority', authority_id, "
        "'unit', unit_id))",
        # A practice that has asked not to be invited can change its mind; nothing else is said twice.
        update=f"{OWN} and (read_at is null or answer in ('never', 'never_any')) and ((reader_id is null and {MINE}) or (reader_id is not null "
        f"and {_SAME_DOOR}))",
        update_check=f"read_by_id = {PERSON}",
        immutable=(
            *("partnership_id", "network_id", "event_id", "reader_id", "from_authority_id", "from_unit_id"),
            *("authority_id", "unit_id", "at"),
        ),
    ),
]

FUNCTIONS = [
    # The networks that the actor is inside. Whoever hands over reaches it to the end of that day.
    *definer_function(
        "coordination_mine()",
        "uuid[]",
        f"""begin if not ({WORKS}) then return '{{}}'; end if;
            return coalesce((select array_agg(n.id) from coordination_carenetwork n
                where n.authority_id = any(actor_authorities()) and (actor_roles() && array['releaser']
                    or exists (select 1 from coordination_carecoordinator c where c.network_id = n.id
                        and c.capacity_id = actor_capacity() and (c.until is null or c.until >= today()))
                    or (n.capacity_id = actor_capacity() and (n.ended_on is null or n.ended_on >= today())
                        and not exists (select 1 from coordination_carecoordinator c
                            where c.network_id = n.id)))), '{{}}'); end""",
    ),
    # The doors that stand open to the actor: the own authority's, or the own unit's, on a yes that stands today.
    *definer_function(
        "coordination_readers()",
        "uuid[]",
        f"""begin if not ({WORKS}) then return '{{}}'; end if;
            return coalesce((select array_agg(r.id) from coordination_networkreader r
                join sharing_consent c on c.id = r.consent_id join coordination_carenetwork n on n.id = r.network_id
                where r.authority_id = any(actor_authorities()) and r.until is null and n.ended_on is null
                    and r.since <= today() and {STANDS} and {TAKES_PART}
                    and (r.unit_id is null or r.unit_id = {POST})), '{{}}'); end""",
    ),
    # The networks of which the actor may read this category; '' is any.
    *definer_function(
        "coordination_open(the_category text)",
        "uuid[]",
        """begin return coalesce((select array_agg(distinct r.network_id) from coordination_networkreader r
            where r.id = any(coordination_readers()) and (the_category = '' or the_category = any(r.categories))), '{}'); end""",
    ),
    # The sections that a standing yes lets the actor read, as "network:category".
    *definer_function(
        "coordination_told()",
        "text[]",
        """begin return coalesce((select array_agg(distinct r.network_id::text || ':' || category)
            from coordination_networkreader r, unnest(r.categories) category
            where r.id = any(coordination_readers())), '{}'); end""",
    ),
    # The open networks of a citizen that the actor may see, also when two rows turned out to be one person. Nothing is
    # said of others: the answer is the same as for somebody whom nobody knows.
    *definer_function(
        "coordination_of(the_citizen uuid)",
        "uuid[]",
        # What the actor may see is found before it is known whether there is anything: the answer takes as long for all.
        """declare kin uuid[]; mine uuid[] := coordination_mine(); open uuid[] := coordination_open(''); begin
            with recursive family as (select c.id, c.merged_into_id from citizens_citizen c where c.id = the_citizen
                union select c.id, c.merged_into_id from citizens_citizen c join family f
                    on c.id = f.merged_into_id or c.merged_into_id = f.id)
                select array_agg(id) into kin from family;
            return coalesce((select array_agg(n.id order by n.at desc) from coordination_carenetwork n
                where n.citizen_id = any(kin) and n.ended_on is null
                and (n.id = any(mine) or n.id = any(open))), '{}'); end""",
    ),
    # Whom an event goes to: for whoever may release it, and for whoever has just done so. Those whom a standing yes names
    # for events; and those inside, on the yes by which the sender was let in, when it names their authority too. With each
    # what the law asks of the yes, which the sender did not take and cannot read. Never the sender's own unit.
    *definer_function(
        "coordination_receivers(the_event uuid)",
        "jsonb",
        f"""declare e record; begin
            select v.*, n.authority_id as holder into e from coordination_careevent v
                join coordination_carenetwork n on n.id = v.network_id and n.ended_on is null
                where v.id = the_event and v.authority_id = any(actor_authorities())
                and (v.released_by_id is null or v.released_by_id = actor_person())
                and (v.network_id = any(coordination_mine()) or (v.network_id = any(coordination_open('events'))
                    and v.unit_id is not distinct from {POST}));
            if e.id is null or not ({MAY_SEND}) then return '[]'; end if;
            return coalesce((select jsonb_agg(jsonb_build_object('released', e.released_at is not null,
                'partnership', e.partnership_id, 'network', e.network_id, 'from', e.authority_id, 'from_unit', e.unit_id,
                'reader', t.reader, 'authority', t.authority, 'unit', t.unit, 'yes', jsonb_build_object('id', c.id,
                    'form', c.form, 'why_oral', c.why_oral, 'informed', c.informed, 'given_on', c.given_on,
                    'valid_to', c.valid_to, 'information_types', c.information_types, 'purposes', c.purposes,
                    'receiver_ids', c.receiver_ids)))
                from (select r.id as reader, r.authority_id as authority, r.unit_id as unit, r.consent_id
                    from coordination_networkreader r where r.network_id = e.network_id and r.until is null
                        and r.since <= today() and 'events' = any(r.categories) and {TAKES_PART} and {GOES_TO}
                        and not (r.authority_id = e.authority_id and (r.unit_id is null or r.unit_id is not distinct from e.unit_id))
                    union all (select null, e.holder, null, r.consent_id from coordination_networkreader r
                        join sharing_consent c on c.id = r.consent_id
                        where r.network_id = e.network_id and r.until is null and r.since <= today()
                        and 'events' = any(r.categories) and r.authority_id = e.authority_id
                        and not (e.network_id = any(coordination_mine())) and not ({IS_TO_DOCTOR})
                        and (r.unit_id is null or r.unit_id is not distinct from e.unit_id)
                        and e.holder = any(c.receiver_ids) and {STANDS} order by r.at limit 1)) t
                join sharing_consent c on c.id = t.consent_id and {STANDS}), '[]'); end""",
    ),
]

TRIGGERS = [
    *guard_columns(
        "coordination_coordinatornews", "owner_authority_id", "read_by_id", "read_at", "noted_by_id", "noted_at"
    ),
    # Nobody is told without a record of it. Asked when the transaction ends: the record is written after the delivery.
    *definer_function(
        "coordination_recorded()",
        "trigger",
        f"""begin
            if session_user = '{APP}' and new.authority_id <> new.from_authority_id and not exists (
                    select 1 from sharing_receipt r where r.subject_id = new.event_id and r.authority_id = new.authority_id
                    and r.from_authority_id = new.from_authority_id) then
                raise exception 'what is delivered has a disclosure' using errcode = '42501'; end if;
            return null; end""",
    ),
    "drop trigger if exists coordination_recorded on coordination_careeventdelivery",
    "create constraint trigger coordination_recorded after insert on coordination_careeventdelivery "
    "deferrable initially deferred for each row execute function coordination_recorded()",
]
