"""The figures that the annex volume prints, and what is said of those that it does not."""

import pytest

from samsvar.instruments.instrument import DATA as FORMS
from samsvar.outcomes import DATA
from samsvar.outcomes.analysis.reference import NO_CAUSE, WHOSE, figures, goal, percent, places

FIGURES = figures()


@pytest.mark.req("R-004-109")
@pytest.mark.parametrize(
    ("key", "total"),
    [
        ("N-01", 100),
        ("N-02", 263),
        ("N-03", 274),
        ("N-04", 1),
        ("N-05", 1330),
        ("N-06", 3012),
        ("N-07", 33),
        ("N-08", 25),
    ],
)
def test_n_01_to_n_08_add_up_as_printed(key: str, total: int) -> None:
    assert FIGURES[key].summed == FIGURES[key].total == total


@pytest.mark.req("R-004-109")
def test_n_04_two_halves_are_one_place() -> None:
    assert places(0, 2) == 1
    assert places(3, 1) == 3.5


@pytest.mark.req("R-004-109")
def test_n_07_three_of_thirty_three() -> None:
    figure = FIGURES["N-07"]
    assert figure.of is not None
    assert percent(figure.of, figure.summed) == figure.share == 9.1
    # 28 drawn, 25 left out, 3 left; 5 more names make 33.
    assert figure.parts[0] - FIGURES["N-08"].summed == 3
    assert percent(1, 0) is None


@pytest.mark.req("R-004-109")
@pytest.mark.parametrize(
    ("found", "broken", "takes_part", "reached"),
    [(15, 15, True, True), (14, 14, True, False), (15, 14, True, False), (20, 15, True, True), (15, 15, False, False)],
)
def test_n_14_odense_s_goal(found: int, broken: int, takes_part: bool, reached: bool) -> None:
    assert goal().reached(found, broken, takes_part) is reached


@pytest.mark.req("R-004-109")
def test_n_15_to_n_19_are_kept_as_printed() -> None:
    assert FIGURES["N-15"].parts == (100, 200, 200, 30, 30)
    assert FIGURES["N-16"].parts == (500000, 1250, 8, 13, 8, 1)
    assert FIGURES["N-17"].parts == (185000,)
    assert percent(1, 3) == FIGURES["N-18"].share
    assert FIGURES["N-19"].parts == (133.6, 2010, 2012)
    # N-09 to N-11 are days, N-12 alphas and N-13 thresholds: test_schedule, test_scales, test_statistics.
    assert {f"N-{number:02}" for number in (*range(1, 9), *range(15, 20))} == set(FIGURES)


@pytest.mark.req("R-004-110")
def test_nothing_in_the_product_is_an_effect_of_isbryder() -> None:
    """The volume prints no mean before or after, no t, F or p of a result, and so none can stand in our data."""
    for said in (WHOSE, NO_CAUSE):
        assert said.da
        assert said.en
    assert "ikke Isbryderprojektets resultater" in WHOSE.da
    for path in (*FORMS.glob("*.toml"), *DATA.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        for word in ("effect =", "mean_before", "mean_after", "result_p", "cohen"):
            assert word not in text, path.name
