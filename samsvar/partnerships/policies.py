"""Structure and staff: everybody who acts sees it, but only those it belongs to can change who sits where."""

from samsvar.postgres.rows import AUTHORITIES, CAPACITY, PARTNERSHIPS, PERSON, Policies, definer_function, has_role

# Login chooses a post before anyone acts, so structure is read by all; who may change it decides who sees whom.
_ALL = "true"
_SIGNED_IN = f"{PERSON} is not null"
_RUNS = has_role("coordinator", "chair", "secretariat")
_SETS_UP = has_role("local_admin", "coordinator", "chair", "secretariat")
_HERE = f"partnership_id = any({PARTNERSHIPS}) and {_SETS_UP}"
# Nobody gives oneself a post, a seat or a function: what one may see is always somebody else's decision.
_OWN_PEOPLE = f"authority_id = any({AUTHORITIES}) and {has_role('local_admin')}"
_NOT_MYSELF = (
    f"not exists (select 1 from partnerships_capacity c where c.id = capacity_id and c.person_id = {PERSON} offset 0)"
)


def _leads_the_group(table: str) -> str:
    """A function in the same partnership, or the local administrator of the person's own authority."""
    return (
        f"exists (select 1 from partnerships_group g where g.id = {table}.group_id and g.partnership_id = any({PARTNERSHIPS}) "
        f"and (exists (select 1 from partnerships_groupfunction f join partnerships_group o on o.id = f.group_id "
        f"where f.capacity_id = {CAPACITY} and o.partnership_id = g.partnership_id and f.since <= current_date "
        f"and (f.until is null or f.until >= current_date)) or ({has_role('local_admin')} and exists "
        f"(select 1 from partnerships_capacity c where c.id = {table}.capacity_id and c.authority_id = any({AUTHORITIES})))) offset 0)"
    )


def _of_ours(authority: str) -> str:
    """The own authority, set up by its administrator; another one of the partnership by those who run it."""
    return (
        f"({authority} = any({AUTHORITIES}) and {_SETS_UP} or {_RUNS} and exists (select 1 from partnerships_participation p "
        f"where p.authority_id = {authority} and p.partnership_id = any({PARTNERSHIPS}) offset 0))"
    )


def _of_group(table: str) -> str:
    return (
        f"{_SETS_UP} and exists (select 1 from partnerships_group g where g.id = {table}.group_id "
        f"and g.partnership_id = any({PARTNERSHIPS}) offset 0)"
    )


POLICIES = [
    Policies(
        "partnerships_capacity",
        # Signing in must find a person's posts before anyone acts in one.
        select="true",
        insert=f"{_OWN_PEOPLE} and person_id <> {PERSON} and (invited_by_id is null or invited_by_id = {PERSON})",
        update=_OWN_PEOPLE,
        immutable=("person_id", "authority_id", "invited_by_id"),
        definer="all",
    ),
    Policies(
        "partnerships_membership",
        select=_SIGNED_IN,
        insert=f"{_leads_the_group('partnerships_membership')} and {_NOT_MYSELF}",
        update=_leads_the_group("partnerships_membership"),
        immutable=("group_id", "capacity_id"),
    ),
    Policies(
        "partnerships_groupfunction",
        select=_SIGNED_IN,
        insert=f"{_leads_the_group('partnerships_groupfunction')} and {_NOT_MYSELF}",
        update=_leads_the_group("partnerships_groupfunction"),
        immutable=("group_id", "capacity_id", "function"),
    ),
    # A partnership is founded, and an authority gets its successor, by the owner alone: both decide whose rows one sees.
    Policies("partnerships_partnership", select=_ALL, update=f"id = any({PARTNERSHIPS}) and {_SETS_UP}"),
    Policies("partnerships_area", select=_ALL, insert=_SETS_UP),
    Policies(
        "partnerships_authority",
        select=_ALL,
        insert=f"{_SETS_UP} and successor_id is null",
        update=_of_ours("id"),
        immutable=("successor_id",),
    ),
    Policies(
        "partnerships_authority_areas",
        select=_ALL,
        insert=_of_ours("authority_id"),
        delete=_of_ours("authority_id"),
    ),
    Policies(
        "partnerships_unit",
        select=_ALL,
        insert=_of_ours("authority_id"),
        update=_of_ours("authority_id"),
        immutable=("authority_id",),
    ),
    Policies(
        "partnerships_participation",
        select=_ALL,
        insert=_HERE,
        update=f"partnership_id = any({PARTNERSHIPS}) and ({_RUNS} or (authority_id = any({AUTHORITIES}) and {_SETS_UP}))",
        immutable=("partnership_id", "authority_id"),
    ),
    # The level is fixed: a steering group that became operative would see persons.
    Policies("partnerships_group", select=_ALL, insert=_HERE, update=_HERE, immutable=("partnership_id", "level")),
    Policies(
        "partnerships_group_areas",
        select=_ALL,
        insert=_of_group("partnerships_group_areas"),
        delete=_of_group("partnerships_group_areas"),
    ),
    Policies("partnerships_agreement", select=_ALL, insert=f"{_HERE} and created_by_id = {PERSON}"),
    Policies(
        "partnerships_agreement_parties",
        select=_ALL,
        insert=f"exists (select 1 from partnerships_agreement a where a.id = agreement_id and a.created_by_id = {PERSON} "
        f"and a.partnership_id = any({PARTNERSHIPS}) offset 0)",
    ),
    *(
        Policies(
            f"partnerships_{table}",
            select=_ALL,
            insert=_HERE,
            update=_HERE,
            delete=_HERE,
            immutable=("partnership_id",),
        )
        for table in ("criterion", "category", "emergencycontact")
    ),
    Policies(
        "partnerships_measure",
        select=_ALL,
        insert=_of_ours("authority_id"),
        update=_of_ours("authority_id"),
        delete=_of_ours("authority_id"),
        immutable=("authority_id",),
    ),
]

FUNCTIONS = [
    # A person may mend the own card, and nothing else of the own post.
    *definer_function(
        "capacity_card(new_phone text, new_hours text)",
        "void",
        "begin update partnerships_capacity set phone = new_phone, hours = new_hours where id = actor_capacity(); end",
        volatile="volatile",
    ),
]

TRIGGERS = [
    # An administrator mends the own card and notes the own review, but not the own roles or time.
    """create or replace function guard_own_post() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as
        $body$ begin
            if current_user = 'samsvar_app' and old.person_id = actor_person()
                and ((old.roles, old.unit_id, old.since) is distinct from (new.roles, new.unit_id, new.since)
                    or coalesce(new.until, 'infinity') > coalesce(old.until, 'infinity')) then
                raise exception 'nobody changes the own rights' using errcode = '42501'; end if;
            return null; end $body$""",
    "revoke all on function guard_own_post() from public",
    "drop trigger if exists guard_own_post on partnerships_capacity",
    "create trigger guard_own_post after update on partnerships_capacity for each row execute function guard_own_post()",
]
