"""What a person can do at a conference, and must never be able to do."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samsvar.conferences.models import ConferenceCase, ConferenceItem, ConferenceStep, ItemWords
from samsvar.conferences.selectors import in_order
from samsvar.partnerships.models import Authority as Body
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Disclosure
from tests.scenarios.language import Authority, Person

pytestmark = pytest.mark.usefixtures("conference_group")


def test_the_name_goes_when_the_consent_is_withdrawn(
    social: Authority,
    psychiatry: Authority,
    owner_connection: psycopg.Connection,
) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Vil gerne være med.", psychiatry, person="Ea Prøvesen", consent="Ea Prøvesen")
    assert psychiatry.member.opens_item(item).says("Ea Prøvesen")
    # It passed as a recorded disclosure on the basis of that consent, and in no other way
    told = owner_connection.execute(
        "select d.subject_kind, d.consent_id is not null, c.matter_id is not null, count(r.id)"
        " from sharing_disclosure d join sharing_consent c on c.id = d.consent_id"
        " join sharing_receipt r on r.disclosure_id = d.id group by d.id, c.id"
    ).fetchall()
    owner_connection.rollback()
    assert told == [("conference", True, True, 1)]
    page = social.member.opens_matter(item)
    social.member.browser.send(page, page.form(action="traek/"))
    assert not psychiatry.member.opens_item(item).says("Ea Prøvesen")
    assert social.member.opens_item(item).says("Ea Prøvesen")


def test_a_yes_opens_the_name_of_the_one_who_gave_it(social: Authority, psychiatry: Authority) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(
        meeting, "Familien har det svært.", psychiatry, about="family", person="Ea Prøvesen\nBo Rugkær"
    )
    page = social.member.opens_matter(item)
    values = {
        "navn-to": [psychiatry.name],
        "navn-given": "Ea Prøvesen",
        "navn-knows": True,
        "navn-names": "Ea Prøvesen",
    }
    social.member.browser.send(page, page.form("navn-names"), **values)
    theirs = psychiatry.member.opens_item(item)
    assert theirs.says("Ea Prøvesen")
    assert not theirs.says("Bo Rugkær")
    # The other says yes too; when the first takes hers back, his stands
    page = social.member.opens_matter(item)
    social.member.browser.send(
        page, page.form("navn-names"), **{**values, "navn-given": "Bo Rugkær", "navn-names": "Bo Rugkær"}
    )
    page = social.member.opens_matter(item)
    social.member.browser.send(page, page.form(action="traek/"))
    theirs = psychiatry.member.opens_item(item)
    assert theirs.says("Bo Rugkær")
    assert not theirs.says("Ea Prøvesen")


def test_a_new_yes_does_not_open_what_an_old_one_opened(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Vil gerne være med.", psychiatry, person="Ea Prøvesen", consent="Ea Prøvesen")
    social.member.lets_hear(item, police)
    page = social.member.opens_matter(item)
    social.member.browser.send(page, page.form(action="traek/"))
    page = social.member.opens_matter(item)
    values = {"navn-to": [police.name], "navn-given": "Ea Prøvesen", "navn-knows": True}
    social.member.browser.send(page, page.form("navn-names"), **values)
    assert police.member.opens_item(item).says("Ea Prøvesen")
    assert not psychiatry.member.opens_item(item).says("Ea Prøvesen")


def test_a_name_written_by_mistake_goes_again_until_somebody_has_heard_it(
    social: Authority, psychiatry: Authority
) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Noget.", person="Ea Prøvesn")
    page = social.member.opens_matter(item)
    social.member.browser.send(page, page.form(action="fjern/"))
    assert not social.member.opens_matter(item).says("Ea Prøvesn")
    heard = social.member.brings(meeting, "Vil være med.", psychiatry, person="Ea Prøvesen", consent="Ea Prøvesen")
    with pytest.raises(AssertionError, match="no such form"):
        social.member.opens_matter(heard).form(action="fjern/")


def test_a_last_name_is_a_name_too(social: Authority) -> None:
    meeting = social.member.plans_conference()
    social.member.brings(meeting, "Familien Rugkær har det svært.", person="Bo Rugkær", refused=True)
    social.member.brings(meeting, "Familien har det svært.", person="Bo Rugkær")


def test_a_citizen_of_a_matter_is_not_forgotten(
    social: Authority,
    owner_connection: psycopg.Connection,
    caretaker_connection: psycopg.Connection,
) -> None:
    """A matter is never closed, so nothing of it is disposed of by the clock of other things (decision 0063)."""
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Noget.", person="Ea Prøvesen")
    ids = owner_connection.execute("select i.id, i.citizen_id from citizens_identity i").fetchall()
    owner_connection.rollback()
    for identity, citizen in ids:
        caretaker_connection.execute("select retention_forget(array[%s::uuid])", [citizen])
        caretaker_connection.execute("select retention_dispose('identity', %s, today())", [identity])
    caretaker_connection.commit()
    assert len(ids) == 1
    assert social.member.opens_item(item).says("Ea Prøvesen")


def test_who_comes_later_reads_the_words_and_not_the_name(
    police: Authority,
    social: Authority,
    psychiatry: Authority,
) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Vil gerne være med.", psychiatry, person="Ea Prøvesen", consent="Ea Prøvesen")
    police.member.opens_item(item, 404)
    social.member.lets_hear(item, police)
    page = police.member.opens_item(item)
    assert page.says("Vil gerne være med")
    assert not page.says("Ea Prøvesen")
    # Said to them too, on a yes of its own
    page = social.member.opens_matter(item)
    form = page.form("navn-names")
    values = {"navn-to": [police.name], "navn-given": "", "navn-knows": True}
    page = social.member.browser.send(page, form, refused=True, **values)
    social.member.browser.send(page, page.form("navn-names"), **{**values, "navn-given": "Ea Prøvesen"})
    assert police.member.opens_item(item).says("Ea Prøvesen")


def test_strangers_and_the_front_line_see_no_conference(
    social: Authority,
    psychiatry: Authority,
    stranger: Authority,
) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
    for person in (stranger.member, social.caseworker, social.administrator, psychiatry.nurse):
        assert person.browser.status(meeting.address) in {403, 404}
        assert person.browser.status(item.address) in {403, 404}
        assert person.browser.status(item.matter) in {403, 404}


@pytest.mark.req("R-003-38")
def test_that_somebody_was_named_is_for_those_who_see_the_name(social: Authority, psychiatry: Authority) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Vil gerne være med.", psychiatry, person="Ea Prøvesen", consent="Ea Prøvesen")

    def namings(*people: Person) -> list[int]:
        counted = []
        for person in people:
            with acting(person.seat.token):
                counted.append(Disclosure.objects.filter(subject_kind="conference").count())
        return counted

    assert namings(social.member, psychiatry.member) == [1, 1]
    # Those who screen at home do not sit in the Samarbejdsenhed, of either authority.
    assert namings(social.people["screener"], psychiatry.people["screener"]) == [0, 0]
    page = social.member.opens_matter(item)
    social.member.browser.send(page, page.form(action="traek/"))
    assert namings(social.member, psychiatry.member) == [1, 0]


@pytest.mark.req("R-003-49", "R-003-40")
@pytest.mark.parametrize("words", ["Se også FRB-2026-014.", "Hun er født 611180-1111."])
def test_no_psp_case_and_no_number_stands_in_a_text(social: Authority, words: str) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Noget.", person="Ea Prøvesen")
    page = social.member.concludes(item, "Stadig uklart", words, refused=True)
    assert words in page.html


@pytest.mark.req("R-003-46")
def test_what_must_be_decided_is_passed_to_a_named_place(social: Authority) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Noget.", person="Ea Prøvesen")
    social.member.concludes(item, "Skal afgøres et andet sted")
    assert social.member.approves(item, refused=True).says("Samarbejdsenheden afgør ikke noget")
    social.member.agrees_step(item, "Søger om bostøtte", social, decided_at="Visitationen i Voksenafdelingen")
    social.member.approves(item)
    # It stands: neither words nor steps come to it any more
    page = social.member.opens_item(item)
    assert page.says("Punktet står fast")
    assert "/ord/" not in page.html


@pytest.mark.req("R-003-18")
def test_who_is_tovholder_can_be_decided_and_stands_in_the_minutes(social: Authority, psychiatry: Authority) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Mangler en at ringe til.", psychiatry, person="Ea Prøvesen")
    social.member.concludes(item, "Besluttet: hvem der er tovholder")
    assert social.member.approves(item, refused=True).says("Skriv tovholderens navn og afdeling")
    # Somebody's name is looked at twice: this one may stand there.
    named = "Tove Holdersen, Tovholderteamet."
    page = social.member.concludes(item, "Besluttet: hvem der er tovholder", named, refused=True)
    social.member.browser.send(page, page.form("conclusion", action="ord/"), "Skriv det alligevel")
    social.member.approves_all_the_same(social.member.approves(item, refused=True))
    said = "Besluttet: hvem der er tovholder: Tove Holdersen, Tovholderteamet."
    assert psychiatry.member.sees_minutes(meeting).says(said)


def test_two_write_at_once_and_nobody_loses_a_word(social: Authority, psychiatry: Authority) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
    mine, theirs = social.member.opens_item(item), psychiatry.member.opens_item(item)
    social.member.browser.send(mine, mine.form("conclusion", action="ord/"), conclusion_text="Vi ringer.")
    page = psychiatry.member.browser.send(
        theirs, theirs.form("conclusion", action="ord/"), refused=True, conclusion_text="Afdelingen ringer."
    )
    assert page.says("Vi ringer.")
    assert "Afdelingen ringer." in page.html
    psychiatry.member.browser.send(page, page.form("conclusion", action="ord/"))
    assert "Afdelingen ringer." in social.member.opens_item(item).html


@pytest.mark.req("R-003-31", "R-003-32", "R-003-41")
def test_the_minutes_have_those_who_came_and_what_each_brought(
    police: Authority,
    social: Authority,
    psychiatry: Authority,
) -> None:
    meeting = social.member.plans_conference()
    page = social.member.sees_order(meeting)
    form = page.form("deltager-name")
    values = {"deltager-name": "Dorte Prøve", "deltager-affiliations": "Plejecentret, Projektet"}
    social.member.browser.send(page, form, **values)
    item = social.member.brings(
        meeting,
        "Noget nyt.",
        psychiatry,
        person="Ea Prøvesen",
        presented_by="Dorte Prøve",
        presented_from="Plejecentret",
    )
    social.member.concludes(item, "Taget til orientering", "Alle ved det nu.")
    social.member.approves(item)
    minutes = psychiatry.member.sees_minutes(meeting)
    assert minutes.says("Dorte Prøve, Plejecentret, Projektet")
    assert minutes.says(f"Sag nr. {item.number}: Ny sag, Dorte Prøve, Plejecentret")
    assert minutes.says("Taget til orientering: Alle ved det nu.")
    assert not psychiatry.member.sees_minutes(meeting, short=True).says("Noget nyt")
    # The police did not work with it: they see the round and no section
    assert police.member.sees_minutes(meeting).says(f"Sag nr. {item.number}")
    assert not police.member.sees_minutes(meeting).says("Alle ved det nu")
    paper = police.member.browser._client.get(f"{meeting.address}referat/pdf/")
    assert paper.content.startswith(b"%PDF")


def test_whoever_has_no_account_answers_for_no_consent(social: Authority, psychiatry: Authority) -> None:
    meeting = social.member.plans_conference()
    page = social.member.browser.open(f"{meeting.address}ny/")
    page = social.member.browser.send(
        page,
        page.form("kind", "named"),
        refused=True,
        about="En borger",
        kind="Ny sag",
        named="yes",
        names="Ea Prøvesen",
        given="Ea Prøvesen",
        knows=True,
        hearers=[psychiatry.name],
        presented_by="Naboen",
        text="Teksten bliver stående.",
    )
    assert page.says("Kun den, der selv har adgang her")
    assert page.says("Skriv, hvor den anden kommer fra")
    assert "Teksten bliver stående." in page.html


def test_an_authority_outside_a_matter_cannot_raise_it(social: Authority, police: Authority) -> None:
    meeting, later = social.member.plans_conference(days=5), social.member.plans_conference(days=9)
    item = social.member.brings(meeting, "Noget.", person="Ea Prøvesen")
    key = item.matter.rstrip("/").rpartition("/")[2]
    assert police.member.browser.status(f"{later.address}ny/sag/{key}/") == 404


@pytest.mark.req("R-003-148")
def test_a_reflecting_conversation_has_a_clock_for_each_voice(social: Authority) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Noget.", person="Ea Prøvesen")
    for role, who in (("presenter", "Sanne"), ("interviewer", "Bo"), ("listener", "Resten")):
        page = social.member.opens_item(item)
        social.member.browser.send(page, page.form("stemme-who"), **{"stemme-role": role, "stemme-who": who})
    page = social.member.opens_item(item)
    social.member.browser.send(page, page.form("voice", action="ur/"), "Start")
    page = social.member.opens_item(item)
    assert page.html.count('data-runs="1"') == 1
    social.member.browser.send(page, page.form("voice", action="ur/"), "Stop")
    assert 'data-runs="1"' not in social.member.opens_item(item).html


def test_the_pages_ask_as_many_questions_however_many_matters(
    social: Authority,
    psychiatry: Authority,
) -> None:
    meeting = social.member.plans_conference()
    pages = [meeting.address, f"{meeting.address}referat/", reverse("conferences:home")]

    def asked() -> list[int]:
        counts = []
        for address in pages:
            with CaptureQueriesContext(connection) as queries:
                social.member.browser.open(address)
            counts.append(len(queries))
        return counts

    social.member.agrees_step(social.member.brings(meeting, "Noget.", psychiatry, person="A Prøve"), "Ringer", social)
    asked()
    few = asked()
    for name in ("B Prøve", "C Prøve", "D Prøve"):
        item = social.member.brings(meeting, "Noget.", psychiatry, person=name)
        social.member.agrees_step(item, "Ringer", social, psychiatry)
    assert asked() == few


def test_a_moved_item_stands_where_it_was_put() -> None:
    def item(level: str, minute: int, position: int | None = None) -> ConferenceItem:
        return ConferenceItem(
            id=uuid4(), level=level, at=datetime(2026, 1, 5, 9, minute, tzinfo=UTC), position=position
        )

    general, own, region, moved = item("general", 1), item("municipal", 2), item("regional", 3), item("general", 4, 1)
    assert in_order([general, own, region, moved]) == [moved, region, own, general]
    # A place beyond the end is the end.
    last = item("regional", 0, 99)
    assert in_order([general, last, own]) == [own, general, last]


class TestWithOwnSql:
    """Somebody at the table, with a session of the own and statements of the own."""

    @staticmethod
    def _item(social: Authority, psychiatry: Authority) -> UUID:
        meeting = social.member.plans_conference()
        social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
        with acting(social.member.seat.token):
            return ConferenceItem.objects.get().pk

    def test_nobody_writes_in_anothers_name_or_dates_back(self, social: Authority, psychiatry: Authority) -> None:
        item = self._item(social, psychiatry)
        with acting(psychiatry.member.seat.token) as actor:
            other = uuid4()
            for change in ({"changed_by_id": other}, {"changed_at": datetime(2020, 1, 1, tzinfo=UTC)}):
                fresh = {"changed_by_id": actor.person_id, "changed_at": timezone.now(), "text": "Forfalsket."} | change
                with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                    ItemWords.objects.filter(item_id=item).update(**fresh)

    def test_a_step_belongs_to_those_who_work_with_the_matter(
        self, social: Authority, psychiatry: Authority, police: Authority
    ) -> None:
        item = self._item(social, psychiatry)
        with acting(social.member.seat.token) as actor:
            row = ConferenceItem.objects.get(pk=item)
            step = ConferenceStep(
                id=uuid4(),
                partnership_id=row.partnership_id,
                matter_id=row.matter_id,
                item_id=row.pk,
                group_id=row.group_id,
                what="Indlæg ham.",
                owner_ids=[Body.objects.get(name=police.name).pk],
                by_id=actor.person_id,
            )
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                step.save(force_insert=True)

    def test_numbers_follow_each_other(self, social: Authority, psychiatry: Authority) -> None:
        item = self._item(social, psychiatry)
        with acting(social.member.seat.token) as actor:
            first = ConferenceItem.objects.get(pk=item)
            far = ConferenceCase(
                id=uuid4(),
                partnership_id=first.partnership_id,
                group_id=first.group_id,
                number=2_000_000_000,
                about="citizen",
                authority_id=actor.authority_id,
                by_id=actor.person_id,
            )
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                far.save(force_insert=True)

    def test_who_does_not_work_with_it_does_not_say_why_it_is_moved(
        self, social: Authority, psychiatry: Authority, police: Authority
    ) -> None:
        item = self._item(social, psychiatry)
        with acting(police.member.seat.token):
            assert ConferenceItem.objects.filter(pk=item).exists()
            assert not ConferenceItem.objects.filter(pk=item).update(moved_why="Pia drikker igen")


def test_who_does_it_may_be_named_but_not_the_citizen(social: Authority, psychiatry: Authority) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
    page = social.member.opens_item(item)
    step = {"skridt-what": "Ringer til bostedet", "skridt-owners": [psychiatry.name]}
    refused = social.member.browser.send(
        page, page.form("skridt-what"), refused=True, **step, **{"skridt-who": "Ea Prøvesen"}
    )
    again = social.member.browser.send(refused, refused.form("skridt-what"), "Skriv det alligevel", refused=True)
    assert again.says("Borgerens navn står i teksten.")
    named = {"skridt-who": "Overlæge Karla Testesen"}
    agreed = social.member.browser.send(page, page.form("skridt-what"), **step, **named)
    assert agreed.says("Skridtet er aftalt.")


def test_a_reason_to_move_or_a_step_that_names_somebody_is_asked_about(
    social: Authority, psychiatry: Authority
) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
    page = social.member.opens_item(item)
    step = {"skridt-what": "Mor Karla Testesen kommer", "skridt-owners": [psychiatry.name]}
    refused = social.member.browser.send(page, page.form("skridt-what"), refused=True, **step)
    assert refused.says("Skriv det alligevel")


@pytest.mark.req("R-003-30")
def test_what_others_than_the_municipality_bring_or_hear_is_not_the_municipalitys_alone(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    meeting = social.member.plans_conference()
    alone = social.member.brings(meeting, "Noget.")
    order = social.member.sees_order(meeting)
    assert order.says("Kun kommunen")
    assert not order.says("Også andre end kommunen")
    assert order.says("så de kan gå bagefter")
    theirs = police.member.brings(meeting, "Noget andet.", social)
    heard = social.member.brings(meeting, "Noget tredje.", psychiatry)
    order = social.member.sees_order(meeting)
    assert order.text.count("Også andre end kommunen") == 2
    assert [number for _time, number in social.member.order_of(meeting)] == [theirs.number, heard.number, alone.number]


def test_a_consent_that_was_begun_is_no_fault_of_a_matter_without_a_name(
    social: Authority, psychiatry: Authority
) -> None:
    meeting = social.member.plans_conference()
    begun = {"given_on": "31-31", "why_oral": "x" * 300}
    item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen", **begun)
    assert social.member.opens_item(item).says("Uden samtykke: navnet ses kun hos jer.")
    # With the name said it is a fault, and beside its field
    refused = social.member.brings(
        meeting, "Noget.", psychiatry, person="Ea Prøvesen", consent="Ea Prøvesen", refused=True, given_on="31-31"
    )
    assert not refused.number


@pytest.mark.req("R-003-28")
def test_two_who_set_the_frame_at_once_lose_nothing(social: Authority, psychiatry: Authority) -> None:
    meeting = social.member.plans_conference()
    mine, theirs = social.member.sees_order(meeting), psychiatry.member.sees_order(meeting)
    said = {"ramme-chair": "Mogens Prøve", "ramme-minute_taker": "Sanne Prøve"}
    psychiatry.member.browser.send(theirs, theirs.form("ramme-chair"), **said)
    given = {"ramme-chair": "Karla Testesen", "ramme-psp_minutes": "20"}
    form = mine.form("ramme-chair", "ramme-seen")
    refused = social.member.browser.send(mine, form, refused=True, **given)
    assert refused.status == 409
    assert refused.says("En anden har lige skrevet her.")
    assert refused.says("Der står nu: Mødeleder: Mogens Prøve · Referent: Sanne Prøve")
    assert 'value="Karla Testesen"' in refused.html
    assert psychiatry.member.sees_order(meeting).says("Mødeleder: Mogens Prøve")
    # Knowing what stands, one more press writes it
    social.member.browser.send(refused, refused.form("ramme-chair"))
    order = psychiatry.member.sees_order(meeting)
    assert order.says("Mødeleder: Karla Testesen")
    # Sent again as it stands it overtakes nobody
    social.member.browser.send(refused, refused.form("ramme-chair"))


def test_whoever_reads_minutes_is_in_the_log_of_each_citizen(
    social: Authority, psychiatry: Authority, owner_connection: psycopg.Connection
) -> None:
    meeting = social.member.plans_conference()
    for name in ("Ea Prøvesen", "Bo Rugkær"):
        social.member.brings(meeting, "Noget.", psychiatry, person=name, consent=name)
    psychiatry.member.sees_minutes(meeting)
    seen = owner_connection.execute(
        "select count(distinct citizen_id) from audit_logrow where act = 'look' and subject_kind = 'conference_minutes'"
        " and person_id = %s",
        [psychiatry.member.seat.person],
    ).fetchone()
    owner_connection.rollback()
    assert seen == (2,)


def test_a_conference_that_is_called_off_has_no_minutes_and_takes_nothing(
    social: Authority, psychiatry: Authority
) -> None:
    meeting = social.member.plans_conference()
    social.member.brings(meeting, "Noget.", psychiatry)
    minutes = [f"{meeting.address}referat/{part}" for part in ("", "pdf/", "word/")]
    assert {social.member.browser.status(one) for one in minutes} == {200}
    social.member.browser.post(meeting.address.replace("/konferencer/", "/moeder/") + "aflys/", {})
    assert {social.member.browser.status(one) for one in minutes} == {404}
    page = social.member.sees_order(meeting)
    assert page.says("Aflyst")
    assert not [one.action for one in page.forms if "/konferencer/" in one.action]
    assert "/referat/" not in page.html
    assert f"{meeting.address}ny/" not in page.html


def test_a_held_conference_offers_what_its_minutes_can_still_be_mended_for(
    social: Authority, psychiatry: Authority
) -> None:
    meeting = social.member.plans_conference(days=0)
    social.member.brings(meeting, "Noget.", psychiatry)
    assert social.member.sees_order(meeting).says("En deltager uden adgang her")
    social.member.ends_conference(meeting)
    held = social.member.sees_order(meeting)
    assert not held.says("En deltager uden adgang her")
    assert held.says("Ret, hvem der var med uden adgang her")
    assert held.says("Ret mødeleder og referent")
