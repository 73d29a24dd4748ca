"""Rows of people and their sessions."""

from samsvar.postgres.rows import OpenTable, Policies

POLICIES = [
    # Reached through actor_open, actor_close and actor_enter alone.
    Policies("accounts_actorsession", definer="all"),
]

OPEN_TABLES = [
    OpenTable(
        "accounts_user",
        "employees, not citizens; login must find a person before anyone acts",
        rights="select, insert, update",
    ),
]
