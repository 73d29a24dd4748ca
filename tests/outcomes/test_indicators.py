"""The thirty indicators are there, and each is counted from something that is there."""

import pytest

from samsvar.outcomes import DATA
from samsvar.outcomes.indicators.catalogue import IndicatorError, IndicatorKind, indicators, read

TEXT = (DATA / "indicators.toml").read_text(encoding="utf-8")
FOUND = indicators()


def test_all_thirty_are_there_with_their_lines() -> None:
    assert list(FOUND) == [f"I-{number:02}" for number in range(1, 31)]
    assert all(one.source.startswith("L") for one in FOUND.values())
    assert all(one.said.da != one.said.en for one in FOUND.values())


@pytest.mark.req("R-004-117")
def test_what_nobody_has_given_a_meaning_is_marked() -> None:
    """Isolation broken, trust, and recognition of need."""
    assert [one.key for one in FOUND.values() if one.open] == ["I-19", "I-23", "I-30"]


def test_scales_need_no_log() -> None:
    assert {one.key for one in FOUND.values() if one.kind is IndicatorKind.SCALE} == {
        f"I-{number}" for number in range(21, 27)
    }
    assert all(one.from_answers for one in FOUND.values() if one.kind is IndicatorKind.SCALE)
    assert FOUND["I-29"].figure == "N-18"
    assert not FOUND["I-29"].from_answers


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('fields = ["q17"]', 'fields = ["q99"]'),
        ('scales = ["aabner_doeren"]', 'scales = ["aabner_vinduet"]'),
        ('figure = "N-18"', 'figure = "N-99"'),
        ('key = "I-02"', 'key = "I-01"'),
        ('kind = "count"', 'kind = "feeling"'),
        ('logs = ["contacts"]', ""),
        ('source = "L2176"', ""),
        ("open = true", "opens = true"),
        ("[[indicators]]", "[indicators]"),
    ],
)
def test_an_indicator_with_a_hole_is_refused(was: str, becomes: str) -> None:
    assert was in TEXT
    with pytest.raises(IndicatorError):
        read(TEXT.replace(was, becomes, 1))
