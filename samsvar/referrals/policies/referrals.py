"""Who sees what was asked: the unit that sends and, once it is sent, the unit that receives. Nobody else of either authority.

Where a page of the directory names no unit, it is those who screen and lead for the whole authority; at a general practice, everybody.
"""

from samsvar.directory.routes import ANYBODY, State, matrix
from samsvar.law.kinds import Basis
from samsvar.law.packs import available
from samsvar.postgres.rows import APP, PARTNERSHIPS, PERSON, Policies, counted, definer_function, near
from samsvar.referrals.models import OF_RECEIVER, OF_SENDER, RECEIVERS_STEPS, SENDERS_STEPS, WAITS, EntryKind
from samsvar.referrals.pack import BESIDE, pack
from samsvar.referrals.policies.words import at_desk, sends
from samsvar.referrals.transitions import warned_before
from samsvar.sharing.policies.words import STANDS


def receives(row: str = "THIS") -> str:
    """SQL: it has been sent, to the actor's unit."""
    return f"({row}.sent_at is not null and {at_desk(row, 'to_authority_id', 'to_unit_id')})"


def _entry(column: str, authority: str, unit: str, kind: str) -> str:
    """SQL: the page of the directory is what the row says of its unit, and is run by the authority that keeps it."""
    return (
        f"exists (select 1 from directory_directoryentry e where e.id = THIS.{column} and e.partnership_id = THIS.partnership_id "
        f"and e.authority_id = THIS.{authority} and e.unit_id is not distinct from THIS.{unit} and e.kind = THIS.{kind} "
        "and e.outside = '' and e.closed_on is null offset 0)"
    )


def _words(values: frozenset[str] | list[str]) -> str:
    return "array[" + ", ".join(f"'{one}'" for one in sorted(values)) + "]::text[]"


_SIDE = (
    "exists (select 1 from referrals_referral r where r.id = THIS.referral_id and r.partnership_id = THIS.partnership_id "
    f"and r.sent_at is not null and case when THIS.of_receiver then {receives('r')} and r.to_authority_id = THIS.authority_id "
    f"else {sends('r')} and r.authority_id = THIS.authority_id end offset 0)"
)

# Each side writes its own steps. That it is there is said by itself: the page has the words, and the row none.
_OF_SIDE = (
    f"kind = any(case when of_receiver then {_words([one.value for one in OF_RECEIVER])} "
    f"else {_words([one.value for one in OF_SENDER])} end) and (kind <> '{EntryKind.RECEIPT.value}' or text = '')"
)

POLICIES = [
    Policies(
        "referrals_referral",
        select=f"{sends()} or {receives()}",
        insert=f"partnership_id = any({PARTNERSHIPS}) and by_id = {PERSON} and {sends()} and state = 'draft' and sent_at is null "
        "and answer = '' and reason = '' and answered_at is null and started_at is null and closed_at is null and due_at is null "
        f"and {_entry('from_entry_id', 'authority_id', 'unit_id', 'from_kind')} "
        f"and {_entry('to_entry_id', 'to_authority_id', 'to_unit_id', 'to_kind')}",
        # Which step of whom, and what may be written: the trigger below.
        update=f"{sends()} or {receives()}",
        delete=f"{sends()} and sent_at is null",
        immutable=(
            *(
                "partnership_id",
                "follows_id",
                "citizen_id",
                "name",
                "birth_year",
                "authority_id",
                "unit_id",
                "from_entry_id",
            ),
            *(
                "from_kind",
                "to_authority_id",
                "to_unit_id",
                "to_entry_id",
                "to_kind",
                "template_key",
                "way",
                "by_id",
                "at",
            ),
        ),
    ),
    Policies(
        "referrals_referralentry",
        select="exists (select 1 from referrals_referral r where r.id = THIS.referral_id and (not THIS.inner "
        f"or case when THIS.of_receiver then {receives('r')} else {sends('r')} end) offset 0)",
        insert=f"by_id = {PERSON} and {near('THIS.at')} and {_OF_SIDE} and {_SIDE}",
    ),
]


