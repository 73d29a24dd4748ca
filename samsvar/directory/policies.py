"""Rules are everybody's; a lawyer changes them, never alone. A doubt is between the one who asks and the lawyers asked.

The directory's units are seen by all who cooperate; each page is kept by one authority's administrator.
"""

from samsvar.postgres.rows import AUTHORITIES, OWNER, PARTNERSHIPS, PERSON, Policies, definer_function, has_role

_HERE = f"partnership_id = any({PARTNERSHIPS})"
_LAWYER = has_role("jurist")
_OWN = f"authority_id = any({AUTHORITIES})"
_ASKED_US = f"to_authority_id = any({AUTHORITIES}) and {_LAWYER}"
_QUESTION_IS_OURS = (
    "exists (select 1 from directory_lawquestion q where q.id = question_id "
    f"and q.partnership_id = directory_lawanswer.partnership_id and q.to_authority_id = any({AUTHORITIES}) offset 0)"
)
_QUESTION_IS_SEEN = "exists (select 1 from directory_lawquestion q where q.id = question_id offset 0)"

_KEEPS = f"authority_id = any({AUTHORITIES}) and {has_role('local_admin')}"
_OWN_UNIT = (
    "(unit_id is null or exists (select 1 from partnerships_unit u where u.id = unit_id "
    "and u.authority_id = directory_directoryentry.authority_id offset 0))"
)
_AS_KEPT = f"{_HERE} and {_KEEPS} and {_OWN_UNIT} and (confirmed_by_id is null or confirmed_by_id = {PERSON})"

POLICIES = [
    Policies(
        "directory_directoryentry",
        select=_HERE,
        insert=_AS_KEPT,
        update=f"{_HERE} and {_KEEPS}",
        # Whoever writes a page answers for it by name; one that was read in from a file is answered for by nobody yet.
        update_check=_AS_KEPT,
        immutable=("partnership_id", "authority_id", "created_at"),
    ),
    Policies(
        "directory_lawchange",
        select=_HERE,
        insert=f"{_HERE} and {_LAWYER} and created_by_id = {PERSON} and approved_by_id is null and approved_at is null "
        "and ended_at is null",
        # The trigger below tells a step from a forgery; a constraint, that nobody approves the own draft.
        update=f"{_HERE} and {_LAWYER}",
        immutable=(
            *("partnership_id", "number", "basis", "cooperation", "sender", "receiver", "purpose", "rule", "regime"),
            *("opens", "status", "switch", "why", "since", "created_by_id", "created_at"),
        ),
    ),
    Policies(
        "directory_lawquestion",
        select=f"asked_by_id = {PERSON} and {_OWN} or {_ASKED_US}",
        insert=f"{_HERE} and {_OWN} and asked_by_id = {PERSON} and exists (select 1 from partnerships_participation p "
        "where p.partnership_id = directory_lawquestion.partnership_id "
        "and p.authority_id = directory_lawquestion.to_authority_id and p.since <= today() "
        "and (p.until is null or p.until >= today()) offset 0)",
    ),
    Policies(
        "directory_lawanswer",
        # What is said in general is for all who cooperate; the rest follows the question.
        select=f"({_HERE} and general <> '' and retired_at is null) or ({_OWN} and {_LAWYER}) or {_QUESTION_IS_SEEN}",
        insert=f"{_HERE} and {_LAWYER} and {_OWN} and by_id = {PERSON} and {_QUESTION_IS_OURS}",
        update=f"{_OWN} and {_LAWYER}",
        immutable=(
            *("partnership_id", "question_id", "authority_id", "by_id", "at", "pack", "text", "general"),
            *("basis", "cooperation", "sender", "receiver", "purpose"),
        ),
    ),
]

