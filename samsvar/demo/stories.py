"""What has happened in the four places: courses of cases, and everything around them.

Each story begins so many days ago. One that began long ago has been followed to the door, one from last week has not
come far: so there is something of everything on every table. The vignettes that a story follows are named with it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from samsvar.calendar.rhythms import MonthlyWeekday, Weekly, occurrences
from samsvar.cases.models import Case, InvolvementState, NetworkOutcome, Standing
from samsvar.cases.services.concerns import Who
from samsvar.demo import situations as are
from samsvar.demo.schedule import NextMeeting, Schedule, Story, moment, office_day, office_day_before
from samsvar.demo.setting import Scene
from samsvar.demo.situations import Situation
from samsvar.demo.teller import Teller
from samsvar.law.kinds import InformationType
from samsvar.meetings.models import Decision, Part
from samsvar.sharing.models import Answer


@dataclass(frozen=True)
class Cast:
    """Who plays which part in a group's stories, by their posts' keys; `social` to `psychiatry` sit at the table."""

    group: str
    patrol: str
    patrol_2: str
    duty: str
    police: str
    caseworker: str
    contact: str
    elderly: str
    screener: str
    social: str
    nurse: str
    outreach: str
    ward_screener: str
    psychiatry: str
    chair: str
    social_body: str = "social"
    psychiatry_body: str = "psykiatri"

    def body(self, kind: str) -> str:
        """The key of the authority of a kind in this group."""
        return {"police": "politi", "social": self.social_body, "psychiatry": self.psychiatry_body}[kind]

    def member(self, kind: str) -> str:
        """Who of that kind sits at the table."""
        return {"police": self.police, "social": self.social, "psychiatry": self.psychiatry}[kind]

    def first(self, kind: str) -> tuple[str, str]:
        """Who of that kind meets the citizen, and who screens at home."""
        return {
            "police": (self.patrol, self.duty),
            "social": (self.caseworker, self.screener),
            "psychiatry": (self.nurse, self.ward_screener),
        }[kind]

    def hand(self, kind: str) -> str:
        """Who of that kind does what is agreed."""
        return {"police": self.patrol, "social": self.contact, "psychiatry": self.outreach}[kind]


_USUAL = Cast(
    group="operativ",
    patrol="patrulje",
    patrol_2="patrulje2",
    duty="vagthavende",
    police="formand",
    caseworker="sagsbehandler",
    contact="skp",
    elderly="hjemmehjaelp",
    screener="visitator",
    social="social_medlem",
    nurse="sygeplejerske",
    outreach="op",
    ward_screener="psyk_visitator",
    psychiatry="psyk_medlem",
    chair="formand",
)
CASTS = {
    "frederiksberg": replace(
        _USUAL, duty="vagtleder", police="vpk", social="skp_leder", psychiatry="op_leder", chair="koordinator"
    ),
    "odense": replace(_USUAL, duty="sekretariat"),
    "koebenhavn": replace(_USUAL, police="station", social="formand", psychiatry="op_leder"),
    "esbjerg": replace(_USUAL, duty="sekretariat"),
}
KINDS = ("police", "social", "psychiatry")
_TYPES = {
    "police": InformationType.POLICE_EVENT,
    "social": InformationType.SOCIAL,
    "psychiatry": InformationType.HEALTH,
}
_NEEDED = (
    "De andre kan ikke vælge den rigtige hjælp uden at vide det.",
    "Skal vides for at planlægge, hvem der tager kontakt.",
    "Nødvendigt for at vurdere, hvad der allerede er prøvet.",
    "Uden det risikerer vi at gøre det samme to gange.",
)


class Place:
    """The stories of one place."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.t = Teller(scene)
        self.cast = CASTS[scene.place.key]
        self.today = timezone.localdate(self.t.real_now)
        self.schedule = Schedule(self.t.real_now - timedelta(minutes=5))
        self.open: dict[UUID, tuple[Case, Cast]] = {}

    def ago(self, days: int, clock: str = "10:00", *, office: bool = False) -> datetime:
        """A moment in the past; office days only where offices act."""
        day = self.today - timedelta(days=days)
        return moment(office_day_before(day) if office else day, clock)

    def hours_ago(self, hours: int) -> datetime:
        """A moment of the last day or two, whatever the clock says now."""
        return self.t.real_now - timedelta(hours=hours)

    def later(self, days: int, clock: str) -> datetime:
        """So many days on from where the story is, when offices are open."""
        day = timezone.localdate(self.t.now) + timedelta(days=days)
        return max(moment(office_day(day), clock), self.t.now + timedelta(minutes=3))

    def tell(self) -> None:
        """Tell everything, in the order in which it happened."""
        self.schedule.run(self._set_clock)
        self.t.leave()

    def _set_clock(self, happens: datetime) -> None:
        self.t.now = happens

    # The course of a case, from the concern to the door.

    def course(
        self,
        s: Situation,
        start: int,
        *,
        clock: str = "21:40",
        who: Who | None = None,
        cast: Cast | None = None,
        no_show: bool = False,
        moves_to: str = "",
        reserved: str = "",
        unknown_to: str = "",
        untaken: bool = False,
        silent: bool = False,
        stays_open: bool = False,
        told: bool = True,
        view: str = "",
        outside: tuple[str, str] | None = None,
        without_consent: str = "",
        link: str = "",
        banned: bool = False,
        danger: tuple[str, str] | None = None,
        returns_after: int = 0,
    ) -> Story:
        """One citizen's case. `reserved` keeps what it knows, `unknown_to` does not know the citizen.

        `silent` ends in a pile, `untaken` has a proposal that waits, `returns_after` days the citizen is back.
        """
        t, c = self.t, cast or self.cast
        raiser, screener = c.first(s.raised_by)
        if link:
            raiser = c.elderly
        yield self.ago(start, clock if s.raised_by == "police" else "10:20", office=s.raised_by != "police")
        who = who if who is not None else t.citizen(s)
        more: dict[str, Any] = {"group_id": self.scene.groups[c.group]}
        if outside:
            more |= {"notifier_kind": outside[0], "notifier_name": outside[1]}
            raiser = c.member(s.raised_by)
        if without_consent:
            more["why_without_consent"] = without_consent
        concern = t.tells(raiser, s.lines, who, **more)
        yield self.later(1, "08:25")
        others = [kind for kind in KINDS if kind != s.raised_by]
        facts = {"link_person": f"{t.post(raiser).name}, {t.post(raiser).unit}"} if link else {}
        case = t.to_the_table(screener, concern, s, [c.body(kind) for kind in others], group=c.group, **facts)
        self.open[case.pk] = (case, c)
        if s.children == "yes":
            yield self.later(0, "09:30")
            t.decides_on_children(c.member(s.raised_by), case, s.child_decision)
        yield self.later(2, "11:10")
        for kind in KINDS:
            if kind == reserved:
                t.answers(c.member(kind), case, Answer.DECLINES)
            elif kind == unknown_to:
                t.answers(c.member(kind), case, Answer.NOT_KNOWN)
            else:
                t.tells_what_is_known(c.member(kind), case, s.says[kind], _TYPES[kind], t.dice.choice(_NEEDED))
        if start % 3 == 0:
            t.notes(c.member(t.dice.choice(KINDS)), case, t.dice.choice(_NOTES))
        if danger:
            t.advises(
                c.police, case, danger[0], danger[1], "Den, der skal på besøg, skal kunne komme sikkert hjem.", 120
            )
        if c.group == self.cast.group:
            meeting = yield NextMeeting(c.group)
            assert meeting is not None
            if not self.scene.place.name_in_advance:
                t.says_the_name(c.member(s.raised_by), case)
            t.decides(
                c.police,
                meeting,
                case,
                Decision.PLACED,
                holder=c.body(s.holder),
                note=f"{s.own.what}. {s.support.what}.",
            )
        else:
            yield self.later(3, "13:00")
            self._gets_it(case, c, s.holder, "Aftalt på telefonen mellem os tre.")
        yield self.later(1, "09:40")
        holder = c.member(s.holder)
        if silent:
            return
        action = t.agrees(holder, case, c.body(s.own.by), s.own, due=9, person=c.hand(s.own.by))
        proposal = t.agrees(holder, case, c.body(s.support.by), s.support, due=14)
        if told:
            t.involves(holder, case, InvolvementState.INVOLVED, view=view)
        else:
            t.involves(
                holder,
                case,
                InvolvementState.LATER,
                reason="Er meget bange lige nu. Vi fortæller det, når kontakten er der.",
                days=21,
            )
        if banned:
            t.bans(
                c.social,
                case,
                "Borgerservice",
                caseworker=c.caseworker,
                kept_by="Lokalpolitiet og ambulatoriet",
                days=150,
            )
        if untaken:
            return
        yield self.later(1, "14:20")
        t.takes(c.member(s.support.by), proposal)
        yield self.later(8, "10:45")
        if no_show:
            t.nobody_came(holder, action, s.own.slips, 7)
            yield self.later(7, "10:30")
        t.follows_up(holder, case, s.happened[0], step=s.own.what, days=12)
        if c.group == self.cast.group:
            meeting = yield NextMeeting(c.group)
            assert meeting is not None
            if moves_to:
                t.decides(
                    c.police,
                    meeting,
                    case,
                    Decision.PLACED,
                    holder=c.body(moves_to),
                    note="Behandlingen er i gang. Nu er det hverdagen, der skal hænge sammen.",
                )
                holder = c.member(moves_to)
            else:
                t.decides(
                    c.police,
                    meeting,
                    case,
                    Decision.FOLLOWED_UP,
                    note=t.dice.choice(_CARRY_ON),
                    step=s.own.what,
                    days=14,
                )
        yield self.later(11, "09:15")
        t.did(c.member(s.own.by), action, s.own.result)
        t.did(c.member(s.support.by), proposal, s.support.result)
        t.follows_up(holder, case, s.happened[-1], step="Ser på sagen igen på næste møde", days=20)
        if stays_open:
            return
        if c.group == self.cast.group:
            meeting = yield NextMeeting(c.group)
            assert meeting is not None
            t.decides(c.police, meeting, case, Decision.FOLLOWED_UP, note=t.dice.choice(_NEARLY_THERE))
        yield self.later(6, "13:30")
        self._closes(holder, case, s)
        if returns_after:
            yield self.later(returns_after, "20:10")
            self.schedule.begin(
                self.course(s, (self.today - timezone.localdate(t.now)).days, who=who, cast=c, clock="20:30")
            )

    def _gets_it(self, case: Case, c: Cast, kind: str, reason: str) -> None:
        """The handlingsansvar between meetings: the police propose it, and whoever is to have it says yes."""
        if kind == "police":
            self.t.places(c.police, case, c.body(kind), reason)
        else:
            self.t.hands_over(c.police, case, c.body(kind), reason, taken_by=c.member(kind))

    def _closes(self, who: str, case: Case, s: Situation) -> None:
        self.t.closes(who, case, s.reason, s.note, s.outcome, s.good)
        self.open.pop(case.pk, None)

    # What cannot wait.

    def children_tonight(self, when: datetime, *, acted: bool) -> Story:
        """V-12: children alone, called at once, nobody waits for a meeting."""
        t, c, s = self.t, self.cast, are.FAMILY
        yield when
        concern = t.tells(c.patrol_2, s.lines, t.citizen(s), acute_trigger="children")
        contact = t.calls(
            c.duty,
            c.body("social"),
            "children",
            "To små børn uden nogen til at passe dem i nat.",
            "Den sociale vagt tager ud med det samme og bliver hos børnene.",
            spoke_with="Den sociale vagt",
            concern=concern,
        )
        if not acted:
            return
        yield self.t.now + timedelta(hours=2)
        t.acted(c.social, contact)
        yield self.later(1, "08:40")
        case = t.to_the_table(c.duty, concern, s, [c.body("social"), c.body("psychiatry")], acute_trigger="children")
        self.open[case.pk] = (case, c)
        self._gets_it(case, c, "social", "Familieafdelingen er allerede i gang.")
        t.decides_on_children(c.social, case, s.child_decision)
        yield self.later(2, "10:10")
        action = t.agrees(c.social, case, c.body("social"), s.own, due=10, person=c.caseworker)
        t.involves(c.social, case, InvolvementState.INVOLVED, view="Jeg vil gerne have hjælp. Jeg skammer mig.")
        yield self.later(14, "09:30")
        t.did(c.social, action, s.own.result)
        t.follows_up(c.social, case, s.happened[-1], step="Møde med familien", days=21)

    def danger_in_two_days(self, start: int) -> Story:
        """V-27, V-17: from a dangerous situation to treatment within 48 hours, with one day's notice."""
        t, c, s = self.t, self.cast, are.DANGEROUS
        yield self.ago(start, "16:10")
        concern = t.tells(c.patrol, s.lines, t.citizen(s), acute_trigger="danger")
        contact = t.calls(
            c.duty,
            c.body("psychiatry"),
            "danger",
            "Han kan gøre skade på den næste, der ringer på.",
            "Læge og politi er ved døren i morgen kl. 7.",
            spoke_with="Bagvagten",
            concern=concern,
        )
        yield self.later(1, "08:10")
        case = t.to_the_table(c.duty, concern, s, [c.body("social"), c.body("psychiatry")], acute_trigger="danger")
        self.open[case.pk] = (case, c)
        if not self.scene.place.name_in_advance:
            t.says_the_name(c.police, case)
        self._gets_it(case, c, "psychiatry", "Det er en læge, der skal vurdere ham.")
        t.advises(
            c.police,
            case,
            "yes",
            "Gå ikke alene. Ring til vagtlederen først.",
            "Læge og sagsbehandler skal derind i morgen.",
            45,
        )
        action = t.agrees(c.psychiatry, case, c.body("psychiatry"), s.own, due=3)
        yield self.later(1, "09:20")
        t.acted(c.psychiatry, contact)
        t.did(c.psychiatry, action, s.own.result)
        t.involves(
            c.psychiatry,
            case,
            InvolvementState.LATER,
            reason="Indlagt og meget forpint. Lægen tager det op med ham.",
            days=14,
        )
        yield self.later(12, "10:00")
        t.follows_up(c.psychiatry, case, s.happened[-1])
        t.involves(c.psychiatry, case, InvolvementState.INVOLVED, view="Jeg troede, I kom for at tage mig.")
        yield self.later(20, "11:00")
        self._closes(c.psychiatry, case, s)

    def commitment(self, start: int) -> Story:
        """V-06: psychiatry calls the police before somebody is committed; written down, told afterwards."""
        t, c = self.t, self.cast
        yield self.ago(start, "11:15", office=True)
        contact = t.calls(
            c.psychiatry,
            "politi",
            "commitment",
            "Politiet skal være der, så det går roligt for sig.",
            "To betjente møder os ved døren kl. 13. Ingen udrykning.",
            spoke_with="Vagthavende",
        )
        yield self.t.now + timedelta(hours=3)
        t.acted(c.police, contact)

    # What does not become a case.

    def dismissed(self, s: Situation, start: int, reason: str, *, other_way: bool = False, read: bool = True) -> Story:
        """Not PSP, and the raiser hears."""
        t, c = self.t, self.cast
        yield self.ago(start, "22:15")
        concern = t.tells(c.patrol_2, s.lines)
        yield self.later(1, "08:15")
        t.dismisses(c.duty, concern, reason, other_way=other_way, thanks="Godt set. Bliv ved med at melde.")
        if read:
            yield self.later(2, "15:00")
            t.reads_answers(c.patrol_2)

    def between_meetings(self, start: int, *, outcome: NetworkOutcome | None, s: Situation = are.NEIGHBOURS) -> Story:
        """NP-sag: two of us solve it."""
        t, c = self.t, self.cast
        yield self.ago(start, "09:10", office=True)
        concern = t.tells(c.caseworker, s.lines, t.citizen(s))
        yield self.later(1, "09:00")
        opened = t.settles_between(
            c.social,
            concern,
            [c.body("psychiatry")],
            "Borger, der ikke har lukket op siden sommer",
            "Vi kender hver sin halvdel og kan løse det sammen i denne uge.",
        )
        if opened is None or outcome is None:
            return
        yield self.later(6, "10:30")
        t.ends_between(c.psychiatry, opened, outcome, "Besøgte sammen. Tiden i ambulatoriet er flyttet, så den passer.")

    def consult(self, start: int, question: str, answer: str, *, asker: str = "") -> Story:
        """V-25: if I have such and such, what can you do?"""
        t, c = self.t, self.cast
        yield self.ago(start, "13:20", office=True)
        asked = t.asks(asker or c.duty, question)
        if answer:
            yield self.later(1, "09:05")
            t.replies(c.psychiatry, asked, answer)

    def tag(self, when: datetime, reference: str, *, repeat: bool = False) -> Story:
        """V-20, V-21: an event tagged in ten seconds, waiting to be screened."""
        yield when
        self.t.tags(self.cast.duty if repeat else self.cast.patrol, reference, repeat=repeat)

    def waiting(self, when: datetime, raiser: str, s: Situation, *, known: bool = True) -> Story:
        """A concern that nobody has screened yet."""
        yield when
        self.t.tells(raiser, s.lines, self.t.citizen(s) if known else Who())

    def reads(self, who: str, days: int) -> Story:
        """Somebody has read the answers to what they raised."""
        yield self.ago(days, "07:10")
        self.t.reads_answers(who)

    def sent_on(self, start: int) -> Story:
        """A nurse's worry that belongs with the social services' screener: a disclosure of its own."""
        t, c = self.t, self.cast
        yield self.ago(start, "14:05", office=True)
        concern = t.tells(c.nurse, are.RENT.lines, t.citizen(are.RENT))
        yield self.later(0, "15:10")
        t.sends_elsewhere(c.psychiatry, concern, c.body("social"), "Der skal betales husleje, og det kan vi ikke.")

    def seen_again(self, s: Situation, start: int) -> Story:
        """V-05: the citizen of an open case is seen unwell; the holder hears."""
        t, c = self.t, self.cast
        who = t.citizen(s)
        self.schedule.begin(self.course(s, start, who=who, stays_open=True))
        yield self.ago(max(start - 45, 2), "23:20")
        concern = t.tells(c.patrol_2, "Set ved søen i nattøj og bare tæer. Rolig, men frøs. Kørt hjem.", who)
        yield self.later(1, "08:50")
        t.hands_on(c.police, concern, "Den, der har ansvaret, skal vide, at det går dårligere.")

    def waits_for(self, s: Situation, start: int, standing: Standing, note: str, *, days: int | None = None) -> Story:
        """A case that waits, with a holder all the same."""
        t, c = self.t, self.cast
        raiser, screener = c.first(s.raised_by)
        yield self.ago(start, "19:30" if s.raised_by == "police" else "10:20")
        concern = t.tells(raiser, s.lines, t.citizen(s))
        yield self.later(1, "08:35")
        case = t.to_the_table(screener, concern, s, [c.body(kind) for kind in KINDS if kind != s.raised_by])
        self.open[case.pk] = (case, c)
        meeting = yield NextMeeting(c.group)
        assert meeting is not None
        if not self.scene.place.name_in_advance:
            t.says_the_name(c.member(s.raised_by), case)
        t.waits(c.member(s.raised_by), case, standing, note, self.today + timedelta(days=days) if days else None)
        t.decides(c.police, meeting, case, Decision.FOLLOWED_UP, note=note)

    # Meetings.

    def calendar(self, group: str, *, every: int, back: int, ahead: int, who: str) -> Story:
        """The group's meetings: planned far ahead, held one by one; "intet nyt" for whatever has no news."""
        t = self.t
        dates = self._dates(group, every, back, ahead)
        yield moment(office_day(dates[0] - timedelta(days=20)), "09:00")
        theme = next(table.theme_day_every for table in self.scene.place.tables if table.key == group)
        by_rule = self.scene.place.key == "odense"
        planned = [
            (day, t.plans(who, group, moment(day, "09:00"), theme_day=theme is not None and number % theme == 0))
            for number, day in enumerate(dates[:back] if by_rule else dates, 1)
        ]
        if by_rule:
            # What is to come plans itself: every fourth week, each third time to a theme day.
            t.begins_series(who, group, Weekly(self.following.weekday(), 4 * every, self.following), self.following)
        for number, (day, meeting_id) in enumerate(planned):
            yield moment(day, "09:00")
            t.opens(who, meeting_id, _NEWS[number % len(_NEWS)])
            self.schedule.meet(group, meeting_id)
            for member in sorted({cast.police for _case, cast in self.open.values() if cast.group == group}):
                for case in t.undecided(member, meeting_id):
                    t.decides(member, meeting_id, case, Decision.NOTHING_NEW)
            t.ends(who, meeting_id)

    def _dates(self, group: str, every: int, back: int, ahead: int) -> list[date]:
        """The group's days: by its rhythm where the weekday is fixed, else so that the next is some days from now."""
        if self.scene.place.key == "frederiksberg":
            span = timedelta(days=31)
            days = occurrences(MonthlyWeekday(2, 3), self.today - back * span, self.today + ahead * span)
            return [day for day in days if day != self.today]
        step = timedelta(days=28 * every)
        return [office_day(self.following + step * number) for number in range(-back, ahead)]

    @property
    def following(self) -> date:
        """The day of the next meeting of a group that does not meet by the weekday of the month."""
        return office_day(self.today + timedelta(days=4))

    def theme_day(self, group: str, who: str, in_days: int, theme: str) -> Story:
        """A day for one theme and the holes that cases have shown, between the usual meetings."""
        yield self.ago(16, "11:00", office=True)
        kind = self.t.uses_template(who, "theme")
        day = office_day(self.today + timedelta(days=in_days))
        self.t.writes(who, self.t.plans(who, group, moment(day, "09:00"), kind=kind), Part.THEME, theme)

    def steering(self, who: str, coordinator: str, back: int, in_days: int, news: str, decided: str) -> Story:
        """The steering group: a meeting that was held, with its minutes sent, and the next one."""
        t = self.t
        yield self.ago(back + 28, "10:30", office=True)
        kind = t.uses_template(coordinator, "steering")
        days = [office_day(self.today + timedelta(days=days)) for days in (-back, in_days)]
        held, _coming = [t.plans(who, "styregruppe", moment(day, "13:00"), kind=kind) for day in days]
        yield moment(days[0], "13:00")
        t.opens(who, held, news)
        t.writes(who, held, Part.DECISIONS, decided)
        t.ends(who, held)
        t.sends_minutes(who, held)


