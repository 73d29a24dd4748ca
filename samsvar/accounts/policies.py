"""Rows of people and their sessions."""

from samsvar.postgres.rows import OpenTable, Policies

POLICIES = [
    # Reached through actor_open, actor_close and actor_enter alone.
    Policies("accounts_actorsession", definer="all"),
    # Half of an HMAC key each; read by actor_open alone. See samsvar.accounts.gate.
    Policies("accounts_gate"),
]

OPEN_TABLES = [
    OpenTable(
        "accounts_user",
        "employees, not citizens; login must find a person before anyone acts",
        rights="select, insert, update",
    ),
]