# The right door, as people ask for it (docs/decisions/0085). Under row security a text index is not used, so this cuts to the
# actor's partnerships by hand; what it names is read again under the policies. A word counts for more the fewer pages know
# it, and for five times as much in the words a unit is asked for by as in what its page tells. A whole name counts for more
# than a word that one page alone knows, but less when it is one plain word among many ("lægen siger, at ..."). Of a word that no page knows the longest known beginning is taken, then the longest
# end (misbrugsrådgiver, ungemisbrug), and at last the names that are spelt like it. What the question is about (`topics.py`) counts
# for its kinds of unit as a word does that only their pages know, and a unit for another age counts for half.
FUNCTIONS = [
    *definer_function(
        "directory_find(asked text[], called text[], kinds text[], surely double precision[], age integer, "
        "the_partnership uuid, most integer)",
        "table (entry uuid, score double precision)",
        f"""declare reach uuid[]; total bigint; word text; part text; q tsquery; df bigint; size integer; known boolean;
            queries tsquery[] := '{{}}'; worths double precision[] := '{{}}'; odd text[] := '{{}}';
        begin
            if session_user = '{OWNER}' then reach := array(select p.id from partnerships_partnership p);
            else reach := actor_partnerships(); end if;
            if the_partnership is not null then
                reach := array(select r from unnest(reach) r where r = the_partnership); end if;
            select count(*) into total from directory_directoryentry e
                where e.partnership_id = any(reach) and e.closed_on is null;
            if total = 0 then return; end if;
            perform set_config('pg_trgm.word_similarity_threshold', '0.5', true);
            foreach word in array asked[1:24] loop
                word := left(translate(word, chr(39) || chr(92), ''), 60);
                continue when word = '';
                known := false;
                for size in reverse 2 * length(word) .. 1 loop
                    if size > length(word) then part := left(word, size - length(word)); else part := right(word, size); end if;
                    continue when part <> word and length(part) < 5;
                    continue when part = word and size <= length(word);
                    q := to_tsquery('danish', chr(39) || part || chr(39) || case when length(part) > 3 then ':*' else '' end);
                    if numnode(q) = 0 then known := true; exit; end if;
                    select count(*) into df from directory_directoryentry e
                        where (e.said @@ q or e.told @@ q) and e.partnership_id = any(reach) and e.closed_on is null;
                    if df > 0 then
                        known := true;
                        queries := queries || q;
                        worths := worths || (ln(1 + total::float / df) * case when part = word then 1.0 else 0.5 end);
                        exit;
                    end if;
                end loop;
                if not known and length(word) > 3 and cardinality(odd) < 3 then odd := odd || word; end if;
            end loop;
            return query
                with sought as (select a.query, a.worth from unnest(queries, worths) as a(query, worth)),
                hits as (
                    select e.id, a.worth as points from sought a join directory_directoryentry e on e.said @@ a.query
                    union all
                    select e.id, a.worth / 5 from sought a join directory_directoryentry e on e.told @@ a.query
                    union all
                    select e.id, ln(1 + total::float) * max((1 + length(n) / 20.0)
                            * case when cardinality(asked) > 4 and length(n) > 3 and n !~ '[ &]' then 0.6 else 1 end)
                        from directory_directoryentry e, unnest(e.names) n
                        where e.names && called[1:150] and n = any(called[1:150]) group by e.id
                    union all
                    select e.id, ln(1 + total::float) * word_similarity(o, e.spoken)
                        from unnest(odd) o join directory_directoryentry e on o <% e.spoken
                    union all
                    select k.id, ln(1 + total::float / k.alike) * k.surely from (
                        select e.id, t.surely, count(*) over (partition by e.kind) as alike
                        from unnest(kinds[1:4], surely[1:4]) as t(kind, surely)
                        join directory_directoryentry e on e.kind = t.kind
                        where e.partnership_id = any(reach) and e.closed_on is null) k)
                select h.id, h.points * case when age < e.age_from or age > e.age_to then 0.5 else 1 end
                from (select a.id, sum(a.points)::double precision as points from hits a group by a.id) h
                join directory_directoryentry e on e.id = h.id
                where e.partnership_id = any(reach) and e.closed_on is null
                order by 2 desc, e.name, h.id limit least(most, 100); end""",
    ),
]

TRIGGERS = [
    # A change is approved by the one who acts, once, and ended by the one who acts; an approval is never taken over.
    """create or replace function guard_law_change() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as
        $body$ begin
            if current_user = 'samsvar_app' and (
                old.ended_at is not null
                or (new.approved_by_id is distinct from old.approved_by_id
                    and (old.approved_by_id is not null or new.approved_by_id is distinct from actor_person()))
                or (new.approved_at is null) <> (new.approved_by_id is null)
                or (old.approved_at is not null and new.approved_at is distinct from old.approved_at)
                or (new.approved_at is not null and old.approved_at is null and abs(extract(epoch from new.approved_at - now())) > 86400)
                or (new.ended_by_id is not null and new.ended_by_id is distinct from actor_person())
                or (new.ended_at is null) <> (new.ended_by_id is null)
                or (new.until is distinct from old.until and new.ended_by_id is null))
                then raise exception 'a change of the law is approved by a second person and ended by name' using errcode = '42501'; end if;
            return null; end $body$""",
    "revoke all on function guard_law_change() from public",
    "drop trigger if exists guard_law_change on directory_lawchange",
    "create trigger guard_law_change after update on directory_lawchange for each row execute function guard_law_change()",
]
