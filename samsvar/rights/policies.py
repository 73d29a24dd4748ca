"""What the data protection officer of an authority sees and writes: about the own authority, and nothing else."""

from samsvar.postgres.rows import (
    AUTHORITIES,
    CAPACITY,
    PARTNERSHIPS,
    PERSON,
    WORKING,
    Policies,
    definer_function,
    has_role,
    heard,
)

_OWN = f"authority_id = any({AUTHORITIES})"
_DPO = f"{_OWN} and {has_role('dpo')}"
# Whoever answers citizens for the authority: its leaders and its data protection officer.
_ANSWERS = has_role("releaser", "dpo")
_KEEPS_BREACHES = has_role("dpo", "local_admin")
_REQUEST_IS_SEEN = (
    "exists (select 1 from rights_rightsrequest q where q.id = request_id and q.authority_id = {table}.authority_id "
    "and q.partnership_id = {table}.partnership_id offset 0)"
)
_CASE_IS_SEEN = "exists (select 1 from cases_case k where k.id = case_id{more} offset 0)"

POLICIES = [
    Policies("rights_logwatch", select=_DPO, insert=_DPO, update=_DPO, immutable=("authority_id", "drawn_until")),
    Policies(
        "rights_logreview",
        select=_DPO,
        # Only a row that is there can be drawn, and a verdict is written once.
        insert=f"{_DPO} and verdict = '' and exists (select 1 from audit_logrow l where l.authority_id = "
        "rights_logreview.authority_id and l.seq = rights_logreview.seq and l.at = rights_logreview.row_at)",
        update=f"{_DPO} and verdict = ''",
        update_check=f"{_DPO} and judged_by_id = {PERSON} and person_id is distinct from {PERSON}",
        immutable=("authority_id", "seq", "row_at", "person_id", "why", "drawn_at"),
    ),
    Policies(
        "rights_rightsrequest",
        select=f"{_OWN} and {_ANSWERS}",
        insert=f"{_OWN} and {_ANSWERS} and by_id = {PERSON} and outcome = '' and partnership_id = any({PARTNERSHIPS})",
        # An answer that was given stands.
        update=f"{_OWN} and {_ANSWERS} and outcome = ''",
        update_check=f"{_OWN} and {_ANSWERS} and (closed_by_id is null or closed_by_id = {PERSON})",
        immutable=(
            *("partnership_id", "authority_id", "kind", "who", "about_id", "about_case_id", "reference"),
            *("identified_by", "text", "received_on", "by_id", "at"),
        ),
    ),
    Policies(
        "rights_hearing",
        select=f"({_OWN} or to_authority_id = any({AUTHORITIES})) and {_ANSWERS}",
        # Nobody is asked who was not in the case: that would tell of the citizen.
        insert=f"{_OWN} and {_ANSWERS} and asked_by_id = {PERSON} and answered_at is null and "
        f"{_REQUEST_IS_SEEN.format(table='rights_hearing')} and rights_may_hear(request_id, to_authority_id)",
        update=f"to_authority_id = any({AUTHORITIES}) and {_ANSWERS} and answered_at is null",
        update_check=f"answered_by_id = {PERSON}",
        immutable=(
            *("partnership_id", "request_id", "authority_id", "to_authority_id", "reference", "question"),
            *("asked_by_id", "asked_at"),
        ),
    ),
    Policies(
        "rights_exemption",
        select=f"{_OWN} and {_ANSWERS}",
        insert=f"{_OWN} and {_ANSWERS} and by_id = {PERSON} and {_REQUEST_IS_SEEN.format(table='rights_exemption')}",
    ),
    Policies(
        "rights_remark",
        select=_CASE_IS_SEEN.format(more="") + f" and {heard('THIS.at')}",
        insert=f"{_OWN} and by_id = {PERSON} and "
        + _CASE_IS_SEEN.format(more=" and k.partnership_id = rights_remark.partnership_id"),
    ),
    Policies(
        "rights_outsidelook",
        # The one who asked, the own data protection officer, and for a day whoever was told that somebody asks.
        select=f"({_OWN} and (by_id = {PERSON} or {has_role('dpo')})) or (expires_at > now() and exists (select 1 from "
        "tasks_task t where t.subject_id = rights_outsidelook.id and t.subject_kind = 'outside' offset 0))",
        insert=f"{_OWN} and by_id = {PERSON} and capacity_id = {CAPACITY} and partnership_id = any({PARTNERSHIPS}) "
        f"and (select actor_roles())::text[] && {WORKING} and expires_at <= now() + interval '25 hours'",
    ),
    Policies(
        "rights_breach",
        select=f"{_OWN} and {_KEEPS_BREACHES}",
        insert=f"{_OWN} and {_KEEPS_BREACHES} and by_id = {PERSON} and closed_at is null",
        update=f"{_OWN} and {_KEEPS_BREACHES} and closed_at is null",
        # What decides whose it is cannot be written; only that it is over, which it was not.
        update_check="true",
        immutable=("authority_id", "known_at", "by_id", "at"),
    ),
]

