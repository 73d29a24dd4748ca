"""What nobody else sees or does, tried by SQL as the application (house.md, The wall)."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError
from django.utils import timezone

from samsvar.law.kinds import Basis
from samsvar.referrals import services
from samsvar.referrals.models import Referral, ReferralEntry
from samsvar.referrals.services import Reply
from samsvar.sharing.models import Consent, Disclosure
from samsvar.sharing.services import disclose
from tests.referrals.ground import TOLD, YES, Units, again, drafted, said, sent

TABLES = ("referrals_referral", "referrals_referralentry")


def _sees(connection: psycopg.Connection, token: str) -> set[str]:
    """The tables of which somebody sees a row."""
    with connection.transaction(force_rollback=True):
        connection.execute("select set_config('samsvar.token', %s, true)", [token])
        found = set()
        for table in (*TABLES, "sharing_consent", "sharing_disclosure"):
            row = connection.execute(f"select count(*) from {table}").fetchone()  # type: ignore[arg-type]
            if row and row[0]:
                found.add(table)
        return found


@pytest.fixture
def app(units: Units, app_connection: psycopg.Connection) -> psycopg.Connection:
    """The application's role, once the units stand."""
    return app_connection


@pytest.mark.req("R-002-64", "R-002-70")
def test_third_authority_colleague_and_receiver_before_sending_see_nothing(
    units: Units, app: psycopg.Connection
) -> None:
    seats = units.world.seats
    with units.at("social.frontline") as actor:
        row = drafted(actor, units, "job", "district", "statement")
        services.take_yes(actor, row, YES)
    before = {name for name, seat in seats.items() if _sees(app, seat.token)}
    assert before == {"social.frontline"}
    with units.at("social.frontline") as actor:
        services.send(actor, again(row), said(question="Kan han møde?"))
    after = {name for name, seat in seats.items() if _sees(app, seat.token) & {*TABLES, "sharing_consent"}}
    # The two units; the data protection officers prove the disclosure, and read nothing of it.
    assert after == {"social.frontline", "psychiatry.frontline"}


STEPS = (
    ("said = '{}'", "psychiatry.frontline"),
    ("state = 'withdrawn', closed_at = now()", "psychiatry.frontline"),
    ("answer = 'answered'", "social.frontline"),
    ("state = 'accepted'", "social.frontline"),
    ("said = '{}'", "social.frontline"),
    ("basis = 's115'", "social.frontline"),
    ("due_at = null", "psychiatry.frontline"),
    ("sent_at = now() - interval '9 days'", "social.frontline"),
    ("state = 'draft', sent_at = null", "social.frontline"),
    ("closed_at = '2099-01-01'", "psychiatry.frontline"),
    ("answered_at = now()", "social.frontline"),
    ("started_at = now()", "social.frontline"),
    ("state = 'accepted', answered_at = '2020-01-01'", "psychiatry.frontline"),
)


def test_neither_side_does_the_others_step_nor_rewrites_what_is_sent(units: Units, app: psycopg.Connection) -> None:
    with units.at("social.frontline") as actor:
        sent(actor, units, "job", "district", "statement", said(question="Kan han møde?"))
    for change, seat in STEPS:
        with app.transaction(force_rollback=True):
            app.execute("select set_config('samsvar.token', %s, true)", [units.world.seats[seat].token])
            with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
                app.execute(f"update referrals_referral set {change}")  # type: ignore[arg-type]


@pytest.mark.req("R-002-52")
def test_a_program_brings_nothing_in_by_a_shut_way_and_nothing_unsent_without_a_receipt(
    units: Units, app: psycopg.Connection
) -> None:
    with units.at("social.frontline") as actor:
        row = drafted(actor, units, "job", "district", "statement")
    columns = [field.column for field in Referral._meta.concrete_fields]
    listed = ", ".join(columns)
    for change in (
        {"template_key": "psychiatry", "way": "gp_adult"},
        {"template_key": "psychiatry", "way": "beside"},
        {"way": "no_right_to_district"},
        {"from_kind": "gp"},
        {"to_kind": "pvk"},
        {"citizen_id": uuid4()},
        {"by_id": units.world.seats["social.member"].person},
    ):
        values = ", ".join(f"%({one})s" if one in {"id", *change} else one for one in columns)
        with app.transaction(force_rollback=True):
            app.execute("select set_config('samsvar.token', %s, true)", [units.world.seats["social.frontline"].token])
            with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
                app.execute(
                    f"insert into referrals_referral ({listed}) select {values} from referrals_referral",  # type: ignore[arg-type]
                    {"id": uuid4(), **change},
                )
    with app.transaction(force_rollback=True):
        app.execute("select set_config('samsvar.token', %s, true)", [units.world.seats["social.frontline"].token])
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="without being told"), app.transaction():
            app.execute(
                "update referrals_referral set state = 'received', sent_at = now(), basis = 'consent' where id = %s",
                [row.pk],
            )


