"""Who acts, as the database knows it. Nothing here can be set by the application but the token itself."""

from samsvar.postgres.rows import (
    APP,
    CARETAKER,
    JSON_IS_PLAIN,
    MOMENTS_DAY,
    OWNER,
    POLICY,
    WORKING,
    OpenTable,
    definer_function,
    near,
)

# Nobody who acts as steering member, administrator, jurist or data protection officer alone has any case or receipt.
_WORKS = f"(select actor_roles())::text[] && {WORKING}"

# How `end_parties` marks those who were in a case when it was closed. Nobody else can write it.
CLOSED_WITH_US = "closed"

SESSION = """
    from accounts_actorsession s
    join partnerships_capacity c on c.id = s.capacity_id
    join accounts_user u on u.id = s.person_id and u.is_active
    where s.token_hash = sha256(convert_to(coalesce(current_setting('samsvar.token', true), ''), 'UTF8'))
      and s.ended_at is null and s.expires_at > now()
      and c.since <= today() and (c.until is null or c.until >= today())
"""

# A seat is the actor's for as long as the authority takes part in the partnership of its table: whoever has left neither
# reads nor writes there any more, also when nobody has ended the seats (L1). `home` is the actor's authority.
_TAKES_PART = """exists (select 1 from partnerships_participation p
                where p.partnership_id = g.partnership_id and p.authority_id = home
                  and p.since <= today() and (p.until is null or p.until >= today()))"""

_chain = """
    with recursive chain as (
        select id from partnerships_authority where id = {start}
        union
        select a.id from partnerships_authority a join chain on a.successor_id = chain.id
    ) select array_agg(id) from chain
"""

