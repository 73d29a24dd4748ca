"""One who tells: each verb is one step by one person in a post, at the moment that the story has come to.

The verbs call the services of the rooms and nothing else, and raise what the services raise.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from samsvar.accounts.chairs import close_actor, open_actor
from samsvar.calendar.rhythms import Rhythm
from samsvar.cases.models import (
    Action,
    AcuteContact,
    Case,
    CaseParty,
    CloseReason,
    Concern,
    Consult,
    FeedbackKind,
    InvolvementState,
    NetworkCase,
    NetworkOutcome,
    OutcomeType,
    ProposalEnd,
    Standing,
)
from samsvar.cases.services import (
    answering,
    between,
    children,
    closing,
    concerns,
    responsibility,
    safety,
    screening,
    work,
)
from samsvar.cases.services.editing import say_name
from samsvar.cases.services.raising import Facts
from samsvar.demo.clock import happening
from samsvar.demo.names import MEN, WOMEN, invented_names, invented_number
from samsvar.demo.setting import Post, Scene
from samsvar.demo.situations import Situation, Step
from samsvar.law.kinds import InformationType
from samsvar.meetings.models import Decision, Meeting, MeetingKind, Part
from samsvar.meetings.selectors import kinds
from samsvar.meetings.selectors.agendas import agenda
from samsvar.meetings.services import conducting as meetings
from samsvar.meetings.services import kinds as kind_services
from samsvar.meetings.services import minutes, series
from samsvar.partnerships.models import Area, Authority, Capacity, Category, Group, Measure, Membership, Partnership
from samsvar.postgres.actor import Actor, acting
from samsvar.sharing.models import Answer
from samsvar.sharing.services import keep_note


class Teller:
    """Tells the stories of one place. `now` is the moment of the next step; each step moves it a few minutes on."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        seed = f"citizens of {scene.place.key}"
        self.names = {"female": invented_names(seed, WOMEN), "male": invented_names(f"{seed}, men", MEN)}
        self.dice = random.Random(scene.place.key)  # noqa: S311 - a demonstration's dice, not a secret
        self.real_now = timezone.now()
        self.now = self.real_now
        self._tokens: dict[str, str] = {}

    # Who acts, and when.

    @contextmanager
    def acting(self, who: str) -> Iterator[Actor]:
        """One step of `who`, a post's key, at the present moment of the story."""
        token = self._tokens.get(who)
        post = self.scene.posts[who]
        if token is None:
            token = self._tokens[who] = uuid4().hex
            open_actor(token, post.person, post.capacity)
        with happening(self.now), acting(token) as actor:
            yield actor
        self.now += timedelta(minutes=self.dice.randint(2, 9))

    def leave(self) -> None:
        """Nobody acts any more."""
        for token in self._tokens.values():
            close_actor(token)
        self._tokens.clear()

    # What the place is made of.

    def post(self, who: str) -> Post:
        """Who sits in a post."""
        return self.scene.posts[who]

    def authority(self, key: str) -> Authority:
        """An authority by its key in the place's data."""
        return Authority.objects.get(pk=self.scene.authorities[key])

    def group(self, key: str) -> Group:
        """A group by its key, with its partnership."""
        return Group.objects.select_related("partnership").get(pk=self.scene.groups[key])

    def day(self, ahead: int) -> date:
        """The story's day, some days ahead, never behind the real one's yesterday."""
        return timezone.localdate(self.now) + timedelta(days=ahead)

    # The way in.

    def citizen(self, s: Situation | None = None, *, known_as: str = "", area: str = "") -> concerns.Who:
        """Somebody who does not exist, of a situation's sex and about its age; with `known_as` nobody knows who."""
        areas = [area] if area else list(self.scene.place.area_of_citizens)
        found = Area.objects.filter(name=self.dice.choice(areas)).first()
        area_id = found.pk if found else None
        if known_as or s is None:
            return concerns.Who(known_as=known_as, area_id=area_id)
        number = invented_number(self.dice, s.born + self.dice.randint(-2, 2), s.sex)
        return concerns.Who(name=self.names[s.sex].pop(), cpr=number, area_id=area_id)

    def tags(self, who: str, reference: str, *, repeat: bool = False) -> Concern:
        """Ten seconds: a reference and nothing else."""
        return self._reports(who, event_reference=reference, repeat_mark=repeat)

    def tells(self, who: str, text: str, about: concerns.Who | None = None, **more: Any) -> Concern:
        """Ten lines. `more` are further fields of a report."""
        return self._reports(who, text=text, who=about or concerns.Who(), **more)

    def _reports(self, raiser: str, /, **fields: Any) -> Concern:
        group_id = fields.pop("group_id", None) or self.scene.groups["operativ"]
        with self.acting(raiser) as actor:
            report = concerns.Report(
                id=uuid4(),
                partnership_id=self.scene.partnership,
                group_id=group_id,
                happened_on=timezone.localdate(),
                **fields,
            )
            return concerns.raise_concern(actor, report)

    def says_more(self, who: str, concern: Concern, text: str, about: concerns.Who | None = None) -> None:
        """More about an own concern that nobody has screened."""
        with self.acting(who) as actor:
            concerns.say_more(actor, self._concern(concern), text=text, who=about)

    def dismisses(self, who: str, concern: Concern, reason: str, *, other_way: bool = False, thanks: str = "") -> None:
        """Not PSP."""
        with self.acting(who) as actor:
            judgement = screening.Judgement(reason=reason, thanks=thanks)
            screening.dismiss(actor, self._concern(concern), judgement, other_way=other_way)

    def hands_on(self, who: str, concern: Concern, necessity: str) -> Case:
        """A concern about a citizen with an open case goes to its holder."""
        with self.acting(who) as actor:
            return screening.hand_to_holder(
                actor, self._concern(concern), screening.Judgement(reason=necessity), necessity=necessity
            )

    def sends_elsewhere(self, who: str, concern: Concern, to: str, necessity: str) -> None:
        """To the screener of another authority."""
        with self.acting(who) as actor:
            screening.send_elsewhere(
                actor,
                self._concern(concern),
                screening.Judgement(reason=necessity),
                self.authority(to),
                necessity=necessity,
                with_name=False,
            )

    def to_the_table(
        self,
        who: str,
        concern: Concern,
        situation: Situation,
        parties: Sequence[str],
        *,
        group: str = "operativ",
        **more: Any,
    ) -> Case:
        """The concern becomes a case at a group's table. `more` are further fields of Facts."""
        with self.acting(who) as actor:
            facts = self._facts(situation, **more)
            return screening.put_on_agenda(
                actor,
                self._concern(concern),
                screening.Judgement(traits=situation.traits, reason=situation.why),
                group=self.group(group),
                parties=[self.authority(key) for key in parties],
                facts=facts,
                necessity=self.dice.choice(_WHY_SHARE),
            )

    def _facts(self, situation: Situation, **more: Any) -> Facts:
        category = Category.objects.filter(partnership_id=self.scene.partnership, key=situation.category).first()
        social, psychiatric, crime = situation.dimensions
        fields: dict[str, Any] = {
            "why_serious": situation.why,
            "means_exhausted": situation.means,
            "tried_before": situation.tried,
            "social": social,
            "psychiatric": psychiatric,
            "crime": crime,
            "category_id": category.pk if category else None,
            "traits": situation.traits,
            "children": situation.children,
        }
        return Facts(**(fields | more))

    # Between meetings.

    def asks(self, who: str, question: str, *, own_only: bool = False) -> Consult:
        """A question without a person."""
        with self.acting(who) as actor:
            return between.ask(
                actor, consult_id=uuid4(), group=self.group("operativ"), question=question, own_only=own_only
            )

    def replies(self, who: str, consult: Consult, answer: str) -> None:
        """The answer to it."""
        with self.acting(who) as actor:
            between.answer_consult(actor, consult, answer)

    def settles_between(
        self, who: str, concern: Concern, others: Sequence[str], subject: str, reason: str
    ) -> NetworkCase | None:
        """An NP-sag out of a concern."""
        with self.acting(who) as actor:
            return screening.settle_between(
                actor,
                self._concern(concern),
                screening.Judgement(traits=("several_problems",), reason=reason),
                network_case_id=uuid4(),
                group=self.group("operativ"),
                others=[self.authority(key) for key in others],
                subject=subject,
                necessity=reason,
            )

    def ends_between(self, who: str, network_case: NetworkCase, outcome: NetworkOutcome, note: str) -> None:
        """How it ended."""
        with self.acting(who) as actor:
            between.end_network_case(actor, network_case, outcome=outcome, note=note)

    def calls(
        self,
        who: str,
        to: str,
        trigger: str,
        necessity: str,
        what: str,
        *,
        spoke_with: str = "",
        concern: Concern | None = None,
        case: Case | None = None,
        doubt: bool = False,
    ) -> AcuteContact:
        """A call that could not wait, typed in afterwards."""
        with self.acting(who) as actor:
            call = between.Call(
                id=uuid4(),
                to_authority=self.authority(to),
                trigger=trigger,
                called_at=self.now - timedelta(minutes=12),
                necessity=necessity,
                spoke_with=spoke_with,
                what=what,
                doubt=doubt,
            )
            group_id = self.scene.groups["operativ"]
            if concern is not None:
                judgement = screening.Judgement(traits=("danger",), reason=necessity)
                return screening.act_at_once(actor, self._concern(concern), judgement, call, group_id=group_id)
            return between.log_call(actor, call, partnership_id=self.scene.partnership, group_id=group_id, case=case)

    def acted(self, who: str, contact: AcuteContact) -> None:
        """Somebody has acted on the call."""
        with self.acting(who) as actor:
            between.note_acted(actor, AcuteContact.objects.get(pk=contact.pk), timezone.now())

    # The case.

    def tells_what_is_known(self, who: str, case: Case, text: str, kind: InformationType, necessity: str) -> None:
        """An authority's contribution, passed on to the other parties."""
        with self.acting(who) as actor:
            said = answering.answer(actor, case, Answer.CONTRIBUTES, text=text, information_type=kind.value)
            answering.tell_parties(actor, case, said, self._others(actor, case), necessity=necessity)

    def answers(self, who: str, case: Case, answer: Answer) -> None:
        """Ikke kendt, vender tilbage, ønsker ikke at videregive."""
        with self.acting(who) as actor:
            answering.answer(actor, case, answer)

    def notes(self, who: str, case: Case, text: str) -> None:
        """A note on the own side of the wall."""
        with self.acting(who) as actor:
            keep_note(actor, case, text)

    def says_the_name(self, who: str, case: Case) -> None:
        """Who the citizen is, said at the table."""
        with self.acting(who) as actor:
            say_name(actor, case)

    def hands_over(self, who: str, case: Case, holder: str, reason: str, *, taken_by: str) -> None:
        """The handlingsansvar, between meetings: proposed by one, taken by a member of the other."""
        with self.acting(who) as actor:
            held = self._holder_key(case)
            if held != holder:
                seen = responsibility.current(case).pk
                proposal = work.hand_over(actor, case, self.authority(holder), reason=reason, seen=seen)
        if held == holder:
            self.places(who, case, holder, reason)
        else:
            self.takes(taken_by, proposal)

    def places(self, who: str, case: Case, holder: str, reason: str) -> None:
        """The handlingsansvar, taken by the own authority or confirmed where it lies."""
        with self.acting(who) as actor:
            seen = responsibility.current(case).pk
            responsibility.place(actor, case, self.authority(holder), reason=reason, seen=seen)
            concerns.answer_raisers(actor, case, FeedbackKind.ACTED)

    def waits(self, who: str, case: Case, standing: Standing, note: str, until: date | None = None) -> None:
        """The case waits for something, and its holder stays."""
        with self.acting(who) as actor:
            responsibility.wait(actor, case, standing, note=note, until=until)

    def agrees(self, who: str, case: Case, by: str, step: Step, *, due: int | None, person: str = "") -> Action:
        """Who does what; a proposal when `by` is another authority than that of `who`."""
        with self.acting(who) as actor:
            authority = self.authority(by)
            measure = Measure.objects.filter(authority=authority, name=step.what).first()
            return work.agree(
                actor,
                case,
                authority,
                what=step.what,
                measure=measure,
                if_it_slips=step.slips,
                due_on=self.day(due) if due is not None else None,
                who_capacity=self._capacity(person) if person else None,
                supports=by != self._holder_key(case),
            )

    def takes(self, who: str, action: Action) -> None:
        """The authority takes what was proposed."""
        with self.acting(who) as actor:
            work.take(actor, self._action(action))

    def did(self, who: str, action: Action, result: str) -> None:
        """Done, and what came of it."""
        with self.acting(who) as actor:
            work.done(actor, self._action(action), result=result)

    def nobody_came(self, who: str, action: Action, next_try: str, days: int) -> None:
        """The citizen did not come, and they go on."""
        with self.acting(who) as actor:
            work.no_show(actor, self._action(action), next_try=next_try, due_on=self.day(days))

    def follows_up(
        self, who: str, case: Case, what: str, *, step: str = "", days: int | None = None, **more: Any
    ) -> None:
        """What has happened, and the next step."""
        with self.acting(who) as actor:
            work.follow_up(
                actor,
                case,
                what_happened=what,
                next_step=step,
                next_on=self.day(days) if days is not None else None,
                **more,
            )

    def involves(
        self,
        who: str,
        case: Case,
        state: InvolvementState,
        *,
        reason: str = "",
        days: int | None = None,
        view: str = "",
    ) -> None:
        """Whether the citizen is involved."""
        with self.acting(who) as actor:
            review = self.day(days) if days is not None else None
            work.involve(actor, case, state, reason=reason, review_on=review, citizens_view=view)

    def decides_on_children(self, who: str, case: Case, decision: str) -> None:
        """What has been decided about the children."""
        with self.acting(who) as actor:
            children.decide_on_children(actor, case, decision)

    def bans(self, who: str, case: Case, place: str, *, caseworker: str, kept_by: str, days: int) -> None:
        """Mødeforbud."""
        with self.acting(who) as actor:
            safety.ban(
                actor,
                case,
                place=place,
                until=self.day(days),
                contact_kept_by=kept_by,
                caseworker=self._capacity(caseworker),
            )

    def advises(self, who: str, case: Case, answer: str, advice: str, necessity: str, days: int) -> None:
        """Whether a visit may be dangerous, told to the other parties."""
        with self.acting(who) as actor:
            row = safety.advise(actor, case, answer, advice=advice, until=self.day(days))
            safety.pass_advice_on(actor, case, row, self._others(actor, case), necessity=necessity)

    def closes(
        self, who: str, case: Case, reason: CloseReason, note: str, outcome: OutcomeType | str = "", good: str = ""
    ) -> None:
        """To the door."""
        with self.acting(who) as actor:
            concerns.answer_raisers(actor, case, FeedbackKind.CLOSED)
            closing.close(
                actor,
                case,
                reason,
                note=note,
                outcome=outcome,
                good_for_citizen=good,
                proposals=ProposalEnd.DROPPED,
            )

    def reads_answers(self, who: str) -> None:
        """The raiser has read the answers."""
        with self.acting(who) as actor:
            concerns.mark_answers_read(actor)

    # Meetings.

    def uses_template(self, who: str, code: str) -> MeetingKind:
        """A kind of meeting, made the place's own from its template."""
        with self.acting(who) as actor:
            template = kinds.template(code)
            assert template is not None
            place = Partnership.objects.get(pk=self.scene.partnership)
            return kind_services.of_template(actor, place, template)

    def plans(
        self,
        who: str,
        group: str,
        starts_at: datetime,
        *,
        theme_day: bool = False,
        kind: MeetingKind | None = None,
    ) -> UUID:
        """A meeting in the calendar."""
        with self.acting(who) as actor:
            return meetings.plan(actor, self.group(group), starts_at, theme_day=theme_day, kind=kind).pk

    def begins_series(self, who: str, group: str, rule: Rhythm, since: date, **more: Any) -> list[Meeting]:
        """A group's meetings by a rule from a day on; `more` are further fields of a plan. Those it planned, in order.

        Usual are nine o'clock, two hours, the group's own place, and the next working day when offices are closed.
        """
        with self.acting(who) as actor:
            table = self.group(group)
            usual: dict[str, Any] = {
                "if_closed": "next",
                "hour": time(9),
                "minutes": 120,
                "place": table.place,
                "notify_days": 3,
                "ahead": 4,
            }
            row = series.begin(actor, table, series.Plan(rule=rule, since=since, **(usual | more)))
            return list(Meeting.objects.filter(series=row).order_by("starts_at"))

    def writes(self, who: str, meeting_id: UUID, part: Part, text: str) -> None:
        """What stands in one of a meeting's parts."""
        with self.acting(who) as actor:
            meetings.orient(actor, self._meeting(meeting_id), text, seen="", part=part.value)

    def opens(self, who: str, meeting_id: UUID, orientation: str) -> None:
        """Who came, and what is new in the areas."""
        with self.acting(who) as actor:
            meeting = self._meeting(meeting_id)
            seats = Membership.objects.filter(group=meeting.group, until=None).exclude(kind="deputy")
            states = ["present"] * 9 + ["excused", "phone"]
            meetings.attend(actor, meeting, {seat.pk: self.dice.choice(states) for seat in seats.order_by("id")})
            if orientation:
                meetings.orient(actor, meeting, orientation, seen="")

    def decides(
        self,
        who: str,
        meeting_id: UUID,
        case: Case,
        decision: Decision,
        *,
        note: str = "",
        holder: str = "",
        step: str = "",
        days: int | None = None,
    ) -> None:
        """The table's decision about one case."""
        with self.acting(who) as actor:
            holding = responsibility.current(case)
            outcome = meetings.Outcome(
                decision=decision,
                seen_holding=holding.pk,
                note=note,
                holder=self.authority(holder) if holder else None,
                next_step=step,
                next_on=self.day(days) if days is not None else None,
            )
            meetings.decide(actor, self._meeting(meeting_id), case, outcome)
            if decision == Decision.PLACED:
                concerns.answer_raisers(actor, case, FeedbackKind.ACTED)

    def undecided(self, who: str, meeting_id: UUID) -> list[Case]:
        """The cases that lack an outcome, as `who` sees them."""
        with self.acting(who) as actor:
            return [line.case for line in agenda(actor, self._meeting(meeting_id)).undecided]

    def ends(self, who: str, meeting_id: UUID) -> None:
        """The meeting is over."""
        with self.acting(who) as actor:
            meetings.end(actor, self._meeting(meeting_id), all_the_same=True)

    def sends_minutes(self, who: str, meeting_id: UUID) -> None:
        """The minutes, to those who sit in the group."""
        with self.acting(who) as actor:
            minutes.send(actor, self._meeting(meeting_id), all_the_same=True)

    # Rows read again by the one who acts.

    def _concern(self, concern: Concern) -> Concern:
        return Concern.objects.select_related("identity").get(pk=concern.pk)

    def _action(self, action: Action) -> Action:
        return Action.objects.select_related("case").get(pk=action.pk)

    def _meeting(self, meeting_id: UUID) -> Meeting:
        return Meeting.objects.select_related("group__partnership").get(pk=meeting_id)

    def _capacity(self, who: str) -> Capacity:
        return Capacity.objects.select_related("person").get(pk=self.post(who).capacity)

    def _others(self, actor: Actor, case: Case) -> list[Authority]:
        parties = CaseParty.objects.filter(case=case, until=None).exclude(authority_id__in=actor.authority_ids)
        return [party.authority for party in parties.select_related("authority").order_by("authority__name")]

    def _holder_key(self, case: Case) -> str:
        holder = responsibility.current(case).authority_id
        return next(key for key, pk in self.scene.authorities.items() if pk == holder)


_WHY_SHARE = (
    "De andre skal kunne slå op, om de kender borgeren, før vi mødes.",
    "Ingen af os kan hjælpe uden de andres viden om, hvad der er prøvet.",
    "Vi skal blive enige om, hvem der gør hvad, og det kræver, at alle tre ved, hvad det drejer sig om.",
    "Borgeren får det værre, hvis vi hver især kun ser vores egen del.",
)
