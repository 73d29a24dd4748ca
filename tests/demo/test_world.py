"""The demonstration: four places as the report describes them, lived in, and nobody in them exists.

In one file, since the telling of it takes long and each process of the tests tells it anew.
"""

import random

import psycopg
import pytest

from samsvar.demo import play
from samsvar.demo.directory import KEEPERS
from samsvar.demo.names import WOMEN, invented_names, invented_number
from samsvar.demo.places import PLACES
from samsvar.directory.models import DirectoryEntry
from samsvar.directory.selectors.entries import find
from samsvar.outcomes.analysis.effect import figures
from samsvar.outcomes.selectors.published import effect_of, indicators_of
from samsvar.referrals import services
from samsvar.referrals.services import Whom
from tests.conftest import Database
from tests.demo.conftest import at_work, working_on

VORDINGBORG = "Samarbejdet i Vordingborg"
PLACE_NAMES = [place.name for place in PLACES]


def rows(owner: psycopg.Connection, sql: str, *values: object) -> list[tuple]:
    """What a query finds."""
    return owner.execute(sql, values).fetchall()


def count(owner: psycopg.Connection, sql: str, *values: object) -> int:
    """The one number that a query finds."""
    return rows(owner, sql, *values)[0][0]


def test_a_number_is_never_that_of_a_living_person() -> None:
    dice = random.Random(1)
    for _time in range(2000):
        number = invented_number(dice, dice.randint(1930, 2010), dice.choice(("female", "male")))
        assert len(number) == 10
        assert 61 <= int(number[:2]) <= 91


def test_names_are_put_together_from_words_of_the_landscape() -> None:
    names = invented_names("any", WOMEN)
    assert len(names) == len(set(names))
    assert names == invented_names("any", WOMEN)
    assert all(name.split()[0] in WOMEN for name in names)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.key)
def test_every_post_in_a_places_data_is_there_once(place) -> None:  # type: ignore[no-untyped-def]
    keys = [someone.key for body in place.bodies for someone in body.people]
    assert len(keys) == len(set(keys))
    seats = {chair.who for table in place.tables for chair in table.seats}
    functions = {held.who for table in place.tables for held in table.functions}
    assert seats | functions <= set(keys)
    for body in place.bodies:
        assert body.areas
        assert all(someone.unit in ("", *body.units) for someone in body.people)


def test_telling_it_again_changes_nothing(
    told: Database, owner: psycopg.Connection, django_db_blocker: pytest.FixtureRequest
) -> None:
    tables = (
        "cases_case",
        "cases_caseevent",
        "cases_concern",
        "audit_logrow",
        "partnerships_capacity",
        "accounts_user",
    )
    before = [count(owner, f"select count(*) from {table}") for table in tables]
    owner.rollback()
    with django_db_blocker.unblock(), working_on(told):  # type: ignore[attr-defined]
        play(told.owner)
    assert before == [count(owner, f"select count(*) from {table}") for table in tables]
    assert min(before) > 0


@pytest.mark.req("R-000-1", "R-000-3", "R-000-4", "R-001-1")
def test_the_places_have_the_reports_levels_and_groups(owner: psycopg.Connection) -> None:
    found = rows(
        owner,
        "select p.name, g.level, count(*) from partnerships_group g join partnerships_partnership p on p.id = "
        "g.partnership_id"
        " group by 1, 2",
    )
    assert {(place, level): number for place, level, number in found} == {
        ("PSP Frederiksberg", "strategic"): 1,
        ("PSP Frederiksberg", "operative"): 1,
        ("PSP Fyn", "strategic"): 1,
        ("PSP Fyn", "operative"): 3,
        ("PSP København", "strategic"): 1,
        ("PSP København", "operative"): 4,
        ("PSP Syd- og Sønderjylland", "strategic"): 1,
        ("PSP Syd- og Sønderjylland", "steering"): 2,
        ("PSP Syd- og Sønderjylland", "operative"): 4,
        ("Samarbejdsenheden Odsherred", "operative"): 1,
        ("Samarbejdet i Vordingborg", "operative"): 1,
    }