@pytest.mark.req("R-000-134")
def test_what_is_over_leaves_whole_and_what_is_open_stays(
    units: Units, caretaker_connection: psycopg.Connection, owner_connection: psycopg.Connection
) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "district", "statement", said(question="Kan han møde?"))

    def dispose() -> int:
        caretaker_connection.execute("select retention_dispose('referral', %s, today())", [row.pk])
        caretaker_connection.commit()
        owner_connection.rollback()
        return sum(
            owner_connection.execute(f"select count(*) from {table}").fetchone()[0]  # type: ignore[arg-type, index]
            for table in (*TABLES, "sharing_consent", "sharing_disclosure", "sharing_receipt")
        )

    assert dispose() == 6
    with units.at("psychiatry.frontline") as actor:
        services.answer(actor, again(row), Reply("answered", "Ja"))
    assert dispose() == 0
    with units.at("social.frontline"):
        assert not Referral.objects.exists()
        assert not ReferralEntry.objects.exists()
        assert not Consent.objects.exists()
        assert not Disclosure.objects.exists()


def _by(units: Units, app: psycopg.Connection, seat: str) -> None:
    app.execute("select set_config('samsvar.token', %s, true)", [units.world.seats[seat].token])


def test_no_row_is_written_under_the_key_of_another_to_be_told_in_its_place(
    units: Units, app: psycopg.Connection
) -> None:
    """A receipt opens by the key alone: whoever could choose one would open what nobody has released (L11)."""
    with units.at("social.frontline") as actor:
        row = drafted(actor, units, "job", "district", "statement")
    columns = (
        "partnership_id, citizen_id, name, authority_id, unit_id, from_entry_id, from_kind, to_authority_id, to_unit_id"
    )
    columns += ", to_entry_id, to_kind, template_key, way, said, state, answer, reason, version, by_id, at, basis"
    copy = f"insert into referrals_referral (id, {columns}) select %s, {columns} from referrals_referral where id = %s"
    with app.transaction(force_rollback=True):
        _by(units, app, "social.frontline")
        app.execute(copy, [uuid4(), row.pk])  # type: ignore[arg-type]
        identity = app.execute("select id from citizens_identity limit 1").fetchone()
        assert identity is not None
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="a key of its own"), app.transaction():
            app.execute(copy, [identity[0], row.pk])  # type: ignore[arg-type]


def test_a_line_of_the_thread_without_a_disclosure_of_the_hour_is_undone(units: Units, app: psycopg.Connection) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "district", "statement", said(question="Kan han møde?"))
    line = (
        "insert into referrals_referralentry (id, partnership_id, referral_id, authority_id, by_id, of_receiver, kind,"
        ' text, "inner", items, voices, at) select gen_random_uuid(), r.partnership_id, r.id, r.to_authority_id, %s,'
        " true, 'message', %s, false, '[]', '[]', now() from referrals_referral r where r.id = %s"
    )
    by = units.world.seats["psychiatry.frontline"].person

    def put(words: str) -> None:
        with app.transaction():
            _by(units, app, "psychiatry.frontline")
            app.execute(line, [by, words, row.pk])

    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="has a disclosure"):
        put("Hun er gravid.")
    # That a step was taken tells no words.
    put("")


@pytest.mark.req("R-002-64")
def test_a_line_of_the_thread_rests_on_the_rule_that_it_was_sent_on(
    units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "district", "statement", said(question="Kan han møde?"))

    def on_another(*told: Any, **more: Any) -> Disclosure:
        return disclose(*told, **{**more, "basis": Basis.COOPERATION, "consent": None})

    monkeypatch.setattr("samsvar.referrals.services.passing.disclose", on_another)
    with pytest.raises(ProgrammingError, match="has a disclosure"), units.at("psychiatry.frontline") as actor:
        services.say(actor, again(row), "Hun er gravid.")
    monkeypatch.undo()
    with units.at("psychiatry.frontline") as actor:
        services.say(actor, again(row), "Han kan møde kl. 9.")
        assert [one.text for one in ReferralEntry.objects.filter(kind="message")] == ["Han kan møde kl. 9."]


