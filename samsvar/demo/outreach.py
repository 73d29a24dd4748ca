"""A team of support and contact persons in Odsherred, told through the services (004, 6.3)."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from samsvar.demo.setting import Scene
from samsvar.demo.teller import Teller
from samsvar.instruments.flow import Answer, fields_of
from samsvar.instruments.instrument import Kind, Occasion, Question
from samsvar.instruments.scales import scales
from samsvar.instruments.schedule import Month
from samsvar.outcomes import services as outcome_services
from samsvar.outcomes.selectors.reports import ReportPage, find_page
from samsvar.outreach import services
from samsvar.outreach.models import Course, Known, SearchKind
from samsvar.outreach.services import About, Begun, Ended, Followed, Judged, Looked, Peace, Said, Visit

KNOCK, CARD, LETTER, MESSAGE, AGREED = 1, 2, 3, 4, 5


def answered(page: ReportPage, said: Mapping[str, Answer], well: float | None = None) -> dict[str, Answer]:
    """A whole report: what the log says, what is `said`, and for the rest an answer that is neither end of a scale.

    `well`: how the citizen is by the scales, from 0 to 1.
    """
    kept = {**page.answers, **said}
    while waits := page.waiting(kept):
        for question in waits:
            while left := [field for field in fields_of(question, kept) if field not in kept]:
                kept[left[0]] = _answer(question, left[0], well)
    return kept


def _answer(question: Question, field: str, well: float | None) -> Answer:
    """What somebody is: the first answer. How somebody is: `well`, else the middle. Of nothing counted: none."""
    codes = [one.code for one in question.options.values() if not (one.asks or one.missing)]
    if not codes:
        return 0
    code = codes[0] if Occasion.START in question.when else codes[len(codes) // 2]
    better = next((scale.better for scale in scales().measured() if field in scale.fields), "")
    if better and well is not None:
        code = sorted(codes)[round((well if better == "high" else 1 - well) * (len(codes) - 1))]
    return (code,) if question.kind is Kind.MANY else code


# Citizens of earlier years: what they were called, how they were at first and at last, and whether they belonged to the
# target group. Enough of both kinds that what changed may be told (small groups are hidden).
EARLIER = (
    ("Manden med hatten", 0.2, 0.7, True),
    ("Hende ved vinduet", 0.1, 0.5, True),
    ("Radioen", 0.3, 0.4, True),
    ("Kaffekanden", 0.2, 0.8, True),
    ("Nøglebundtet", 0.4, 0.6, True),
    ("Skakspilleren", 0.1, 0.6, True),
    ("Den blå frakke", 0.3, 0.3, True),
    ("Frimærkerne", 0.5, 0.7, False),
    ("Postkassen", 0.4, 0.8, False),
    ("Havelågen", 0.6, 0.7, False),
    ("Gulvuret", 0.5, 0.5, False),
    ("Krydsordet", 0.3, 0.6, False),
    ("Papegøjen", 0.6, 0.9, False),
)


class Team:
    """Five who are sought, one who moved on, those of earlier years, and inquiries of every kind."""

    def __init__(self, scene: Scene) -> None:
        self.t = Teller(scene)

    def tell(self) -> None:
        """The team's last half year, and what came of those before."""
        self._bird()
        self._cyclist()
        self._last_door()
        self._light()
        self._cat()
        self._moved_on()
        self._asked()
        for place, (pseudonym, first, last, belongs) in enumerate(EARLIER):
            self._earlier(400 - 8 * place, pseudonym, (first, last), belongs)
        self.t.leave()

    def _at(self, days: int) -> None:
        self.t.now = self.t.real_now - timedelta(days=days)

    def _begins(self, days: int, begun: Begun, said: Said | None = None) -> Course:
        """A course, after an inquiry where somebody asked."""
        self._at(days)
        with self.t.acting("skp") as actor:
            asked = services.receive(actor, said) if said else None
            return services.start_course(actor, begun, asked, "taken" if asked else "")

    def _tries(self, course: Course, *tries: tuple[int, int, int | None, str], next_in: int | None = None) -> None:
        """Attempts: so many days ago, the method, the rung, and a note. The last one plans the next visit."""
        partner = self.t.post("skp_to").person if course.not_alone else None
        for place, (days, method, rung, note) in enumerate(tries, 1):
            self._at(days)
            ahead = timezone.localdate(self.t.real_now) + timedelta(days=next_in) if next_in else None
            with self.t.acting("skp") as actor:
                services.log_attempt(
                    actor,
                    course,
                    Visit(
                        method,
                        rung,
                        partner if method in {KNOCK, AGREED} else None,
                        note=note,
                        minutes=20,
                        card_left=method == CARD,
                        next_on=ahead if place == len(tries) else None,
                    ),
                    uuid4(),
                )

    def _reports(
        self, course: Course, *phases: int, without: int = 0, between: tuple[float, float] | None = None
    ) -> None:
        """Each month's report on the 12th of the next, as the log has it; `phases` of its months, the last one goes on.

        `without`: so many of the newest months nobody has reported yet. `between`: how well the citizen was by the
        scales in the first month and in the last, from 0 to 1.
        """
        today = timezone.localdate(self.t.real_now)
        month, place = Month.of(course.started_on), 0
        until = Month.of(course.ended_on or today).plus(0 if course.ended_on else -1)
        whole = max((until.year - month.year) * 12 + until.number - month.number, 1)
        while month <= until.plus(-without):
            well = between and between[0] + (between[1] - between[0]) * place / whole
            self._at(max((today - month.plus(1).day(12)).days, 0))
            with self.t.acting("skp") as actor:
                course.refresh_from_db()
                if page := find_page(actor, course, month):
                    phase = phases[min(place, len(phases) - 1)]
                    outcome_services.send(actor, course, month, answered(page, {"q29": phase}, well))
            month, place = month.plus(1), place + 1

    def _bird(self) -> None:
        """Sought since winter by somebody who has time; speaks through the slot, and was further before."""
        bird = self._begins(
            150,
            Begun("Fuglemanden", door="Prøvevænget 7, 2. tv.", not_alone="Slog ud efter en vicevært for to år siden"),
            Said(13, "Han fodrer fugle inde i stuen og råber om natten.", "Nabo på samme gang", hidden=True),
        )
        self._tries(
            bird,
            (148, CARD, None, "Kort med en solsort"),
            (130, KNOCK, 1, ""),
            (110, KNOCK, 4, "Åbnede på klem, ville se kortet"),
            (60, KNOCK, 1, "Stille i lejligheden"),
            (20, KNOCK, 3, "Svarede, at han har kaffe nok"),
            (4, KNOCK, 3, "Talte om duer gennem sprækken"),
            next_in=3,
        )
        self._reports(bird, 1, 3, 3, 2)
        with self.t.acting("skp") as actor:
            services.keep_in_mind(
                actor,
                bird,
                About(
                    "Slog ud efter en vicevært for to år siden",
                    "Håndskrevet kort; brev med kommunens navn bliver ikke åbnet",
                    "defence",
                    "Andres uro bliver hans egen. Fuglene gør ham rolig.",
                    "Fuglefrø fra planteskolen",
                ),
            )
            services.protect(
                actor,
                bird,
                Peace(
                    ["benefit", "duty"],
                    "Ydelseskontoret",
                    "Ellen Prøve Vig, Ydelseskontoret",
                    "Serviceloven § 99, sagen drøftet uden navn; borgeren har selv sagt ja til, at vi taler med dem",
                    timezone.localdate() + timedelta(days=9),
                ),
            )
            services.propose(actor, bird, "En tur til planteskolen", "yellow", "Kun hvis det regner")

    def _cyclist(self) -> None:
        """Lets the worker in, and begins to want something."""
        woman = self._begins(
            120, Begun("Hende med cyklen", Known.KNOWN), Said(3, "Kommer ikke til samtaler mere.", "Ambulatoriet")
        )
        self._tries(
            woman,
            (118, LETTER, None, ""),
            (112, KNOCK, 5, "Kom ud og lukkede døren"),
            (90, KNOCK, 6, "Gik en tur om søen"),
            (40, AGREED, 8, "Bremsen på cyklen"),
            (6, AGREED, 9, "Havde lavet kaffe"),
            next_in=8,
        )
        self._reports(woman, 2, 3, 3, 4, without=1)
        with self.t.acting("skp") as actor:
            services.propose(actor, woman, "Hjælp til vasketøj hver anden uge", "green")
            services.hand_over(
                actor,
                woman,
                "Bostøtten, § 85",
                "Bertil Prøve Næs",
                "Hun vil gerne have en, der kommer på faste dage",
                timezone.localdate() + timedelta(days=21),
                timezone.localdate(),
            )

    def _last_door(self) -> None:
        """About to lose the home."""
        man = self._begins(
            35, Begun("Sidste dør"), Said(11, "Der er affald til loftet. Vi har sendt en advarsel.", "Boligforeningen")
        )
        self._tries(man, (34, CARD, None, ""), (27, KNOCK, 2, "Så skygge bag ruden"), (9, KNOCK, 2, ""), next_in=1)
        with self.t.acting("skp") as actor:
            services.assess(
                actor,
                man,
                Judged(
                    "joint",
                    "unknown",
                    "yes",
                    "yes",
                    "yes",
                    belongs=True,
                    rationale="Alene, ser ingen, og boligen er farlig for ham selv. Vi ved ikke meget endnu.",
                    risk=2,
                    conditions_note="Affald til loftet og lugt i opgangen",
                    items=["few", "danger", "eviction"],
                    judged_by=["housing", "worker"],
                    dwelling=[3, 4, 5],
                ),
            )
            services.protect(
                actor,
                man,
                Peace(
                    ["eviction"], "Boligforeningen", "Inspektøren", "Aftalt uden navn på borgerens forhold, lejeloven"
                ),
            )

    def _light(self) -> None:
        """Found by the team itself, by a light that never goes out."""
        self._at(18)
        with self.t.acting("skp_to") as actor:
            area = services.look_for_some(
                actor,
                Looked(SearchKind.AREA, "Blokkene ved stationen", reviewed=0, seen="Lys hele natten i stuen til højre"),
            )
            asked = services.receive(actor, Said(14, "Lys hele døgnet, ingen post taget ind."), area)
            light = services.start_course(actor, Begun("Lyset i stuen"), asked, "not_needed")
        self._tries(light, (16, CARD, None, "Uden navn på kuverten"), (2, KNOCK, 1, ""), next_in=12)

    def _cat(self) -> None:
        """Anonymous once, and has said the name."""
        cat = self._begins(70, Begun("Katten Molly"), Said(10, "Lukker mig ikke ind mere.", "Hjemmesygeplejersken"))
        self._tries(cat, (66, KNOCK, 7, "Katten kom ud"), (30, KNOCK, 8, "Så på katten sammen"), next_in=5)
        self._reports(cat, 2, 3)
        with self.t.acting("skp") as actor:
            services.lift_anonymity(actor, cat, "Mona Prøvesen Møller", "Sagde det, mens vi fyldte skålen")

    def _moved_on(self) -> None:
        """A course whose purpose was met."""
        done = self._begins(175, Begun("Manden med atlasset"), Said(6, "Har ikke set ham i to år.", "Lægehuset"))
        self._tries(done, (170, KNOCK, 8, ""), (80, AGREED, 9, "Fandt Grønland i atlasset"))
        self._at(25)
        with self.t.acting("skp") as actor:
            services.end_course(
                actor,
                done,
                Ended(4, (2, 3), {"q44": [1], "q45": [1]}, "Hjemmehjælp hver mandag, og han går til lægen igen"),
            )
        self._reports(done, 3, 3, 4, 4, 4, 5)

    def _earlier(self, days: int, pseudonym: str, between: tuple[float, float], belongs: bool) -> None:
        """A course of five months that began so many days ago, reported from the first month to the last."""
        course = self._begins(days, Begun(pseudonym))
        with self.t.acting("skp") as actor:
            services.assess(
                actor,
                course,
                Judged(
                    "joint",
                    "yes" if belongs else "no",
                    "yes",
                    "yes" if belongs else "no",
                    "yes",
                    belongs=belongs,
                    rationale="Skrevet ved den første visit, ud fra det vi så."
                    if belongs
                    else "Har en søn, der kommer.",
                    risk=1,
                    conditions_note="Ingen varme, og vinduet er slået ind" if belongs else "Slidt, men her kan bos",
                    items=["few"],
                    judged_by=["worker"],
                    dwelling=[3],
                ),
            )
        met = range(days - 60, days - 151, -15)
        self._tries(
            course,
            (days - 3, CARD, None, ""),
            (days - 12, KNOCK, 3, ""),
            *((day, AGREED, 7 + (place > 2) + (place > 4), "") for place, day in enumerate(met)),
        )
        self._at(days - 150)
        with self.t.acting("skp") as actor:
            services.end_course(
                actor, course, Ended(4, (2, 3), {"q44": [1], "q45": [1]}, "En bostøtte kommer hver uge")
            )
        self._reports(course, 2, 3, 4, 5, between=between)

    def _asked(self) -> None:
        """Inquiries that waited, and what they were."""
        self._at(12)
        with self.t.acting("skp_to") as actor:
            noise = services.receive(actor, Said(11, "Spiller musik om natten.", "Viceværten"))
            services.follow_up(actor, noise, Followed("mistaken", "En ung mand, der holder fest", answered="taken"))
            stairs = services.receive(actor, Said(12, "Mor kan ikke klare trappen.", "Datteren"))
            services.follow_up(
                actor, stairs, Followed("other", "Ringede til visitationen sammen", "Hjemmeplejen", "elsewhere")
            )
        self._at(1)
        with self.t.acting("skp_to") as actor:
            services.receive(actor, Said(8, "Patruljen har set ham sove i kælderen tre nætter.", "Lokalpolitiet"))


def tell_outreach(scene: Scene) -> None:
    """Tell the team of a place that has been set up."""
    Team(scene).tell()
