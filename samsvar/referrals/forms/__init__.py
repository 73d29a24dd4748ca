"""Forms of the way through."""
