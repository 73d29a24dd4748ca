"""Floor 0: Danish working days, meeting rhythms, deadlines as data, and times as people say them. No Django."""
