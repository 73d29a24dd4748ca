"""A tip from another unit becomes an inquiry of the outreach team, and nothing of it is typed again."""

import pytest
from django.urls import reverse

from samsvar.outreach.models import Inquiry
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.referrals.ground import Units, drafted, said, sent
from tests.world import World

TIP = {"facts": "Gardinerne har været rullet ned i tre uger.", "place": "Prøvevej 4, 2. th."}


def test_what_the_officer_wrote_stands_in_the_teams_inquiry(world: World, units: Units) -> None:
    units.sit("social.frontline", "outreach")
    with units.at("police.frontline") as actor:
        row = sent(actor, units, "police", "outreach", "outreach", said(**TIP))
    team = sit(world, "social.frontline")
    door = f"{reverse('outreach:receive')}?henvisning={row.pk}"
    assert door in team.get(reverse("referrals:referral", args=[row.pk])).content.decode()
    asked = "select count(*) from audit_logrow where act = 'look' and subject_id = %s and citizen_id is not null"
    before = units.owner.execute(asked, [row.pk]).fetchone()
    page = team.get(door)
    assert units.owner.execute(asked, [row.pk]).fetchone() > before
    form = page.context["form"]
    assert form["source"].value() == 8
    for words in TIP.values():
        assert words in form["text"].value()
    assert "Lokalpolitiet" in form["raiser"].value()
    kept = {name: form[name].value() for name in ("source", "text", "raiser")}
    answer = team.post(door, {**kept, "received_on": "1.11.2026"})
    with acting(world.seats["social.frontline"].token):
        made = Inquiry.objects.get()
    assert answer["Location"] == reverse("outreach:inquiry", args=[made.pk])
    assert TIP["facts"] in made.text


@pytest.mark.parametrize("seat", ["social.screener", "psychiatry.frontline", "police.frontline"])
def test_nobody_but_the_unit_that_was_asked_takes_it_up(world: World, units: Units, seat: str) -> None:
    units.sit("social.frontline", "outreach")
    with units.at("police.frontline") as actor:
        row = sent(actor, units, "police", "outreach", "outreach", said(**TIP))
    answer = sit(world, seat).get(f"{reverse('outreach:receive')}?henvisning={row.pk}")
    assert answer.status_code == 404
    assert TIP["facts"] not in answer.content.decode()


def test_a_draft_is_no_tip_yet(world: World, units: Units) -> None:
    units.sit("social.frontline", "outreach")
    with units.at("police.frontline") as actor:
        row = drafted(actor, units, "police", "outreach", "outreach")
    assert sit(world, "social.frontline").get(f"{reverse('outreach:receive')}?henvisning={row.pk}").status_code == 404
