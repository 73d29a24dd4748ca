"""The door: what passes between authorities passes here, with its basis, its necessity and its named receivers."""

from uuid import UUID, uuid4

import psycopg
import pytest
from django.db.utils import ProgrammingError

from samsvar.audit.models import Act
from samsvar.cases.models import Case
from samsvar.cases.services.editing import let_in
from samsvar.law.kinds import InformationType, Purpose
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor, acting
from samsvar.sharing.models import Answer, Contribution, Disclosure, OwnNote, Receipt, SubjectKind
from samsvar.sharing.selectors import contributions_of, disclosures_of, own_notes_of
from samsvar.sharing.services import (
    NothingSaid,
    NotLawful,
    Subject,
    contribute,
    contribution_subject,
    disclose,
    forget_note,
    keep_note,
    pass_on,
    weigh,
)
from samsvar.tasks.models import TaskKind
from tests.accounts.helpers import log_rows
from tests.cases.table import authority, raised, tasks_at
from tests.world import SINCE, World

TEXT = "Han er faldet ud af kontanthjælp."
NEEDED = "De andre skal vide, hvorfor huslejen ikke er betalt."


@pytest.fixture
def case(world: World) -> Case:
    """A case of the police's with social services and psychiatry at the table."""
    return raised(world)


def _told(actor: Actor, case: Case, *receivers: Authority, kind: str = "social", **how: object) -> Disclosure:
    contribution = contribute(actor, case, Answer.CONTRIBUTES, text=TEXT, information_type=kind)
    return pass_on(actor, case, contribution, receivers, **{"necessity": NEEDED, **how})  # type: ignore[arg-type]


def _passed(owner: psycopg.Connection, world: World, seat: str) -> int:
    """How many disclosures of contributions an authority has made, as the owner counts them."""
    row = owner.execute(
        "select count(*) from sharing_disclosure where authority_id = %s and subject_kind = 'contribution'",
        [world.seats[seat].authority],
    ).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.req("R-000-97")
def test_a_disclosure_says_who_told_whom_what_why_and_by_which_rule(
    world: World, case: Case, owner_connection: psycopg.Connection
) -> None:
    seat, police = world.seats["social.member"], authority(world, "police")
    with acting(seat.token) as actor:
        made = _told(actor, case, police)
    with acting(seat.token) as actor:
        kept = disclosures_of(actor, case.pk).get(pk=made.pk)
        assert (kept.authority_id, kept.by_id, kept.capacity_id) == (seat.authority, seat.person, seat.post)
        assert (kept.necessity, kept.purpose, kept.information_type) == (NEEDED, Purpose.HELP, InformationType.SOCIAL)
        assert kept.rule == "L1"
        assert kept.pack.startswith("dk-")
        assert {reason["rule"] for reason in kept.reasons} == {"L1"}
        assert [receipt.authority for receipt in kept.receipts.all()] == [police]
    (row,) = [row for row in log_rows(owner_connection, seat.authority, Act.DISCLOSE) if row["to"] == [str(police.pk)]]
    assert row["rule"] == "L1"


@pytest.mark.req("R-000-97")
def test_only_the_named_read_it_and_others_do_not_know_that_it_was_told(world: World, case: Case) -> None:
    with acting(world.seats["social.member"].token) as actor:
        _told(actor, case, authority(world, "police"))
    with acting(world.seats["police.member"].token) as actor:
        assert [found.text for found in contributions_of(actor, case.pk)] == [TEXT]
    with acting(world.seats["psychiatry.member"].token) as actor:
        assert not contributions_of(actor, case.pk).exists()
        assert not disclosures_of(actor, case.pk).filter(subject_kind=SubjectKind.CONTRIBUTION).exists()


