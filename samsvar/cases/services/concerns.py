"""Telling of a worry: a tag in ten seconds or ten lines, and what its raiser hears (000 sections 2.1, 2.2, 2.13)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case, Concern, ConcernChannel, ConcernState, Feedback, FeedbackKind, OutsideNotifier
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.citizens.models import Identity
from samsvar.citizens.services import identify, sort_key
from samsvar.law.kinds import AuthorityKind
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish, lay

TEXT_LIMIT = 2000
MAY_RAISE = ("frontline", "screener", "member", "releaser", "coordinator", "chair", "secretariat")
MAY_SCREEN = ("screener", "member")


@dataclass(frozen=True)
class Who:
    """Who the concern is about, as far as anybody knows. `cpr` is ten characters; all may be empty (V-09)."""

    name: str = ""
    cpr: str = ""
    known_as: str = ""
    area_id: UUID | None = None

    def __bool__(self) -> bool:
        return bool(self.name or self.cpr or self.known_as)


@dataclass(frozen=True)
class Report:
    """What a raiser has to say: a reference or some lines is enough (R-000-17 to R-000-19, R-000-33).

    `id` is made by the form, so that a button pressed twice raises one concern. `channel` is left empty when the words
    were written here.
    """

    id: UUID
    partnership_id: UUID
    group_id: UUID | None = None
    event_reference: str = ""
    text: str = ""
    who: Who = Who()
    happened_on: date | None = None
    acute_trigger: str = ""
    channel: str = ""
    notifier_kind: str = ""
    notifier_name: str = ""
    repeat_mark: bool = False
    why_without_consent: str = ""


def may_raise(actor: Actor) -> bool:
    """Whether the actor's post is one that meets citizens or their cases."""
    return actor.is_any(*MAY_RAISE)


def raise_concern(actor: Actor, report: Report) -> Concern:
    """`send_once`, for callers to whom it is all the same whether it had been sent before."""
    return send_once(actor, report)[0]


def sent_before(actor: Actor, key: UUID) -> Concern | None:
    """The concern that the actor has made with this form key, if any."""
    return Concern.objects.filter(pk=key, raised_by_id=actor.person_id).first()


def send_once(actor: Actor, report: Report) -> tuple[Concern, bool]:
    """Register a concern as the own authority's row and lay it on the table of those who screen at home (R-000-21).

    The same report twice gives the concern made the first time, and True. Raises CaseError when it says nothing.
    """
    if not report.event_reference.strip() and not report.text.strip():
        raise CaseError(_("Skriv et journalnummer eller nogle linjer."))
    made = sent_before(actor, report.id)
    if made is not None:
        return made, True
    concern = Concern(
        id=report.id,
        partnership_id=report.partnership_id,
        authority_id=actor.authority_id,
        unit_id=actor.unit_id,
        group_id=report.group_id,
        raised_by_id=actor.person_id,
        capacity_id=actor.capacity_id,
        happened_on=report.happened_on,
        channel=_channel(report),
        event_reference=report.event_reference.strip(),
        text=report.text.strip(),
        identity_id=write_who(actor, report.partnership_id, report.who),
        # Only the police know who comes back in their registers, and nobody else works it out (R-000-28, V-21).
        repeat_mark=report.repeat_mark and actor.authority_kind == AuthorityKind.POLICE,
        acute_trigger=report.acute_trigger,
        why_without_consent=report.why_without_consent.strip(),
    )
    try:
        with transaction.atomic():
            concern.save(force_insert=True)
    except IntegrityError:
        # Pressed twice, the two presses may have crossed: the second waited for the first to be written.
        made = sent_before(actor, report.id)
        if made is not None:
            return made, True
        # The id is taken by a row that the actor does not see; whoever typed must not notice.
        concern.id = uuid4()
        concern.save(force_insert=True)
    if report.notifier_kind:
        OutsideNotifier.objects.bulk_create(
            [
                OutsideNotifier(
                    partnership_id=report.partnership_id,
                    concern=concern,
                    authority_id=actor.authority_id,
                    kind=report.notifier_kind,
                    name=report.notifier_name.strip(),
                )
            ]
        )
    lay_screening(actor, concern, actor.authority_id)
    record(actor, Act.CREATE, "concern", concern.pk, partnership_id=concern.partnership_id)
    return concern, False


