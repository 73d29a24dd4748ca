"""The indicators: what each is, what it comes to, and the theory of change they hang on. Pure."""
