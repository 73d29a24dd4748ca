"""Letting somebody in on the citizen's yes, telling those let in who the tovholder is, and shutting the door again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.coordination.models import (
    SECTIONS,
    CareCoordinator,
    CareNetwork,
    Category,
    CoordinatorNews,
    NetworkContact,
    NetworkReader,
    Plan,
    SummarySection,
)
from samsvar.coordination.selectors.networks import coordinator_of, is_own_doctor, standing_door
from samsvar.coordination.selectors.plans import WARDS
from samsvar.coordination.services.errors import CoordinationError, inside, log, own, write
from samsvar.law.kinds import AuthorityKind, Basis, Purpose
from samsvar.partnerships.models import Authority, Participation, Unit
from samsvar.partnerships.services.rights import current
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Consent, ConsentForm, Scope, SubjectKind
from samsvar.sharing.services import NothingSaid, NotLawful, Subject, disclose, take_consent, withdraw_consent


@dataclass(frozen=True)
class Yes:
    """The citizen's yes as it was given (R-002-65)."""

    given: Sequence[str] = field(default_factory=list)
    form: str = ConsentForm.WRITTEN
    why_oral: str = ""
    informed: bool = False
    given_on: date | None = None
    valid_to: date | None = None


class LetInAlready(CoordinationError):
    """The receiver has a door already, and whoever writes the new yes has not seen what it would replace."""

    def __init__(self, door: NetworkReader) -> None:
        super().__init__(_("De er allerede lukket ind. Se, hvad der bliver ændret, og gem så igen."))
        self.door = door


def let_in(
    actor: Actor,
    network: CareNetwork,
    authority: Authority,
    unit: Unit | None,
    categories: Sequence[str],
    yes: Yes,
    seen: UUID | None = None,
    *,
    ask: bool = False,
) -> NetworkReader:
    """Let an authority, or one unit of it, see what the citizen has said yes to, and record that it is told.

    Raises CoordinationError for one that does not take part, a unit of another authority, or a yes that the law does
    not take. A receiver that is let in already is let in anew: the former door shuts. With `ask`, LetInAlready is
    raised for a standing door that is not the one `seen`.
    """
    here = inside(actor, network)
    if ask and (door := standing_door(actor, here, authority, unit)) is not None and door.pk != seen:
        raise LetInAlready(door)
    chosen = [one for one in Category.values if one in categories]
    if not chosen:
        raise CoordinationError(_("Vælg, hvad der må ses."))
    if unit is not None and unit.authority_id != authority.pk:
        raise CoordinationError(_("Enheden hører til en anden myndighed."))
    takes_part = Participation.objects.filter(current(), partnership=here.partnership_id, authority=authority).exists()
    if not takes_part:
        raise CoordinationError(_("Vælg en myndighed, der er med i samarbejdet."))
    if authority.kind == AuthorityKind.PRACTICE and not is_own_doctor(actor, here, authority):
        raise CoordinationError(_("Skriv først, at det er borgerens egen læge."))
    tells = Category.EVENTS in chosen or (Category.PLANS in chosen and authority.kind in WARDS)
    try:
        consent = take_consent(
            actor,
            here,
            scope=Scope.SHARE,
            information_types=sorted({Category(one).information_type for one in chosen}),
            # Whoever tells what happens, or writes the plan of a discharge, tells the tovholder too: the yes says so.
            receivers=list({one.pk: one for one in (authority, *([here.authority] if tells else []))}.values()),
            purposes=[Purpose.HELP],
            given=yes.given,
            form=yes.form,
            why_oral=yes.why_oral,
            informed=yes.informed,
            given_on=yes.given_on,
            valid_to=yes.valid_to,
            network_id=here.pk,
        )
        # The former door shuts, and nobody has taken a yes back.
        NetworkReader.objects.filter(network=here, authority=authority, unit=unit, until=None).update(
            until=timezone.localdate()
        )
        reader = NetworkReader(
            **own(actor, here, "owner_authority_id"),
            authority=authority,
            unit=unit,
            categories=chosen,
            consent=consent,
            since=timezone.localdate(),
        )
        write(reader)
        written = _in_force(here)
        for category in map(Category, chosen):
            # What nobody has written tells nothing yet; it is told on the day it is approved or put in force.
            if category not in (*SECTIONS, Category.PLANS):
                _tell(actor, here, reader, category, consent)
            for what, version in written.get(category, []):
                _tell(actor, here, reader, category, consent, version, what)
    except (NothingSaid, NotLawful) as error:
        raise CoordinationError(str(error)) from error
    coordinator = coordinator_of(actor, here)
    if coordinator is not None and Category.COORDINATOR in chosen:
        _news(actor, here, [reader], before=None, after=coordinator, why="")
    log(actor, Act.CHANGE, here, "let_in", reader.pk)
    return reader


def take_back(actor: Actor, reader: NetworkReader) -> None:
    """The citizen takes the yes back: later reads stop, and what was told stays on record (L10)."""
    here = inside(actor, reader.network)
    if not NetworkReader.objects.filter(pk=reader.pk, until=None).exists():
        raise CoordinationError(_("Døren er allerede lukket."))
    _shut(actor, reader)
    log(actor, Act.CHANGE, here, "shut", reader.pk)


