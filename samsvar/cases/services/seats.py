"""Who may do what in a case, beyond what the row policies already keep apart."""

from django.utils.translation import gettext as _

from samsvar.cases.models import Case
from samsvar.cases.services.errors import CaseError, HasLeft
from samsvar.postgres.actor import Actor


def at_table(actor: Actor, case: Case) -> bool:
    """Whether the actor sits in the group whose case it is. Others who reach it were assigned to it, or raised it."""
    return case.group_id in actor.group_ids


def has_left(actor: Actor, case: Case) -> bool:
    """Whether the actor's authority has stepped out of an open case, which it may still read for a while."""
    return case.closed_at is None and not any(actor.owns(party) for party in case.party_ids)


def require_table(actor: Actor, case: Case) -> None:
    """Raises CaseError for one who works on the case without a seat: the table decides (000 section 1.8)."""
    if not at_table(actor, case):
        raise CaseError(_("Det kan kun de, der sidder i gruppen. Spørg jeres medlem."))


def locked(case: Case) -> Case:
    """The open case again, locked for this transaction, so that those who come at once stand in line.

    Raises CaseError when it has been closed: a closed case takes no change (R-000-91). HasLeft where the own authority
    has stepped out: the policies let nobody there lock the row.
    """
    found = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk, closed_at=None).first()
    if found is None:
        if Case.objects.filter(pk=case.pk, closed_at=None).exists():
            raise HasLeft(_("I er trådt ud af sagen. I kan læse den lidt endnu, men ikke ændre den."))
        raise CaseError(_("Sagen er afsluttet og kan ikke ændres. Kommer borgeren igen, rejses en ny sag."))
    return found
