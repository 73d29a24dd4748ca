"""Young people of Odsherred on their way to others, told through the services (002 chapter 5)."""

from datetime import date, timedelta

from samsvar.calendar.deadlines import add_months
from samsvar.cases.services.concerns import Who
from samsvar.demo.networks import KNOWN
from samsvar.demo.setting import Scene
from samsvar.demo.teller import Teller
from samsvar.forms.fields import YesNoUnknown
from samsvar.partnerships.models import Unit
from samsvar.referrals.models import Transition
from samsvar.referrals.services import transitions as services
from samsvar.referrals.services.transitions import Handed, Yes


def number(today: date, months: int, serial: int) -> str:
    """A number outside the CPR number space of somebody who was born so many months ago."""
    born = add_months(today, -months) - timedelta(days=11)
    return f"{born.day + 60:02}{born.month:02}{born.year % 100:02}{serial:04}"


class Transitions:
    """A girl of sixteen and a half, a boy who is late, one whom somebody has taken over, and one from the ward."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.t = Teller(scene)

    def tell(self) -> None:
        """Six months of a list; the days follow from the day on which the demonstration is told."""
        today = self.t.real_now.date()
        self.t.now = self.t.real_now - timedelta(days=170)
        self._put("familie", "child_adult", "Signe Prøvesen Nordstrand", number(today, 198, 4117))
        late = self._put("familie", "child_adult", "Elias Prøvesen Tangvej", number(today, 212, 4119))
        self._put("familie", "child_adult", "Liva Prøvesen Lodsvej", number(today, 176, 4121))
        thirty = self._put("jobkonsulent", "thirty", "Jeppe Prøvesen Rørvig", number(today, 358, 4113))
        ward = self._put(
            "afsnit",
            "child_psychiatry",
            "Freja Prøvesen Skovby",
            number(today, 206, 4115),
            case_known=YesNoUnknown.NO,
        )
        self.t.now = self.t.real_now - timedelta(days=3)
        with self.t.acting("familie") as actor:
            services.check(actor, late, "income")
        with self.t.acting("jobkonsulent") as actor:
            services.check(actor, thirty, "tests")
        with self.t.acting("afsnit") as actor:
            services.hand_over(
                actor,
                ward,
                Handed(
                    receiver="adults",
                    to=self.t.authority("socialpsykiatri"),
                    to_unit=Unit.objects.get(authority=self.t.authority("socialpsykiatri"), name="Bostøtten"),
                    words="Klarer hverdagen med en voksen i nærheden. Kan ikke være alene om natten endnu. Vil gerne "
                    "bo tæt på sin mor.",
                    call="Socialrådgiveren på Afsnit H3, 00 00 55 03",
                    yes=Yes(["Freja", "Frejas mor"], informed=True),
                ),
            )
        self._goes_home(today)
        self.t.leave()

    def _goes_home(self, today: date) -> None:
        """A discharge in two days: too late for home nurses who do not know him; the day clinic has taken over."""
        self.t.now = self.t.real_now - timedelta(days=2)
        home = self._put("afsnit", "ward_home", *KNOWN, day=today + timedelta(days=2))
        with self.t.acting("afsnit") as actor:
            services.check(actor, home, "medicine")
            sent = services.hand_over(
                actor,
                home,
                Handed(
                    receiver="district",
                    to=self.t.authority("distrikt"),
                    to_unit=Unit.objects.get(authority=self.t.authority("distrikt"), name="Ambulatoriet"),
                    words="Hjem på torsdag. Vil gerne have besøg hjemme de første gange.",
                    yes=Yes(["Villads"], informed=True),
                ),
            )
        with self.t.acting("distriktssygeplejerske") as actor:
            services.accept(actor, sent, "Distriktssygeplejersken, 00 00 55 02", first_on=today + timedelta(days=5))

    def _put(
        self,
        who: str,
        kind: str,
        name: str,
        cpr: str,
        day: date | None = None,
        case_known: str = YesNoUnknown.UNKNOWN,
    ) -> Transition:
        with self.t.acting(who) as actor:
            return services.put_on_list(actor, self.scene.partnership, Who(name=name, cpr=cpr), kind, day, case_known)


def tell_transitions(scene: Scene) -> None:
    """Tell the transitions of a place that has been set up."""
    Transitions(scene).tell()
