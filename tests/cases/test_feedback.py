"""The raiser hears that and how it was acted on, to the door, and never anything about the person (V-19, V-38)."""

from uuid import uuid4

import pytest

from samsvar.cases.models import Case, CloseReason, Concern, Feedback, FeedbackKind
from samsvar.cases.services import concerns, screening
from samsvar.cases.services.closing import close
from samsvar.cases.services.concerns import Report, Who
from samsvar.cases.services.raising import Facts
from samsvar.cases.services.responsibility import current, place
from samsvar.cases.services.screening import Judgement
from samsvar.partnerships.models import Authority, Group
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.world import World


def on_the_table(world: World) -> tuple[Concern, Case]:
    """An officer's concern that a member has raised as a case with psychiatry and social services."""
    with acting(world.seats["police.frontline"].token) as actor:
        concern = concerns.raise_concern(
            actor,
            Report(
                id=uuid4(),
                partnership_id=world.partnership,
                text="Møder ham hver dag på gaden; ingen indlæggelse, ingen anmeldelse.",
                who=Who(name="Aage Prøvesen", cpr="6111801234"),
            ),
        )
    with acting(world.seats["police.member"].token) as actor:
        case = screening.put_on_agenda(
            actor,
            Concern.objects.get(),
            Judgement(traits=("invisible",)),
            group=Group.objects.select_related("partnership").get(pk=world.group),
            parties=list(
                Authority.objects.filter(pk__in=[world.authorities["social"], world.authorities["psychiatry"]])
            ),
            facts=Facts(why_serious="Sover ude", means_exhausted="Intet mere", traits=("invisible",)),
            necessity="De skal kunne slå op, om de kender ham",
        )
    return concern, case


def heard(world: World) -> list[str]:
    """The kinds of answers that the officer has got."""
    with acting(world.seats["police.frontline"].token):
        return list(Feedback.objects.order_by("at").values_list("kind", flat=True))


@pytest.mark.req("R-000-25")
@pytest.mark.req("R-000-26")
def test_the_officer_hears_at_each_step_and_never_who_acts_for_whom(world: World) -> None:
    concern, case = on_the_table(world)
    assert heard(world) == [FeedbackKind.ON_TABLE]
    with acting(world.seats["psychiatry.member"].token) as actor:
        place(
            actor,
            Case.objects.get(),
            Authority.objects.get(pk=world.authorities["psychiatry"]),
            reason="Behandling",
            seen=current(case).pk,
        )
    assert heard(world) == [FeedbackKind.ON_TABLE, FeedbackKind.ACTED]
    with acting(world.seats["psychiatry.member"].token) as actor:
        close(actor, Case.objects.get(), reason=CloseReason.SOLVED, note="Han har fået en bolig")
    assert heard(world) == [FeedbackKind.ON_TABLE, FeedbackKind.ACTED, FeedbackKind.CLOSED]
    officer = sit(world, "police.frontline")
    for path in ("/bekymringer/", f"/bekymringer/{concern.pk}/"):
        page = officer.get(path).content.decode()
        assert "fulgt til dørs" in page
        for secret in ("Psykiatrien", case.reference, "bolig", "Behandling"):
            assert secret not in page


@pytest.mark.attack
def test_only_those_at_the_table_can_let_a_raiser_hear(world: World) -> None:
    _, case = on_the_table(world)
    for seat in ("social.frontline", "social.screener", "outside.member", "police.dpo"):
        with acting(world.seats[seat].token) as actor:
            assert concerns.answer_raisers(actor, case, FeedbackKind.ACTED) == 0
    with acting(world.seats["social.member"].token) as actor:
        assert concerns.answer_raisers(actor, case, FeedbackKind.ACTED) == 1


@pytest.mark.attack
def test_an_answer_is_read_by_its_raiser_alone(world: World) -> None:
    on_the_table(world)
    for seat in ("social.member", "psychiatry.member", "outside.member", "social.frontline"):
        with acting(world.seats[seat].token):
            assert not Feedback.objects.exists()
