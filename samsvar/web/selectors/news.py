"""What is new about citizens whom the actor's place is let in to, with initials and no name."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Value, Window
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models import CareNetwork
from samsvar.coordination.selectors import agreed as care_agreed
from samsvar.coordination.selectors import doctor as own_doctor
from samsvar.coordination.selectors import events as care_events
from samsvar.coordination.selectors import networks as care_networks
from samsvar.coordination.selectors import plans as care_plans
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import HandOver
from samsvar.referrals.selectors.desk import Asked
from samsvar.web.selectors.parts import AgreedLine, CareNews, Part, length_of
from samsvar.web.selectors.places import address_of


def care_news(actor: Actor, whole: str, handed: Sequence[HandOver]) -> Part:
    """What is new about citizens who have let the actor's unit in: what happened, and who is tovholder now."""
    length = length_of("news", whole)
    practice = own_doctor.is_practice(actor)
    told: list[tuple[QuerySet[Any], Callable[[Any], CareNews]]] = [
        (own_doctor.unanswered(actor), _to_doctor(_("Egen læge har ikke svaret. Ring"), "at")),
        (own_doctor.other_times(actor), _to_doctor(_("Egen læge kan et andet tidspunkt. Ring"), "read_at")),
        (own_doctor.calls_back(actor), _called(practice=practice)),
        (care_events.unread(actor), _happened(practice=practice)),
    ]
    found = _together([rows for rows, _line in told], length)
    parts = [([one for one in found if one.place == place], line) for place, (_rows, line) in enumerate(told)]
    parts += [
        (_first(care_networks.news_of(actor), length), _changed),
        (_first(care_plans.due(actor), length), _due),
    ]
    rows = [line(one) for found, line in parts for one in found] + [_handed(one) for one in handed[:length]]
    count = sum(found[0].of for found, _line in parts if found) + len(handed)
    return Part(sorted(rows, key=lambda row: row.at, reverse=True)[:length], count)


def _together(parts: list[QuerySet[Any]], length: int) -> list[Any]:
    """The first rows of each of these readings of one table, asked for at once; `place` says which reading."""
    first, *others = [
        rows.select_related("event", "network").annotate(of=Window(Count("*")), place=Value(place))[:length]
        for place, rows in enumerate(parts)
    ]
    return list(first.union(*others, all=True))


def _first(rows: QuerySet[Any], length: int) -> list[Any]:
    return list(rows.annotate(of=Window(Count("*")))[:length])


def _news(
    network: CareNetwork, words: str | Promise, at: datetime, url: str, said: date | datetime | None = None
) -> CareNews:
    """A line with the initials of whom it is about: the name stands a page away."""
    return CareNews(network.pk, f"{words}, {network.initials}", at, url, said or at)


def _item(page: str, network_id: UUID, event_id: UUID) -> str:
    """The very event on its page."""
    url = address_of(page, network_id)
    return f"{url}#haendelse-{event_id}" if url else ""


def _to_doctor(words: str | Promise, at: str) -> Callable[[Any], CareNews]:
    return lambda one: _news(
        one.network, words, getattr(one, at), _item("coordination:doctor", one.network_id, one.event_id)
    )


def _called(*, practice: bool) -> Callable[[Any], CareNews]:
    page = "coordination:doctor" if practice else "coordination:network"
    return lambda one: _news(
        one.network,
        _("De beder jer ringe om: %(what)s") % {"what": one.event.what},
        one.read_at,
        _item(page, one.network_id, one.event_id),
    )


def _happened(*, practice: bool) -> Callable[[Any], CareNews]:
    """A practice has a page of its own, and answers an invitation at once."""

    def line(one: Any) -> CareNews:
        if practice and one.event.kind == "invitation":
            url = address_of("coordination:doctor_answer", one.network_id, one.pk)
        else:
            url = _item("coordination:doctor" if practice else "coordination:network", one.network_id, one.event_id)
        return _news(one.network, one.event.what, one.event.happened_at, url, one.event.moment)

    return line


def _changed(one: Any) -> CareNews:
    return _news(one.network, one.headline, one.at, address_of("coordination:network", one.network_id))


def _due(one: Any) -> CareNews:
    words = _("%(plan)s skal ses igennem") % {"plan": one.plan.get_kind_display()}
    return _news(one.network, words, one.in_force_at, address_of("coordination:plan", one.network_id, one.plan_id))


def _handed(one: HandOver) -> CareNews:
    said = _("En borger er givet til jer")
    words = f"{said}, {one.initials}"
    return CareNews(one.citizen_id, words, one.at, address_of("referrals:received", one.pk), one.at)


def agreed_lines(actor: Actor, whole: str) -> Part:
    """What the actor's place has to do by the agreements, the earliest first, with initials and no name."""
    found = care_agreed.open_tasks(actor)
    rows = [
        AgreedLine(
            one.event.network_id,
            f"{one.what}, {one.event.network.initials}",
            one.due,
            one.is_late,
            address_of("coordination:agreed", one.event.network_id, one.event.pk, one.rule.key),
        )
        for one in found[: length_of("agreed", whole)]
    ]
    return Part(rows, len(found))


def referral_lines(found: Sequence[Asked], whole: str) -> Part:
    """What the actor's unit has to answer, or has been answered, with initials and no name; what is late first."""
    rows = [
        AgreedLine(
            one.row.citizen_id,
            f"{one.row.what}, {one.row.initials}: {one.stands}",
            one.due,
            one.row.is_silent,
            address_of("referrals:referral", one.row.pk),
        )
        for one in found[: length_of("referrals", whole)]
    ]
    return Part(rows, len(found))
