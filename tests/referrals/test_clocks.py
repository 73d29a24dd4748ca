"""What is open follows a changed pack by rule, and a worker that was dead misses nothing and says nothing twice."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from samsvar.calendar.clocks import DATA, Stage
from samsvar.referrals import jobs, services
from samsvar.referrals.models import Referral
from samsvar.referrals.pathways import RESTS, clock_of, to_say, ways
from samsvar.referrals.transitions import Facts, days_of, rules
from tests.referrals.ground import TOLD, Units, said, sent

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2036, 12, 31), timezones=st.just(UTC))
CHANGES = date(2025, 3, 1)
# A pack is read once: those of the examples are made once too.
_FOLDER = TemporaryDirectory(prefix="samsvar-packs-")
PACKS = Path(_FOLDER.name)


def changed(folder: Path, key: str, value: int, rule: str) -> str:
    """A pack in which a limit has another value from a day on, and a rule for what is open."""
    own = folder / f"{key}-{value}-{rule}.toml"
    if own.exists():
        return str(own)
    head, *entries = DATA.read_text(encoding="utf-8").split("[[limits]]")
    [old] = [one for one in entries if f'key = "{key}"\n' in one]
    before = old.rstrip() + f"\nin_force_to = {CHANGES - timedelta(days=1)}\n\n"
    lines = [line for line in old.splitlines() if not line.startswith(("value", "in_force_from", "open_items", "warn"))]
    after = "\n".join([*lines, f"value = {value}", f"in_force_from = {CHANGES}", f'open_items = "{rule}"']) + "\n"
    rest = [one for one in entries if one is not old]
    own.write_text("[[limits]]".join([head, before, after + "\n", *rest]), encoding="utf-8")
    return str(own)


class TestPathways:
    """Clocks kept with a way."""

    @given(st.sampled_from(sorted({one.key for one in ways().clocks} | {RESTS})), DAYS, st.lists(MOMENTS, max_size=12))
    def test_none_is_missed_and_none_said_twice(self, key: str, since: date, looked: list[datetime]) -> None:
        kept: dict[str, Any] = {"since": since.isoformat(), "done": None, "said": Stage.RUNS.value}
        heard = []
        for now in [*sorted(looked), datetime(2099, 1, 1, tzinfo=UTC)]:
            if (word := to_say(key, kept, now)) is not None:
                heard.append(word)
                kept["said"] = word.value
        assert heard in ([Stage.OUT], [Stage.WARNS, Stage.OUT])
        assert to_say(key, kept | {"done": since.isoformat(), "said": "runs"}, datetime(2099, 1, 1, tzinfo=UTC)) is None

    @given(DAYS, st.sampled_from([3, 12, 40]))
    def test_an_open_clock_follows_the_rule_beside_the_change(self, since: date, value: int) -> None:
        today = max(since, date(2025, 6, 1))
        timed = clock_of("buk_letter")
        assert timed
        dues = {}
        for rule in ("follow", "keep"):
            with override_settings(LIMITS_FILE=changed(PACKS, "buk_letter", value, rule)):
                clock = timed.clock(since, today)
                assert clock
                dues[rule] = clock.due
        old, new = since + timedelta(days=7), since + timedelta(days=value)
        assert dues["keep"] == (new if since >= CHANGES else old)
        # Never run out before the change came into force.
        assert dues["follow"] == (new if since >= CHANGES else max(new, CHANGES))

    def test_a_clock_whose_limit_is_gone_says_nothing(self, tmp_path: Path) -> None:
        own = tmp_path / "limits.toml"
        own.write_text(
            DATA.read_text(encoding="utf-8").replace('key = "buk_letter"', 'key = "letter"'), encoding="utf-8"
        )
        timed = clock_of("buk_letter")
        assert timed
        with override_settings(LIMITS_FILE=str(own)):
            assert timed.clock(date(2026, 1, 1), date(2026, 2, 1)) is None


class TestTransitions:
    """Days that follow from a birthday, or from a day."""

    @given(st.sampled_from(rules()), DAYS, st.lists(DAYS, max_size=12))
    def test_none_is_missed_and_none_said_twice(self, rule: Any, day: date, looked: list[date]) -> None:
        facts = Facts(rule, day, None) if rule.by_birth else Facts(rule, None, day)
        stages, told = [], 0
        for today in [*sorted(looked), date(2120, 1, 1)]:
            stage = jobs.how_far(rule, facts, today, "no", accepted=False, waits=False, first_on=None)
            if stage > told:
                stages.append(told := stage)
        assert stages == sorted(set(stages))
        # However seldom it looked, it ends where one ends that looked every day.
        assert stages[-1] == jobs.how_far(
            rule, facts, date(2120, 1, 1), "no", accepted=False, waits=False, first_on=None
        )
        assert stages[-1] >= 1

    @given(st.dates(date(1990, 1, 1), date(2020, 12, 31)))
    def test_an_open_one_follows_the_changed_pack(self, born: date) -> None:
        rule = next(one for one in rules() if one.key == "child_adult")
        before = days_of(Facts(rule, born, None), CHANGES)
        own = PACKS / "earlier.toml"
        if not own.exists():
            pack = DATA.read_text(encoding="utf-8")
            own.write_text(pack.replace("value = 198", "value = 192"), encoding="utf-8")
        with override_settings(LIMITS_FILE=str(own)):
            after = days_of(Facts(rule, born, None), CHANGES)
        assert after.starts < before.starts
        assert (after.late_from, after.turns) == (before.late_from, before.turns)


class TestReferrals:
    """What waits for an answer by a limit."""

    @pytest.mark.req("R-002-124", "R-002-53")
    def test_a_notification_is_due_by_the_limit_and_follows_a_changed_pack(self, units: Units, tmp_path: Path) -> None:
        with units.at("psychiatry.frontline") as actor:
            row = sent(actor, units, "district", "child", "notification", said("seen") | TOLD, basis="duty")
        assert row.sent_at
        assert row.due_at
        assert row.due_at - row.sent_at == timedelta(hours=24)

        def due() -> datetime:
            with units.at("social.screener"):
                found = Referral.objects.get(pk=row.pk).due_at
                assert found
                return found

        assert jobs.limits(0) == 0
        with override_settings(LIMITS_FILE=changed(tmp_path, "child_notification", 12, "keep")):
            assert [jobs.limits(0) for _again in range(2)] == [1, 0]
            assert due() - row.sent_at == timedelta(hours=12)
        # Answered, it stays as it was answered.
        with units.at("social.screener") as actor:
            services.answer(actor, row, services.Reply("green", "Ses til i morgen"))
        assert jobs.limits(0) == 0
        assert due() - row.sent_at == timedelta(hours=12)
