"""Every address of the URL conf, filled with the ids of the filled world, and what answers there.

A new address is walked by itself. Only a new kind of id needs a line in `ROWS`, and the walk fails until it has one.
"""

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.test import Client
from django.test import client as django_client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.clients import sit
from tests.filled import CPR, Filled

# Which rows of the world an id in an address may name. The first is the one that stands beside each case.
ROWS: dict[str, list[str]] = {
    "case_id": [
        *(f"case.{name}" for name in ("open", "other_group", "closed", "run_off", "left", "long_left", "unnamed")),
        *(f"case.{name}" for name in ("placed", "waiting", "moved", "outside")),
    ],
    "concern_id": ["concern.fresh", "concern.case", "concern.sent", "concern.over"],
    "action_id": ["action.own", "action.proposed", "action.taken"],
    "ban_id": ["ban"],
    "gap_id": ["gap", "gap.up"],
    "decision_id": ["decision"],
    "steering:group_id": ["steering_group", "group", "outside_group"],
    "advice_id": ["danger", "danger.home"],
    "contribution_id": ["contribution.told", "contribution.own", "contribution.social", "contribution.draft"],
    "request_id": ["request", "request.left"],
    "consent_id": ["consent"],
    "no_id": ["no"],
    "unit_contact_id": ["contact.unit", "contact.elsewhere", "contact.own", "contact.told"],
    "override_id": ["override", "override.reviewed"],
    "release_id": ["release"],
    "releaser_id": ["releaser"],
    "sentence_id": ["conditions.told", "conditions.social"],
    "note_id": ["note.authority", "note.person"],
    "assignment_id": ["assignment"],
    "merge_id": ["merge"],
    "notice_id": ["notice"],
    "letter_id": ["letter"],
    "guest_id": ["guest"],
    "meeting_id": ["meeting", "meeting.approved", "meeting.steering"],
    "series_id": ["series"],
    "kind_id": ["kind"],
    "consult_id": ["consult"],
    "matter_id": ["matter"],
    "conference_item_id": ["conference.item", "conference.item.approved"],
    "step_id": ["step.open", "step.judged"],
    "participant_id": ["participant"],
    "care_network_id": ["care"],
    "network_meeting_id": ["care.meeting", "care.meeting.held", "care.meeting.off"],
    "invitee_id": ["care.invitee"],
    "agreement_id": ["care.agreement", "care.agreement.done"],
    "coordinator_id": ["care.holder"],
    "reader_id": ["care.door", "care.door.back"],
    "section_id": ["care.told.draft", "care.told"],
    "coordination:entry_id": ["care.entry", "care.entry.read"],
    "outreach:course_id": ["course", "course.ended", "course.elsewhere"],
    "outreach:attempt_id": ["attempt"],
    "outreach:protection_id": ["peace"],
    "outreach:proposal_id": ["proposal"],
    "outreach:handover_id": ["handover"],
    "outreach:inquiry_id": ["inquiry", "inquiry.followed", "inquiry.elsewhere"],
    "outreach:search_id": ["search", "search.elsewhere"],
    "outreach:research_id": ["study", "study.elsewhere"],
    "outreach:phone_id": ["phone", "phone.removed", "phone.elsewhere"],
    "outcomes:course_id": ["course", "course.ended", "course.elsewhere"],
    "outcomes:journal_id": ["journal", "journal.elsewhere"],
    "memo_id": ["care.memo"],
    "substitute_task_id": ["care.substitute"],
    "drawn_person_id": ["care.drawn"],
    "care_event_id": ["care.event.draft", "care.event", "care.event.inside"],
    "event_delivery_id": ["care.delivery", "care.delivery.new", "care.delivery.read"],
    "plan_id": ["care.plan", "care.plan.new", "care.plan.over", "care.ward.plan", "care.ward.draft.plan"],
    "plan_line_id": ["care.line", "care.line.draft", "care.line.ward", "care.ward.line"],
    "transition_id": ["young", "young.lone", "young.over"],
    "hand_over_id": ["hand", "hand.dark", "hand.done", "hand.home", "hand.lone"],
    "pathway_id": ["way", "way.over"],
    "network_contact_id": ["care.contact", "care.contact.unwanted"],
    "who_id": ["who", "who.told", "who.back"],
    "network_case_id": ["network"],
    "contact_id": ["acute"],
    "accounts:row_id": ["kept"],
    "entry_id": ["entry", "entry.ward"],
    "referral_id": ["ref", "ref.draft", "ref.back", "ref.over"],
    "change_id": ["law_change"],
    "question_id": ["question.law", "question.law.general"],
    "answer_id": ["answer.law", "answer.law.general"],
    "partnerships:row_id": ["criterion", "category", "number"],
    "review_id": ["review.open", "review.own", "review.judged"],
    "disposal_id": ["disposal"],
    "hold_id": ["hold"],
    "asked_id": ["right", "right.closed"],
    "hearing_id": ["hearing", "hearing.answered"],
    "look_id": ["outside"],
    "breach_id": ["breach", "breach.over"],
    # Any officer may ask for anybody's paper; what is on it is the own authority's.
    "citizen_id": ["told"],
    "task_id": ["task.screener", "task.person"],
    # Structure and staff are known to all who act; what may be done with them is proven in their room.
    "group_id": ["group", "other_group", "outside_group"],
    "authority_id": ["authority.police", "authority.social", "authority.outside"],
    "partnership_id": ["partnership", "elsewhere"],
    "participation_id": ["participation"],
    "unit_id": ["unit"],
    "measure_id": ["measure"],
    "capacity_id": ["post.colleague", "post.social"],
    "post_id": ["post.colleague", "post.social"],
    "membership_id": ["seat.police", "seat.outside"],
    "person_id": ["person.colleague"],
}
# Text in an address that is no id.
WORDS: dict[str, Any] = {
    "kind": "log",
    "key": "x",
    "directory:key": "L4",
    "meetings:part": "theme",
    "coordination:category": "situation",
    "coordination:rule": "support_visits",
    "outreach:profile_key": "joint",
    "referrals:step": "trin",
    "outcomes:number": 2,
    "uidb36": "1",
    "pk": 1,
    "year": 2026,
    "token": "x",
}

