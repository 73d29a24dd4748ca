"""A frontline worker tells of a worry in seconds and hears that it was acted on; others see it when it is disclosed."""

import re
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from django.test import Client

from samsvar.cases.forms.concerns import ConcernForm
from samsvar.cases.models import Concern, ConcernChannel, ConcernState, Feedback, FeedbackKind, OutsideNotifier
from samsvar.cases.selectors import concerns as selectors
from samsvar.cases.services import concerns as services
from samsvar.cases.services.concerns import Report, Who
from samsvar.cases.services.errors import Overtaken
from samsvar.citizens.models import Identity
from samsvar.postgres.actor import acting
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.clients import sit
from tests.world import World


def send(client: Client, **fields: str) -> UUID:
    """Send the form as a browser would, with its untouched fields; returns the new concern's id."""
    page = client.get("/bekymringer/ny/", follow=True)
    form = page.context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    answer = client.post("/bekymringer/ny/", {**typed, "repeat_mark": "", **fields})
    assert answer.status_code == 302, answer.context["form"].errors
    return UUID(answer["Location"].split("/")[2])


def tell(world: World, seat: str = "police.frontline", **more: object) -> Concern:
    """A concern raised through the service."""
    with acting(world.seats[seat].token) as actor:
        report = {"text": "Står ude hver nat og taler med sig selv.", "who": Who(name="Aage Prøvesen"), **more}
        return services.raise_concern(actor, Report(id=uuid4(), partnership_id=world.partnership, **report))


@pytest.mark.req("R-000-18")
@pytest.mark.req("R-000-33")
def test_a_tag_needs_a_reference_and_one_button(world: World) -> None:
    officer = sit(world, "police.frontline")
    concern_id = send(officer, event_reference="0700-76114-00034-26")
    with acting(world.seats["police.screener"].token) as actor:
        concern = Concern.objects.get(pk=concern_id)
        assert concern.channel == ConcernChannel.TAG
        assert concern.identity is None
        assert [task.kind for task in open_tasks(actor)] == [TaskKind.SCREEN]
    assert "Din bekymring er sendt" in officer.get(f"/bekymringer/{concern_id}/tak/").content.decode()


@pytest.mark.req("R-000-18")
def test_the_reference_has_the_focus_when_the_page_opens(world: World) -> None:
    page = sit(world, "police.frontline").get("/bekymringer/ny/", follow=True).content.decode()
    assert page.count("autofocus") == 1
    assert 'name="event_reference"' in page.partition("autofocus")[0].rpartition("<input")[2]


def test_a_name_in_the_field_for_the_number_is_asked_about_and_kept(world: World) -> None:
    answer = sit(world, "police.frontline").post("/bekymringer/ny/", {"event_reference": "Aage Prøvesen"}, follow=True)
    page = answer.content.decode()
    assert "Der er intet tal i nummeret." in page
    assert 'value="Aage Prøvesen"' in page
    with acting(world.seats["police.frontline"].token):
        assert not Concern.objects.exists()


def test_the_receipt_says_which_number_was_sent(world: World) -> None:
    answer = sit(world, "police.frontline").post("/bekymringer/ny/", {"event_reference": "0700-76114-7"}, follow=True)
    assert "<strong>0700-76114-7</strong>" in answer.content.decode()


@pytest.mark.req("R-000-17")
@pytest.mark.req("R-000-19")
@pytest.mark.parametrize("seat", ["police.frontline", "social.frontline", "psychiatry.frontline", "social.member"])
@pytest.mark.req("R-000-21")
def test_ten_lines_from_any_authority_without_a_person(world: World, seat: str) -> None:
    lines = "\n".join(f"Linje {number}: han går frem og tilbage." for number in range(10))
    concern_id = send(sit(world, seat), text=lines)
    with acting(world.seats[seat].token):
        concern = Concern.objects.get(pk=concern_id)
        assert concern.text == lines
        assert concern.channel == ConcernChannel.LINES
        assert concern.happened_on
        assert concern.raised_by_id == world.seats[seat].person


@pytest.mark.req("R-000-33")
def test_ten_lines_ask_for_five_fields_at_most_before_send(world: World) -> None:
    form = sit(world, "police.frontline").get("/bekymringer/ny/", follow=True).context["form"]
    shown = [bound.name for bound in form.visible_fields() if bound.name not in form.DETAILS]
    assert len([name for name in shown if name != "event_reference"]) <= 5
    assert not [name for name in shown if form.fields[name].required]


