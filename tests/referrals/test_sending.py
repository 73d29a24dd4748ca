"""From one unit to another: what passes, what does not, and what each side can do (002 chapters 1.14 and 10.3)."""

import tomllib
from itertools import product

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samsvar.calendar.clocks import limits
from samsvar.directory import services as directory
from samsvar.directory.kinds import UNITS
from samsvar.directory.models import DirectoryEntry
from samsvar.directory.routes import State, find_way, matrix
from samsvar.law.kinds import Basis
from samsvar.referrals import jobs, services
from samsvar.referrals.forms.referrals import AnswerForm, WriteForm
from samsvar.referrals.models import Referral, ReferralEntry
from samsvar.referrals.pack import BESIDE, DATA, TemplateError, _template, open_between, pack
from samsvar.referrals.selectors import referrals as selectors
from samsvar.referrals.selectors.desk import on_desk
from samsvar.referrals.services import Missing, NoWay, ReferralError, Reply, Yes, transitions
from samsvar.referrals.services.asking import _carried_over, require_way
from samsvar.referrals.services.transitions import TransitionError
from samsvar.referrals.warnings import notices
from samsvar.sharing.models import Consent, Disclosure
from tests.clients import sit
from tests.referrals.ground import CPR, TOLD, WORDS, YES, Units, again, drafted, said, sent
from tests.scenarios.test_network import Worker


@pytest.mark.req("R-002-43", "R-002-82", "R-002-97", "R-002-39", "R-002-85")
def test_a_job_consultant_asks_the_doctor_and_hears_what_comes_of_it(units: Units) -> None:
    with units.at("social.frontline") as actor:
        row = drafted(actor, units, "job", "gp", "gp_request")
        # Consent first.
        with pytest.raises(ReferralError, match="sagt ja"):
            services.send(actor, row, said("facts"))
        services.take_yes(actor, again(row), YES)
        words = said("facts") | {"cannot_meet": {"text": "Kan ikke komme ud af døren"}}
        with pytest.raises(ReferralError, match="hvem der siger det"):
            services.send(actor, again(row), words)
        words["cannot_meet"]["who"] = "Sygeplejerske i akutteamet"
        services.send(actor, again(row), words)
    with units.at("practice.frontline") as actor:
        there = again(row)
        assert there.text_of("facts") == WORDS
        services.look_into(actor, there)
        services.send_back(actor, again(row), Missing(["Hvilken medicin får han?", "Siden hvornår?"]))
    with units.at("social.frontline") as actor:
        page = selectors.page(actor, again(row))
        assert page.row.state == "returned"
        assert page.missing == ["Hvilken medicin får han?", "Siden hvornår?"]
        # What was typed stands there still.
        assert page.row.text_of("facts") == WORDS
        more = {**page.row.said, "limits": {"text": "Får ingen medicin"}}
        services.send(actor, page.row, more)
    with units.at("practice.frontline") as actor:
        services.answer(actor, again(row), Reply("no_indication"))
    with units.at("social.frontline") as actor:
        page = selectors.page(actor, again(row))
        assert page.row.state == "closed"
        assert page.row.answer_words == "Ingen grund til at henvise"
        assert [one.kind for one in page.entries] == ["sent", "receipt", "assessing", "returned", "again", "answer"]
        # Each passage is a disclosure on that yes, from both sides.
        told = Disclosure.objects.filter(subject_id=row.pk)
        assert {one.rule for one in told} == {"L10"}


@pytest.mark.req("R-002-52")
def test_no_referral_goes_where_the_matrix_lets_none_pass() -> None:
    for sender, receiver in product(UNITS, UNITS):
        answer = find_way(sender, receiver)
        there = open_between(sender, receiver)
        assert bool([one for one in there if one.way != BESIDE]) == (answer.state is State.ALLOWED), (sender, receiver)
        for key in set(pack().templates) - {one.template.key for one in there}:
            with pytest.raises(NoWay) as stopped:
                require_way(sender, receiver, key)
            assert stopped.value.answer.is_shut == answer.is_shut


