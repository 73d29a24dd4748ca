"""Who was there for an item, what goes out of a conference, and what those who follow it see."""

import re
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document

from samsvar.conferences.models import ConferenceItem, ItemWords, Participant
from samsvar.postgres.actor import acting
from tests.meetings.table import lead
from tests.scenarios.language import Authority, Meeting
from tests.scenarios.pages import Page
from tests.world import World

pytestmark = pytest.mark.usefixtures("conference_group")

DORTE = "Dorte Prøve, Plejecentret, Projektet"


def _key(address: str) -> UUID:
    return UUID(address.rstrip("/").rpartition("/")[2])


class TestWhoWasThere:
    """Anybody may come for one item and go again (003 section 2.4, 003/S19)."""

    @pytest.mark.req("R-003-31", "R-003-32", "R-003-41")
    def test_all_who_are_noted_until_somebody_says_otherwise(
        self, police: Authority, social: Authority, psychiatry: Authority
    ) -> None:
        meeting = social.member.plans_conference(days=0)
        social.member.notes_that_all_came(meeting)
        item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
        room = psychiatry.member.room_of(item)
        assert [one.name in room for one in (police, social, psychiatry)] == [True, True, True]
        # One leaves for this item, and one comes for it: a press and two words
        assert social.member.presses_in_the_room(item, police.name).says(social.name)
        social.member.lets_come(item, "Dorte Prøve", "Plejecentret, Projektet")
        room = psychiatry.member.room_of(item)
        assert police.name not in room
        assert DORTE in room
        # At the next item it is as it was noted at the meeting
        other = social.member.brings(meeting, "Noget andet.", person="Bo Prøvesen")
        assert police.name in social.member.room_of(other)
        assert "Dorte" not in social.member.room_of(other)
        # Pressed again, and all is as before
        social.member.presses_in_the_room(item, police.name)
        assert police.name in social.member.room_of(item)
        # The minutes name those who came once, and say for the item what was different
        minutes = psychiatry.member.sees_minutes(meeting)
        assert minutes.says(f"{social.name}; ")
        assert social.member.sees_minutes(meeting).says("Til stede ved punktet Alle, der var med til hele mødet")

    def test_the_minutes_say_it_to_those_who_work_with_the_matter(
        self, police: Authority, social: Authority, psychiatry: Authority
    ) -> None:
        meeting = social.member.plans_conference(days=0)
        item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
        social.member.lets_come(item, "Dorte Prøve", "Plejecentret, Projektet")
        minutes = psychiatry.member.sees_minutes(meeting)
        assert minutes.says(f"Til stede ved punktet {DORTE}")
        assert not psychiatry.member.sees_minutes(meeting, short=True).says("Til stede ved punktet")
        # The group sees that she came for one item, and not for which
        for page in (police.member.sees_minutes(meeting), police.member.sees_order(meeting)):
            assert page.says(f"{DORTE} kun med til ét punkt")
            assert not page.says("Til stede ved punktet")

    @pytest.mark.req("R-003-42")
    def test_an_approved_section_says_for_good_who_was_there(self, social: Authority, psychiatry: Authority) -> None:
        meeting = social.member.plans_conference(days=0)
        item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
        social.member.lets_come(item, "Dorte Prøve", "Plejecentret, Projektet")
        social.member.concludes(item, "Stadig uklart")
        social.member.approves(item)
        # Whoever is noted later, or taken off the list, changes nothing in it
        social.member.notes_that_all_came(meeting)
        page = social.member.sees_order(meeting)
        social.member.browser.send(page, page.form(action="fjern/"))
        assert social.member.room_of(item) == DORTE
        page = social.member.opens_item(item)
        assert "/til-stede/" not in page.html
        said = social.member.browser.post(f"{item.address}til-stede/", {"came": "themselves"})
        assert said.says("Punktet er godkendt og står fast")
        assert social.member.room_of(item) == DORTE

    def test_whoever_is_taken_off_the_list_was_not_there(self, social: Authority) -> None:
        meeting = social.member.plans_conference(days=0)
        item = social.member.brings(meeting, "Noget.", person="Ea Prøvesen")
        social.member.lets_come(item, "Dorte Prøve", "Plejecentret")
        page = social.member.sees_order(meeting)
        social.member.browser.send(page, page.form(action="fjern/"))
        assert social.member.room_of(item) == "Ikke noteret"

    def test_who_is_noted_later_was_there_whoever_came_first(self, social: Authority) -> None:
        meeting = social.member.plans_conference(days=0)
        item = social.member.brings(meeting, "Noget.", person="Ea Prøvesen")
        social.member.lets_come(item, "Dorte Prøve", "Plejecentret")
        social.member.notes_that_all_came(meeting)
        social.member.concludes(item, "Stadig uklart")
        social.member.approves(item)
        room = social.member.room_of(item)
        assert "Dorte Prøve" in room
        assert social.member.name in room

    def test_nobody_comes_for_one_item_to_hear_a_name_on_somebody_elses_consent(
        self, social: Authority, psychiatry: Authority
    ) -> None:
        meeting = social.member.plans_conference(days=0)
        item = social.member.brings(
            meeting, "Vil gerne være med.", psychiatry, person="Ea Prøvesen", consent="Ea Prøvesen"
        )
        page = social.member.lets_come(item, "Dorte Prøve", "Plejecentret", refused=True)
        assert page.says("Her siges navnet på et samtykke")
        assert "Dorte Prøve" not in social.member.room_of(item)

    def test_the_citizen_may_be_there_and_stands_by_no_name(self, social: Authority, psychiatry: Authority) -> None:
        meeting = social.member.plans_conference(days=0)
        item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
        social.member.presses_in_the_room(item, "Borgeren selv")
        assert psychiatry.member.room_of(item) == "Borgeren selv"
        # Nor does anybody come under the citizen's name
        page = social.member.lets_come(item, "Ea Prøvesen", "Hjemme", refused=True)
        assert page.says("Borgerens navn står i teksten")
        assert 'value="Ea Prøvesen"' in page.html
        general = social.member.brings(meeting, "Åbningstider.", about="Et generelt emne", kind="Generelt emne")
        assert not social.member.opens_item(general).says("Borgeren selv")

    @pytest.mark.parametrize("press", [{"came": "x"}, {"left": "\x00"}, {}, {"came": ["a", "b"]}])
    def test_a_press_on_nobody_is_said_so(self, social: Authority, press: dict) -> None:
        meeting = social.member.plans_conference(days=0)
        item = social.member.brings(meeting, "Noget.", person="Ea Prøvesen")
        said = social.member.browser.post(f"{item.address}til-stede/", press)
        assert said.says("Vælg en af dem, der er noteret på mødet.")

    @pytest.mark.req("R-003-45")
    def test_it_is_kept_from_those_who_do_not_work_with_the_matter(
        self, police: Authority, social: Authority, psychiatry: Authority
    ) -> None:
        meeting = social.member.plans_conference(days=0)
        item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
        social.member.lets_come(item, "Dorte Prøve", "Plejecentret")
        with acting(police.member.seat.token) as actor:
            assert Participant.objects.get().one_item
            assert not ItemWords.objects.exists()
            mine = {"there": [], "changed_by_id": actor.person_id, "changed_at": timezone.now()}
            assert not ItemWords.objects.update(**mine)
        # Nor does one who works with it note it in another's name
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with acting(psychiatry.member.seat.token), refused, transaction.atomic():
            ItemWords.objects.update(there=[])