def lay_screening(actor: Actor, concern: Concern, authority_id: UUID) -> None:
    """Lay the concern before those who may screen it in one authority: its screeners and its members."""
    own = actor.owns(authority_id)
    for role in MAY_SCREEN:
        lay(
            actor,
            TaskKind.SCREEN,
            partnership_id=concern.partnership_id,
            authority_id=authority_id,
            subject_kind="concern",
            subject_id=concern.pk,
            group_id=concern.group_id if role == "member" and own else None,
            role=role,
            reference=concern.event_reference if own else "",
            acute=bool(concern.acute_trigger),
        )


def write_who(actor: Actor, partnership_id: UUID, who: Who) -> UUID | None:
    """The id of the own authority's identity row for this person, made if it is not there; None for nobody."""
    return who_row(actor, partnership_id, who).pk if who else None


def who_row(actor: Actor, partnership_id: UUID, who: Who) -> Identity:
    """The own authority's identity row for somebody; of one out of reach its keys and what was typed."""
    try:
        identity = _identify(actor, partnership_id, who)
    except IntegrityError:
        # A colleague wrote of the same person in this very moment, and was first.
        identity = _identify(actor, partnership_id, who)
    _fill_in(actor, identity, who)
    return identity


def _identify(actor: Actor, partnership_id: UUID, who: Who) -> Identity:
    with transaction.atomic():
        return identify(
            actor,
            partnership_id=partnership_id,
            name=who.name,
            cpr=who.cpr,
            known_as=who.known_as,
            area_id=who.area_id,
        )


def _fill_in(actor: Actor, identity: Identity, who: Who) -> None:
    """Write what was lacking in a row that was there already; what stands there is not overwritten from here."""
    lacking: dict[str, Any] = {}
    if who.name and not identity.name:
        lacking |= {"name": who.name, "name_key": sort_key(who.name)}
    if who.area_id and not identity.area_id:
        lacking["area_id"] = who.area_id
    if lacking:
        Identity.objects.filter(pk=identity.pk).update(**lacking, updated_at=timezone.now())
        record(
            actor,
            Act.CHANGE,
            "identity",
            identity.pk,
            partnership_id=identity.partnership_id,
            citizen_id=identity.citizen_id,
        )


def shows_who(actor: Actor, concern: Concern) -> bool:
    """Whether its page may say who it is about.

    Not what a colleague wrote, to one who typed a number (L17); nor that nobody had written, which the own words would
    tell where they stand: whoever typed a number reads the same whether the citizen was known here or not (L37).
    """
    identity = concern.identity
    if identity is None or actor.is_any(*MAY_SCREEN):
        return identity is not None
    return identity.created_by_id == actor.person_id and not identity.cpr_key_id


def lock(concern: Concern) -> Concern | None:
    """The concern as it stands, held until the step is done.

    None when somebody has just tied it to a case: the policies judge the row that was waited for with the eyes of
    before, which do not know the case yet.
    """
    return Concern.objects.select_for_update(of=("self",)).select_related("identity").filter(pk=concern.pk).first()


