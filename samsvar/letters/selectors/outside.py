"""Letters to those outside the circle, and whom they may ask."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from samsvar.cases.models import Case
from samsvar.law.kinds import AuthorityKind
from samsvar.letters.models import OutsideLetter
from samsvar.partnerships.models import Membership
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Consent, Disclosure, Scope
from samsvar.sharing.selectors import consents_of


def letters_of(actor: Actor, case: Case) -> QuerySet[OutsideLetter]:
    """The own authority's letters in a case, the newest first."""
    return OutsideLetter.objects.filter(case=case).select_related("by").order_by("-at", "id")


def find_letter(actor: Actor, letter_id: UUID) -> OutsideLetter | None:
    """One letter of the own authority, or None."""
    return OutsideLetter.objects.select_related("case", "by", "consent", "weighed").filter(pk=letter_id).first()


def consents_outside(actor: Actor, case: Case) -> list[Consent]:
    """The own consents of a case that stand today and name somebody outside the circle, the newest first."""
    return [one for one in consents_of(actor, case.pk) if one.others and one.scope == Scope.SHARE and one.stands()]


def disclosures_of_letter(actor: Actor, letter: OutsideLetter) -> list[Disclosure]:
    """What the letter disclosed, one row for each kind of information."""
    return list(
        Disclosure.objects.filter(subject_id=letter.pk, case_id=letter.case_id).order_by("information_type", "id")
    )


def psychiatry_at_the_table(actor: Actor, case: Case) -> str:
    """Psychiatry's permanent member of the case's group: name, function and telephone; empty where there is none."""
    today = timezone.localdate()
    seat = (
        Membership.objects.filter(
            Q(until=None) | Q(until__gte=today),
            Q(capacity__until=None) | Q(capacity__until__gte=today),
            group_id=case.group_id,
            kind="permanent",
            since__lte=today,
            capacity__authority__kind__in=[AuthorityKind.PSYCHIATRY.value, AuthorityKind.FORENSIC_PSYCHIATRY.value],
        )
        .select_related("capacity__person", "capacity__authority")
        .order_by("since", "id")
        .first()
    )
    if seat is None:
        return ""
    post = seat.capacity
    return ", ".join(part for part in (post.person.name, post.function, post.authority.name, post.phone) if part)