@pytest.mark.req("R-002-67")
def test_nothing_is_told_on_a_yes_that_was_taken_back_earlier_the_same_day(
    units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "district", "statement", said(question="Kan han møde?"))
    with units.at("social.frontline"):
        Consent.objects.filter(referral_id=row.pk).update(withdrawn_on=timezone.localdate())

    def forgetful(*told: Any, **more: Any) -> Disclosure:
        """A program that forgets to ask whether the yes stands."""
        more["consent"].withdrawn_on = None
        return disclose(*told, **more)

    monkeypatch.setattr("samsvar.referrals.services.passing.disclose", forgetful)
    with pytest.raises(ProgrammingError, match="has a disclosure"), units.at("psychiatry.frontline") as actor:
        services.say(actor, again(row), "Hun er gravid.")


def test_whoever_is_asked_at_home_does_not_write_the_yes(units: Units, app: psycopg.Connection) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "adult", "statement", said(question="Kan han møde?"))
    with app.transaction(force_rollback=True):
        _by(units, app, "social.member")
        with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
            app.execute("update sharing_consent set withdrawn_on = today() where referral_id = %s", [row.pk])
    with app.transaction(force_rollback=True):
        _by(units, app, "social.frontline")
        changed = app.execute("update sharing_consent set withdrawn_on = today() where referral_id = %s", [row.pk])
        assert changed.rowcount == 1


def test_a_draft_bears_no_answer_of_the_receiver(units: Units, app: psycopg.Connection) -> None:
    with units.at("social.frontline") as actor:
        row = drafted(actor, units, "job", "district", "statement")
    for column, value in (("answer", "'answered'"), ("answered_at", "now()"), ("started_at", "now()")):
        with app.transaction(force_rollback=True):
            _by(units, app, "social.frontline")
            with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
                app.execute(f"update referrals_referral set {column} = {value} where id = %s", [row.pk])  # type: ignore[arg-type]


@pytest.mark.req("R-002-58")
def test_what_is_said_of_a_child_does_not_go_back_to_whoever_notified(units: Units) -> None:
    with units.at("police.frontline") as actor:
        row = sent(actor, units, "police", "child", "notification", said("seen") | TOLD, basis="duty")
    with units.at("social.screener") as actor:
        with pytest.raises(services.ReferralError):
            services.send_back(actor, again(row), services.Missing(["Hvad sagde moren?"]))
        services.answer(actor, again(row), Reply("red", "Barnet er anbragt"))
        services.begin(actor, again(row))
        services.finish(actor, again(row), "Barnet er anbragt hos farmor.")
    with units.at("police.frontline"):
        assert not ReferralEntry.objects.filter(text__contains="anbragt").exists()


def test_what_is_taken_back_says_no_more_when_the_yes_is_gone(
    units: Units, owner_connection: psycopg.Connection
) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "district", "statement", said(question="Kan han møde?"))
    owner_connection.execute("update sharing_consent set valid_to = today() - 1, given_on = today() - 9")
    owner_connection.commit()
    with units.at("social.frontline") as actor:
        services.withdraw(actor, again(row), "Han er flyttet til sin bror.")
    with units.at("psychiatry.frontline"):
        assert again(row).state == "withdrawn"
        assert not ReferralEntry.objects.filter(text__contains="bror").exists()


@pytest.mark.req("R-002-64")
def test_what_has_come_back_is_written_in_the_step_that_sends_it_again(units: Units, app: psycopg.Connection) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "district", "statement", said(question="Kan han møde?"))
    with units.at("psychiatry.frontline") as actor:
        services.send_back(actor, again(row), services.Missing(["Hvornår?"]))
    with units.at("social.frontline") as actor:
        units.owner.execute("update sharing_consent set withdrawn_on = today()")
        units.owner.commit()
        new = services.take_yes(actor, again(row), YES)
        # The receiver reads the row: it names the new yes when it goes again.
        assert again(row).consent_id != new.pk
    with units.at("psychiatry.frontline"):
        assert not Consent.objects.filter(pk=new.pk).exists()
    for change in (
        """said = '{"question": {"text": "Hun er gravid"}}'""",
        "basis = 'Gravid'",
        f"consent_id = '{new.pk}'",
    ):
        with app.transaction(force_rollback=True):
            _by(units, app, "social.frontline")
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="not rewritten"), app.transaction():
                app.execute(f"update referrals_referral set {change} where id = %s", [row.pk])  # type: ignore[arg-type]
    with units.at("social.frontline") as actor:
        services.send(actor, again(row), said(question="Kan han møde nu?"))
        assert again(row).consent_id == new.pk
    with units.at("psychiatry.frontline"):
        assert again(row).text_of("question") == "Kan han møde nu?"


