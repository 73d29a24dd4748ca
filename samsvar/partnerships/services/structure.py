"""Partnerships, authorities, units, groups and areas: who there is, before who sits where (001 section 3)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.law.kinds import AuthorityKind, Regime
from samsvar.law.packs import current as current_pack
from samsvar.partnerships.models import (
    Area,
    Authority,
    Category,
    Criterion,
    Group,
    GroupModel,
    Level,
    Notice,
    Participation,
    Partnership,
    Unit,
)
from samsvar.partnerships.services.errors import PartnershipError
from samsvar.partnerships.services.rights import (
    change,
    current,
    log,
    may_administer,
    may_set_up,
    require_own,
    require_owner,
    require_set_up,
    store,
)
from samsvar.postgres.actor import Actor

# Which level each way of building a group belongs to (001 sections 3.1 to 3.3); an existing forum may serve anywhere.
LEVEL_OF = {
    GroupModel.DISTRICT_COUNCIL: Level.STRATEGIC,
    GroupModel.STEERING_GROUP: Level.STRATEGIC,
    GroupModel.COMMITTEE: Level.STRATEGIC,
    GroupModel.LOCAL_COUNCIL: Level.STEERING,
    GroupModel.LOCAL_COUNCIL_APPOINTS: Level.STEERING,
    GroupModel.SEVERAL_COUNCILS: Level.STEERING,
    GroupModel.JOINS_NEIGHBOUR: Level.STEERING,
    GroupModel.CATCHMENT: Level.STEERING,
    GroupModel.OPERATIVE_GROUP: Level.OPERATIVE,
}

CATEGORIES = (
    ("invisible", "Den usynlige", "The invisible one"),
    ("outward", "Den udadreagerende", "The outward-reacting one"),
    ("character", "Den karakterafvigende", "The one of deviant character"),
)


def found_partnership(
    actor: None,
    *,
    name: str,
    reference_prefix: str,
    cooperation: str = "psp",
    police_district: str = "",
    purpose: str = "",
    **parameters: Any,
) -> Partnership:
    """Found a partnership with the ten traits and the usual categories, for it to change (R-001-7, R-000-40).

    `parameters` are further fields of Partnership. Only the owner founds one: who takes part decides who may be told.
    """
    require_owner()
    partnership = Partnership(
        name=name,
        cooperation=cooperation,
        police_district=police_district,
        purpose=purpose,
        reference_prefix=reference_prefix,
        **parameters,
    )
    store(partnership)
    Criterion.objects.bulk_create(
        Criterion(partnership=partnership, key=trait.key, danish=trait.da, english=trait.en, position=position)
        for position, trait in enumerate(current_pack(timezone.localdate()).traits)
    )
    Category.objects.bulk_create(
        Category(partnership=partnership, key=key, danish=danish, english=english, position=position)
        for position, (key, danish, english) in enumerate(CATEGORIES)
    )
    log(actor, "partnership", partnership.pk)
    return partnership


def add_area(actor: Actor | None, name: str) -> Area:
    """A municipality or part of one by its name; the one that is there already is given back."""
    if actor is None:
        require_owner()
    elif not actor.is_any("local_admin", "coordinator", "chair", "secretariat"):
        raise PartnershipError(_("Det kan en lokal administrator eller en koordinator gøre."))
    name = " ".join(name.split())
    known = Area.objects.filter(name__iexact=name).first()
    if known is not None:
        return known
    area = Area(name=name)
    store(area)
    log(actor, "area", area.pk)
    return area


def add_authority(
    actor: Actor | None,
    *,
    name: str,
    short_name: str,
    kind: AuthorityKind | str,
    regime: Regime | str | None = None,
    areas: Iterable[Area] = (),
    parent: Authority | None = None,
    valid_from: date | None = None,
) -> Authority:
    """A data controller (L28: a department may be one of its own, under its `parent`).

    The rule pack gives its kind a regime (L9); an authority may say otherwise.
    """
    if actor is None:
        require_owner()
    elif not actor.is_any("local_admin", "coordinator", "chair", "secretariat"):
        raise PartnershipError(_("Det kan en lokal administrator eller en koordinator gøre."))
    authority = Authority(
        name=name,
        short_name=short_name,
        kind=str(kind),
        regime=str(regime or current_pack(timezone.localdate()).regime_of(AuthorityKind(kind))),
        parent=parent,
        valid_from=valid_from,
    )
    store(authority, {"areas": areas})
    log(actor, "authority", authority.pk, authority_id=authority.pk)
    return authority


def change_authority(
    actor: Actor | None, authority: Authority, *, areas: Iterable[Area] | None = None, **fields: Any
) -> Authority:
    """Mend an authority's name, regime, validity or area. Its kind and its successor are not changed here.

    The own administrator does it; while it has no people of its own yet, those who lead the partnership do.
    """
    if not fields.keys() <= {
        "name",
        "short_name",
        "regime",
        "parent",
        "valid_from",
        "valid_until",
        "notice",
        "several_coordinators",
    }:
        raise ValueError(sorted(fields))
    # How many can be tovholder is never others' to say.
    own = "several_coordinators" in fields or authority.capacities.exists()
    if actor is None or may_administer(actor, authority.pk) or own:
        require_own(actor, authority)
    else:
        require_set_up_somewhere(actor, authority)
    change(authority, fields, None if areas is None else {"areas": areas})
    log(actor, "authority", authority.pk, authority_id=authority.pk, changed=sorted(fields))
    return authority


def require_set_up_somewhere(actor: Actor, authority: Authority) -> None:
    """Raises PartnershipError unless the actor sets up a partnership in which the authority takes part."""
    shared = authority.participations.filter(current(), partnership_id__in=actor.partnership_ids)
    if not any(may_set_up(actor, participation.partnership_id) for participation in shared):
        raise PartnershipError(_("Det kan kun myndighedens egen lokale administrator gøre."))


def succeed(actor: None, authority: Authority, successor: Authority, on: date) -> None:
    """Let `successor` take over from `on`: owner columns stay, the policies follow the chain (decisions.md, Merging).

    It gives everything the authority owns to the successor, so only the owner can do it.
    """
    require_owner()
    step: Authority | None = successor
    while step is not None:
        if step.pk == authority.pk:
            raise PartnershipError(_("En myndighed kan ikke afløse sig selv, heller ikke gennem andre."))
        step = step.successor
    change(authority, {"successor": successor, "valid_until": on - timedelta(days=1)})
    log(actor, "authority", authority.pk, authority_id=authority.pk, successor=str(successor.pk))


def add_unit(
    actor: Actor | None,
    authority: Authority,
    *,
    name: str,
    phone: str = "",
    hours: str = "",
    inbox: str = "",
    notice: str = Notice.SCREEN,
) -> Unit:
    """A part of the actor's own authority, with the shared ways of reaching it."""
    require_own(actor, authority)
    unit = Unit(authority=authority, name=name, phone=phone, hours=hours, inbox=inbox, notice=notice)
    store(unit)
    log(actor, "unit", unit.pk, authority_id=authority.pk)
    return unit


