"""Danish as it is written in Denmark: 13.05."""
