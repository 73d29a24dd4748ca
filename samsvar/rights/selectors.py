"""What the data protection officer reads, the register of rights, and the report to a citizen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import get_language

from samsvar.audit.models import LogRow
from samsvar.audit.selectors import Filters, log_page, rows_at, rows_of_person_near
from samsvar.calendar.deadlines import deadline, due
from samsvar.law.exemptions import meant
from samsvar.law.kinds import InformationType, Purpose, Regime
from samsvar.law.packs import PackError, load
from samsvar.partnerships.jobs import REVIEW_DAYS
from samsvar.partnerships.models import Authority, Capacity, Partnership
from samsvar.postgres.actor import Actor
from samsvar.rights.models import Breach, Exemption, Hearing, LogReview, LogWatch, OutsideLook, Remark, RightsRequest
from samsvar.rights.words import LOOKS, looked_for
from samsvar.sharing.models import Channel, Disclosure, WhyNot

NEAR_MINUTES = 15
NEAR_MOST = 60


def people_of_log(actor: Actor) -> list[tuple[str, str]]:
    """Everybody who has or had a post in the own authority, with the posts: pairs of id and words."""
    found: dict[str, list[str]] = {}
    for key, name, function in (
        Capacity.objects.filter(authority_id__in=actor.authority_ids)
        .values_list("person_id", "person__name", "function")
        .order_by("person__name", "person_id", "function")
    ):
        found.setdefault(str(key), [name]).append(function)
    return [(key, f"{name} ({', '.join(dict.fromkeys(posts))})") for key, (name, *posts) in found.items()]


@dataclass(frozen=True)
class OfCitizen:
    """Ids of what the own authority has about a citizen, as its log names them."""

    citizens: tuple[UUID, ...] = ()
    identities: tuple[UUID, ...] = ()
    concerns: tuple[UUID, ...] = ()
    cases: tuple[UUID, ...] = ()

    @property
    def everything(self) -> tuple[UUID, ...]:
        """All of them."""
        return (*self.citizens, *self.identities, *self.concerns, *self.cases)


def of_citizen(actor: Actor, citizen_id: UUID) -> OfCitizen:
    """What the own authority has about a citizen; nothing but the citizen itself for an id it does not know."""
    with connection.cursor() as cursor:
        cursor.execute("select kind, id from rights_of_citizen(%s)", [citizen_id])
        rows = cursor.fetchall()

    def ids(kind: str) -> tuple[UUID, ...]:
        return tuple(key for found, key in rows if found == kind)

    return OfCitizen(ids("citizen"), ids("identity"), ids("concern"), ids("case"))


def cases_named(actor: Actor, reference: str) -> tuple[UUID, ...]:
    """The cases with this number that the own authority is or was party to; at most one per partnership."""
    with connection.cursor() as cursor:
        cursor.execute("select * from rights_cases(%s)", [reference])
        return tuple(row[0] for row in cursor.fetchall())


def watch(actor: Actor) -> LogWatch:
    """What the own authority wants drawn; as it begins when nobody has said otherwise."""
    found = LogWatch.objects.filter(authority_id=actor.authority_id).first()
    return found or LogWatch(authority_id=actor.authority_id)


def open_reviews(actor: Actor) -> QuerySet[LogReview]:
    """Rows that wait for a verdict, oldest first."""
    return LogReview.objects.filter(verdict="").order_by("drawn_at", "row_at", "id")


def judged_reviews(actor: Actor) -> QuerySet[LogReview]:
    """Rows that have one, newest first."""
    return LogReview.objects.exclude(verdict="").select_related("judged_by").order_by("-judged_at", "id")


def find_review(actor: Actor, review_id: UUID) -> LogReview | None:
    """One row that was drawn in the own authority, or None."""
    return LogReview.objects.select_related("judged_by").filter(pk=review_id).first()


def rows_of_reviews(actor: Actor, reviews: Sequence[LogReview]) -> dict[UUID, LogRow]:
    """The log's row of each review; those that have been disposed of since are left out."""
    rows = rows_at(actor, [(one.authority_id, one.seq, one.row_at) for one in reviews])
    by_key = {(row.authority_id, row.seq): row for row in rows}
    return {one.pk: row for one in reviews if (row := by_key.get((one.authority_id, one.seq)))}


