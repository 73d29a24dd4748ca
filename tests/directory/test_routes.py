"""The route matrix of 002 section 1.14, cell by cell, and the page that shows a way."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from samsvar.directory.kinds import UNITS, UnitKind
from samsvar.directory.routes import ConsentRule, State, find_way, matrix
from tests.clients import sit
from tests.directory.places import with_pack, written
from tests.world import World

# The table as it stands in the requirements, each row taken apart: from, to, a word of the instrument, its lines.
LISTED = [
    ("police", "child_authority", "Underretning", "L1435"),
    ("relatives", "child_authority", "Underretning", "L1435"),
    *(
        (sender, "child_authority", "Henvendelse", "L1439")
        for sender in ("parents", "hospital", "gp", "dentist", "specialist", "health_visitor")
    ),
    *((sender, "buf", "Henvisning", "L4942") for sender in ("gp", "ppr", "child_authority")),
    ("buf", "pvk", "alt materiale", "L4952"),
    ("gp", "pvk", "Henvisning", "L4954"),
    ("gp", "pvk", "Henvisning", "L6570"),
    ("specialist", "pvk", "Henvisning", "L4928"),
    ("paediatric", "pvk", "Henvisning", "L4928"),
    ("pam", "pvk", "Skadesjournal", "L4616"),
    ("pam", "ward", "Overflytning", "L4727"),
    ("pam", "buk", "Telefonopkald", "L4448"),
    ("pvk", "buk", "Visitation", "L4921"),
    ("pvk", "district", "Visitation", "L4921"),
    ("pvk", "clinic", "Visitation", "L4921"),
    ("jobcentre", "adult_authority", "§ 85", "L3301"),
    ("jobcentre", "outreach_99", "tip", "L2497"),
    ("adult_authority", "outreach_99", "tip", "L2497"),
    ("police", "outreach_99", "tip", "L2497"),
    ("jobcentre", "drop_in", "tip", "L2497"),
    ("police", "drop_in", "tip", "L2497"),
    ("jobcentre", "rehab_team", "Forberedende skema", "L3228"),
    ("rehab_team", "job_board", "Forberedende skema", "L3289"),
    *(
        (sender, "stu", "Kontakt", "L3686")
        for sender in ("school", "jobcentre", "child_authority", "adult_authority", "relatives")
    ),
    ("stu", "stu_board", "uddannelsesplan", "L3758"),
    *(("adult_authority", to, "Visitation", "L2191") for to in ("support_85", "drop_in", "housing")),
    ("ward", "district", "fast aftalt tid", "L5863"),
    ("school", "substance", "ingen henvisning", "L4086"),
    ("citizen", "substance", "ingen henvisning", "L4086"),
    ("police", "pam", "Mød op", "L4436"),
    ("citizen", "pam", "Mød op", "L4436"),
]
# What may not go straight, and by which stations it goes.
SHUT = [
    ("jobcentre", "district", State.FORBIDDEN, ["gp", "pvk"]),
    ("support_85", "district", State.FORBIDDEN, ["gp", "pvk"]),
    ("police", "district", State.FORBIDDEN, ["gp", "pvk"]),
    ("adult_authority", "district", State.FORBIDDEN, ["gp", "pvk"]),
    ("substance", "district", State.FORBIDDEN, ["gp", "pvk"]),
    ("buk", "adult_psychiatry", State.ONLY_VIA, ["pvk"]),
    ("buk", "district", State.ONLY_VIA, ["pvk"]),
    ("gp", "district", State.ONLY_VIA, ["pvk"]),
    ("pam", "district", State.ONLY_VIA, ["pvk"]),
    ("gp", "buk", State.ONLY_VIA, ["buf", "pvk"]),
    ("child_authority", "buk", State.ONLY_VIA, ["buf", "pvk"]),
    ("ppr", "pvk", State.ONLY_VIA, ["buf"]),
    ("jobcentre", "job_board", State.ONLY_VIA, ["rehab_team"]),
]
OPEN_TO_ALL = {"child_authority", "outreach_99", "drop_in", "substance", "pam"}


@pytest.mark.parametrize(("sender", "receiver", "instrument", "line"), LISTED)
def test_a_listed_cell_is_allowed_with_its_instrument_and_source(
    sender: str, receiver: str, instrument: str, line: str
) -> None:
    answer = find_way(UnitKind(sender), UnitKind(receiver))
    assert answer.state is State.ALLOWED
    assert not answer.is_shut
    assert [way for way in answer.ways if instrument in way.means() and way.lines.startswith(line)]


@pytest.mark.req("R-002-52")
@pytest.mark.parametrize(("sender", "receiver", "state", "by"), SHUT)
def test_a_shut_cell_offers_the_right_way(sender: str, receiver: str, state: State, by: list[str]) -> None:
    answer = find_way(UnitKind(sender), UnitKind(receiver))
    assert answer.state is state
    assert answer.is_shut
    assert [str(station) for station in answer.stations] == [sender, *by, receiver]
    assert answer.ways[0].why()
    # Each leg of the right way is itself a listed one, but for the citizen's own walk to the doctor.
    assert all(step.ways for step in answer.steps if step.receiver != UnitKind.GP)


@pytest.mark.req("R-002-42")
def test_a_child_who_needs_it_now_goes_from_the_doctor_to_pvk_and_else_through_buf() -> None:
    urgent = [way for way in find_way(UnitKind.GP, UnitKind.PVK).ways if way.key == "gp_child_acute"]
    assert [way.when() for way in urgent] == ["Kun når det er akut. Ellers går vejen gennem BUF."]
    assert find_way(UnitKind.GP, UnitKind.BUK).stations[1] is UnitKind.BUF


def test_no_other_pair_has_a_way() -> None:
    """Nothing is guessed: what the table does not name is unknown, for every pair there is."""
    told = {(sender, receiver) for sender, receiver, *_ in [*LISTED, *SHUT]}
    for sender in UnitKind:
        for receiver in UNITS:
            state = find_way(sender, receiver).state
            if sender is receiver:
                assert state is State.UNKNOWN
            elif receiver in OPEN_TO_ALL:
                assert state is State.ALLOWED
            elif (sender.value, receiver.value) not in told and state is not State.UNKNOWN:
                # The rest of "others" that may not refer to district psychiatry, and doctors beside the one listed.
                assert receiver in {UnitKind.DISTRICT, UnitKind.ADULT_PSYCHIATRY, UnitKind.PVK, UnitKind.BUK}
                assert find_way(sender, receiver).ways[0].lines


def test_consent_never_stops_a_notification_and_both_parents_sign_for_buk() -> None:
    consents = {way.key: way.consent for way in matrix().ways}
    assert consents["notification"] is ConsentRule.NOT_NEEDED
    assert consents["pvk_to_buk"] is ConsentRule.NEEDED
    assert consents["contact_stu"] is ConsentRule.NEEDED


def test_every_row_speaks_both_languages_and_says_that_nobody_has_checked_it() -> None:
    assert matrix().status == "unverified"
    for way in matrix().ways:
        assert way.means("da") != way.means("en"), way.key
        assert way.who("da")
        assert way.who("en")
        assert bool(way.when("da")) == bool(way.when("en"))
        assert way.lines.startswith("L")


def shown(world: World, seat: str, language: str = "da", **query: str) -> str:
    """The page of a way as somebody reads it."""
    answer = sit(world, seat, language).get(reverse("directory:way"), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.req("R-002-52")
def test_the_page_blocks_a_forbidden_way_and_begins_the_right_one_at_the_doctor(world: World) -> None:
    with_pack(world)
    page = shown(world, "social.frontline", fra="jobcentre", til="district")
    assert "Det kan ikke lade sig gøre" in page
    assert "Borgerens egen læge kan henvise gennem PVK." in page
    assert page.index("Her begynder vejen") < page.index("Praktiserende læge</a>")
    assert page.index("I må gerne ringe") < page.index("Distriktspsykiatrien</a>")
    assert escape(matrix().source("da")) in page
    assert "L6052" not in page
    assert "Ikke efterprøvet" in page
    english = shown(world, "social.frontline", "en", fra="jobcentre", til="district")
    assert "That is not possible" in english
    assert "own doctor can refer through PVK" in english


@pytest.mark.req("R-002-5")
def test_a_pair_that_nobody_has_told_gives_the_shared_inbox_without_the_person(world: World) -> None:
    written(world, name="Sygehuset", kind="hospital", sector="region", inbox="faelles@eksempel.dk")
    page = shown(world, "police.frontline", fra="police", til="hospital")
    assert "Ingen kendt vej" in page
    assert "uden navn og nummer" in page
    assert "faelles@eksempel.dk" in page
    assert "kender ingen enhed af den slags" in shown(world, "police.frontline", fra="police", til="dentist")


def test_a_made_up_kind_gives_a_word_and_no_fault(world: World) -> None:
    client = sit(world, "police.frontline")
    for query in ({"fra": "x", "til": "pam"}, {"fra": "police", "til": "citizen"}, {"fra": "\x00"}):
        answer = client.get(reverse("directory:way"), query)
        assert answer.status_code == 400
        assert "Vælg en af mulighederne." in answer.content.decode()


def test_the_way_to_an_adults_unit_says_nothing_of_children() -> None:
    legs = find_way(UnitKind.JOBCENTRE, UnitKind.DISTRICT).steps
    assert [[way.key for way in leg.ways] for leg in legs] == [[], ["gp_adult"], ["pvk_to_adults"]]
