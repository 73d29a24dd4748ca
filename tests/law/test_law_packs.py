"""The rule packs: the law as dated data that a lawyer can read, and that no half file can replace."""

import re
from datetime import date, datetime

import pytest

from samsvar.law import packs
from samsvar.law.kinds import AuthorityKind, Cooperation
from samsvar.law.packs import PackError, Status

WHOLE = (packs.DATA / "dk-2026.toml").read_text(encoding="utf-8")


@pytest.mark.req("R-000-105")
@pytest.mark.parametrize(
    ("on", "pack"),
    [
        (date(2009, 4, 1), "dk-2009"),
        (date(2011, 6, 1), "dk-2009"),
        (date(2025, 12, 31), "dk-2009"),
        (date(2026, 1, 1), "dk-2026"),
        (datetime(2026, 1, 1, 8), "dk-2026"),
        (date(2030, 1, 1), "dk-2026"),
    ],
)
def test_the_date_chooses_the_pack(on, pack):
    assert packs.current(on) is packs.load(pack)


def test_before_the_law_there_is_no_pack():
    assert packs.find(date(2009, 3, 31)) is None
    with pytest.raises(PackError, match="2009-03-31"):
        packs.current(date(2009, 3, 31))


def test_an_unknown_pack_is_refused():
    with pytest.raises(PackError, match="dk-1999"):
        packs.load("dk-1999")


@pytest.mark.parametrize("pack", packs.available(), ids=lambda pack: pack.id)
def test_every_rule_has_a_source_and_two_languages(pack):
    assert set(pack.rules) == set(packs.RULE_IDS)
    for rule in pack.rules.values():
        assert rule.title("da") != rule.title("en")
        assert rule.summary("da") != rule.summary("en")
        assert rule.paragraph in rule.source("da")
        assert bool(rule.caution("da")) == bool(rule.caution("en")) == (rule.status is Status.UNVERIFIED)


def test_an_unverified_rule_says_so():
    rule = packs.load("dk-2026").rules["L1"]
    assert rule.caution("da").startswith("Endnu ikke efterprøvet af en jurist.")
    assert rule.caution("en").startswith("Not checked by a lawyer yet.")
    assert packs.load("dk-2026").rules["L6"].caution() == ""
    assert packs.load("dk-2026").rules["L6"].source() == "retsplejeloven § 115, stk. 4"


def test_no_pack_claims_an_approval_that_nobody_gave():
    assert [pack.approved for pack in packs.available()] == [False, False]


@pytest.mark.req("R-001-7")
@pytest.mark.parametrize("pack", packs.available(), ids=lambda pack: pack.id)
def test_ten_traits(pack):
    assert len({trait.key for trait in pack.traits}) == 10
    assert "invisible" in {trait.key for trait in pack.traits}
    assert all(trait.label("da") != trait.label("en") for trait in pack.traits)


def test_employment_and_ksp_came_after_2009():
    old, new = packs.load("dk-2009"), packs.load("dk-2026")
    assert Cooperation.KSP not in old.matrix
    assert AuthorityKind.PROBATION in new.matrix[Cooperation.KSP].covered
    assert "employment" not in old.rules["L3"].summary("en")
    assert "employment" in new.rules["L3"].summary("en")


def test_a_lawyer_turns_a_rule_off_by_ending_it():
    ended = WHOLE.replace('id = "L12"', 'id = "L12"\nin_force_to = 2026-06-30')
    pack = packs.parse(ended)
    assert pack.applies("L12", date(2026, 6, 30))
    assert not pack.applies("L12", date(2026, 7, 1))
    assert not pack.applies("L99", date(2026, 7, 1))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('id = "L5"', 'id = "L55"', "lacks L5"),
        ('id = "L2"', 'id = "L1"', "a rule twice"),
        ('key = "crime"', 'key = "danger"', "ten different traits"),
        ('id = "L5"', 'id = "L5"\nin_force_to = 2026-06-30', "does not apply"),
        ('title_en = "Never for investigation"', 'title_en = " "', "both languages"),
        ('en = "Is in crime"', 'en = ""', "trait without words"),
        ("same_necessity_warns_at = 3", "same_necessity_warns_at = 0", "at least once"),
        ("[matrix.psp]", "[matrix.other]", "cannot be read"),
        ('by_agreement = ["probation", "jobcentre"]', 'by_agreement = ["police"]', "two columns"),
        ('status = "unverified"', 'status = "sure"', "cannot be read"),
        ('drafted_by = "produktteam"', "", "cannot be read"),
        ('id = "dk-2026"', 'id = "dk-2026', "cannot be read"),
    ],
)
def test_half_a_pack_is_refused(old, new, what):
    assert old in WHOLE
    with pytest.raises(PackError, match=what):
        packs.parse(WHOLE.replace(old, new, 1))


def test_a_pack_cannot_be_changed_in_memory():
    with pytest.raises(TypeError):
        packs.load("dk-2026").rules["L5"] = None


@pytest.mark.parametrize("pack", packs.available(), ids=lambda pack: pack.id)
def test_a_source_in_english_holds_no_danish_word(pack):
    for rule in pack.rules.values():
        for cited in (rule.source("en"), rule.short("en")):
            assert not re.search(r"[æøå]|\b(og|af|om|stk|nr|pkt|sag|artikel|lov\w*|\w+loven\w?)\b", cited), cited
