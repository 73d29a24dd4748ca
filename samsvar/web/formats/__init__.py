"""How days are written and read where Django's own shape is not ours; one module for each language."""