# A citizen has a row in each partnership, and two rows may have been found to be one.
_SAME = """with recursive kin as (select c.id, c.merged_into_id, c.blind_index from citizens_citizen c
                    where c.partnership_id = any(places) and ({start})
                union select c.id, c.merged_into_id, c.blind_index from citizens_citizen c join kin
                    on c.id = kin.merged_into_id or c.merged_into_id = kin.id or c.blind_index = kin.blind_index
                    where c.partnership_id = any(places))"""

FUNCTIONS = [
    # The citizen with this number, for the data protection officer who is to tell what the own authority's log holds. One
    # that the own authority never wrote about is answered with an id that is nobody's: whether somebody else knows the
    # person is none of the asker's business (L37).
    *definer_function(
        "rights_citizen(blind bytea)",
        "uuid",
        f"""declare us uuid[] := actor_authorities(); places uuid[] := actor_partnerships(); found uuid; begin
            if not (actor_roles() && array['dpo', 'releaser']) then return null; end if;
            {_SAME.format(start="c.blind_index = blind")}
            select k.id into found from kin k where exists (select 1 from citizens_identity i where i.citizen_id = k.id
                    and i.authority_id = any(us))
                or exists (select 1 from cases_case s join cases_caseparty p on p.case_id = s.id
                    where s.citizen_id = k.id and p.authority_id = any(us))
                or exists (select 1 from audit_logrow l where l.citizen_id = k.id and l.authority_id = any(us)) limit 1;
            return coalesce(found, gen_random_uuid()); end""",
        volatile="volatile",
    ),
    # What the own authority has about a citizen, as ids to look for in the own log: the citizen's rows, the own names for
    # the person, the own concerns, and the cases that the own authority is or was party to.
    *definer_function(
        "rights_of_citizen(the_citizen uuid)",
        "table (kind text, id uuid)",
        f"""declare us uuid[] := actor_authorities(); places uuid[] := actor_partnerships(); who uuid[]; begin
            if not (actor_roles() && array['dpo']) then return; end if;
            {_SAME.format(start="c.id = the_citizen")}
            select array_agg(k.id) into who from kin k;
            who := coalesce(who, array[the_citizen]);
            return query select 'citizen', w from unnest(who) w;
            return query select 'identity', i.id from citizens_identity i
                where i.citizen_id = any(who) and i.authority_id = any(us);
            return query select 'concern', n.id from cases_concern n join citizens_identity i on i.id = n.identity_id
                where i.citizen_id = any(who) and n.authority_id = any(us);
            return query select distinct 'case', s.id from cases_case s join cases_caseparty p on p.case_id = s.id
                where s.citizen_id = any(who) and p.authority_id = any(us); end""",
    ),
    # The case with this number, where the own authority is or was party to it.
    *definer_function(
        "rights_cases(the_reference text)",
        "setof uuid",
        """declare us uuid[] := actor_authorities(); begin
            if not (actor_roles() && array['dpo', 'releaser']) then return; end if;
            return query select distinct s.id from cases_case s join cases_caseparty p on p.case_id = s.id
                where s.partnership_id = any(actor_partnerships()) and s.reference = upper(the_reference)
                and p.authority_id = any(us); end""",
    ),
    # The numbers of these cases, where the own authority is or was party to them: the log names a case by its id.
    *definer_function(
        "rights_references(ids uuid[])",
        "table (id uuid, reference text)",
        """declare us uuid[] := actor_authorities(); begin
            if not (actor_roles() && array['dpo']) then return; end if;
            return query select s.id, s.reference::text from cases_case s where s.id = any(ids)
                and exists (select 1 from cases_caseparty p where p.case_id = s.id and p.authority_id = any(us)); end""",
    ),
    # The others who are or were party to the case of a request, for those who answer it.
    *definer_function(
        "rights_others(the_request uuid)",
        "setof uuid",
        """declare us uuid[] := actor_authorities(); begin
            if not (actor_roles() && array['dpo', 'releaser']) then return; end if;
            return query select distinct p.authority_id from rights_rightsrequest q
                join cases_caseparty p on p.case_id = q.about_case_id
                where q.id = the_request and q.authority_id = any(us) and not (p.authority_id = any(us)); end""",
    ),
    # Whom the own authority has not told yet, under which exemption and until when; the newest decision of each case, for
    # as long as it holds. Not the words: they tell of the person, and stand in the case.
    *definer_function(
        "rights_untold()",
        "table (case_id uuid, reference text, why_not text, paragraph text, leader text, at timestamptz, review_on date)",
        """declare us uuid[] := actor_authorities(); begin
            if not (actor_roles() && array['dpo', 'releaser']) then return; end if;
            return query select n.case_id, k.reference::text, n.why_not::text, n.paragraph::text, u.name::text, n.at, n.review_on
                from letters_notice n join cases_case k on k.id = n.case_id
                join partnerships_capacity c on c.id = n.leader_id join accounts_user u on u.id = c.person_id
                where n.authority_id = any(us) and not n.told and n.review_on > (moment() at time zone 'Europe/Copenhagen')::date
                and not exists (select 1 from letters_notice m where m.case_id = n.case_id
                    and m.authority_id = n.authority_id and m.at > n.at)
                order by n.review_on, k.reference; end""",
    ),
    *definer_function(
        "rights_may_hear(the_request uuid, other uuid)",
        "boolean",
        "begin return exists (select 1 from rights_others(the_request) o where o = other); end",
    ),
    # What other authorities have told the own one about a citizen: that and when, of what kind, on what basis. Not what.
    *definer_function(
        "rights_told_us(the_citizen uuid)",
        "table (authority uuid, at timestamptz, information_type text, purpose text, rule text, pack text, channel text)",
        """declare us uuid[] := actor_authorities(); who uuid[]; mine uuid[]; begin
            if not (actor_roles() && array['dpo']) then return; end if;
            who := array(select o.id from rights_of_citizen(the_citizen) o where o.kind = 'citizen');
            mine := array(select o.id from rights_of_citizen(the_citizen) o where o.kind = 'case');
            return query select d.authority_id, d.at, d.information_type::text, d.purpose::text, d.rule::text, d.pack::text,
                d.channel::text from sharing_disclosure d
                where (d.citizen_id = any(who) or d.case_id = any(mine)) and not (d.authority_id = any(us))
                and exists (select 1 from sharing_receipt r where r.disclosure_id = d.id and r.authority_id = any(us))
                order by d.at, d.id; end""",
    ),
    # Tells the members of the parties to the open cases of whomever somebody asks about, by number or by case number. The same
    # answer and no row that the asker can see, whether there is such a case or not (L37).
    *definer_function(
        "rights_ask(the_look uuid, the_reference text)",
        "void",
        f"""declare it record; places uuid[]; who uuid[]; begin
            select * into it from rights_outsidelook o where o.id = the_look and o.by_id = actor_person()
                and o.expires_at > now() and not exists (select 1 from tasks_task t where t.subject_id = o.id);
            if it.id is null then return; end if;
            places := array[it.partnership_id];
            {_SAME.format(start="c.id = it.citizen_id")}
            select array_agg(k.id) into who from kin k;
            insert into tasks_task (id, partnership_id, authority_id, group_id, role, kind, subject_kind, subject_id, case_id,
                    reference, acute, created_at)
                select gen_random_uuid(), k.partnership_id, p.authority_id, k.group_id, 'member', 'attention', 'outside', it.id,
                    k.id, k.reference, false, moment()
                from cases_case k join cases_caseparty p on p.case_id = k.id and p.until is null
                where k.partnership_id = it.partnership_id and k.closed_at is null
                and (k.citizen_id = any(who) or (the_reference <> '' and k.reference = upper(the_reference))); end""",
        volatile="volatile",
    ),
]