def _open_ways() -> str:
    """SQL: this template may go from the one kind to the other. Made of the same data as the screen."""
    found = []
    for one in pack().templates.values():
        if one.to:
            to = "" if ANYBODY in one.to else f" and new.to_kind = any({_words(one.to)})"
            found.append(f"(new.template_key = '{one.key}' and new.way = '{BESIDE}'{to})")
    for way in matrix().ways:
        if way.state is not State.ALLOWED:
            continue
        senders = "" if ANYBODY in way.senders else f" and new.from_kind = any({_words(way.senders)})"
        keys = frozenset(one.key for one in pack().templates.values() if way.key in one.ways)
        found.append(
            f"(new.way = '{way.key}' and new.template_key = any({_words(keys)}) "
            f"and new.to_kind = any({_words([one.value for one in way.receivers])}){senders})"
        )
    return " or ".join(found)


def _steps(steps: tuple[tuple[str, str], ...]) -> str:
    return _words(frozenset(f"{one.value}>{two.value}" for one, two in steps))  # type: ignore[attr-defined]


def _is(side: str) -> str:
    """plpgsql: which side the actor is of, of the row as it stood."""
    return (sends("old") if side == "sends" else receives("old")).replace("THIS", "old")


_OF_DUTY = _words(frozenset(one.key for one in pack().templates.values() if Basis.DUTY in one.bases))
# What need not wait for a yes: inside one authority it is told to nobody else (L17).
_WITHOUT_A_YES = _words(frozenset(one.key for one in pack().templates.values() if Basis.COOPERATION in one.bases))
# So long before its hours are out a leader hears of a notification that nobody has assessed, as the limit has it.
_HOURS = max(
    [warned_before(one.answer_by) for one in pack().templates.values() if Basis.DUTY in one.bases and one.answer_by],
    default=0,
)
# What crosses without a disclosure of its own is a word of the data, and no other. An inner answer is the receiver's alone.
_ANSWERS = _words([one.key for one in pack().answers.values() if not one.inner])
_REASONS = _words([*pack().reasons])


def _rules_of(basis: Basis) -> str:
    """SQL: the numbers that a basis has had in the law packs."""
    return _words(frozenset(law.bases[basis].rule for law in available() if basis in law.bases))


def _on_its_basis() -> str:
    """SQL: what tells another authority of it rests on a basis that the template asks for, by that basis' own rule."""
    found = []
    for basis in _BASES:
        keys = _words([one.key for one in pack().templates.values() if basis in one.bases])
        yes = f" and d.consent_id = new.consent_id and {_A_YES} and new.to_authority_id = any(c.receiver_ids))"
        found.append(
            f"(new.basis = '{basis.value}' and new.template_key = any({keys}) and d.rule = any({_rules_of(basis)})"
            f"{yes if basis is Basis.CONSENT else ''})"
        )
    return " or ".join(found)


def _on_the_same_basis() -> str:
    """SQL: what is said of it later (disclosure d, referral r) rests on the rule that it was sent on, and on a yes that stands."""
    yes = f"exists (select 1 from sharing_consent c where c.id = d.consent_id and c.referral_id = r.id and {STANDS})"
    return " or ".join(
        f"(r.basis = '{basis.value}' and d.rule = any({_rules_of(basis)}){f' and {yes}' if basis is Basis.CONSENT else ''})"
        for basis in _BASES
    )


_BASES = sorted({basis for one in pack().templates.values() for basis in one.bases})
# The whole yes of this row that the row names; the one who asks closes the bracket.
_A_YES = f"exists (select 1 from sharing_consent c where c.id = new.consent_id and c.referral_id = new.id and {STANDS}"
_LOOPS = _words(frozenset(one.key for one in pack().reasons.values() if one.loops))

