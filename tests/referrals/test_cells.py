"""Every cell of the route matrix of 002 section 1.14: by the screen, the service and SQL; nothing else lets one in."""

from itertools import product

import psycopg
import pytest
from django.urls import reverse

from samsvar.directory.kinds import NO_UNITS, UNITS, UnitKind
from samsvar.directory.models import DirectoryEntry
from samsvar.directory.routes import State, find_way
from samsvar.referrals import services
from samsvar.referrals.models import Referral
from samsvar.referrals.pack import BESIDE, open_between, pack
from samsvar.referrals.policies.referrals import _open_ways
from samsvar.referrals.services import NoWay, Whom
from samsvar.referrals.warnings import notices
from tests.clients import sit
from tests.directory.test_routes import LISTED, SHUT
from tests.referrals.ground import NAME, Units, drafted, said

CELLS = sorted({(UnitKind(one), UnitKind(two)) for one, two, *_ in [*LISTED, *SHUT] if UnitKind(one) not in NO_UNITS})


def _refers(key: str) -> bool:
    """Whether a template goes by the matrix and not beside it."""
    return bool(pack().templates[key].ways)


@pytest.mark.req("R-002-52")
def test_the_database_opens_the_same_ways_as_the_screen_for_every_pair_there_is(
    owner_connection: psycopg.Connection,
) -> None:
    """The trigger's own words, asked of each pair of kinds, each template and each way that the template names."""
    rows = [
        (one.value, two.value, key, way)
        for one, two in product(UNITS, UNITS)
        if one is not two
        for key, template in pack().templates.items()
        for way in (*sorted(template.ways), BESIDE, "no_right_to_district")
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    found = owner_connection.execute(
        "select new.from_kind, new.to_kind, new.template_key, new.way"
        " from unnest(%s::text[], %s::text[], %s::text[], %s::text[]) as new(from_kind, to_kind, template_key, way)"
        f" where {_open_ways()}",
        columns,
    ).fetchall()
    opened: dict[tuple[str, str], set[str]] = {}
    for one, two, key, _way in found:
        opened.setdefault((one, two), set()).add(key)
    for one, two in product(UNITS, UNITS):
        if one is not two:
            told = {each.template.key for each in open_between(one, two)}
            assert opened.get((one.value, two.value), set()) == told, (one, two)


@pytest.mark.req("R-002-52", "R-002-42")
def test_each_listed_cell_passes_or_stops_on_the_screen_and_in_the_service(
    units: Units, owner_connection: psycopg.Connection
) -> None:
    client = sit(units.world, "social.frontline")
    mine, theirs = units.pages["job"].pk, units.pages["district"].pk
    for one, two in CELLS:
        for page, kind in ((mine, one), (theirs, two)):
            owner_connection.execute("update directory_directoryentry set kind = %s where id = %s", [kind.value, page])
        owner_connection.commit()
        there = {each.template.key for each in open_between(one, two)}
        by_matrix = {key for key in there if _refers(key)}
        assert bool(by_matrix) == (find_way(one, two).state is State.ALLOWED), (one, two)
        address = reverse("referrals:start", args=[theirs])
        shut = next(key for key in ("psychiatry", "support_85", "rehabilitation") if key not in there)
        with units.at("social.frontline"):
            before = Referral.objects.count()
        assert client.post(address, {"template": shut, "name": NAME}).status_code == 400, (one, two)
        with units.at("social.frontline") as actor:
            sender, receiver = DirectoryEntry.objects.get(pk=mine), DirectoryEntry.objects.get(pk=theirs)
            with pytest.raises(NoWay):
                services.start(actor, sender, receiver, shut, Whom(NAME, ""))
            assert Referral.objects.count() == before, (one, two)
        if by_matrix:
            assert client.post(address, {"template": min(by_matrix), "name": NAME}).status_code == 302, (one, two)
            with units.at("social.frontline"):
                row = Referral.objects.order_by("-at").first()
                assert row is not None
                assert (row.from_kind, row.to_kind, row.template_key) == (one.value, two.value, min(by_matrix))


@pytest.mark.req("R-002-20")
def test_the_way_says_whether_an_own_assessment_belongs_there() -> None:
    own = "Vi vurderer, at han kan arbejde to timer."
    words = {"facts": {"text": own}}
    to_team, to_board = pack().templates["rehabilitation"], pack().templates["enquiry"]
    said_of = {one.key: notices(one, words) for one in (to_team, to_board)}
    assert any("ikke jeres egne" in one for one in said_of["rehabilitation"]), "Jobcenter to rehabilitation team: no"
    assert not any("ikke jeres egne" in one for one in said_of["enquiry"]), "to Børn og Unge: yes"
    # It is said by the data of the way, one key a template.
    assert [key for key, one in pack().templates.items() if not one.own_assessment] == ["rehabilitation"]


@pytest.mark.req("R-002-34", "R-002-164")
def test_the_receivers_own_guidance_and_procedure_stand_beside_the_template(
    units: Units, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute(
        "update directory_directoryentry set bring = %s, deadlines = %s, procedure = %s where id = %s",
        [
            "Skriv, hvad han selv ønsker.",
            "Svar inden 14 dage.",
            "https://d4.eksempel.dk/visitation",
            units.pages["adult"].pk,
        ],
    )
    owner_connection.commit()
    with units.at("social.frontline") as actor:
        row = drafted(actor, units, "job", "adult", "support_85")
        services.take_yes(actor, row, _yes())
    shown = sit(units.world, "social.frontline").get(reverse("referrals:referral", args=[row.pk])).content.decode()
    # The structured template, with guidance of its own, and above it what this receiver asks for.
    assert "Det siger borgeren selv" in shown
    assert "Borgerens egne ord" in shown
    assert shown.index("Det beder Myndigheden om") < shown.index("Skriv, hvad han selv ønsker.")
    assert "Svar inden 14 dage." in shown
    assert 'href="https://d4.eksempel.dk/visitation"' in shown
    # Whoever is to answer it has the procedure on the task's page, one press away.
    with units.at("social.frontline") as actor:
        there = Referral.objects.select_related("from_entry", "to_entry").get(pk=row.pk)
        services.send(actor, there, said("wishes", "functioning", "needs"))
    asked = sit(units.world, "social.member").get(reverse("referrals:referral", args=[row.pk])).content.decode()
    assert 'href="https://d4.eksempel.dk/visitation"' in asked


def _yes() -> services.Yes:
    return services.Yes(given=[NAME], informed=True)


def test_what_is_open_stands_above_what_the_mapping_does_not_know(
    units: Units, owner_connection: psycopg.Connection
) -> None:
    shown = (
        sit(units.world, "social.frontline")
        .get(reverse("referrals:start", args=[units.pages["prison"].pk]))
        .content.decode()
    )
    assert "Ingen kendt vej" not in shown
    assert shown.index("Hvad vil I?") < shown.index("kun det, der står her")


def test_a_units_page_has_the_button_for_those_who_work_with_citizens(units: Units) -> None:
    address = reverse("directory:entry", args=[units.pages["adult"].pk])
    write = reverse("referrals:start", args=[units.pages["adult"].pk])
    shown = sit(units.world, "social.frontline").get(address).content.decode()
    assert f'href="{write}"' in shown
    assert "Skriv til enheden om en borger" in shown
    assert write not in sit(units.world, "social.admin").get(address).content.decode()