def test_what_goes_on_the_cooperation_has_something_to_go_on_at_home() -> None:
    """Where the rule on sharing inside an authority is not in force, § 115 alone would leave nothing to choose."""
    raw = tomllib.loads(DATA.read_text(encoding="utf-8"))
    fields = {key: pack().fields[key] for key in raw["fields"]}
    answers = {key: pack().answers[key] for key in raw["answers"]}
    (one, *_more) = [each for each in raw["templates"] if "s115" in each.get("bases", ())]
    assert len(_template(one, fields, answers).bases) == 2
    with pytest.raises(TemplateError, match="at home"):
        _template({**one, "bases": ["s115"]}, fields, answers)


def test_every_open_way_of_the_matrix_has_its_template() -> None:
    for way in matrix().ways:
        if way.state is State.ALLOWED:
            assert [one for one in pack().templates.values() if way.key in one.ways], way.key


@pytest.mark.req("R-002-38")
def test_a_field_that_recommends_stands_on_few_ways_and_is_thrown_away_elsewhere(units: Units) -> None:
    with_it = {one.key for one in pack().templates.values() if "recommends" in {field.key for field in one.fields}}
    assert with_it == {"qualified", "proposal", "stu_plan"}
    with units.at("social.frontline") as actor:
        row = drafted(actor, units, "job", "adult", "support_85")
        services.write(actor, row, said("wishes", recommends="Giv ham et botilbud"))
        assert "recommends" not in again(row).said


@pytest.mark.req("R-002-52")
def test_the_jobcentre_is_shown_the_way_round(units: Units) -> None:
    with units.at("social.frontline") as actor:
        choice = selectors.choice(actor, units.pages["job"], units.pages["district"])
        assert choice.answer.is_shut
        assert [one.name for one in choice.doors] == ["Lægehuset Prøvegade"]
        with pytest.raises(NoWay, match="Distriktspsykiatrien tager ikke imod"):
            drafted(actor, units, "job", "district", "psychiatry")
        assert not Referral.objects.exists()


@pytest.mark.req("R-002-19", "R-002-40", "R-002-21")
def test_a_grant_is_refused_with_a_reason_and_opened_again_when_the_measure_changes(units: Units) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "adult", "support_85", said("wishes", "functioning", "needs"))
        # Another unit of the own authority is told on the citizen's yes, and is no other authority.
        assert Consent.objects.filter(referral_id=row.pk).count() == 1
        assert not Disclosure.objects.filter(subject_id=row.pk).exists()
    with units.at("social.member") as actor:
        with pytest.raises(ReferralError, match="Vælg, hvorfor"):
            services.answer(actor, again(row), Reply("refused", "Det kan vi ikke"))
        with pytest.raises(ReferralError, match="Skriv, hvad der mangler"):
            services.send_back(actor, again(row), Missing(["", " - "]))
        services.answer(actor, again(row), Reply("accepted"))
        services.begin(actor, again(row))
        services.change_measure(actor, again(row), "To timer mere om ugen")
        assert again(row).state == "assessing"
        services.answer(actor, again(row), Reply("refused", "Det kan vi ikke", "no_room"))
    with units.at("social.frontline") as actor:
        assert again(row).reason_words == "Ingen plads"


@pytest.mark.req("R-002-51")
def test_an_outreach_request_is_answered_and_never_late_on_115(units: Units) -> None:
    with units.at("police.frontline") as actor:
        row = sent(actor, units, "police", "outreach", "outreach", said("facts", place="Bag stationen"), basis="s115")
        assert again(row).due_at is None
    units.sit("social.frontline", "outreach")
    with units.at("social.frontline") as actor:
        services.answer(actor, again(row), Reply("not_found"))
    with units.at("police.frontline") as actor:
        assert again(row).answer_words == "Ikke fundet"