class TestWordsOfTheCitizen:
    """The citizen's own view, in a field of its own (in the spirit of R-000-124)."""

    def test_they_are_read_at_the_item_and_stand_in_the_minutes(
        self, police: Authority, social: Authority, psychiatry: Authority
    ) -> None:
        meeting = social.member.plans_conference()
        item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
        words = "Jeg vil gerne blive boende."
        social.member.concludes(item, "Stadig uklart", own_words=words)
        social.member.approves(item)
        assert psychiatry.member.opens_item(item).says(f"Borgerens egne ord {words}")
        assert psychiatry.member.sees_minutes(meeting).says(words)
        assert not police.member.sees_minutes(meeting).says(words)

    def test_they_hold_no_name(self, social: Authority) -> None:
        meeting = social.member.plans_conference()
        item = social.member.brings(meeting, "Noget.", person="Ea Prøvesen")
        page = social.member.opens_item(item)
        form = page.form("own_words", action="ord/")
        page = social.member.browser.send(page, form, refused=True, own_words="Jeg, Ea Prøvesen, vil hjem.")
        again = page.form("own_words", action="ord/")
        page = social.member.browser.send(page, again, "Skriv det alligevel", refused=True)
        assert page.says("Borgerens navn står i teksten")
        assert "Jeg, Ea Prøvesen, vil hjem." in page.html


