"""The quarterly journal (R-004-93): a form that is a file, written by a team, seen by no other, also on paper."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.instruments import instrument as instruments
from samsvar.instruments.instrument import Occasion, quarterly
from samsvar.outcomes import services
from samsvar.outcomes.models import Journal
from samsvar.outcomes.selectors import journals as selectors
from samsvar.outreach.services import OutreachError
from samsvar.postgres.actor import Actor, acting
from tests.clients import sit
from tests.world import World

Acts = Callable[[], AbstractContextManager[Actor]]


def this_quarter() -> date:
    """The first day of the quarter of today."""
    today = timezone.localdate()
    return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)


@pytest.fixture
def journal(worker: Acts) -> Journal:
    """A journal that nobody has written in yet."""
    with worker() as actor:
        return services.start_journal(actor, quarterly()[0].stamp, this_quarter())


def test_the_journal_has_its_four_activities_with_hours_and_the_six_reflections() -> None:
    (form,) = quarterly()
    assert all(one.when == {Occasion.QUARTER} for one in form.questions)
    for part in (2, 3, 4, 5):
        kinds = [one.kind.value for one in form.questions if one.part == part]
        assert kinds == ["one", "text", "number", "text", "text"], part
    prompts = {one.note.label("da").count("?") for one in form.questions if one.note}
    assert prompts == {6}


def test_it_is_written_page_by_page_and_nothing_is_lost(world: World, team: UUID) -> None:
    browser = sit(world, "social.frontline")
    listed = reverse("outcomes:journals")
    assert browser.post(listed, {"quarter": "1999-01-01", "form": "x"}).status_code == 400
    address = browser.post(listed, {"quarter": this_quarter().isoformat(), "form": quarterly()[0].stamp})["Location"]
    page = browser.get(address).content.decode()
    assert 'name="q1"' in page
    assert 'name="q3"' not in page
    answer = browser.post(address, {"q1": 2, "q2": 1, "shown": "q1 q2", "keep": "1", "version": 1})
    assert answer["Location"] == address
    page = browser.get(address).content.decode()
    assert 'name="q4"' in page
    said = {"q3": "3. og 17.", "q4": 4, "q5": "Udskrivning", "q6": "Gik godt", "q7": 0, "shown": "q1 q2 q3 q4 q5 q6 q7"}
    wrong = browser.post(address, {"q1": 2, "q2": 1, **said, "q4": "x", "keep": "1", "version": 2})
    assert wrong.status_code == 400
    assert "Gik godt" in wrong.content.decode()
    late = browser.post(address, {"q1": 2, "q2": 1, **said, "keep": "1", "version": 1})
    assert "En anden har skrevet i journalen" in late.content.decode()
    named = browser.post(address, {"q1": 2, "q2": 1, **said, "q5": "Om 010190-1234", "keep": "1", "version": 2})
    assert named.status_code == 400
    assert browser.post(address, {"q1": 2, "q2": 1, **said, "keep": "1", "version": 2}).status_code == 302
    with acting(world.seats["social.screener"].token) as other:
        (one,) = selectors.journals(other)
        assert (one.about, one.answers["q4"], one.journal.version) == ("Psykiatrien", 4, 3)
    assert "Psykiatrien" in browser.get(listed).content.decode()


def test_the_same_questions_come_on_paper(world: World, journal: Journal) -> None:
    answer = sit(world, "social.frontline").get(reverse("outcomes:journal_paper", args=[journal.pk]))
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("seat", ["social.member", "psychiatry.frontline", "police.member"])
def test_nobody_of_another_unit_finds_it(world: World, journal: Journal, elsewhere: UUID, seat: str) -> None:
    browser = sit(world, seat)
    assert browser.get(reverse("outcomes:journal", args=[journal.pk])).status_code == 404
    with acting(world.seats[seat].token) as actor:
        assert not Journal.objects.exists()
        with pytest.raises(OutreachError):
            services.keep_journal(actor, journal, {"q1": 1}, 1)


def test_another_quarterly_form_is_a_file_and_needs_no_code(
    world: World, team: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("isbryder-2008", "kvartal-2008"):
        (tmp_path / f"{name}.toml").write_bytes((instruments.DATA / f"{name}.toml").read_bytes())
    own = (tmp_path / "kvartal-2008.toml").read_text(encoding="utf-8")
    new = own.replace('key = "kvartalsjournal"', 'key = "naboskema"').replace(
        'title_da = "Kvartalsjournal om samarbejde"', 'title_da = "Vores eget skema"'
    )
    (tmp_path / "kvartal-naboer.toml").write_text(new, encoding="utf-8")
    monkeypatch.setattr(instruments, "DATA", tmp_path)
    instruments.quarterly.cache_clear()
    instruments.instrument.cache_clear()
    try:
        browser = sit(world, "social.frontline")
        assert "Vores eget skema" in browser.get(reverse("outcomes:journals")).content.decode()
        chosen = {"quarter": this_quarter().isoformat(), "form": "naboskema 2008.1"}
        address = browser.post(reverse("outcomes:journals"), chosen)["Location"]
        assert 'name="q1"' in browser.get(address).content.decode()
    finally:
        monkeypatch.undo()
        instruments.quarterly.cache_clear()
        instruments.instrument.cache_clear()