@pytest.mark.req("R-002-51", "R-002-71")
def test_a_tip_inside_ones_own_authority_rests_on_its_own_rule_and_asks_for_none(units: Units) -> None:
    words = said("facts", place="Bag stationen")
    with units.at("social.frontline") as actor:
        # § 115 is between authorities, and says nothing here.
        with pytest.raises(ReferralError, match="hjemmel"):
            sent(actor, units, "job", "outreach", "outreach", words, basis="s115")
        row = drafted(actor, units, "job", "outreach", "outreach")
        page = selectors.page(actor, row)
        assert (page.bases, page.needs_yes) == ((Basis.OWN,), False)
        # What comes to another authority's unit is asked for a ground, and what the law leaves open is said there.
        assert "Forvaltningslovens § 32" in page.own_rule
    shown = sit(units.world, "social.frontline").get(reverse("referrals:referral", args=[row.pk])).content.decode()
    assert 'name="basis"' not in shown
    assert "skal ikke vælges en hjemmel" in shown
    answer = sit(units.world, "social.frontline").post(
        reverse("referrals:referral", args=[row.pk]), {"facts": WORDS, "place": "Bag stationen", "looked": "1"}
    )
    assert answer.status_code == 302
    box = sit(units.world, "social.frontline").get(reverse("referrals:box")).content.decode()
    assert "i dag" in box
    assert "0 dage" not in box
    with units.at("social.frontline") as actor:
        assert (again(row).state, again(row).basis) == ("received", "own")
        assert not Disclosure.objects.exists()


def test_across_authorities_a_tip_has_a_ground_and_what_is_unverified_is_said(
    units: Units, app_connection: psycopg.Connection
) -> None:
    with units.at("police.frontline") as actor:
        row = drafted(actor, units, "police", "outreach", "outreach")
        with pytest.raises(ReferralError, match="hjemmel"):
            services.send(actor, row, said("facts", place="Bag stationen"), "own")
    shown = sit(units.world, "police.frontline").get(reverse("referrals:referral", args=[row.pk])).content.decode()
    assert 'name="basis"' in shown
    assert "Endnu ikke efterprøvet af en jurist" in shown
    # Nor by a program, told or not.
    token = units.world.seats["police.frontline"].token
    app_connection.execute("select set_config('samsvar.token', %s, true)", [token])
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="sent without being told"):
        app_connection.execute(
            "update referrals_referral set basis = 'own', state = 'received', sent_at = now() where id = %s", [row.pk]
        )


@pytest.mark.req("R-002-46")
def test_pam_is_told_ahead_and_assesses_alone(units: Units) -> None:
    template = pack().templates["notice"]
    assert "PAM vurderer alene" in template.says_da
    with units.at("police.frontline") as actor:
        row = sent(actor, units, "police", "pam", "notice", said("facts"), basis="s115")
    with units.at("psychiatry.screener") as actor:
        services.answer(actor, again(row), Reply("taken_back"))


@pytest.mark.req("R-002-53", "R-002-55", "R-002-56", "R-002-57", "R-002-54")
def test_a_notification_needs_no_yes_and_the_colour_stays_where_it_is_judged(units: Units) -> None:
    with units.at("police.frontline") as actor:
        words = said("seen") | TOLD
        row = sent(actor, units, "police", "child", "notification", words, cpr=CPR, basis="duty")
        there = again(row)
        assert there.due_at is not None
        assert there.sent_at is not None
        assert (there.due_at - there.sent_at).total_seconds() == 24 * 3600
        other = sent(actor, units, "police", "child", "notification", words, cpr=CPR, basis="duty")
    with units.at("social.screener") as actor:
        assert [one.pk for one in selectors.page(actor, again(row)).earlier] == [other.pk]
        with pytest.raises(ReferralError, match="med få ord"):
            services.answer(actor, again(row), Reply("green"))
        services.answer(actor, again(row), Reply("yellow", "Ring til skolen"))
        assert selectors.page(actor, again(row)).colour.startswith("Gul")
        with pytest.raises(ReferralError, match="kvittering"):
            services.say(actor, again(row), "Vi har talt med moderen")
    with units.at("police.frontline") as actor:
        page = selectors.page(actor, again(row))
        assert page.row.state == "accepted"
        assert page.colour == ""
        assert "Ring til skolen" not in str([(one.text, one.items) for one in page.entries])
        assert not ReferralEntry.objects.filter(inner=True).exists()


