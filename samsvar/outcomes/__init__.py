"""Floor 5: instruments as data, scales, statistics, and what of them may be shown (requirements 004, chapter 5)."""
