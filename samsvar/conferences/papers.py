"""The minutes of a conference on paper, in the parts of 003 section 5.2."""

from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samsvar.calendar.words import clock, language
from samsvar.conferences.selectors import Minutes, Section
from samsvar.documents.paper import Paper, Part, facts, heading, points, quote, render, text
from samsvar.documents.word import render_word
from samsvar.documents.words import in_full


def as_pdf_bytes(minutes: Minutes) -> bytes:
    """The minutes as PDF/UA-1."""
    return render("report", paper_of(minutes), lang=language(translation.get_language()))


def as_word_bytes(minutes: Minutes) -> bytes:
    """The minutes as a Word document, for those whose own system takes nothing else."""
    return render_word(paper_of(minutes), lang=language(translation.get_language()))


def paper_of(minutes: Minutes) -> Paper:
    """The words of the paper; title and footer name the group and the day, never a citizen."""
    book, meeting = minutes.order, minutes.order.meeting
    said = in_full(timezone.localtime(meeting.starts_at).date())
    rows = [(_("Møde"), _moment(meeting.starts_at, meeting.place)), (_("Mødetype"), f"{book.kind}, {book.time}")]
    if book.frame and book.frame.chair:
        rows.append((_("Mødeleder"), book.frame.chair))
    if book.frame and book.frame.minute_taker:
        rows.append((_("Referent"), book.frame.minute_taker))
    rows.append((_("Læses af"), _("Gruppen. Hver sag læses kun af dem, der arbejder med den.")))
    parts: list[Part] = [facts(rows), heading(_("Til stede var"))]
    there = [f"{one.membership.capacity.person.name}, {one.membership.capacity.authority.name}" for one in book.present]
    there += [f"{one.said} ({_('kun med til ét punkt')})" if one.one_item else one.said for one in book.participants]
    parts.append(points(there) if there else text(_("Ikke noteret")))
    parts.append(heading(_("Runde vedrørende sager på dette møde")))
    round_of = [
        _("Sag nr. %(number)s: %(kind)s, %(who)s")
        % {
            "number": slot.item.matter.number,
            "kind": str(slot.item.get_kind_display()).lower(),
            "who": slot.presenter,
        }
        for slot in book.slots
    ]
    parts.append(points(round_of) if round_of else text(_("Ingen sager.")))
    for section in minutes.sections:
        parts += _section(section)
    if meeting.general:
        parts += [heading(_("Generelle emner")), text(meeting.general)]
    parts.append(text(_("Samarbejdsenheden træffer ingen afgørelser. Det gør den myndighed, der har ansvaret.")))
    if minutes.following:
        parts += [heading(_("Næste møde")), text(_moment(minutes.following.starts_at, minutes.following.place))]
    return Paper(
        title=_("Referat af møde i %(group)s") % {"group": meeting.group.name},
        parts=parts,
        sender=(meeting.group.partnership.name,),
        date=said,
        footer=f"{meeting.group.name}, {said}",
    )


def _section(section: Section) -> list[Part]:
    item, words = section.slot.item, section.slot.words
    assert words is not None
    title = _("Sag nr. %(number)s, %(kind)s") % {
        "number": item.matter.number,
        "kind": str(item.get_kind_display()).lower(),
    }
    parts = [heading(title)]
    if section.text:
        parts.append(text(section.text))
    if section.own_words:
        parts += [text(_("Borgerens egne ord:")), quote(section.own_words)]
    rows = [(_("Konklusion"), str(words.get_conclusion_display()) if words.conclusion else _("Ikke skrevet endnu"))]
    if section.conclusion:
        rows.append((_("Med ord"), section.conclusion))
    rows.append((_("Til stede ved punktet"), "; ".join(section.there) or _("Ikke noteret")))
    rows.append((_("Status"), _("Godkendt") if item.approved_at else _("Ikke godkendt endnu")))
    parts.append(facts(rows))
    if section.steps:
        parts.append(points(f"{doers}: {said}{_due(one.step.due_on)}" for one, doers, said in section.lines))
    return parts


def _due(day: date | None) -> str:
    return f" {_('Senest')} {in_full(day)}" if day else ""


def _moment(moment: datetime, place: str) -> str:
    local = timezone.localtime(moment)
    said = f"{in_full(local.date())} {clock(local.time(), translation.get_language())}"
    return f"{said}, {place}" if place else said