@pytest.mark.req("R-002-72", "R-002-84")
def test_a_statement_is_a_question_and_never_the_whole_record(units: Units) -> None:
    with units.at("social.frontline") as actor:
        row = drafted(actor, units, "job", "district", "statement")
        services.take_yes(actor, row, YES)
        with pytest.raises(ReferralError, match="Hele journalen"):
            services.send(actor, again(row), said(question="Send hele journalen"))
        services.send(actor, again(row), said(question="Kan han møde til en samtale?"))
    with units.at("psychiatry.frontline") as actor:
        with pytest.raises(ReferralError, match="med få ord"):
            services.answer(actor, again(row), Reply("answered"))
        services.answer(actor, again(row), Reply("answered", "Han kan møde en time, hvis en kendt er med."))
    with units.at("social.frontline") as actor:
        assert selectors.page(actor, again(row)).entries[-1].text.startswith("Han kan møde")


def test_what_the_doctor_sends_on_is_not_typed_again(units: Units) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "gp", "gp_request", said("facts", "functioning", "wishes"))
    with units.at("practice.frontline") as actor:
        on = drafted(actor, units, "gp", "pvk", "psychiatry", follows=again(row))
        assert on.citizen_id == row.citizen_id
        assert on.text_of("functioning") == WORDS
        assert on.said["functioning"]["whose"] == "other"
        assert on.said["functioning"]["who"] == "Jobcenteret"
        services.take_yes(actor, on, YES)
        services.send(actor, again(on), {**on.said, "seen": {"text": WORDS}, "social": {"text": "Har mistet sin mor"}})
    with units.at("social.frontline") as actor:
        # The job centre sees its own request and not what the doctor wrote.
        assert list(Referral.objects.values_list("pk", flat=True)) == [row.pk]


def test_two_who_each_say_that_the_other_goes_first_are_pointed_out(units: Units) -> None:
    with units.at("social.frontline") as actor:
        one = sent(actor, units, "job", "substance", "substance", said("seen", "wishes"), cpr=CPR)
        two = sent(actor, units, "job", "adult", "support_85", said("wishes", "functioning", "needs"), cpr=CPR)
        # Both run at once.
        assert [row.pk for row in selectors.page(actor, again(one)).alongside] == [two.pk]
    with units.at("social.member") as actor:
        services.answer(actor, again(two), Reply("refused", "Misbruget først", "other_first"))
        assert selectors.page(actor, again(two)).loop == []
    units.sit("social.screener", "substance")
    with units.at("social.screener") as actor:
        services.answer(actor, again(one), Reply("refused", "Psyken først", "other_first"))
        # Whoever refused does not learn whom else the job centre has asked.
        assert selectors.page(actor, again(one)).loop == []
    with units.at("social.frontline") as actor:
        assert len(selectors.page(actor, again(one)).loop) == 2
    with units.at("social.member") as actor:
        raised = selectors.raised(actor)
        assert [(each.is_loop, sorted(each.units)) for each in raised] == [
            (True, ["Center for Rusmidler", "Myndigheden"])
        ]


@pytest.mark.req("R-002-69")
def test_nothing_more_passes_once_the_yes_is_taken_back(units: Units) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "gp", "gp_request", said("facts"))
    with units.at("social.frontline") as actor:
        services.withdraw(actor, again(row), yes_taken_back=True)
        with pytest.raises(ReferralError, match="afsluttet"):
            services.say(actor, again(row), "Hej")
    with units.at("practice.frontline") as actor, pytest.raises(ReferralError):
        services.answer(actor, again(row), Reply("referred"))


def test_a_draft_that_is_thrown_away_takes_its_yes_with_it(units: Units) -> None:
    with units.at("social.frontline") as actor:
        row = drafted(actor, units, "job", "gp", "gp_request")
        services.take_yes(actor, row, YES)
        services.discard(actor, again(row))
        assert not Referral.objects.exists()
        assert not Consent.objects.exists()
        kept = sent(actor, units, "job", "gp", "gp_request", said("facts"))
        with pytest.raises(ReferralError, match="allerede sendt"):
            services.discard(actor, again(kept))
        # Once something rests on it, the yes stays.
        with connection.cursor() as cursor:
            cursor.execute("delete from sharing_consent where referral_id = %s", [kept.pk])
            assert cursor.rowcount == 0


