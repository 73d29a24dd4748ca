"""What changed for whom: published each quarter, the own unit's, small groups hidden, figures that come again."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samsvar.instruments import instrument as instruments
from samsvar.instruments.instrument import quarterly
from samsvar.outcomes import services as outcome_services
from samsvar.outcomes.analysis.effect import figures
from samsvar.outcomes.files.reading import read
from samsvar.outcomes.indicators import measures
from samsvar.outcomes.models import Report
from samsvar.outcomes.policies import OPEN_DAYS, SHOWN
from samsvar.outcomes.selectors import journals, logs
from samsvar.outcomes.selectors import published as selectors
from samsvar.outcomes.selectors.standing import packed, unpacked
from samsvar.outreach import services
from samsvar.outreach.models import Course
from samsvar.postgres.actor import Actor, acting
from samsvar.postgres.rows import LARGEST_NUMBER
from tests.clients import sit
from tests.outreach.ground import begun, long_ago
from tests.world import World

Acts = Callable[[], AbstractContextManager[Actor]]
SECRET = "Han er bange for naboen"
KEPT = "select what, figures from outcomes_publishedfigures order by what"


@pytest.fixture
def reported(world: World, team: UUID, worker: Acts, owner_connection: psycopg.Connection) -> list[str]:
    """Twelve of the target group and three others, each reported at the start and after four months. Their numbers."""
    numbers = []
    for place in range(15):
        with worker() as actor:
            course = begun(actor, f"Borger {place}")
        numbers.append(course.number)
        long_ago(owner_connection, course, date(2026, 1, 3))
        for wave, month in ((0, 1), (4, 5)):
            answers = {
                **{f"q37_{item}": min(3, (place + item) % 3 + (wave > 0) * (place % 4 != 0)) for item in range(1, 8)},
                "q3": place % 2 + 1,
                "q4": place % 5 + 1,
                "q8": place % 3 + 1,
                "q39": SECRET,
                "q16_date": "2026-01-03",
                "q26_minutes": 60 + 17 * place,
                "q30_minutes": 30 + place * place,
                "q23": 77,
                "q21": [1, 3],
            }
            row = {
                "id": uuid4(),
                "partnership_id": course.partnership_id,
                "authority_id": course.authority_id,
                "unit_id": team,
                "by_id": course.by_id,
                "course_id": course.pk,
                "month": date(2026, month, 1),
                "form": "isbryder 2008.1",
                "wave": wave,
                "target": 1 if place < 12 else 2,
                "answers": json.dumps(answers),
                "sent_at": "2026-06-10",
                "sent_by_id": course.by_id,
                "at": "2026-06-10",
                "filled": 0,
                "asked": 0,
            }
            owner_connection.execute(
                f"insert into outcomes_report ({', '.join(row)}) values ({', '.join(['%s'] * len(row))})",
                list(row.values()),
            )
    owner_connection.commit()
    return numbers


@pytest.mark.req("R-004-101", "R-004-103", "R-004-110")
def test_the_page_shows_both_groups_hides_the_small_one_and_claims_nothing(world: World, reported: list[str]) -> None:
    page = sit(world, "social.member").get("/indberetning/effekt/").content.decode()
    assert "De er ikke Isbryderprojektets resultater" in page
    assert "Isbrydermålgruppen" in page
    assert "Øvrige SKP-brugere" in page
    assert "Vises ikke: for få personer" in page
    assert "Tallene kan ikke bære en konklusion" in page, "twelve persons are few"
    assert "Livskvalitet" in page
    old = sit(world, "social.member").get("/indberetning/effekt/?regler=isbryder-2011").content.decode()
    assert "p op til 0,20" in old
    assert sit(world, "social.member").get("/indberetning/effekt/?regler=x").status_code == 404


@pytest.mark.req("R-004-65")
def test_the_copy_has_numbers_and_codes_and_nothing_that_names(world: World, reported: list[str]) -> None:
    browser = sit(world, "social.member")
    text = browser.get("/indberetning/effekt/tal.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["nummer"] for row in rows} == set(reported)
    assert len(rows) == 30
    assert (rows[0]["q21_1"], rows[0]["q21_2"], rows[0]["q23"]) == ("1", "0", "77")
    assert "Borger" not in text
    assert SECRET not in text
    assert "2026-01-03" not in text
    assert browser.get("/indberetning/effekt/kodebog.csv").content.decode("utf-8-sig").startswith("kolonne;")
    assert b"GET DATA" in browser.get("/indberetning/effekt/kodebog.sps").content


def test_nobody_of_another_unit_or_authority_gets_a_number(world: World, reported: list[str], elsewhere: UUID) -> None:
    for seat in ("social.member", "psychiatry.frontline", "police.member", "social.dpo", "social.admin"):
        if seat not in world.seats:
            continue
        with acting(world.seats[seat].token), connection.cursor() as cursor:
            cursor.execute("select number from outcomes_copy('2999-01-01')")
            assert cursor.fetchall() == [], seat
    assert "Isbrydermålgruppen" not in sit(world, "social.member").get("/indberetning/effekt/").content.decode()
    assert sit(world, "social.frontline").get("/indberetning/effekt/").status_code == 404, "the page is the leader's"


def test_figures_stand_until_the_next_quarter(
    world: World,
    reported: list[str],
    owner_connection: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    day = selectors.published(timezone.localdate())
    assert day.day == 1
    assert day.month in selectors.PUBLISHED
    with acting(world.seats["social.member"].token) as actor:
        assert len(selectors.table_of(actor, day).persons) == 15
        assert selectors.table_of(actor, date(2026, 4, 1)).persons == ()
        first = selectors.effect_of(actor, "samsvar-2026")
        monkeypatch.setattr(selectors, "compute", lambda *_of: pytest.fail("computed once"))
        assert selectors.effect_of(actor, "samsvar-2026") == first
    monkeypatch.undo()
    owner_connection.execute("update outcomes_report set sent_at = now() where month = '2026-05-01'")
    owner_connection.commit()
    with acting(world.seats["social.member"].token) as actor:
        assert selectors.effect_of(actor, "samsvar-2026") == first
    _as_on_the_next_day(owner_connection)
    with acting(world.seats["social.member"].token) as actor:
        assert not selectors.effect_of(actor, "samsvar-2026").effect.changes, "what came in since is shown next time"


def _as_on_the_next_day(owner: psycopg.Connection) -> None:
    owner.execute("delete from outcomes_publishedfigures")
    owner.commit()


def test_a_day_has_one_set_of_figures_whatever_becomes_of_its_courses(
    world: World, reported: list[str], worker: Acts, owner_connection: psycopg.Connection
) -> None:
    """Two looks at one day are no subtraction, in whatever process, after a course was taken up again or deleted."""
    owner_connection.execute("update outreach_course set at = '2026-01-04', ended_on = '2026-06-01', end_reason = 2")
    owner_connection.commit()
    with acting(world.seats["social.member"].token) as actor:
        effect, indicators = selectors.effect_of(actor, "samsvar-2026"), selectors.indicators_of(actor)
    with worker() as actor:
        services.take_up(actor, Course.objects.get(number=reported[0]))
    owner_connection.execute(
        "delete from outcomes_report where course_id = (select id from outreach_course where number = %s)",
        [reported[1]],
    )
    owner_connection.commit()
    with acting(world.seats["social.member"].token) as actor:
        assert selectors.effect_of(actor, "samsvar-2026") == effect
        assert selectors.indicators_of(actor) == indicators
    _as_on_the_next_day(owner_connection)
    with acting(world.seats["social.member"].token) as actor:
        assert selectors.effect_of(actor, "samsvar-2026") != effect
        assert selectors.indicators_of(actor) != indicators


def test_what_is_kept_of_figures_names_nobody(
    world: World, reported: list[str], owner_connection: psycopg.Connection
) -> None:
    with acting(world.seats["social.member"].token) as actor:
        selectors.effect_of(actor, "samsvar-2026")
        selectors.indicators_of(actor)
    kept = owner_connection.execute("select figures::text from outcomes_publishedfigures").fetchall()
    assert len(kept) == 2
    for (text,) in kept:
        assert not [number for number in reported if number in text]
        assert "Borger" not in text.replace("Borgere", "").replace("Borgeren", "")
        assert SECRET not in text


def _publish(cursor: CursorWrapper, day: date | None, what: str, figures: str, unread: str | None = None) -> object:
    cursor.execute("select outcomes_publish(%s, %s, %s::jsonb, %s::jsonb)::text", [day, what, figures, unread])
    return cursor.fetchone()[0]


@pytest.mark.parametrize("more", [None, {"day": None}, {"once": 1}])
def test_figures_that_nobody_can_read_are_made_again_once_and_break_no_page(
    world: World,
    reported: list[str],
    owner_connection: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
    more: dict[str, object] | None,
) -> None:
    """What is no figures at all, what lacks something, and what has a field that the program has no more."""
    with acting(world.seats["social.member"].token) as actor:
        effect, indicators = selectors.effect_of(actor, "samsvar-2026"), selectors.indicators_of(actor)
    published = owner_connection.execute(KEPT).fetchall()
    change = "'[1]'::jsonb" if more is None else "figures || %s::jsonb"
    owner_connection.execute(f"update outcomes_publishedfigures set figures = {change}", more and [json.dumps(more)])
    owner_connection.commit()
    for page in ("", "indikatorer/"):
        assert sit(world, "social.member").get(f"/indberetning/effekt/{page}").status_code == 200
    for name in ("compute", "measure_all"):
        monkeypatch.setattr(selectors, name, lambda *_of: pytest.fail("made again at every look"))
    with acting(world.seats["social.member"].token) as actor:
        assert (selectors.effect_of(actor, "samsvar-2026"), selectors.indicators_of(actor)) == (effect, indicators)
    assert owner_connection.execute(KEPT).fetchall() == published


def test_figures_are_published_for_the_day_that_is_shown_by_whoever_leads_and_stand(
    world: World, team: UUID, owner_connection: psycopg.Connection
) -> None:
    today = timezone.localdate()
    day = selectors.published(today - timedelta(days=7))
    with acting(world.seats["social.member"].token), connection.cursor() as cursor:
        assert _publish(cursor, day, "x", "[1]") == "[1]"
        before = selectors.published(day - timedelta(days=1))
        for other in (None, before, day - timedelta(days=1), day + timedelta(days=1), today, today + timedelta(days=1)):
            if other != day:
                assert _publish(cursor, other, "x", "[2]") is None, other
        assert _publish(cursor, day, "x", "[2]") == "[1]"
        assert _publish(cursor, day, "x", "[2]", "[3]") == "[1]", "who names what does not stand replaces nothing"
        assert _publish(cursor, day, "x", "[2]", "[1]") == "[2]"
        assert _publish(cursor, day, "x", "[4]", "[1]") == "[2]", "of two who replace it, the first's stands"
    with acting(world.seats["social.frontline"].token), connection.cursor() as cursor:
        assert _publish(cursor, day, "x", "[5]", "[2]") is None, "whoever does not lead publishes nothing"
    assert owner_connection.execute("select day, figures from outcomes_publishedfigures").fetchall() == [(day, [2])]


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        ("2026-01-07", "2025-10-01"),
        ("2026-01-08", "2026-01-01"),
        ("2026-07-07", "2026-04-01"),
        ("2026-07-08", "2026-07-01"),
        ("2026-12-31", "2026-10-01"),
    ],
)
def test_the_program_and_the_database_agree_on_the_day_that_is_shown(
    owner_connection: psycopg.Connection, today: str, shown: str
) -> None:
    sought = SHOWN.replace("today()", "%s::date")
    assert owner_connection.execute(f"select {sought}", [today]).fetchone() == (date.fromisoformat(shown),)
    assert selectors.published(date.fromisoformat(today) - timedelta(days=OPEN_DAYS)) == date.fromisoformat(shown)


def test_the_page_says_that_a_deletion_parts_the_file_from_it(world: World, team: UUID) -> None:
    for language, words in (("da", "giver filen andre tal"), ("en", "the file gives other figures")):
        assert words in sit(world, "social.member", language).get("/indberetning/effekt/").content.decode()


def test_the_file_and_the_script_give_every_figure_again(world: World, reported: list[str], tmp_path: Path) -> None:
    browser = sit(world, "social.member")
    data = browser.get("/indberetning/effekt/tal.csv").content
    (tmp_path / "tal.csv").write_bytes(data)
    (tmp_path / "beregning.py").write_bytes(browser.get("/indberetning/effekt/beregning.py").content)
    done = subprocess.run(
        [sys.executable, "beregning.py", "tal.csv"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    printed = {line.split("\t")[0]: [float(one) for one in line.split("\t")[1:]] for line in done.stdout.splitlines()}
    with acting(world.seats["social.member"].token) as actor:
        effect = selectors.effect_of(actor, "samsvar-2026").effect
    shown = dict(figures(effect))
    assert shown
    assert set(printed) == set(shown)
    for name, values in shown.items():
        assert printed[name] == pytest.approx(list(values.values()), abs=1e-5), name
    assert len(read(data).persons) == 15, "the program's own reader takes the file too"


def test_old_answers_come_in_by_number_once_and_only_ones_own(
    world: World, worker: Acts, owner_connection: psycopg.Connection
) -> None:
    with worker() as actor:
        course = begun(actor)
    long_ago(owner_connection, course, date(2026, 1, 3))
    sheet = "nummer;gruppe;maaling;q20_1;q21_1;q21_2;q23\r\n"
    sheet += f"{course.number};1;0;0;1;0;77\r\n{course.number};1;4;3;0;0;2\r\n"
    sheet += "KF-ANDRES;1;0;1;0;0;1\r\n"
    browser = sit(world, "social.member")

    def sends(text: str) -> tuple[int, str]:
        file = SimpleUploadedFile("svar.csv", text.encode(), "text/csv")
        answer = browser.post("/indberetning/fra-fil/", {"file": file})
        return answer.status_code, answer.content.decode()

    status, page = sends(sheet)
    assert status == 200
    assert "2 indberetninger er kommet ind." in page
    assert "KF-ANDRES" in page
    with worker():
        first, second = Report.objects.filter(course=course).order_by("month")
        assert first.answers == {"q20_1": 0, "q21": [1], "q23": 77}
        assert (second.month, second.wave, second.target) == (date(2026, 5, 1), 4, 1)
    assert "2 var der i forvejen." in sends(sheet)[1]
    status, page = sends("nummer;gruppe;maaling;navn\r\nx;1;0;Hans\r\n")
    assert status == 400
    assert "her bruges kun nummeret" in page


@pytest.mark.parametrize("minutes", ["12,5", "-5", "inf", "nan1", "1e308", "9" * 30, "9" * 5000])
def test_minutes_that_no_report_can_hold_are_refused_by_line(
    world: World, worker: Acts, owner_connection: psycopg.Connection, minutes: str
) -> None:
    with worker() as actor:
        course = begun(actor)
    long_ago(owner_connection, course, date(2026, 1, 3))
    text = f"nummer;gruppe;maaling;q26_minutes\r\n{course.number};1;0;{minutes}\r\n"
    file = SimpleUploadedFile("svar.csv", text.encode(), "text/csv")
    answer = sit(world, "social.member").post("/indberetning/fra-fil/", {"file": file})
    assert answer.status_code == 400
    assert "kan ikke stå i q26_minutes" in answer.content.decode()
    with worker():
        assert not Report.objects.exists()


MINUTES_AS_WRITTEN = (
    "update outcomes_report set answers = answers || jsonb_build_object('q26_minutes', %s::jsonb)"
    " where id = (select id from outcomes_report where sent_at is not null limit 1)"
)


@pytest.mark.parametrize("minutes", ["12.5", "-5", str(LARGEST_NUMBER), '"x"', "[1]"])
def test_one_report_that_cannot_be_added_up_stops_no_figure(
    world: World, reported: list[str], owner_connection: psycopg.Connection, minutes: str
) -> None:
    owner_connection.execute(MINUTES_AS_WRITTEN, [minutes])
    owner_connection.commit()
    browser = sit(world, "social.member")
    for page in ("", "indikatorer/", "tal.csv"):
        assert browser.get(f"/indberetning/effekt/{page}").status_code == 200, page


@pytest.mark.parametrize("minutes", ["1e308", "9" * 30])
def test_minutes_that_no_clock_comes_to_stand_in_no_report(
    reported: list[str], owner_connection: psycopg.Connection, minutes: str
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="json_is_plain"):
        owner_connection.execute(MINUTES_AS_WRITTEN, [minutes])
    owner_connection.rollback()


@pytest.mark.req("R-004-113", "R-004-116", "R-004-117", "R-004-118")
def test_indicators_stand_beside_what_they_are_for_and_say_what_is_not_collected(
    world: World, reported: list[str], worker: Acts, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute("update outreach_course set at = '2026-01-04', known = 'unknown'")
    owner_connection.commit()
    browser = sit(world, "social.member")
    page = browser.get("/indberetning/effekt/indikatorer/").content.decode()
    assert page.count('class="indicator"') == 30
    assert "Samles ikke ind her: der er intet register over samarbejdspartnere." in page
    assert "Hvad det betyder, er ikke afgjort endnu." in page
    assert "Udrykningsteam" in page
    assert 'href="#i-26"' in page
    assert "Livskvalitet, første" in page
    assert "n = 12" in page
    assert "n = 3" not in page, "the three others are not told of, nor the fifteen that they are with the twelve"
    assert "n = 15" not in page
    # A line of which nothing may be told is no line.
    assert not [row for row in page.split("<tr") if row.count("<td") and row.count(">–<") == row.count("<td")]
    assert "Borger" not in page.split("<main")[1].replace("Borgere", "").replace("Borgeren", ""), "no pseudonym"
    by_sex = browser.get("/indberetning/effekt/indikatorer/?delt=koen&teori=odense").content.decode()
    assert "Kommunikationsstrategi" in by_sex
    assert "Kvinde" in by_sex
    for wrong in ("?delt=navn", "?teori=aarhus"):
        assert browser.get(f"/indberetning/effekt/indikatorer/{wrong}").status_code == 404
    assert sit(world, "social.frontline").get("/indberetning/effekt/indikatorer/").status_code == 404


def test_partners_are_counted_by_quarter_from_the_journals(
    world: World, reported: list[str], worker: Acts, owner_connection: psycopg.Connection
) -> None:
    """I-18: whether and how long, by kind of partner; not the words, and not the cases that they were about."""
    with worker() as actor:
        form, year = quarterly()[0].stamp, timezone.localdate().year
        for quarter, partner, more in (
            (4, 2, {"q2": 1, "q4": 4, "q7": 0}),
            (4, 2, {"q2": 1, "q4": 3, "q7": 1, "q9": 2, "q10": SECRET}),
            (1, 2, {"q2": 1, "q7": 0}),
            (1, 3, {"q2": 0, "q7": 0}),
        ):
            row = outcome_services.start_journal(actor, form, date(year, quarter, 1))
            said = {"q1": partner, "q3": "3.", "q5": "x", "q6": "x", "q12": 1, "q13": "KF-ALDRIG", "q14": 40, **more}
            outcome_services.keep_journal(actor, row, said, 1)
    owner_connection.execute("update outcomes_journal set at = '2026-06-01'")
    owner_connection.commit()
    page = sit(world, "social.member").get("/indberetning/effekt/indikatorer/").content.decode()
    told = page.partition('id="i-18"')[2].partition('id="i-19"')[0]
    assert "Psykiatrien: kvartaler med møder" in told
    with acting(world.seats["social.member"].token) as actor:
        found = selectors.indicators_of(actor).counted["I-18"]
    assert [one.of().value for one in found] == [2, 1, 9, 0, 0, 0], "two journals of one quarter are one quarter"
    assert SECRET not in page
    assert "KF-ALDRIG" not in page


def test_a_form_with_questions_of_its_own_counts_what_it_says_and_else_nothing(
    world: World,
    reported: list[str],
    worker: Acts,
    owner_connection: psycopg.Connection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = (instruments.DATA / "kvartal-2008.toml").read_text(encoding="utf-8")
    counts = next(line for line in own.splitlines() if line.startswith("counts"))
    for name, line in (("taeller", counts.replace('"q2"', '"q12"').replace('"q4"', '"q14"')), ("tavs", "")):
        text = own.replace('"kvartalsjournal"', f'"{name}"').replace(counts, line)
        (tmp_path / f"kvartal-{name}.toml").write_text(text, encoding="utf-8")
    forms = tuple(instruments.read(path.read_text(encoding="utf-8")) for path in sorted(tmp_path.iterdir()))
    for module in (outcome_services.journals, journals, logs, measures):
        monkeypatch.setattr(module, "quarterly", lambda: forms)
    with worker() as actor:
        for form in forms:
            row = outcome_services.start_journal(actor, form.stamp, date(2026, 4, 1))
            said = {"q1": 2, "q2": 1, "q3": "3.", "q4": 40, "q12": 1, "q13": "KF-ALDRIG", "q14": 3}
            outcome_services.keep_journal(actor, row, said, 1)
    owner_connection.execute("update outcomes_journal set at = '2026-06-01'")
    owner_connection.commit()
    with acting(world.seats["social.member"].token) as actor:
        found = selectors.indicators_of(actor).counted["I-18"]
    assert [one.of().value for one in found] == [1, 0, 3]


def test_indicators_ask_the_database_as_often_for_many_as_for_few(
    world: World, reported: list[str], owner_connection: psycopg.Connection
) -> None:
    with acting(world.seats["social.member"].token) as actor, CaptureQueriesContext(connection) as few:
        selectors.indicators_of(actor)
    owner_connection.execute("update outreach_course set at = '2026-01-04'")
    _as_on_the_next_day(owner_connection)
    with acting(world.seats["social.member"].token) as actor, CaptureQueriesContext(connection) as many:
        selectors.indicators_of(actor)
        again = len(many)
        selectors.indicators_of(actor)
    assert len(few) == again
    assert len(many) - again == 1, "what was computed is not asked for again"


@pytest.mark.parametrize("figure", [1e300, -2e15, 0.25, 1e15, float("inf")])
def test_a_figure_beyond_what_the_database_keeps_as_a_number_is_kept_as_a_word(figure: float) -> None:
    """The end of an interval that nothing bounds is published like any other."""
    kept = packed(figure)
    assert isinstance(kept, str) or abs(kept) <= 1e15
    assert unpacked(float, json.loads(json.dumps(kept))) == figure
