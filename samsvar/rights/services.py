"""What the data protection officer does: draw rows of the log, judge them, find a citizen in it by number."""

import secrets
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act, LogRow
from samsvar.audit.selectors import chain
from samsvar.audit.services import record
from samsvar.citizens.vault import blind_index
from samsvar.postgres.actor import Actor
from samsvar.rights.models import LogReview, LogWatch, Verdict, Why
from samsvar.rights.words import SearchReason

LOOKS = (Act.LOOK, Act.SEARCH, Act.UNMASK, Act.PRINT, Act.EXPORT)
_TRIES, _AT_ONCE = 6, 60
_RANDOM = secrets.SystemRandom()


class RightsError(Exception):
    """Something that cannot be done as it stands; the message is shown to the person."""


def citizen_of_number(actor: Actor, number: str, reason: SearchReason | str) -> UUID:
    """The citizen with this CPR number as the own authority's log names it; logged with the reason.

    A number that the own log does not know is answered with an id that is nobody's: the search then finds nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("select rights_citizen(%s)", [blind_index(number)])
        found = cursor.fetchone()[0]
    record(actor, Act.SEARCH, "log", citizen_id=found, purpose=str(reason), detail={"by": "number"})
    return found


def draw(actor: Actor, most: int = 10) -> int:
    """Draw looks at random for a second look. Returns how many; the same look is not drawn twice.

    The numbers of a chain have no gaps, so a number at random finds a row at random, however long the chain is.
    """
    head = chain(actor)
    if head is None or not actor.is_any("dpo"):
        return 0
    drawn: dict[int, LogRow] = {}
    for _try in range(_TRIES):
        span = range(head.first_seq, head.seq + 1)
        wanted = set(_RANDOM.sample(span, min(_AT_ONCE, len(span))))
        rows = LogRow.objects.filter(
            Q(act__in=[act.value for act in LOOKS]), authority_id=actor.authority_id, seq__in=wanted
        ).exclude(Q(person_id=None) | Q(person_id=actor.person_id))
        known = set(
            LogReview.objects.filter(authority_id=actor.authority_id, seq__in=wanted).values_list("seq", flat=True)
        )
        for row in rows:
            if row.seq not in known and len(drawn) < most:
                drawn[row.seq] = row
        if len(drawn) >= most or len(span) <= _AT_ONCE:
            break
    LogReview.objects.bulk_create(
        [
            LogReview(
                id=uuid4(),
                authority_id=actor.authority_id,
                seq=row.seq,
                row_at=row.at,
                person_id=row.person_id,
                why=Why.RANDOM,
            )
            for row in drawn.values()
        ]
    )
    record(actor, Act.CREATE, "log_review", detail={"drawn": sorted(drawn)})
    return len(drawn)


def judge(actor: Actor, review: LogReview, verdict: Verdict | str, note: str) -> None:
    """Write the verdict on a drawn row: once. Raises RightsError for one's own look or one that is judged."""
    if review.person_id == actor.person_id:
        raise RightsError(_("Det er dit eget opslag. En anden skal vurdere det."))
    changed = LogReview.objects.filter(pk=review.pk, verdict="").update(
        verdict=verdict, note=note.strip(), judged_by_id=actor.person_id, judged_at=timezone.now()
    )
    if not changed:
        raise RightsError(_("Opslaget er vurderet i mellemtiden."))
    record(actor, Act.CHANGE, "log_review", review.pk, detail={"row": review.seq, "verdict": str(verdict)})


def set_watch(actor: Actor, **values: Any) -> None:
    """Say what the own authority wants drawn by itself."""
    if not actor.is_any("dpo"):
        raise RightsError(_("Det kan kun jeres databeskyttelsesrådgiver."))
    changed = LogWatch.objects.filter(authority_id=actor.authority_id).update(**values)
    if not changed:
        LogWatch.objects.bulk_create([LogWatch(id=uuid4(), authority_id=actor.authority_id, **values)])
    record(actor, Act.ADMINISTER, "log_watch", actor.authority_id, detail=values)
