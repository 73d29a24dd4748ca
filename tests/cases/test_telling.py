"""The page of telling: what it says before anything is sent, what it asks to look at again, and what ends by itself."""

from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone

from samsvar.cases.models import Case
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Contribution, Disclosure, TreatmentSentence
from tests.cases.table import Screen, asking, raised
from tests.world import World

TEXT = "Kommer ikke mere i værestedet"
CONDITIONS = {
    "conditions": "Ambulant behandling; indlægges efter overlægens bestemmelse",
    "allows": "Kan hentes ind, hvis han udebliver",
    "supervisor": "Kriminalforsorgen",
}


def sent(world: World, *receivers: str, **more: object) -> dict[str, object]:
    """A contribution of the social services', passed on."""
    return {
        "text": TEXT,
        "information_type": "social",
        "receivers": [world.authorities[key] for key in receivers],
        "necessity": "De går forbi ham hver dag",
        "way": "pass",
        **more,
    }


def kept(world: World, seat: str) -> Contribution:
    """The one contribution that a seat sees."""
    with acting(world.seats[seat].token):
        return Contribution.objects.get()


def test_the_page_says_on_what_basis_who_hears_it_and_who_does_not(world: World) -> None:
    case = raised(world, parties=["social"])
    page = Screen(world, "social.member").text("contribute", case.pk)
    assert "Myndighederne er med i samarbejdet og må fortælle hinanden det, der er nødvendigt." in page
    assert "retsplejeloven § 115" in page
    # One other at the table is ticked; one that is not at the table is named as not hearing it.
    assert "<strong>Prøvekredsens Politi</strong>" in page
    assert "Psykiatrien i Prøveby (ikke med i sagen)" in page
    assert "Modtageren må ikke bruge oplysningerne til at efterforske en straffesag." in page


@pytest.mark.req("R-000-102")
def test_health_hears_before_sending_that_the_unit_is_to_tell_the_citizen(world: World) -> None:
    case = raised(world)
    assert "Fortæl snarest muligt borgeren" in Screen(world, "psychiatry.member").text("contribute", case.pk)
    assert "Fortæl snarest muligt borgeren" not in Screen(world, "social.member").text("contribute", case.pk)


def test_the_effect_follows_the_ticks_and_carries_no_word_of_what_is_written(world: World) -> None:
    case = raised(world)
    social = Screen(world, "social.member")
    piece = social.text("effect", case.pk, receivers=str(world.authorities["police"]), text=TEXT)
    assert "<strong>Prøvekredsens Politi</strong>" in piece
    assert "Psykiatrien i Prøveby" in piece.split("Ser det ikke")[1]
    assert TEXT not in piece
    assert Screen(world, "outside.member").get("effect", case.pk).status_code == 404
    assert social.get("effect", case.pk, receivers="x", information_type="y", purpose="z").status_code == 200


@pytest.mark.req("R-000-70")
@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ({"text": "Han har det svært. " * 40}, "Hvad er nødvendigt for netop dem"),
        ({"text": "Har diagnosen paranoid skizofreni"}, "lyder som en diagnose"),
        ({"text": "Nummeret er 611180-1234"}, "ligner et CPR-nummer"),
        ({"necessity": "Til brug for efterforskningen"}, "lyder som efterforskning"),
    ],
)
def test_the_writer_is_asked_once_and_then_believed(world: World, words: dict[str, str], asked: str) -> None:
    case = raised(world)
    social = Screen(world, "social.member")
    first = social.post("contribute", case.pk, **sent(world, "police", **words))
    assert first.status_code == 200
    assert asked in first.content.decode()
    with acting(world.seats["social.member"].token):
        assert not Contribution.objects.exists()
    assert social.post("contribute", case.pk, **sent(world, "police", **words), looked="1").status_code == 302
    # What stays at home is nobody else's business.
    assert social.post("contribute", case.pk, **sent(world, way="keep", **words)).status_code == 302


@pytest.mark.req("R-000-97")
def test_the_same_necessity_again_and_again_is_pointed_out(world: World) -> None:
    case = raised(world)
    social = Screen(world, "social.member")
    answers = [
        social.post("contribute", case.pk, **sent(world, "police", text=f"{TEXT} {number}")) for number in range(8)
    ]
    assert answers[0].status_code == 302
    assert "Den samme begrundelse er brugt flere gange" in answers[-1].content.decode()


