"""Citizens of Odsherred who have a tovholder, told through the services (003 chapter 1)."""

from datetime import timedelta

from samsvar.cases.services.concerns import Who
from samsvar.coordination import services
from samsvar.coordination.models import (
    AskedBy,
    CareNetwork,
    Category,
    Discharge,
    EventKind,
    LinePart,
    NetworkContact,
    Plan,
    PlanKind,
    PlanReply,
)
from samsvar.coordination.services import Agreed, Asked, Entry, Yes, meetings, plans
from samsvar.coordination.services.contacts import Contact
from samsvar.coordination.services.coordinators import Named
from samsvar.coordination.services.plans import Said, Step, Wanted
from samsvar.demo.schedule import moment, office_day
from samsvar.demo.setting import Scene
from samsvar.demo.teller import Teller
from samsvar.partnerships.models import Capacity, Unit

# One whom the ward can look up in the demonstration; the number lies outside the CPR number space.
KNOWN = ("Villads Prøvesen Havnegård", "6203741117")
WAITS = ("Oda Prøvesen Klint", "6411891226")


class Networks:
    """Two networks: one with a tovholder whom the ward knows of, and one that waits for somebody."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.t = Teller(scene)

    def tell(self) -> None:
        """A network over two months, with a tovholder who took over, and one that was asked for last week."""
        self.t.now = self.t.real_now - timedelta(days=62)
        with self.t.acting("bostoette") as actor:
            network = services.open_network(
                actor,
                self.scene.partnership,
                Who(name=KNOWN[0], cpr=KNOWN[1]),
                Asked(by=AskedBy.PROFESSIONAL, who="Afsnit H3", complex=True, several=True),
            )
        with self.t.acting("bostoette") as actor:
            services.appoint(
                actor,
                network,
                Named(name="Gurli Prøve Sandvej", phone="00 00 55 21", hours="Hverdage 8-12", acting=True),
            )
        of_the_ward: list[str] = [
            Category.COORDINATOR,
            Category.CONTACTS,
            Category.MEETINGS,
            Category.EVENTS,
            Category.PLANS,
            Category.ILLNESS,
            Category.SITUATION,
            Category.WORKS,
        ]
        self._lets_in(network, "distrikt", "Afsnit H3", of_the_ward)
        self._lets_in(network, "job", "", [Category.COORDINATOR, Category.SITUATION, Category.WISHES])
        self._contacts(network)
        self.t.now = self.t.real_now - timedelta(days=9)
        with self.t.acting("tovholder") as actor:
            post = Capacity.objects.select_related("person").get(pk=self.t.post("tovholder").capacity)
            services.appoint(
                actor,
                network,
                Named(
                    post=post, phone="00 00 55 20", hours="Hverdage 9-15", why="Gurli skulle kun være det midlertidigt"
                ),
            )
            services.write_mandate(
                actor,
                network,
                "Ringer hver mandag. Samler dem, Villads vil have med, hver anden måned. Går med til lægen.",
                "Bostøtten: hverdagen hjemme. Distriktspsykiatrien: medicinen. Jobcentret: ydelsen.",
                confirmed_with="Villads, bostøtten og distriktssygeplejersken",
            )
            services.hand_out(actor, network, "hand")
        self._told(network)
        self._meets(network)
        self._plans(network)
        self.t.now = self.t.real_now - timedelta(days=1)
        with self.t.acting("afsnit") as actor:
            admitted = services.write_event(
                actor,
                CareNetwork.objects.get(pk=network.pk),
                services.Happened(
                    EventKind.ADMISSION, self.t.now - timedelta(hours=2), "Kom selv. Forventes at blive en uge."
                ),
            )
            services.release_event(actor, admitted)
        self._doctor(network)
        self._leaves(network)
        with self.t.acting("jobkonsulent") as actor:
            services.note_news(actor, CareNetwork.objects.get(pk=network.pk))
        self.t.now = self.t.real_now - timedelta(days=6)
        with self.t.acting("bostoette") as actor:
            waiting = services.open_network(
                actor,
                self.scene.partnership,
                Who(name=WAITS[0], cpr=WAITS[1]),
                Asked(by=AskedBy.RELATIVE, who="Datteren", several=True, why="Hun åbner ikke sin post mere."),
            )
            services.none_found(actor, waiting, "Ingen har timer før den første.")
        self.t.leave()

    def _doctor(self, network: CareNetwork) -> None:
        """His own doctor: a copy after the ward's conference, an answer, and a letter back."""
        with self.t.acting("tovholder") as actor:
            services.name_doctor(actor, network, self.t.authority("laegehus"), "00 00 55 40", "Telefontid kl. 8-9")
        self._lets_in(network, "laegehus", "", [Category.COORDINATOR, Category.EVENTS, Category.SITUATION])
        with self.t.acting("afsnit") as actor:
            services.copy_conference(
                actor,
                CareNetwork.objects.get(pk=network.pk),
                "Samme medicin. Hjem i næste uge med besøg fra distriktspsykiatrien hver tirsdag.",
            )
        with self.t.acting("laege") as actor:
            services.send_concern(
                actor,
                CareNetwork.objects.get(pk=network.pk),
                "Han mødte ikke til blodprøven. Hvem følger ham næste gang?",
            )

    def _meets(self, network: CareNetwork) -> None:
        """A network meeting a week ago and one to come, called by his sister."""
        self.t.now = self.t.real_now - timedelta(days=8)
        with self.t.acting("tovholder") as actor:
            gone = meetings.call(
                actor,
                network,
                meetings.Frame(
                    "Storesøster Prøvesen",
                    "Hvad skal der ske, når det bliver vinter",
                    True,
                    self.t.now,
                    "Hjemme hos Villads",
                ),
            )
            for who, what, days in (
                ("Bostøtten", "Går med i banken og får lavet et betalingskort", -1),
                ("Signe Prøve Holm", "Ser på medicinen sammen med Villads", 6),
            ):
                meetings.agree(actor, gone, meetings.Agreed(what, who, self.t.day(days + 8)))
        self.t.now = self.t.real_now - timedelta(days=7)
        with self.t.acting("tovholder") as actor:
            meetings.hold(
                actor,
                gone,
                "Villads vil gerne blive boende. Søsteren kommer om søndagen. Ingen kommer uden at ringe først.",
            )
            coming = meetings.call(
                actor,
                network,
                meetings.Frame(
                    "Villads",
                    "Et sted at være om dagen",
                    True,
                    moment(office_day(self.t.day(10)), "10:00"),
                    "Mødestedet ved havnen",
                ),
            )
            meetings.write_wishes(actor, coming, "Min søster og Signe. Ikke min bror.")
            for contact in NetworkContact.objects.filter(
                network=network, unwanted=False, role__in=["relative", "primary"]
            ):
                meetings.put_on(actor, coming, contact)
            meetings.invite(actor, coming)

    def _plans(self, network: CareNetwork) -> None:
        """A handleplan in force, with a line that the ward has said yes to, and a discharge agreement on its way."""
        self.t.now = self.t.real_now - timedelta(days=6)
        psychiatry = self.t.authority("distrikt")
        ward = Unit.objects.get(authority=psychiatry, name="Afsnit H3")
        at_ward = f"{ward.name}, {psychiatry.name}"
        with self.t.acting("tovholder") as actor:
            action = plans.start_plan(
                actor,
                network,
                PlanKind.ACTION,
                Wanted("Jeg vil blive boende, og hunden skal med, når jeg er ude.", self.t.day(90)),
            )
            for step in (
                Step("Går med i banken og får lavet et betalingskort", "Bertil Prøve Næs", due_on=self.t.day(7)),
                Step("Ser på medicinen sammen med Villads", at_ward, psychiatry, ward, self.t.day(14)),
                Step("Går på mødestedet om torsdagen", KNOWN[0], condition="hunden må komme med"),
                Step("Er der om søndagen", "Storesøster Prøvesen"),
                Step(
                    "Henter ham i bil",
                    "Bertil Prøve Næs",
                    part=LinePart.FALLBACK,
                    reason="Villads tager ikke bussen, når det er mørkt",
                ),
            ):
                plans.write_line(actor, action, step)
            plans.answer_plan(actor, action, "Bertil Prøve Næs", Said(PlanReply.YES))
            plans.put_in_force(actor, action, Said(PlanReply.BUT, "Ikke om morgenen"))
        with self.t.acting("afsnit") as actor:
            plans.accept_lines(actor, Plan.objects.select_related("network").get(pk=action.pk), 1)

    def _leaves(self, network: CareNetwork) -> None:
        """The discharge is planned from the first day."""
        with self.t.acting("tovholder") as actor:
            discharge = plans.start_plan(
                actor,
                network,
                PlanKind.DISCHARGE,
                Wanted("Hjem til hunden så hurtigt som muligt.", self.t.day(21), Discharge.SIMPLE),
            )
            home = network.authority
            for step in (
                Step("Kommer hver dag den første uge", "Bertil Prøve Næs", changed=True),
                Step("Ringer samme dag, og kører ud, hvis han ikke tager den", home.name, home, part=LinePart.AWAY),
            ):
                plans.write_line(actor, discharge, step)

    def _told(self, network: CareNetwork) -> None:
        """What Villads has agreed to, one text that he has not, and what the tovholder did."""
        with self.t.acting("tovholder") as actor:
            for category, own_words, words in (
                (
                    Category.SITUATION,
                    "Jeg vil helst være hjemme, men ikke alene hele ugen.",
                    "Bor alene. Klarer indkøb og hund selv. Åbner sjældent post.",
                ),
                (Category.ILLNESS, "", "Hører stemmer, mest om natten. Har fået hjælp fra psykiatrien siden 2016."),
                (Category.WORKS, "Ring, før I kommer. Kom ikke to ad gangen.", "Korte aftaler med klokkeslæt."),
                (Category.WISHES, "Et sted at være om dagen, hvor hunden må være med.", ""),
            ):
                services.write_section(actor, network, category, own_words, words, agreed=Agreed("talk"))
            services.write_section(
                actor, network, Category.HELP_MUNICIPALITY, "", "Bostøtte to gange om ugen. Mentor fra jobcentret."
            )
            services.write_entry(actor, network, Entry("contact", "Talte om hunden og om posten."))
            services.write_entry(
                actor, network, Entry("in_place", "Ringede til boligselskabet om vinduet.", whose="Bostøtten")
            )
            services.write_memo(actor, network, "Spørg til hunden først.")

    def _lets_in(self, network: CareNetwork, body: str, unit: str, categories: list[str]) -> None:
        with self.t.acting("tovholder") as actor:
            authority = self.t.authority(body)
            services.let_in(
                actor,
                network,
                authority,
                Unit.objects.get(authority=authority, name=unit) if unit else None,
                categories,
                Yes(given=[KNOWN[0]], informed=True),
            )

    def _contacts(self, network: CareNetwork) -> None:
        with self.t.acting("tovholder") as actor:
            for one in (
                Contact(
                    "primary", "Signe Prøve Holm", "Distriktspsykiatrien", "00 00 55 31", "Hverdage 10-12", "medicin"
                ),
                Contact("home", "Bertil Prøve Næs", "Bostøtten", "00 00 55 32", "Hverdage 8-14"),
                Contact("caseworker", "Ellen Prøve Vig", "Jobcentret", "00 00 55 33", "Tirsdage 13-15", "ydelse"),
                Contact("relative", "Storesøster Prøvesen", phone="00 00 55 34"),
            ):
                services.write_contact(actor, network, one)
            brother = services.write_contact(actor, network, Contact("relative", "Lillebror Prøvesen"))
            services.set_unwanted(actor, brother, unwanted=True)


def tell_networks(scene: Scene) -> None:
    """Tell the networks of a place that has been set up."""
    Networks(scene).tell()
