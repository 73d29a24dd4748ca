"""Rows of people and their sessions."""

from samsvar.postgres.rows import APP, PERSON, POLICY, OpenTable, Policies, definer_function

POLICIES = [
    # Reached through actor_open, actor_close and actor_enter alone.
    Policies("accounts_actorsession", definer="all"),
    # Half of an HMAC key each; read by actor_open alone. See samsvar.accounts.gate.
    Policies("accounts_gate"),
    # Kept when nobody acts any more, by accounts_keep; read and thrown away by the person alone.
    Policies("accounts_keptform", select=f"person_id = {PERSON}", delete=f"person_id = {PERSON}", definer="all"),
]

OPEN_TABLES = [
    OpenTable(
        "accounts_user",
        "employees, not citizens; login must find a person before anyone acts",
        rights="select, insert, update",
    ),
    OpenTable("accounts_cacherow", "counts of attempts by address and hashed e-mail; holds no citizen"),
]

TRIGGERS = [
    # What is signed is signed by name: whoever acts changes nobody's name or address, nor who may log in.
    f"""create or replace function guard_user() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as
        $body$ begin
            if current_user = '{APP}' and (old.id, old.name, old.email, old.is_active, old.created_at)
                is distinct from (new.id, new.name, new.email, new.is_active, new.created_at) then
                raise exception 'a name is not changed from here' using errcode = '42501'; end if;
            return null; end $body$""",
    "revoke all on function guard_user() from public",
    "drop trigger if exists guard_user on accounts_user",
    "create trigger guard_user after update on accounts_user for each row execute function guard_user()",
]

FUNCTIONS = [
    # The posts a person may sit down in. Asked at login, before anyone acts.
    *definer_function(
        "accounts_posts(who uuid)",
        "table (post uuid, authority_name text, authority_kind text, unit_name text, function text, groups text[])",
        """begin return query
            select c.id, a.name::text, a.kind::text, coalesce(u.name, '')::text, c.function::text, coalesce((
                select array_agg(g.name::text order by g.name) from partnerships_membership m
                join partnerships_group g on g.id = m.group_id where m.capacity_id = c.id and m.since <= today()
                and (m.until is null or m.until >= today())), '{}')
            from partnerships_capacity c join partnerships_authority a on a.id = c.authority_id
            left join partnerships_unit u on u.id = c.unit_id
            where c.person_id = who and c.since <= today() and (c.until is null or c.until >= today())
            order by a.name, c.function, c.id; end""",
    ),
    # Everybody one can be in a demonstration. The database itself knows whether it is one: elsewhere this has no rows.
    "do $$ begin if to_regclass('public.samsvar_installation') is not null then "
    f"grant select on samsvar_installation to {POLICY}; end if; end $$",
    *definer_function(
        "accounts_demo_people()",
        "table (post uuid, person uuid, person_name text, function text, authority uuid, authority_name text,"
        " partnership uuid, partnership_name text, roles text[], seats text[])",
        """begin
            if to_regclass('public.samsvar_installation') is null then return; end if;
            if not exists (select 1 from samsvar_installation i where i.kind = 'demo') then return; end if;
            return query
            select c.id, u.id, u.name::text, c.function::text, a.id, a.name::text, p.id, p.name::text, c.roles::text[]
                || coalesce((select array_agg(distinct f.function::text) from partnerships_groupfunction f
                    where f.capacity_id = c.id and f.since <= today()
                    and (f.until is null or f.until >= today())), '{}'),
                coalesce((select array_agg(g.name::text order by g.name) from partnerships_membership m
                    join partnerships_group g on g.id = m.group_id where m.capacity_id = c.id
                    and g.partnership_id = p.id and m.since <= today()
                    and (m.until is null or m.until >= today())), '{}')
            from partnerships_capacity c join accounts_user u on u.id = c.person_id
            join partnerships_authority a on a.id = c.authority_id
            join partnerships_participation t on t.authority_id = a.id
                and t.since <= today() and (t.until is null or t.until >= today())
            join partnerships_partnership p on p.id = t.partnership_id
            where u.is_active and c.since <= today() and (c.until is null or c.until >= today())
            order by p.name, a.name, u.name, c.id; end""",
    ),
    # Keeps what somebody had written when nobody acts any more; a day later it is gone, and at most twenty are kept.
    *definer_function(
        "accounts_keep(row_id uuid, who uuid, sealed bytea)",
        "void",
        """begin
            delete from accounts_keptform where kept_at < now() - interval '1 day';
            insert into accounts_keptform (id, person_id, cipher, kept_at) values (row_id, who, sealed, now());
            delete from accounts_keptform k where k.person_id = who and k.id not in (
                select n.id from accounts_keptform n where n.person_id = who order by n.kept_at desc limit 20); end""",
        volatile="volatile",
    ),
    # Whether something is kept for a person, asked right after login, before anyone acts.
    *definer_function(
        "accounts_has_kept(who uuid)",
        "boolean",
        """begin return exists (select 1 from accounts_keptform k
            where k.person_id = who and k.kept_at > now() - interval '1 day'); end""",
    ),
    # A failed login is logged with every authority where the person has a post, on the connection for refusals.
    *definer_function(
        "accounts_log_refusal(who uuid, entries jsonb)",
        "void",
        """declare c record; begin
            for c in select k.id, k.authority_id from partnerships_capacity k where k.person_id = who
                and k.since <= today() and (k.until is null or k.until >= today()) order by k.authority_id loop
                perform audit_write(c.authority_id, who, c.id, entries);
            end loop; end""",
        volatile="volatile",
    ),
]