def change_unit(actor: Actor | None, unit: Unit, **fields: str) -> Unit:
    """Mend a unit's name and how it is reached."""
    if not fields.keys() <= {"name", "phone", "hours", "inbox", "notice"}:
        raise ValueError(sorted(fields))
    require_own(actor, unit.authority)
    change(unit, fields)
    log(actor, "unit", unit.pk, authority_id=unit.authority_id, changed=sorted(fields))
    return unit


def join(
    actor: Actor | None, authority: Authority, partnership: Partnership, since: date | None = None
) -> Participation:
    """Let an authority take part in a partnership from a day; from then on it can be told and can tell (L1)."""
    require_set_up(actor, partnership)
    participation = Participation(authority=authority, partnership=partnership, since=since or timezone.localdate())
    try:
        with transaction.atomic():
            store(participation)
    except IntegrityError as clash:
        raise PartnershipError(_("Myndigheden er allerede med i samarbejdet.")) from clash
    log(actor, "participation", participation.pk, authority_id=authority.pk, partnership_id=partnership.pk)
    return participation


def leave(actor: Actor | None, participation: Participation, until: date) -> None:
    """Let an authority leave the partnership after a day; what it has told stays told.

    Its seats and functions end on that day, and from the next its people neither read nor write at the tables here,
    whatever the rows of the seats say (partnerships/policies.py, postgres/policies.py).
    """
    if actor is None or not may_leave_alone(actor, participation):
        require_set_up(actor, participation.partnership)
    if until < participation.since:
        raise PartnershipError(_("Deltagelsen kan ikke slutte, før den begynder."))
    change(participation, {"until": until})
    log(
        actor,
        "participation",
        participation.pk,
        authority_id=participation.authority_id,
        partnership_id=participation.partnership_id,
        until=str(until),
    )


