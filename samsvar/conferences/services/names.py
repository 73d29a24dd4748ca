"""Who a matter is about: said on a yes, taken back, forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.citizens.services import identify
from samsvar.conferences.models import About, ConferenceCase, MatterParty, MatterPerson
from samsvar.conferences.services.errors import ConferenceError
from samsvar.conferences.services.held import log
from samsvar.conferences.services.texts import refuse_numbers
from samsvar.law.kinds import Basis, InformationType, Purpose
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Consent, ConsentForm, Disclosure, Scope, SubjectKind
from samsvar.sharing.services import NothingSaid, NotLawful, Subject, disclose, take_consent, withdraw_consent


@dataclass(frozen=True)
class Yes:
    """A consent to be named, as the presenter answers for it (R-003-39)."""

    given: Sequence[str] = ()
    given_on: date | None = None
    form: str = ConsentForm.WRITTEN
    why_oral: str = ""
    informed: bool = False


@dataclass
class _Matter:
    """A matter as the door speaks of it: no case."""

    id: UUID
    partnership_id: UUID
    group_id: UUID
    reference: str
    citizen_id: UUID | None = None


def say_name(actor: Actor, matter: ConferenceCase, names: Sequence[str], to: Sequence[Authority], yes: Yes) -> None:
    """Say who it is to some who work with the matter, on a consent that the actor answers for."""
    to = [one for one in to if not actor.owns(one.pk)]
    parties = set(MatterParty.objects.filter(matter=matter).values_list("authority_id", flat=True))
    if not to or any(one.pk not in parties for one in to):
        raise ConferenceError(_("Vælg blandt dem, der er med om sagen."))
    refuse_numbers(*names)
    say_to(actor, matter, persons_named(actor, matter, names), to, yes)


def say_to(
    actor: Actor, matter: ConferenceCase, persons: Sequence[MatterPerson], to: Sequence[Authority], yes: Yes
) -> None:
    """Each name passes to each receiver as a recorded disclosure on a consent, and in no other way (R-003-38).

    Each person has a consent of their own, so that one of a family can take the yes back.
    """
    if not persons:
        raise ConferenceError(_("Skriv navnet, når du svarer for et samtykke til at sige det."))
    about = _Matter(matter.pk, matter.partnership_id, matter.group_id, str(matter.number))
    try:
        for one in persons:
            consent = take_consent(
                actor,
                about,
                scope=Scope.SHARE,
                information_types=[InformationType.IDENTITY],
                receivers=to,
                purposes=[Purpose.HELP],
                given=yes.given,
                form=yes.form,
                why_oral=yes.why_oral,
                informed=yes.informed,
                given_on=yes.given_on,
                matter_id=matter.pk,
            )
            MatterPerson.objects.filter(pk=one.pk).update(consent=consent, withdrawn_on=None)
            disclose(
                actor,
                Subject(
                    SubjectKind.CONFERENCE,
                    one.pk,
                    matter.partnership_id,
                    citizen_id=one.citizen_id,
                    reference=about.reference,
                    group_id=matter.group_id,
                ),
                to,
                information_type=InformationType.IDENTITY,
                purpose=Purpose.HELP,
                necessity=_("Borgeren har sagt ja til, at navnet bliver sagt i Samarbejdsenheden."),
                basis=Basis.CONSENT,
                consent=consent,
            )
    except NothingSaid as error:
        raise ConferenceError(str(error)) from error
    except NotLawful as error:
        raise ConferenceError(str(error)) from error


def persons_named(actor: Actor, matter: ConferenceCase, names: Sequence[str]) -> list[MatterPerson]:
    """The own authority's rows of those who are named here and of nobody else; whoever is new gets one."""
    own = MatterPerson.objects.filter(matter=matter, authority_id__in=actor.authority_ids).order_by("at", "id")
    known = {one.name.casefold(): one for one in own}
    named = []
    wanted = list(dict.fromkeys(" ".join(one.split())[:160] for one in names if one.strip()))
    if matter.about == About.GENERAL and wanted:
        raise ConferenceError(_("Et generelt emne handler ikke om en borger."))
    for name in wanted:
        if name.casefold() in known:
            named.append(known[name.casefold()])
            continue
        identity = identify(actor, partnership_id=matter.partnership_id, name=name)
        row = MatterPerson(
            id=uuid4(),
            partnership_id=matter.partnership_id,
            matter=matter,
            group_id=matter.group_id,
            authority_id=actor.authority_id,
            name=name,
            citizen_id=identity.citizen_id,
            by_id=actor.person_id,
        )
        row.save(force_insert=True)
        named.append(row)
    return named


def take_name_back(actor: Actor, person: MatterPerson) -> None:
    """The citizen has taken the yes back: from now on the name is shown at home alone. What was heard stays heard."""
    row = MatterPerson.objects.filter(
        pk=person.pk, authority_id__in=actor.authority_ids, withdrawn_on=None, consent__isnull=False
    ).first()
    if row is None:
        raise ConferenceError(_("Der er ikke noget samtykke at trække tilbage."))
    rests_on = Disclosure.objects.filter(subject_id=row.pk, authority_id__in=actor.authority_ids).values("consent_id")
    for consent in Consent.objects.filter(pk__in=rests_on, withdrawn_on=None):
        withdraw_consent(actor, consent)
    MatterPerson.objects.filter(pk=row.pk).update(withdrawn_on=timezone.localdate())
    log(
        actor,
        Act.CHANGE,
        "conference_case",
        row.matter_id,
        row.partnership_id,
        {"part": "name_back"},
        citizen_id=row.citizen_id,
    )


def forget_name(actor: Actor, person: MatterPerson) -> None:
    """Take away a name that was written by mistake and that nobody else has heard. Raises ConferenceError."""
    if not MatterPerson.objects.filter(pk=person.pk, authority_id__in=actor.authority_ids, consent=None).delete()[0]:
        raise ConferenceError(_("Navnet er sagt til andre, så det bliver stående. Træk samtykket tilbage i stedet."))
    log(
        actor,
        Act.CHANGE,
        "conference_case",
        person.matter_id,
        person.partnership_id,
        {"part": "name_off"},
        citizen_id=person.citizen_id,
    )
