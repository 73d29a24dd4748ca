"""The log can be written through one function and read by the authority's own data protection officer."""

from samsvar.postgres.rows import APP, AUTHORITIES, CARETAKER, OWNER, Policies, definer_function, has_role

_DPO = f"authority_id = any({AUTHORITIES}) and {has_role('dpo')}"

POLICIES = [
    Policies("audit_logrow", select=_DPO, definer="all"),
    Policies("audit_logrow_rest", definer="all"),
    Policies("audit_chainhead", select=_DPO, definer="all"),
    Policies("audit_chaincheck", select=_DPO, definer="all"),
]

_CHECKS_ITSELF = f"session_user not in ('{CARETAKER}', '{OWNER}')"

FUNCTIONS = [
    "drop function if exists audit_link(bigint, uuid, timestamptz, text)",
    # What a link is made of. JSON keeps the borders between the values: nothing can slide from one into the next.
    *definer_function(
        "audit_link(link bytea, item audit_logrow)",
        "bytea",
        """begin return sha256(link || convert_to(jsonb_build_array(item.seq, item.authority_id,
            to_char(item.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), item.person_id, item.capacity_id,
            item.partnership_id, item.act, item.subject_kind, item.subject_id, item.case_id, item.citizen_id, item.purpose,
            item.detail)::text, 'UTF8')); end""",
    ),
    # Rows are a JSON array. The sequence is taken inside an advisory lock per authority, last in the transaction.
    # Who acts comes from the session, not from the caller; `refused` rows come from a connection without one.
    *definer_function(
        "audit_write(owner uuid, who uuid, post uuid, entries jsonb)",
        "bigint",
        """declare entry jsonb; head record; item audit_logrow; actor uuid; acting uuid; begin
            actor := coalesce(actor_person(), who); acting := coalesce(actor_capacity(), post);
            -- Whoever does not act can tell of nothing but a refusal, a login or a logout.
            if session_user = 'samsvar_app' and (actor is null or (actor_person() is null and exists (
                select 1 from jsonb_array_elements(entries) e where e->>'act' not in ('refuse', 'sign_in', 'sign_out')))) then
                raise exception 'nobody acts' using errcode = '42501'; end if;
            if actor_person() is not null and not (owner = any(actor_authorities())) then
                raise exception 'log rows belong to the authority of the one who acts'; end if;
            if session_user = 'samsvar_app' and actor_person() is null and not exists (select 1 from partnerships_capacity c
                where c.id = acting and c.person_id = actor and c.authority_id = owner) then
                raise exception 'a refusal is told of a person at its own post' using errcode = '42501'; end if;
            -- What its reader could not read is no row: it would take the whole page of the log with it.
            if exists (select 1 from jsonb_array_elements(entries) e where e->'detail' is not null
                and (jsonb_typeof(e->'detail') <> 'object' or not json_is_plain(e->'detail')
                    or (session_user = 'samsvar_app' and actor_person() is null and length(e->>'detail') > 2000))) then
                raise exception 'what is told in the log is plain' using errcode = '23514'; end if;
            perform pg_advisory_xact_lock(hashtextextended(owner::text, 7));
            select c.seq, c.hash into head from audit_chainhead c where c.authority_id = owner;
            item.seq := coalesce(head.seq, 0); item.hash := coalesce(head.hash, '\\x00'::bytea);
            item.authority_id := owner; item.person_id := actor; item.capacity_id := acting;
            for entry in select * from jsonb_array_elements(entries) loop
                item.seq := item.seq + 1; item.at := clock_timestamp(); item.previous := item.hash;
                item.partnership_id := entry->>'partnership_id'; item.act := entry->>'act';
                item.subject_kind := entry->>'subject_kind'; item.subject_id := entry->>'subject_id';
                item.case_id := entry->>'case_id'; item.citizen_id := entry->>'citizen_id';
                item.purpose := coalesce(entry->>'purpose', ''); item.detail := coalesce(entry->'detail', '{}'::jsonb);
                item.hash := audit_link(item.previous, item);
                insert into audit_logrow select item.*;
            end loop;
            insert into audit_chainhead (authority_id, seq, hash) values (owner, item.seq, item.hash)
                on conflict (authority_id) do update set seq = excluded.seq, hash = excluded.hash;
            return item.seq; end""",
        volatile="volatile",
    ),
    # The first broken link of an authority's chain, or null. The own data protection officer and the caretaker may ask.
    # The chain begins where its head says: only retention moves that, when it takes old months away.
    *definer_function(
        "audit_verify(owner uuid)",
        "bigint",
        f"""declare item audit_logrow; head record; expected bytea; number bigint; begin
            if {_CHECKS_ITSELF} and not (owner = any(actor_authorities()) and actor_roles() && array['dpo']) then
                raise exception 'not the log of the one who asks' using errcode = '42501'; end if;
            select c.* into head from audit_chainhead c where c.authority_id = owner;
            number := coalesce(head.first_seq, 1) - 1; expected := coalesce(head.first_previous, '\\x00'::bytea);
            for item in select * from audit_logrow l where l.authority_id = owner order by l.seq, l.at loop
                if item.seq <> number + 1 then return least(item.seq, number + 1); end if;
                if item.previous <> expected or item.hash <> audit_link(expected, item) then return item.seq; end if;
                expected := item.hash; number := item.seq;
            end loop;
            if head.seq is distinct from nullif(number, 0) or (head.seq is not null and head.hash <> expected) then
                return number + 1; end if;
            return null; end""",
    ),
    # Walks through a chain, holds it against its newest anchor (number and sum, if there is one) and keeps what was found.
    # What lies before the chain's beginning has been disposed of, and is not missed.
    *definer_function(
        "audit_check(owner uuid, anchored bigint, anchored_sum text)",
        "bigint",
        """declare found bigint; head record; begin
            found := audit_verify(owner);
            select c.* into head from audit_chainhead c where c.authority_id = owner;
            if anchored is not null and (found is null or found > anchored) and not coalesce(head.first_seq > anchored, false)
                and not exists (select 1 from audit_logrow l where l.authority_id = owner and l.seq = anchored
                    and encode(l.hash, 'hex') = anchored_sum) then found := anchored; end if;
            -- The lock of the chain first, then its head: the order in which a row is written.
            perform pg_advisory_xact_lock(hashtextextended(owner::text, 7));
            update audit_chainhead set checked_at = now(), broken_seq = found where authority_id = owner;
            insert into audit_chaincheck (id, authority_id, at, person_id, seq, broken_seq)
                values (gen_random_uuid(), owner, now(), actor_person(), coalesce(head.seq, 0), found);
            return found; end""",
        volatile="volatile",
    ),
    # The own log's rows about any of these ids (citizens, cases, identities, concerns), newest first and older than a row:
    # named in the row, or one of those that a list showed. The caller reads the rows again under the policies. By hand,
    # since the operator that finds an id in a list is not leakproof, and its index of no use under row security.
    *definer_function(
        "audit_about(ids uuid[], after timestamptz, before timestamptz, number bigint, by_whom uuid, did text, most integer)",
        "table (owner uuid, seq bigint, at timestamptz)",
        """declare us uuid[] := actor_authorities(); one uuid; name text; begin
            if not (actor_roles() && array['dpo']) then return; end if;
            return query select l.authority_id, l.seq, l.at from audit_logrow l
                where l.authority_id = any(us) and l.citizen_id = any(ids) and (l.at, l.seq) < (before, number) and l.at >= after
                and (by_whom is null or l.person_id = by_whom) and (did = '' or l.act = did)
                order by l.at desc, l.seq desc limit most;
            return query select l.authority_id, l.seq, l.at from audit_logrow l
                where l.authority_id = any(us) and l.case_id = any(ids) and (l.at, l.seq) < (before, number) and l.at >= after
                and (by_whom is null or l.person_id = by_whom) and (did = '' or l.act = did)
                order by l.at desc, l.seq desc limit most;
            foreach one in array ids loop foreach name in array array['ids', 'cases', 'subjects'] loop
                return query select f.authority_id, f.seq, f.at from (select l.* from audit_logrow l
                        where l.detail @> jsonb_build_object(name, jsonb_build_array(one::text)) offset 0) f
                    where f.authority_id = any(us) and (f.at, f.seq) < (before, number) and f.at >= after
                    and (by_whom is null or f.person_id = by_whom) and (did = '' or f.act = did)
                    order by f.at desc, f.seq desc limit most;
            end loop; end loop; end""",
    ),
    # Months are made by the owner's own function: neither the application nor the caretaker may make tables.
    """create or replace function audit_ensure_partitions(ahead integer) returns integer language plpgsql volatile
        security definer set search_path = pg_catalog, public, pg_temp as $body$
        declare first timestamptz; name text; made integer := 0; begin
            for step in 0..ahead loop
                first := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => step)) at time zone 'UTC';
                name := 'audit_logrow_' || to_char(first at time zone 'UTC', 'YYYY_MM');
                continue when to_regclass('public.' || name) is not null;
                execute format('create table public.%I (like public.audit_logrow including defaults)', name);
                -- A month that was missed lies in the rest, and moves over link by link as it stands.
                execute format('with moved as (delete from public.audit_logrow_rest where at >= %L and at < %L returning *)
                    insert into public.%I select * from moved', first, first + interval '1 month', name);
                execute format('alter table public.audit_logrow attach partition public.%I for values from (%L) to (%L)',
                    name, first, first + interval '1 month');
                execute format('alter table public.%I enable row level security', name);
                execute format('alter table public.%I force row level security', name);
                made := made + 1;
            end loop;
            return made; end $body$""",
    f"revoke all on function audit_ensure_partitions(integer) from public, {APP}",
    f"grant execute on function audit_ensure_partitions(integer) to {CARETAKER}",
]

TRIGGERS = ["select audit_ensure_partitions(2)"]
