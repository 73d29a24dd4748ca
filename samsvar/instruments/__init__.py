"""Floor 0: reporting forms and scales as dated data: what is asked, when, and what it is reckoned to. No Django."""
