"""axe has nothing to say of any page, in either language, on a desk and on a phone."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from playwright.sync_api import Browser

from tests.attack.walk import Walker
from tests.browser.pages import Gallery, Shown, every_page, in_english, stand_on_the_stairs, with_faults
from tests.filled import Filled

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def galleries(chromium: Browser) -> Iterator[list[Gallery]]:
    """Two windows, each a process of its own, so that both processors work."""
    contexts = [chromium.new_context(viewport=DESK, locale="da-DK") for _ in range(2)]
    hung = [Gallery(context.new_page()) for context in contexts]
    yield hung
    for gallery in hung:
        gallery.close()
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def everybody(walker: Walker, walked: Filled) -> Walker:
    """Requests by whoever has a seat, and by those who are on their way in."""
    stand_on_the_stairs(walker, walked)
    return walker


@pytest.fixture(scope="module")
def pages(everybody: Walker, walked: Filled) -> list[Shown]:
    """Every page of the URL conf."""
    found, nobodys = every_page(everybody, walked)
    assert not nobodys, f"{nobodys}: nobody comes to these pages; say in tests/browser/pages.py who does"
    return found


def _wrong_with(
    galleries: list[Gallery], pages: list[Shown], sizes: list[dict[str, int]], *, colours: bool = True
) -> list[str]:
    """What axe, the browser and a narrow screen have to say, one line each."""
    wrong = []
    for first in range(0, len(pages), len(galleries)):
        hung = list(zip(galleries, pages[first:], strict=False))
        for gallery, shown in hung:
            gallery.page.set_viewport_size(sizes[0])
            gallery.hang(shown)
        for size in sizes:
            for gallery, _ in hung:
                gallery.page.set_viewport_size(size)
                gallery.hands.start_axe(colours=colours)
            for gallery, shown in hung:
                found = gallery.hands.axe_found()
                wrong += [f"{shown.name} as {shown.seat} at {size['width']} px: {one}" for one in found]
        for gallery, shown in hung:
            where = f"{shown.name} as {shown.seat}"
            if (excess := gallery.hands.sideways()) > 0:
                wrong.append(f"{where}: {excess} px wider than a phone")
            wrong += [f"{where}: {complaint}" for complaint in gallery.hands.complaints]
    return wrong


def test_every_page_in_danish(galleries: list[Gallery], pages: list[Shown]) -> None:
    assert len(pages) > 100
    wrong = _wrong_with(galleries, pages, [DESK, PHONE])
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("size", [PHONE, pytest.param(DESK, marks=pytest.mark.drill)], ids=["phone", "desk"])
def test_every_page_in_english(
    everybody: Walker, galleries: list[Gallery], pages: list[Shown], size: dict[str, int]
) -> None:
    english = [in_english(everybody, page) for page in pages]
    assert [page.name for page in english if b'<html lang="en">' not in page.answer.body] == []
    # A colour is the same in both languages.
    wrong = _wrong_with(galleries, english, [size], colours=False)
    assert wrong == [], "\n".join(wrong)


def test_every_form_with_faults_and_every_page_of_an_error(
    everybody: Walker, galleries: list[Gallery], pages: list[Shown]
) -> None:
    with translation.override("da"):
        faults = with_faults(everybody, pages)
    assert len(faults) > 40
    wrong = _wrong_with(galleries, faults, [PHONE])
    assert wrong == [], "\n".join(wrong)
