"""Danish writes the clock with a full stop (Retskrivningsordbogen § 43); the rest is as Django has it."""

TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j. F Y H.i"
SHORT_DATETIME_FORMAT = "d.m.Y H.i"
