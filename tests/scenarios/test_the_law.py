"""Vignettes whose matter is the law: what may be told, what never, and what became of it."""

import pytest

from tests.scenarios.language import Authority
from tests.scenarios.test_the_table import raised


@pytest.mark.scenario("000/V-28", "Personal assessment instead of conviction")
@pytest.mark.req("R-000-98", "R-000-113")
def test_he_is_assessed_and_treated_and_nothing_of_the_criminal_case_is_here(
    police: Authority, psychiatry: Authority, social: Authority
) -> None:
    # Given somebody whose criminal case goes its own way, elsewhere
    case = raised(police, social, psychiatry)
    # When the police tell psychiatry what makes them wonder, and psychiatry takes over after an assessment
    police.member.knows(case, "Virker ikke til at forstå, hvor han er.", psychiatry)
    police.member.places(case, psychiatry, "En læge skal vurdere ham.")
    psychiatry.member.agrees(case, "Lægen ser ham i morgen", "Den vagthavende i nat", days=1)
    psychiatry.member.did(case, "Lægen ser ham i morgen", "Vurderet og begyndt i behandling.")
    psychiatry.member.closes(
        case, "solved", "Psykiatrien har overtaget.", outcome="treatment_not_sentence", proposals="dropped"
    )
    # Then that is what came of it, and no word of an investigation or a charge stands in the case
    assert police.member.sees(case, "Behandling i stedet for dom")
    for word in ("sigtet", "tiltalt", "efterforskning", "straffesag"):
        assert not police.member.sees(case, word)
    assert not social.member.sees(case, "forstå, hvor han er")
