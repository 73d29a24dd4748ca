"""Samsvar: the table where authorities take joint responsibility for one citizen."""
