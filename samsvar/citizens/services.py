"""Writing down who a citizen is, unmasking a number, and merging two rows that are one person."""

import secrets
from datetime import date
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.citizens import vault
from samsvar.citizens.models import Identity, Sex
from samsvar.forms.cpr import century_of
from samsvar.postgres.actor import Actor

# æ, ø and å sort last and in this order; the bundle has no Danish collation (house.md, The database server).
_DANISH = str.maketrans({"æ": "{a", "ø": "{b", "å": "{c", "ä": "{a", "ö": "{b", "ü": "y", "é": "e"})


# No figure or letter that is mistaken for another, read aloud or written by hand.
_SIGNS = "23456789ABCDEFGHJKMNPQRTUVWXYZ"


def new_pseudonym_number() -> str:
    """A number for one who is known by what people call them alone: a letter K and six signs that tell nothing."""
    return f"K-{''.join(secrets.choice(_SIGNS) for _sign in range(6))}"


def sort_key(name: str) -> str:
    """A key by which plain byte order is Danish order; aa sorts as å."""
    return name.casefold().replace("aa", "å").translate(_DANISH)[:320]


def identify(
    actor: Actor,
    *,
    partnership_id: UUID,
    name: str = "",
    known_as: str = "",
    cpr: str = "",
    birth_year: int | None = None,
    sex: str = Sex.UNKNOWN,
    address: str = "",
    area_id: UUID | None = None,
    protected_until: date | None = None,
) -> Identity:
    """What the actor's authority knows of who this is; the own row is reused when the number is known here already.

    Typing a number gives the same answer and does the same work whether the person is new or known (decisions.md).
    """
    with connection.cursor() as cursor:
        cursor.execute("select citizen_of(%s, %s)", [partnership_id, vault.blind_index(cpr) if cpr else None])
        citizen_id = cursor.fetchone()[0]
        cursor.execute("select own_identity_of(%s)", [citizen_id])
        known_id = cursor.fetchone()[0]
    if known_id and (known := Identity.objects.filter(pk=known_id).first()):
        return known
    number = new_pseudonym_number() if known_as.strip() and not name.strip() and not cpr else ""
    identity = Identity(
        id=known_id or uuid4(),
        partnership_id=partnership_id,
        citizen_id=citizen_id,
        authority_id=actor.authority_id,
        name=name.strip(),
        name_key=sort_key(name.strip() or f"{known_as.strip()} {number}".strip()),
        known_as=known_as.strip(),
        pseudonym_number=number,
        birth_year=birth_year or (birth_year_of(cpr) if cpr else None),
        sex=sex,
        address=address.strip(),
        area_id=area_id,
        protected_until=protected_until,
        created_by_id=actor.person_id,
    )
    if known_id:
        # The authority has a row that this person does not reach: what was typed is tied to it, and nothing is told.
        return identity
    if cpr:
        identity.cpr_cipher, identity.cpr_key_id = vault.encrypt(vault.normalised(cpr), identity.id.bytes)
        if not identity.name and not identity.known_as:
            identity.known_as = "—"
    identity.save(force_insert=True)
    record(actor, Act.CREATE, "identity", identity.id, partnership_id=partnership_id, citizen_id=citizen_id)
    return identity


def give_name(actor: Actor, identity: Identity, name: str) -> bool:
    """The citizen lets go of being known by a pseudonym: the own row gets the name, and keeps what people called them.

    False for a row that has a name already, or is not the own authority's. Logged as lifted (R-004-63).
    """
    lifted = Identity.objects.filter(pk=identity.pk, name="", authority_id__in=actor.authority_ids).update(
        name=name.strip(), name_key=sort_key(name.strip()), updated_at=timezone.now()
    )
    if lifted:
        identity.name = name.strip()
        record(
            actor,
            Act.CHANGE,
            "identity",
            identity.pk,
            partnership_id=identity.partnership_id,
            citizen_id=identity.citizen_id,
            detail={"pseudonym": "lifted"},
        )
    return bool(lifted)


