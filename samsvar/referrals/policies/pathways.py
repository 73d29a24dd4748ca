"""A way is its unit's own. Whoever assesses does not grant, and nothing is changed without a line that stays (R-002-18)."""

from samsvar.postgres.rows import APP, MOMENTS_DAY, PARTNERSHIPS, PERSON, Policies, has_role, near
from samsvar.referrals import roles
from samsvar.referrals.pathways import ungated_kinds
from samsvar.referrals.policies.referrals import receives
from samsvar.referrals.policies.words import MY_NAME, WRITES, sends

_UNGATED = "array[" + ", ".join(f"'{kind}'" for kind in ungated_kinds()) + "]::text[]"
# The page is the own unit's, and what it says of granting is what the way begins with.
_PAGE = (
    "exists (select 1 from directory_directoryentry e where e.id = THIS.entry_id and e.partnership_id = THIS.partnership_id "
    "and e.authority_id = THIS.authority_id and e.unit_id is not distinct from THIS.unit_id and e.outside = '' "
    "and THIS.gated = case when cardinality(e.stages) = 0 then not (e.kind = any("
    + _UNGATED
    + ")) else 'grant' = any(e.stages) end offset 0)"
)
_KNOWN = (
    "(own_identity_of(citizen_id) is not null or exists (select 1 from referrals_referral r where r.id = THIS.came_by "
    f"and r.citizen_id = THIS.citizen_id and r.name = THIS.name and r.to_entry_id = THIS.entry_id and {receives('r')} offset 0))"
)

_OURS = sends()
_BEGUN_NOW = near("(log->0->>'at')::timestamptz")
_SAID_NOW = near("(new.log->before->>'at')::timestamptz")
_INVESTIGATES, _GRANTS = has_role(*roles.INVESTIGATES), has_role(*roles.GRANTS)

POLICIES = [
    Policies(
        "referrals_pathway",
        select=_OURS,
        insert=f"{WRITES} and {near('THIS.at')} and partnership_id = any({PARTNERSHIPS}) and worker_id = {PERSON} and {_PAGE} "
        f"and {_KNOWN} and ended_on is null and reviewed_on is null and granted_on is null and assessed_by_id is null "
        f"and jsonb_array_length(log) = 1 and log->0->>'by' = {PERSON}::text "
        f"and {_BEGUN_NOW} and log->0->>'who' = {MY_NAME} and facts = '{{}}'::jsonb",
        # What may be changed of it, the trigger says: each change has to leave its line.
        update=_OURS,
        immutable=(
            *(
                "partnership_id",
                "citizen_id",
                "name",
                "authority_id",
                "unit_id",
                "entry_id",
                "came_by",
                "gated",
                "by_id",
                "at",
            ),
        ),
    ),
]

TRIGGERS = [
    f"""create or replace function guard_pathway() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as
        $body$ declare me uuid := actor_person(); before integer := jsonb_array_length(old.log); line text; asked text; granted_at integer; assessed_at integer;
            -- When something is written down, as the demonstration tells it too.
            day date := {MOMENTS_DAY}; begin
            if current_user <> '{APP}' then return new; end if;
            if jsonb_array_length(new.log) <> before + 1 or new.log->>before is null or new.log->before->>'by' is distinct from me::text
                or (new.log - before) is distinct from old.log then
                raise exception 'each change leaves a line, and none is rewritten' using errcode = '42501'; end if;
            if ({_SAID_NOW}) is not true
                or new.log->before->>'who' is distinct from {MY_NAME} then
                raise exception 'a line has its day and its name' using errcode = '42501'; end if;
            line := new.log->before->>'kind';
            -- The lines tell who assessed what: none is written for what was not done, and none is left out.
            if (line = 'granted') is distinct from (old.granted_on is null and new.granted_on is not null)
                or (line = 'assessed' and new.assessed_by_id is distinct from me)
                or (new.assessed_by_id is distinct from old.assessed_by_id and new.assessed_by_id is not null
                    and line is distinct from 'assessed') then
                raise exception 'a line says what was done' using errcode = '42501'; end if;
            -- An answer is its line's, by whoever writes it and today; no other is touched.
            asked := coalesce(new.log->before->>'key', '');
            if new.facts is distinct from old.facts and (line is distinct from 'asked'
                or (new.facts - asked) is distinct from (old.facts - asked)
                or new.facts->asked->>'answer' is distinct from new.log->before->>'answer'
                or new.facts->asked->>'words' is distinct from new.log->before->>'words'
                or new.facts->asked->>'who' is distinct from {MY_NAME}
                or new.facts->asked->>'on' is distinct from day::text) then
                raise exception 'an answer is one''s own' using errcode = '42501'; end if;
            if old.ended_on is not null and to_jsonb(new) - array['reviewed_on', 'log', 'version']
                is distinct from to_jsonb(old) - array['reviewed_on', 'log', 'version'] then
                raise exception 'what is over is not changed' using errcode = '42501'; end if;
            if (old.ended_on is null and new.ended_on is distinct from day and new.ended_on is not null)
                or (new.reviewed_on is distinct from old.reviewed_on and (old.ended_on is null or new.reviewed_on is distinct from day))
                or old.reviewed_on is not null then
                raise exception 'what is done is done now' using errcode = '42501'; end if;
            if new.worker_id <> old.worker_id and new.worker_id <> me then
                raise exception 'nobody is given a citizen' using errcode = '42501'; end if;
            if new.assessed_by_id is distinct from old.assessed_by_id and new.assessed_by_id is not null
                and (new.assessed_by_id <> me or not ({_INVESTIGATES})) then
                raise exception 'whoever investigates assesses' using errcode = '42501'; end if;
            if (new.granted_on, new.granted_by_id, new.granted) is distinct from (old.granted_on, old.granted_by_id, old.granted)
                and new.granted_on is not null and (old.granted_on is not null or new.granted_on <> day or new.granted_by_id <> me
                    or not ({_GRANTS}) or old.assessed_by_id is not distinct from me
                    or new.assessed_by_id is not distinct from me) then
                raise exception 'whoever assesses does not grant' using errcode = '42501'; end if;
            if old.granted_on is null and new.granted_on is not null then
                -- The round that is open, and the assessment that the last one stood on: a step back takes neither away.
                select coalesce(max(n) filter (where one->>'kind' = 'granted'), 0), max(n) filter (where one->>'kind' = 'assessed')
                    into granted_at, assessed_at from jsonb_array_elements(old.log) with ordinality as each(one, n);
                if exists (select 1 from jsonb_array_elements(old.log) with ordinality as each(one, n)
                    where one->>'kind' = 'assessed' and one->>'by' = me::text and (n > granted_at or n = assessed_at)) then
                    raise exception 'whoever assesses does not grant' using errcode = '42501'; end if;
            end if;
            if old.granted_on is not null and new.assessed_by_id is distinct from old.assessed_by_id and new.assessed_by_id is not null then
                raise exception 'what is granted is assessed' using errcode = '42501'; end if;
            return new; end $body$""",
    "revoke all on function guard_pathway() from public",
    "drop trigger if exists guard_pathway on referrals_pathway",
    "create trigger guard_pathway before update on referrals_pathway for each row execute function guard_pathway()",
]