def say_more(actor: Actor, concern: Concern, *, text: str = "", who: Who | None = None) -> None:
    """Add lines, or the person, to an own concern that nobody outside has seen.

    What is added to a disclosed concern would pass through a door that was opened for something else; hence Overtaken
    once it has been screened or sent on. Raises CaseError when there is no room for the lines.
    """
    locked = lock(concern)
    if locked is None or not can_say_more(actor, locked):
        raise Overtaken(
            _("Bekymringen er visiteret, så den kan ikke ændres. Rejs en ny, hvis der er mere at fortælle.")
        )
    if text.strip():
        joined = f"{locked.text}\n\n{text.strip()}" if locked.text else text.strip()
        if len(joined) > TEXT_LIMIT:
            raise CaseError(_("Der er ikke plads til flere linjer. Skriv kortere, eller rejs en ny bekymring."))
        locked.text = joined
    if who:
        locked.identity_id = write_who(actor, locked.partnership_id, who)
    locked.save(update_fields=["text", "identity"])
    record(actor, Act.CHANGE, "concern", locked.pk, partnership_id=locked.partnership_id)


def can_say_more(actor: Actor, concern: Concern) -> bool:
    """Whether lines may still be added: own, unscreened, and not disclosed to anybody.

    Whether it was disclosed is asked of the whole authority, since not everybody who may read it sees by whom.
    """
    if not actor.owns(concern.authority_id) or concern.state != ConcernState.RAISED:
        return False
    with connection.cursor() as cursor:
        cursor.execute("select was_disclosed(%s)", [concern.pk])
        return not cursor.fetchone()[0]


def withdraw(actor: Actor, concern: Concern) -> None:
    """Take an own concern back while nobody has screened it. Raises Overtaken when somebody has."""
    locked = lock(concern)
    if locked is None or locked.raised_by_id != actor.person_id or not can_say_more(actor, locked):
        raise Overtaken(_("Bekymringen er allerede visiteret, så den kan ikke trækkes tilbage."))
    locked.state = ConcernState.WITHDRAWN
    locked.save(update_fields=["state"])
    finish(actor, TaskKind.SCREEN, locked.pk)
    record(actor, Act.CHANGE, "concern", locked.pk, partnership_id=locked.partnership_id, detail={"state": "withdrawn"})


def thank_notifier(actor: Actor, concern: Concern) -> None:
    """Note that the one who came from outside has been thanked, which is all they get (R-000-22, V-32)."""
    OutsideNotifier.objects.filter(concern=concern, thanked_at=None).update(thanked_at=timezone.now())
    record(actor, Act.CHANGE, "concern", concern.pk, partnership_id=concern.partnership_id, detail={"thanked": True})


def answer(actor: Actor, concern: Concern, kind: FeedbackKind, thanks: str = "") -> None:
    """Tell the raiser that and how it was acted on (R-000-25, R-000-26). The forms keep persons out of `thanks`."""
    Feedback.objects.bulk_create(
        [
            Feedback(
                partnership_id=concern.partnership_id,
                concern=concern,
                to_id=concern.raised_by_id,
                to_authority_id=concern.authority_id,
                authority_id=actor.authority_id,
                kind=kind,
                thanks=thanks.strip(),
                by_id=actor.person_id,
                read_at=timezone.now() if concern.raised_by_id == actor.person_id else None,
            )
        ]
    )


def answer_raisers(actor: Actor, case: Case, kind: FeedbackKind) -> int:
    """Let everyone whose concern led to this case hear that it was acted on (ACTED) or followed to the door (CLOSED).

    Once per concern and kind; returns how many were told. The actor need not see their concerns.
    """
    with connection.cursor() as cursor:
        cursor.execute("select feedback_for_case(%s, %s)", [case.pk, kind.value])
        return cursor.fetchone()[0]


def mark_answers_read(actor: Actor) -> int:
    """Note that the actor has seen all answers so far. Returns how many were new."""
    return Feedback.objects.filter(to_id=actor.person_id, read_at=None).update(read_at=timezone.now())


def _channel(report: Report) -> str:
    if report.notifier_kind:
        return ConcernChannel.OUTSIDE
    if report.channel:
        return report.channel
    return ConcernChannel.LINES if report.text.strip() else ConcernChannel.TAG