_CARRY_ON = (
    "Går fremad. Fortsætter som aftalt.",
    "Kontakten er der nu. Vi holder fast og skynder os ikke.",
    "Ikke let, men ingen af os vil slippe. Samme plan, nye tider.",
    "Aftalen holder. Den, der har ansvaret, ringer rundt, hvis det ændrer sig.",
)
_NEARLY_THERE = (
    "Planen er lykkedes. Kan afsluttes, når det sidste er på plads.",
    "Stabilt. Den, der har ansvaret, afslutter, hvis det holder en uge til.",
    "Alle tre er enige: der er ikke mere at bruge bordet til.",
)
_NOTES = (
    "Husk: spørg teamet tirsdag, om de har talt med boligselskabet.",
    "Kollegaen fra sidste vagt kender familien. Ring til ham først.",
    "Vi har selv sagt ja for hurtigt før. Tjek kapacitet, før jeg lover noget.",
    "Ligner den sag, vi havde i foråret. Det, der virkede dengang, var at blive ved.",
)
_NEWS = (
    "Psykiatrien: ny visitationstelefon fra den 1.\nKommunen: jobcentret flytter til stueetagen.",
    "Politiet: to nye i lokalpolitiet. De får en introduktion til samarbejdet.",
    "",
    "Kommunen: ny leder af støtte-kontaktpersonerne fra næste måned.",
    "Psykiatrien: fem ekstra pladser i det opsøgende team.",
)