@pytest.mark.parametrize(
    ("typed", "name", "known"),
    [
        ("Aage Prøvesen", "Aage Prøvesen", False),
        ("611180-1234", "", True),
        ("6111801234 Aage Prøvesen", "Aage Prøvesen", True),
        ("Aage Prøvesen (611180-1234)", "Aage Prøvesen", True),
        ("Aage Prøvesen, 611180 1234", "Aage Prøvesen", True),
    ],
)
def test_one_field_takes_a_name_a_number_or_both(world: World, typed: str, name: str, known: bool) -> None:
    concern_id = send(sit(world, "police.frontline"), text="Sover i opgangen", person=typed)
    with acting(world.seats["police.screener"].token):
        identity = Concern.objects.select_related("identity").get(pk=concern_id).identity
        assert identity is not None
        assert identity.name == name
        assert bool(identity.cpr_cipher) is known


@pytest.mark.parametrize("typed", ["611380-1234", "611180-12", "111180-1234", "Aage 6111801234999"])
def test_a_wrong_number_is_said_beside_the_field_and_nothing_typed_is_lost(world: World, typed: str) -> None:
    answer = sit(world, "police.frontline").post("/bekymringer/ny/", {"text": "Sover i opgangen", "person": typed})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert list(answer.context["form"].errors) == ["person"]
    assert typed in page
    assert "Sover i opgangen" in page
    with acting(world.seats["police.screener"].token):
        assert not Concern.objects.exists()
        assert not Identity.objects.exists()


HOSTILE = ["\x00", "\u202eabc", "😀" * 3000, "<script>alert(1)</script>", "x" * 40000, "31.02.2026", "ikke-et-valg"]
FIELDS = [*ConcernForm.base_fields]


@pytest.mark.parametrize("name", FIELDS)
def test_hostile_input_gets_a_message_or_is_kept_as_text(world: World, name: str) -> None:
    officer = sit(world, "police.frontline")
    for hostile in HOSTILE:
        answer = officer.post("/bekymringer/ny/", {"text": "Sover ude"} | {name: hostile})
        assert answer.status_code in (302, 400)
        if answer.status_code == 400:
            page = answer.content.decode()
            assert name in answer.context["form"].errors
            assert "\x00" not in page
        else:
            page = officer.get(answer["Location"].replace("tak/", "")).content.decode()
        assert "<script>alert" not in page


def test_a_post_in_two_partnerships_sends_a_tag_to_the_usual_table(
    world: World, owner_connection: psycopg.Connection
) -> None:
    officer = sit(world, "police.frontline")
    outside = world.seats["outside.frontline"].authority
    owner_connection.execute(
        "insert into partnerships_participation (id, partnership_id, authority_id, since) select gen_random_uuid(),"
        " partnership_id, %s, since from partnerships_participation where authority_id = %s",
        [world.authorities["police"], outside],
    )
    # Without a seat at any table the own authority cannot tell the two apart, and the page asks.
    owner_connection.execute(
        "update partnerships_membership set until = today() - 1 where capacity_id = %s",
        [world.seats["police.member"].post],
    )
    owner_connection.commit()
    asked = officer.post("/bekymringer/ny/", {"event_reference": "A-1"})
    assert list(asked.context["form"].errors) == ["place"]
    assert officer.post("/bekymringer/ny/", {"event_reference": "A-1", "place": str(world.group)}).status_code == 302
    assert officer.post("/bekymringer/ny/", {"event_reference": "A-2"}).status_code == 302
    with acting(world.seats["police.screener"].token):
        assert set(Concern.objects.values_list("group_id", flat=True)) == {world.group}


def test_pressed_twice_it_is_one_concern(world: World) -> None:
    officer = sit(world, "police.frontline")
    once = str(uuid4())
    first = officer.post("/bekymringer/ny/", {"event_reference": "A-1", "once": once})
    second = officer.post("/bekymringer/ny/", {"event_reference": "A-1", "once": once})
    assert first["Location"] == second["Location"]
    with acting(world.seats["police.screener"].token) as actor:
        assert Concern.objects.count() == 1
        assert open_tasks(actor).count() == 1


def test_an_id_that_is_taken_elsewhere_tells_nothing(world: World) -> None:
    theirs = tell(world, "social.frontline")
    answer = sit(world, "police.frontline").post("/bekymringer/ny/", {"event_reference": "A-1", "once": str(theirs.pk)})
    assert answer.status_code == 302
    with acting(world.seats["police.screener"].token):
        assert Concern.objects.get().pk != theirs.pk


