"""A transition list is its unit's own; a hand-over is read by the unit that sent it and the unit that it was sent to.

A post in no unit stands for its authority where it screens or leads, and else for what it wrote itself.
"""

from samsvar.postgres.rows import (
    APP,
    AUTHORITIES,
    MOMENTS_DAY,
    PARTNERSHIPS,
    PERSON,
    Policies,
    definer_function,
    near,
    received,
)
from samsvar.referrals.policies.words import MY_NAME, WORKS, WRITES, at_desk, sends
from samsvar.sharing.policies.words import STANDS

_OURS = sends()
# Across authorities the receipt of a disclosure opens it, and nothing else (house.md, The wall).
_THEIRS = (
    f"({at_desk('THIS', 'to_authority_id', 'to_unit_id')} and (THIS.authority_id = any({AUTHORITIES}) "
    f"or {received('THIS.id')}))"
)
_STANDS = (
    "exists (select 1 from referrals_transition t where t.id = THIS.transition_id and t.citizen_id = THIS.citizen_id "
    "and t.authority_id = THIS.authority_id and t.unit_id is not distinct from THIS.unit_id "
    "and t.partnership_id = THIS.partnership_id and t.kind = THIS.kind and t.name = THIS.name "
    "and t.born_on is not distinct from THIS.born_on and t.ended_on is null offset 0)"
)
_TAKES_PART = (
    "exists (select 1 from partnerships_participation p where p.partnership_id = THIS.partnership_id "
    "and p.authority_id = THIS.to_authority_id and p.since <= today() and (p.until is null or p.until >= today()) offset 0)"
)
_UNIT_IS_THEIRS = (
    "(THIS.to_unit_id is null or exists (select 1 from partnerships_unit u where u.id = THIS.to_unit_id "
    "and u.authority_id = THIS.to_authority_id offset 0))"
)

# A yes bears the sender too, since the answer goes back on it: at home it is the yes to home alone.
_TO_THESE = (
    "new.authority_id = any(c.receiver_ids) and new.to_authority_id = any(c.receiver_ids) "
    "and c.receiver_ids <@ array[new.authority_id, new.to_authority_id]"
)
# What is told of a hand-over is told on the citizen's yes to these two, and on no other basis.
_TOLD_ON_A_YES = (
    "sharing_disclosure d join sharing_receipt t on t.disclosure_id = d.id join sharing_consent c on c.id = d.consent_id "
    f"and c.referral_id = new.transition_id and {_TO_THESE} and {STANDS}"
)

POLICIES = [
    Policies(
        "referrals_transition",
        select=_OURS,
        insert=f"{WRITES} and {near('THIS.at')} and partnership_id = any({PARTNERSHIPS}) and ended_on is null and said = 0 "
        "and own_identity_of(citizen_id) is not null",
        update=f"{_OURS} and ended_on is null",
        update_check=f"ended_on is null or ended_on = {MOMENTS_DAY}",
        immutable=(
            *(
                "partnership_id",
                "citizen_id",
                "name",
                "authority_id",
                "unit_id",
                "kind",
                "born_on",
                "day",
                "by_id",
                "at",
            ),
        ),
    ),
    Policies(
        "referrals_handover",
        select=f"{_OURS} or {_THEIRS}",
        insert=f"THIS.authority_id = any({AUTHORITIES}) and {WORKS} and THIS.by_id = {PERSON} and {_STANDS} "
        f"and {_TAKES_PART} and {_UNIT_IS_THEIRS} and state = 'open' and answered_by_id is null and answer = '' and who = '' "
        f"and answered_at is null and first_on is null and {near('THIS.at')} "
        # Not to oneself.
        "and not (to_authority_id = authority_id and to_unit_id is not distinct from unit_id)",
        update=f"({_OURS} or {_THEIRS}) and state = 'open'",
        # The sender takes it back; the receiver, and nobody for it, answers in its own name.
        update_check=(
            f"({_OURS} and state = 'withdrawn' and answered_by_id is null and answer = '') "
            f"or ({_THEIRS} and state in ('accepted', 'declined') and answered_by_id = {PERSON})"
        ).replace("THIS.", "referrals_handover."),
        immutable=(
            *("partnership_id", "transition_id", "citizen_id", "kind", "authority_id", "unit_id", "receiver"),
            *("to_authority_id", "to_unit_id", "name", "born_on", "turns_on", "words", "call", "by_id", "at"),
        ),
    ),
]

