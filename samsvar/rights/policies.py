"""What the data protection officer of an authority sees and writes: about the own authority, and nothing else."""

from samsvar.postgres.rows import AUTHORITIES, PERSON, Policies, definer_function, has_role

_OWN = f"authority_id = any({AUTHORITIES})"
_DPO = f"{_OWN} and {has_role('dpo')}"

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
            if not (actor_roles() && array['dpo']) then return null; end if;
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
            if not (actor_roles() && array['dpo']) then return; end if;
            return query select distinct s.id from cases_case s join cases_caseparty p on p.case_id = s.id
                where s.partnership_id = any(actor_partnerships()) and s.reference = upper(the_reference)
                and p.authority_id = any(us); end""",
    ),
]
