"""Structure and staff: everybody who acts sees it, but only those it belongs to can change who sits where."""

from samsvar.postgres.rows import AUTHORITIES, PARTNERSHIPS, PERSON, Policies, definer_function, has_role

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
    """A function in the same partnership, or the local administrator of the person's own authority.

    Asked of a function: a policy that reads its own table again would have no end.
    """
    return f"partnerships_leads({table}.group_id, {table}.capacity_id)"


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
        definer="all",
    ),
    Policies(
        "partnerships_groupfunction",
        select=_SIGNED_IN,
        # Functions are given by partnerships_give_function alone; here one can only be ended.
        update=_leads_the_group("partnerships_groupfunction"),
        immutable=("group_id", "capacity_id", "function", "since"),
        definer="all",
    ),
    # A partnership is founded, and an authority gets its successor, by the owner alone: both decide whose rows one sees.
    Policies("partnerships_partnership", select=_ALL, update=f"id = any({PARTNERSHIPS}) and {_SETS_UP}"),
    Policies("partnerships_area", select=_ALL, insert=_SETS_UP),
    Policies(
        "partnerships_authority",
        select=_ALL,
        insert=f"{_SETS_UP} and successor_id is null",
        update=_of_ours("THIS.id"),
        immutable=("kind", "successor_id"),
    ),
    Policies(
        "partnerships_authority_areas",
        select=_ALL,
        insert=_of_ours("THIS.authority_id"),
        delete=_of_ours("THIS.authority_id"),
    ),
    Policies(
        "partnerships_unit",
        select=_ALL,
        insert=_of_ours("THIS.authority_id"),
        update=_of_ours("THIS.authority_id"),
        immutable=("authority_id",),
    ),
    # Whom one may ask to release is known to all who act; the list is the authority's own, and nobody puts oneself on it.
    Policies(
        "partnerships_releaser",
        select=_SIGNED_IN,
        insert=f"{_OWN_PEOPLE} and {_NOT_MYSELF} and exists (select 1 from partnerships_capacity c where c.id = capacity_id "
        "and c.authority_id = partnerships_releaser.authority_id offset 0)",
        update=_OWN_PEOPLE,
        immutable=("authority_id", "capacity_id", "since"),
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
        insert=_of_ours("THIS.authority_id"),
        update=_of_ours("THIS.authority_id"),
        delete=_of_ours("THIS.authority_id"),
        immutable=("authority_id",),
    ),
]

