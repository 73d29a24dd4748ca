"""The log can be written through one function and read by the authority's own data protection officer."""

from samsvar.postgres.rows import AUTHORITIES, Policies, definer_function, has_role

POLICIES = [
    Policies(
        "audit_logrow",
        select=f"authority_id = any({AUTHORITIES}) and {has_role('dpo')}",
        definer="all",
    ),
    Policies("audit_logrow_rest", definer="all"),
    Policies("audit_chainhead", select=f"authority_id = any({AUTHORITIES}) and {has_role('dpo')}", definer="all"),
]


FUNCTIONS = [
    *definer_function(
        "audit_link(seq_no bigint, owner uuid, moment timestamptz, body text)",
        "text",
        """begin return concat_ws('|', seq_no, owner,
            to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), body); end""",
    ),
    # Rows are a JSON array. The sequence is taken inside an advisory lock per authority, last in the transaction.
    # Who acts comes from the session, not from the caller; `refused` rows come from a connection without one.
    *definer_function(
        "audit_write(owner uuid, who uuid, post uuid, entries jsonb)",
        "bigint",
        """declare entry jsonb; head record; link bytea; number bigint; moment timestamptz; body text; actor uuid; acting uuid;
        begin
            actor := coalesce(actor_person(), who); acting := coalesce(actor_capacity(), post);
            -- Whoever does not act can tell of nothing but a refusal, a login or a logout.
            if session_user = 'samsvar_app' and (actor is null or (actor_person() is null and exists (
                select 1 from jsonb_array_elements(entries) e where e->>'act' not in ('refuse', 'sign_in', 'sign_out')))) then
                raise exception 'nobody acts' using errcode = '42501'; end if;
            if actor_person() is not null and not (owner = any(actor_authorities())) then
                raise exception 'log rows belong to the authority of the one who acts'; end if;
            perform pg_advisory_xact_lock(hashtextextended(owner::text, 7));
            select c.seq, c.hash into head from audit_chainhead c where c.authority_id = owner;
            number := coalesce(head.seq, 0); link := coalesce(head.hash, '\\x00'::bytea);
            for entry in select * from jsonb_array_elements(entries) loop
                number := number + 1; moment := clock_timestamp();
                body := concat_ws('|', actor, acting, entry->>'partnership_id', entry->>'act', entry->>'subject_kind',
                    entry->>'subject_id', entry->>'case_id', entry->>'citizen_id', coalesce(entry->>'purpose', ''),
                    coalesce(entry->'detail', '{}'::jsonb)::text);
                insert into audit_logrow values (number, owner, moment, actor, acting, (entry->>'partnership_id')::uuid,
                    entry->>'act', entry->>'subject_kind', (entry->>'subject_id')::uuid, (entry->>'case_id')::uuid,
                    (entry->>'citizen_id')::uuid, coalesce(entry->>'purpose', ''), coalesce(entry->'detail', '{}'::jsonb),
                    link, sha256(link || convert_to(audit_link(number, owner, moment, body), 'UTF8')));
                select l.hash into link from audit_logrow l where l.authority_id = owner and l.seq = number and l.at = moment;
            end loop;
            insert into audit_chainhead values (owner, number, link)
                on conflict (authority_id) do update set seq = excluded.seq, hash = excluded.hash;
            return number; end""",
        volatile="volatile",
    ),
    # The first broken link of an authority's chain, or null. A data protection officer or the caretaker may ask.
    *definer_function(
        "audit_verify(owner uuid)",
        "bigint",
        """declare item record; expected bytea := '\\x00'::bytea; number bigint := null; last bigint; last_hash bytea; body text;
        begin
            if session_user = 'samsvar_app' and not (owner = any(actor_authorities()) and 'dpo' = any(actor_roles())) then
                raise exception 'only the own data protection officer asks' using errcode = '42501'; end if;
            for item in select * from audit_logrow l where l.authority_id = owner order by l.seq loop
                if number is null then number := item.seq - 1; if item.seq > 1 then expected := item.previous; end if; end if;
                body := concat_ws('|', item.person_id, item.capacity_id, item.partnership_id, item.act, item.subject_kind,
                    item.subject_id, item.case_id, item.citizen_id, item.purpose, item.detail::text);
                if item.seq <> number + 1 then return number + 1; end if;
                if item.previous <> expected or item.hash <> sha256(expected || convert_to(
                    audit_link(item.seq, owner, item.at, body), 'UTF8')) then return item.seq; end if;
                expected := item.hash; number := item.seq;
            end loop;
            select c.seq, c.hash into last, last_hash from audit_chainhead c where c.authority_id = owner;
            if last is distinct from number or (last_hash is distinct from expected and number is not null) then
                return coalesce(number, 0) + 1; end if;
            return null; end""",
    ),
]
