"""The rows of one partnership: its citizens and cases, and everything that has happened in them."""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count, pairwise
from random import Random
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench.country import (
    ACTIONS,
    ASSIGNED,
    CASES,
    CITIZENS,
    CONTRIBUTIONS,
    EVENTS,
    FOLLOW_UPS,
    FRONTLINE,
    NOTES,
    OPEN_SHARE,
    PER_PAGE,
    RAN_OFF_DAYS,
    SCREENERS,
    SITTING,
    YEARS,
    Authority,
    Country,
    ident,
)
from bench.load import NULL
from bench.words import Words

DAY = 86_400
# Keys of a country of invented people.
VAULT_KEY, INDEX_KEY = b"a vault of people who never were", b"an index of people who never w.."

_KINDS = ["party_added", "placed", "moved", "action_agreed", "action_done", "followed_up", "contribution"]
_REASONS = '[{"rule": "L1", "text": "Politi, sociale myndigheder og psykiatri må udveksle det nødvendige."}]'
_DANISH = str.maketrans({"æ": "{a", "ø": "{b", "å": "{c"})


@lru_cache(maxsize=20_000)
def _day(number: int) -> str:
    return datetime.fromtimestamp(number * DAY, UTC).strftime("%Y-%m-%d")


def stamp(second: int) -> str:
    """A moment as PostgreSQL reads it."""
    day, rest = divmod(second, DAY)
    return f"{_day(day)} {rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}+00"


@dataclass
class Person:
    """A citizen as the seeder remembers one: what each authority calls the row about them, and their cases so far."""

    id: str
    cpr: str
    birth_year: int
    name: str
    identities: dict[int, str] = field(default_factory=dict)
    cases: list[str] = field(default_factory=list)


@dataclass
class Story:
    """One case while its rows are written; moments in seconds."""

    id: str
    number: int
    reference: str
    citizen: Person
    identity: str
    parties: list[Authority]
    raiser: Authority
    by: int
    holder: Authority
    raised: int
    closed: int | None
    last: int

    @property
    def others(self) -> list[Authority]:
        return [party for party in self.parties if party is not self.raiser]


