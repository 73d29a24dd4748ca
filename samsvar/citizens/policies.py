"""Identities are the own authority's, or have been disclosed to it. The blind index can be asked, never read."""

from samsvar.postgres.rows import (
    APP,
    AUTHORITIES,
    PARTNERSHIPS,
    PERSON,
    WORKING,
    Policies,
    definer_function,
    has_role,
    received,
)

# Those who screen reach the identities of their authority, and whoever wrote one down reaches it; everybody else, and
# every receiver, reaches the person behind a case or concern that is seen (L17). So the name goes when the case goes.
_BEHIND = (
    "(exists (select 1 from cases_case k where k.identity_id = citizens_identity.id offset 0) "
    "or exists (select 1 from cases_concern k where k.identity_id = citizens_identity.id offset 0))"
)
_WORKS = f"(select actor_roles())::text[] && {WORKING}"
_OURS = f"authority_id = any({AUTHORITIES})"
_OWN = f"({_OURS} and ((created_by_id = {PERSON} and {_WORKS}) or {has_role('screener')} or {_BEHIND}))"
# Said so that what stands behind is asked once: PostgreSQL plans every mention of another table's policies anew.
_KNOWN = (
    f"({_OURS} and ((created_by_id = {PERSON} and {_WORKS}) or {has_role('screener')})) "
    f"or (({_OURS} or {received('citizens_identity.id')}) and {_BEHIND})"
)

POLICIES = [
    Policies(
        "citizens_citizen",
        select=f"partnership_id = any({PARTNERSHIPS}) and exists "
        "(select 1 from citizens_identity i where i.citizen_id = citizens_citizen.id offset 0)",
        # When a row was made, or what it became, would tell that somebody knew the person before.
        hidden=("blind_index", "created_at", "merged_into_id"),
        definer="all",
    ),
    Policies(
        "citizens_identity",
        select=_KNOWN,
        insert=f"authority_id = any({AUTHORITIES}) and partnership_id = any({PARTNERSHIPS}) and created_by_id = {PERSON} "
        f"and {_WORKS}",
        update=_OWN,
        immutable=("partnership_id", "authority_id", "created_by_id", "citizen_id"),
        definer="all",
    ),
    Policies(
        "citizens_merge",
        select=f"authority_id = any({AUTHORITIES}) and {has_role('screener', 'member')}",
        definer="all",
    ),
]