@pytest.mark.req("R-002-59", "R-002-60", "R-002-34", "R-002-20")
def test_a_notification_asks_for_facts_and_whether_the_family_knows(units: Units) -> None:
    template = pack().templates["notification"]
    # Function and facts; nothing in it asks what should be done.
    assert {"seen", "functioning", "told", "together"} <= {one.key for one in template.fields}
    assert not {"needs", "recommends", "wishes"} & {one.key for one in template.fields}
    assert "Ikke hvad kommunen skal gøre" in template.says_da
    proposes = said(seen=WORDS + " Barnet bør anbringes hos farmor.", functioning="Sover ikke")
    assert any("egen banehalvdel" in one for one in notices(template, proposes))
    with units.at("police.frontline") as actor:
        row = drafted(actor, units, "police", "child", "notification")
        form = WriteForm(template=template, said={}, basis="duty")
        assert [key for key, _words in form.fields["told"].choices] == ["yes", "no"]
        assert "Af hvem og hvornår" in form.fields["told_who"].label
        # Whether, and by whom: both, before it is sent. What is neither yes nor no is no answer.
        for told in ({}, {"told": {"text": "måske", "who": "Betjenten"}}, {"told": {"text": "yes"}}):
            with pytest.raises(ReferralError):
                services.send(actor, again(row), said("seen") | told, "duty")
        together = {"together": {"text": "yes"}}
        with pytest.raises(ReferralError, match="skrevet sammen"):
            services.send(actor, again(row), said("seen") | TOLD | together, "duty")
        together["together"]["who"] = "Moren"
        services.send(actor, again(row), said("seen") | TOLD | together, "duty")
    with units.at("social.screener"):
        rows = {label: (text, who) for label, text, _whose, who in again(row).rows()}
        assert rows["Er familien fortalt det?"] == ("Ja", "Betjenten, i går")
        assert rows["Er den skrevet sammen med nogen?"] == ("Ja", "Moren")


@pytest.mark.req("R-002-60")
def test_a_family_that_does_not_know_stops_no_notification(units: Units) -> None:
    with units.at("police.frontline") as actor:
        words = said("seen") | {"told": {"text": "no"}}
        row = sent(actor, units, "police", "child", "notification", words, basis="duty")
        assert ("Er familien fortalt det?", "Nej", "", "") in again(row).rows()


@pytest.mark.req("R-002-141")
def test_psychiatry_and_substance_treatment_run_side_by_side(units: Units) -> None:
    with units.at("practice.frontline") as actor:
        one = sent(actor, units, "gp", "pvk", "psychiatry", said("seen", "functioning", "social"), cpr=CPR)
        assert selectors.page(actor, again(one)).tracks == []
        two = sent(actor, units, "gp", "substance", "substance", said("wishes"), cpr=CPR)
        found = selectors.page(actor, again(one)).tracks
        assert [(track.key, [row.pk for row in theirs]) for track, theirs in found] == [
            ("psychiatry", [one.pk]),
            ("substance", [two.pk]),
        ]
    with units.at("psychiatry.member") as actor:
        # Whoever is asked on the one does not learn of the other.
        assert selectors.page(actor, again(one)).tracks == []
        services.answer(actor, again(one), Reply("refused", "Misbruget først", "other_first"))
    with units.at("practice.frontline") as actor:
        assert selectors.page(actor, again(one)).loop_tracks == []
    units.sit("social.screener", "substance")
    with units.at("social.screener") as actor:
        services.answer(actor, again(two), Reply("refused", "Psyken først", "other_first"))
    with units.at("practice.frontline") as actor:
        page = selectors.page(actor, again(two))
        assert [track.key for track, _theirs in page.loop_tracks] == ["psychiatry", "substance"]
        assert page.tracks == []


