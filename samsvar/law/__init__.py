"""Floor 0: the law as dated data, and the one question it answers. Pure Python, no Django."""
