"""The minutes: made of decisions, read by those who may, looked through, sent, approved and then frozen."""

import io
import zipfile
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from samsvar.audit.models import LogRow
from samsvar.cases.models import Case, Feedback
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.cases.services.work import agree
from samsvar.meetings.models import AgendaItem, Amendment, Attendance, Decision, Meeting, MinutesRead
from samsvar.meetings.selectors.minutes import Minutes, minutes_of
from samsvar.meetings.services import conducting
from samsvar.meetings.services import minutes as minutes_services
from samsvar.meetings.services.errors import MeetingError
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import acting
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.clients import sit
from tests.meetings.test_meeting import on_the_day, outcome, plan_one, raise_one
from tests.world import SINCE, World

MEMBERS = ("police.member", "social.member", "psychiatry.member")


def hold(world: World, case: Case, note: str = "Politiet holder øje.", by: str = "social.member") -> Meeting:
    """A meeting that is over, with a decision about one case."""
    meeting = plan_one(world, 0)
    with acting(world.seats[by].token) as actor, on_the_day(meeting):
        conducting.decide(actor, meeting, case, outcome(case, Decision.FOLLOWED_UP, note=note, next_step="Ringer igen"))
        conducting.end(actor, meeting, all_the_same=True)
    return again(world, meeting)


def again(world: World, meeting: Meeting) -> Meeting:
    """The meeting as it stands now."""
    with acting(world.seats["social.member"].token):
        return Meeting.objects.select_related("group__partnership").get(pk=meeting.pk)


def read_by(world: World, seat: str, meeting: Meeting) -> Minutes:
    """The minutes as one seat sees them."""
    now = again(world, meeting)
    with acting(world.seats[seat].token) as actor:
        return minutes_of(actor, now)


def send(world: World, meeting: Meeting, by: str = "social.member", **how: bool) -> None:
    """Send them."""
    with acting(world.seats[by].token) as actor:
        minutes_services.send(actor, meeting, **how)


@pytest.mark.req("R-000-128")
@pytest.mark.req("R-000-81")
@pytest.mark.req("R-003-40")
def test_the_minutes_write_themselves_without_the_citizen(world: World) -> None:
    case = raise_one(world)
    with acting(world.seats["police.member"].token) as actor:
        police = Authority.objects.get(pk=world.authorities["police"])
        agree(actor, case, police, what="Kører forbi hver aften", who="Vagten", if_it_slips="Ringer")
    meeting = hold(world, case)
    page = sit(world, "psychiatry.member").get(f"/moeder/{meeting.pk}/referat/").content.decode()
    body = page.split("<main")[1]
    for said in (case.reference, "Fulgt op", "Politiet holder øje.", "Ringer igen", "Kører forbi hver aften", "Vagten"):
        assert said in body
    for hidden in ("Aage", "Prøvesen", "1801234", "Sover ude i frost", "invisible", "Usynlig"):
        assert hidden not in body


@pytest.mark.req("R-003-45")
def test_the_group_reads_the_frame_and_the_parties_read_the_case(world: World) -> None:
    case = raise_one(world, to=("social",))
    meeting = hold(world, case)
    assert [one.case_id for one in read_by(world, "police.member", meeting).sections] == [case.pk]
    other = read_by(world, "psychiatry.member", meeting)
    assert other.sections == []
    assert other.shares == []
    for kind in ("", "pdf/", "word/"):
        answer = sit(world, "psychiatry.member").get(f"/moeder/{meeting.pk}/referat/{kind}")
        assert answer.status_code == 200
        assert sit(world, "outside.member").get(f"/moeder/{meeting.pk}/referat/{kind}").status_code == 404
    text = pdf_text(sit(world, "psychiatry.member").get(f"/moeder/{meeting.pk}/referat/pdf/").content)
    assert case.reference not in text
    assert "Ingen sager." in text