def test_a_clock_or_a_name_in_the_room_overtakes_nobodys_text(social: Authority, psychiatry: Authority) -> None:
    meeting = social.member.plans_conference(days=0)
    item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
    mine = social.member.opens_item(item)
    # Somebody else sits down, starts a clock and notes who came, in rows that are not theirs
    page = psychiatry.member.takes_seat(item, "presenter", "Sanne")
    psychiatry.member.browser.send(page, page.form("voice", action="ur/"), "Start")
    psychiatry.member.presses_in_the_room(item, "Borgeren selv")
    social.member.browser.send(mine, mine.form("conclusion", action="ord/"), conclusion_text="Vi ringer.")
    page = psychiatry.member.opens_item(item)
    assert "Vi ringer." in page.html
    assert page.html.count('data-runs="1"') == 1


@pytest.mark.req("R-003-30")
def test_only_who_works_with_a_matter_or_leads_the_table_can_move_it(
    police: Authority,
    social: Authority,
    psychiatry: Authority,
    world: World,
    owner_connection: psycopg.Connection,
) -> None:
    meeting = social.member.plans_conference()
    first = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
    item = social.member.brings(meeting, "Noget andet.", psychiatry, person="Bo Prøvesen")
    for one in (social, psychiatry):
        assert f"{_key(item.address)}/flyt/" in one.member.sees_order(meeting).html
    # The police neither work with it nor lead: no button, and a true sentence for one who knows the address
    assert "/flyt/" not in police.member.sees_order(meeting).html
    given = {"flyt-place": "1", "flyt-why": "Skal gå kl. 14"}
    page = police.member.browser.post(f"{item.address}flyt/", given)
    assert page.status == 400
    assert page.says("Kun de, der arbejder med sagen, og de, der leder mødet, kan flytte punktet.")
    assert 'value="Skal gå kl. 14"' in page.html
    # Whoever leads the table moves what others have brought
    lead(world, owner_connection, "police.member")
    police.member.moves_item(meeting, item, 1, "Skal gå kl. 14")
    assert [number for _time, number in police.member.order_of(meeting)] == [item.number, first.number]
    # What is approved stays, and it is said why
    social.member.concludes(item, "Stadig uklart")
    social.member.approves(item)
    assert f"{_key(item.address)}/flyt/" not in social.member.sees_order(meeting).html
    said = social.member.browser.post(f"{item.address}flyt/", given)
    assert said.says("Punktet er godkendt og bliver, hvor det er.")