def around(actor: Actor, row: LogRow) -> Sequence[LogRow]:
    """What the same person did right before and after."""
    return rows_of_person_near(actor, row, NEAR_MINUTES, NEAR_MOST)


# The register


def open_requests(actor: Actor) -> QuerySet[RightsRequest]:
    """What citizens wait for, the nearest clock first."""
    return RightsRequest.objects.filter(outcome="").order_by("due_on", "id")


def closed_requests(actor: Actor) -> QuerySet[RightsRequest]:
    """What has been answered, newest first."""
    return RightsRequest.objects.exclude(outcome="").order_by("-answered_on", "id")


def find_request(actor: Actor, request_id: UUID) -> RightsRequest | None:
    """One request to the own authority, or None."""
    return RightsRequest.objects.select_related("by", "closed_by").filter(pk=request_id).first()


def hearings_of(actor: Actor, request: RightsRequest) -> QuerySet[Hearing]:
    """Whom the own authority has asked about it, and what they answered."""
    return Hearing.objects.filter(request=request).select_related("to_authority").order_by("asked_at", "id")


def exemptions_of(actor: Actor, request: RightsRequest) -> QuerySet[Exemption]:
    """What the citizen is not given, and why."""
    return Exemption.objects.filter(request=request).select_related("by").order_by("at", "id")


def may_be_heard(actor: Actor, request: RightsRequest) -> QuerySet[Authority]:
    """The others who are or were party to the case and have not been asked yet."""
    with connection.cursor() as cursor:
        cursor.execute("select * from rights_others(%s)", [request.pk])
        others = [row[0] for row in cursor.fetchall()]
    asked = Hearing.objects.filter(request=request).values("to_authority_id")
    return Authority.objects.filter(pk__in=others).exclude(pk__in=asked).order_by("name", "id")


def find_hearing(actor: Actor, hearing_id: UUID) -> Hearing | None:
    """A question from another controller to the own authority, or None."""
    found = Hearing.objects.select_related("authority", "answered_by")
    return found.filter(pk=hearing_id, to_authority_id__in=actor.authority_ids).first()


def remarks_of(actor: Actor, case_id: UUID) -> list[Remark]:
    """What the citizen has remarked on what is said in a case, oldest first."""
    return list(Remark.objects.filter(case_id=case_id).select_related("authority").order_by("at", "id"))


@dataclass(frozen=True)
class Untold:
    """A citizen who is not told yet: by the case's number, why, on which exemption, who answers for it, until when."""

    case_id: UUID
    reference: str
    why: str
    rests_on: str
    leader: str
    at: datetime
    review_on: date


def untold(actor: Actor) -> list[Untold]:
    """Whom the own authority has not told for now, the nearest day first (L21)."""
    with connection.cursor() as cursor:
        cursor.execute("select * from rights_untold()")
        rows = cursor.fetchall()
    lang = get_language()
    found = []
    for case_id, reference, why, key, leader, at, review_on in rows:
        exemption = meant(key, localdate(at))
        rests_on = exemption.label(lang) if exemption else key
        found.append(Untold(case_id, reference, str(WhyNot(why).label), rests_on, leader, at, review_on))
    return found


# What has been told, and who has looked


@dataclass(frozen=True)
class Told:
    """One disclosure as the citizen hears of it: no staff name, no text, but what kind of thing, to whom, and why."""

    at: datetime
    to: tuple[str, ...]
    what: str
    purpose: str
    basis: str
    how: str


@dataclass(frozen=True)
class Look:
    """The looks of one day for one purpose."""

    on: date
    purpose: str
    times: int


@dataclass(frozen=True)
class Controller:
    """One controller's part. `own`: the whole of it; otherwise only what it has told the own authority."""

    name: str
    regime: str
    own: bool
    told: list[Told] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)


MOST_LOOKS = 20_000


