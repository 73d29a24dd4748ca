"""Whom the day clinic of Odsherred has, told through the services (002 chapter 10.2)."""

from datetime import timedelta

from samsvar.cases.services.concerns import Who
from samsvar.demo.referrals import OTHER, WHO
from samsvar.demo.setting import Scene
from samsvar.demo.teller import Teller
from samsvar.directory.models import DirectoryEntry
from samsvar.referrals.models import Pathway, PathwayEnd, Standing
from samsvar.referrals.services import pathways as services


class Ways:
    """One in treatment with two boys at home, one who rests, one newly come, and one who left with nobody."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.t = Teller(scene)

    def tell(self) -> None:
        """Three months of one unit's list."""
        treated = self._come(90, *OTHER)
        self.t.now = self.t.real_now - timedelta(days=76)
        with self.t.acting("distriktssygeplejerske") as actor:
            services.answer(actor, treated, "children", "yes", "To drenge på 4 og 7. Bor hos hende hver anden uge.")
            services.assess(actor, treated, "Samtaler hver uge, og en hjemme hos hende om måneden.")
        rests = self._come(60, *WHO)
        lost = self._come(55, "Vibeke Prøvesen Lumsås", "6501741238")
        self.t.now = self.t.real_now - timedelta(days=9)
        with self.t.acting("distriktssygeplejerske") as actor:
            services.stand(
                actor,
                rests,
                Standing.BACK,
                "Vil ikke have besøg lige nu. Bostøtten ser ham hver uge.",
                self.t.real_now.date() + timedelta(days=12),
            )
            services.end(actor, lost, PathwayEnd.LOST, "", nobody=True)
        self._come(2, "Ivan Prøvesen Egebjerg", "6709551239")
        self.t.leave()

    def _come(self, days: int, name: str, cpr: str) -> Pathway:
        self.t.now = self.t.real_now - timedelta(days=days)
        with self.t.acting("distriktssygeplejerske") as actor:
            page = DirectoryEntry.objects.get(name="Ambulatoriet, Odsherred", closed_on=None)
            return services.open_new(actor, page, Who(name=name, cpr=cpr))


def tell_pathways(scene: Scene) -> None:
    """Tell it."""
    Ways(scene).tell()