class TestMinutesGoOut:
    """Word beside PDF, and who has read them, as at every other meeting."""

    def test_as_word_with_the_sections_of_the_reader(
        self, police: Authority, social: Authority, psychiatry: Authority
    ) -> None:
        meeting = social.member.plans_conference(days=0)
        item = social.member.brings(meeting, "Har fået en regning.", psychiatry, person="Ea Prøvesen")
        social.member.concludes(item, "Stadig uklart", "Vi ringer.", own_words="Jeg vil hjem.")
        social.member.lets_come(item, "Dorte Prøve", "Plejecentret, Projektet")

        def paper(one: Authority) -> str:
            page = one.member.sees_minutes(meeting)
            answer = one.member.browser._client.get(page.link("Hent til Word"))
            assert "wordprocessingml" in answer["Content-Type"]
            return "\n".join(line.text for line in Document(BytesIO(answer.content)).paragraphs)

        ours = paper(psychiatry)
        for words in (
            "Har fået en regning.",
            "Med ord: Vi ringer.",
            "Jeg vil hjem.",
            f"Til stede ved punktet: {DORTE}",
        ):
            assert words in ours
        assert "Ea Prøvesen" not in ours
        theirs = paper(police)
        assert f"Sag nr. {item.number}" in theirs
        assert "regning" not in theirs

    def test_who_has_read_them_and_in_which_version(
        self, police: Authority, social: Authority, psychiatry: Authority
    ) -> None:
        meeting = social.member.plans_conference(days=0)
        item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
        # Nothing is sent while the meeting runs
        assert "referat/send/" not in social.member.sees_minutes(meeting).html
        page = social.member.ends_conference(meeting)
        page = social.member.browser.send(page, page.form(action="referat/send/"))
        assert page.url == f"{meeting.address}referat/"
        assert page.says("Hvem har læst det")
        # It lies on the desks of the others, and leads to the conference's own page
        assert psychiatry.member.has_on_desk("Læs referatet")
        desk = psychiatry.member.browser.open("/")
        assert f"{meeting.address}referat/" in desk.html
        page = psychiatry.member.sees_minutes(meeting)
        page = psychiatry.member.browser.send(page, page.form(action="laest/"), "")
        assert page.url == f"{meeting.address}referat/"
        assert "laest/" not in page.html
        assert not psychiatry.member.has_on_desk("Læs referatet")
        assert police.member.has_on_desk("Læs referatet")
        # What is written afterwards is a new version
        social.member.concludes(item, "Stadig uklart", "Vi ringer.")
        page = psychiatry.member.sees_minutes(meeting)
        assert page.says("har læst det, før det blev ændret")
        assert "laest/" in page.html

    def test_that_a_section_was_changed_is_for_those_who_read_it(
        self, police: Authority, social: Authority, psychiatry: Authority
    ) -> None:
        meeting = social.member.plans_conference(days=0)
        item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
        page = social.member.ends_conference(meeting)
        social.member.browser.send(page, page.form(action="referat/send/"))
        for one in (police, psychiatry):
            page = one.member.sees_minutes(meeting)
            one.member.browser.send(page, page.form(action="laest/"), "")
        social.member.concludes(item, "Stadig uklart", "Vi ringer.")
        assert psychiatry.member.sees_minutes(meeting).says("har læst det, før det blev ændret")
        # The police do not work with it: to them nothing has happened
        page = police.member.sees_minutes(meeting)
        assert not page.says("har læst det, før det blev ændret")
        assert "laest/" not in page.html
        # What the whole group reads they are told of
        page = social.member.sees_order(meeting)
        social.member.browser.send(page, page.form("ramme-chair"), **{"ramme-chair": "Mogens Prøve"})
        page = police.member.sees_minutes(meeting)
        assert page.says("har læst det, før det blev ændret")
        assert "laest/" in page.html

    def test_nobody_outside_the_group_sends_or_reads(self, social: Authority, stranger: Authority) -> None:
        meeting = social.member.plans_conference(days=0)
        social.member.ends_conference(meeting)
        for path in ("referat/", "referat/word/", "referat/pdf/"):
            for person in (stranger.member, social.caseworker):
                assert person.browser.status(meeting.address + path) in {403, 404}
        there = meeting.address.replace("/konferencer/", "/moeder/")
        for person in (stranger.member, social.caseworker):
            for path in ("referat/send/", "referat/laest/"):
                assert person.browser.post(f"{there}{path}", {"looked": "1"}).status in {403, 404}
        assert "/send/" in social.member.sees_minutes(meeting).html


