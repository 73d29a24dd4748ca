"""What happened, in the receiver's own format: words for its own system, or a letter to print (002/AS-10)."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samsvar.coordination.models import CareEvent, CareEventDelivery
from samsvar.coordination.papers import on_paper
from samsvar.documents.paper import Part, facts, text


def _facts(delivery: CareEventDelivery) -> list[tuple[str, str]]:
    event = delivery.event
    found = [
        (_("Borger"), event.network.name),
        (_("Hændelse"), event.what),
        (_("Tidspunkt"), _moment(event)),
        (_("Bemærkning"), event.text),
        (_("Fortalt af"), event.who),
        (_("Til"), delivery.who),
        (_("Grundlag"), _("Borgeren har sagt ja til, at I får besked.")),
    ]
    # One line each: a text of several could look like a further fact.
    return [(name, " ".join(value.split())) for name, value in found if value]


def _moment(event: CareEvent) -> str:
    then = event.moment
    return date_format(localtime(then), "DATETIME_FORMAT") if isinstance(then, datetime) else date_format(then)


def notice_text(delivery: CareEventDelivery) -> str:
    """The event as plain lines, to paste or read into the own system."""
    lines = [f"{name}: {value}" for name, value in _facts(delivery)]
    advice = delivery.event.advice
    return "\n".join([*lines, *([_("Til borgeren: %(advice)s") % {"advice": advice}] if advice else []), ""])


def notice(delivery: CareEventDelivery) -> bytes:
    """The event as a letter, PDF/UA-1."""
    event = delivery.event
    parts: list[Part] = [facts(_facts(delivery))]
    if event.advice:
        parts.append(text(_("Til borgeren: %(advice)s") % {"advice": event.advice}))
    return on_paper(event.network, _("Besked om en borger"), parts, delivery.who, event.authority.name)
