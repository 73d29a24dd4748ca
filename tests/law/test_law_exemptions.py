"""Which exemption an authority can use to leave a citizen untold for now, on which day (L12, L21)."""

from datetime import date

import pytest

from samsvar.law.exemptions import exemptions, meant, receivers_duty, usable

NOW = date(2026, 3, 2)


def keys(kind: str, regime: str, on: date = NOW) -> set[str]:
    return {one.key for one in usable(kind, regime, on)}


@pytest.mark.req("R-000-102")
def test_each_authority_is_offered_its_own_laws_alone() -> None:
    assert keys("psychiatry", "gdpr") == {"sul43_4", "dbl22_1", "dbl22_2", "gdpr14_5b"}
    assert keys("social", "gdpr") == {"dbl22_1", "dbl22_2", "gdpr14_5b"}
    assert keys("police", "rhl") == {"rhl14"}


def test_an_exemption_is_read_as_it_was_on_its_day() -> None:
    before = date(2018, 5, 24)
    assert keys("social", "gdpr", before) == {"pdl30_1", "pdl30_2"}
    assert meant("dbl22_1", before) is None
    old = meant("pdl30_1", before)
    assert old is not None
    assert old.source() == "persondataloven § 30, stk. 1"
    assert old.source("en") == "Personal Data Act § 30(1)"


def test_each_says_its_paragraph_and_its_use_in_both_languages() -> None:
    for one in exemptions():
        assert one.label("da") != one.label("en")
        assert "§" in one.source() or "artikel" in one.source()
        assert one.status in ("verified", "unverified")


@pytest.mark.req("R-002-76")
def test_whoever_receives_must_tell_under_gdpr_and_not_under_the_law_enforcement_act() -> None:
    duty = receivers_duty("gdpr", NOW)
    assert duty is not None
    assert duty.source("en") == "General Data Protection Regulation, article 14"
    assert receivers_duty("rhl", NOW) is None
    assert receivers_duty("gdpr", date(2018, 5, 24)) is None
