"""Who may say how long, who may hold back, and who may let go. What erases rows is called by the caretaker and the owner."""

from samsvar.postgres.rows import (
    AUTHORITIES,
    CARETAKER,
    OWNER,
    PARTNERSHIPS,
    PERSON,
    Policies,
    definer_function,
    has_role,
)
from samsvar.retention.models import DEFAULT_MONTHS

_OWN = f"authority_id = any({AUTHORITIES})"
_LETS_GO = f"{_OWN} and {has_role('releaser', 'dpo')}"
_ADMIN = f"{_OWN} and {has_role('local_admin')}"

POLICIES = [
    Policies(
        "retention_retentionrule",
        select=_OWN,
        insert=f"{_ADMIN} and set_by_id = {PERSON}",
        update=_ADMIN,
        update_check=f"set_by_id = {PERSON}",
        immutable=("authority_id", "kind"),
    ),
    Policies(
        "retention_hold",
        select=_LETS_GO,
        insert=f"{_LETS_GO} and by_id = {PERSON} and lifted_at is null",
        update=f"{_LETS_GO} and lifted_at is null",
        update_check=f"{_LETS_GO} and lifted_by_id = {PERSON}",
        immutable=("authority_id", "kind", "subject_id", "reason", "review_on", "by_id", "at"),
    ),
    # Steps are taken by retention_step alone: a policy cannot tell that somebody proposed before another approved.
    Policies("retention_disposal", select=_LETS_GO, definer="all"),
    Policies("retention_stone", select=f"{_OWN} and {has_role('releaser', 'dpo', 'local_admin')}"),
    # Nothing here leads back to anybody; those who cooperate may count it.
    Policies("retention_remainder", select=f"partnership_id = any({PARTNERSHIPS})"),
]

_MONTHS = (
    "case the_kind " + " ".join(f"when '{kind}' then {months}" for kind, months in DEFAULT_MONTHS.items()) + " end"
)


def _caretakers(signature: str, returns: str, body: str) -> list[str]:
    """A function without borrowed rights, for those who may delete: the caretaker, and the owner at a restore."""
    name, _, arguments = signature.partition("(")
    types = ", ".join(one.strip().split(" ", 1)[1] for one in arguments.rstrip(")").split(",") if one.strip())
    return [
        f"create or replace function {signature} returns {returns} language plpgsql volatile "
        f"set search_path = pg_catalog, public, pg_temp as $body$ {body} $body$",
        f"revoke all on function {name}({types}) from public",
        f"grant execute on function {name}({types}) to {CARETAKER}, {OWNER}",
    ]


