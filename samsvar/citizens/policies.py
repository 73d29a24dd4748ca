"""Identities are the own authority's, or have been disclosed to it. The blind index can be asked, never read."""

from samsvar.postgres.rows import (
    ASSIGNED,
    AUTHORITIES,
    PARTNERSHIPS,
    PERSON,
    Policies,
    definer_function,
    has_role,
    received,
)

# A frontline worker reaches the identities behind own concerns and assigned cases; those who screen and sit at the table, all
# of the authority's. What is disclosed is read by those of the receiving authority who have the case in reach.
_OWN = (
    f"(authority_id = any({AUTHORITIES}) and (created_by_id = {PERSON} or {has_role('screener', 'member')} or exists "
    f"(select 1 from cases_case c where c.identity_id = citizens_identity.id and c.id = any({ASSIGNED}) offset 0)))"
)
_DISCLOSED = (
    f"({received('citizens_identity.id')} and ({has_role('screener', 'member')} or exists "
    f"(select 1 from cases_case c where c.identity_id = citizens_identity.id and c.id = any({ASSIGNED}) offset 0)))"
)

POLICIES = [
    Policies(
        "citizens_citizen",
        select=f"partnership_id = any({PARTNERSHIPS}) and exists "
        "(select 1 from citizens_identity i where i.citizen_id = citizens_citizen.id offset 0)",
        hidden=("blind_index",),
        definer="all",
    ),
    Policies(
        "citizens_identity",
        select=f"{_OWN} or {_DISCLOSED}",
        insert=f"authority_id = any({AUTHORITIES}) and partnership_id = any({PARTNERSHIPS}) and created_by_id = {PERSON}",
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
    # Whoever learns the number of a person without known identity lets the row take it; nothing is told if it is taken already.
    *definer_function(
        "citizen_gets_number(the_citizen uuid, blind bytea)",
        "uuid",
        """declare row record; other uuid; begin
            select * into row from citizens_citizen where id = the_citizen;
            if row is null or not exists (select 1 from citizens_identity i where i.citizen_id = the_citizen
                and i.authority_id = any(actor_authorities())) then return null; end if;
            select id into other from citizens_citizen where partnership_id = row.partnership_id and blind_index = blind;
            if other is null then update citizens_citizen set blind_index = blind where id = the_citizen; return the_citizen; end if;
            return other; end""",
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
                and authority_id = any(actor_authorities());
            if row is null then return false; end if;
            update citizens_citizen set merged_into_id = null where id = row.merged_id and merged_into_id = row.kept_id;
            update citizens_merge set undone_at = moment(), undone_by_id = actor_person() where id = the_merge; return true; end""",
        volatile="volatile",
    ),
]
