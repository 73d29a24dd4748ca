"""A ward that the citizen has let in writes the plan of its discharge itself, for itself (psykiatriloven §§ 13 a-b).

Its rows are its own: nobody inside writes in them, and it writes in nobody else's. What it puts in force is told to the
tovholder's authority and to all whom a yes to plans names, each by a disclosure of its own, or not at all.
"""

from samsvar.coordination.policies.words import OWN, POST, TAKES_PART, same_unit
from samsvar.postgres.rows import APP, AUTHORITIES, CAPACITY, PERSON, definer_function, near
from samsvar.sharing.policies.words import STANDS

BEGINS = "network_id = any((select coordination_begins())::uuid[])"
_OWN_UNIT = f"p.unit_id is not distinct from (select q.unit_id from partnerships_capacity q where q.id = {CAPACITY})"

# The plan, a version, a line and an answer of the actor's own ward.
PLAN = f"({BEGINS} and {OWN} and {same_unit('unit_id')})"
VERSION = (
    f"({BEGINS} and {OWN} and exists (select 1 from coordination_plan p where p.id = THIS.plan_id "
    f"and p.network_id = THIS.network_id and p.authority_id = THIS.authority_id and {_OWN_UNIT} offset 0))"
)


def _through_version(owner: str) -> str:
    return (
        f"({BEGINS} and THIS.{owner} = any({AUTHORITIES}) and exists (select 1 from coordination_planversion v "
        "join coordination_plan p on p.id = v.plan_id where v.id = THIS.version_id and v.network_id = THIS.network_id "
        f"and p.authority_id = THIS.{owner} and {_OWN_UNIT} offset 0))"
    )


LINE = _through_version("authority_id")
ANSWER = _through_version("owner_authority_id")
# A new row of it, under one's own name, where the network stands.
BY_ME = (
    f"by_id = {PERSON} and {near('THIS.at')} and exists (select 1 from coordination_carenetwork n where n.id = THIS.network_id "
    "and n.partnership_id = THIS.partnership_id and n.ended_on is null offset 0)"
)

FUNCTIONS = [
    # The networks in which the actor's ward may write a plan of discharge: let in for plans, on a yes that names the
    # tovholder's authority too, which therefore may hear of it.
    *definer_function(
        "coordination_begins()",
        "uuid[]",
        """begin return coalesce((select array_agg(distinct r.network_id) from coordination_networkreader r
            join sharing_consent c on c.id = r.consent_id join coordination_carenetwork n on n.id = r.network_id
            join partnerships_authority a on a.id = r.authority_id and a.kind in ('psychiatry', 'forensic_psychiatry')
            where r.id = any(coordination_readers()) and 'plans' = any(r.categories)
                and n.authority_id = any(c.receiver_ids) and n.authority_id <> r.authority_id), '{}'); end""",
    ),
    # Whom a ward's version reaches when it is put in force: for whoever may do so, and for whoever has just done so. With
    # each what the law asks of the yes, which the ward did not take and cannot read.
    *definer_function(
        "coordination_plan_reaches(the_version uuid)",
        "jsonb",
        f"""declare e record; begin
            select v.*, n.authority_id as holder into e from coordination_planversion v
                join coordination_plan p on p.id = v.plan_id and p.ended_on is null
                join coordination_carenetwork n on n.id = v.network_id and n.ended_on is null
                where v.id = the_version and v.authority_id = any(actor_authorities()) and v.authority_id <> n.authority_id
                and p.unit_id is not distinct from {POST} and v.network_id = any(coordination_begins())
                and (v.in_force_by_id is null or v.in_force_by_id = actor_person());
            if e.id is null then return '[]'; end if;
            return coalesce((select jsonb_agg(jsonb_build_object('in_force', e.in_force_at is not null,
                'authority', t.authority, 'unit', t.unit, 'yes', jsonb_build_object('id', c.id, 'form', c.form,
                    'why_oral', c.why_oral, 'informed', c.informed, 'given_on', c.given_on, 'valid_to', c.valid_to,
                    'information_types', c.information_types, 'purposes', c.purposes, 'receiver_ids', c.receiver_ids)))
                from (select r.authority_id as authority, r.unit_id as unit, r.consent_id
                    from coordination_networkreader r where r.network_id = e.network_id and r.until is null
                        and r.since <= today() and 'plans' = any(r.categories) and r.authority_id <> e.authority_id
                        and r.authority_id <> e.holder and {TAKES_PART}
                    union all (select e.holder, null, r.consent_id from coordination_networkreader r
                        join sharing_consent c on c.id = r.consent_id
                        where r.id = any(coordination_readers()) and r.network_id = e.network_id
                        and 'plans' = any(r.categories) and e.holder = any(c.receiver_ids) order by r.at limit 1)) t
                join sharing_consent c on c.id = t.consent_id and {STANDS}), '[]'); end""",
    ),
]

TRIGGERS = [
    # Nobody reads a ward's plan without a record of it. Asked when the transaction ends, and of the rows themselves:
    # whoever acts then may be nobody any more.
    *definer_function(
        "coordination_plan_told()",
        "trigger",
        f"""declare n record; begin
            select * into n from coordination_carenetwork where id = new.network_id;
            if session_user = '{APP}' and new.authority_id <> n.authority_id and exists (
                    select 1 from (select n.authority_id as authority union select r.authority_id
                        from coordination_networkreader r join sharing_consent c on c.id = r.consent_id and {STANDS}
                        where r.network_id = new.network_id and r.until is null and r.since <= today()
                        and 'plans' = any(r.categories) and r.authority_id <> new.authority_id and {TAKES_PART}) t
                    where not exists (select 1 from sharing_receipt s where s.subject_id = new.id
                        and s.authority_id = t.authority and s.from_authority_id = new.authority_id)) then
                raise exception 'what a ward puts in force has disclosures' using errcode = '42501'; end if;
            return null; end""",
    ),
    "drop trigger if exists coordination_plan_told on coordination_planversion",
    "create constraint trigger coordination_plan_told after update on coordination_planversion deferrable initially "
    "deferred for each row when (old.in_force_at is null and new.in_force_at is not null) "
    "execute function coordination_plan_told()",
]
