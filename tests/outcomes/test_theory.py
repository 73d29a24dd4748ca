"""The theories of change stand as printed, lead upwards, and name only indicators that are there."""

import pytest

from samsvar.outcomes import DATA
from samsvar.outcomes.indicators.catalogue import indicators
from samsvar.outcomes.indicators.theory import BOX_WIDTH, WIDTH, TheoryError, draw, read, theories

TEXT = (DATA / "theories.toml").read_text(encoding="utf-8")


@pytest.mark.req("R-004-116", "R-004-117")
def test_three_municipalities_from_what_is_done_to_what_it_is_for() -> None:
    assert [one.key for one in theories()] == ["esbjerg", "koebenhavn", "odense"]
    for one in theories():
        assert next(iter(one.levels)) == "activity"
        assert list(one.levels)[-1] == "long"
        assert all(node.source.startswith("L") and node.said.da != node.said.en for node in one.nodes)
        reached = {lead for node in one.nodes for lead in node.leads}
        assert {node.key for node in one.nodes if node.level != "activity"} <= reached, "nothing comes of itself"
    named = {key for one in theories() for node in one.nodes for key in node.indicators}
    # Minutes alone are not for anything in the printed theories.
    assert set(indicators()) - named == {"I-28"}


@pytest.mark.parametrize("lang", ["da", "en"])
def test_boxes_do_not_lie_on_each_other_and_the_words_fit(lang: str) -> None:
    for one in theories():
        drawing = draw(one, lang)
        by_row: dict[str, list[float]] = {}
        for box in drawing.boxes:
            by_row.setdefault(box.y, []).append(float(box.x))
            assert all("," not in text for text in (box.x, box.y))
            assert len(box.lines) <= 3
            assert not box.lines[-1][0].endswith("…"), box.words
        for places in by_row.values():
            assert min(places) >= BOX_WIDTH / 2
            assert max(places) <= WIDTH - BOX_WIDTH / 2
            assert all(b - a > BOX_WIDTH for a, b in zip(sorted(places), sorted(places)[1:], strict=False))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('leads = ["contact", "problems"]', 'leads = ["nowhere"]'),
        ('leads = ["contact", "problems"]', "leads = []"),
        ('leads = ["contact", "problems"]', 'leads = ["model"]'),
        ('indicators = ["I-01", "I-02", "I-11", "I-17"]', 'indicators = ["I-99"]'),
        ('key = "model", level = "activity"', 'key = "team", level = "activity"'),
        ("[[theories]]", "[theories]"),
    ],
)
def test_a_theory_with_a_hole_is_refused(was: str, becomes: str) -> None:
    assert was in TEXT
    with pytest.raises(TheoryError):
        read(TEXT.replace(was, becomes, 1))
