"""What has happened in Odsherred: conferences with matters old and new, told through the services (003 chapter 2)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from samsvar.calendar.rhythms import Weekly
from samsvar.conferences import services
from samsvar.conferences.models import About, ConferenceCase, ConferenceItem, ConferenceStep, ItemType, Named
from samsvar.conferences.selectors import find_item
from samsvar.demo.schedule import moment, office_day
from samsvar.demo.setting import Scene
from samsvar.demo.teller import Teller
from samsvar.meetings.models import Meeting
from samsvar.meetings.services import conducting
from samsvar.partnerships.models import Authority

_GROUP = "samarbejdsenhed"


class Mondays:
    """The conferences of one place, from some weeks ago to some ahead."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.t = Teller(scene)
        self.today = timezone.localdate(self.t.real_now)

    def tell(self) -> None:
        """Two conferences that were held, one to come with matters on it, and the dates after."""
        monday = self.today - timedelta(days=self.today.weekday())
        first, second = (self._plan(monday - timedelta(days=back)) for back in (21, 14))
        coming = self._begins_series(monday + timedelta(days=7))
        self._first(first)
        self._second(second)
        self._coming(coming[0])
        self.t.leave()

    def _plan(self, day: date) -> Meeting:
        starts_at = moment(office_day(day), "13:00")
        self.t.now = min(starts_at - timedelta(days=30), self.t.real_now - timedelta(days=40))
        with self.t.acting("tovholder") as actor:
            return conducting.plan(actor, self.t.group(_GROUP), starts_at, notify_until=starts_at)

    def _begins_series(self, since: date) -> list[Meeting]:
        """Every Monday from one to three, but for public holidays (003, L3161-3165, L4642-4646)."""
        self.t.now = self.t.real_now - timedelta(days=40)
        return self.t.begins_series(
            "tovholder", _GROUP, Weekly(0, first=since), since, hour=time(13), if_closed="skip", notify_days=0
        )

    def _at(self, meeting: Meeting, minutes: int) -> datetime:
        return meeting.starts_at + timedelta(minutes=minutes)

    def _bodies(self, keys: Sequence[str]) -> list[Authority]:
        return [self.t.authority(key) for key in keys]

    def _brings(
        self,
        who: str,
        meeting: Meeting,
        text: str,
        hearers: Sequence[str] = (),
        *,
        kind: ItemType = ItemType.NEW,
        about: About = About.CITIZEN,
        matter: ConferenceCase | None = None,
        name: str = "",
        yes: bool = False,
        minutes: int = 15,
    ) -> ConferenceItem:
        with self.t.acting(who) as actor:
            return services.raise_matter(
                actor,
                meeting,
                services.Brought(
                    kind=kind,
                    named=Named.NOBODY if about == About.GENERAL else Named.YES if yes else Named.NO,
                    about=about,
                    matter=matter,
                    minutes=minutes,
                    text=text,
                    names=[name] if name else [],
                    yes=services.Yes(given=[name], informed=True),
                    hearers=self._bodies(hearers),
                    informed="" if about == About.GENERAL else "yes" if yes else "later",
                ),
            )

    def _concludes(self, who: str, item: ConferenceItem, conclusion: str, words: str, own_words: str = "") -> None:
        with self.t.acting(who) as actor:
            here = find_item(actor, item.pk)
            assert here is not None
            services.write(
                actor,
                here,
                text=here.words.text,
                informed=here.words.informed,
                informed_on=None,
                conclusion=conclusion,
                conclusion_text=words,
                own_words=own_words,
                seen=here.words.stamp,
            )

    def _agrees(
        self, who: str, item: ConferenceItem, what: str, owners: Sequence[str], days: int, **more: str
    ) -> ConferenceStep:
        with self.t.acting(who) as actor:
            due = timezone.localdate(self.t.now) + timedelta(days=days)
            return services.agree(
                actor, item, services.Agreed(what, self._bodies(owners), due_on=office_day(due), **more)
            )

    def _approves(self, who: str, item: ConferenceItem) -> None:
        with self.t.acting(who) as actor:
            services.approve(actor, item, all_the_same=True)

    def _frames(self, meeting: Meeting, psp_minutes: int = 0) -> None:
        with self.t.acting("tovholder") as actor:
            services.set_frame(
                actor,
                meeting,
                chair=self.t.post("teamleder").name,
                minute_taker=self.t.post("tovholder").name,
                psp_minutes=psp_minutes,
            )

    def _ends(self, meeting: Meeting) -> None:
        with self.t.acting("tovholder") as actor:
            services.add_participant(actor, meeting, "Gæst fra sundhedsplejen", ["Sundhedsplejen", "Børnesundhed"])
            services.end(actor, meeting)

    def _first(self, meeting: Meeting) -> None:
        self.t.now = self._at(meeting, 2)
        self._frames(meeting)
        self.home = self._brings(
            "distriktssygeplejerske",
            meeting,
            "Borgeren skal snart hjem fra afsnittet og ved ikke, hvem der hjælper med regninger og medicin derhjemme.",
            ("socialpsykiatri", "job"),
            name="Lone Egetoft",
            yes=True,
        )
        self.family = self._brings(
            "familie",
            meeting,
            "En familie, hvor en af forældrene er syg i perioder. Børnene passer sig selv for meget.",
            ("distrikt", "socialpsykiatri"),
            about=About.FAMILY,
            name="Familien Rugkær",
        )
        self._agrees(
            "distriktssygeplejerske",
            self.home,
            "Inviterer til et netværksmøde på afsnittet",
            ("distrikt",),
            7,
            condition="borgeren vil have det",
            fallback="ringer alene til bostøtten",
        )
        self._agrees("tovholder", self.home, "Ser på, om der kan komme en tovholder på", ("socialpsykiatri",), 14)
        own = "Jeg vil helst have én, jeg kan ringe til."
        self._concludes("tovholder", self.home, "agreed", "Vi mødes med borgeren, før hjemturen.", own)
        self._approves("tovholder", self.home)
        with self.t.acting("familie") as actor:
            services.add_visitor(actor, self.family, "Gæst fra skolen", ["Skolen"])
        self._concludes("familie", self.family, "unclear", "Vi ved ikke nok endnu. Tages op igen.")
        self._approves("familie", self.family)
        self.t.now = self._at(meeting, 110)
        self._ends(meeting)

    def _second(self, meeting: Meeting) -> None:
        self.t.now = self._at(meeting, 3)
        self._frames(meeting)
        again = self._brings(
            "distriktssygeplejerske",
            meeting,
            "Netværksmødet er holdt. Borgeren var glad for, at alle sad der på én gang.",
            ("socialpsykiatri", "job"),
            kind=ItemType.FOLLOW_UP,
            matter=self.home.matter,
        )
        with self.t.acting("distriktssygeplejerske") as actor:
            step = ConferenceStep.objects.filter(item=self.home, what__startswith="Inviterer").get()
            services.judge(actor, step, "done", "Mødet blev holdt på afsnittet.", at=again)
        self._agrees(
            "tovholder",
            again,
            "Søger om støtte i hjemmet",
            ("socialpsykiatri",),
            10,
            decided_at="Visitationen i kommunen",
        )
        self._concludes("tovholder", again, "passed_on", "Støtten afgøres i kommunen. Vi følger op.")
        self._approves("tovholder", again)
        hours = self._brings(
            "jobkonsulent",
            meeting,
            "Nye åbningstider i jobcentret fra næste måned.",
            ("socialpsykiatri", "distrikt", "boern"),
            kind=ItemType.GENERAL,
            about=About.GENERAL,
            minutes=3,
        )
        self._concludes("jobkonsulent", hours, "oriented", "Alle har fået dem.")
        self._approves("jobkonsulent", hours)
        self.t.now = self._at(meeting, 100)
        self._ends(meeting)

    def _coming(self, meeting: Meeting) -> None:
        self.t.now = self.t.real_now - timedelta(hours=3)
        self._frames(meeting, psp_minutes=20)
        self._brings(
            "familie",
            meeting,
            "Den ene forælder er begyndt i behandling. Hvem taler med børnene?",
            ("distrikt", "socialpsykiatri"),
            kind=ItemType.CONTINUATION,
            matter=self.family.matter,
        )
        self._brings(
            "bostoette",
            meeting,
            "Vi har lige hørt om en, der ikke har været ude længe. Kender I til det?",
            kind=ItemType.WORRY,
            minutes=3,
        )


def tell_conferences(scene: Scene) -> None:
    """Tell the conferences of a Samarbejdsenhed that has been set up."""
    Mondays(scene).tell()
