"""The time of day as people type it."""

from datetime import time

import pytest

from samsvar.forms.fields import ClockField


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("13", time(13)),
        ("10", time(10)),
        ("23", time(23)),
        ("09:00", time(9)),
        ("9.30", time(9, 30)),
        ("930", time(9, 30)),
        ("1430", time(14, 30)),
        (" 13 ", time(13)),
    ],
)
def test_an_hour_is_the_hour_that_was_meant(typed: str, meant: time) -> None:
    assert ClockField().clean(typed) == meant
