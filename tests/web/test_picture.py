"""The table from above: who holds it, since when, what next, who knows what; never more than it was given."""

import datetime
import re
import unicodedata
from xml.etree import ElementTree

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samsvar.web.picture import BIG, SMALL, Chair, TablePicture, draw, name_lines


def table(count=3, holder=1, **facts):
    chairs = [
        Chair(f"M{n}", f"Myndighed {n}", is_holder=n == holder, days=12, supports=n == 2, told=n != 0)
        for n in range(count)
    ]
    return TablePicture(chairs, **facts)


def show(picture, size="big"):
    source = '{% load dkfds %}{% table_picture table "' + size + '" %}'
    return engines["django"].from_string(source).render({"table": picture})


def drawing(page):
    return ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])  # noqa: S314 - our own drawing


@pytest.mark.parametrize("count", range(2, 10))
@pytest.mark.parametrize("shape", [BIG, SMALL])
def test_the_chairs_of_any_table_lie_inside_the_drawing_and_apart(count, shape):
    places = [(float(place.x), float(place.y)) for place in draw(table(count), shape).chairs]
    half = shape.seat / 2
    assert all(half <= x <= shape.width - half and half <= y <= shape.height - half for x, y in places)
    for index, (x, y) in enumerate(places):
        for other_x, other_y in places[index + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 > shape.seat**2


def test_the_rope_leads_to_the_one_holder_and_to_nobody_else():
    placed = draw(table(5, holder=3)).chairs
    assert [bool(place.rope) for place in placed] == [False, False, False, True, False]
    assert placed[3].rope.endswith(f"{placed[3].x} {placed[3].y}")
    assert show(table(5, holder=3)).count('class="table-rope"') == 1


def test_a_table_without_a_holder_has_no_rope_and_says_so():
    page = show(table(3, holder=-1))
    assert "table-rope" not in page
    assert "Ingen har handlingsansvaret nu." in page


def test_a_holder_is_never_drawn_as_supporting_itself():
    assert draw(table(3, holder=2)).chairs[2].support == ""
    assert draw(table(3, holder=1)).chairs[2].support


@pytest.mark.parametrize("size", ["big", "small"])
def test_the_sentence_beside_the_picture_says_who_holds_it_and_what_is_next(size):
    page = show(table(next_step="ring til boligselskabet"), size)
    text = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert "Myndighed 1 har handlingsansvaret, på 12. dag." in text
    assert "Næste: ring til boligselskabet" in text


def test_the_big_picture_says_since_when_and_who_has_been_told():
    page = show(table(since=datetime.date(2026, 3, 4)))
    assert "Siden 4. marts 2026." in page
    assert page.count("har ikke fået noget at vide") == 1
    assert page.count('class="chair-door"') == 2


def test_a_case_without_a_next_step_says_so():
    assert "Næste skridt er ikke aftalt." in show(table())


def test_the_first_day_is_today():
    picture = TablePicture([Chair("A", "Myndighed A", is_holder=True), Chair("B", "Myndighed B")])
    assert "fra i dag" in picture.holder_sentence
    assert draw(picture).days_text == "i dag"


def test_the_picture_is_read_aloud_as_the_same_facts():
    root = drawing(show(table()))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == table().text
    assert [child.tag for child in root][:2] == ["title", "desc"]
    assert "aria-hidden" in drawing(show(table(), "small")).attrib


def test_the_picture_speaks_english():
    with translation.override("en"):
        assert "Myndighed 1 has the responsibility to act, on day 12." in show(table())


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("size", ["big", "small"])
def test_coordinates_never_get_a_danish_comma_and_no_style_is_inline(language, size):
    with translation.override(language):
        page = show(table(7), size)
    for number in re.findall(r'(?:\b[xy]|c[xy]|r[xy]?|d|transform|viewBox)="([^"]*)"', page):
        assert "," not in number
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)


def test_ten_authorities_are_listed_when_they_cannot_be_drawn():
    page = show(table(10))
    assert "<svg" not in page
    assert page.count("<li") == 10
    with pytest.raises(ValueError, match="chairs"):
        draw(table(10))


@given(st.text(max_size=120))
def test_any_name_takes_at_most_two_short_lines(name):
    lines = name_lines(name)
    assert len(lines) <= 2
    # A mark that combines with the sign before it takes no room.
    assert all(sum(not unicodedata.combining(sign) for sign in line) <= 16 for line in lines)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=60))
def test_any_name_is_drawn_as_text(name):
    picture = TablePicture([Chair(name, name, is_holder=True), Chair("B", "B", told=True)], next_step=name)
    for size in ("big", "small"):
        root = drawing(show(picture, size))
        assert root.find(".//script") is None
