"""The outreach team of the demonstration has been there long enough that something can be told of what changed."""

import psycopg
import pytest

from samsvar.outcomes.analysis.effect import figures
from samsvar.outcomes.selectors.published import effect_of, indicators_of
from tests.conftest import Database
from tests.demo.conftest import at_work


def test_the_leader_sees_what_changed_and_for_whom(
    told: Database, owner: psycopg.Connection, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock(), at_work(told, owner, "Teamleder", "Odsherred") as actor:  # type: ignore[attr-defined]
        shown = effect_of(actor, "samsvar-2026")
        indicated = indicators_of(actor)
    told_changes = dict(figures(shown.effect))
    for scale in ("aabner_doeren", "tillid"):
        changes = [one["difference"] for name, one in told_changes.items() if name.startswith(f"change.{scale}.")]
        assert changes, "what changed is hidden, since too few have two reports"
        assert min(changes) > 0
    told_of = {key for key, parts in indicated.counted.items() for one in parts if one.of().value is not None}
    assert {"I-21", "I-22", "I-23"} <= told_of
