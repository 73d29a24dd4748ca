"""Writing what the citizen tells once, and the citizen's yes to each text before anybody else reads it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.cases.services.errors import Overtaken
from samsvar.coordination.models import SECTIONS, Approval, CareNetwork, Category, SummarySection
from samsvar.coordination.services.errors import CoordinationError, inside, log, own, without_number, write
from samsvar.coordination.services.letting_in import tell_all
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class Agreed:
    """How the citizen agreed to a text, and on which day."""

    how: str
    on: date | None = None


def write_section(
    actor: Actor,
    network: CareNetwork,
    category: str,
    own_words: str,
    words: str,
    *,
    agreed: Agreed | None = None,
    seen: int | None = None,
) -> SummarySection:
    """Write a new version of a section: a draft, or approved in the same step when the citizen has agreed already.

    `seen` is the version that the writer started from. Raises Overtaken when there is a newer one.
    """
    here = inside(actor, network)
    if category not in SECTIONS:
        raise CoordinationError(_("Vælg et af afsnittene."))
    if not own_words.strip() and not words.strip():
        raise CoordinationError(_("Skriv noget med borgerens ord eller med fagfolks."))
    without_number(own_words, words)
    newest = _newest(here, category)
    if seen is not None and seen != newest:
        raise Overtaken(_("En anden har lige skrevet en ny udgave. Den står her på siden. Ret din, og gem igen."))
    row = SummarySection(
        **own(actor, here),
        category=category,
        version=newest + 1,
        own_words=own_words.strip(),
        words=words.strip(),
    )
    write(row)
    log(actor, Act.CHANGE, here, "section", row.pk)
    if agreed is not None:
        _approve(actor, here, row, agreed)
    return row


def approve_section(actor: Actor, section: SummarySection, agreed: Agreed) -> None:
    """The citizen has agreed to the newest version: it takes the place of the former, and those let in are told."""
    here = inside(actor, section.network)
    if section.version != _newest(here, section.category):
        raise Overtaken(_("Der er skrevet en nyere udgave. Vis borgeren den i stedet."))
    _approve(actor, here, section, agreed)


def take_off(actor: Actor, section: SummarySection) -> None:
    """The citizen does not want a text shown any more. It stands for those inside; nobody else reads it."""
    here = inside(actor, section.network)
    in_force = SummarySection.objects.filter(pk=section.pk, until=None).exclude(approved_on=None)
    if not in_force.update(until=timezone.localdate()):
        raise CoordinationError(_("Teksten er allerede taget af."))
    log(actor, Act.CHANGE, here, "section_off", section.pk)


def _newest(network: CareNetwork, category: str) -> int:
    rows = SummarySection.objects.filter(network=network, category=category)
    return rows.aggregate(n=Max("version"))["n"] or 0


def _approve(actor: Actor, here: CareNetwork, section: SummarySection, agreed: Agreed) -> None:
    day = agreed.on or timezone.localdate()
    if agreed.how not in Approval.values:
        raise CoordinationError(_("Vælg, hvordan borgeren godkendte teksten."))
    if day > timezone.localdate():
        raise CoordinationError(_("Borgeren kan ikke have godkendt teksten i fremtiden."))
    # The former goes first: there is never more than one in force.
    SummarySection.objects.filter(network=here, category=section.category, until=None).exclude(
        approved_on=None
    ).exclude(pk=section.pk).update(until=timezone.localdate())
    waiting = SummarySection.objects.filter(pk=section.pk, approved_on=None, until=None)
    if not waiting.update(
        approved_on=day, approved_how=agreed.how, approved_by_id=actor.person_id, approved_at=timezone.now()
    ):
        raise CoordinationError(_("Teksten er allerede godkendt."))
    tell_all(actor, here, Category(section.category), section.version)
    log(actor, Act.CHANGE, here, "section_approved", section.pk)
