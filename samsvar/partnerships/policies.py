"""Structure and staff: everybody who acts sees it, but only those it belongs to can change who sits where."""

from samsvar.postgres.rows import AUTHORITIES, PARTNERSHIPS, PERSON, OpenTable, Policies, definer_function, has_role

_LEADING = ("coordinator", "chair", "secretariat")
_SIGNED_IN = f"{PERSON} is not null"
_OWN_PEOPLE = f"authority_id = any({AUTHORITIES}) and {has_role('local_admin')}"
_LEADS_THE_GROUP = (
    f"exists (select 1 from partnerships_group g where g.id = group_id and g.partnership_id = any({PARTNERSHIPS})) "
    f"and ({has_role(*_LEADING)} or ({has_role('local_admin')} and exists "
    f"(select 1 from partnerships_capacity c where c.id = capacity_id and c.authority_id = any({AUTHORITIES}))))"
)

POLICIES = [
    Policies(
        "partnerships_capacity",
        # Signing in must find a person's posts before anyone acts in one.
        select="true",
        insert=_OWN_PEOPLE,
        update=_OWN_PEOPLE,
        immutable=("person_id", "authority_id", "invited_by_id"),
        definer="all",
    ),
    Policies(
        "partnerships_membership",
        select=_SIGNED_IN,
        insert=_LEADS_THE_GROUP,
        update=_LEADS_THE_GROUP,
        immutable=("group_id", "capacity_id"),
    ),
    Policies(
        "partnerships_groupfunction",
        select=_SIGNED_IN,
        # Functions are given by partnerships_give_function alone; here one can only be ended.
        update=_LEADS_THE_GROUP,
        immutable=("group_id", "capacity_id", "function", "since"),
        definer="all",
    ),
    # Two tables of the structure open rows to others: who succeeds an authority, and who takes part.
    Policies(
        "partnerships_authority",
        select="true",
        insert=f"{has_role('local_admin', *_LEADING)} and successor_id is null",
        update=f"id = any({AUTHORITIES}) and {has_role('local_admin')}",
        immutable=("kind",),
    ),
    Policies(
        "partnerships_participation",
        select="true",
        insert=f"partnership_id = any({PARTNERSHIPS}) and {has_role('local_admin', *_LEADING)} "
        f"or authority_id = any({AUTHORITIES}) and {has_role('local_admin')} and partnerships_is_new(partnership_id)",
        update=f"partnership_id = any({PARTNERSHIPS}) and {has_role('local_admin', *_LEADING)}",
        update_check=f"partnership_id = any({PARTNERSHIPS}) and {has_role('local_admin', *_LEADING)}",
        immutable=("partnership_id", "authority_id", "since"),
    ),
]

_STRUCTURE = "structure of the cooperation; holds no citizen"
OPEN_TABLES = [
    OpenTable(f"partnerships_{table}", _STRUCTURE)
    for table in (
        "partnership",
        "area",
        "authority_areas",
        "unit",
        "group",
        "group_areas",
        "agreement",
        "agreement_parties",
        "criterion",
        "category",
        "emergencycontact",
        "measure",
    )
]

FUNCTIONS = [
    # A person may mend the own card, and nothing else of the own post.
    *definer_function(
        "capacity_card(new_phone text, new_hours text)",
        "void",
        "begin update partnerships_capacity set phone = new_phone, hours = new_hours where id = actor_capacity(); end",
        volatile="volatile",
    ),
    # Whether nobody takes part in a partnership yet, so that its founder may be the first.
    *definer_function(
        "partnerships_is_new(the_partnership uuid)",
        "boolean",
        """begin return not exists (select 1 from partnerships_participation p
            where p.partnership_id = the_partnership); end""",
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
                or s.since > current_date or s.until < current_date then return false; end if;
            if not exists (select 1 from partnerships_membership m
                where m.capacity_id = leaving and m.group_id = the_group) then return false; end if;
            return ('local_admin' = any(actor_roles()) and l.authority_id = any(actor_authorities()))
                or exists (select 1 from partnerships_groupfunction f where f.group_id = the_group
                    and f.capacity_id = actor_capacity() and f.since <= current_date
                    and (f.until is null or f.until >= current_date)); end""",
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
            select * into c from partnerships_capacity where id = post and (until is null or until >= current_date);
            if g.id is null or c.id is null or which not in ('coordinator', 'chair', 'secretariat') then return null; end if;
            select f.*, k.authority_id into held from partnerships_groupfunction f
                join partnerships_capacity k on k.id = f.capacity_id
                where f.group_id = the_group and f.function = which and f.until is null for update of f;
            if session_user <> 'samsvar_owner' and not (g.partnership_id = any(actor_partnerships()) and (
                exists (select 1 from partnerships_groupfunction f where f.group_id = the_group
                    and f.capacity_id = actor_capacity() and f.since <= current_date
                    and (f.until is null or f.until >= current_date))
                or ('local_admin' = any(actor_roles()) and c.authority_id = any(actor_authorities())
                    and (held.id is null or held.authority_id = any(actor_authorities())))))
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
