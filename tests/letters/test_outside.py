"""Own doctor, housing association and relatives hear one way, by name, and never on the cooperation's own rule."""

from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from samsvar.audit.models import LogRow
from samsvar.cases.models import Case
from samsvar.letters.models import OutsideLetter
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Consent, Disclosure
from samsvar.tasks.models import TaskKind
from tests.cases.table import NUMBER, Screen, asking, raised, tasks_at
from tests.cases.test_releasing import listed
from tests.clients import sit
from tests.letters.desk import Writer, on_paper
from tests.world import World

CONSENT = {
    "basis": "consent",
    "consent_on": asking(-3),
    "consent_by": "Aage Prøvesen",
    "consent_informed": "on",
    "consent_written": "on",
}
WEIGHED = {
    "basis": "overriding",
    "own_sake": "Han har ikke spist i fire dage",
    "concrete": "Lejligheden er set i dag af patruljen",
    "outweighs": "Hans liv kan være i fare",
    "consent_tried": "Han lukker ikke op og svarer ikke",
    "leader": "Lis Leder",
}


def letter(**more: object) -> dict[str, object]:
    """A letter to the own doctor, filled in."""
    return {
        "name": "Læge Lone Lægesen",
        "address": "Lægevej 1, 2000 Prøveby",
        "words": "Kære Lone\n\nVi beder dig være opmærksom på, at han ikke sover.",
        "information_types": ["concern", "health"],
        "purpose": "help",
        "necessity": "Lægen ser ham i næste uge",
        "secrecy_order": "on",
        "language": "da",
        **CONSENT,
        **more,
    }


@pytest.mark.req("R-000-116")
def test_the_letter_to_the_own_doctor_is_drafted_with_its_five_parts(world: World) -> None:
    case = raised(world)
    page = Writer(world, "social.member").text("write", case.pk, til="own_doctor")
    draft = page[page.index("<textarea") : page.index("</textarea>")]
    for part in (
        "PSP-samarbejdet",
        "være opmærksom på",
        "brug for behandling",
        "Medicin:",
        "psykiatriens repræsentant",
    ):
        assert part in draft
    assert "Member Psychiatry" in draft
    assert "Sover ude i frost" not in draft


@pytest.mark.req("R-000-100", "R-000-114", "R-000-115")
def test_it_goes_to_a_named_receiver_on_consent_is_a_disclosure_and_comes_out_on_paper(world: World) -> None:
    case = raised(world)
    writer = Writer(world, "social.member")
    answer = writer.post("write", case.pk, **letter())
    assert answer.status_code == 302
    with acting(world.seats["social.member"].token):
        sent = OutsideLetter.objects.get()
        passed = list(Disclosure.objects.filter(subject_kind="letter"))
    assert {one.information_type for one in passed} == {"concern", "health"}
    assert {one.rule for one in passed} == {"L10"}
    assert {one.subject_id for one in passed} == {sent.pk}
    assert {one.outside for one in passed} == {"Læge Lone Lægesen"}
    assert "Læge Lone Lægesen" in Screen(world, "social.member").text("case", case.pk)
    page = writer.client.get(answer["Location"]).content.decode()
    assert "Læge Lone Lægesen" in page
    paper = writer.client.get(answer["Location"] + "brev/")
    words = " ".join(on_paper(paper).split())
    for said in ("Læge Lone Lægesen", "at han ikke sover", "Pålæg om tavshed", "§ 27, stk. 3"):
        assert said in words
    assert tasks_at(world, "social.member", TaskKind.TELL_CITIZEN, case) == 1
    assert "Læge Lone Lægesen" in writer.text("tell", case.pk)
    writer.client.post(answer["Location"], {"on": asking(0)})
    assert "Modtageren har sagt ja" in writer.client.get(answer["Location"]).content.decode()
    with acting(world.seats["social.dpo"].token):
        assert set(LogRow.objects.filter(subject_kind="letter").values_list("act", flat=True)) == {
            "disclose",
            "print",
            "change",
        }