FUNCTIONS = [
    # Who lets something leave the own authority. Where health information is held (L11) it is those on its list, or, where
    # nobody has made one, the leaders whose post says so; elsewhere those who screen, sit at a table or lead.
    *definer_function(
        "partnerships_releases()",
        "boolean",
        """declare who uuid := actor_capacity(); ours uuid[] := actor_authorities(); can text[] := actor_roles(); begin
            if not exists (select 1 from partnerships_authority a join partnerships_capacity c on c.authority_id = a.id
                where c.id = who and a.kind in ('psychiatry', 'forensic_psychiatry', 'practice')) then
                return can && array['screener', 'member', 'releaser']; end if;
            if exists (select 1 from partnerships_releaser r where r.authority_id = any(ours) and r.since <= today()
                and (r.until is null or r.until >= today())) then
                return exists (select 1 from partnerships_releaser r where r.capacity_id = who
                    and r.authority_id = any(ours) and r.since <= today()
                    and (r.until is null or r.until >= today())); end if;
            return 'releaser' = any(can); end""",
    ),
    # A person may mend the own card, and nothing else of the own post.
    *definer_function(
        "capacity_card(new_phone text, new_hours text)",
        "void",
        "begin update partnerships_capacity set phone = new_phone, hours = new_hours where id = actor_capacity(); end",
        volatile="volatile",
    ),
    *definer_function(
        "partnerships_leads(the_group uuid, post uuid)",
        "boolean",
        """begin return exists (select 1 from partnerships_group g
            where g.id = the_group and g.partnership_id = any(actor_partnerships()) and (
                exists (select 1 from partnerships_groupfunction f join partnerships_group o on o.id = f.group_id
                    where f.capacity_id = actor_capacity() and o.partnership_id = g.partnership_id
                    and f.since <= today() and (f.until is null or f.until >= today()))
                or ('local_admin' = any(actor_roles()) and exists (select 1 from partnerships_capacity c
                    where c.id = post and c.authority_id = any(actor_authorities()))))); end""",
    ),
    # Whether the actor may let `successor` take the place of `leaving`: one authority, and its own administrator or
    # somebody who leads the group in which the leaving one sits.
    *definer_function(
        "partnerships_may_hand_over(leaving uuid, successor uuid, the_group uuid)",
        "boolean",
        """declare l record; s record; begin
            select * into l from partnerships_capacity where id = leaving;
            select * into s from partnerships_capacity where id = successor;
            if l.id is null or s.id is null or l.id = s.id or l.authority_id <> s.authority_id
                or s.since > today() or s.until < today() then return false; end if;
            if not exists (select 1 from partnerships_membership m
                where m.capacity_id = leaving and m.group_id = the_group) then return false; end if;
            return ('local_admin' = any(actor_roles()) and l.authority_id = any(actor_authorities()))
                or exists (select 1 from partnerships_groupfunction f where f.group_id = the_group
                    and f.capacity_id = actor_capacity() and f.since <= today()
                    and (f.until is null or f.until >= today())); end""",
    ),
    # The number often belongs to the place, so a successor without a card of the own gets it.
    *definer_function(
        "partnerships_pass_on_card(leaving uuid, successor uuid, the_group uuid)",
        "void",
        """begin
            if not partnerships_may_hand_over(leaving, successor, the_group) then return; end if;
            update partnerships_capacity s set phone = case when s.phone = '' then l.phone else s.phone end,
                hours = case when s.hours = '' then l.hours else s.hours end
                from partnerships_capacity l where l.id = leaving and s.id = successor; end""",
        volatile="volatile",
    ),
    # Ends the present holder's period and begins the new one's, in one step: who gives away the coordinator's function
    # would lose the right to in between. Null when the actor may not.
    *definer_function(
        "partnerships_give_function(the_group uuid, post uuid, which text, from_day date, why text)",
        "uuid",
        """declare g record; c record; held record; made uuid := gen_random_uuid(); begin
            select * into g from partnerships_group where id = the_group;
            select * into c from partnerships_capacity where id = post and (until is null or until >= today());
            if g.id is null or c.id is null or which not in ('coordinator', 'chair', 'secretariat') then return null; end if;
            select f.*, k.authority_id into held from partnerships_groupfunction f
                join partnerships_capacity k on k.id = f.capacity_id
                where f.group_id = the_group and f.function = which and f.until is null for update of f;
            if session_user <> 'samsvar_owner' and (c.person_id = actor_person() or not (g.partnership_id = any(actor_partnerships()) and (
                exists (select 1 from partnerships_groupfunction f where f.group_id = the_group
                    and f.capacity_id = actor_capacity() and f.since <= today()
                    and (f.until is null or f.until >= today()))
                or ('local_admin' = any(actor_roles()) and c.authority_id = any(actor_authorities())
                    and (held.id is null or held.authority_id = any(actor_authorities()))))))
                then return null; end if;
            if held.id is not null then
                if held.capacity_id = post then return held.id; end if;
                update partnerships_groupfunction set until = from_day - 1 where id = held.id;
            end if;
            insert into partnerships_groupfunction (id, group_id, capacity_id, function, since, reason)
                values (made, the_group, post, which, from_day, why);
            return made; end""",
        volatile="volatile",
    ),
    # A post that has ended cannot be acted in for the rest of the day either. Own authority's administrator only.
    *definer_function(
        "partnerships_close_sessions(post uuid)",
        "void",
        """begin
            if session_user = 'samsvar_owner' or ('local_admin' = any(actor_roles()) and exists (
                select 1 from partnerships_capacity c where c.id = post and c.authority_id = any(actor_authorities()))) then
                update accounts_actorsession set ended_at = now() where capacity_id = post and ended_at is null; end if; end""",
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
    # How many can be tovholder is decided by the authority's own administrator, also where others set it up.
    """create or replace function partnerships_own_choice() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as
        $body$ begin
            if current_user = 'samsvar_app' and not (new.id = any(actor_authorities()) and 'local_admin' = any(actor_roles())) then
                raise exception 'an authority says itself how many can be tovholder' using errcode = '42501'; end if;
            return null; end $body$""",
    "revoke all on function partnerships_own_choice() from public",
    "drop trigger if exists partnerships_own_choice on partnerships_authority",
    "create trigger partnerships_own_choice after update of several_coordinators on partnerships_authority for each row "
    "when (new.several_coordinators is distinct from old.several_coordinators) execute function partnerships_own_choice()",
    # An authority that leaves takes its people with it: seats and functions end on its last day, so that lists, invitations
    # and the choice of the next coordinator say what the policies say (actor_groups, L1).
    *definer_function(
        "partnerships_left()",
        "trigger",
        """begin
            if new.until is null or new.until is not distinct from old.until then return null; end if;
            update partnerships_membership m set until = new.until from partnerships_group g, partnerships_capacity c
                where g.id = m.group_id and g.partnership_id = new.partnership_id and c.id = m.capacity_id
                    and c.authority_id = new.authority_id and (m.until is null or m.until > new.until);
            update partnerships_groupfunction f set until = new.until from partnerships_group g, partnerships_capacity c
                where g.id = f.group_id and g.partnership_id = new.partnership_id and c.id = f.capacity_id
                    and c.authority_id = new.authority_id and (f.until is null or f.until > new.until);
            return null; end""",
        volatile="volatile",
    ),
    "drop trigger if exists partnerships_left on partnerships_participation",
    "create trigger partnerships_left after update of until on partnerships_participation for each row "
    "execute function partnerships_left()",
]
