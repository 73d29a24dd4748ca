"""What lies outside the database: the heads of the chains, and the sum over all of them that was sent away each day.

An append-only file on another disk or machine (settings.AUDIT_ANCHOR_FILE). It holds no person data.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings


def append(lines: Iterable[str]) -> None:
    """Add lines at the end, and return when they are on the disk."""
    path = Path(settings.AUDIT_ANCHOR_FILE)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def _entries() -> Iterator[dict[str, Any]]:
    path = Path(settings.AUDIT_ANCHOR_FILE)
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                yield json.loads(line)
            except ValueError:
                continue


def anchors() -> Iterator[dict[str, Any]]:
    """Every head that was written down, oldest first. A line that was cut off by a power cut is passed over."""
    return (entry for entry in _entries() if "authority" in entry)


def newest() -> dict[str, dict[str, Any]]:
    """The newest head of each chain, by the authority's id."""
    return {str(entry["authority"]): entry for entry in anchors()}


def sums() -> Iterator[dict[str, Any]]:
    """The daily sums that were sent away, oldest first: `day`, `sum`, `heads`."""
    return (entry for entry in _entries() if "sum" in entry)


def sum_of(heads: Mapping[str, Mapping[str, Any]]) -> str:
    """One SHA-256 in hex over all heads: whoever has it on paper can tell whether any of them was changed since."""
    lines = sorted(f"{authority} {entry['seq']} {entry['hash']}" for authority, entry in heads.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def values_of(entry: Mapping[str, Any] | None) -> tuple[int | None, str | None]:
    """A head as the database function `audit_check` takes it: number and sum, or nothing."""
    return (entry["seq"], entry["hash"]) if entry else (None, None)
