"""The data protection officer's pages in a real browser: nothing for axe, nothing wider than a phone, two languages."""

from collections.abc import Callable

import psycopg
import pytest

from samsvar.retention import jobs as retention_jobs
from tests.browser.hands import Hands
from tests.browser.test_main_job import looks_right
from tests.cases.table import NUMBER, raised
from tests.retention.test_disposal import ended
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_log_is_searched_judged_and_checked(world: World, sits: Callable[..., Hands], language: str) -> None:
    raised(world)
    dpo = sits("police.dpo", language=language)
    dpo.goes("/log/")
    looks_right(dpo, f"log-{language}")
    dpo.page.locator("main details").first.evaluate("fold => fold.open = true")
    dpo.fills(number=NUMBER, reason="insight")
    dpo.sends("main details form button[type=submit]")
    assert "borger=" in dpo.page.url
    assert NUMBER not in dpo.page.url
    looks_right(dpo, f"log-citizen-{language}")
    dpo.goes("/log/gennemsyn/")
    dpo.sends()
    looks_right(dpo, f"reviews-{language}")
    dpo.goes("/log/gennemsyn/regler/")
    looks_right(dpo, f"watch-{language}")
    dpo.goes("/log/gennemsyn/")
    dpo.opens("/log/gennemsyn/")
    looks_right(dpo, f"review-{language}")


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_citizens_rights(world: World, sits: Callable[..., Hands], language: str) -> None:
    case = raised(world)
    dpo = sits("social.dpo", language=language)
    dpo.goes("/rettigheder/ny/")
    dpo.fills(kind="insight", who="Aage Prøvesen", number=NUMBER, identified_by="MitID", reference=case.reference)
    dpo.fills(text="Hvad har I om mig?")
    looks_right(dpo, f"request-new-{language}")
    dpo.sends()
    looks_right(dpo, f"request-{language}")
    dpo.opens("/rettigheder/fortalt/")
    looks_right(dpo, f"told-{language}")
    dpo.goes("/rettigheder/")
    looks_right(dpo, f"requests-{language}")
    dpo.goes("/rettigheder/brud/nyt/")
    dpo.fills(kind="seen", what="En liste lå på printeren", known_hour="0")
    dpo.sends()
    looks_right(dpo, f"breach-{language}")
    dpo.goes("/rettigheder/brud/")
    looks_right(dpo, f"breaches-{language}")
    nurse = sits("psychiatry.frontline", language=language)
    nurse.goes("/rettigheder/spoerg/")
    nurse.fills(number=NUMBER, reason="visit")
    nurse.sends()
    looks_right(nurse, f"ask-{language}")
    member = sits("police.member", language=language)
    member.opens("/rettigheder/spurgt/")
    looks_right(member, f"asked-{language}")
    member.goes(f"/sager/{case.pk}/")
    member.opens("/bemaerkning/")
    looks_right(member, f"remark-{language}")


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_on_its_way_out(
    world: World, sits: Callable[..., Hands], owner_connection: psycopg.Connection, language: str
) -> None:
    case = raised(world)
    ended(owner_connection, case.pk)
    retention_jobs.propose(0)
    member = sits("police.member", language=language)
    member.goes("/opbevaring/")
    looks_right(member, f"disposals-{language}")
    member.page.locator("main input[name=row]").first.check()
    member.sends("main button[value=propose]")
    looks_right(member, f"disposals-proposed-{language}")
    for path, name in (("hold/", "holds"), ("sten/", "stones"), ("regler/", "rules")):
        member.goes(f"/opbevaring/{path}")
        looks_right(member, f"{name}-{language}")
    admin = sits("police.admin", language=language)
    admin.goes("/opbevaring/regler/log/")
    looks_right(admin, f"rule-{language}")
