"""The lawyer's table: who may tell whom under § 115, and on what condition.

The tables are written by hand and know nothing of the rule packs. Rows are senders, columns receivers, in the order of
ORDER. A cell: `ja` they may; `L3` the institution must be brought in first; `L7` another basis is needed; `L11` the one
who holds the health information must release it. A receiver is party to the case, nobody has been brought in.
"""

from datetime import date

import pytest

from samsvar.law.assess import Act, Outcome, Receiver, assess
from samsvar.law.kinds import AuthorityKind, Cooperation, InformationType, Purpose

ORDER = [
    "police",
    "social",
    "psychiatry",
    "forensic_psychiatry",
    "probation",
    "jobcentre",
    "self_owning",
    "practice",
    "housing",
    "private",
]

PSP = """
police               ja  ja  ja  ja  ja  ja  L3  L7  L7  L7
social               ja  ja  ja  ja  ja  ja  L3  L7  L7  L7
psychiatry           L11 L11 L11 L11 L11 L11 L3  L7  L7  L7
forensic_psychiatry  L11 L11 L11 L11 L11 L11 L3  L7  L7  L7
probation            ja  ja  ja  ja  ja  ja  L3  L7  L7  L7
jobcentre            ja  ja  ja  ja  ja  ja  L3  L7  L7  L7
self_owning          L3  L3  L3  L3  L3  L3  L3  L3  L3  L3
practice             L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
housing              L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
private              L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
"""
SSP = """
police               ja  ja  L7  L7  L7  L7  L3  L7  L7  L7
social               ja  ja  L7  L7  L7  L7  L3  L7  L7  L7
psychiatry           L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
forensic_psychiatry  L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
probation            L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
jobcentre            L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
self_owning          L3  L3  L3  L3  L3  L3  L3  L3  L3  L3
practice             L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
housing              L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
private              L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
"""
KSP = """
police               ja  ja  L7  L7  ja  L7  L3  L7  L7  L7
social               ja  ja  L7  L7  ja  L7  L3  L7  L7  L7
psychiatry           L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
forensic_psychiatry  L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
probation            ja  ja  L7  L7  ja  L7  L3  L7  L7  L7
jobcentre            L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
self_owning          L3  L3  L3  L3  L3  L3  L3  L3  L3  L3
practice             L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
housing              L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
private              L7  L7  L7  L7  L7  L7  L7  L7  L7  L7
"""


def rows():
    """Every cell of the three tables on a day in 2026, and of the first two on a day in 2009."""
    days = {date(2026, 3, 2): {"psp": PSP, "ssp": SSP, "ksp": KSP}, date(2009, 5, 4): {"psp": PSP, "ssp": SSP}}
    for on, tables in days.items():
        for cooperation, table in tables.items():
            for line in table.strip().splitlines():
                sender, *row = line.split()
                for receiver, cell in zip(ORDER, row, strict=True):
                    yield pytest.param(
                        on, cooperation, sender, receiver, cell, id=f"{on.year}-{cooperation}-{sender}-{receiver}"
                    )


def act(on, cooperation, sender, receiver, purpose="help", released=False):
    """One disclosure with nothing else wrong with it."""
    return Act(
        cooperation=Cooperation(cooperation),
        sender=AuthorityKind(sender),
        receivers=(Receiver(AuthorityKind(receiver), party=True),),
        purpose=purpose,
        necessity="Borgeren er ved at miste sin bolig, og besøget skal forberedes.",
        information_types=(InformationType.SOCIAL,),
        on=on,
        released_by_holder=released,
    )


def test_the_tables_speak_of_every_kind():
    assert [kind.value for kind in AuthorityKind] == ORDER
    for table in (PSP, SSP, KSP):
        assert [line.split()[0] for line in table.strip().splitlines()] == ORDER


@pytest.mark.req("R-000-100")
@pytest.mark.parametrize(("on", "cooperation", "sender", "receiver", "cell"), list(rows()))
def test_who_may_tell_whom_for_every_lawful_purpose(on, cooperation, sender, receiver, cell):
    for purpose in Purpose:
        answer = assess(act(on, cooperation, sender, receiver, purpose))
        if cell == "ja":
            assert (answer.outcome, answer.rule, answer.needs) == (Outcome.MAY, "L1", ())
        else:
            assert (answer.outcome, answer.rule) == (Outcome.NEEDS, cell)
            assert answer.needs


@pytest.mark.req("R-000-98")
@pytest.mark.parametrize(
    "purpose", ["investigation", "efterforskning", "efterforskning af straffesager", "nysgerrighed"]
)
@pytest.mark.parametrize(("on", "cooperation", "sender", "receiver", "cell"), list(rows()))
def test_nobody_may_tell_anybody_for_another_purpose(on, cooperation, sender, receiver, cell, purpose):
    answer = assess(act(on, cooperation, sender, receiver, purpose, released=True))
    assert (answer.outcome, answer.rule, answer.needs, answer.duties) == (Outcome.MAY_NOT, "L5", (), ())


@pytest.mark.req("R-000-101")
@pytest.mark.parametrize("sender", ["psychiatry", "forensic_psychiatry"])
@pytest.mark.parametrize(
    "receiver", ["police", "social", "psychiatry", "forensic_psychiatry", "probation", "jobcentre"]
)
def test_psychiatry_may_once_the_holder_releases_and_then_the_citizen_is_told(sender, receiver):
    answer = assess(act(date(2026, 3, 2), "psp", sender, receiver, released=True))
    assert answer.outcome is Outcome.MAY
    assert "tell_citizen" in [duty.key for duty in answer.duties]


@pytest.mark.parametrize("sender", ["police", "social", "probation", "jobcentre"])
def test_only_health_senders_have_the_duty_to_tell(sender):
    answer = assess(act(date(2026, 3, 2), "psp", sender, "social"))
    assert "tell_citizen" not in [duty.key for duty in answer.duties]


def test_ksp_did_not_exist_in_2009():
    answer = assess(act(date(2009, 5, 4), "ksp", "police", "social"))
    assert (answer.outcome, answer.rule, [need.key for need in answer.needs]) == (Outcome.NEEDS, "L2", ["form"])
