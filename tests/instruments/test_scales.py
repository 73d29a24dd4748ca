"""How answers become scores: sums and means, 0 and 77, reversed and unasked items, alpha and its bands."""

from statistics import variance

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsvar.instruments.flow import Answer
from samsvar.instruments.scales import (
    Method,
    Missing,
    NotAsked,
    Settings,
    complete_rows,
    cronbach,
    item_values,
    scales,
    score,
)

SET = scales()
SCALES = SET.scales
TRUST, GUARD = SCALES["tillid"], SCALES["vaergemaal"]


def answers(key: str, *values: int | None) -> dict[str, Answer]:
    return {name: value for name, value in zip(SCALES[key].fields, values, strict=True) if value is not None}


@pytest.mark.req("R-004-95")
def test_the_measures_of_the_report_are_all_there_with_their_direction() -> None:
    assert {scale.key: (scale.low, scale.high, scale.better) for scale in SCALES.values()} == {
        "aabner_doeren": (1, 9, "high"),
        "kontakt_offentlige": (1, 4, ""),
        "kontakt_professionelle": (0, 4, "high"),
        "kontakt_private": (0, 4, "high"),
        "psykisk_afstand": (1, 9, "high"),
        "tilknytning": (0, 3, "high"),
        "tillid": (0, 3, "high"),
        "opsoeger_kontakt": (0, 3, "high"),
        "boligtilstand": (0, 7, "low"),
        "boligrisiko": (0, 2, "low"),
        "selvhjulpenhed": (0, 4, "high"),
        "erkendelse": (0, 3, "high"),
        "vaergemaal": (0, 3, "high"),
        "psykisk_tilstand": (0, 3, "low"),
        "livskvalitet": (0, 3, "high"),
    }
    assert [scale.construct.da for scale in SCALES.values()].count("Isolation") == 4
    # The same answer is not tested twice, and a kind is never averaged.
    assert {"psykisk_afstand", "kontakt_offentlige"} == set(SCALES) - {scale.key for scale in SET.measured()}
    with pytest.raises(ValueError, match="no order"):
        score(SCALES["kontakt_offentlige"], {"q18": 1})


@pytest.mark.req("R-004-96")
def test_sums_lie_in_the_stated_ranges_and_the_mean_is_a_setting() -> None:
    plain, mean = Settings(), Settings(method=Method.MEAN)
    ranges = {key: SCALES[key].range(plain) for key in ("tillid", "psykisk_tilstand", "livskvalitet", "vaergemaal")}
    assert ranges == {"tillid": (0, 12), "psykisk_tilstand": (0, 18), "livskvalitet": (0, 21), "vaergemaal": (0, 18)}
    assert SCALES["boligtilstand"].range(plain) == (0, 7)
    assert score(TRUST, answers("tillid", 3, 2, 0, 1)).value == 6
    assert score(TRUST, answers("tillid", 3, 2, 0, 1), mean).value == 1.5
    assert score(TRUST, answers("tillid", 3, 2, 0, 1), mean).high == 3


@pytest.mark.req("R-004-83", "R-004-97")
def test_77_takes_the_score_away_or_is_made_up_for_and_0_is_a_number() -> None:
    unknown = answers("tillid", 3, 2, 77, 1)
    assert score(TRUST, unknown).value is None
    assert score(TRUST, unknown, Settings(missing=Missing.HALF)).value == 8
    assert score(TRUST, answers("tillid", 3, 2, None, 1)).value is None
    assert score(TRUST, answers("tillid", 3, 77, 77, 77), Settings(missing=Missing.HALF)).value is None
    assert score(TRUST, answers("tillid", 0, 0, 0, 0)).value == 0
    assert score(TRUST, {}).value is None
    assert score(SCALES["boligtilstand"], {"q21": ()}).value == 0
    assert score(SCALES["boligtilstand"], {"q21": (1, 3, 7)}).value == 3
    assert score(SCALES["boligtilstand"], {"q21": (77,)}).value is None


@pytest.mark.req("R-004-97")
def test_the_sixth_item_of_guardianship_is_reversed_unless_somebody_says_not() -> None:
    given = answers("vaergemaal", 3, 2, 2, 1, 1, 3)
    assert score(GUARD, given).value == 9
    assert score(GUARD, given, Settings(reverse=False)).value == 12


@pytest.mark.req("R-004-97", "R-004-82")
@pytest.mark.parametrize(
    ("rule", "value", "high", "mean"),
    [(NotAsked.SHORTER, 7, 15, 1.4), (NotAsked.ZERO, 7, 18, 7 / 6), (NotAsked.MISSING, None, 18, None)],
)
def test_an_item_that_was_not_asked(rule: NotAsked, value: float | None, high: int, mean: float | None) -> None:
    given = answers("vaergemaal", 0, None, 2, 1, 1, 0)
    found = score(GUARD, given, Settings(not_asked=rule))
    assert (found.value, found.high) == (value, high)
    assert score(GUARD, given, Settings(not_asked=rule, method=Method.MEAN)).value == mean


