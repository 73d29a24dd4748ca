"""Many stories at once, told in the order in which their steps happen.

A story is a generator. It yields what it waits for: a moment, or the next meeting of a group, whose id it is sent. What
it waits for may lie ahead of the real day: then it is told no further, and the demonstration shows it as it stands.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from uuid import UUID

from django.utils import timezone

from samsvar.calendar.days import is_working_day, next_working_day


@dataclass(frozen=True)
class NextMeeting:
    """Wait for the next meeting of a group, by its key."""

    group: str


Story = Generator[datetime | NextMeeting, UUID | None, None]


def moment(day: date, clock: str) -> datetime:
    """A day and a time such as "21:40" on the clock of the place."""
    hours, minutes = clock.split(":")
    return timezone.make_aware(datetime.combine(day, time(int(hours), int(minutes))))


def office_day(day: date) -> date:
    """The day itself when offices are open, else the next on which they are."""
    return next_working_day(day)


def office_day_before(day: date) -> date:
    """The day itself when offices are open, else the last on which they were."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


class Schedule:
    """Stories by the moment of their next step, and those that wait for a meeting."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._number = count()
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._for_meeting: dict[str, list[Story]] = defaultdict(list)

    def begin(self, story: Story) -> None:
        """Let a story tell what it waits for first."""
        self._wait(story, None)

    def _wait(self, story: Story, sent: UUID | None) -> None:
        try:
            wanted = story.send(sent)
        except StopIteration:
            return
        if isinstance(wanted, NextMeeting):
            self._for_meeting[wanted.group].append(story)
        elif wanted <= self.until:
            heapq.heappush(self._waiting, (wanted, next(self._number), story))

    def run(self, set_clock: Callable[[datetime], None]) -> None:
        """Tell all stories to their end or to the present; `set_clock` is told each step's moment before it."""
        while self._waiting:
            happens, _number, story = heapq.heappop(self._waiting)
            set_clock(happens)
            self._wait(story, None)

    def meet(self, group: str, meeting_id: UUID) -> None:
        """The meeting that stories of this group have waited for: each tells its item."""
        waiting, self._for_meeting[group] = self._for_meeting[group], []
        for story in waiting:
            self._wait(story, meeting_id)
