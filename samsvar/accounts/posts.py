"""The posts that people can act in, as asked before anyone acts. The rows belong to partnerships, two floors up."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from samsvar.accounts.models import User

# What a post gives access to, as the demonstration's cards say it; the roles themselves belong to partnerships.
ROLES = {
    "frontline": _("Frontlinje"),
    "screener": _("Visitator (vagthavende)"),
    "releaser": _("Leder, der kan frigive"),
    "local_admin": _("Lokal administrator"),
    "dpo": _("Databeskyttelsesrådgiver"),
    "jurist": _("Jurist"),
    "coordinator": _("Koordinator"),
    "chair": _("Formand"),
    "secretariat": _("Sekretariat"),
}

# What the demonstration's people of the exercises are called.
OFFICER, NURSE = "Betjent", "sygeplejerske"


@dataclass(frozen=True)
class Post:
    """One chair of a person. `groups`: the tables at which it sits."""

    id: UUID
    authority_name: str
    authority_kind: str
    unit_name: str
    function: str
    groups: list[str]


@dataclass(frozen=True)
class DemoChair:
    """Somebody one can be in the demonstration, in one post and one partnership."""

    post_id: UUID
    person_id: UUID
    name: str
    function: str
    authority_id: UUID
    authority_name: str
    partnership_id: UUID
    partnership_name: str
    roles: list[str]
    seats: list[str]

    @property
    def roles_said(self) -> str:
        """The roles in words, without what the post's own name says already."""
        said = [str(ROLES[role]) for role in self.roles if role in ROLES]
        return ", ".join(role for role in said if role != self.function)


def person_of(chair: DemoChair) -> User | None:
    """Whom the chair belongs to, while they can sign in."""
    return User.objects.filter(pk=chair.person_id, is_active=True).first()


def posts_of(person_id: UUID) -> list[Post]:
    """The posts in which a person can act today."""
    with connection.cursor() as cursor:
        cursor.execute("select * from accounts_posts(%s)", [person_id])
        return [Post(*row) for row in cursor.fetchall()]


def demo_chairs() -> list[DemoChair]:
    """Everybody one can be, by partnership and authority. Empty outside a demonstration, whatever the settings say."""
    if not settings.DEMO:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select * from accounts_demo_people()")
        return [DemoChair(*row) for row in cursor.fetchall()]


def practice_chairs() -> dict[str, DemoChair]:
    """Whose chair each exercise speaks of, all in the first place that has an officer. Empty outside a demonstration.

    Who screens and who looks after the log sit in the officer's own authority, and who asks others to do something too.
    """
    everybody = demo_chairs()
    officer = next((one for one in everybody if one.function == OFFICER), None)
    if officer is None:
        return {}
    here = [one for one in everybody if one.partnership_id == officer.partnership_id]
    ours = [one for one in here if one.authority_id == officer.authority_id]
    found = {
        "officer": officer,
        "screener": next((one for one in ours if "screener" in one.roles), None),
        # A nurse of the table: who is on the ward sees no case before somebody asks.
        "nurse": next((one for one in here if NURSE in one.function.casefold() and one.seats), None),
        "coordinator": next((one for one in here if "coordinator" in one.roles), None),
        "member": next((one for one in ours if one.seats), None),
        "dpo": next((one for one in ours if "dpo" in one.roles), None),
    }
    return {name: one for name, one in found.items() if one is not None}