@pytest.mark.req("R-000-8")
def test_the_chair_of_odense_moved_to_the_police_with_its_history(owner: psycopg.Connection) -> None:
    chairs = rows(
        owner,
        "select a.name, f.since, f.until from partnerships_groupfunction f join partnerships_group g on g.id = "
        "f.group_id"
        " join partnerships_capacity c on c.id = f.capacity_id join partnerships_authority a on a.id = c.authority_id"
        " where g.name = 'Operativgruppen Odense' and f.function = 'chair' order by f.since",
    )
    assert [name for name, _since, _until in chairs] == ["Odense Kommune", "Fyns Politi"]
    assert chairs[0][2] is not None
    assert chairs[1][2] is None


@pytest.mark.req("R-000-61", "R-000-62", "R-000-63")
def test_odense_meets_by_a_series_with_a_theme_day_and_its_steering_group_by_a_kind(
    owner: psycopg.Connection,
) -> None:
    (series,) = rows(
        owner,
        "select s.id, s.rule->>'kind', s.ahead from meetings_meetingseries s join partnerships_group g on g.id ="
        " s.group_id where g.name = 'Operativgruppen Odense' and s.ended_at is null",
    )
    assert series[1] == "weekly"
    coming = "select count(*) from meetings_meeting where series_id = %s and state = 'planned' and starts_at > now()"
    assert count(owner, coming, series[0]) == series[2]
    theme = "select count(*) from meetings_meeting where series_id = %s and theme_day"
    assert count(owner, theme, series[0]) >= 1
    own = "select m.state, k.template, m.notes from meetings_meeting m join meetings_meetingkind k on k.id = m.kind_id"
    found = {(state, template): notes for state, template, notes in rows(owner, own)}
    assert set(found) == {("planned", "theme"), ("held", "steering"), ("planned", "steering")}
    assert found["planned", "theme"]["theme"]
    assert found["held", "steering"]["decisions"]
    sent = "select count(*) from tasks_task where kind = 'read_minutes' and done_at is null"
    assert count(owner, sent) >= 3


@pytest.mark.req("R-003-28")
def test_odsherred_meets_on_mondays_from_one_to_three(owner: psycopg.Connection) -> None:
    found = rows(
        owner,
        "select extract(isodow from m.starts_at at time zone 'Europe/Copenhagen')::int,"
        " to_char(m.starts_at at time zone 'Europe/Copenhagen', 'HH24:MI'), m.minutes from meetings_meeting m"
        " join meetings_meetingseries s on s.id = m.series_id join partnerships_partnership p on p.id ="
        " m.partnership_id where p.name = 'Samarbejdsenheden Odsherred' and m.state = 'planned'",
    )
    assert len(found) == 4
    assert set(found) == {(1, "13:00", 120)}