@pytest.mark.req("R-000-102")
@pytest.mark.parametrize(
    ("basis", "said"),
    [
        (CONSENT, "Du har selv sagt ja til, at vi fortalte det til Læge Lone Lægesen."),
        (WEIGHED, "En leder hos os vurderede, at Læge Lone Lægesen skulle vide det"),
    ],
    ids=["consent", "overriding"],
)
def test_the_citizen_reads_why_somebody_outside_was_told(world: World, basis: dict[str, str], said: str) -> None:
    case = raised(world)
    writer = Writer(world, "social.member")
    assert writer.post("write", case.pk, **letter(**basis)).status_code == 302
    page = writer.text("tell", case.pk)
    draft = page[page.index("<textarea") : page.index("</textarea>")]
    assert said in draft
    assert "fortalte vi Læge Lone Lægesen, at vi er bekymrede for dig." in draft
    assert "fortalte vi Læge Lone Lægesen noget om dit helbred" in draft


@pytest.mark.req("R-000-103")
@pytest.mark.parametrize("missing", ["own_sake", "concrete", "outweighs", "consent_tried", "leader"])
def test_overriding_interest_needs_all_five_answers(world: World, missing: str) -> None:
    case = raised(world)
    writer = Writer(world, "social.member")
    refused = writer.post("write", case.pk, **letter(**{**WEIGHED, missing: ""}))
    assert refused.status_code == 200
    assert "at han ikke sover" in refused.content.decode()
    with acting(world.seats["social.member"].token):
        assert not Disclosure.objects.filter(subject_kind="letter").exists()


@pytest.mark.req("R-000-103")
def test_overriding_interest_with_all_five_is_recorded_with_the_leader(world: World) -> None:
    case = raised(world)
    writer = Writer(world, "social.member")
    answer = writer.post("write", case.pk, **letter(**WEIGHED))
    assert answer.status_code == 302, answer.content.decode()
    with acting(world.seats["social.member"].token):
        assert OutsideLetter.objects.select_related("weighed").get().weighed.leader == "Lis Leder"
        assert set(Disclosure.objects.filter(subject_kind="letter").values_list("rule", flat=True)) == {"L8"}


@pytest.mark.req("R-004-68")
def test_relatives_are_written_to_on_the_citizens_yes_and_never_on_the_cooperations_rule(world: World) -> None:
    """Without a yes there is only a leader's weighing for the citizen's own sake, which is an exception and no rule."""
    case = raised(world)
    client = sit(world, "social.member")
    page = reverse("letters:write", args=[case.pk]) + "?til=relative"
    mother = letter(name="Mor Prøvesen", information_types=["concern"])
    for lacking in ({"basis": ""}, {"basis": "s115"}, {"consent_on": ""}):
        assert client.post(page, {**mother, **lacking}).status_code == 200
    with acting(world.seats["social.member"].token):
        assert not OutsideLetter.objects.exists()
    answer = client.post(page, mother)
    assert answer.status_code == 302, answer.content.decode()
    with acting(world.seats["social.member"].token):
        sent = OutsideLetter.objects.get()
        assert (sent.kind, sent.basis) == ("relative", "consent")
        assert set(Disclosure.objects.filter(subject_id=sent.pk).values_list("rule", flat=True)) == {"L10"}


@pytest.mark.req("R-000-107")
@pytest.mark.parametrize(
    "wrong",
    [
        {"basis": ""},
        {"basis": "s115"},
        {"consent_on": ""},
        {"consent_on": asking(2)},
        {"consent_on": asking(-800)},
        {"consent_by": ""},
        {"consent_informed": ""},
        {"consent_written": ""},
        {"name": ""},
        {"necessity": "..."},
        {"information_types": []},
        {"purpose": "investigation"},
        {"words": "Kære Lone\n\nVær opmærksom på: [skriv det, lægen skal lægge mærke til]"},
        {"words": f"Hans nummer er {NUMBER}", "looked": "1"},
    ],
)
def test_what_the_law_does_not_carry_is_not_sent(world: World, wrong: dict[str, object]) -> None:
    case = raised(world)
    answer = Writer(world, "social.member").post("write", case.pk, **letter(**wrong))
    assert answer.status_code == 200
    with acting(world.seats["social.member"].token):
        assert not OutsideLetter.objects.exists()
        assert not Disclosure.objects.filter(subject_kind="letter").exists()