def tell_of(scene: Scene) -> None:
    """Tell all stories of a place that has been set up."""
    place = Place(scene)
    for story in _everywhere(place):
        place.schedule.begin(story)
    for story in _ONLY.get(scene.place.key, lambda place: [])(place):
        place.schedule.begin(story)
    place.tell()


def _everywhere(p: Place) -> list[Story]:
    every = 2 if p.scene.place.key == "koebenhavn" else 1
    c = p.cast
    return [
        p.calendar("operativ", every=every, back=6 // every, ahead=4, who=c.chair),
        # Followed to the door.
        p.course(are.FILTH, 190, without_consent="Lå i sit eget skidt og kunne ikke svare."),
        p.course(are.RENT, 180, no_show=True, outside=("housing", "Boligforeningen, viceværten")),
        p.course(are.VETERAN, 172, no_show=True, danger=("yes", "Kom to sammen, gerne i civil, og giv god tid.")),
        p.course(are.CALLS, 165, moves_to="social", view="Jeg vil gerne flytte, hvis det ikke bliver dyrere."),
        p.course(are.MEDICINE, 158, unknown_to="social"),
        p.course(are.ALCOHOL, 175, no_show=True, returns_after=1),
        p.course(are.WATCHED, 150, unknown_to="psychiatry"),
        # Under way.
        p.course(are.OUTDOORS, 95, who=p.t.citizen(known_as="Manden ved søen, grå kasket")),
        p.course(are.BANNED, 88, banned=True, stays_open=True),
        p.course(are.ELDERLY, 80, link="elderly", stays_open=True),
        p.course(are.YOUNG, 74, reserved="psychiatry", moves_to="social"),
        p.course(are.BRIDGE, 66, told=False, stays_open=True),
        p.course(are.NEIGHBOURS, 52, unknown_to="social"),
        p.course(are.DISCHARGE, 48, untaken=True),
        p.course(are.ROOFS, 44, who=p.t.citizen(known_as="Taggængeren"), unknown_to="psychiatry"),
        # In a pile.
        p.course(are.SHOP, 120, silent=True, clock="03:15"),
        p.course(are.LETTERS, 101, silent=True),
        # Waiting, with a holder.
        p.waits_for(are.STAIRS, 70, Standing.WAIT_UNTIL, "Aflastningspladsen er ledig fra den dag.", days=17),
        p.waits_for(are.BROTHERS, 41, Standing.AWAITING_MANDATE, "Medlemmet henter mandat til brænde og varme."),
        p.waits_for(
            are.MEDICINE, 38, Standing.AWAITING_INFORMATION, "Psykiatrien undersøger, om hun er kendt et andet sted."
        ),
        # New for the next meeting.
        p.course(are.BALCONY, 9, danger=("unknown", "Ring til os, før I tager ud.")),
        p.course(are.GRIEF, 6),
        p.course(are.STUDENT, 4),
        # Acute.
        p.children_tonight(p.ago(33, "22:50"), acted=True),
        p.danger_in_two_days(61),
        p.commitment(12),
        p.children_tonight(p.hours_ago(2), acted=False),
        # Not a case, or not yet.
        p.dismissed(are.HARMLESS, 57, "Ét enkelt møde, og ingen af os ser et behov."),
        p.dismissed(are.BALCONY, 24, "Socialrapport sendt til kommunen i stedet.", other_way=True),
        p.dismissed(are.HARMLESS, 3, "Hører ikke til hos os. Naboerne har fået et nummer at ringe til.", read=False),
        p.between_meetings(47, outcome=NetworkOutcome.JOINT, s=are.GRIEF),
        p.between_meetings(5, outcome=None, s=are.LETTERS),
        p.seen_again(are.SHOP, 83),
        p.sent_on(2),
        p.consult(
            29,
            "Hvis jeg har en, der bliver ved med at ringe om stråler, men aldrig er til fare: hvad kan I gøre?",
            "Vi kan tage ud og tale med hende, også uden henvisning. Ring til os på hverdage før kl. 10.",
        ),
        p.consult(1, "Kan et herberg holde en plads til en, der kun vil komme om natten?", "", asker=c.police),
        *(p.reads(who, days) for who, days in ((c.patrol, 8), (c.caseworker, 12), (c.social, 15), (c.nurse, 20))),
        # Waiting to be screened.
        p.tag(p.hours_ago(23), _reference(p, 41251)),
        p.tag(p.hours_ago(4), _reference(p, 41307), repeat=True),
        p.waiting(p.hours_ago(31), c.patrol_2, are.SHOP, known=False),
        p.waiting(p.hours_ago(3), c.nurse, are.STUDENT),
        p.waiting(p.ago(1, "12:15", office=True), c.caseworker, are.STAIRS),
    ]


def _small(
    group: str, police: str, social: str, social_body: str, psychiatry: str, psychiatry_body: str, **more: str
) -> Cast:
    """The few people of a small group, each of whom does everything."""
    parts = {
        "group": group,
        "patrol": police,
        "patrol_2": police,
        "duty": police,
        "police": police,
        "caseworker": social,
        "contact": social,
        "elderly": social,
        "screener": social,
        "social": social,
        "nurse": psychiatry,
        "outreach": psychiatry,
        "ward_screener": psychiatry,
        "psychiatry": psychiatry,
        "chair": police,
        "social_body": social_body,
        "psychiatry_body": psychiatry_body,
    }
    return Cast(**(parts | more))


def _in_odense(p: Place) -> list[Story]:
    svendborg = _small("svendborg", "svb_politi", "svendborg_leder", "svendborg", "svb_psyk", "svb_psykiatri")
    middelfart = _small("middelfart", "mid_politi", "assens_leder", "assens", "mid_psyk", "mid_psykiatri")
    kerteminde = replace(
        p.cast,
        social="kerteminde_leder",
        social_body="kerteminde",
        caseworker="kerteminde_sb",
        contact="kerteminde_sb",
        screener="kerteminde_leder",
        elderly="kerteminde_sb",
    )
    return [
        p.theme_day(
            "operativ",
            "sekretariat",
            18,
            "Borgere, der bliver udskrevet uden et sted at bo: hvad kan vi selv, og hvad skal styregruppen vide?",
        ),
        p.steering(
            "politi_chef",
            "sekretariat",
            24,
            60,
            "Politiet: lokalpolitiet i Svendborg har fået en ny leder.",
            "De tre operativgrupper holder en fælles temadag om året. Kriminalforsorgen inviteres hver gang.",
        ),
        p.course(are.ALCOHOL, 63, cast=svendborg),
        p.course(are.BROTHERS, 18, cast=svendborg),
        p.course(are.GRIEF, 51, cast=middelfart, stays_open=True),
        p.course(are.BALCONY, 58, cast=kerteminde, who=p.t.citizen(are.BALCONY, area="Kerteminde"), stays_open=True),
    ]


def _in_koebenhavn(p: Place) -> list[Story]:
    city = _small("city", "city_politi", "city_social", "social", "city_psyk", "kbh_psykiatri")
    vest = _small("bellahoej_vest", "bel_politi", "bel_social", "social", "bel_psyk", "kbh_psykiatri")
    taarnby = replace(
        p.cast,
        social="taarnby_leder",
        social_body="taarnby",
        caseworker="taarnby_sb",
        contact="taarnby_sb",
        screener="taarnby_leder",
        elderly="taarnby_sb",
    )
    return [
        p.course(are.DISCHARGE, 112, untaken=True),
        p.waits_for(are.BROTHERS, 78, Standing.AWAITING_MANDATE, "Dragør henter mandat hjemme til en bolig."),
        p.course(are.ROOFS, 77, cast=city),
        p.course(are.YOUNG, 21, cast=city),
        p.course(are.MEDICINE, 40, cast=vest, stays_open=True),
        p.course(are.ELDERLY, 69, cast=taarnby, who=p.t.citizen(are.ELDERLY, area="Tårnby")),
    ]


def _in_esbjerg(p: Place) -> list[Story]:
    varde = _small("varde", "formand", "varde_leder", "varde", "dpc", "psykiatri")
    vejen = _small("vejen_billund", "formand", "vejen_leder", "vejen", "dpc", "psykiatri")
    fanoe = _small("fanoe", "lokalpoliti", "fanoe_leder", "fanoe", "dpc", "psykiatri", duty="lokalpoliti")
    return [
        p.course(are.VETERAN, 59, cast=varde, stays_open=True),
        p.course(are.FILTH, 37, cast=vejen),
        p.course(are.OUTDOORS, 26, cast=fanoe, who=p.t.citizen(known_as="Ham i sommerhuset"), stays_open=True),
    ]


_ONLY: dict[str, Callable[[Place], list[Story]]] = {
    "odense": _in_odense,
    "koebenhavn": _in_koebenhavn,
    "esbjerg": _in_esbjerg,
}


def _reference(p: Place, number: int) -> str:
    """A police reference as each district writes it."""
    return f"0{100 + len(p.scene.place.key)}-{number}-{p.today:%y}"
