"""The minutes of a meeting: the frame as the group reads it, each case's section as that case's parties read it."""

from collections.abc import Iterable

from samsvar.meetings.selectors import Presence


def staff_words(members: Iterable[Presence]) -> list[str]:
    """Names that may stand in the minutes: those of the group's members and of their authorities."""
    words: dict[str, None] = {}
    for one in members:
        capacity = one.membership.capacity
        for name in (capacity.person.name, capacity.authority.name, capacity.authority.short_name):
            words[name] = None
    return list(words)