def taken(world: World, case: Case, **more: object) -> Consent:
    """The citizen's yes to telling the own doctor, written down in the case."""
    said = {
        "scope": "share",
        "information_types": ["concern", "health"],
        "others": "læge lone  lægesen",
        "purposes": ["help"],
        "given": "Aage Prøvesen",
        "form": "written",
        "informed": "on",
        **more,
    }
    assert Screen(world, "social.member").post("consent", case.pk, **said).status_code == 302
    with acting(world.seats["social.member"].token):
        return Consent.objects.latest("at")


@pytest.mark.req("R-000-107", "R-002-65")
def test_a_letter_rests_on_the_consent_of_the_case_and_writes_none_of_its_own(world: World) -> None:
    case = raised(world)
    yes = taken(world, case)
    writer = Writer(world, "social.member")
    assert "læge lone  lægesen" in writer.text("write", case.pk)
    answer = writer.post("write", case.pk, **letter(consent_on="", consent_by=""))
    assert answer.status_code == 302, answer.content.decode()
    with acting(world.seats["social.member"].token):
        assert Consent.objects.count() == 1
        assert OutsideLetter.objects.get().consent_id == yes.pk
        assert {one.consent_id for one in Disclosure.objects.filter(subject_kind="letter")} == {yes.pk}
    assert "Aage Prøvesen" in writer.client.get(answer["Location"]).content.decode()


@pytest.mark.req("R-000-107")
def test_a_yes_that_comes_with_the_letter_is_written_down_in_the_case(world: World) -> None:
    case = raised(world)
    assert Writer(world, "social.member").post("write", case.pk, **letter()).status_code == 302
    with acting(world.seats["social.member"].token):
        row = Consent.objects.get()
        assert (row.others, set(row.information_types), row.purposes) == (
            "Læge Lone Lægesen",
            {"concern", "health"},
            ["help"],
        )
        assert OutsideLetter.objects.get().consent_id == row.pk
    assert "Aage Prøvesen" in Screen(world, "social.member").text("case", case.pk)


@pytest.mark.req("R-000-107")
@pytest.mark.parametrize(
    "short",
    [
        {"others": "Naboen"},
        {"information_types": ["concern"]},
        {"purposes": ["clarify"]},
        {"missing": "Den anden forælder"},
        {"scope": "treat"},
    ],
    ids=["receiver", "category", "purpose", "giver", "scope"],
)
def test_a_consent_that_does_not_reach_that_far_carries_no_letter(world: World, short: dict[str, object]) -> None:
    case = raised(world)
    taken(world, case, **short)
    refused = Writer(world, "social.member").post("write", case.pk, **letter(consent_on=""))
    assert refused.status_code == 200
    with acting(world.seats["social.member"].token):
        assert not Disclosure.objects.filter(subject_kind="letter").exists()


@pytest.mark.req("R-000-107", "R-004-66")
def test_withdrawal_stops_later_letters_and_keeps_the_earlier(world: World) -> None:
    case = raised(world)
    yes = taken(world, case)
    writer = Writer(world, "social.member")
    sent = writer.post("write", case.pk, **letter(consent_on=""))
    Screen(world, "social.member").post("consent_withdraw", case.pk, yes.pk)
    # Neither the row that was taken back carries another, nor the same yes written down once more.
    for day in ("", asking(-3), asking(0)):
        assert writer.post("write", case.pk, **letter(consent_on=day)).status_code == 200, day
    assert "Trukket tilbage" in writer.client.get(sent["Location"]).content.decode()
    with acting(world.seats["social.member"].token):
        assert OutsideLetter.objects.count() == 1
        assert Consent.objects.count() == 1