DISCLOSURE = (
    "insert into sharing_disclosure (id, partnership_id, authority_id, subject_kind, subject_id, information_type,"
    " purpose, necessity, rule, pack, reasons, channel, by_id, capacity_id, consent_id, at)"
    " values (%s, %s, %s, 'referral', %s, 'social', 'help', 'x', %s, 'dk-2026', '[]', 'here', %s, %s, %s, now())"
)
RECEIPT = (
    "insert into sharing_receipt (id, partnership_id, disclosure_id, subject_id, authority_id, from_authority_id,"
    " brought_in) values (gen_random_uuid(), %s, %s, %s, %s, %s, false)"
)


@pytest.mark.req("R-002-64")
def test_nothing_crosses_on_another_basis_than_its_template_asks_nor_on_half_of_it(
    units: Units, app: psycopg.Connection
) -> None:
    with units.at("social.frontline") as actor:
        bare = drafted(actor, units, "job", "gp", "gp_request")
        given = drafted(actor, units, "job", "gp", "gp_request")
        yes = services.take_yes(actor, given, YES)
        other = drafted(actor, units, "job", "district", "statement")
        strange = services.take_yes(actor, other, YES)
    seat = units.world.seats["social.frontline"]

    def cross(row: Referral, basis: str, rule: str, consent: object = None, told: object = None) -> None:
        with app.transaction(force_rollback=True):
            _by(units, app, "social.frontline")
            made, to = uuid4(), row.to_authority_id
            app.execute(
                DISCLOSURE,
                (made, row.partnership_id, seat.authority, row.pk, rule, seat.person, seat.post, told),
            )
            app.execute(RECEIPT, (row.partnership_id, made, row.pk, to, seat.authority))
            app.execute(
                "update referrals_referral set state = 'received', sent_at = now(), basis = %s, consent_id = %s"
                " where id = %s",
                [basis, consent, row.pk],
            )

    # The yes as it was given carries it.
    cross(given, "consent", "L10", yes.pk, yes.pk)
    for row, *how in (
        *((bare, basis, rule) for basis in ("consent", "s115", "duty", "own", "zzz", "") for rule in ("L1", "L10")),
        (bare, "consent", "L10", strange.pk, strange.pk),
        (given, "consent", "L1", yes.pk, yes.pk),
        (given, "consent", "L10", yes.pk, None),
        (given, "consent", "L10", None, yes.pk),
        (given, "s115", "L1", yes.pk, yes.pk),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="without being told"):
            cross(row, *how)  # type: ignore[arg-type]
    units.owner.execute("update sharing_consent set missing = '{Far}'")
    units.owner.commit()
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="without being told"):
        cross(given, "consent", "L10", yes.pk, yes.pk)


def test_at_home_a_yes_carries_what_goes_on_a_yes_and_no_other_word(units: Units, app: psycopg.Connection) -> None:
    with units.at("social.frontline") as actor:
        row = drafted(actor, units, "job", "adult", "statement")
        services.take_yes(actor, row, YES)
    for basis, refused in (("consent", False), ("zzz", True), ("s115", True)):
        with app.transaction(force_rollback=True):
            _by(units, app, "social.frontline")
            change = "update referrals_referral set state = 'received', sent_at = now(), basis = %s where id = %s"
            if refused:
                with pytest.raises(psycopg.errors.InsufficientPrivilege, match="without being told"), app.transaction():
                    app.execute(change, [basis, row.pk])
            else:
                app.execute(change, [basis, row.pk])


def test_an_answer_is_a_word_of_the_data_and_a_line_of_a_known_kind(units: Units, app: psycopg.Connection) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "district", "statement", said(question="Kan han møde?"))
    for change, refused in (
        ("answer = 'answered'", False),
        ("reason = 'not_ours'", False),
        ("answer = 'Hun er gravid'", True),
        ("reason = 'Hun er gravid'", True),
        # What the receiver alone knows.
        ("answer = 'red'", True),
    ):
        with app.transaction(force_rollback=True):
            _by(units, app, "psychiatry.frontline")
            if refused:
                with pytest.raises(psycopg.errors.InsufficientPrivilege, match="receiver answers"), app.transaction():
                    app.execute(f"update referrals_referral set {change}")  # type: ignore[arg-type]
            else:
                app.execute(f"update referrals_referral set {change}")  # type: ignore[arg-type]
    line = (
        "insert into referrals_referralentry (id, partnership_id, referral_id, authority_id, by_id, of_receiver, kind,"
        ' text, "inner", items, voices, at) select gen_random_uuid(), r.partnership_id, r.id, r.to_authority_id, %s,'
        " true, %s, '', false, '[]', '[]', now() from referrals_referral r where r.id = %s"
    )
    by = units.world.seats["psychiatry.frontline"].person
    with app.transaction(force_rollback=True):
        _by(units, app, "psychiatry.frontline")
        app.execute(line, [by, "message", row.pk])
        with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
            app.execute(line, [by, "Hun er gr.", row.pk])