_NAME = re.compile(r"Kanariesen-[a-z]+")
_REFERENCE = re.compile(r"FLT-2026-\d{3}")
_CSRF = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]+')


@dataclass(frozen=True)
class Route:
    """One address pattern: its name in the URL conf and the names of its parts."""

    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What came back, and what the database was asked meanwhile."""

    status: int
    body: bytes
    headers: dict[str, str]
    queries: tuple[str, ...]
    broke: str = ""

    @property
    def whole(self) -> str:
        """Everything that a reader could learn from."""
        return self.body.decode(errors="replace") + "\n" + "\n".join(f"{k}: {v}" for k, v in self.headers.items())

    @property
    def acts(self) -> list[str]:
        """Which acts were logged."""
        written = " ".join(query for query in self.queries if "audit_write" in query)
        return re.findall(r'"act": "(\w+)"', written)

    @property
    def names(self) -> set[str]:
        """The names of citizens in it."""
        return set(_NAME.findall(self.whole))

    @property
    def references(self) -> set[str]:
        """The case numbers in it."""
        return set(_REFERENCE.findall(self.whole))

    @property
    def shows_number(self) -> bool:
        """Whether a CPR number stands in it in clear."""
        digits = re.sub(r"(?<=\d)[ \-–](?=\d)", "", self.whole)
        return CPR in digits

    def without(self, *ids: UUID | str) -> tuple[int, bytes, dict[str, str]]:
        """The answer as another would get it for another id or word: same bytes but for it and the form's own token."""
        body = _CSRF.sub(rb"\1", self.body)
        headers = {k: v for k, v in self.headers.items() if k not in {"Set-Cookie", "Expires"}}
        for key in ids:
            body = body.replace(str(key).encode(), b"-")
            headers = {k: v.replace(str(key), "-") for k, v in headers.items()}
        return self.status, body, headers