def test_a_receiver_sees_what_reached_it_and_not_whom_else_it_reached(world: World, case: Case) -> None:
    with acting(world.seats["social.member"].token) as actor:
        contribution = contribute(actor, case, Answer.CONTRIBUTES, text=TEXT, information_type="social")
        pass_on(actor, case, contribution, [authority(world, "police")], necessity=NEEDED)
        first = Contribution.objects.get(pk=contribution.pk).disclosed_at
        pass_on(
            actor, case, contribution, [authority(world, "psychiatry")], necessity="Medicinen hænger sammen med det."
        )
        assert Contribution.objects.get(pk=contribution.pk).disclosed_at == first
    with acting(world.seats["police.member"].token) as actor:
        (seen,) = disclosures_of(actor, case.pk).filter(subject_kind=SubjectKind.CONTRIBUTION)
        assert seen.necessity == NEEDED
        assert [receipt.authority_id for receipt in seen.receipts.all()] == [world.authorities["police"]]


@pytest.mark.req("R-000-98", "LR-000-40", "R-003-55")
@pytest.mark.parametrize(
    ("how", "rule"),
    [
        ({"necessity": ""}, "L4"),
        ({"necessity": " - . "}, "L4"),
        ({"purpose": "efterforskning"}, "L5"),
        ({"purpose": "investigation"}, "L5"),
        ({"purpose": "andet"}, "L5"),
    ],
)
def test_without_necessity_or_for_another_purpose_nothing_passes(
    world: World, case: Case, owner_connection: psycopg.Connection, how: dict[str, str], rule: str
) -> None:
    with pytest.raises(NotLawful) as refused, acting(world.seats["social.member"].token) as actor:
        _told(actor, case, authority(world, "police"), **how)
    assert refused.value.assessment.rule == rule
    assert str(refused.value)
    assert _passed(owner_connection, world, "social.member") == 0
    with acting(world.seats["police.member"].token) as actor:
        assert not contributions_of(actor, case.pk).exists()


@pytest.mark.parametrize("who", ["nobody", "oneself", "outside"])
def test_one_must_name_somebody_else_who_takes_part(
    world: World, case: Case, owner_connection: psycopg.Connection, who: str
) -> None:
    receivers = {"nobody": [], "oneself": [authority(world, "social")], "outside": [authority(world, "outside")]}[who]
    with pytest.raises(NotLawful), acting(world.seats["social.member"].token) as actor:
        _told(actor, case, *receivers)
    assert _passed(owner_connection, world, "social.member") == 0


def test_an_institution_is_told_only_when_it_is_brought_in(
    world: World, case: Case, owner_connection: psycopg.Connection
) -> None:
    world.authorities["hostel"] = uuid4()
    owner_connection.execute(
        "insert into partnerships_authority (id, name, short_name, kind, regime)"
        " values (%s, 'Herberget', 'Herberget', 'self_owning', 'gdpr')",
        [world.authorities["hostel"]],
    )
    owner_connection.execute(
        "insert into partnerships_participation (id, partnership_id, authority_id, since) values (%s, %s, %s, %s)",
        [uuid4(), world.partnership, world.authorities["hostel"], SINCE],
    )
    owner_connection.commit()
    hostel = authority(world, "hostel")
    with pytest.raises(NotLawful), acting(world.seats["social.member"].token) as actor:
        _told(actor, case, hostel)
    with acting(world.seats["social.member"].token) as actor:
        let_in(actor, case, [hostel], necessity=NEEDED)
    with acting(world.seats["social.member"].token) as actor:
        made = _told(actor, case, hostel, brought_in=[hostel.pk])
        assert Receipt.objects.get(disclosure=made).brought_in
        assert "L3" in {reason["rule"] for reason in made.reasons}