def told(actor: Actor, citizen_id: UUID) -> list[Controller]:
    """Per controller: who was told what, on what basis and when; of the own one every look too: day, purpose, no names.

    For the own data protection officer (L20, R-000-125, R-003-51), within the own authority's reach only: others' own
    looks and what they have told each other is theirs to tell. The own controller comes first, the others by name.
    """
    ids, lang = of_citizen(actor, citizen_id), get_language()
    own = (
        Disclosure.objects.filter(Q(citizen_id__in=ids.citizens) | Q(case_id__in=ids.cases))
        .filter(authority_id__in=actor.authority_ids)
        .prefetch_related("receipts__authority")
        .order_by("at", "id")
    )
    mine = Controller(
        name=actor.authority_name,
        regime=Regime(actor.regime).label(lang),
        own=True,
        told=[
            _told(
                tuple(sorted(receipt.authority.name for receipt in one.receipts.all())) or (one.outside,),
                *(one.at, one.information_type, one.purpose, one.rule, one.pack, one.channel),
            )
            for one in own
        ],
        looks=_looks(actor, ids),
    )
    with connection.cursor() as cursor:
        cursor.execute("select * from rights_told_us(%s)", [citizen_id])
        rows = cursor.fetchall()
    names = {one.pk: one for one in Authority.objects.filter(pk__in={row[0] for row in rows})}
    others: dict[UUID, Controller] = {}
    for key, *facts in rows:
        authority = names[key]
        part = others.setdefault(key, Controller(authority.name, Regime(authority.regime).label(lang), own=False))
        part.told.append(_told((actor.authority_name,), *facts))
    return [mine, *sorted(others.values(), key=lambda part: part.name)]


def _told(to: tuple[str, ...], at: datetime, kind: str, purpose: str, rule: str, pack: str, channel: str) -> Told:
    lang = get_language()
    return Told(
        at=at,
        to=to,
        what=InformationType(kind).label(lang),
        purpose=Purpose(purpose).label(lang),
        basis=_basis(rule, pack, lang),
        how=str(Channel(channel).label),
    )


def _basis(rule: str, pack: str, lang: str | None) -> str:
    """The paragraph behind a rule of the pack that was in force then; the rule's own number when the pack is gone."""
    try:
        return load(pack.partition(" ")[0]).rules[rule].source(lang)
    except (PackError, KeyError):
        return rule


def _looks(actor: Actor, ids: OfCitizen) -> list[Look]:
    rows = log_page(actor, Filters(about=ids.everything), MOST_LOOKS)
    counted = Counter((localdate(row.at), looked_for(row)) for row in rows if row.act in LOOKS)
    return [Look(day, purpose, times) for (day, purpose), times in sorted(counted.items())]


# Questions outside one's reach, and breaches


def asked(actor: Actor, look_id: UUID) -> OutsideLook | None:
    """A question that the actor asked, or has been told of within its day."""
    found = OutsideLook.objects.select_related("by", "authority", "capacity")
    return found.filter(pk=look_id, expires_at__gt=now()).first()


def places(actor: Actor) -> QuerySet[Partnership]:
    """The partnerships in which one can ask."""
    return Partnership.objects.filter(pk__in=actor.partnership_ids).order_by("name", "id")


def breaches(actor: Actor) -> list[Breach]:
    """The own authority's breaches, newest first."""
    return list(Breach.objects.order_by("-known_at", "id"))


def find_breach(actor: Actor, breach_id: UUID) -> Breach | None:
    """One of them, or None."""
    return Breach.objects.filter(pk=breach_id).first()


def breach_due(breach: Breach) -> datetime:
    """When the seventy-two hours are over."""
    return due(deadline("breach_notice", localdate(breach.known_at)), breach.known_at)


def unreviewed_posts(actor: Actor) -> int:
    """How many of the own posts nobody has looked at for half a year; the local administrator does that."""
    latest = localdate() - timedelta(days=REVIEW_DAYS)
    posts = Capacity.objects.filter(authority_id=actor.authority_id, since__lte=localdate()).filter(
        Q(until=None) | Q(until__gte=localdate())
    )
    return posts.filter(Q(reviewed_on__lte=latest) | Q(reviewed_on=None, since__lte=latest)).count()