def test_a_number_in_the_text_is_said_once_and_then_let_through(world: World) -> None:
    officer = sit(world, "police.frontline")
    typed = {"text": "Sagen 010126-1234 ligger hos kredsen", "once": str(uuid4())}
    warned = officer.post("/bekymringer/ny/", typed)
    assert warned.status_code == 400
    assert list(warned.context["form"].errors) == ["text"]
    seen = warned.context["form"]["number_seen"].value()
    assert officer.post("/bekymringer/ny/", {**typed, "number_seen": seen}).status_code == 302


@pytest.mark.req("R-000-28")
def test_only_the_police_can_mark_a_repeat(world: World) -> None:
    assert "repeat_mark" in sit(world, "police.frontline").get("/bekymringer/ny/", follow=True).context["form"].fields
    assert (
        "repeat_mark" not in sit(world, "social.frontline").get("/bekymringer/ny/", follow=True).context["form"].fields
    )
    assert tell(world, "police.frontline", repeat_mark=True).repeat_mark
    assert not tell(world, "social.frontline", repeat_mark=True).repeat_mark
    sent = send(sit(world, "social.frontline"), text="Igen", repeat_mark="on")
    with acting(world.seats["social.frontline"].token):
        assert not Concern.objects.get(pk=sent).repeat_mark


@pytest.mark.req("R-000-22")
def test_an_outsider_stays_at_home_and_gets_thanks(world: World) -> None:
    member = sit(world, "social.member")
    concern_id = send(
        member,
        text="Der lugter fra lejligheden, og huslejen er ikke betalt.",
        notifier_kind="housing",
        notifier_name="Boligselskabet Havrevangen, 12 34 56 78",
    )
    with acting(world.seats["social.member"].token):
        assert Concern.objects.get(pk=concern_id).channel == ConcernChannel.OUTSIDE
        assert OutsideNotifier.objects.get().thanked_at is None
    assert "Boligselskabet Havrevangen" in member.get(f"/bekymringer/{concern_id}/").content.decode()
    member.post(f"/bekymringer/{concern_id}/takket/")
    with acting(world.seats["social.member"].token):
        assert OutsideNotifier.objects.get().thanked_at


def test_why_without_consent_and_an_unknown_person_are_kept(world: World) -> None:
    concern_id = send(
        sit(world, "police.frontline"),
        text="Ligger i eget snavs. Samtykke er umuligt.",
        known_as="Den høje med hunden",
        why_without_consent="Han kan ikke svare",
    )
    with acting(world.seats["police.screener"].token):
        concern = Concern.objects.select_related("identity").get(pk=concern_id)
        assert concern.why_without_consent == "Han kan ikke svare"
        assert concern.identity is not None
        assert concern.identity.known_as == "Den høje med hunden"


def test_two_officers_may_write_of_the_same_person(world: World, owner_connection: psycopg.Connection) -> None:
    owner_connection.execute(
        "update partnerships_capacity set roles = '{frontline}' where id = %s", [world.seats["police.admin"].post]
    )
    owner_connection.commit()
    first = tell(world, who=Who(name="Aage Prøvesen", cpr="6111801234"))
    other = sit(world, "police.admin")
    concern_id = send(other, text="Nu sover han i kælderen", person="611180-1234")
    page = other.get(f"/bekymringer/{concern_id}/").content.decode()
    assert "Aage Prøvesen" not in page, "what a colleague wrote is not shown to one who types a number"
    with acting(world.seats["police.screener"].token):
        assert set(Concern.objects.values_list("identity_id", flat=True)) == {first.identity_id}


def test_typing_a_number_reads_the_same_whether_a_colleague_knows_the_citizen_or_not(
    world: World, owner_connection: psycopg.Connection
) -> None:
    """A curious colleague learns neither a name, a place nor that there is somebody (L17, L37)."""
    area = uuid4()
    owner_connection.execute("insert into partnerships_area (id, name) values (%s, 'Kanariebyen')", [area])
    owner_connection.execute(
        "update partnerships_capacity set roles = '{frontline}' where id = %s", [world.seats["police.admin"].post]
    )
    owner_connection.commit()
    tell(world, who=Who(name="Aage Prøvesen", cpr="6111801234", area_id=area))
    curious = sit(world, "police.admin")

    def seen(number: str) -> tuple[str, str]:
        concern_id = str(send(curious, text="Sover ude", person=number))
        pages = [curious.get(url).content.decode() for url in (f"/bekymringer/{concern_id}/", "/bekymringer/")]
        who = re.search(r"<dt>Hvem</dt><dd>(.*?)</dd>", pages[0])
        row = re.search(rf"<tr>(?:(?!</tr>).)*{concern_id}.*?</tr>", pages[1], re.DOTALL)
        assert who is not None
        assert row is not None
        assert "Kanariebyen" not in "".join(pages)
        return who[1], re.sub(r"(?s)<th.*?</th>|<time.*?</time>", "", row[0])

    assert seen("611180-1234") == seen("611180-4321")


