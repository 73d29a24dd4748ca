"""A month's report, filled in as somebody at a desk does: page after page, as the questions come."""

import re
from collections.abc import Iterator

from django.test import Client

# What the log cannot know, at a start and at a wave.
START: dict[str, object] = {
    **{f"q{number}": 1 for number in (3, 4, 5, 6, 8, 9, 11, 12, 13, 15, 17, 18)},
    "q7": [1],
    "q19": [0],
}
WAVE: dict[str, object] = {
    **{f"q20_{item}": 77 for item in range(1, 7)},
    **{f"q34_{item}": 0 for item in range(1, 5)},
    **{f"q37_{item}": 1 for item in range(1, 8)},
    **{f"q38_{item}": 77 for item in (1, 3, 4, 5, 6)},
    "q22": 0,
    "q23": 2,
    "q24": 1,
    "q25": 2,
    "q32": 0,
    "q33": 1,
    "q35": 1,
    "q36": 0,
}
PARTNERS: dict[str, object] = {"q30_minutes": 0, "q30_calls": 0, "q31": [0]}


def fill(browser: Client, address: str, **typed: object) -> str:
    """Answer a report with what stands there and what is typed, and send it; where it leads."""
    for _page in range(20):
        page = browser.get(address)
        assert page.status_code == 200, address
        words = page.content.decode()
        answer = browser.post(address, {**dict(standing(words)), **typed, **_box("shown", words), "send": "1"})
        assert answer.status_code == 302, answer.content.decode()
        if answer["Location"] != address:
            return str(answer["Location"])
    raise AssertionError("the report has no end")


def _box(name: str, page: str) -> dict[str, str]:
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    assert found
    return {name: found[1]}


def standing(page: str) -> Iterator[tuple[str, list[str]]]:
    """What a browser would send back of the page as it stands."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="(q[^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and ("checked" in tag or ('type="radio"' not in tag and 'type="checkbox"' not in tag)):
            found.setdefault(name[1], []).append(value[1])
    yield from found.items()