@pytest.mark.req("R-000-101")
def test_health_information_leaves_by_one_who_may_release_it(
    world: World, case: Case, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute(
        "update partnerships_capacity set roles = '{screener}' where id = %s", [world.seats["psychiatry.screener"].post]
    )
    owner_connection.commit()
    to = [authority(world, "social")]
    for seat, may in (("psychiatry.screener", False), ("psychiatry.member", True)):
        with acting(world.seats[seat].token) as actor:
            weighed = weigh(
                actor,
                contribution_subject(case, uuid4()),
                to,
                information_type=InformationType.HEALTH,
                purpose=Purpose.HELP,
                necessity=NEEDED,
            )
        assert weighed.allowed is may
    assert _passed(owner_connection, world, "psychiatry.member") == 0


@pytest.mark.req("R-000-102")
def test_after_health_has_told_somebody_must_tell_the_citizen_once(world: World, case: Case) -> None:
    for _ in range(2):
        with acting(world.seats["psychiatry.member"].token) as actor:
            _told(actor, case, authority(world, "social"), kind="health")
    assert tasks_at(world, "psychiatry.member", TaskKind.TELL_CITIZEN, case) == 1
    with acting(world.seats["social.member"].token) as actor:
        _told(actor, case, authority(world, "police"))
    assert tasks_at(world, "social.member", TaskKind.TELL_CITIZEN, case) == 0


def test_the_same_necessity_again_and_again_is_pointed_out_and_not_refused(world: World, case: Case) -> None:
    notices: list[set[str]] = []
    for _ in range(8):
        with acting(world.seats["social.member"].token) as actor:
            weighed = weigh(
                actor,
                contribution_subject(case, uuid4()),
                [authority(world, "police")],
                information_type=InformationType.SOCIAL,
                purpose=Purpose.HELP,
                necessity=NEEDED,
            )
            notices.append({notice.key for notice in weighed.warnings})
            assert weighed.allowed
            _told(actor, case, authority(world, "police"))
    assert "same_necessity" not in notices[0]
    assert "same_necessity" in notices[-1]


@pytest.mark.parametrize("whose", ["theirs", "nobodys"])
def test_nobody_opens_a_door_to_what_another_authority_holds(world: World, case: Case, whose: str) -> None:
    with acting(world.seats["social.member"].token) as actor:
        theirs = contribute(actor, case, Answer.CONTRIBUTES, text=TEXT, information_type="social")
    subject: UUID = theirs.pk if whose == "theirs" else uuid4()
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting(world.seats["police.member"].token) as actor,
    ):
        disclose(
            actor,
            Subject(SubjectKind.CONTRIBUTION, subject, case.partnership_id, case.pk, case.citizen_id),
            [authority(world, "psychiatry")],
            information_type=InformationType.SOCIAL,
            purpose=Purpose.HELP,
            necessity=NEEDED,
        )


class TestNotTelling:
    """Declining is a full answer, and a note is nobody else's."""

    @pytest.mark.req("R-000-99")
    @pytest.mark.parametrize("answer", [Answer.DECLINES, Answer.NOT_KNOWN, Answer.BACK_LATER])
    def test_needs_no_words(self, world: World, case: Case, answer: Answer) -> None:
        with acting(world.seats["social.member"].token) as actor:
            assert contribute(actor, case, answer).text == ""

    @pytest.mark.parametrize("text", ["", " \n\t "])
    def test_a_contribution_or_a_note_without_words_is_none(self, world: World, case: Case, text: str) -> None:
        with acting(world.seats["social.member"].token) as actor:
            with pytest.raises(NothingSaid):
                contribute(actor, case, Answer.CONTRIBUTES, text=text)
            with pytest.raises(NothingSaid):
                keep_note(actor, case, text)
            assert not contributions_of(actor, case.pk).exists()

    def test_a_note_is_thrown_away_by_its_writer_alone(self, world: World, case: Case) -> None:
        with acting(world.seats["social.member"].token) as actor:
            note = keep_note(actor, case, "Husk torsdag")
        with acting(world.seats["police.member"].token) as actor:
            assert not own_notes_of(actor, case.pk).exists()
            assert not forget_note(actor, note)
        with acting(world.seats["social.member"].token) as actor:
            assert forget_note(actor, note)
            assert not OwnNote.objects.exists()


def test_several_receivers_get_one_disclosure_and_a_receipt_each(world: World, case: Case) -> None:
    to = [authority(world, "police"), authority(world, "psychiatry")]
    with acting(world.seats["social.member"].token) as actor:
        made = _told(actor, case, *to)
        assert Receipt.objects.filter(disclosure=made).count() == 2