FUNCTIONS = [
    # For leaders, without the citizen: what waits past its day in the own authority (never what rests on § 115), a notification
    # about a child already before its hours are out (R-002-55), and where each of
    # two units has said that the other must go first, to whoever asked both or is one of the two.
    *definer_function(
        "referrals_raised()",
        "table (what text, units text[], sender text, template text, since timestamptz)",
        f"""declare ours uuid[] := actor_authorities(); begin
            if not actor_roles() && array['releaser'] then return; end if;
            return query select case when r.due_at < moment() then 'silent' else 'soon' end, array[e.name::text], f.name::text,
                r.template_key::text, r.due_at from referrals_referral r
                join directory_directoryentry e on e.id = r.to_entry_id join directory_directoryentry f on f.id = r.from_entry_id
                where r.to_authority_id = any(ours) and r.state = any({_words([one.value for one in WAITS])})
                and r.basis <> '{Basis.COOPERATION.value}' and r.due_at < moment()
                    + case when r.template_key = any({_OF_DUTY}) then interval '{_HOURS} hours' else interval '0' end order by r.due_at, r.id limit 200;
            return query select 'loop', array_agg(distinct e.name::text), min(f.name)::text, '', max(r.answered_at)
                from referrals_referral r join directory_directoryentry e on e.id = r.to_entry_id
                join directory_directoryentry f on f.id = r.from_entry_id
                where r.state = 'refused' and r.reason = any({_LOOPS}) and (r.authority_id = any(ours)
                    or (r.to_authority_id = any(ours) and exists (select 1 from referrals_referral o where o.citizen_id = r.citizen_id
                        and o.state = 'refused' and o.reason = r.reason and o.to_entry_id = r.from_entry_id
                        and o.from_entry_id = r.to_entry_id)))
                group by r.citizen_id having count(distinct r.to_entry_id) > 1 order by 5 limit 200; end""",
    ),
]

