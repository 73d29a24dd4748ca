"""What a place that the citizen has let in does itself: calls a meeting, asks another place, says who has the contact.

Each is an event (0091): told on the yes that names events, with a disclosure for each authority that it reaches.
"""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.coordination.models import CareEvent, CareNetwork, EventKind, NetworkMeeting
from samsvar.coordination.models.networks import place_words
from samsvar.coordination.selectors.asides import contact_role, may_convene, named_contact
from samsvar.coordination.services.errors import CoordinationError, log, without_number, write
from samsvar.coordination.services.events import LONGEST, put_down, release_event
from samsvar.coordination.services.meetings import Frame, tidy
from samsvar.partnerships.models import Authority, Capacity, Unit
from samsvar.postgres.actor import Actor


def convene(
    actor: Actor, network: CareNetwork, purpose: str, starts_at: datetime | None = None, place: str = ""
) -> NetworkMeeting:
    """Call a network meeting from outside: the tovholder hears of it at once and asks the citizen who comes (R-002-98).

    Raises CoordinationError for one whom the citizen has not let in for meetings and events, and for a day gone by.
    """
    if not may_convene(actor, network):
        raise CoordinationError(_("Borgeren har ikke sagt ja til, at I indkalder. Ring til tovholderen."))
    if starts_at is not None and starts_at < timezone.now():
        raise CoordinationError(_("Vælg en dag, der ikke er gået."))
    who = own_place(actor)
    # What for, is told to the tovholder alone, who says it to the others whom the citizen wants there.
    asked = tidy(Frame(called_by=who, purpose=purpose, clear=True, starts_at=starts_at, place=place))
    frame = {**asked, "purpose": "", "clear": False}
    when = date_format(timezone.localtime(starts_at), "SHORT_DATETIME_FORMAT") if starts_at else ""
    text = ". ".join(one for one in (str(asked["purpose"]), str(asked["place"]), when) if one)
    with transaction.atomic():
        event = put_down(actor, network, kind=EventKind.CALL, happened_at=timezone.now(), text=text[:600])
        # The tovholder hears of it as one of those inside, through no door of its own.
        if all(one.reader_id is not None for one in release_event(actor, event).deliveries):
            raise CoordinationError(_("Borgeren har ikke sagt ja til, at tovholderen hører fra jer. Ring i stedet."))
        row = NetworkMeeting(
            id=uuid4(),
            partnership_id=network.partnership_id,
            network=network,
            authority_id=network.authority_id,
            by_id=actor.person_id,
            **frame,
        )
        write(row)
    log(actor, Act.CREATE, network, "network_meeting", row.pk)
    return row


def ask(actor: Actor, network: CareNetwork, text: str) -> CareEvent:
    """Write a question to one place that the citizen has let in; whom, is chosen when it is released (002/AS-2)."""
    said = " ".join(text.split())
    if not said:
        raise CoordinationError(_("Skriv, hvad I spørger om."))
    if len(said) > LONGEST:
        raise CoordinationError(_("Skriv det kortere: højst %(number)s tegn.") % {"number": LONGEST})
    without_number(said)
    return put_down(actor, network, kind=EventKind.ASK, happened_at=timezone.now(), text=said)


def take_contact(actor: Actor, network: CareNetwork) -> CareEvent:
    """Whoever presses it has the contact in the own unit: what is told to the unit lies with them (R-002-4).

    The role is the one that such a unit has. All whom the citizen's yes names hear the new name and the former.
    """
    before = named_contact(actor, network)
    if before is not None and before.person_id == actor.person_id:
        raise CoordinationError(_("Du har allerede kontakten."))
    post = Capacity.objects.select_related("person").get(pk=actor.capacity_id)
    text = f"{post.person.name}, {contact_role(actor)}"
    if post.phone:
        text = f"{text}, {post.phone}"
    if before is not None:
        text = _("%(now)s. Før: %(before)s") % {"now": text, "before": before.person.name}
    with transaction.atomic():
        event = put_down(actor, network, kind=EventKind.CONTACT, happened_at=timezone.now(), text=text[:600])
        release_event(actor, event)
    return event


def own_place(actor: Actor) -> str:
    """The actor's own unit and authority in words."""
    unit = Unit.objects.filter(pk=actor.unit_id).first() if actor.unit_id else None
    return place_words(unit, Authority.objects.get(pk=actor.authority_id))