def test_ring_before_i_come_stands_on_top_and_ends_by_itself(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = raised(world)
    social, police = Screen(world, "social.member"), Screen(world, "police.member")
    mark = {"call_first_until": asking(3), "call_first_who": "Bostøtten, 00 00 00 00"}
    assert social.post("contribute", case.pk, **sent(world, "police", **mark)).status_code == 302
    assert "Ring til Bostøtten, 00 00 00 00 (Prøveby Kommune)." in police.text("case", case.pk)
    assert "Bostøtten" not in Screen(world, "psychiatry.member").text("case", case.pk)
    owner_connection.execute(
        "update sharing_contribution set call_first_until = %s", [timezone.localdate() - timedelta(days=1)]
    )
    owner_connection.commit()
    assert "Ring til Bostøtten" not in police.text("case", case.pk)
    assert TEXT in police.text("case", case.pk)
    late = social.post("contribute", case.pk, **sent(world, "police", call_first_until=asking(-1)))
    assert "Vælg en dag, der ikke er gået." in late.content.decode()


@pytest.mark.req("R-002-75", "R-002-79")
@pytest.mark.parametrize("mark", ["third_party", "hypothesis"])
def test_a_marked_piece_goes_no_further_without_a_deliberate_act(world: World, mark: str) -> None:
    case = raised(world)
    social, police = Screen(world, "social.member"), Screen(world, "police.member")
    assert social.post("contribute", case.pk, **sent(world, "police", **{mark: "on"})).status_code == 302
    told = kept(world, "social.member")
    on = {"receivers": world.authorities["psychiatry"], "necessity": "De skal også vide det", "purpose": "help"}
    refused = social.post("pass_on", case.pk, told.pk, **on)
    assert refused.status_code == 200
    assert "Bidraget er mærket" in refused.content.decode()
    assert TEXT not in Screen(world, "psychiatry.member").text("case", case.pk)
    assert social.post("pass_on", case.pk, told.pk, **on, deliberate="on").status_code == 302
    assert TEXT in Screen(world, "psychiatry.member").text("case", case.pk)
    # Nor onto paper.
    assert TEXT in police.text("case", case.pk)
    assert TEXT not in police.text("paper", case.pk)
    assert TEXT in police.text("paper", case.pk, maerkede="med")


def conditions(world: World, case: Case, **more: str) -> int:
    """Psychiatry's leader writes the conditions; the status of the answer."""
    return Screen(world, "psychiatry.member").post("conditions", case.pk, **(CONDITIONS | more)).status_code


@pytest.mark.req("R-000-113", "R-001-14")
def test_conditions_of_a_sentence_are_told_by_a_leader_to_those_at_the_named_table(world: World) -> None:
    case = raised(world)
    for kind in ("psychiatry", "social"):
        Screen(world, f"{kind}.member").post(
            "assign", case.pk, capacity=world.seats[f"{kind}.frontline"].post, reason="Kører ud"
        )
    psychiatry, social = Screen(world, "psychiatry.member"), Screen(world, "social.member")
    nurse, caseworker = Screen(world, "psychiatry.frontline"), Screen(world, "social.frontline")
    assert nurse.get("conditions", case.pk).status_code == 404
    assert conditions(world, case) == 302
    assert CONDITIONS["allows"] in psychiatry.text("case", case.pk)
    assert CONDITIONS["allows"] not in nurse.text("case", case.pk)
    assert CONDITIONS["allows"] not in social.text("case", case.pk)
    with acting(world.seats["psychiatry.member"].token):
        row = TreatmentSentence.objects.get()
    on = {"receivers": world.authorities["social"], "necessity": "De skal vide, hvad der kan lade sig gøre"}
    assert psychiatry.post("pass_conditions_on", case.pk, row.pk, **on, purpose="help").status_code == 302
    assert CONDITIONS["allows"] in social.text("case", case.pk)
    assert CONDITIONS["allows"] not in caseworker.text("case", case.pk)
    assert CONDITIONS["allows"] not in Screen(world, "police.member").text("case", case.pk)
    assert CONDITIONS["allows"] not in social.text("paper", case.pk)
    found = social.post("search", q="udebliver").content.decode()
    assert case.reference not in found
    assert social.post("take_conditions_away", case.pk, row.pk).status_code == 404
    assert psychiatry.post("take_conditions_away", case.pk, row.pk).status_code == 302
    assert CONDITIONS["allows"] not in social.text("case", case.pk)
    with acting(world.seats["psychiatry.member"].token):
        assert Disclosure.objects.filter(subject_kind="treatment").count() == 1


@pytest.mark.req("R-000-113")
@pytest.mark.parametrize("words", ["Dømt for vold", "Er sigtet for trusler", "Se straffeattest"])
def test_conditions_hold_no_word_of_charges_or_convictions(world: World, words: str) -> None:
    case = raised(world)
    assert conditions(world, case, conditions=words) == 200
    with acting(world.seats["psychiatry.member"].token):
        assert not TreatmentSentence.objects.exists()


def test_no_history_of_conditions_is_kept(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    assert conditions(world, case) == 302
    assert conditions(world, case, conditions="Skal møde hver tirsdag") == 302
    assert owner_connection.execute("select conditions from sharing_treatmentsentence").fetchall() == [
        ("Skal møde hver tirsdag",)
    ]


@pytest.mark.req("R-002-68", "R-002-69")
def test_conditions_go_against_the_citizens_no_only_with_a_reason(world: World) -> None:
    case = raised(world)
    psychiatry = Screen(world, "psychiatry.member")
    assert conditions(world, case) == 302
    psychiatry.post("say_no", case.pk, to="sharing")
    with acting(world.seats["psychiatry.member"].token):
        row = TreatmentSentence.objects.get()
    on = {"receivers": world.authorities["social"], "necessity": "De skal vide det", "purpose": "help"}
    assert 'name="against_no"' in psychiatry.text("pass_conditions_on", case.pk, row.pk)
    assert psychiatry.post("pass_conditions_on", case.pk, row.pk, **on).status_code == 200
    assert CONDITIONS["allows"] not in Screen(world, "social.member").text("case", case.pk)
    on["against_no"] = "Ellers udebliver han"
    assert psychiatry.post("pass_conditions_on", case.pk, row.pk, **on).status_code == 302