@pytest.mark.req("R-002-154")
def test_a_statement_is_given_in_three_voices(units: Units) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "district", "statement", said(question="Kan han møde?"))
    with units.at("psychiatry.frontline") as actor:
        form = AnswerForm(row=again(row), doors=[])
        assert {"text", "citizen", "others", "others_who"} <= set(form.fields)
        voices = {"text": "Han kan møde en time.", "citizen": "Jeg vil gerne prøve.", "others": "Han tør ikke."}
        with pytest.raises(ReferralError, match="hvem af de andre"):
            services.answer(actor, again(row), Reply("answered", **voices))
        services.answer(actor, again(row), Reply("answered", **voices, others_who="Søsteren, 3. maj"))
    with units.at("social.frontline") as actor:
        answer = selectors.page(actor, again(row)).entries[-1]
        assert answer.voice_rows() == [
            ("vi vurderer selv", "Han kan møde en time.", ""),
            ("borgeren siger det", "Jeg vil gerne prøve.", ""),
            ("andre siger det", "Han tør ikke.", "Søsteren, 3. maj"),
        ]
    # And what is written from a VUM investigation has the same three.
    asked = {one.key: one for one in pack().templates["grant"].fields}
    assert [asked[key].whose for key in ("vum", "wishes", "others")] == ["own", "citizen", "other"]
    assert asked["others"].who


@pytest.mark.req("R-002-157")
def test_no_field_of_one_form_is_asked_for_in_the_next(units: Units) -> None:
    """What stands in one template stands in every other, under its name or the one that means the same."""
    fields = pack().fields
    # What means the same means it both ways, and no two fields of one form are the same.
    assert {(one.key, one.like) for one in fields.values() if one.like} == {
        (fields[one.like].key, one.key) for one in fields.values() if one.like
    }
    assert len({one.da for one in fields.values()}) == len(fields)
    with units.at("social.frontline") as actor:
        row = drafted(actor, units, "job", "gp", "gp_request")
        for before in pack().templates.values():
            row.said = {one.key: {"text": "yes" if one.yes_no else WORDS, "whose": "own"} for one in before.fields}
            for after in pack().templates.values():
                keys = [one.key for one in before.fields]
                same = {one.key for one in after.fields if set(one.names) & set(keys)}
                stands = _carried_over(actor, after, row)
                assert set(stands) == same, (before.key, after.key)
                form = WriteForm(template=after, said=stands, basis="")
                assert all(form.fields[key].initial for key in same)
                assert len(same) >= len({one.key for one in after.fields} & set(keys))


@pytest.mark.req("R-002-37")
def test_what_another_unit_has_seen_stays_its_words_when_it_is_sent_on(units: Units) -> None:
    with units.at("social.frontline") as actor:
        row = sent(actor, units, "job", "gp", "gp_request", said("facts"))
    with units.at("practice.frontline") as actor:
        on = drafted(actor, units, "gp", "pvk", "psychiatry", follows=again(row))
        assert on.text_of("seen") == WORDS
        form = WriteForm(template=on.template, said=on.said, basis="")
        assert "Jobcenteret" in form.fields["seen"].help_text
        # The form has no place for whose words it is; the draft keeps it.
        services.write(actor, on, said(seen=WORDS + " Søvnen er værst.", social="Alene"))
        assert (again(on).said["seen"]["whose"], again(on).said["seen"]["who"]) == ("other", "Jobcenteret")
        services.write(actor, again(on), said(seen="Jeg har set ham i dag."))
        assert (again(on).said["seen"]["whose"], again(on).said["seen"]["who"]) == ("own", "")