class TestWhatTheGroupReads:
    """What all in the group read names nobody, and stands when it is approved."""

    def _frame(self, one: Authority, meeting: Meeting, **values: str) -> Page:
        page = one.member.sees_order(meeting)
        return one.member.browser.send(page, page.form(action="ramme/"), refused=True, **values)

    @pytest.mark.parametrize(
        "name", ["Ea Lise Prøvesen", "EA LISE PRØVESEN", "ea  lise prøvesen", "Ea-Lise", "PRØVESEN", "Proevesen"]
    )
    @pytest.mark.req("R-003-40")
    def test_nobody_writes_the_citizens_name_where_all_read_it(
        self, social: Authority, police: Authority, name: str
    ) -> None:
        meeting = social.member.plans_conference(days=0)
        social.member.brings(meeting, "Noget.", person="Ea Lise Prøvesen")
        assert self._frame(social, meeting, **{"ramme-chair": name}).says("Borgerens navn står i teksten")
        there = meeting.address.replace("/konferencer/", "/moeder/")
        form = {"general-text": f"{name} mangler bostøtte.", "general-seen": "", "looked": "1"}
        assert social.member.browser.post(f"{there}generelle-emner/", form).says("Borgerens navn står i teksten")
        for page in (police.member.sees_order(meeting), police.member.sees_minutes(meeting)):
            assert name not in page.html

    def test_approved_minutes_have_the_people_they_had(
        self, social: Authority, police: Authority, owner_connection: psycopg.Connection
    ) -> None:
        meeting = social.member.plans_conference(days=0)
        social.member.ends_conference(meeting)
        key = _key(meeting.address)
        owner_connection.execute("update meetings_meeting set approved_at = now() where id = %s", [key])
        owner_connection.commit()
        for path, sent in (
            ("deltager/", {"deltager-name": "Dorte Prøve", "deltager-affiliations": "Plejecentret"}),
            ("ramme/", {"ramme-chair": "Falsk Leder", "ramme-minute_taker": "", "ramme-psp_minutes": "0"}),
        ):
            assert police.member.browser.post(meeting.address + path, sent).says("Referatet er godkendt og står fast")
        page = police.member.sees_minutes(meeting)
        assert not page.says("Dorte Prøve")
        assert not page.says("Falsk Leder")

    def test_who_came_for_one_item_is_taken_off_by_whoever_wrote_it(self, social: Authority, police: Authority) -> None:
        meeting = social.member.plans_conference(days=0)
        item = social.member.brings(meeting, "Noget.", person="Ea Prøvesen")
        social.member.lets_come(item, "Dorte Prøve", "Plejecentret")
        page = police.member.sees_order(meeting)
        answer = police.member.browser.post(page.form(action="fjern/").action, {})
        assert answer.says("En anden, der arbejder med sagen, har skrevet det på")
        assert social.member.room_of(item) == "Dorte Prøve, Plejecentret"

    def test_each_who_is_noted_afterwards_is_a_new_version_of_what_was_sent(
        self, social: Authority, police: Authority
    ) -> None:
        meeting = social.member.plans_conference(days=0)
        social.member.ends_conference(meeting)
        page = social.member.sees_minutes(meeting)
        social.member.browser.send(page, page.form(action="send/"), "")
        page = police.member.sees_minutes(meeting)
        police.member.browser.send(page, page.form(action="laest/"), "")
        assert "laest/" not in police.member.sees_minutes(meeting).html
        social.member.browser.post(
            f"{meeting.address}deltager/", {"deltager-name": "Dorte Prøve", "deltager-affiliations": "Plejecentret"}
        )
        assert "laest/" in police.member.sees_minutes(meeting).html


class TestFollowing:
    """Whoever has the page open sees what changes: the version of the meeting moves with what the group reads."""

    @staticmethod
    def _version(one: Authority, meeting: Meeting) -> int:
        address = reverse("meetings:live_since", args=[_key(meeting.address)])
        return int(one.member.browser._client.get(address).json()["version"])

    def test_the_version_moves_with_what_the_group_reads_and_with_nothing_else(
        self, police: Authority, social: Authority, psychiatry: Authority
    ) -> None:
        meeting = social.member.plans_conference(days=0)
        seen = [self._version(police, meeting)]

        def moved() -> bool:
            seen.append(self._version(police, meeting))
            return seen[-1] > seen[-2]

        assert f'data-follows="{seen[0]}"' in police.member.sees_order(meeting).html
        assert not moved()
        item = social.member.brings(meeting, "Noget.", psychiatry, person="Ea Prøvesen")
        assert moved()
        social.member.moves_item(meeting, item, 1, "Skal gå kl. 14")
        assert moved()
        social.member.says_closed_part(meeting, 30)
        assert moved()
        social.member.lets_come(item, "Dorte Prøve", "Plejecentret")
        assert moved()
        page = social.member.sees_order(meeting)
        social.member.browser.send(page, page.form(action="fjern/"))
        assert moved()
        # That something is written in a matter that one does not work with is not told either
        social.member.concludes(item, "Stadig uklart", "Vi ringer.")
        social.member.agrees_step(item, "Ringer", psychiatry)
        social.member.presses_in_the_room(item, "Borgeren selv")
        assert not moved()
        social.member.approves(item)
        assert moved()
        social.member.ends_conference(meeting)
        assert moved()
        assert "data-follows" not in police.member.sees_order(meeting).html


