"""What changed for whom: tests, the rules they are judged by, and what may be shown of few. Pure."""
