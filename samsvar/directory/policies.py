"""Rules are everybody's; a lawyer changes them, never alone. A doubt is between the one who asks and the lawyers asked."""

from samsvar.postgres.rows import AUTHORITIES, PARTNERSHIPS, PERSON, Policies, has_role

_HERE = f"partnership_id = any({PARTNERSHIPS})"
_LAWYER = has_role("jurist")
_OWN = f"authority_id = any({AUTHORITIES})"
_ASKED_US = f"to_authority_id = any({AUTHORITIES}) and {_LAWYER}"
_QUESTION_IS_OURS = (
    "exists (select 1 from directory_lawquestion q where q.id = question_id "
    f"and q.partnership_id = directory_lawanswer.partnership_id and q.to_authority_id = any({AUTHORITIES}) offset 0)"
)
_QUESTION_IS_SEEN = "exists (select 1 from directory_lawquestion q where q.id = question_id offset 0)"

POLICIES = [
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
        "and p.authority_id = directory_lawquestion.to_authority_id and p.since <= current_date "
        "and (p.until is null or p.until >= current_date) offset 0)",
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