@pytest.mark.parametrize("first", [77, None])
def test_where_nobody_knows_of_relatives_nothing_follows(first: int | None) -> None:
    """Not asked because the first was not known is not the same as not asked because there are none."""
    given = answers("vaergemaal", first, None, 2, 1, 1, 0)
    for rule in NotAsked:
        assert score(GUARD, given, Settings(not_asked=rule)).value is None
    assert score(GUARD, answers("vaergemaal", 2, None, 2, 1, 1, 0)).value is None


@pytest.mark.req("R-004-97")
def test_the_rules_are_told_with_the_result() -> None:
    rules = [said.da for said in Settings().rules()]
    assert len(rules) == 4
    assert any("Ved ikke" in rule for rule in rules)
    assert any("vendt" in rule for rule in rules)
    for other in (
        Settings(method=Method.MEAN),
        Settings(missing=Missing.HALF),
        Settings(reverse=False),
        Settings(not_asked=NotAsked.ZERO),
    ):
        assert [said.da for said in other.rules()] != rules
        assert other.as_data() != Settings().as_data()


@pytest.mark.req("R-004-98", "R-004-109")
def test_f4_alpha_and_its_band() -> None:
    rows = [[3, 2, 1, 1], [2, 2, 1, 0], [3, 3, 2, 2], [1, 1, 0, 0], [2, 1, 1, 1], [0, 1, 0, 0]]
    assert sum(variance(column) for column in zip(*rows, strict=True)) == pytest.approx(3.266667, abs=5e-7)
    assert variance([sum(row) for row in rows]) == pytest.approx(10.8)
    alpha = cronbach(rows)
    assert alpha == pytest.approx(0.930041, abs=5e-7)
    assert alpha is not None
    assert SET.band(alpha).da == "Fremragende"


@pytest.mark.req("R-004-99", "R-004-109")
@pytest.mark.parametrize(
    ("key", "alpha", "band"),
    [
        ("tillid", 0.89, "God"),
        ("vaergemaal", 0.85, "God"),
        ("psykisk_tilstand", 0.81, "God"),
        ("livskvalitet", 0.82, "God"),
    ],
)
def test_n_12_the_printed_alphas_are_kept_with_their_bands(key: str, alpha: float, band: str) -> None:
    assert SCALES[key].reference_alpha == alpha
    assert SET.band(alpha).da == band
    assert sum(scale.reference_alpha is not None for scale in SCALES.values()) == 4


@pytest.mark.req("R-004-98")
@pytest.mark.parametrize(
    ("alpha", "band"),
    [
        *((0.91, "Fremragende"), (0.9, "God"), (0.8, "God"), (0.79, "Acceptabel"), (0.7, "Acceptabel")),
        *((0.69, "Tvivlsom"), (0.6, "Tvivlsom"), (0.5, "Dårlig"), (0.49, "Uacceptabel"), (-1.0, "Uacceptabel")),
    ],
)
def test_the_bands_of_george_and_mallery(alpha: float, band: str) -> None:
    assert SET.band(alpha).da == band


def test_alpha_does_not_exist_where_nobody_differs() -> None:
    assert cronbach([]) is cronbach([[1, 2]]) is cronbach([[1], [2]]) is cronbach([[1, 2], [2, 1]]) is None


@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=2, max_size=40))
def test_alpha_by_another_way(rows: list[list[int]]) -> None:
    """From the mean covariance and the mean variance of the items."""
    alpha = cronbach(rows)
    matrix = np.cov(np.array(rows, float), rowvar=False)
    total = matrix.sum()
    if alpha is None:
        assert total == pytest.approx(0, abs=1e-9)
    else:
        assert alpha == pytest.approx(4 / 3 * (total - np.trace(matrix)) / total, abs=1e-8)


@given(
    st.sampled_from([scale for scale in SET.measured() if not scale.ticks]),
    st.lists(st.sampled_from([0, 1, 2, 3, 4, 9, 77, None]), min_size=7, max_size=7),
    st.builds(Settings, st.sampled_from(Method), st.sampled_from(Missing), st.booleans(), st.sampled_from(NotAsked)),
)
def test_a_score_is_in_its_range_or_is_none(scale: object, codes: list[int | None], rules: Settings) -> None:
    measure = SCALES[getattr(scale, "key", "")]
    given = {name: code for name, code in zip(measure.fields, codes, strict=False) if code is not None}
    found = score(measure, given, rules)
    assert found.value is None or found.low - 1e-9 <= found.value <= found.high + 1e-9
    assert 77 not in item_values(measure, given, rules)
    rows = complete_rows(measure, [given], rules)
    assert not rows or found.value is not None