class Partnership:
    """Writes the rows of one partnership into `tables`: by table the columns, and the lines of COPY's text form."""

    def __init__(self, country: Country, place: int, origin: int) -> None:
        self.country, self.place, self.origin = country, place, origin
        self.id, self.group = country.partnership(place), country.group(place)
        self.random: Random = country.random("place", place)
        self.words = _words()
        self.tables: dict[str, tuple[tuple[str, ...], list[str]]] = {}
        self.people: list[Person] = []
        self.meetings: list[tuple[int, str]] = []
        self._serial = count()
        self._cipher = AESGCM(VAULT_KEY)
        # The frontline actor's cases.
        self._assigned = ASSIGNED if place == 0 else 0

    def write(self) -> None:
        """Everything: meetings first, then case after case, the oldest first."""
        self._hold_meetings()
        total = self.country.cases_of(self.place)
        # Each table has a page of open cases: a list with twenty rows is measured against one with twenty.
        still_open = min(total, max(PER_PAGE + 4, round(total * OPEN_SHARE)))
        for number in range(total):
            story = self._raise(number, number >= total - still_open)
            self._disclose_case(story)
            self._hold(story)
            self._contribute(story)
            self._work(story)
            self._lay_tasks(story)
            self._worry(story)
            self._beside(story)

    def add(self, table: str, **values: str) -> None:
        """A row; every row of a table names the same columns in the same order."""
        columns, lines = self.tables.setdefault(table, (tuple(values), []))
        assert columns == tuple(values), table
        lines.append("\t".join(values.values()))

    def fresh(self) -> str:
        return f"{self.random.getrandbits(128):032x}"

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def some(self, of_all: int, story: Story) -> range:
        """As many as there are of these on average, seldom more than thrice that; more in a case that stays open."""
        average = of_all / CASES * (2.5 if story.closed is None else 1 - OPEN_SHARE * 1.5)
        return range(min(int(self.random.expovariate(1 / (average + 0.5))), int(3 * average) + 2))

    def anybody(self, authority: Authority) -> str:
        return authority.person(int(self.random.random() * authority.staff))

    def sentence(self, most: int) -> str:
        return self.random.choice(self.words.sentences)[:most]

    def when(self, story: Story) -> int:
        return story.raised + int(self.random.random() * max(story.last - story.raised, 60))

    def of_case(self, story: Story) -> dict[str, str]:
        return {"id": self.fresh(), "partnership_id": self.id, "case_id": story.id, "group_id": self.group}

    def _hold_meetings(self) -> None:
        for month in range(-YEARS * 12, 2):
            starts, meeting = self.origin + month * 30 * DAY + 9 * 3600 + 5 * DAY, ident("meeting", self.place, month)
            self.meetings.append((starts, meeting))
            held = starts < self.origin
            self.add(
                "meetings_meeting",
                id=meeting,
                partnership_id=self.id,
                group_id=self.group,
                starts_at=stamp(starts),
                place="Rådhuset",
                state="held" if held else "planned",
                orientation="",
                held_at=stamp(starts + 7200) if held else NULL,
            )

    def _raise(self, number: int, is_open: bool) -> Story:
        random, origin = self.random, self.origin
        police, social, psychiatry, *brought = self.country.parties[self.place]
        age = int(random.uniform(1, 500) if is_open else random.uniform(100, 365 * YEARS)) * DAY
        raised = origin - age + int(random.random() * DAY)
        closed = None
        if not is_open:
            closed = min(raised + int(random.uniform(30, 400)) * DAY, origin - int(random.uniform(0, 90)) * DAY - 1)
        last = max(raised, closed or origin - int(random.expovariate(1 / 20)) * DAY - int(random.random() * DAY))
        parties = [police, social, psychiatry]
        if self.chance(0.2):
            parties.remove(random.choice(parties))
        parties += [party for party in brought if self.chance(0.08)]
        raiser = random.choice(parties[:2])
        by = int(random.random() * raiser.staff)
        citizen = self._citizen(raised)
        story = Story(
            id=self.country.case(self.place, number),
            number=number,
            reference=f"K{self.place + 1}-{stamp(raised)[:4]}-{number:05}",
            citizen=citizen,
            identity=self._identity(citizen, raiser, by, raised),
            parties=parties,
            raiser=raiser,
            by=by,
            holder=random.choice(parties),
            raised=raised,
            closed=closed,
            last=last,
        )
        next_on = stamp(origin + int(random.uniform(-10, 40)) * DAY)[:10]
        self.add(
            "cases_case",
            id=story.id,
            partnership_id=self.id,
            group_id=self.group,
            reference=story.reference,
            citizen_id=citizen.id,
            identity_id=story.identity,
            raised_by_authority_id=raiser.id,
            raised_by_id=raiser.person(by),
            raised_at=stamp(raised),
            standing="closed" if closed else "placed" if self.chance(0.8) else "awaiting_information",
            social="yes",
            psychiatric="yes" if self.chance(0.8) else "unknown",
            crime="yes" if self.chance(0.5) else "no",
            traits=f"{{trait-{number % 10},trait-{number % 7}}}",
            why_serious=self.words.text(random, 2),
            means_exhausted=self.words.text(random, 1),
            tried_before=self.words.text(random, 1),
            children="no",
            next_step="" if closed else self.sentence(120),
            next_on=NULL if closed or self.chance(0.3) else next_on,
            last_activity_at=stamp(last),
            # The parties of today: nobody, once it is closed.
            party_ids="{}" if closed else f"{{{','.join(party.id for party in parties)}}}",
            closed_at=stamp(closed) if closed else NULL,
            closed_by_id=story.holder.person(0) if closed else NULL,
            close_reason="solved" if closed else "",
            close_note="Fulgt til dørs." if closed else "",
            outcome="support" if closed else "",
        )
        if citizen.cases:
            row = self.of_case(story)
            self.add("cases_recurrence", **row, earlier_id=citizen.cases[-1], number=str(len(citizen.cases) + 1))
        citizen.cases.append(story.id)
        return story

    def _citizen(self, at: int) -> Person:
        """Mostly somebody new; else one who returns."""
        if self.people and not self.chance(CITIZENS / CASES):
            return self.random.choice(self.people)
        number, birth_year = len(self.people), 1940 + int(self.random.random() * 65)
        # Numbers outside the real ones (day + 60), different for each citizen of a partnership.
        cpr = f"{number % 28 + 61}{number // 28 % 12 + 1:02}{birth_year % 100:02}{number // 336 % 4000:04}"
        person = Person(ident("citizen", self.place, number), cpr, birth_year, self.random.choice(self.words.names))
        self.people.append(person)
        index = hmac.digest(INDEX_KEY, cpr.encode(), "sha256").hex()
        self.add(
            "citizens_citizen",
            id=person.id,
            partnership_id=self.id,
            blind_index=f"\\\\x{index}" if self.chance(0.9) else NULL,
            created_at=stamp(at),
        )
        return person

    def _identity(self, person: Person, authority: Authority, by: int, at: int) -> str:
        """The authority's own row about the person."""
        if authority.number in person.identities:
            return person.identities[authority.number]
        identity = person.identities[authority.number] = ident("identity", person.id, authority.number)
        nonce = self.random.randbytes(12)
        sealed = nonce + self._cipher.encrypt(nonce, person.cpr.encode(), UUID(identity).bytes)
        self.add(
            "citizens_identity",
            id=identity,
            partnership_id=self.id,
            citizen_id=person.id,
            authority_id=authority.id,
            name=person.name,
            name_key=person.name.casefold().replace("aa", "å").translate(_DANISH),
            known_as="",
            cpr_cipher=f"\\\\x{sealed.hex()}",
            cpr_key_id="bench",
            birth_year=str(person.birth_year),
            sex="unknown",
            address=f"Vejen {len(self.people) % 300}",
            created_by_id=authority.person(by),
            created_at=stamp(at),
            updated_at=stamp(at),
        )
        return identity

    def _disclose_case(self, story: Story) -> None:
        """The raise: the parties, and what they were told."""
        ended = stamp(story.closed) if story.closed else NULL
        read_until = stamp(story.closed + RAN_OFF_DAYS * DAY) if story.closed else NULL
        for party in story.parties:
            self.add(
                "cases_caseparty",
                **self.of_case(story),
                authority_id=party.id,
                reason="part",
                brought_in="f",
                since=stamp(story.raised),
                until=ended,
                read_until=read_until,
                added_by_id=story.raiser.person(story.by),
            )
        for kind, subject, about in (("case", story.id, "concern"), ("identity", story.identity, "identity")):
            self._disclose(story, kind, subject, about, story.raiser, story.others, stamp(story.raised), story.by)

    def _disclose(
        self,
        story: Story,
        kind: str,
        subject: str,
        about: str,
        sender: Authority,
        receivers: Sequence[Authority],
        at: str,
        by: int,
    ) -> None:
        disclosure = self.fresh()
        self.add(
            "sharing_disclosure",
            id=disclosure,
            partnership_id=self.id,
            authority_id=sender.id,
            case_id=story.id,
            citizen_id=story.citizen.id,
            subject_kind=kind,
            subject_id=subject,
            information_type=about,
            purpose="help",
            necessity=f"Nødvendigt for indsatsen ({next(self._serial)}).",
            rule="L1",
            pack="dk-2026",
            reasons=_REASONS,
            channel="here",
            by_id=sender.person(by),
            capacity_id=sender.post(by),
            at=at,
        )
        for receiver in receivers:
            self.add(
                "sharing_receipt",
                id=self.fresh(),
                partnership_id=self.id,
                disclosure_id=disclosure,
                subject_id=subject,
                authority_id=receiver.id,
                from_authority_id=sender.id,
                brought_in="f",
            )

    def _hold(self, story: Story) -> None:
        """Handlingsansvaret: the raiser first, then mostly somebody else, until the case is closed."""
        moments = [story.raised, story.closed]
        if story.last - story.raised > 10 * DAY:
            moments.insert(1, story.raised + (story.last - story.raised) // 3)
        for (since, until), holder in zip(pairwise(moments), (story.raiser, story.holder), strict=False):
            assert since is not None
            end = f'"{stamp(until)}"' if until else ""
            self.add(
                "cases_responsibility",
                **self.of_case(story),
                authority_id=holder.id,
                period=f'["{stamp(since)}",{end})',
                reason="Har det bedste kendskab.",
                placed_by_id=holder.person(0),
                placed_at=stamp(since),
            )

    def _contribute(self, story: Story) -> None:
        random = self.random
        for _ in self.some(CONTRIBUTIONS, story):
            party, at, row = random.choice(story.parties), stamp(self.when(story)), self.of_case(story)
            by = int(random.random() * party.staff)
            contributes = self.chance(0.8)
            told = contributes and self.chance(0.6)
            self.add(
                "sharing_contribution",
                **row,
                authority_id=party.id,
                answer="contributes" if contributes else random.choice(("not_known", "back_later", "declines")),
                information_type="social" if contributes else "",
                text=self.words.text(random, 3) if contributes else "",
                by_id=party.person(by),
                at=at,
                disclosed_at=at if told else NULL,
            )
            if told:
                receivers = [other for other in story.parties if other is not party]
                self._disclose(story, "contribution", row["id"], "social", party, receivers, at, by)
        for _ in self.some(NOTES, story):
            party = random.choice(story.parties)
            self.add(
                "sharing_ownnote",
                **self.of_case(story),
                authority_id=party.id,
                reach="authority" if self.chance(0.7) else "person",
                text=self.words.text(random, 2),
                by_id=self.anybody(party),
                at=stamp(self.when(story)),
            )

    def _work(self, story: Story) -> None:
        """Who does what, how it went, at which meetings, and the story that all share."""
        random = self.random
        for _ in self.some(ACTIONS, story):
            party, at = random.choice(story.parties), self.when(story)
            waits = story.closed is None and self.chance(0.5)
            self.add(
                "cases_action",
                **self.of_case(story),
                authority_id=party.id,
                by_id=party.person(0),
                at=stamp(at),
                proposed_by_authority_id=story.raiser.id,
                what=self.sentence(250),
                due_on=stamp(at + 20 * DAY)[:10],
                if_it_slips="Ring til gruppen.",
                supports="t",
                state="agreed" if waits else "done",
                result="",
                no_shows="0",
                ended_at=NULL if waits else stamp(min(at + 20 * DAY, story.last)),
            )
        for number, kind in enumerate(["raised", *(random.choice(_KINDS) for _ in self.some(EVENTS, story))]):
            party = random.choice(story.parties)
            self.add(
                "cases_caseevent",
                **self.of_case(story),
                kind=kind,
                authority_id=party.id,
                by_id=self.anybody(party),
                at=stamp(self.when(story) if number else story.raised),
                text="",
                about_authority_id=NULL,
            )
        for _ in self.some(FOLLOW_UPS, story):
            party = random.choice(story.parties)
            self.add(
                "cases_followup",
                **self.of_case(story),
                authority_id=party.id,
                by_id=party.person(0),
                at=stamp(self.when(story)),
                what_happened=self.words.text(random, 1),
                nothing_new="f",
                still_necessary="yes",
                criteria_met="yes",
            )
        if self.chance(0.5):
            self.add(
                "cases_involvement",
                **self.of_case(story),
                authority_id=story.holder.id,
                by_id=story.holder.person(0),
                at=stamp(self.when(story)),
                state="involved",
                reason="",
                review_on=NULL,
                citizens_view="",
            )
        for starts, meeting in self._meetings_of(story):
            decided = starts < self.origin
            self.add(
                "meetings_agendaitem",
                **self.of_case(story),
                meeting_id=meeting,
                kind="follow_up" if starts - story.raised > 60 * DAY else "new",
                position=str(story.number % 300),
                decision="followed_up" if decided else "",
                note="",
                decided_at=stamp(starts + 3600) if decided else NULL,
                decided_by_id=story.raiser.person(story.by) if decided else NULL,
            )

    def _meetings_of(self, story: Story) -> Iterator[tuple[int, str]]:
        """An open case is on the next agenda and was on the two before; a closed one was on its last."""
        newest = story.last if story.closed else self.origin + 20 * DAY
        for back in range(1 if story.closed else 3):
            number = (newest - back * 30 * DAY - self.meetings[0][0]) // (30 * DAY)
            yield self.meetings[min(max(number, 0), len(self.meetings) - 1)]

    def _lay_tasks(self, story: Story) -> None:
        random = self.random
        for kind, share in (("involve_citizen", 0.6), ("prepare", 0.5), ("do_action", 0.4), ("tell_citizen", 0.5)):
            if not self.chance(share):
                continue
            party, at = random.choice(story.parties), self.when(story)
            personal = kind == "do_action"
            self.add(
                "tasks_task",
                **self.of_case(story),
                authority_id=party.id,
                person_id=self.anybody(party) if personal else NULL,
                role="" if personal else "member",
                kind=kind,
                subject_kind="case",
                subject_id=story.id,
                reference=story.reference,
                acute="t" if self.chance(0.02) else "f",
                due_on=stamp(at + 14 * DAY)[:10] if personal else NULL,
                created_at=stamp(at),
                done_at=stamp(story.last) if story.closed else NULL,
                done_by_id=party.person(0) if story.closed else NULL,
            )
        if story.closed:
            return
        for party in story.parties[: 1 + story.number % 2]:
            self._assign(story, party, FRONTLINE + 1 + story.number % max(1, party.staff - FRONTLINE - 1))
        social = self.country.parties[self.place][1]
        if self._assigned and social in story.parties:
            self._assigned -= 1
            self._assign(story, social, FRONTLINE)

    def _assign(self, story: Story, party: Authority, post: int) -> None:
        self.add(
            "cases_assignment",
            id=self.fresh(),
            partnership_id=self.id,
            case_id=story.id,
            authority_id=party.id,
            capacity_id=party.post(post),
            reason="sagsbehandler",
            since=stamp(story.raised),
            until=NULL,
            added_by_id=party.person(0),
        )

    def _worry(self, story: Story) -> None:
        """What was raised before the case, or waits to be judged, with its answers."""
        random, raiser = self.random, story.raiser
        for _ in range(1 if self.chance(0.8) else 2):
            concern, writer = self.fresh(), int(random.random() * raiser.staff)
            at = story.raised - int(random.random() * 20) * DAY
            waits = story.closed is None and self.chance(0.1)
            self.add(
                "cases_concern",
                id=concern,
                partnership_id=self.id,
                authority_id=raiser.id,
                group_id=self.group,
                raised_by_id=raiser.person(writer),
                capacity_id=raiser.post(writer),
                raised_at=stamp(at),
                channel="tag" if self.chance(0.6) else "lines",
                event_reference=f"0100-{story.number:06}-{self.place:03}",
                text=self.words.text(random, 1),
                identity_id=story.identity,
                repeat_mark="f",
                state="raised" if waits else "agenda",
                case_id=NULL if waits else story.id,
            )
            if waits:
                continue
            screener, judged = raiser.person(SITTING + int(random.random() * SCREENERS)), stamp(at + DAY)
            self.add(
                "cases_screening",
                id=self.fresh(),
                partnership_id=self.id,
                concern_id=concern,
                authority_id=raiser.id,
                outcome="agenda",
                traits="{trait-1}",
                own_reason="",
                reason=self.words.text(random, 1),
                by_id=screener,
                at=judged,
            )
            self.add(
                "cases_feedback",
                id=self.fresh(),
                partnership_id=self.id,
                concern_id=concern,
                to_id=raiser.person(writer),
                to_authority_id=raiser.id,
                authority_id=raiser.id,
                kind="on_table",
                thanks="Tak.",
                by_id=screener,
                at=judged,
                read_at=judged if self.chance(0.9) else NULL,
            )

    def _beside(self, story: Story) -> None:
        """What is settled between meetings, counted apart from cases."""
        raiser = story.raiser
        if self.chance(0.1):
            self.add(
                "cases_networkcase",
                id=self.fresh(),
                partnership_id=self.id,
                group_id=self.group,
                reference=f"NP-{story.number}",
                authority_id=raiser.id,
                party_ids=f"{{{raiser.id},{story.others[0].id}}}",
                subject=self.sentence(250),
                opened_by_id=raiser.person(story.by),
                opened_at=stamp(story.raised),
                outcome="joint",
                outcome_note="Løst.",
                ended_at=stamp(story.raised + 9 * DAY),
            )
        if self.chance(0.05):
            self.add(
                "cases_consult",
                id=self.fresh(),
                partnership_id=self.id,
                group_id=self.group,
                authority_id=raiser.id,
                asked_by_id=raiser.person(story.by),
                asked_at=stamp(story.raised),
                question=self.words.text(self.random, 1),
                answer="Ring til os.",
            )


@lru_cache(maxsize=1)
def _words() -> Words:
    return Words("samsvar")