def take_over(actor: Actor, identity: Identity) -> Identity:
    """The own authority's row about a citizen whom another authority has named to it; made if there is none.

    Who the citizen is passes on, the address does not: it was the other authority's to tell. Raises
    Identity.DoesNotExist for a row that the actor does not see: nobody has named the citizen here.
    """
    if actor.owns(identity.authority_id):
        return identity
    identity = Identity.objects.get(pk=identity.pk)
    known = Identity.objects.filter(citizen_id=identity.citizen_id, authority_id__in=actor.authority_ids).first()
    if known is not None:
        return known
    own = Identity(
        id=uuid4(),
        partnership_id=identity.partnership_id,
        citizen_id=identity.citizen_id,
        authority_id=actor.authority_id,
        name=identity.name,
        name_key=identity.name_key,
        known_as=identity.known_as,
        pseudonym_number=identity.pseudonym_number,
        birth_year=identity.birth_year,
        sex=identity.sex,
        area_id=identity.area_id,
        protected_until=identity.protected_until,
        created_by_id=actor.person_id,
    )
    if identity.cpr_cipher:
        digits = vault.decrypt(bytes(identity.cpr_cipher), identity.cpr_key_id, identity.id.bytes)
        own.cpr_cipher, own.cpr_key_id = vault.encrypt(digits, own.id.bytes)
    own.save(force_insert=True)
    record(actor, Act.CREATE, "identity", own.id, partnership_id=own.partnership_id, citizen_id=own.citizen_id)
    return own


def unmask(actor: Actor, identity: Identity, purpose: str) -> str:
    """The CPR number in clear, for one who asked and said why; logged as an act of its own (house.md, Identity)."""
    record(
        actor,
        Act.UNMASK,
        "identity",
        identity.id,
        partnership_id=identity.partnership_id,
        citizen_id=identity.citizen_id,
        purpose=purpose,
    )
    if not identity.cpr_cipher:
        return ""
    digits = vault.decrypt(bytes(identity.cpr_cipher), identity.cpr_key_id, identity.id.bytes)
    return f"{digits[:6]}-{digits[6:]}"


def merge(actor: Actor, keep: Identity, merged: Identity, reason: str) -> UUID | None:
    """Let two citizens be one from now on. None when the actor does not see both, or they are one already."""
    if Identity.objects.filter(pk__in=[keep.pk, merged.pk]).count() < 2:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select citizens_merge_rows(%s, %s, %s)", [keep.citizen_id, merged.citizen_id, reason])
        merge_id = cursor.fetchone()[0]
    if merge_id:
        record(actor, Act.CHANGE, "merge", merge_id, partnership_id=keep.partnership_id, citizen_id=keep.citizen_id)
    return merge_id


def undo_merge(actor: Actor, merge_id: UUID) -> bool:
    """Take two citizens apart again."""
    with connection.cursor() as cursor:
        cursor.execute("select citizens_merge_undo(%s)", [merge_id])
        undone = bool(cursor.fetchone()[0])
    if undone:
        record(actor, Act.CHANGE, "merge", merge_id, detail={"undone": True})
    return undone


def birth_year_of(cpr: str) -> int | None:
    """The year of birth as the number has it; None where a letter stands in the century's place."""
    digits = vault.normalised(cpr)
    if len(digits) != 10 or not digits[4:7].isdigit():
        return None
    year = int(digits[4:6])
    return century_of(year, int(digits[6])) + year


def birth_date_of(cpr: str) -> date | None:
    """The day of birth as the number has it, in a demonstration too; None where a letter stands for the century."""
    digits, year = vault.normalised(cpr), birth_year_of(cpr)
    if year is None or not digits[:4].isdigit():
        return None
    day = int(digits[:2])
    try:
        return date(year, int(digits[2:4]), day - 60 if day > 60 else day)
    except ValueError:
        return None