def may_leave_alone(actor: Actor, participation: Participation) -> bool:
    """An authority may always leave by its own decision."""
    return actor.is_any("local_admin") and actor.owns(participation.authority_id)


def add_group(
    actor: Actor | None,
    partnership: Partnership,
    *,
    name: str,
    level: Level | str = Level.OPERATIVE,
    model: GroupModel | str | None = None,
    areas: Iterable[Area] = (),
    **fields: Any,
) -> Group:
    """A table on one of the three levels, built in any of the leaflet's ways (R-001-1, R-001-2, R-000-1).

    `fields` are further fields of Group: word, parent, reference_prefix, rhythm, place, duty_to_attend,
    deputies_allowed, only_at_meetings, theme_day_every, channels, instruction, since, until. Raises PartnershipError
    when model and level, or the parent, do not fit.
    """
    require_set_up(actor, partnership)
    group = Group(
        partnership=partnership,
        name=name,
        level=str(level),
        model=str(model or _usual_model(Level(level))),
        **fields,
    )
    _fits(group)
    store(group, {"areas": areas})
    log(actor, "group", group.pk, partnership_id=partnership.pk)
    return group


def change_group(actor: Actor | None, group: Group, *, areas: Iterable[Area] | None = None, **fields: Any) -> Group:
    """Change how a group works: rhythm, place, word, duty to attend, channels, catchment. Its partnership stays."""
    if not fields.keys().isdisjoint({"partnership", "partnership_id", "level"}):
        raise ValueError("a group stays in its partnership and on its level: a steering group never sees a person")
    require_set_up(actor, group.partnership)
    for field, value in fields.items():
        setattr(group, field, value)
    _fits(group)
    change(group, fields, None if areas is None else {"areas": areas})
    log(actor, "group", group.pk, partnership_id=group.partnership_id, changed=sorted(fields))
    return group


def _usual_model(level: Level) -> GroupModel:
    return {
        Level.STRATEGIC: GroupModel.STEERING_GROUP,
        Level.STEERING: GroupModel.LOCAL_COUNCIL,
        Level.OPERATIVE: GroupModel.OPERATIVE_GROUP,
    }[level]


_RANK = {Level.STRATEGIC: 0, Level.STEERING: 1, Level.OPERATIVE: 2}


def _fits(group: Group) -> None:
    wanted = LEVEL_OF.get(GroupModel(group.model))
    if wanted is not None and wanted != group.level:
        raise PartnershipError(
            _("“%(model)s” hører til et andet niveau. Vælg niveauet “%(level)s”.")
            % {"model": GroupModel(group.model).label, "level": wanted.label}
        )
    if group.parent is not None:
        if group.parent.partnership_id != group.partnership_id:
            raise PartnershipError(_("Gruppen over skal høre til samme samarbejde."))
        if _RANK[Level(group.parent.level)] >= _RANK[Level(group.level)]:
            raise PartnershipError(_("Gruppen over skal være på et højere niveau."))