def routes() -> list[Route]:
    """Every address in the URL conf, the libraries' too."""
    found = []

    def visit(patterns: list[Any], spaces: tuple[str, ...]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                visit(pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces)
            elif isinstance(pattern, URLPattern):
                assert pattern.name, f"an address without a name: {pattern}"
                found.append(
                    Route(":".join([*spaces, pattern.name]), tuple(pattern.pattern.converters or _groups(pattern)))
                )

    visit(get_resolver().url_patterns, ())
    return found


def _groups(pattern: URLPattern) -> tuple[str, ...]:
    return tuple(getattr(pattern.pattern, "regex", re.compile("")).groupindex)


def targets(route: Route, filled: Filled) -> Iterator[dict[str, tuple[str, Any]]]:
    """What the parts of an address are filled with: name of the row and its id, or a word.

    Every case with the first row of each other kind, then the open case with all the others.
    """
    room = route.name.partition(":")[0]
    choices = {
        part: ROWS.get(f"{room}:{part}")
        or ROWS.get(part)
        or [WORDS[word] for word in (f"{room}:{part}", part) if word in WORDS][:1]
        for part in route.parts
    }
    unknown = [part for part, rows in choices.items() if not rows]
    assert unknown == [], f"{route.name}: say in ROWS what {unknown} may be"
    first = {part: rows[0] for part, rows in choices.items()}
    seen = []
    for part in route.parts or ("",):
        for row in choices.get(part, [""]):
            chosen = {**first, **({part: row} if part else {})}
            if chosen not in seen:
                seen.append(chosen)
                yield {part: (row, filled.ids.get(row, row)) for part, row in chosen.items()}


def name_the_rest(walked: Filled) -> None:
    """Name the structure that addresses may speak of."""
    ids, world = walked.ids, walked.world
    ids["group"], ids["partnership"] = world.group, world.partnership
    for name, key in world.authorities.items():
        ids[f"authority.{name}"] = key
    ids["post.colleague"], ids["post.social"] = world.seats["police.colleague"].post, world.seats["social.member"].post
    ids["person.colleague"] = world.seats["police.colleague"].person


@contextmanager
def _no_templates_kept() -> Iterator[None]:
    """Django's browser copies the context of each template for the test to look at; nobody looks, and it takes long."""
    kept = django_client.store_rendered_templates
    django_client.store_rendered_templates = lambda *_, **__: None
    try:
        yield
    finally:
        django_client.store_rendered_templates = kept


class Walker:
    """Sends requests as the seats of the filled world, each rolled back."""

    def __init__(self, filled: Filled) -> None:
        self.filled = filled
        # Browsers that a click on a chair does not give: somebody locked out, on the way in, or without a key.
        self.others: dict[str, Callable[[str], Client]] = {}

    @lru_cache(maxsize=64)  # noqa: B019
    def browser(self, seat: str | None, language: str = "da") -> Client:
        """A browser in which this person sits, or (None) nobody is logged in."""
        if seat in self.others:
            client = self.others[seat](language)
        elif seat:
            client = sit(self.filled.world, seat, language)
        else:
            client = Client(headers={"accept-language": language})
        client.raise_request_exception = False
        return client

    def ask(
        self,
        seat: str | None,
        method: str,
        url: str,
        data: dict[str, Any] | bytes | None = None,
        kind: str = "",
        language: str = "da",
    ) -> Answer:
        """The answer to one request; whatever it wrote is undone. `kind`: the content type of a raw body."""
        browser = self.browser(seat, language)
        cookies = browser.cookies.copy()
        asked: list[str] = []

        def note(execute: Callable, query: Any, params: Any, many: bool, context: dict) -> Any:
            asked.append(f"{query} {params}" if "audit_write" in str(query) else str(query))
            return execute(query, params, many, context)

        with transaction.atomic(), _no_templates_kept():
            with connection.execute_wrapper(note):
                if method == "GET":
                    response = browser.get(url, data)
                else:
                    response = browser.post(url, data or {}, **({"content_type": kind} if kind else {}))
            body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
            transaction.set_rollback(True)
        browser.cookies = cookies
        return Answer(
            response.status_code,
            body,
            dict(response.headers),
            tuple(asked),
            "".join(traceback.format_exception(*response.exc_info)[-3:]) if response.exc_info else "",
        )


def address(
    route: Route, filling: dict[str, tuple[str, Any]], strangers: frozenset[str] = frozenset()
) -> tuple[str, list[UUID]]:
    """The address, with fresh ids in the parts named in `strangers`; and the ids in it."""
    kwargs = {part: uuid4() if part in strangers else value for part, (_, value) in filling.items()}
    return reverse(route.name, kwargs=kwargs), [value for value in kwargs.values() if isinstance(value, UUID)]