@pytest.mark.req("R-002-67")
def test_one_no_among_those_with_custody_stops_what_needs_all(units: Units) -> None:
    yes = Yes(["Mor Prøvesen (mor)"], informed=True, missing=["Far Prøvesen (far)"])
    with units.at("practice.frontline") as actor:
        row = drafted(actor, units, "gp", "pvk", "psychiatry")
        words = said("seen", "functioning", "social")
        services.take_yes(actor, row, yes)
        with pytest.raises(ReferralError, match="Far Prøvesen"):
            services.send(actor, again(row), words)
        services.hear_another(actor, again(row), "Far Prøvesen (far)", agrees=False)
        page = selectors.page(actor, again(row))
        assert page.asked_too == [("Far Prøvesen (far)", True)]
        # The exception that the law card names.
        assert ["153" in one.law() for one in page.cards] == [True]
        with pytest.raises(ReferralError, match="Far Prøvesen"):
            services.send(actor, again(row), words)
        with pytest.raises(ReferralError):
            services.hear_another(actor, again(row), "Farmor", agrees=True)
        services.hear_another(actor, again(row), "Far Prøvesen (far)", agrees=True)
        services.send(actor, again(row), words)
        assert selectors.page(actor, again(row)).half_yes is None
        assert Consent.objects.get().given == ["Mor Prøvesen (mor)", "Far Prøvesen (far)"]
    # A notification about a child waits for nobody.
    with units.at("police.frontline") as actor:
        sent(actor, units, "police", "child", "notification", said("seen") | TOLD, basis="duty")


@pytest.mark.req("R-002-67")
def test_no_new_yes_passes_over_one_who_has_said_no(units: Units) -> None:
    yes = Yes(["Mor Prøvesen (mor)"], informed=True, missing=["Far Prøvesen (far)"])
    with units.at("practice.frontline") as actor:
        row = drafted(actor, units, "gp", "pvk", "psychiatry")
        services.take_yes(actor, row, yes)
        services.hear_another(actor, again(row), "Far Prøvesen (far)", agrees=False)
        with pytest.raises(ReferralError, match="Far Prøvesen"):
            services.take_yes(actor, again(row), Yes(["Mor Prøvesen (mor)"], informed=True))
        # Nor by hand: a yes grows by those who were missing, and is taken back on the day.
        for change in (
            "given = '{Hvem som helst}', missing = '{}', refused = '{}'",
            "missing = '{}', refused = '{}'",
            "refused = '{}'",
            "withdrawn_on = '2099-01-01'",
        ):
            with pytest.raises(DatabaseError, match=r"say theirs|taken back"), transaction.atomic():
                connection.cursor().execute(f"update sharing_consent set {change}")
        assert Consent.objects.get().refused == ["Far Prøvesen (far)"]


def test_half_a_yes_is_not_told_to_whoever_gets_it_on_another_ground(units: Units) -> None:
    yes = Yes(["Mor Prøvesen (mor)"], informed=True, missing=["Far Prøvesen (far)"])
    with units.at("police.frontline") as actor:
        row = drafted(actor, units, "police", "pam", "notice")
        services.take_yes(actor, row, yes)
        services.hear_another(actor, again(row), "Far Prøvesen (far)", agrees=False)
        with pytest.raises(ReferralError, match="Far Prøvesen"):
            services.send(actor, again(row), said("facts"))
        services.send(actor, again(row), said("facts"), basis="s115")
    with units.at("psychiatry.screener") as actor:
        assert selectors.page(actor, again(row)).consent is None
        assert not Consent.objects.exists()


def test_a_discharge_without_an_appointment_is_a_gap_for_both(units: Units) -> None:
    with units.at("psychiatry.admin") as actor:
        units.pages["ward"] = directory.keep(
            actor,
            units.world.partnership,
            name="Afsnit 3",
            kind="ward",
            sector="region",
            purpose="Sengeafsnit",
            unit_id=units.units["pam"],
        )
    with units.at("psychiatry.screener") as actor:
        row = sent(actor, units, "ward", "district", "discharge", said("seen"))
        assert again(row).has_gap
        assert row.pk in [one.row.pk for one in on_desk(actor)[0]]
    with units.at("psychiatry.frontline") as actor:
        assert row.pk in [one.row.pk for one in on_desk(actor)[0]]


@pytest.mark.req("R-002-124")
def test_until_when_an_answer_is_owed_stands_with_the_other_limits() -> None:
    owed = {one.key: one.answer_by for one in pack().templates.values() if one.answer_by}
    assert set(pack().templates) - set(owed) == {"enquiry", "notice"}
    assert set(owed.values()) <= set(limits().versions)
    assert owed["notification"] == "child_notification"