FUNCTIONS = [
    # The day as people here have it, whatever clock the session was given: `current_date` is another one from Danish
    # midnight until the server's, and then whoever begins today would be locked out.
    "create or replace function today() returns date language sql stable parallel safe as "
    "$$ select (now() at time zone 'Europe/Copenhagen')::date $$",
    "revoke all on function today() from public",
    f"grant execute on function today() to {APP}, {CARETAKER}, {OWNER}, {POLICY}",
    # Asked by the rule of the same name on every table with JSON, and by the log (docs/decisions/0122).
    JSON_IS_PLAIN,
    "revoke all on function json_is_plain(jsonb) from public",
    f"grant execute on function json_is_plain(jsonb) to {APP}, {CARETAKER}, {OWNER}, {POLICY}",
    # When something is written down. In a demonstration the world is told as it would have happened, over months; anywhere
    # else the clock cannot be set (docs/decisions/0020). What may be read never asks this clock.
    """do $$ begin if to_regclass('samsvar_installation') is not null then
        grant select on samsvar_installation to """
    + POLICY
    + "; end if; end $$",
    *definer_function(
        "moment()",
        "timestamptz",
        """declare told text := coalesce(current_setting('samsvar.clock', true), ''); begin
            if told = '' or to_regclass('samsvar_installation') is null then return now(); end if;
            if exists (select 1 from samsvar_installation where kind = 'demo' and world = 'telling') then
                return told::timestamptz; end if;
            return now(); end""",
    ),
    # What is stamped by the act itself: an hour is this hour, and a day today. A day that somebody tells of is another.
    *definer_function(
        "written_now()",
        "trigger",
        f"""declare name text; said text; before jsonb := '{{}}'; begin
            if session_user <> '{APP}' then return new; end if;
            if tg_op = 'UPDATE' then before := to_jsonb(old); end if;
            foreach name in array tg_argv loop
                said := to_jsonb(new) ->> name;
                if said is not null and said is distinct from before ->> name and not (case when length(said) = 10
                        then said::date = {MOMENTS_DAY} else {near("said::timestamptz")} end) then
                    raise exception 'what is done is done now' using errcode = '42501'; end if;
            end loop;
            return new; end""",
    ),
    *definer_function(
        "counts_up()",
        "trigger",
        f"""declare name text; begin
            if session_user <> '{APP}' then return new; end if;
            foreach name in array tg_argv loop
                if (to_jsonb(new) ->> name)::bigint - (to_jsonb(old) ->> name)::bigint not in (0, 1) then
                    raise exception 'a counter goes up by one' using errcode = '42501'; end if;
            end loop;
            return new; end""",
    ),
    *definer_function("actor_person()", "uuid", f"begin return (select s.person_id {SESSION}); end"),
    *definer_function("actor_capacity()", "uuid", f"begin return (select s.capacity_id {SESSION}); end"),
    *definer_function(
        "actor_authorities()",
        "uuid[]",
        f"begin return coalesce(({_chain.format(start=f'(select c.authority_id {SESSION})')}), '{{}}'); end",
    ),
    *definer_function(
        "actor_groups()",
        "uuid[]",
        f"""declare post uuid; home uuid; begin
            select s.capacity_id, c.authority_id into post, home {SESSION};
            return coalesce((
            select array_agg(m.group_id) from partnerships_membership m join partnerships_group g on g.id = m.group_id
            where m.capacity_id = post and g.level = 'operative' and {_TAKES_PART}
              and m.since <= today() and (m.until is null or m.until >= today())), '{{}}'); end""",
    ),
    # Every table on every level, and those one runs without sitting there: for rows that hold no person.
    *definer_function(
        "actor_seats()",
        "uuid[]",
        f"""declare post uuid; home uuid; begin
            select s.capacity_id, c.authority_id into post, home {SESSION};
            return coalesce((select array_agg(distinct t.group_id) from (
                select m.group_id from partnerships_membership m where m.capacity_id = post
                    and m.since <= today() and (m.until is null or m.until >= today())
                union
                select f.group_id from partnerships_groupfunction f where f.capacity_id = post
                    and f.since <= today() and (f.until is null or f.until >= today())) t
                join partnerships_group g on g.id = t.group_id where {_TAKES_PART}), '{{}}'); end""",
    ),
    *definer_function(
        "actor_partnerships()",
        "uuid[]",
        f"""begin return coalesce((
            select array_agg(distinct p.partnership_id) from partnerships_participation p
            where p.authority_id = (select c.authority_id {SESSION})
              and p.since <= today() and (p.until is null or p.until >= today())), '{{}}'); end""",
    ),
    *definer_function(
        "actor_assigned()",
        "uuid[]",
        f"""declare who uuid; post uuid; here uuid[]; begin
            select s.person_id, s.capacity_id into who, post {SESSION};
            -- A post without persons stays so, whatever is assigned to it.
            if who is null or not (actor_roles() && {WORKING}) then return '{{}}'; end if;
            here := actor_partnerships();
            return coalesce((select array_agg(id) from (
                select a.case_id as id from cases_assignment a where a.capacity_id = post and a.until is null
                    -- Whoever has left the partnership works on its cases no more; one brought into a case takes no part (L3).
                    and (a.partnership_id = any(here) or exists (select 1 from cases_caseparty p where p.case_id = a.case_id
                        and p.authority_id = any(actor_authorities()) and p.brought_in))
                union
                -- A raiser who has moved to another authority leaves the case behind.
                select k.id from cases_case k where k.raised_by_id = who and k.closed_at is null
                    and k.partnership_id = any(here) and k.raised_by_authority_id = any(actor_authorities())
                ) reach), '{{}}'); end""",
    ),
    *definer_function(
        "actor_roles()",
        "text[]",
        f"""declare post uuid; home uuid; own text[]; begin
            select s.capacity_id, c.authority_id, c.roles into post, home, own {SESSION};
            if post is null then return '{{}}'; end if;
            return own
                || coalesce((select array_agg(distinct case when g.level = 'operative' then 'member' else 'steering' end)
                    from partnerships_membership m join partnerships_group g on g.id = m.group_id
                    where m.capacity_id = post and {_TAKES_PART} and m.since <= today()
                      and (m.until is null or m.until >= today())), '{{}}')
                || coalesce((select array_agg(distinct f.function)
                    from partnerships_groupfunction f join partnerships_group g on g.id = f.group_id
                    where f.capacity_id = post and {_TAKES_PART} and f.since <= today()
                      and (f.until is null or f.until >= today())), '{{}}'); end""",
    ),
    "drop function if exists actor_enter(text)",
    *definer_function(
        "actor_enter(token text)",
        "table (person uuid, capacity uuid, authority uuid, authorities uuid[], authority_name text, authority_short text,"
        " kind text, regime text, unit uuid, groups uuid[], partnerships uuid[], roles text[], name text, function text)",
        """begin
            perform set_config('samsvar.token', token, true);
            return query select s.person_id, s.capacity_id, a.id, actor_authorities(), a.name::text, a.short_name::text,
                a.kind::text, a.regime::text, c.unit_id, actor_groups(), actor_partnerships(), actor_roles(), u.name::text, c.function::text
                from accounts_actorsession s join partnerships_capacity c on c.id = s.capacity_id
                join partnerships_authority a on a.id = c.authority_id join accounts_user u on u.id = s.person_id
                where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.ended_at is null and s.expires_at > now()
                  and u.is_active and c.since <= today() and (c.until is null or c.until >= today()); end""",
        volatile="volatile",
    ),
    # Acting starts and ends through these: the application cannot read or write the tokens' table itself. A token that has
    # ended never lives again, and one that lives cannot be turned to another person.
    *definer_function(
        "actor_open(token text, who uuid, post uuid, until_ts timestamptz)",
        "boolean",
        """declare opened integer; begin
            if length(token) < 32 or not exists (select 1 from partnerships_capacity c join accounts_user u on u.id = c.person_id
                where c.id = post and c.person_id = who and u.is_active
                  and c.since <= today() and (c.until is null or c.until >= today())) then return false; end if;
            insert into accounts_actorsession (id, token_hash, person_id, capacity_id, opened_at, expires_at)
                values (gen_random_uuid(), sha256(convert_to(token, 'UTF8')), who, post, now(), until_ts)
                on conflict (token_hash) do update set expires_at = excluded.expires_at
                where accounts_actorsession.ended_at is null and accounts_actorsession.person_id = who
                    and accounts_actorsession.capacity_id = post;
            get diagnostics opened = row_count; return opened = 1; end""",
        volatile="volatile",
    ),
    # Without proof only set-up commands open a session, as the owner.
    f"revoke all on function actor_open(text, uuid, uuid, timestamptz) from {APP}, {CARETAKER}",
    # The web server proves with its own key that a login stands behind it: the database's password alone opens nothing.
    *definer_function(
        "actor_open(token text, who uuid, post uuid, until_ts timestamptz, proof bytea)",
        "boolean",
        """declare pads record; said bytea := convert_to(concat_ws('|', token, who, post, extract(epoch from until_ts)::bigint), 'UTF8');
        begin
            select g.inner_pad, g.outer_pad into pads from accounts_gate g;
            if pads.inner_pad is null or proof is distinct from sha256(pads.outer_pad || sha256(pads.inner_pad || said)) then
                raise exception 'this server does not hold the key that the database was migrated with; run migrate with it'
                    using errcode = '42501'; end if;
            return actor_open(token, who, post, until_ts); end""",
        volatile="volatile",
    ),
    *definer_function(
        "actor_close(token text)",
        "void",
        """begin update accounts_actorsession set ended_at = now()
            where token_hash = sha256(convert_to(token, 'UTF8')) and ended_at is null; end""",
        volatile="volatile",
    ),
    *definer_function(
        "actor_close_all(who uuid)",
        "void",
        "begin update accounts_actorsession set ended_at = now() where person_id = who and ended_at is null; end",
        volatile="volatile",
    ),
    # What a row's owner may change, others may not: see rows.guard_columns.
    """create or replace function guard_columns() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as
        $body$ begin
            if current_user = 'samsvar_app' and not ((to_jsonb(old)->>tg_argv[0])::uuid = any(actor_authorities()))
                and (to_jsonb(new) - tg_argv) is distinct from (to_jsonb(old) - tg_argv) then
                raise exception 'only the owner changes this' using errcode = '42501'; end if;
            return null; end $body$""",
    "revoke all on function guard_columns() from public",
    # The actor's own parties and receipts, read by the policies of the rooms above. `heard_until` is when the authority stepped
    # out; null while it is in the case, and for a case that was closed with it.
    f"""create or replace view my_party with (security_barrier) as
        select p.case_id, case when p.end_reason = '{CLOSED_WITH_US}' then null else p.until end as heard_until
        from cases_caseparty p
        where p.authority_id = any((select actor_authorities())::uuid[]) and {_WORKS}
          and (p.read_until is null or p.read_until > now())""",
    f"alter view my_party owner to {POLICY}",
    f"""create or replace view my_receipt with (security_barrier) as
        select r.subject_id, r.disclosure_id from sharing_receipt r
        where r.authority_id = any((select actor_authorities())::uuid[]) and {_WORKS} and r.ended_at is null""",
    f"alter view my_receipt owner to {POLICY}",
    f"revoke all on my_party, my_receipt from {CARETAKER}",
    f"grant select on my_party, my_receipt to {APP}, {POLICY}, {OWNER}",
]

OPEN_TABLES: list[OpenTable] = []

# A view of a policy that is no more, where a database was migrated with it.
TRIGGERS = ["drop view if exists my_hearing"]