@pytest.mark.req("R-003-28")
class TestTheMeetingItself:
    """Date, place, from when to when, who leads, who writes, and which kind of meeting."""

    def test_it_is_proposed_on_mondays_from_one_to_three(
        self, social: Authority, world: World, owner_connection: psycopg.Connection
    ) -> None:
        owner_connection.execute("update partnerships_group set rhythm = 'weekly' where id = %s", [world.group])
        owner_connection.commit()
        page = social.member.browser.open(reverse("meetings:list"))
        proposed = page.form("day", "hour")
        day = date.fromisoformat(proposed.entries["day"].value)
        assert (day.weekday(), proposed.entries["hour"].value) == (0, "13.00")
        assert timezone.localdate() < day <= timezone.localdate() + timedelta(days=28)
        # By the group's rhythm in one press: each is a Monday from one to three, but for the days offices are closed
        days = page.form(action="efter-rytmen/")
        social.member.browser.send(page, days)
        home = social.member.browser.open(reverse("conferences:home"))
        addresses = [href for href, _words in home.links if re.fullmatch(r"/konferencer/[0-9a-f-]{36}/", href)]
        assert len(addresses) > 3
        for address in addresses:
            assert social.member.browser.open(address).says("kl. 13–15 · Almindeligt møde")

    def test_any_day_hour_and_length_will_do(self, police: Authority, social: Authority) -> None:
        page = social.member.browser.open(reverse("meetings:list"))
        tuesday = timezone.localdate() + timedelta(days=(1 - timezone.localdate().weekday()) % 7 + 7)
        values = {"day": tuesday.isoformat(), "hour": "9:30", "place": "Rådhuset, lokale 3", "minutes": "90"}
        social.member.browser.send(page, page.form("day", "hour"), **values)
        home = social.member.browser.open(reverse("conferences:home"))
        (address,) = [href for href, _words in home.links if re.fullmatch(r"/konferencer/[0-9a-f-]{36}/", href)]
        meeting = Meeting(address)
        # Who leads and who writes is said at the meeting
        page = social.member.sees_order(meeting)
        frame = {"ramme-chair": "Marie Prøvesen", "ramme-minute_taker": "Ole Prøvesen"}
        social.member.browser.send(page, page.form("ramme-chair"), **frame)
        said = f"kl. 9.30–11 · Rådhuset, lokale 3 · Almindeligt møde · Planlagt · Mødeleder: {frame['ramme-chair']}"
        page = police.member.sees_order(meeting)
        assert page.says(said)
        assert page.says("Referent: Ole Prøvesen")
        assert str(tuesday.day) in page.h1[0]
        # It begins with PSP cases: then it is a PSP meeting, on the page and in the minutes
        social.member.says_closed_part(meeting, 30)
        assert police.member.sees_order(meeting).says("Rådhuset, lokale 3 · PSP-møde")
        minutes = police.member.sees_minutes(meeting)
        assert minutes.says("kl. 9.30–11 · Rådhuset, lokale 3 · PSP-møde · Mødeleder: Marie Prøvesen")
        assert minutes.says("Referent: Ole Prøvesen")


@pytest.mark.req("R-003-34")
def test_a_matter_is_about_a_citizen_a_family_or_nobody(social: Authority, psychiatry: Authority) -> None:
    meeting = social.member.plans_conference()
    citizen = social.member.brings(meeting, "Om en borger.", psychiatry, person="Ea Prøvesen")
    family = social.member.brings(
        meeting, "Om flere.", psychiatry, about="En familie", person="Bo Prøvesen\nIda Prøvesen"
    )
    general = social.member.brings(meeting, "Åbningstider.", about="Et generelt emne", kind="Generelt emne")
    page = social.member.opens_matter(citizen)
    assert page.says("En borger")
    assert page.says("Ea Prøvesen")
    page = social.member.opens_matter(family)
    assert page.says("En familie")
    assert page.says("Bo Prøvesen")
    assert page.says("Ida Prøvesen")
    page = social.member.opens_matter(general)
    assert page.says("Et generelt emne, ingen borger")
    assert not page.says("Hvem det handler om")
    # A general topic has no citizen, and a citizen's matter is no general topic; nor is it left open which it is
    topic = "Et generelt emne"
    social.member.brings(meeting, "Noget.", about=topic, kind="Generelt emne", person="Ea Prøvesen", refused=True)
    social.member.brings(meeting, "Noget.", about=topic, kind="Generelt emne", named="no", refused=True)
    social.member.brings(meeting, "Noget.", person="Ea Prøvesen", kind="Generelt emne", refused=True)
    social.member.brings(meeting, "Noget.", person="Ea Prøvesen", named="nobody", refused=True)
    page = social.member.browser.open(f"{meeting.address}ny/")
    form = page.form("kind", "named")
    social.member.browser.send(page, form, refused=True, kind="Ny sag", named="no", text="Noget.")
    with acting(social.member.seat.token):
        kinds = ConferenceItem.objects.values_list("matter__about", flat=True).order_by("matter__number")
        assert list(kinds) == ["citizen", "family", "general"]