@pytest.mark.parametrize("name", PLACE_NAMES)
@pytest.mark.parametrize(
    ("what", "least", "sql"),
    [
        ("open cases", 12, "select count(*) from cases_case where closed_at is null and partnership_id = %s"),
        ("closed cases", 1, "select count(*) from cases_case where closed_at is not null and partnership_id = %s"),
        ("concerns to screen", 4, "select count(*) from cases_concern where state = 'raised' and partnership_id = %s"),
        (
            "something acute now",
            1,
            "select count(*) from tasks_task where kind = 'acute' and done_at is null and partnership_id = %s",
        ),
        (
            "a meeting in some days",
            1,
            "select count(*) from meetings_meeting where state = 'planned' and starts_at between now() and "
            "now() + interval"
            " '32 days' and partnership_id = %s",
        ),
        ("held meetings", 2, "select count(*) from meetings_meeting where state = 'held' and partnership_id = %s"),
        (
            "a case that ends in a pile",
            1,
            "select count(*) from cases_case k join partnerships_partnership p on p.id = k.partnership_id where"
            " k.closed_at is"
            " null and k.last_activity_at < now() - make_interval(days => p.stale_days) and p.id = %s",
        ),
        (
            "a proposal that waits",
            1,
            "select count(*) from cases_action where state = 'proposed' and partnership_id = %s",
        ),
        ("answers unread", 3, "select count(*) from cases_feedback where read_at is null and partnership_id = %s"),
        (
            "a question without an answer",
            1,
            "select count(*) from cases_consult where answer = '' and partnership_id = %s",
        ),
        (
            "a case with a mandate to fetch",
            1,
            "select count(*) from cases_case where standing = 'awaiting_mandate' and partnership_id = %s",
        ),
        (
            "an answer that keeps it",
            1,
            "select count(*) from sharing_contribution where answer = 'declines' and partnership_id = %s",
        ),
        ("a ban", 1, "select count(*) from cases_meetingban where partnership_id = %s"),
        ("advice before a visit", 1, "select count(*) from cases_dangeradvice where partnership_id = %s"),
        (
            "a citizen who did not come",
            1,
            "select count(*) from cases_action where no_shows > 0 and partnership_id = %s",
        ),
        ("an outsider", 1, "select count(*) from cases_outsidenotifier where partnership_id = %s"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) and not value.startswith("select") else "",
)
def test_every_place_shows_something_of_everything(
    owner: psycopg.Connection, name: str, what: str, least: int, sql: str
) -> None:
    place = rows(owner, "select id from partnerships_partnership where name = %s", name)[0][0]
    assert count(owner, sql, place) >= least, what


def test_network_cases_are_counted_where_the_place_counts_them(owner: psycopg.Connection) -> None:
    counted = rows(
        owner,
        "select p.name, count(n.id) from partnerships_partnership p left join cases_networkcase n on "
        "n.partnership_id = p.id"
        " group by 1",
    )
    numbers = dict(counted)
    assert numbers.pop("PSP Frederiksberg") == 0
    # A Samarbejdsenhed that is no PSP meeting has none, nor have units that only find each other.
    assert numbers.pop("Samarbejdsenheden Odsherred") == 0
    assert numbers.pop("Samarbejdet i Vordingborg") == 0
    assert all(number >= 1 for number in numbers.values())


def test_a_citizen_who_came_back_is_counted(owner: psycopg.Connection) -> None:
    assert count(owner, "select count(*) from cases_recurrence where number = 2") >= 1


@pytest.mark.req("R-000-77", "R-000-78")
def test_every_case_has_had_exactly_one_holder_at_every_moment(owner: psycopg.Connection) -> None:
    open_ends = rows(
        owner,
        "select k.reference from cases_case k join cases_responsibility r on r.case_id = k.id group by k.id having"
        " count(*) filter (where upper_inf(r.period)) <> case when k.closed_at is null then 1 else 0 end",
    )
    gaps = rows(
        owner,
        "select case_id from (select case_id, lower(period) as begins, lag(upper(period)) over (partition by "
        "case_id order by"
        " period) as ended from cases_responsibility) r where ended is not null and ended <> begins",
    )
    assert open_ends == []
    assert gaps == []
    assert count(owner, "select count(*) from cases_responsibility") > count(owner, "select count(*) from cases_case")


def test_the_parties_on_a_case_are_those_of_the_facts(owner: psycopg.Connection) -> None:
    """`party_ids` is denormalised for the policies' first cut: never more than the facts (row-policies.md)."""
    wrong = rows(
        owner,
        "select k.reference from cases_case k where not (k.party_ids <@ coalesce((select array_agg(p.authority_id) from"
        " cases_caseparty p where p.case_id = k.id and (p.read_until is null or p.read_until > now())), '{}'))",
    )
    assert wrong == []


def test_nothing_has_happened_yet_that_has_not_happened(owner: psycopg.Connection) -> None:
    for table, column in (
        ("cases_caseevent", "at"),
        ("cases_concern", "raised_at"),
        ("cases_feedback", "at"),
        ("cases_caseparty", "since"),
        ("sharing_disclosure", "at"),
        ("tasks_task", "created_at"),
    ):
        assert count(owner, f"select count(*) from {table} where {column} > now()") == 0, table
        assert count(owner, f"select count(*) from {table} where {column} < now() - interval '30 days'") > 0, table


@pytest.mark.req("R-000-151")
def test_what_was_told_is_in_the_log_and_the_chains_hold(owner: psycopg.Connection) -> None:
    authorities = rows(owner, "select distinct authority_id from audit_logrow")
    assert len(authorities) > 20
    for (authority,) in authorities:
        assert rows(owner, "select audit_verify(%s)", authority) == [(None,)]


@pytest.mark.req("R-000-97")
def test_nothing_reached_another_authority_without_a_disclosure(owner: psycopg.Connection) -> None:
    without = rows(
        owner,
        "select p.id from cases_caseparty p join cases_case k on k.id = p.case_id where p.authority_id <> "
        "k.raised_by_authority_id"
        " and not exists (select 1 from sharing_receipt r join sharing_disclosure d on d.id = r.disclosure_id where"
        " d.subject_kind = 'case' and d.subject_id = k.id and r.authority_id = p.authority_id and d.necessity <> '')",
    )
    assert without == []


def test_the_clock_of_the_demonstration_cannot_be_set_when_it_has_been_told(owner: psycopg.Connection) -> None:
    owner.execute("select set_config('samsvar.clock', '2001-01-01T00:00:00+00:00', true)")
    assert count(owner, "select extract(year from moment())::int") > 2020
    owner.execute("update samsvar_installation set world = 'telling'")
    assert count(owner, "select extract(year from moment())::int") == 2001
    owner.execute("update samsvar_installation set kind = 'real'")
    assert count(owner, "select extract(year from moment())::int") > 2020


def test_a_team_that_seeks_has_somebody_on_its_board(owner: psycopg.Connection) -> None:
    assert count(owner, "select count(*) from outreach_course where ended_on is null") == 5
    assert count(owner, "select count(*) from outreach_inquiry where followed_on is null") == 1
    assert count(owner, "select count(*) from outreach_protection where ended_on is null") == 2
    assert count(owner, "select count(*) from outreach_attempt where rung > 1") > 5


def test_what_the_team_owes_is_on_its_desks_on_the_first_day(owner: psycopg.Connection) -> None:
    """Nobody waits for tomorrow's job: the workers see their reports, the leader that some are late."""
    laid = dict(rows(owner, "select kind, count(*) from tasks_task where done_at is null group by 1"))
    assert laid["report"] >= 2
    assert laid["late_reports"] >= 1


def test_the_teams_reports_say_what_its_log_says(owner: psycopg.Connection) -> None:
    told = rows(
        owner,
        """select r.answers->'q28', coalesce(l.rung, 1), r.answers->'q27', coalesce(l.methods, '[]'),
               (r.answers->>'q26_futile')::int, coalesce(l.futile, 0)
           from outcomes_report r left join lateral (
               select max(coalesce(a.rung, 1)) as rung, jsonb_agg(distinct a.method order by a.method) as methods,
                   count(*) filter (where coalesce(a.rung, 1) = 1 and a.method not in (2, 3)) as futile
               from outreach_attempt a where a.course_id = r.course_id
                   and date_trunc('month', a."on" at time zone 'Europe/Copenhagen')::date = r.month
           ) l on true where r.sent_at is not null""",
    )
    assert len(told) >= 10
    assert [(rung, methods, futile) for rung, _r, methods, _m, futile, _f in told] == [
        (rung, methods, futile) for _a, rung, _b, methods, _c, futile in told
    ]
    wrong = "select count(*) from outcomes_report r join outreach_course c on c.id = r.course_id where %s"
    assert count(owner, wrong % "r.sent_at < r.month + interval '1 month' and c.ended_on is null") == 0
    # The newest report of a course that runs says the phase that the board shows it in.
    newest = """select count(*) from (select distinct on (r.course_id) r.answers, c.phase from outcomes_report r
        join outreach_course c on c.id = r.course_id and c.ended_on is null where r.sent_at is not null
        order by r.course_id, r.month desc) n where (n.answers->>'q29')::int <> n.phase"""
    assert count(owner, newest) == 0


def test_lists_of_units_are_told_at_the_hour_of_the_story(owner: psycopg.Connection) -> None:
    told = rows(
        owner,
        "select assessed_on < today() - 70, ended_on < today() - 7"
        " from referrals_pathway where assessed_on is not null or ended_on is not null",
    )
    assert sorted(told, key=str) == [(None, True), (True, None)]
    settled = rows(
        owner, "select e.value ->> 'on' < today()::text from referrals_transition t, jsonb_each(t.checked) e"
    )
    assert len(settled) == 3
    assert all(past for (past,) in settled)


def test_the_eleven_units_have_staff_hours_and_numbers_that_cannot_be_called(owner: psycopg.Connection) -> None:
    found = owner.execute(
        "select e.kind, e.hours, coalesce(nullif(e.phone, ''), u.phone), e.staff, e.outside, e.confirmed_on is not null"
        " from directory_directoryentry e join partnerships_partnership p on p.id = e.partnership_id"
        " left join partnerships_unit u on u.id = e.unit_id where p.name = %s",
        [VORDINGBORG],
    ).fetchall()
    assert {row[0] for row in found} == set(KEEPERS)
    for kind, hours, phone, staff, outside, confirmed in found:
        assert hours, kind
        assert phone.startswith("00 "), "no Danish number begins with 0"
        assert staff[0]["name"], kind
        assert staff[0]["function"], kind
        assert not outside, "whoever is outside cannot be written to"
        assert confirmed, kind


@pytest.mark.req("R-002-1", "R-002-2", "R-002-52")
def test_the_job_consultant_finds_the_door_and_starts_the_referral(
    told: Database, owner: psycopg.Connection, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock(), at_work(told, owner, "Jobkonsulent", "Vordingborg") as actor:  # type: ignore[attr-defined]
        door = find(actor, "hvem bevilger bostøtte efter § 85 til en borger")[0].entry
        assert door.kind == "adult_authority"
        assert door.open_when == "Visitator: kun tirsdag 9-12"
        mine = DirectoryEntry.objects.select_related("authority").get(kind="jobcentre", partnership__name=VORDINGBORG)
        row = services.start(actor, mine, door, "support_85", Whom("Mads Prøvesen Stensby", "6408831237"))
        assert row.sent_at is None


@pytest.mark.req("R-002-51")
def test_in_odsherred_whoever_does_not_open_the_door_leads_to_the_outreach_team(
    told: Database, owner: psycopg.Connection, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock(), at_work(told, owner, "Jobkonsulent", "Odsherred") as actor:  # type: ignore[attr-defined]
        door = find(actor, "en borger lukker ikke op")[0].entry
        assert (door.kind, door.unit.name) == ("outreach_99", "SKP-teamet")
        mine = DirectoryEntry.objects.select_related("authority").get(kind="jobcentre")
        row = services.start(actor, mine, door, "outreach", Whom("Mads Prøvesen Rørvig", "6408831237"))
        assert row.to_unit_id == door.unit_id


def test_the_leader_sees_what_changed_and_for_whom(
    told: Database, owner: psycopg.Connection, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock(), at_work(told, owner, "Teamleder", "Odsherred") as actor:  # type: ignore[attr-defined]
        shown = effect_of(actor, "samsvar-2026")
        indicated = indicators_of(actor)
    told_changes = dict(figures(shown.effect))
    for scale in ("aabner_doeren", "tillid"):
        changes = [one["difference"] for name, one in told_changes.items() if name.startswith(f"change.{scale}.")]
        assert changes, "what changed is hidden, since too few have two reports"
        assert min(changes) > 0
    told_of = {key for key, parts in indicated.counted.items() for one in parts if one.of().value is not None}
    assert {"I-21", "I-22", "I-23"} <= told_of
