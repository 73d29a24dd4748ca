"""Today's open cases, typed in when a group goes live: each through the same door as any other case."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from samsvar.cases.models import Case
from samsvar.cases.services import responsibility
from samsvar.cases.services.raising import Facts, raise_case
from samsvar.cases.services.seats import require_table
from samsvar.cases.services.work import set_next
from samsvar.citizens.services import identify
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import Authority, Group
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class OpenCase:
    """One row: who, why, with whom, who holds it (None: the own authority), and what is next."""

    name: str
    why_serious: str
    cpr: str = ""
    parties: Sequence[Authority] = field(default_factory=tuple)
    holder: Authority | None = None
    next_step: str = ""
    next_on: date | None = None


def type_in(actor: Actor, group: Group, row: OpenCase, *, necessity: str) -> Case:
    """Raise one case that was open before the group came here, and place it where it lies already.

    Raises CaseError, sharing.services.NotLawful. The criterion is the group's own: it judged the case before.
    """
    identity = identify(actor, partnership_id=group.partnership_id, name=row.name, cpr=row.cpr)
    before = _("Sagen var åben, da gruppen begyndte her.")
    case = raise_case(
        actor,
        group=group,
        identity=identity,
        parties=list(row.parties),
        facts=Facts(
            why_serious=row.why_serious,
            means_exhausted=before,
            own_reason=before,
            brought_in=[one.pk for one in row.parties if one.kind == AuthorityKind.SELF_OWNING],
        ),
        necessity=necessity,
    )
    require_table(actor, case)
    holder = row.holder or Authority.objects.get(pk=actor.authority_id)
    responsibility.place(actor, case, holder, reason=before, seen=responsibility.current(case).pk, as_it_was=True)
    if row.next_step.strip():
        set_next(case, row.next_step, row.next_on)
    return case