@pytest.mark.req("R-000-25")
@pytest.mark.req("R-000-26")
def test_the_raiser_hears_and_marks_it_read(world: World) -> None:
    concern = tell(world)
    with acting(world.seats["police.screener"].token) as actor:
        services.answer(actor, Concern.objects.get(), FeedbackKind.ACTED, "Godt set!")
    officer = sit(world, "police.frontline")
    page = officer.get("/bekymringer/").content.decode()
    assert "Vi har reageret på din bekymring" in page
    assert "Godt set!" in page
    assert "1 nyt svar" in page
    officer.post("/bekymringer/laest/")
    assert "nyt svar" not in officer.get("/bekymringer/").content.decode()
    with acting(world.seats["police.frontline"].token) as actor:
        assert Feedback.objects.get(concern=concern).read_at
        assert selectors.unread_answers(actor) == 0


def test_a_concern_can_be_taken_back_until_it_is_screened(world: World) -> None:
    concern = tell(world)
    officer = sit(world, "police.frontline")
    officer.post(f"/bekymringer/{concern.pk}/fortryd/")
    with acting(world.seats["police.screener"].token) as actor:
        assert Concern.objects.get().state == ConcernState.WITHDRAWN
        assert not open_tasks(actor).exists()
        assert not selectors.to_screen(actor).exists()
    with acting(world.seats["police.frontline"].token) as actor, pytest.raises(Overtaken):
        services.withdraw(actor, concern)


def test_more_lines_are_added_while_it_waits_and_not_after(world: World) -> None:
    concern = tell(world, text="Første linje", who=Who())
    officer = sit(world, "police.frontline")
    officer.post(f"/bekymringer/{concern.pk}/", {"text": "Han hedder vist noget med A", "person": "Aage Prøvesen"})
    with acting(world.seats["police.screener"].token):
        now = Concern.objects.select_related("identity").get()
        assert now.text == "Første linje\n\nHan hedder vist noget med A"
        assert now.identity
        assert now.identity.name == "Aage Prøvesen"
        Concern.objects.update(state=ConcernState.NOT_PSP)
    officer.post(f"/bekymringer/{concern.pk}/", {"text": "For sent"})
    with acting(world.seats["police.screener"].token):
        assert "For sent" not in Concern.objects.get().text


@pytest.mark.attack
@pytest.mark.parametrize(
    "seat",
    ["police.admin", "social.frontline", "social.member", "social.screener", "outside.member", "outside.screener"],
)
def test_nobody_else_sees_a_concern_before_it_is_disclosed(world: World, seat: str) -> None:
    concern = tell(world)
    with acting(world.seats[seat].token) as actor:
        assert not Concern.objects.exists()
        assert not selectors.to_screen(actor).exists()
    client = sit(world, seat)
    for path in ("", "tak/"):
        missing = client.get(f"/bekymringer/{uuid4()}/{path}")
        hidden = client.get(f"/bekymringer/{concern.pk}/{path}")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
    assert client.post(f"/bekymringer/{concern.pk}/fortryd/").status_code == 404


@pytest.mark.attack
def test_a_colleague_of_the_frontline_sees_own_concerns_only(world: World) -> None:
    tell(world, "police.member")
    with acting(world.seats["police.frontline"].token):
        assert not Concern.objects.exists()


def test_looks_are_logged(world: World) -> None:
    concern = tell(world)
    sit(world, "police.frontline").get(f"/bekymringer/{concern.pk}/")
    sit(world, "police.screener").get("/visitering/")
    with acting(world.seats["police.dpo"].token), connection.cursor() as cursor:
        cursor.execute("select act, subject_kind, detail::text from audit_logrow order by seq")
        rows = cursor.fetchall()
    assert ("look", "concern") in [row[:2] for row in rows]
    assert any(row[1] == "concerns" and str(concern.pk) in row[2] for row in rows)


def test_a_place_without_casework_cannot_raise(world: World) -> None:
    assert sit(world, "police.dpo").get("/bekymringer/ny/", follow=True).status_code == 403
