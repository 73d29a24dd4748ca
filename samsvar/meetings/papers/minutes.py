"""The minutes on paper: tagged PDF and Word, of the very parts that the reader sees on the screen."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samsvar.calendar.words import clock, language
from samsvar.cases.models import Action
from samsvar.documents.paper import Paper, Part, facts, heading, points, render, table, text
from samsvar.documents.word import render_word
from samsvar.documents.words import in_full
from samsvar.meetings.models import Amendment, Attendance
from samsvar.meetings.models import Part as MeetingPart
from samsvar.meetings.selectors.agendas import Presence
from samsvar.meetings.selectors.minutes import Minutes, Section


def as_pdf_bytes(minutes: Minutes) -> bytes:
    """The minutes as PDF/UA-1."""
    return render("report", paper_of(minutes), lang=language(translation.get_language()))


def as_word_bytes(minutes: Minutes) -> bytes:
    """The minutes as a Word document, for those whose own system takes nothing else."""
    return render_word(paper_of(minutes), lang=language(translation.get_language()))


def paper_of(minutes: Minutes) -> Paper:
    """The words of the paper; a title and a footer that name the group and the day, never a citizen."""
    meeting = minutes.meeting
    said = _day(meeting.starts_at)
    parts: list[Part] = [facts(_standing(minutes))]
    parts += [
        heading(_("Til stede")),
        points(map(_who, minutes.present)) if minutes.present else text(_("Ikke noteret")),
    ]
    if minutes.away:
        parts += [heading(_("Ikke til stede")), points(f"{_who(one)}: {_state(one)}" for one in minutes.away)]
    parts += _written(minutes.before_cases)
    for section in minutes.sections:
        parts += _section(section)
    if not minutes.sections and meeting.takes_cases:
        parts += [heading(_("Sager")), text(_("Ingen sager."))]
    if gaps := list(minutes.gaps):
        parts += [heading(_("Systemhuller")), points(f"{one.title}: {one.what}" for one in gaps)]
    parts += _written(minutes.after_cases)
    if minutes.shares:
        parts += [heading(_("Hvem gør hvad"))]
        rows = [
            (share.authority.name, deed.action.case.reference, deed.said, _by_whom(deed.action))
            for share in minutes.shares
            for deed in share.deeds
        ]
        rows += [
            (share.authority.name, section.line.case.reference, _("Har handlingsansvaret"), _next(section))
            for share in minutes.shares
            for section in share.held
        ]
        parts += [table([_("Hvem"), _("Sag"), _("Hvad"), _("Hvornår")], sorted(rows), (4, 3, 6, 4))]
    parts += _amended(minutes.amendments)
    if minutes.following:
        parts += [heading(_("Næste møde")), text(_moment(minutes.following.starts_at, minutes.following.place))]
    return Paper(
        title=(_("Kort referat af møde i %(group)s") if minutes.short else _("Referat af møde i %(group)s"))
        % {"group": meeting.group.name},
        parts=parts,
        sender=(meeting.group.partnership.name,),
        date=said,
        footer=f"{meeting.group.name}, {said}",
    )


def _standing(minutes: Minutes) -> list[tuple[str, str]]:
    meeting = minutes.meeting
    rows = [(_("Møde"), _moment(meeting.starts_at, meeting.place))]
    if meeting.kind:
        rows.append((_("Mødetype"), meeting.kind.name))
    if not minutes.can_decide:
        rows.append((_("Mandat"), _("Det er ikke et beslutningsmøde.")))
    if minutes.frozen and meeting.approved_at:
        rows.append((_("Godkendt"), _day(meeting.approved_at)))
    else:
        rows.append((_("Status"), _("Ikke godkendt endnu")))
    rows.append((_("Læses af"), _("Gruppen. Hver sag læses kun af dem, der er part i den.")))
    return rows


def _written(texts: list[tuple[MeetingPart, str]]) -> list[Part]:
    found: list[Part] = []
    for part, words in texts:
        found += [heading(str(part.label)), text(words)]
    return found


def _section(section: Section) -> list[Part]:
    item = section.line.item
    rows = [(_("Beslutning"), str(item.get_decision_display()) if item and item.decision else _("Intet udfald"))]
    if section.holder:
        rows.append((_("Har handlingsansvaret"), section.holder.name))
    if section.guests:
        rows.append((_("Med ved punktet"), section.visitors))
    if section.note:
        rows.append((_("Indsats og fordeling"), section.note))
    if section.dissent:
        rows.append((_("Afvigende mening"), section.dissent))
    if _next(section):
        rows.append((_("Næste skridt"), _next(section)))
    if section.added:
        rows.append((_("Tilføjet"), section.added))
    parts = [heading(section.line.case.reference), facts(rows)]
    if section.deeds:
        parts.append(
            points(f"{one.action.authority.short_name}: {one.said}{_tail(one.action)}" for one in section.deeds)
        )
    return parts + _amended(section.amendments, with_heading=False)


def _amended(amendments: list[Amendment], *, with_heading: bool = True) -> list[Part]:
    if not amendments:
        return []
    told = points(
        _("Rettelse %(day)s, %(who)s: %(text)s Grund: %(reason)s")
        % {"day": _day(one.at), "who": one.authority.short_name, "text": one.text, "reason": one.reason}
        for one in amendments
    )
    return [heading(_("Rettelser")), told] if with_heading else [told]


def _next(section: Section) -> str:
    item = section.line.item
    return ", ".join(
        part for part in (section.next_step, in_full(item.next_on) if item and item.next_on else "") if part
    )


def _by_whom(action: Action) -> str:
    return ", ".join(part for part in (action.who, in_full(action.due_on) if action.due_on else "") if part)


def _tail(action: Action) -> str:
    said = _by_whom(action)
    return f", {said}" if said else ""


def _who(one: Presence) -> str:
    said = f"{one.membership.capacity.person.name}, {one.membership.capacity.authority.name}"
    return said if one.membership.may_decide else f"{said} ({_('henter mandat hjemme')})"


def _state(one: Presence) -> str:
    return str(Attendance.State(one.state).label).lower()


def _day(moment: datetime) -> str:
    return in_full(timezone.localtime(moment).date())


def _moment(moment: datetime, place: str) -> str:
    local = timezone.localtime(moment)
    said = f"{in_full(local.date())} {clock(local.time(), translation.get_language())}"
    return f"{said}, {place}" if place else said
