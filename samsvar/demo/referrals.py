"""What units of Odsherred ask of each other about a citizen, told through the services (002 chapter 1.14)."""

from datetime import timedelta

from samsvar.demo.setting import Scene
from samsvar.demo.teller import Teller
from samsvar.directory import services as directory
from samsvar.directory.models import DirectoryEntry
from samsvar.partnerships.models import Unit
from samsvar.referrals import services
from samsvar.referrals.models import Referral
from samsvar.referrals.services import Missing, Reply, Whom, Yes

# Who asks for whom; the numbers lie outside the CPR number space.
WHO = ("Mads Prøvesen Rørvig", "6408831237")
OTHER = ("Karla Prøvesen Vig", "7002911230")
# Who keeps the page, the unit's name, what it is, and where.
PAGES = (
    ("job_admin", "job", "", "Jobcentret i Odsherred", "jobcentre", "municipality", "Ydelser, praktik og mentor."),
    ("sekretaer", "laegehus", "", "Lægehuset Prøvehavnen", "gp", "practice", "Egen læge."),
    (
        "ds_admin",
        "distrikt",
        "Ambulatoriet",
        "Ambulatoriet, Odsherred",
        "district",
        "region",
        "Samtaler og hjemmebesøg.",
    ),
    ("ds_admin", "distrikt", "Afsnit H3", "Afsnit H3", "ward", "region", "Indlagte voksne."),
    (
        "se_admin",
        "socialpsykiatri",
        "Bostøtten",
        "Bostøtten i Odsherred",
        "support_85",
        "municipality",
        "Støtte i hjemmet.",
    ),
    (
        "skp_admin",
        "skp",
        "SKP-teamet",
        "SKP-teamet, opsøgende arbejde",
        "outreach_99",
        "municipality",
        "Opsøger voksne, der har trukket sig og ikke lukker op. Alle kan give et tip.",
    ),
)


class Asked:
    """A request to the own doctor that came back, and a statement that was given."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.t = Teller(scene)
        self.pages: dict[str, DirectoryEntry] = {}

    def tell(self) -> None:
        """Pages of six units, and three things that they ask of each other over a month."""
        self.t.now = self.t.real_now - timedelta(days=60)
        for who, body, unit, name, kind, sector, purpose in PAGES:
            with self.t.acting(who) as actor:
                self.pages[name] = directory.keep(
                    actor,
                    self.scene.partnership,
                    name=name,
                    kind=kind,
                    sector=sector,
                    purpose=purpose,
                    unit_id=Unit.objects.get(authority_id=self.scene.authorities[body], name=unit).pk if unit else None,
                )
        self.t.now = self.t.real_now - timedelta(days=12)
        asked = self._send(
            "Lægehuset Prøvehavnen",
            "gp_request",
            WHO,
            facts="Er ikke kommet til de sidste fire samtaler. Siger, at han ikke sover og hører naboen gennem væggen.",
            functioning="Køber ind om natten. Har ikke åbnet post siden jul.",
        )
        self.t.now = self.t.real_now - timedelta(days=8)
        with self.t.acting("laege") as actor:
            services.send_back(
                actor, self._now(asked), Missing(["Hvilken ydelse får han?", "Har han været hos os i år?"])
            )
        self.t.now = self.t.real_now - timedelta(days=30)
        given = self._send(
            "Ambulatoriet, Odsherred",
            "statement",
            OTHER,
            question="Kan hun møde til et forløb to timer om dagen, og hvad skal vi tage hensyn til?",
        )
        self.t.now = self.t.real_now - timedelta(days=3)
        with self.t.acting("distriktssygeplejerske") as actor:
            services.answer(
                actor,
                self._now(given),
                Reply(
                    "answered", "Hun kan møde en time ad gangen om formiddagen, hvis hun kender den, der tager imod."
                ),
            )
        self.t.now = self.t.real_now - timedelta(days=2)
        self._send(
            "Ambulatoriet, Odsherred", "statement", WHO, question="Hvad begrænser ham mest, når han skal ud ad døren?"
        )
        self.t.leave()

    def _send(self, to: str, template: str, who: tuple[str, str], **texts: str) -> Referral:
        with self.t.acting("jobkonsulent") as actor:
            row = services.start(
                actor, self.pages["Jobcentret i Odsherred"], self.pages[to], template, Whom(who[0], who[1])
            )
            services.take_yes(actor, row, Yes(given=[who[0]], informed=True))
            return services.send(actor, self._now(row), {key: {"text": text} for key, text in texts.items()})

    @staticmethod
    def _now(row: Referral) -> Referral:
        return Referral.objects.select_related("from_entry", "to_entry").get(pk=row.pk)


def tell_referrals(scene: Scene) -> None:
    """Tell what the units of a place that has been set up ask of each other."""
    Asked(scene).tell()
