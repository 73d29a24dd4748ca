"""Floor 5: reports of courses, statistics, and what of them may be shown (requirements 004, chapter 5)."""

from pathlib import Path

DATA = Path(__file__).parent / "data"