# What the services ask of days, the database asks too: nothing is dated as one likes. What moves how far for which kind is data.
TRIGGERS = [
    f"""create or replace function guard_transition() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as
        $body$ declare here_now date := {MOMENTS_DAY}; begin
            if current_user <> '{APP}' then return new; end if;
            if tg_op = 'INSERT' then
                if (new.born_on is null) = (new.day is null) or new.born_on > here_now or abs(new.day - here_now) > 5 * 366
                    or new.moved_to is not null or new.last_contact is not null or new.checked <> '{{}}'::jsonb then
                    raise exception 'a transition begins with one day' using errcode = '42501'; end if;
                return new;
            end if;
            if new.said > old.said then
                raise exception 'how far it has come is the worker''s to say' using errcode = '42501'; end if;
            if new.moved_to is distinct from old.moved_to
                and (new.moved_to is null or new.moved_to < here_now or new.moved_to > here_now + 20 * 366) then
                raise exception 'a day is moved to a day to come' using errcode = '42501'; end if;
            if new.last_contact is distinct from old.last_contact and (new.last_contact is null or new.last_contact > here_now
                or new.last_contact < coalesce(old.last_contact, old.day, here_now)) then
                raise exception 'a contact is after the last one' using errcode = '42501'; end if;
            if exists (select 1 from jsonb_each(new.checked) e where old.checked -> e.key is distinct from e.value
                and (e.value ->> 'on' is distinct from here_now::text or e.value ->> 'by' is distinct from {MY_NAME})) then
                raise exception 'what is settled is settled today and in one''s own name' using errcode = '42501'; end if;
            return new; end $body$""",
    "revoke all on function guard_transition() from public",
    "drop trigger if exists guard_transition on referrals_transition",
    "create trigger guard_transition before insert or update on referrals_transition for each row execute function guard_transition()",
    f"""create or replace function guard_hand_over() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as
        $body$ begin
            if current_user <> '{APP}' then return new; end if;
            if (new.state = 'withdrawn' and new.answered_at is not null)
                or (new.state in ('accepted', 'declined') and (new.answered_at is null or not {near("new.answered_at")})) then
                raise exception 'what is done is done now' using errcode = '42501'; end if;
            if new.state = 'withdrawn' and new.who <> '' then
                raise exception 'the receiver answers' using errcode = '42501'; end if;
            if new.first_on is not null and (new.state <> 'accepted' or abs(new.first_on - {MOMENTS_DAY}) > 2 * 366) then
                raise exception 'a first time is of who takes over' using errcode = '42501'; end if;
            return new; end $body$""",
    "revoke all on function guard_hand_over() from public",
    "drop trigger if exists guard_hand_over on referrals_handover",
    "create trigger guard_hand_over before insert or update on referrals_handover for each row execute function guard_hand_over()",
    # Nobody is handed over without a whole yes to these two, at home neither. Asked when the transaction ends: the yes comes with it.
    # What is answered to another authority is told it too, by whoever answers.
    *definer_function(
        "referrals_handed()",
        "trigger",
        f"""begin
            if tg_op = 'UPDATE' then
                if session_user = '{APP}' and new.answered_by_id is not null and new.to_authority_id <> new.authority_id
                    and not exists (select 1 from {_TOLD_ON_A_YES}
                        where d.subject_id = new.id and d.by_id = new.answered_by_id and {near("d.at")}
                        and t.authority_id = new.authority_id) then
                    raise exception 'answered without being told' using errcode = '42501'; end if;
                return null;
            end if;
            if session_user = '{APP}' and not exists (select 1 from sharing_consent c where c.referral_id = new.transition_id
                and c.authority_id = new.authority_id and {_TO_THESE} and {STANDS}) then
                raise exception 'handed over without a yes' using errcode = '42501'; end if;
            if session_user = '{APP}' and new.to_authority_id <> new.authority_id and not exists (select 1 from {_TOLD_ON_A_YES}
                where d.subject_id = new.id and d.by_id = new.by_id
                and {near("d.at")} and t.authority_id = new.to_authority_id) then
                raise exception 'handed over without being told' using errcode = '42501'; end if;
            return null; end""",
    ),
    "drop trigger if exists referrals_handed on referrals_handover",
    "create constraint trigger referrals_handed after insert or update on referrals_handover "
    "deferrable initially deferred for each row execute function referrals_handed()",
]
