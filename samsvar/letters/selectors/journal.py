"""What the own journal still lacks of a case, as a text to copy: nothing is typed twice (L22, R-000-132, R-000-157)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samsvar.cases.models import Case, CaseEvent, EventKind
from samsvar.cases.selectors.lists import reachable, whole_days
from samsvar.law.kinds import InformationType, Purpose
from samsvar.letters.drafts import written_day
from samsvar.letters.models import JournalMark, Notice, OutsideLetter
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Contribution, Disclosure
from samsvar.sharing.selectors import contributions_of, disclosures_of

MOST_WAITING = 100
# The words of what was told stand with its disclosure.
_TOLD_ELSEWHERE = {EventKind.CONTRIBUTION}


@dataclass(frozen=True)
class Entry:
    """One thing that belongs in the own journal."""

    at: datetime
    text: str
    rule: str = ""


@dataclass(frozen=True)
class JournalNote:
    """What has happened since the last mark. `theme` is a proposal; `number` the one used last."""

    case: Case
    since: datetime | None
    entries: list[Entry]
    number: str

    @property
    def until(self) -> datetime | None:
        """The moment of the newest step; what comes after it belongs to the next note. None for an empty note."""
        steps = [entry.at for entry in self.entries]
        # A step is told a moment before the case is marked as stirred.
        return max(*steps, self.case.last_activity_at) if steps else None

    @property
    def theme(self) -> str:
        """A short theme (L22)."""
        return _("PSP-sag %(reference)s: videregivelser, aftaler og ansvar") % {"reference": self.case.reference}

    @property
    def basis(self) -> str:
        """The rules that the disclosures rest on."""
        return ", ".join(sorted({entry.rule for entry in self.entries if entry.rule}))

    @property
    def text(self) -> str:
        """The note as plain text, in Danish as the journal is."""
        with translation.override("da"):
            head = [self.theme]
            if self.until:
                head.append(_("Dato: %(day)s") % {"day": written_day(timezone.localtime(self.until).date(), "da")})
            if self.basis:
                head.append(_("Regler: %(rules)s (regelsættet i Samsvar)") % {"rules": self.basis})
            if self.number:
                head.append(_("Vores nummer: %(number)s") % {"number": self.number})
            lines = [
                f"{written_day(timezone.localtime(entry.at).date(), 'da')}: {entry.text}" for entry in self.entries
            ]
            return "\n".join([*head, "", *lines])


def last_mark(actor: Actor, case: Case) -> JournalMark | None:
    """How far the own journal has come."""
    own = JournalMark.objects.filter(case=case, authority_id__in=actor.authority_ids)
    return own.order_by("-until", "id").first()


def marks_of(actor: Actor, case: Case) -> QuerySet[JournalMark]:
    """What has been journalised, the newest first."""
    return (
        JournalMark.objects.filter(case=case, authority_id__in=actor.authority_ids)
        .select_related("by")
        .order_by("-until", "id")
    )


def journal_note(actor: Actor, case: Case) -> JournalNote:
    """What the own journal lacks of this case: disclosures from and to us, the shared story, letters and notices."""
    mark = last_mark(actor, case)
    since = mark.until if mark else None
    with translation.override("da"):
        entries = sorted(_entries(actor, case, since), key=lambda entry: entry.at)
    return JournalNote(case, since, entries, mark.number if mark else "")


def _entries(actor: Actor, case: Case, since: datetime | None) -> Iterable[Entry]:
    def later(at: datetime) -> bool:
        return since is None or at > since

    texts = {one.pk: one for one in contributions_of(actor, case.pk)}
    for one in disclosures_of(actor, case.pk):
        receivers = [receipt.authority.name for receipt in one.receipts.all()]
        if receivers and later(one.at):
            yield Entry(one.at, _disclosed(actor, one, receivers, texts), one.basis)
    events = (
        CaseEvent.objects.filter(case=case)
        .exclude(kind__in=_TOLD_ELSEWHERE)
        .select_related("authority", "about_authority")
    )
    for event in events:
        if later(event.at):
            about = f" → {event.about_authority.name}" if event.about_authority else ""
            text = f": {event.text}" if event.text else ""
            yield Entry(event.at, f"{event.get_kind_display()} ({event.authority.name}{about}){text}")
    for letter in OutsideLetter.objects.filter(case=case, authority_id__in=actor.authority_ids):
        if later(letter.at):
            yield Entry(
                letter.at,
                _("Brev til %(who)s, på grundlag af %(basis)s.")
                % {"who": f"{letter.name} ({letter.get_kind_display().lower()})", "basis": letter.get_basis_display()},
            )
    for notice in Notice.objects.filter(case=case, authority_id__in=actor.authority_ids):
        if later(notice.at):
            how = notice.get_how_display() if notice.told else f"{notice.get_why_not_display()}. {notice.reason}"
            said = _("Borgeren har fået det at vide") if notice.told else _("Borgeren har ikke fået det at vide")
            yield Entry(notice.at, f"{said}: {how}")


def _disclosed(actor: Actor, one: Disclosure, receivers: list[str], texts: dict[UUID, Contribution]) -> str:
    what = InformationType(one.information_type).label("da") if one.information_type in tuple(InformationType) else ""
    purpose = Purpose(one.purpose).label("da") if one.purpose in tuple(Purpose) else ""
    told = texts.get(one.subject_id)
    said = ""
    if told and told.text:
        # A marked piece goes no further by itself, not even into a journal (R-002-79).
        said = _(" (mærket, teksten følger ikke med)") if told.is_marked else f" »{told.text}«"
    values = {
        "who": "; ".join(receivers),
        "from": one.authority.name,
        "what": what,
        "why": purpose,
        "need": one.necessity,
    }
    if actor.owns(one.authority_id):
        return _("Vi videregav til %(who)s: %(what)s.%(said)s Formål: %(why)s. Nødvendigt, fordi: %(need)s") % {
            **values,
            "said": said,
        }
    return _("Vi fik fra %(from)s: %(what)s.%(said)s Formål: %(why)s.") % {**values, "said": said}


@dataclass(frozen=True)
class Waiting:
    """A case whose latest events the own journal lacks. `since` is the last mark, or when the case was raised."""

    case: Case
    since: datetime
    never: bool

    @property
    def days(self) -> int:
        """How long ago that was."""
        return whole_days(self.since)


def waiting_for_journal(actor: Actor) -> list[Waiting]:
    """The open cases within reach in which something has happened since the last mark, the oldest first."""
    marked = dict(
        JournalMark.objects.filter(authority_id__in=actor.authority_ids)
        .values_list("case_id")
        .annotate(newest=Max("until"))
    )
    found = [
        Waiting(case, marked.get(case.pk, case.raised_at), case.pk not in marked)
        for case in reachable(actor).filter(closed_at=None)
        if case.pk not in marked or case.last_activity_at > marked[case.pk]
    ]
    return sorted(found, key=lambda one: (one.since, one.case.reference))[:MOST_WAITING]