def test_what_has_come_back_stands_on_the_desk_of_a_post_without_a_unit(units: Units) -> None:
    units.owner.execute(
        "update partnerships_capacity set unit_id = null where id = %s", [units.world.seats["police.frontline"].post]
    )
    units.owner.execute("update directory_directoryentry set unit_id = null where id = %s", [units.pages["police"].pk])
    units.owner.commit()
    with units.at("police.frontline") as actor:
        units.pages["police"] = DirectoryEntry.objects.get(pk=units.pages["police"].pk)
        row = sent(actor, units, "police", "district", "statement", said(question="Kan han møde?"))
        assert on_desk(actor) == ([], [])
    with units.at("psychiatry.frontline") as actor:
        assert [one.row.pk for one in on_desk(actor)[0]] == [row.pk]
        services.send_back(actor, again(row), Missing(["Hvornår?"]))
        assert on_desk(actor)[0] == []
    with units.at("police.frontline") as actor, CaptureQueriesContext(connection) as queries:
        (found,) = on_desk(actor)[0]
        assert (found.row.pk, found.row.state, found.row.initials) == (row.pk, "returned", "J.P.")
        assert len(queries) == 1


def test_whoever_asked_keeps_in_touch_while_the_citizen_waits_and_types_nothing(units: Units) -> None:
    with units.at("psychiatry.frontline") as actor:
        row = sent(actor, units, "district", "adult", "coordinator", said("asks", "signs"), cpr=CPR)
        assert selectors.page(actor, again(row)).can_wait_with
        made = transitions.wait_with(actor, again(row))
        assert (made.kind, made.name, made.day) == ("waiting", row.name, timezone.localdate(again(row).sent_at))
        with pytest.raises(TransitionError, match="allerede"):
            transitions.wait_with(actor, again(row))
    with units.at("social.member") as actor:
        assert not selectors.page(actor, again(row)).can_wait_with
        with pytest.raises(TransitionError):
            transitions.wait_with(actor, again(row))


@pytest.mark.req("R-002-55", "R-002-56")
def test_a_leader_hears_of_a_notification_before_its_hours_are_out_and_red_stays_until_somebody_acts(
    units: Units,
) -> None:
    with units.at("police.frontline") as actor:
        row = sent(actor, units, "police", "child", "notification", said("seen") | TOLD, basis="duty")
    with units.at("social.member") as actor:
        assert selectors.raised(actor) == []
    units.owner.execute(
        "update referrals_referral set sent_at = now() - interval '20 hours', due_at = now() + interval '4 hours'"
    )
    units.owner.commit()
    with units.at("social.member") as actor:
        assert [(one.is_soon, one.units) for one in selectors.raised(actor)] == [(True, ["Børn og Unge"])]
    leader = Worker(units.world, "social.member")
    assert "Se på en henvisning, Børn og Unge" not in leader.sees(reverse("web:desk"))
    for _again in range(2):
        jobs.limits(0)
    assert units.owner.execute("select count(*) from tasks_task where subject_kind = 'referrals'").fetchone() == (1,)
    units.owner.rollback()
    assert "Se på en henvisning, Børn og Unge" in leader.sees(reverse("web:desk"))
    with units.at("social.screener") as actor:
        services.answer(actor, again(row), Reply("red", "Er alene hjemme i nat"))
        assert [(one.row.pk, one.stands) for one in on_desk(actor)[0]] == [(row.pk, "Rød: der skal handles nu")]
    with units.at("police.frontline") as actor:
        # Whoever notified hears that it is taken up, and no colour.
        assert [(one.red, one.stands) for one in on_desk(actor)[0]] == [(False, "Taget imod")]
    with units.at("social.screener") as actor:
        services.begin(actor, again(row))
        assert on_desk(actor)[0] == []
    with units.at("social.member") as actor:
        assert selectors.raised(actor) == []
    assert "Se på en henvisning, Børn og Unge" not in leader.sees(reverse("web:desk"))
