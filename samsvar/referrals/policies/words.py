"""What the policies of this room say again and again: whose unit a row is of, and which side the actor is on."""

from samsvar.postgres.actor import WITH_CITIZENS
from samsvar.postgres.rows import AUTHORITIES, CAPACITY, PERSON, has_role
from samsvar.referrals import roles

WORKS = has_role(*WITH_CITIZENS)
FOR_ALL = (
    f"({has_role(*roles.FOR_ALL)} or exists (select 1 from partnerships_authority a "
    f"where a.id = any({AUTHORITIES}) and a.kind = '{roles.ONE_ROOM}' offset 0))"
)
# As what the actor does is signed.
MY_NAME = f"(select left(u.name, 160) from accounts_user u where u.id = {PERSON})"
MY_UNIT = f"(select p.unit_id from partnerships_capacity p where p.id = {CAPACITY})"


def at_desk(row: str, authority: str, unit: str) -> str:
    """SQL: the actor's post is in this unit, or stands for the whole authority where no unit is named."""
    return (
        f"({row}.{authority} = any({AUTHORITIES}) and {WORKS} and ({row}.{unit} = {MY_UNIT} "
        f"or ({row}.{unit} is null and {FOR_ALL})))"
    )


def sends(row: str = "THIS") -> str:
    """SQL: the actor is of the unit whose row it is; whoever wrote it for no unit reaches it from any post there."""
    written = (
        f"({row}.by_id = {PERSON} and {row}.authority_id = any({AUTHORITIES}) and {WORKS} and {row}.unit_id is null)"
    )
    return f"({at_desk(row, 'authority_id', 'unit_id')} or {written})"


# A row of the actor's own unit, in the actor's name.
WRITES = (
    f"(THIS.authority_id = any({AUTHORITIES}) and {WORKS} and THIS.by_id = {PERSON} "
    f"and THIS.unit_id is not distinct from {MY_UNIT})"
)