@pytest.mark.req("R-000-103", "R-000-104")
def test_the_same_assessment_for_another_citizen_is_routine_and_refused(world: World) -> None:
    writer = Writer(world, "social.member")
    first, second = raised(world), raised(world, name="Berta Prøvesen", cpr="6111801235")
    assert writer.post("write", first.pk, **letter(**WEIGHED)).status_code == 302
    # One decision may be told to two on the same day; it is not brought out again for somebody else.
    assert writer.post("write", first.pk, **letter(**WEIGHED, name="Boligselskabet")).status_code == 302
    refused = writer.post("write", second.pk, **letter(**WEIGHED))
    assert refused.status_code == 200
    assert "Det kan ikke være en fast ordning" in refused.content.decode()
    own_words = {**WEIGHED, "concrete": "Hun er set på altanen i nat"}
    assert writer.post("write", second.pk, **letter(**own_words)).status_code == 302


def test_a_protected_address_never_reaches_a_private_receiver(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = raised(world, by="social.member", parties=("police",))
    change = "update citizens_identity set address = 'Skjulestræde 12, 2000 Prøveby', protected_until = today() + %s"
    owner_connection.execute(change, [30])
    owner_connection.commit()
    writer = Writer(world, "social.member")
    for kind in ("own_doctor", "housing", "relative", "other"):
        assert "Skjulestræde" not in writer.text("write", case.pk, til=kind)
    typed = letter(words="Han bor på  skjulestræde 12", looked="1")
    assert writer.post("write", case.pk, **typed).status_code == 200
    with acting(world.seats["social.member"].token):
        assert not OutsideLetter.objects.exists()
    owner_connection.execute(change, [-1])
    owner_connection.commit()
    assert writer.post("write", case.pk, **typed).status_code == 302


@pytest.mark.req("R-000-101")
def test_health_information_leaves_the_house_through_those_on_the_list_alone(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = raised(world)
    owner_connection.execute(
        "insert into partnerships_releaser (id, authority_id, capacity_id, deputy, hours, nights, since)"
        " values (gen_random_uuid(), %s, %s, false, '', false, today())",
        [world.authorities["psychiatry"], world.seats["psychiatry.screener"].post],
    )
    owner_connection.commit()
    refused = Writer(world, "psychiatry.member").post("write", case.pk, **letter())
    assert refused.status_code == 200
    assert "frigive" in refused.content.decode()
    told = [world.partnership, world.authorities["psychiatry"], case.pk, uuid4(), world.seats["psychiatry.member"]]
    with acting(world.seats["psychiatry.member"].token), pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(
            "insert into sharing_disclosure (id, partnership_id, authority_id, case_id, subject_kind, subject_id,"
            " information_type, purpose, necessity, rule, pack, reasons, outside, channel, by_id, capacity_id, at)"
            " values (gen_random_uuid(), %s, %s, %s, 'letter', %s, 'health', 'help', 'x', 'L10', 'x', '[]', 'Lone',"
            " 'here', %s, %s, now())",
            [*told[:4], told[4].person, told[4].post],
        )
    with acting(world.seats["psychiatry.member"].token):
        assert not Disclosure.objects.filter(subject_kind="letter").exists()


@pytest.mark.req("R-000-105")
def test_a_letter_follows_what_the_lawyers_of_the_partnership_have_shut(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = raised(world)
    owner_connection.execute(
        "insert into directory_lawchange (id, partnership_id, number, rule, regime, opens, status, why, since,"
        " created_by_id, created_at, approved_by_id, approved_at, basis, cooperation, sender, receiver, purpose)"
        " values (gen_random_uuid(), %s, 1, '', '', false, '', 'Aftalen', '2020-01-01', %s, now(), %s, now(),"
        " 'consent', '', 'social', 'practice', '')",
        [world.partnership, world.seats["police.dpo"].person, world.seats["social.dpo"].person],
    )
    owner_connection.commit()
    refused = Writer(world, "social.member").post("write", case.pk, **letter())
    assert "Jeres jurist har lukket" in refused.content.decode()
    with acting(world.seats["social.member"].token):
        assert not OutsideLetter.objects.exists()


def test_words_of_an_investigation_are_looked_at_once_more(world: World) -> None:
    case = raised(world)
    writer = Writer(world, "social.member")
    sent = letter(words="Kære Lone\n\nPolitiet efterforsker ham.")
    again = writer.post("write", case.pk, **sent)
    assert again.status_code == 200
    assert 'name="looked"' in again.content.decode()
    assert writer.post("write", case.pk, **sent, looked="1").status_code == 302


def test_nobody_else_sees_the_letter_or_that_it_was_sent(world: World) -> None:
    case = raised(world)
    answer = Writer(world, "social.member").post("write", case.pk, **letter())
    for seat in ("police.member", "psychiatry.member", "social.frontline", "social.dpo", "outside.member"):
        client = sit(world, seat)
        assert client.get(answer["Location"]).status_code == 404, seat
        assert client.get(answer["Location"] + "brev/").status_code == 404, seat
    assert "Lægesen" not in Screen(world, "police.member").text("case", case.pk)
    with acting(world.seats["police.member"].token):
        assert not Disclosure.objects.filter(subject_kind="letter").exists()


@pytest.mark.req("R-002-75", "R-002-79")
@pytest.mark.parametrize("mark", ["third_party", "hypothesis"])
def test_a_letter_repeats_a_marked_contribution_only_by_a_deliberate_act(world: World, mark: str) -> None:
    case = raised(world)
    piece = "Hans søster har selv været indlagt i foråret"
    told = {"text": f"{piece}. Han sover ude.", "information_type": "social", "way": "keep", mark: "on"}
    assert Screen(world, "social.member").post("contribute", case.pk, **told).status_code == 302
    writer = Writer(world, "social.member")
    sent = letter(words=f"Kære Lone\n\nVi har hørt, at {piece.lower()}, og det bekymrer os.")
    again = writer.post("write", case.pk, **sent)
    assert again.status_code == 200
    assert "et bidrag, der er mærket" in again.content.decode()
    with acting(world.seats["social.member"].token):
        assert not OutsideLetter.objects.exists()
    assert writer.post("write", case.pk, **sent, looked="1").status_code == 302


@pytest.mark.req("R-000-101")
def test_a_letter_of_a_health_authority_is_sent_by_those_on_its_list_alone(world: World) -> None:
    case = raised(world)
    listed(world, "psychiatry.screener")
    refused = Writer(world, "psychiatry.member").post("write", case.pk, **letter())
    assert refused.status_code == 200
    with acting(world.seats["psychiatry.member"].token):
        assert not OutsideLetter.objects.exists()
        assert not Disclosure.objects.filter(subject_kind="letter").exists()
    listed(world, "psychiatry.member")
    assert Writer(world, "psychiatry.member").post("write", case.pk, **letter()).status_code == 302


@pytest.mark.req("R-002-82")
def test_a_status_is_collected_from_the_doctor_on_the_citizens_yes_alone(world: World) -> None:
    case = raised(world)
    writer = Writer(world, "social.member")
    weighed = {
        key: value for key, value in letter(**WEIGHED, asks_status="on").items() if key not in CONSENT or key == "basis"
    }
    refused = writer.post("write", case.pk, **weighed)
    assert refused.status_code == 200
    assert "kun hentes, når borgeren har sagt ja" in refused.content.decode()
    without = writer.post("write", case.pk, **letter(asks_status="on", consent_on="", consent_by=""))
    assert without.status_code == 200
    with acting(world.seats["social.member"].token):
        assert not OutsideLetter.objects.exists()
    assert writer.post("write", case.pk, **letter(asks_status="on")).status_code == 302
    assert "asks_status" not in writer.text("write", case.pk, til="housing")


def test_the_letters_page_says_the_rule_in_words_and_its_number_folded_away(world: World) -> None:
    case = raised(world)
    writer = Writer(world, "social.member")
    page = writer.client.get(writer.post("write", case.pk, **letter())["Location"]).content.decode()
    basis = page[page.index("<dt>Hjemmel</dt>") :]
    assert "orvaltningslovens §" in basis[: basis.index("<details")]
    assert "dk-2026" not in basis[: basis.index("<details")]
    assert "dk-2026" in basis
