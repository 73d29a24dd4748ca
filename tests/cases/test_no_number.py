"""A CPR number has one place, ciphered. No ground, yes or no carries one in clear, by whatever form it came (L16)."""

from typing import Any

import pytest
from django.utils import timezone

from samsvar.cases.forms.grounds import FIVE, weighing_fields
from samsvar.cases.services import editing
from samsvar.cases.services.errors import CaseError
from samsvar.law.assess import Weighing
from samsvar.law.kinds import InformationType, Purpose
from samsvar.letters.forms.outside import OutsideForm
from samsvar.postgres.actor import acting
from samsvar.sharing.models import CitizensNo, Consent, Disclosure, NoTo, Scope, UnitContact
from samsvar.sharing.services import (
    Marks,
    NothingSaid,
    NotLawful,
    contribute,
    contribution_subject,
    disclose,
    note_no,
    take_consent,
    write_contact,
)
from samsvar.sharing.services.grounds import require_answers
from tests.cases.table import Screen, authority, raised
from tests.cases.test_consent import said_yes
from tests.cases.test_pseudonym import anonymous
from tests.world import World

WORDS = "Han er 611180-1234"
SAYS = "Her står noget, der ligner et CPR-nummer"


@pytest.mark.parametrize("field", ["given", "missing", "others", "why_oral", "study"])
def test_no_yes_carries_a_number(world: World, field: str) -> None:
    case = raised(world)
    answer = Screen(world, "social.member").post("consent", case.pk, **said_yes(world, **{field: WORDS}))
    assert answer.status_code == 200
    form = answer.context["form"]
    assert SAYS in str(form.errors[field])
    assert WORDS in answer.content.decode()
    with acting(world.seats["social.member"].token) as actor:
        yes: dict[str, Any] = {
            "scope": Scope.RESEARCH if field == "study" else Scope.SHARE,
            "information_types": [] if field == "study" else ["social"],
            "receivers": [] if field == "study" else [authority(world, "police")],
            "purposes": ["help"],
            "given": ["Aage Prøvesen"],
            "informed": True,
        }
        with pytest.raises(NothingSaid, match="CPR"):
            take_consent(actor, case, **{**yes, field: [WORDS] if field in {"given", "missing"} else WORDS})
        assert not Consent.objects.exists()


@pytest.mark.parametrize("field", ["person", "words"])
def test_no_no_carries_a_number(world: World, field: str) -> None:
    case = raised(world)
    answer = Screen(world, "social.member").post("say_no", case.pk, to="person", **{"person": "En nabo", field: WORDS})
    assert SAYS in str(answer.context["form"].errors[field])
    with acting(world.seats["social.member"].token) as actor:
        with pytest.raises(NothingSaid, match="CPR"):
            note_no(actor, case, NoTo.PERSON, **{"person": "En nabo", field: WORDS})
        assert not CitizensNo.objects.exists()


def test_no_necessity_carries_a_number(world: World) -> None:
    case = raised(world)
    sent = {
        "text": "Har mistet sin bolig",
        "information_type": "social",
        "receivers": [world.authorities["police"]],
        "necessity": WORDS,
        "way": "pass",
        "looked": "1",
    }
    answer = Screen(world, "social.member").post("contribute", case.pk, **sent)
    assert SAYS in str(answer.context["form"].errors["necessity"])
    with acting(world.seats["social.member"].token) as actor:
        told = contribute(actor, case, "contributes", text="Har mistet sin bolig", information_type="social")
        with pytest.raises(NotLawful, match="CPR"):
            disclose(
                actor,
                contribution_subject(case, told.pk),
                [authority(world, "police")],
                information_type=InformationType.SOCIAL,
                purpose=Purpose.HELP,
                necessity=WORDS,
            )
        assert not Disclosure.objects.filter(subject_id=told.pk).exists()


@pytest.mark.parametrize("field", FIVE)
def test_none_of_the_five_answers_carries_a_number(field: str) -> None:
    assert not weighing_fields()[field].number  # type: ignore[attr-defined]
    answers = dict.fromkeys(FIVE, "Han fryser")
    assert require_answers(Weighing(**answers))
    with pytest.raises(NothingSaid, match="CPR"):
        require_answers(Weighing(**{**answers, field: WORDS}))


@pytest.mark.parametrize("field", ["who", "reach"])
def test_no_contact_carries_a_number(world: World, field: str) -> None:
    case = raised(world)
    sent = {"support": "mentor", "who": "Mentor Kirsten", "reach": "12 34 56 78"}
    answer = Screen(world, "social.member").post("contact", case.pk, **{**sent, field: WORDS})
    assert SAYS in str(answer.context["form"].errors[field])
    with acting(world.seats["social.member"].token) as actor:
        with pytest.raises(NothingSaid, match="CPR"):
            write_contact(actor, case, **{**sent, field: WORDS})
        assert not UnitContact.objects.exists()
        assert write_contact(actor, case, **sent)


def test_no_one_to_call_first_carries_a_number(world: World) -> None:
    case = raised(world)
    marks = Marks(call_first_until=timezone.localdate(), call_first_who=WORDS)
    with acting(world.seats["social.member"].token) as actor, pytest.raises(NothingSaid, match="CPR"):
        contribute(actor, case, "contributes", text="Har mistet sin bolig", information_type="social", marks=marks)


@pytest.mark.req("R-004-63")
def test_no_word_of_the_citizen_carries_a_number(world: World) -> None:
    case = anonymous(world)
    with acting(world.seats["police.member"].token) as actor:
        for name, words in (("Aage Prøvesen", WORDS), (WORDS, "Ja")):
            with pytest.raises(CaseError, match="CPR"):
                editing.lift_pseudonym(actor, case, name, words=words)


def test_no_ground_of_a_letter_carries_a_number() -> None:
    fields = OutsideForm.base_fields
    assert not any(fields[name].number for name in ("necessity", "consent_by", "consent_why_oral"))
