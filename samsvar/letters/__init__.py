"""Papers about a case that leave the house: to the citizen, to those outside the circle, to the own journal."""