# One with custody who has said no stops what goes on a yes, whoever else says yes anew (R-002-67).
# Written once, then steps: the sender writes while it is a draft or has come back; each side takes its own steps; nothing goes
# to another authority without the receipt of a disclosure, and inside the own one not without the citizen's yes (R-002-64).
TRIGGERS = [
    f"""create or replace function guard_referral() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as
        $body$ declare sending boolean; receiving boolean; step text; begin
            if current_user <> 'samsvar_app' then return new; end if;
            if tg_op = 'INSERT' then
                if new.from_kind = new.to_kind or not ({_open_ways()}) then
                    raise exception 'no way leads there' using errcode = '42501'; end if;
                if own_identity_of(new.citizen_id) is null and not exists (select 1 from referrals_referral r
                    where r.id = new.follows_id and r.citizen_id = new.citizen_id and r.name = new.name) then
                    raise exception 'nobody has told who this is' using errcode = '42501'; end if;
                return new;
            end if;
            sending := {_is("sends")}; receiving := {_is("receives")};
            if (new.said is distinct from old.said or new.basis <> old.basis or new.consent_id is distinct from old.consent_id)
                -- What has come back is read by the receiver: no draft of it is kept, it is written when it goes again.
                and not (sending and (old.state = 'draft' or (old.state = 'returned' and new.state = 'received'))) then
                raise exception 'what is sent is not rewritten' using errcode = '42501'; end if;
            if (new.answer <> old.answer or new.reason <> old.reason) and (not receiving
                or new.answer <> all(array[''] || {_ANSWERS}) or new.reason <> all(array[''] || {_REASONS})) then
                raise exception 'the receiver answers' using errcode = '42501'; end if;
            if new.state <> old.state then
                step := old.state || '>' || new.state;
                if not ((sending and step = any({_steps(SENDERS_STEPS)})) or (receiving and step = any({_steps(RECEIVERS_STEPS)}))) then
                    raise exception 'not a step of this side' using errcode = '42501'; end if;
            elsif new.sent_at is distinct from old.sent_at or new.due_at is distinct from old.due_at then
                raise exception 'a day comes with its step' using errcode = '42501'; end if;
            if old.sent_at is not null and new.sent_at is distinct from old.sent_at then
                raise exception 'it was sent when it was sent' using errcode = '42501'; end if;
            if new.closed_at is distinct from old.closed_at and new.state = old.state then
                raise exception 'a day comes with its step' using errcode = '42501'; end if;
            if new.due_at is distinct from old.due_at and (not sending or old.state not in ('draft', 'returned')
                or new.due_at > moment() + interval '400 days') then
                raise exception 'until when follows from what is sent' using errcode = '42501'; end if;
            if (new.answered_at is distinct from old.answered_at or new.started_at is distinct from old.started_at) and (not receiving
                or (new.state = old.state and (old.state || '>' || new.state) <> all({_steps(RECEIVERS_STEPS)}))) then
                raise exception 'the receiver answers' using errcode = '42501'; end if;
            if (new.sent_at is distinct from old.sent_at and not {near("new.sent_at")})
                or (new.closed_at is distinct from old.closed_at and not {near("new.closed_at")})
                or (new.answered_at is distinct from old.answered_at and not {near("new.answered_at")})
                or (new.started_at is distinct from old.started_at and not {near("new.started_at")}) then
                raise exception 'what is done is done now' using errcode = '42501'; end if;
            if old.state in ('draft', 'returned') and new.state = 'received' and not (case when new.to_authority_id = any(actor_authorities())
                then (new.basis = 'consent' and {_A_YES}))
                    or (new.basis = 'duty' and new.template_key = any({_OF_DUTY}))
                    or (new.basis = 'own' and new.template_key = any({_WITHOUT_A_YES}))
                else exists (select 1 from sharing_disclosure d join sharing_receipt t on t.disclosure_id = d.id
                    where d.subject_id = new.id and d.by_id = actor_person() and {near("d.at")}
                    and t.authority_id = new.to_authority_id and t.ended_at is null and ({_on_its_basis()})) end) then
                raise exception 'sent without being told' using errcode = '42501'; end if;
            if old.state in ('draft', 'returned') and new.state = 'received' and new.basis = 'consent' and exists (
                select 1 from sharing_consent c where c.referral_id = new.id and c.withdrawn_on is null and c.refused <> '{{}}'
                and c.valid_to >= today()) then
                raise exception 'somebody has said no' using errcode = '42501'; end if;
            return new; end $body$""",
    "revoke all on function guard_referral() from public",
    "drop trigger if exists guard_referral on referrals_referral",
    "create trigger guard_referral before insert or update on referrals_referral for each row execute function guard_referral()",
    *counted("referrals_referral", "version"),
    # What one says to another authority has a disclosure of this hour. Asked when the transaction ends: the record comes with it.
    *definer_function(
        "referrals_recorded()",
        "trigger",
        f"""declare other uuid; begin
            select case when new.of_receiver then r.authority_id else r.to_authority_id end into other
                from referrals_referral r where r.id = new.referral_id;
            if session_user = '{APP}' and not new.inner and (new.text <> '' or new.items <> '[]'::jsonb or new.voices <> '[]'::jsonb) and other <> new.authority_id
                and not exists (select 1 from sharing_disclosure d join sharing_receipt t on t.disclosure_id = d.id
                    join referrals_referral r on r.id = d.subject_id
                    where d.subject_id = new.referral_id and d.by_id = new.by_id and {near("d.at")} and t.authority_id = other
                    and ({_on_the_same_basis()})) then
                raise exception 'what is said has a disclosure' using errcode = '42501'; end if;
            return null; end""",
    ),
    "drop trigger if exists referrals_recorded on referrals_referralentry",
    "create constraint trigger referrals_recorded after insert on referrals_referralentry "
    "deferrable initially deferred for each row execute function referrals_recorded()",
    # The yes is the sender's to write down: whoever was asked reads it, and no more.
    f"""create or replace function guard_referral_yes() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as
        $body$ begin
            if current_user = 'samsvar_app' and new.referral_id is not null
                and exists (select 1 from referrals_referral r where r.id = new.referral_id)
                and not exists (select 1 from referrals_referral r where r.id = new.referral_id and {sends("r")}) then
                raise exception 'the sender writes the yes' using errcode = '42501'; end if;
            return new; end $body$""",
    "revoke all on function guard_referral_yes() from public",
    "drop trigger if exists guard_referral_yes on sharing_consent",
    "create trigger guard_referral_yes before insert or update on sharing_consent for each row execute function guard_referral_yes()",
]
