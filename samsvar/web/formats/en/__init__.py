"""English as it is written in Europe: 29 October 2026."""
