"""How pages tell of reports, of effects and of indicators, in one language."""