FUNCTIONS = [
    "drop function if exists citizen_gets_number(uuid, bytea)",
    # The same answer and the same work whether the person is new or known (decisions.md, Typing a CPR).
    *definer_function(
        "citizen_of(the_partnership uuid, blind bytea)",
        "uuid",
        """declare fresh uuid := gen_random_uuid(); found uuid; begin
            if not (the_partnership = any(actor_partnerships())) then
                raise exception 'not the actor''s partnership' using errcode = '42501'; end if;
            if blind is null then
                insert into citizens_citizen (id, partnership_id, created_at) values (fresh, the_partnership, moment()); return fresh;
            end if;
            insert into citizens_citizen (id, partnership_id, blind_index, created_at)
                values (fresh, the_partnership, blind, moment())
                on conflict (partnership_id, blind_index) where not (blind_index is null) do update set blind_index = excluded.blind_index
                returning id into found;
            return (with recursive chain as (select id, merged_into_id from citizens_citizen where id = found
                union select c.id, c.merged_into_id from citizens_citizen c join chain on c.id = chain.merged_into_id)
                select id from chain where merged_into_id is null limit 1); end""",
        volatile="volatile",
    ),
    # The own authority's row about a citizen, whether or not the one who asks has seen it: two rows must not become one
    # error that tells. Never another authority's.
    *definer_function(
        "own_identity_of(the_citizen uuid)",
        "uuid",
        """begin return (select i.id from citizens_identity i where i.citizen_id = the_citizen
            and i.authority_id = any(actor_authorities()) order by i.created_at limit 1); end""",
    ),
    # Whether this is a row about this citizen that the own authority holds or has been told of.
    *definer_function(
        "knows_identity(the_identity uuid, the_citizen uuid)",
        "boolean",
        """begin return exists (select 1 from citizens_identity i where i.id = the_identity and i.citizen_id = the_citizen
            and (i.authority_id = any(actor_authorities())
                or exists (select 1 from my_receipt r where r.subject_id = i.id))); end""",
    ),
    # Whoever learns the number of a person without known identity lets the row take it. If the number is known already, the
    # two are one from now on, and the caller hears nothing of it: the answer and the work are the same (decisions.md). A
    # number once taken is not overwritten, as other authorities may rest on it.
    *definer_function(
        "citizen_gets_number(the_citizen uuid, blind bytea)",
        "void",
        """declare it record; other uuid; begin
            select * into it from citizens_citizen where id = the_citizen;
            select c.id into other from citizens_citizen c where c.partnership_id = it.partnership_id and c.blind_index = blind;
            if it.id is null or it.blind_index is not null or it.merged_into_id is not null or blind is null
                or not exists (select 1 from citizens_identity i where i.citizen_id = the_citizen
                    and i.authority_id = any(actor_authorities())) then return; end if;
            update citizens_citizen set blind_index = case when other is null then blind end,
                merged_into_id = (with recursive chain as (select id, merged_into_id from citizens_citizen where id = other
                    union select c.id, c.merged_into_id from citizens_citizen c join chain on c.id = chain.merged_into_id)
                    select id from chain where merged_into_id is null and id <> the_citizen limit 1)
                where id = the_citizen; end""",
        volatile="volatile",
    ),
    *definer_function(
        "citizens_merge_rows(keep uuid, merge uuid, why text)",
        "uuid",
        """declare log uuid := gen_random_uuid(); place uuid; begin
            select partnership_id into place from citizens_citizen where id = keep and merged_into_id is null;
            if keep = merge or place is null or not exists (select 1 from citizens_citizen where id = merge and partnership_id = place
                and merged_into_id is null) then return null; end if;
            if not (actor_roles() && array['screener', 'member']) or not exists (select 1 from citizens_identity i
                where i.citizen_id = keep and (i.authority_id = any(actor_authorities())
                    or exists (select 1 from my_receipt r where r.subject_id = i.id)))
                or not exists (select 1 from citizens_identity i where i.citizen_id = merge
                and (i.authority_id = any(actor_authorities()) or exists (select 1 from my_receipt r where r.subject_id = i.id)))
                then return null; end if;
            update citizens_citizen set merged_into_id = keep where id = merge;
            insert into citizens_merge (id, partnership_id, kept_id, merged_id, authority_id, reason, by_id, at)
                values (log, place, keep, merge, (actor_authorities())[1], why, actor_person(), moment());
            return log; end""",
        volatile="volatile",
    ),
    *definer_function(
        "citizens_merge_undo(the_merge uuid)",
        "boolean",
        """declare row record; begin
            select * into row from citizens_merge where id = the_merge and undone_at is null
                and authority_id = any(actor_authorities()) and actor_roles() && array['screener', 'member'];
            if row is null then return false; end if;
            update citizens_citizen set merged_into_id = null where id = row.merged_id and merged_into_id = row.kept_id;
            update citizens_merge set undone_at = moment(), undone_by_id = actor_person() where id = the_merge; return true; end""",
        volatile="volatile",
    ),
]

TRIGGERS = [
    # Somebody without a number is found by nobody else: whom another authority has written down is its own to say, or to tell.
    *definer_function(
        "citizens_written()",
        "trigger",
        f"""begin
            if session_user = '{APP}' and exists (select 1 from citizens_citizen c where c.id = new.citizen_id and c.blind_index is null)
                and exists (select 1 from citizens_identity i where i.citizen_id = new.citizen_id
                    and i.authority_id <> all(actor_authorities()))
                and not exists (select 1 from citizens_identity i join my_receipt r on r.subject_id = i.id
                    where i.citizen_id = new.citizen_id) then
                raise exception 'who this is was told to others' using errcode = '42501'; end if;
            return new; end""",
    ),
    "drop trigger if exists citizens_written on citizens_identity",
    "create trigger citizens_written before insert on citizens_identity for each row execute function citizens_written()",
]