FUNCTIONS = [
    # The period of a kind in an authority: its own rule, or the default.
    *definer_function(
        "retention_months(the_kind text, owner uuid)",
        "integer",
        f"""begin return coalesce((select r.months from retention_retentionrule r where r.kind = the_kind
            and r.authority_id = owner), {_MONTHS}); end""",
    ),
    # A hold counts when it is set by the authority whose row it is, or by one that is or was party to the case.
    *definer_function(
        "retention_held(the_kind text, the_subject uuid, owner uuid)",
        "boolean",
        f"""begin
            if not (session_user in ('{CARETAKER}', '{OWNER}')
                or (owner = any(actor_authorities()) and actor_roles() && array['releaser', 'dpo'])) then return false; end if;
            return exists (select 1 from retention_hold h where h.kind = the_kind and h.subject_id = the_subject
                and h.lifted_at is null and (h.authority_id = owner or (the_kind = 'case' and exists (select 1
                    from cases_caseparty p where p.case_id = the_subject and p.authority_id = h.authority_id)))); end""",
    ),
    # A case or network case by its number, for those who may hold it back: one that the own authority is or was in.
    *definer_function(
        "retention_subject(the_kind text, the_reference text)",
        "uuid",
        """declare us uuid[] := actor_authorities(); places uuid[] := actor_partnerships(); begin
            if not (actor_roles() && array['releaser', 'dpo']) then return null; end if;
            if the_kind = 'case' then return (select k.id from cases_case k where k.partnership_id = any(places)
                and k.reference = upper(the_reference) and exists (select 1 from cases_caseparty p
                    where p.case_id = k.id and p.authority_id = any(us)) limit 1); end if;
            if the_kind = 'network' then return (select n.id from cases_networkcase n where n.partnership_id = any(places)
                and n.reference = upper(the_reference) and n.party_ids && us limit 1); end if;
            return null; end""",
    ),
    # One step on the way out: propose, approve (another person), take back. Returns how many rows took it.
    *definer_function(
        "retention_step(these uuid[], step text)",
        "integer",
        """declare n integer; us uuid[] := actor_authorities(); who uuid := actor_person(); begin
            if not (actor_roles() && array['releaser']) then return 0; end if;
            update retention_disposal d set
                state = case step when 'propose' then 'proposed' when 'approve' then 'approved' else 'due' end,
                proposed_by_id = case step when 'propose' then who when 'approve' then d.proposed_by_id end,
                proposed_at = case step when 'propose' then now() when 'approve' then d.proposed_at end,
                approved_by_id = case step when 'approve' then who end,
                approved_at = case step when 'approve' then now() end
                where d.id = any(these) and d.authority_id = any(us) and not retention_held(d.kind, d.subject_id, d.authority_id)
                and case step when 'propose' then d.state = 'due'
                    when 'approve' then d.state = 'proposed' and d.proposed_by_id is distinct from who
                    when 'take_back' then d.state in ('proposed', 'approved') else false end;
            get diagnostics n = row_count; return n; end""",
        volatile="volatile",
    ),
    *_caretakers(
        "retention_sum(one jsonb, two jsonb)",
        "jsonb",
        """begin return (select coalesce(jsonb_object_agg(s.key, s.n), '{}') from (select e.key, sum(e.value::bigint) n from
            (select * from jsonb_each_text(one) union all select * from jsonb_each_text(two)) e
            group by e.key having sum(e.value::bigint) > 0) s); end""",
    ),
    # Deletes rows and everything that hangs on them: by foreign key, and by the columns that name a case, a citizen or the
    # subject of something without one. Read from the catalogue, so that a new table is not forgotten. The log, the stones,
    # and the verdicts on the log are not of this kind. Answers how many rows of which table.
    *_caretakers(
        "retention_erase(the_table regclass, ids uuid[])",
        "jsonb",
        r"""declare link record; kids uuid[]; counts jsonb := '{}'; n bigint; begin
            if ids is null or cardinality(ids) = 0 then return counts; end if;
            for link in
                select c.conrelid::regclass as child, a.attname::text as col from pg_constraint c
                    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
                    where c.contype = 'f' and c.confrelid = the_table and c.conrelid <> the_table and c.conparentid = 0
                union
                select t.oid::regclass, a.attname::text from pg_class t join pg_attribute a on a.attrelid = t.oid
                    where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and not t.relispartition
                    and a.atttypid = 'uuid'::regtype and not a.attisdropped and t.oid <> the_table
                    and t.relname not like 'audit\_%' and t.relname not like 'retention\_%'
                    and (a.attname = 'subject_id' or (a.attname = 'case_id' and the_table = 'cases_case'::regclass)
                        or (a.attname = 'network_id' and the_table = 'coordination_carenetwork'::regclass)
                        or (a.attname = 'referral_id' and the_table in ('referrals_referral'::regclass, 'referrals_transition'::regclass))
                        or (a.attname = 'citizen_id' and the_table = 'citizens_citizen'::regclass))
            loop
                execute format('select array_agg(id) from %s where %I = any($1)', link.child, link.col) into kids using ids;
                counts := retention_sum(counts, retention_erase(link.child, kids));
            end loop;
            execute format('delete from %s where id = any($1)', the_table) using ids;
            get diagnostics n = row_count;
            return retention_sum(counts, jsonb_build_object(the_table::text, n)); end""",
    ),
    # Forgets citizens whom no case, concern or open matter holds on to: every authority's name for them, and the blind index.
    # Recurrence is known only while the earlier case is there (decisions.md).
    *_caretakers(
        "retention_forget(citizens uuid[])",
        "jsonb",
        """declare kin uuid[]; begin
            with recursive family as (select c.id, c.merged_into_id from citizens_citizen c where c.id = any(citizens)
                union select c.id, c.merged_into_id from citizens_citizen c join family f
                    on c.id = f.merged_into_id or c.merged_into_id = f.id)
                select array_agg(id) into kin from family;
            if kin is null or exists (select 1 from cases_case k where k.citizen_id = any(kin))
                or exists (select 1 from cases_concern c join citizens_identity i on i.id = c.identity_id
                    where i.citizen_id = any(kin))
                or exists (select 1 from cases_case k join citizens_identity i on i.id = k.identity_id
                    where i.citizen_id = any(kin))
                -- A matter of a Samarbejdsenhed is never closed (docs/decisions/0063).
                or exists (select 1 from conferences_matterperson m where m.citizen_id = any(kin))
                or exists (select 1 from coordination_carenetwork n where n.citizen_id = any(kin))
                -- Who is on a unit's list is not forgotten before the list has let go.
                or exists (select 1 from referrals_transition t where t.citizen_id = any(kin) and t.ended_on is null)
                or exists (select 1 from referrals_pathway p where p.citizen_id = any(kin))
                or exists (select 1 from referrals_referral r where r.citizen_id = any(kin)) then return '{}'; end if;
            update citizens_citizen set merged_into_id = null where id = any(kin);
            return retention_erase('citizens_citizen', kin); end""",
    ),
    # Disposes of one thing. Answers the counts of rows; nothing there any more is nothing to count.
    *_caretakers(
        "retention_dispose(the_kind text, the_subject uuid, until date)",
        "jsonb",
        """declare counts jsonb := '{}'; who uuid[]; gone record; cut timestamptz; kept record; n bigint; begin
            if the_kind = 'case' then
                select array_agg(k.citizen_id) filter (where k.citizen_id is not null) into who from cases_case k
                    where k.id = the_subject;
                who := who || array(select distinct i.citizen_id from cases_concern c join citizens_identity i on i.id = c.identity_id
                    where c.case_id = the_subject);
                insert into retention_remainder (id, partnership_id, kind, year, months_open, raised_by_kind, category, social,
                        psychiatric, crime, close_reason, outcome, parties, moves, disclosures, was_return)
                    select gen_random_uuid(), k.partnership_id, 'case', extract(year from k.closed_at),
                        greatest(0, extract(epoch from k.closed_at - k.raised_at) / 2629800), a.kind, coalesce(g.key, ''),
                        k.social, k.psychiatric, k.crime, k.close_reason, k.outcome,
                        (select count(distinct p.authority_id) from cases_caseparty p where p.case_id = k.id),
                        greatest(0, (select count(*) from cases_responsibility r where r.case_id = k.id) - 1),
                        least(32767, (select count(*) from sharing_disclosure d where d.case_id = k.id)),
                        exists (select 1 from cases_recurrence r where r.case_id = k.id)
                    from cases_case k join partnerships_authority a on a.id = k.raised_by_authority_id
                    left join partnerships_category g on g.id = k.category_id
                    where k.id = the_subject and k.closed_at is not null;
                counts := retention_erase('cases_case', array[the_subject]);
            elsif the_kind = 'network' then
                select array_agg(i.citizen_id) into who from cases_networkcase n join cases_concern c on c.id = n.concern_id
                    join citizens_identity i on i.id = c.identity_id where n.id = the_subject;
                insert into retention_remainder (id, partnership_id, kind, year, months_open, raised_by_kind, category, social,
                        psychiatric, crime, close_reason, outcome, parties, moves, disclosures, was_return)
                    select gen_random_uuid(), n.partnership_id, 'network', extract(year from n.ended_at),
                        greatest(0, extract(epoch from n.ended_at - n.opened_at) / 2629800), a.kind, '', '', '', '', '',
                        n.outcome, cardinality(n.party_ids), 0, 0, false
                    from cases_networkcase n join partnerships_authority a on a.id = n.authority_id
                    where n.id = the_subject and n.ended_at is not null;
                select c.id into gone from cases_networkcase n join cases_concern c on c.id = n.concern_id
                    where n.id = the_subject and c.case_id is null and not exists (select 1 from cases_networkcase o
                        where o.concern_id = c.id and o.id <> n.id);
                counts := retention_erase('cases_networkcase', array[the_subject]);
                if gone.id is not null then counts := retention_sum(counts, retention_erase('cases_concern', array[gone.id])); end if;
            elsif the_kind = 'concern' then
                select array_agg(i.citizen_id) into who from cases_concern c join citizens_identity i on i.id = c.identity_id
                    where c.id = the_subject;
                counts := retention_erase('cases_concern', array[the_subject]);
            elsif the_kind = 'care' then
                select array_agg(n.citizen_id) into who from coordination_carenetwork n
                    where n.id = the_subject and n.ended_on is not null;
                if who is not null then counts := retention_erase('coordination_carenetwork', array[the_subject]); end if;
            -- All that hangs on a course goes with it; an inquiry that led to none has a time of its own.
            elsif the_kind = 'outreach' then
                counts := retention_sum(
                    retention_erase('outreach_course', array(select c.id from outreach_course c
                        where c.id = the_subject and c.ended_on is not null)),
                    retention_erase('outreach_inquiry', array(select q.id from outreach_inquiry q
                        where q.id = the_subject and q.followed_on is not null and q.course_id is null)));
            elsif the_kind = 'referral' then
                select array_agg(r.citizen_id) into who from referrals_referral r
                    where r.id = the_subject and (r.closed_at is not null or r.state = 'draft');
                if who is not null then counts := retention_erase('referrals_referral', array[the_subject]);
                else
                    select array_agg(p.citizen_id) into who from referrals_pathway p where p.id = the_subject and p.ended_on is not null;
                    if who is not null then counts := retention_erase('referrals_pathway', array[the_subject]); end if;
                end if;
            elsif the_kind = 'rights' then counts := retention_erase('rights_rightsrequest', array[the_subject]);
            elsif the_kind = 'consult' then counts := retention_erase('cases_consult', array[the_subject]);
            elsif the_kind = 'identity' then
                select array_agg(i.citizen_id) into who from citizens_identity i where i.id = the_subject;
                if not exists (select 1 from cases_case k where k.identity_id = the_subject)
                    and not exists (select 1 from cases_concern c where c.identity_id = the_subject)
                    and not exists (select 1 from conferences_matterperson m join citizens_identity i
                        on i.citizen_id = m.citizen_id where i.id = the_subject)
                    and not exists (select 1 from coordination_carenetwork n join citizens_identity i
                        on i.citizen_id = n.citizen_id where i.id = the_subject)
                    and not exists (select 1 from referrals_referral r join citizens_identity i
                        on i.citizen_id = r.citizen_id where i.id = the_subject)
                    and not exists (select 1 from referrals_pathway p join citizens_identity i
                        on i.citizen_id = p.citizen_id where i.id = the_subject)
                    and not exists (select 1 from referrals_transition t join citizens_identity i
                        on i.citizen_id = t.citizen_id where i.id = the_subject and t.ended_on is null) then
                    counts := retention_erase('citizens_identity', array[the_subject]);
                    -- Others' own names for the person are theirs to keep; the blind index goes with the last of them.
                    select array_agg(w) into who from unnest(who) w
                        where not exists (select 1 from citizens_identity i where i.citizen_id = w);
                else who := null; end if;
            elsif the_kind = 'log' then
                cut := until::timestamp at time zone 'Europe/Copenhagen';
                perform pg_advisory_xact_lock(hashtextextended(the_subject::text, 7));
                delete from rights_logreview where authority_id = the_subject and row_at < cut;
                delete from audit_chaincheck where authority_id = the_subject and at < cut;
                delete from audit_logrow where authority_id = the_subject and at < cut;
                get diagnostics n = row_count;
                counts := jsonb_build_object('audit_logrow', n);
                -- The chain begins anew at the first row that is left; its link to what came before it stays in it.
                select l.seq, l.previous into kept from audit_logrow l where l.authority_id = the_subject order by l.seq limit 1;
                update audit_chainhead set first_seq = coalesce(kept.seq, seq + 1), first_previous = coalesce(kept.previous, hash)
                    where authority_id = the_subject and n > 0;
            end if;
            if who is not null then counts := retention_sum(counts, retention_forget(who)); end if;
            set constraints all immediate;
            return counts; end""",
    ),
    # A stone says what is to be gone: it is carried out unless it stands here already. The same for the worker, and for a
    # restore, which brings back what was disposed of since the copy was taken. Answers whether there was anything to do.
    *_caretakers(
        "retention_carry_out(stone jsonb)",
        "boolean",
        """declare found jsonb; begin
            if exists (select 1 from retention_stone s where s.id = (stone->>'id')::uuid) then return false; end if;
            found := retention_dispose(stone->>'kind', (stone->>'subject')::uuid, (stone->>'until')::date);
            delete from retention_disposal where kind = stone->>'kind' and subject_id = (stone->>'subject')::uuid;
            insert into retention_stone (id, authority_id, kind, subject_id, rule, until, disposed_on, counts)
                select (stone->>'id')::uuid, a.id, stone->>'kind', (stone->>'subject')::uuid, stone->>'rule',
                    (stone->>'until')::date, (stone->>'on')::date, found
                from partnerships_authority a where a.id = (stone->>'authority')::uuid;
            return true; end""",
    ),
]