@pytest.mark.req("R-000-80")
def test_each_authority_has_its_own_list(world: World) -> None:
    case = raise_one(world)
    with acting(world.seats["social.member"].token) as actor:
        social = Authority.objects.get(pk=world.authorities["social"])
        agree(actor, case, social, what="Betaler huslejen", if_it_slips="Siger til")
    meeting = hold(world, case)
    with acting(world.seats["social.member"].token) as actor:
        own = minutes_of(actor, meeting).own(actor)
        assert own is not None
        assert [deed.said for deed in own.deeds] == ["Betaler huslejen"]
        assert own.held == []
    with acting(world.seats["police.member"].token) as actor:
        own = minutes_of(actor, meeting).own(actor)
        assert own is not None
        assert [section.case_id for section in own.held] == [case.pk]


@pytest.mark.req("R-000-25")
def test_who_raised_the_worry_hears_when_the_meeting_is_over(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case, officer = raise_one(world), world.seats["police.frontline"]
    owner_connection.execute(
        "insert into cases_concern (id, partnership_id, authority_id, raised_by_id, capacity_id, raised_at, channel,"
        " event_reference, text, repeat_mark, acute_trigger, why_without_consent, state, case_id)"
        " values (gen_random_uuid(), %s, %s, %s, %s, now(), 'lines', 'x', 'x', false, '', '', 'agenda', %s)",
        [world.partnership, officer.authority, officer.person, officer.post, case.pk],
    )
    owner_connection.commit()
    meeting = hold(world, case)
    with acting(officer.token):
        (heard,) = Feedback.objects.all()
        assert (heard.kind, heard.authority_id) == ("acted", world.authorities["police"])
    with acting(world.seats["outside.member"].token) as actor:
        minutes_services.finish(actor, meeting)
    with acting(world.seats["social.member"].token) as actor:
        minutes_services.finish(actor, meeting)
    with acting(officer.token):
        assert Feedback.objects.count() == 1


def test_sent_minutes_reach_the_members_of_today_and_nobody_who_once_came(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case, leaver = raise_one(world), world.seats["psychiatry.screener"]
    owner_connection.execute(
        "insert into partnerships_membership (id, group_id, capacity_id, kind, may_decide, close_to_practice,"
        " duty_to_attend, mandate, network, since, until, end_reason)"
        " values (gen_random_uuid(), %s, %s, 'ad_hoc', true, true, false, '', '', %s, today() - 1, '')",
        [world.group, leaver.post, SINCE],
    )
    owner_connection.commit()
    meeting = hold(world, case)
    send(world, meeting)
    for seat, waits in (
        ("police.member", 1),
        ("psychiatry.member", 1),
        ("social.member", 0),
        ("psychiatry.screener", 0),
    ):
        with acting(world.seats[seat].token) as actor:
            assert open_tasks(actor).filter(kind=TaskKind.READ_MINUTES).count() == waits, seat
    with pytest.raises(CaseError, match="allerede sendt"):
        send(world, again(world, meeting))


def test_a_reader_says_so_and_everybody_sees_who_has_read_what_stands_now(world: World) -> None:
    case = raise_one(world)
    meeting = hold(world, case)
    with acting(world.seats["police.member"].token) as actor, pytest.raises(CaseError, match="ikke sendt"):
        minutes_services.mark_read(actor, meeting)
    send(world, meeting)
    police = sit(world, "police.member")
    assert "Jeg har læst referatet" in police.get(f"/moeder/{meeting.pk}/referat/").content.decode()
    for _twice in range(2):
        assert police.post(f"/moeder/{meeting.pk}/referat/laest/").status_code == 302
    with acting(world.seats["police.member"].token) as actor:
        assert not open_tasks(actor).filter(kind=TaskKind.READ_MINUTES).exists()
    assert readers(world, meeting) == {"police": "latest", "social": "latest", "psychiatry": "unread"}
    meeting = again(world, meeting)
    with acting(world.seats["social.member"].token) as actor:
        minutes_services.add_words(actor, meeting, case, "Aftalen er mundtlig.", seen="")
    assert readers(world, meeting) == {"police": "older", "social": "older", "psychiatry": "unread"}
    with acting(world.seats["social.member"].token):
        mine = MinutesRead.objects.get(person_id=world.seats["social.member"].person)
        mine.pk, mine.person_id, mine.version = uuid4(), world.seats["psychiatry.member"].person, 2
        with pytest.raises(DatabaseError, match="row-level security"):
            MinutesRead.objects.bulk_create([mine])


def readers(world: World, meeting: Meeting) -> dict[str, str]:
    """Which authority's member has read which version."""
    kinds = {key: kind for kind, key in world.authorities.items()}
    return {
        kinds[one.presence.membership.capacity.authority_id]: "latest"
        if one.latest
        else "older"
        if one.read_at
        else "unread"
        for one in read_by(world, "social.member", meeting).readers
    }


def test_words_added_to_a_case_are_news_to_its_parties_alone(world: World) -> None:
    case = raise_one(world, to=("social",))
    meeting = hold(world, case)
    client = sit(world, "social.member")
    client.post(f"/moeder/{meeting.pk}/referat/send/", {"looked": "1"})
    for seat in ("police.member", "psychiatry.member"):
        sit(world, seat).post(f"/moeder/{meeting.pk}/referat/laest/")
    with acting(world.seats["social.member"].token) as actor:
        minutes_services.add_words(actor, meeting, case, "Han har fået seng.", seen="")
    changed = "har læst det, før det blev ændret"
    for seat, news in (("police.member", True), ("psychiatry.member", False)):
        page = sit(world, seat).get(f"/moeder/{meeting.pk}/referat/").content.decode()
        assert (changed in page) is news, seat
        assert ("/laest/" in page) is news, seat
    with acting(world.seats["social.member"].token) as actor:
        conducting.orient(actor, again(world, meeting), "Nye åbningstider.", seen="")
    page = sit(world, "psychiatry.member").get(f"/moeder/{meeting.pk}/referat/").content.decode()
    assert changed in page
    assert "/laest/" in page


@pytest.mark.req("R-000-128")
@pytest.mark.req("R-003-99")
def test_they_are_looked_through_before_they_are_sent(world: World) -> None:
    case = raise_one(world)
    meeting = hold(world, case, note="Aage er 43 år gammel og bor i Bogense.")
    client = sit(world, "social.member")
    answer = client.post(f"/moeder/{meeting.pk}/referat/send/")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "alder og sted" in page
    assert "Aage" not in page
    assert again(world, meeting).minutes_sent_at is None
    assert client.post(f"/moeder/{meeting.pk}/referat/send/", {"looked": "1"}).status_code == 302
    assert again(world, meeting).minutes_sent_at is not None


@pytest.mark.req("R-003-40")
def test_a_name_that_somebody_wrote_all_the_same_is_not_in_the_minutes(world: World) -> None:
    case = raise_one(world)
    meeting = hold(world, case, note="Aage Prøvesens bror ringede. Nummer 12. Member Police kører.")
    for seat in ("police.member", "psychiatry.member"):
        client = sit(world, seat)
        said = [client.get(f"/moeder/{meeting.pk}/referat/").content.decode().split("<main")[1]]
        said += [pdf_text(client.get(f"/moeder/{meeting.pk}/referat/pdf/").content)]
        said += [word_text(client.get(f"/moeder/{meeting.pk}/referat/word/").content)]
        for one in said:
            assert "[borgeren]s bror ringede." in one
            assert "Member Police kører." in one
            assert "Aage" not in one
            assert "Prøvesen" not in one


def test_ending_the_meeting_sends_what_nobody_needs_to_look_at(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    client = sit(world, "social.member")
    with acting(world.seats["social.member"].token) as actor:
        conducting.decide(actor, meeting, case, outcome(case, Decision.FOLLOWED_UP, note="Politiet holder øje."))
    page = client.post(f"/moeder/{meeting.pk}/slut/", follow=True).content.decode()
    assert "Referatet er sendt" in page
    assert again(world, meeting).minutes_sent_at


def test_ending_the_meeting_leads_to_the_minutes_when_somebody_should_look(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    client = sit(world, "social.member")
    with acting(world.seats["social.member"].token) as actor:
        conducting.decide(
            actor, meeting, case, outcome(case, Decision.FOLLOWED_UP, note="Han er 43 år gammel og bor i Bogense.")
        )
    answer = client.post(f"/moeder/{meeting.pk}/slut/", follow=True)
    assert answer.redirect_chain[-1][0].endswith("/referat/")
    assert "Se på 1 sted, før referatet sendes." in answer.content.decode()
    assert again(world, meeting).minutes_sent_at is None


def test_words_are_added_until_approval_and_two_who_write_lose_nothing(world: World) -> None:
    case = raise_one(world)
    meeting = hold(world, case)
    client, url = sit(world, "police.member"), f"/moeder/{meeting.pk}/referat/sag/{case.pk}/"
    prefix = case.pk.hex[:8]
    assert client.post(url, {f"{prefix}-text": "Først", f"{prefix}-seen": ""}).status_code == 302
    late = sit(world, "social.member").post(url, {f"{prefix}-text": "Sidst", f"{prefix}-seen": ""})
    assert late.status_code == 409
    assert "Sidst" in late.content.decode()
    asked = client.post(url, {f"{prefix}-text": "Aage ringede", f"{prefix}-seen": "Først"})
    assert asked.status_code == 400
    assert "Skriv det alligevel" in asked.content.decode()
    number = client.post(url, {f"{prefix}-text": "611180-1234", f"{prefix}-seen": "Først", "looked": "1"})
    assert number.status_code == 400
    with acting(world.seats["social.member"].token):
        assert AgendaItem.objects.get().added == "Først"
    assert "Først" in pdf_text(client.get(f"/moeder/{meeting.pk}/referat/pdf/").content)


@pytest.mark.req("R-000-130")
@pytest.mark.req("R-000-55")
def test_approved_minutes_are_frozen_and_only_amended(world: World, owner_connection: psycopg.Connection) -> None:
    case = raise_one(world)
    meeting = hold(world, case)
    following = plan_one(world, 14)
    client = sit(world, "psychiatry.member")
    assert client.post(f"/moeder/{following.pk}/godkend/").status_code == 302
    meeting = again(world, meeting)
    assert meeting.approved_at
    with acting(world.seats["social.member"].token) as actor:
        with pytest.raises(Overtaken):
            minutes_services.add_words(actor, meeting, case, "Sent", seen="")
        with pytest.raises(CaseError):
            conducting.orient(actor, meeting, "Sent", seen="")
        with pytest.raises(CaseError):
            conducting.attend(actor, meeting, {})
        # What no service does the database refuses as well.
        assert AgendaItem.objects.filter(meeting=meeting).update(note="Ændret") == 0
        assert Meeting.objects.filter(pk=meeting.pk).update(orientation="Ændret") == 0
        assert Attendance.objects.filter(meeting=meeting).update(state="absent") == 0
    url = f"/moeder/{meeting.pk}/referat/sag/{case.pk}/rettelse/"
    given = {f"{case.pk.hex[:8]}-text": "Aftalen gælder i en uge.", f"{case.pk.hex[:8]}-reason": "Det blev sagt."}
    assert client.post(url, {**given, f"{case.pk.hex[:8]}-reason": ""}).status_code == 400
    assert client.post(url, given).status_code == 302
    for part in ("pdf", "word"):
        paper = sit(world, "police.member").get(f"/moeder/{meeting.pk}/referat/{part}/").content
        said = pdf_text(paper) if part == "pdf" else word_text(paper)
        assert "Aftalen gælder i en uge." in said
        assert "Politiet holder øje." in said
    with acting(world.seats["police.member"].token):
        assert Amendment.objects.get().reason == "Det blev sagt."


def test_the_minutes_take_no_number_of_a_person_whoever_asks(world: World) -> None:
    case = raise_one(world)
    meeting = hold(world, case)
    with acting(world.seats["social.member"].token) as actor:
        with pytest.raises(MeetingError, match="CPR-nummer"):
            minutes_services.add_words(actor, again(world, meeting), case, "Nummer 611180-1234", seen="")
        for words in (("Nummer 611180-1234", "Glemt"), ("Glemt", "Nummer 611180-1234")):
            with pytest.raises(MeetingError, match="CPR-nummer"):
                minutes_services.amend(actor, meeting, *words)
    prefix = case.pk.hex[:8]
    answer = sit(world, "police.member").post(
        f"/moeder/{meeting.pk}/referat/sag/{case.pk}/", {f"{prefix}-text": "Nummer 611180-1234", f"{prefix}-seen": ""}
    )
    assert answer.status_code == 400
    assert "CPR-nummer" in answer.content.decode()


def test_an_amendment_of_a_case_is_its_parties(world: World) -> None:
    case = raise_one(world, to=("social",))
    meeting = hold(world, case)
    with acting(world.seats["social.member"].token) as actor:
        with pytest.raises(CaseError, match="ikke godkendt"):
            minutes_services.amend(actor, meeting, "x", "y", case)
        conducting.approve(actor, meeting)
        minutes_services.amend(actor, meeting, "Om sagen", "Glemt", case)
        minutes_services.amend(actor, meeting, "Om rammen", "Glemt")
    assert [one.text for one in read_by(world, "psychiatry.member", meeting).amendments] == ["Om rammen"]
    with acting(world.seats["psychiatry.member"].token):
        assert [one.text for one in Amendment.objects.all()] == ["Om rammen"]
    with acting(world.seats["outside.member"].token):
        assert not Amendment.objects.exists()
    url = f"/moeder/{meeting.pk}/referat/sag/{case.pk}/rettelse/"
    assert sit(world, "psychiatry.member").post(url, {"x": "y"}).status_code == 404


def test_the_papers_are_tagged_and_tell_nothing_beside_the_words(world: World) -> None:
    case = raise_one(world)
    meeting = hold(world, case)
    client = sit(world, "police.member")
    answer = client.get(f"/moeder/{meeting.pk}/referat/pdf/")
    # Many of them lie in one folder: which group's, and of which day.
    name = f"referat-operativgruppen-{timezone.localdate(meeting.starts_at)}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.pdf"'
    read = PdfReader(io.BytesIO(answer.content))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"] == "da"
    assert read.metadata is not None
    assert read.metadata.title == "Referat af møde i Operativgruppen"
    word = client.get(f"/moeder/{meeting.pk}/referat/word/")
    assert word["Content-Disposition"] == f'attachment; filename="{name}.docx"'
    with zipfile.ZipFile(io.BytesIO(word.content)) as pieces:
        about = pieces.read("docProps/core.xml").decode()
        styles = pieces.read("word/styles.xml").decode()
        body = pieces.read("word/document.xml").decode()
    assert "python-docx" not in about
    assert 'w:val="da-DK"' in styles
    assert "w:tblHeader" in body
    assert 'w:val="Heading2"' in body
    assert "Prøvesen" not in body
    with acting(world.seats["police.dpo"].token):
        assert LogRow.objects.filter(act="print", subject_kind="minutes").count() == 2
    english = sit(world, "police.member", "en").get(f"/moeder/{meeting.pk}/referat/pdf/").content
    assert "Who does what" in pdf_text(english)


def make_coordinator(owner: psycopg.Connection, world: World, seat: str) -> None:
    """Let this seat coordinate the world's group."""
    owner.execute(
        "insert into partnerships_groupfunction (id, group_id, capacity_id, function, since, reason)"
        " values (gen_random_uuid(), %s, %s, 'coordinator', %s, '')",
        [world.group, world.seats[seat].post, SINCE],
    )
    owner.commit()


@pytest.mark.req("R-000-131")
@pytest.mark.req("R-000-92")
def test_the_coordinator_counts_persons_and_each_number_shown_is_logged(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = raise_one(world)
    hold(world, case)
    url = f"/moeder/statistik/{world.group}/"
    assert sit(world, "police.member").get(url).status_code == 404
    make_coordinator(owner_connection, world, "social.member")
    client = sit(world, "social.member")
    counted = client.get(url)
    assert "611180-1234" not in counted.content.decode()
    assert len(counted.context["count"].persons) == 1
    assert f'href="{url}"' in client.get("/moeder/").content.decode()
    shown = client.post(url, {"year": timezone.localdate().year})
    assert "611180-1234" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    for bad in ("", "x", "99999999999999", "\x00"):
        assert client.post(url, {"year": bad}).status_code == 400
    assert client.get(url, {"year": "2001"}).context["count"].persons == []
    with acting(world.seats["social.dpo"].token):
        (row,) = LogRow.objects.filter(act="unmask")
        assert (row.purpose, row.citizen_id) == ("statistik", case.citizen_id)


def pdf_text(paper: bytes) -> str:
    """All words of a PDF, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())


def word_text(paper: bytes) -> str:
    """All words of a Word document."""
    document = Document(io.BytesIO(paper))
    return " ".join(paragraph.text for paragraph in document.paragraphs)