def tell_readers(
    actor: Actor, network: CareNetwork, *, before: CareCoordinator | None, after: CareCoordinator | None, why: str
) -> None:
    """Tell all whom a standing yes lets know: old name, new name, why. Each delivery is a disclosure (R-003-6)."""
    readers = tell_all(actor, network, Category.COORDINATOR)
    _news(actor, network, readers, before=before, after=after, why=why)


def tell_of_contact(actor: Actor, network: CareNetwork, *, before: NetworkContact | None, after: NetworkContact) -> int:
    """Tell all whom a standing yes lets know the helpers: old name, new name (R-002-7). How many were told."""
    readers = tell_all(actor, network, Category.CONTACTS, what=str(after.get_role_display()))
    _news(actor, network, readers, before=before, after=after, why="", role=after.role)
    return len(readers)


def tell_all(
    actor: Actor, network: CareNetwork, category: Category, version: int | None = None, what: str = ""
) -> list[NetworkReader]:
    """Record that all whose standing yes names this category are told of it, and return them.

    `what` names it where the category holds more than one thing.
    """
    taking_part = Participation.objects.filter(current(), partnership=network.partnership_id)
    readers = [
        one
        for one in NetworkReader.objects.filter(
            network=network,
            until=None,
            categories__contains=[category],
            # Who has left the cooperation is told nothing, and stops nobody else's message.
            authority__in=taking_part.values("authority"),
        ).select_related("consent", "authority", "unit")
        if one.stands
    ]
    try:
        for one in readers:
            _tell(actor, network, one, category, one.consent, version, what)
    except NotLawful as error:
        raise CoordinationError(str(error)) from error
    return readers


def read_news(actor: Actor, network: CareNetwork) -> None:
    """Somebody of the receiver says that it is read. A colleague who was first keeps the line."""
    rows = CoordinatorNews.objects.filter(network=network, authority_id__in=actor.authority_ids, noted_at=None)
    if not rows.filter(read_at=None).update(read_at=timezone.now(), read_by_id=actor.person_id):
        raise CoordinationError(_("Det er allerede læst."))
    log(actor, Act.CHANGE, network, "read")


def note_news(actor: Actor, network: CareNetwork) -> None:
    """The receiver says that the tovholder's name is noted in its own journal (R-003-8)."""
    rows = CoordinatorNews.objects.filter(network=network, authority_id__in=actor.authority_ids, noted_at=None)
    now = timezone.now()
    rows.filter(read_at=None).update(read_at=now, read_by_id=actor.person_id)
    if not rows.update(noted_at=now, noted_by_id=actor.person_id):
        raise CoordinationError(_("Det er allerede noteret."))
    log(actor, Act.CHANGE, network, "noted")


def _in_force(network: CareNetwork) -> dict[str, list[tuple[str, int]]]:
    """What stands in versions and can be read now: sections the citizen has agreed to, and plans in force."""
    found: dict[str, list[tuple[str, int]]] = {}
    for section in SummarySection.objects.filter(network=network, until=None).exclude(approved_on=None):
        found.setdefault(section.category, []).append((str(section.get_category_display()), section.version))
    for plan in Plan.objects.filter(network=network, ended_on=None, in_force__isnull=False).order_by("at", "id"):
        assert plan.in_force is not None
        found.setdefault(Category.PLANS, []).append((str(plan.get_kind_display()), plan.in_force))
    return found


def _tell(
    actor: Actor,
    network: CareNetwork,
    reader: NetworkReader,
    category: Category,
    consent: Consent,
    version: int | None = None,
    what: str = "",
) -> None:
    """Record that the receiver is told. A unit of the own authority is told too, and is no other authority."""
    if actor.owns(reader.authority_id):
        return
    what = what or str(category.label)
    if version is not None:
        what = _("%(what)s, udgave %(version)s") % {"what": what, "version": version}
    disclose(
        actor,
        Subject(SubjectKind.CARE_NETWORK, network.pk, network.partnership_id, citizen_id=network.citizen_id),
        [reader.authority],
        information_type=category.information_type,
        purpose=Purpose.HELP,
        necessity=_("Borgeren har sagt ja til, at I må vide det: %(what)s") % {"what": what},
        basis=Basis.CONSENT,
        consent=consent,
    )


def _news(
    actor: Actor,
    network: CareNetwork,
    readers: Sequence[NetworkReader],
    *,
    before: CareCoordinator | NetworkContact | None,
    after: CareCoordinator | NetworkContact | None,
    why: str,
    role: str = "",
) -> None:
    CoordinatorNews.objects.bulk_create(
        [
            CoordinatorNews(
                **own(actor, network, "owner_authority_id"),
                reader=one,
                authority=one.authority,
                role=role,
                before=before.name if before else "",
                after=after.name if after else "",
                phone=after.phone if after else "",
                hours=after.hours if after else "",
                why=why[:200],
            )
            for one in readers
        ]
    )


def _shut(actor: Actor, reader: NetworkReader) -> None:
    NetworkReader.objects.filter(pk=reader.pk, until=None).update(until=timezone.localdate())
    if reader.consent.withdrawn_on is None:
        try:
            withdraw_consent(actor, reader.consent)
        except NothingSaid as error:
            raise CoordinationError(str(error)) from error
