"""Who sees which row: the wall as a table, asked with the application's own role."""

import contextlib
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from samsvar.postgres import provision
from samsvar.postgres.rows import declared
from tests.conftest import FilledDatabase

# Rows of structure and staff hold no citizen; login and sessions are proven elsewhere.
NO_PERSON = ("partnerships_", "accounts_", "directory_lawchange")

MEMBERS = {"police.member", "police.coordinator", "social.member"}
AT_HOME = {"police.member", "police.coordinator"}
TABLE = {*MEMBERS, "police.assigned"}
# Whoever has a seat or a function in the partnership, on any level.
SEATED = {*MEMBERS, "psychiatry.member", "police.othergroup", "police.steering"}
PARTIES_AND_LEFT = {*MEMBERS, "psychiatry.member"}
SCREENS_POLICE = {*AT_HOME, "police.screener", "police.othergroup"}
SCREENS_SOCIAL = {"social.member", "social.screener", "social.mover"}
SCREENS_PSYCHIATRY = {"psychiatry.member", "psychiatry.screener"}

# All who act in an authority that takes part, whatever they do there.
COOPERATE = {
    *(f"{kind}.{role}" for kind in ("police", "social", "psychiatry") for role in ("member", "screener", "frontline")),
    *(f"{kind}.{role}" for kind in ("police", "social", "psychiatry") for role in ("admin", "dpo")),
    *(f"police.{role}" for role in ("steering", "coordinator", "othergroup", "colleague", "assigned", "jurist")),
    *("social.mover", "psychiatry.mover"),
}

# Inside a citizen's network: the leaders of the authority that holds it, and the tovholder. Let in: one ward.
INSIDE = {"social.member", "social.screener", "social.mover"}
LET_IN = {*INSIDE, "psychiatry.mover"}

# Whoever has a post in the unit whose outreach it is.
TEAM = {"social.member"}
IN_THE_PAIR = {*SCREENS_POLICE, "psychiatry.mover"}

LETS_GO = {"police.member", "police.screener", "police.coordinator", "police.othergroup"}
OF_THE_POLICE = {
    *(f"police.{name}" for name in ("member", "screener", "frontline", "admin", "dpo", "steering", "coordinator")),
    *(f"police.{name}" for name in ("othergroup", "colleague", "assigned", "jurist")),
}
OF_THE_OTHERS = {
    f"{authority}.{name}"
    for authority in ("social", "psychiatry")
    for name in ("member", "screener", "frontline", "admin", "dpo", "mover")
}

# The audience of every row of tests.filled, by table: the ones named here see it, and nobody else does.
AUDIENCE: dict[str, dict[str, set[str]]] = {
    "cases_case": {
        "case.open": TABLE,
        "case.other_group": {"police.member", "police.othergroup"},
        "case.closed": MEMBERS,
        "case.run_off": set(),
        "case.left": PARTIES_AND_LEFT,
        "case.long_left": MEMBERS,
        **dict.fromkeys(("case.unnamed", "case.placed", "case.waiting"), MEMBERS),
        "case.moved": {"social.mover", "social.member", "psychiatry.member"},
        "case.outside": {"outside.member"},
        "case.unborn": AT_HOME,
    },
    "cases_assignment": {"assignment": TABLE},
    "cases_caseevent": {"event": TABLE},
    "cases_action": dict.fromkeys(("action.own", "action.proposed", "action.taken"), TABLE),
    "cases_followup": {"followup": TABLE},
    "cases_involvement": {"involvement": TABLE},
    "cases_systemgap": dict.fromkeys(("gap", "gap.up"), SEATED),
    "cases_gapstep": {"gap.step": SEATED},
    "cases_gaplink": {"gap.link": TABLE},
    "steering_terms": {"terms": SEATED},
    "steering_evaluationanswer": {"evaluation": SEATED},
    "steering_steeringdecision": {"decision": SEATED},
    "steering_decisionreceipt": {"decision.receipt": SEATED},
    "cases_meetingban": {"ban": TABLE},
    "cases_dangeradvice": {"danger": TABLE, "danger.home": {*AT_HOME, "police.assigned"}},
    "cases_recurrence": {
        "recurrence": TABLE,
        # The earlier case is one that none of them was in: only the group's coordinator knows of it.
        "recurrence.hidden": {"police.coordinator"},
    },
    "cases_concern": {
        "concern.case": {*TABLE, "police.screener", "police.frontline", "social.screener", "social.mover"},
        "concern.fresh": {*SCREENS_POLICE, "police.frontline"},
        "concern.sent": {*SCREENS_POLICE, "police.frontline", *SCREENS_PSYCHIATRY},
        "concern.inherited": {*SCREENS_POLICE, "predecessor.frontline"},
        "concern.over": {*AT_HOME, "police.screener", "police.frontline"},
    },
    "cases_outsidenotifier": {"notifier": {*SCREENS_POLICE, "police.frontline"}},
    "cases_screening": {"screening": {*AT_HOME, "police.screener"}},
    "cases_feedback": {"feedback": {"police.frontline", *SCREENS_SOCIAL}},
    "cases_consult": {"consult": {*PARTIES_AND_LEFT, "police.frontline"}},
    "cases_networkcase": {"network": MEMBERS},
    "cases_acutecontact": {"acute": {*TABLE, "police.screener", "social.screener", "social.mover"}},
    "citizens_identity": {
        "identity.open": {*TABLE, "police.screener", "police.frontline", "social.screener", "social.mover"},
        "identity.other_group": {"police.member", "police.othergroup", "police.screener"},
        "identity.closed": {*AT_HOME, "police.screener"},
        # Who wrote it down and who screens keep the own authority's row; the receivers' reading has ended.
        "identity.run_off": {"police.member", "police.screener"},
        "identity.ref": {"police.member", "police.screener"},
        "identity.left": {*PARTIES_AND_LEFT, "police.screener"},
        "identity.long_left": {*MEMBERS, "police.screener"},
        **{f"identity.{name}": {*AT_HOME, "police.screener"} for name in ("unnamed", "placed", "waiting")},
        "identity.moved": {"social.mover", "social.member", "social.screener"},
        "identity.outside": {"outside.member", "outside.screener"},
        "identity.fresh": {*SCREENS_POLICE, "police.frontline"},
        # Who is let in reads the network's own name, and not what the authority knows besides.
        "identity.care": SCREENS_SOCIAL,
    },
    "citizens_merge": {"merge": SCREENS_POLICE},
    "sharing_contribution": {
        "contribution.told": TABLE,
        "contribution.own": {*AT_HOME, "police.assigned"},
        "contribution.social": {"social.member"},
        # Whoever may release sees what waits for it, and no more of the case.
        "contribution.draft": {"psychiatry.member", "psychiatry.screener"},
    },
    # A pair row: a third party to the case sees nothing of it.
    "sharing_informationrequest": {"request": TABLE, "request.left": MEMBERS},
    "sharing_consent": {"consent": {*AT_HOME, "police.assigned"}, "consent.matter": AT_HOME}
    | dict.fromkeys(("consent.care", "consent.care.back", "consent.care.lapsed"), INSIDE)
    | {
        "consent.young": {"social.member", "psychiatry.mover"},
        "consent.ref": IN_THE_PAIR,
        "consent.ref.draft": SCREENS_POLICE,
    },
    # The five answers stay at home: not even those who were told read them.
    "sharing_weighed": {"weighed": {*AT_HOME, "police.assigned"}},
    # A contact under § 99 is its unit's, and of those to whom the citizen has lifted it.
    "sharing_unitcontact": {
        "contact.unit": {"social.member"},
        "contact.elsewhere": set(),
        "contact.own": {*AT_HOME, "police.assigned"},
        "contact.told": {"social.member"},
    },
    "sharing_helpdecision": {"help": {*AT_HOME, "police.assigned"}},
    "sharing_citizensno": {"no": TABLE},
    # Leaders of the own authority review them, whichever table they sit at.
    "sharing_override": {
        "override": {*SCREENS_POLICE, "police.assigned"},
        "override.reviewed": {*SCREENS_POLICE, "police.assigned"},
    },
    "sharing_release": {"release": {"psychiatry.member", "psychiatry.screener"}},
    # Read by those who sit at the table; at home by leaders who may release.
    "sharing_treatmentsentence": {"conditions.told": MEMBERS, "conditions.social": {"social.member"}},
    "sharing_ownnote": {"note.authority": {*AT_HOME, "police.assigned"}, "note.person": {"police.member"}},
    # What one authority wrote to the citizen and to others is seen by those of its own who work on the case.
    "letters_notice": {"notice": {*AT_HOME, "police.assigned"}},
    "letters_citizenword": {"word": {*AT_HOME, "police.assigned"}},
    "letters_outsideletter": {"letter": {*AT_HOME, "police.assigned"}},
    "letters_journalmark": {"mark": {*AT_HOME, "police.assigned"}},
    "tasks_task": {
        "task.screener": {"police.screener"},
        "task.person": {"police.frontline"},
        "task.received": {"psychiatry.member"},
        "task.outside": AT_HOME,
    },
    "directory_directoryentry": dict.fromkeys(("entry", "entry.sender", "entry.team", "entry.ward"), COOPERATE),
    "directory_lawquestion": {
        name: {"police.frontline", "police.jurist"} for name in ("question.law", "question.law.general")
    },
    "directory_lawanswer": {"answer.law": {"police.frontline", "police.jurist"}, "answer.law.general": COOPERATE},
    "meetings_meetingkind": {"kind": COOPERATE},
    "meetings_meetingseries": {"series": PARTIES_AND_LEFT},
    "meetings_meeting": {
        "meeting": PARTIES_AND_LEFT,
        "meeting.approved": PARTIES_AND_LEFT,
        "meeting.steering": {"police.steering"},
    },
    "meetings_invitation": {"invitation": PARTIES_AND_LEFT},
    "meetings_minutesread": {"minutes_read": PARTIES_AND_LEFT},
    # Whoever is assigned to a case without a seat in the group does not read the group's minutes.
    "meetings_amendment": {"amendment": PARTIES_AND_LEFT, "amendment.case": MEMBERS},
    "meetings_attendance": {"attendance": PARTIES_AND_LEFT},
    "meetings_agendaitem": {"item": TABLE, "item.approved": TABLE},
    "meetings_guest": {"guest": TABLE},
    "meetings_calendarfeed": {"feed": {"police.frontline"}},
    "meetings_draft": {"draft": {"police.member"}},
    # The group sees that there is a matter; those who work with it, what is said; the own authority, who it is.
    "conferences_conference": {"conference": PARTIES_AND_LEFT},
    "conferences_participant": {"participant": PARTIES_AND_LEFT},
    "conferences_conferencecase": {"matter": PARTIES_AND_LEFT},
    "conferences_conferenceitem": dict.fromkeys(("conference.item", "conference.item.approved"), PARTIES_AND_LEFT),
    "conferences_matterparty": dict.fromkeys(("matter.police", "matter.social"), MEMBERS),
    "conferences_itemwords": dict.fromkeys(("conference.words", "conference.words.approved"), MEMBERS),
    "conferences_conferencestep": dict.fromkeys(("step.open", "step.judged"), MEMBERS),
    "conferences_matterperson": {"who": AT_HOME, "who.told": MEMBERS, "who.back": AT_HOME},
    # A network is seen by those inside and by whom a standing yes names, for what it names.
    "coordination_carenetwork": {"care": LET_IN},
    "coordination_coordinatorrequest": {"care.request": INSIDE},
    "coordination_carecoordinator": {"care.holder": LET_IN, "care.former": INSIDE},
    "coordination_mandate": {"care.mandate": LET_IN},
    "coordination_networkreader": {"care.door": LET_IN} | dict.fromkeys(("care.door.back", "care.door.lapsed"), INSIDE),
    "coordination_networkcontact": {"care.contact": LET_IN, "care.contact.unwanted": INSIDE},
    "coordination_coordinatornews": dict.fromkeys(("care.news", "care.news.read"), LET_IN),
    "coordination_networkmeeting": dict.fromkeys(("care.meeting", "care.meeting.other", "care.meeting.held"), LET_IN)
    | {"care.meeting.off": INSIDE},
    "coordination_meetingwishes": {"care.wishes": INSIDE},
    "coordination_networkinvitee": dict.fromkeys(("care.invitee", "care.invitee.unwanted"), INSIDE),
    "coordination_networkagreement": dict.fromkeys(("care.agreement", "care.agreement.done"), LET_IN),
    "coordination_handedout": dict.fromkeys(("care.handed", "care.handed.unwanted"), INSIDE),
    # The version in force of what the yes names; drafts, former versions and the rest stay inside.
    "coordination_summarysection": {"care.told": LET_IN}
    | dict.fromkeys(("care.told.former", "care.told.draft", "care.told.kept"), INSIDE),
    "coordination_recordentry": dict.fromkeys(("care.entry", "care.entry.read"), INSIDE),
    "coordination_ownmemo": {"care.memo": {"social.member"}},
    "coordination_substitutetask": dict.fromkeys(("care.substitute", "care.substitute.over"), INSIDE),
    "coordination_coordinatorpost": {"care.hours": INSIDE},
    "coordination_drawnperson": dict.fromkeys(("care.drawn", "care.drawn.gone"), INSIDE),
    # A draft is its unit's; what is released is seen by whoever tells it and by those it was delivered to.
    "coordination_careevent": {"care.event.draft": {"psychiatry.mover"}}
    | dict.fromkeys(("care.event", "care.event.inside", "care.event.new"), LET_IN),
    "coordination_careeventdelivery": dict.fromkeys(
        ("care.delivery", "care.delivery.new", "care.delivery.read"), LET_IN
    ),
    # What was done by agreement is read at home.
    "coordination_agreeddone": {"care.done": {"psychiatry.mover"}, "care.done.inside": INSIDE},
    # A plan is read in the version in force; drafts and former versions, and what has ended, stay inside.
    # A ward's plan is its own until it holds; a party's yes is told to the ward and to those inside.
    "coordination_plan": {"care.ward.plan": LET_IN, "care.ward.draft.plan": {"psychiatry.mover"}, "care.plan": LET_IN}
    | dict.fromkeys(("care.plan.new", "care.plan.over"), INSIDE),
    "coordination_planversion": {
        "care.ward.version": LET_IN,
        "care.ward.draft.version": {"psychiatry.mover"},
        "care.version": LET_IN,
    }
    | {f"care.version.{name}": INSIDE for name in ("former", "draft", "new", "over")},
    "coordination_planline": dict.fromkeys(("care.line", "care.line.ward", "care.line.done", "care.ward.line"), LET_IN)
    | {"care.ward.draft.line": {"psychiatry.mover"}}
    | {f"care.line.{name}": INSIDE for name in ("former", "draft", "over")},
    # What another party let in has said is told to those inside alone.
    "coordination_plananswer": dict.fromkeys(
        ("care.answer", "care.answer.ward", "care.ward.answer", "care.ward.yes"), LET_IN
    )
    | {"care.ward.draft.answer": {"psychiatry.mover"}}
    | {f"care.answer.{name}": INSIDE for name in ("former", "draft", "police")},
    # Outreach is one unit's: not even the rest of its authority reads it.
    "outreach_course": {"course": TEAM, "course.ended": TEAM, "course.elsewhere": set()},
    "outreach_inquiry": {"inquiry": TEAM, "inquiry.followed": TEAM, "inquiry.elsewhere": set()},
    "outreach_phone": {"phone": TEAM, "phone.removed": TEAM, "phone.elsewhere": set()},
    **{
        f"outreach_{table}": {name: TEAM, f"{name}.elsewhere": set()}
        for table, name in (
            ("attempt", "attempt"),
            ("research", "study"),
            ("protection", "peace"),
            ("proposal", "proposal"),
            ("handover", "handover"),
            ("assessment", "assessment"),
            ("search", "search"),
        )
    },
    # A transition list is its unit's; a hand-over is read by its sender and, once told, by its receiver.
    "referrals_transition": {key: {"social.member"} for key in ("young", "young.said", "young.over")}
    | {"young.lone": {"psychiatry.frontline", *SCREENS_PSYCHIATRY}},
    "referrals_handover": {key: {"social.member", "psychiatry.mover"} for key in ("hand", "hand.done")}
    | {
        "hand.dark": {"social.member"},
        "hand.home": INSIDE,
        "hand.lone": {"psychiatry.frontline", *SCREENS_PSYCHIATRY, *INSIDE},
    },
    "referrals_pathway": {key: {"social.member"} for key in ("way", "way.over", "way.seen")},
    # The unit that sends and, once it is sent, the unit that receives; a page without a unit is its authority's.
    "referrals_referral": {"ref.draft": SCREENS_POLICE} | dict.fromkeys(("ref", "ref.back", "ref.over"), IN_THE_PAIR),
    "referrals_referralentry": dict.fromkeys(("ref.line", "ref.line.answer"), IN_THE_PAIR)
    | {"ref.line.inner": {"psychiatry.mover"}},
    "outcomes_journal": {"journal": TEAM, "journal.elsewhere": set()},
    "outcomes_publishedfigures": {"figures": TEAM, "figures.elsewhere": set()},
    "outcomes_report": {
        f"{name}{ending}": TEAM if not ending else set()
        for name in ("report", "report.sent", "report.old")
        for ending in ("", ".elsewhere")
    },
    "audit_chaincheck": {"chain_check": {"police.dpo"}},
    "retention_retentionrule": {"rule": OF_THE_POLICE, "rule.case": OF_THE_POLICE},
    "retention_hold": {"hold": {*LETS_GO, "police.dpo"}, "hold.lifted": {*LETS_GO, "police.dpo"}},
    "retention_disposal": {"disposal": {*LETS_GO, "police.dpo"}},
    "retention_stone": {"stone": {*LETS_GO, "police.dpo", "police.admin"}},
    "retention_remainder": {"remainder": {*OF_THE_POLICE, *OF_THE_OTHERS}},
    "rights_rightsrequest": {key: {*LETS_GO, "police.dpo"} for key in ("right", "right.closed")},
    "rights_exemption": {"exemption": {*LETS_GO, "police.dpo"}},
    "rights_hearing": {
        key: {*LETS_GO, "police.dpo", "social.member", "social.screener", "social.dpo"}
        for key in ("hearing", "hearing.answered")
    },
    "rights_remark": {"remark": TABLE},
    "rights_outsidelook": {"outside": {*AT_HOME, "psychiatry.frontline", "psychiatry.dpo"}},
    "rights_breach": {key: {"police.dpo", "police.admin"} for key in ("breach", "breach.over")},
    "rights_logwatch": {"watch": {"police.dpo"}},
    "rights_logreview": {f"review.{state}": {"police.dpo"} for state in ("open", "own", "judged")},
}
TOLD = {
    **{f"hand{key}": {"social.member", "social.dpo"} for key in ("", ".done")},
    "hand.lone": {"psychiatry.frontline", *SCREENS_PSYCHIATRY, "psychiatry.dpo", *INSIDE},
    "identity.open": {*TABLE, "police.dpo"},
    "identity.left": {*PARTIES_AND_LEFT, "police.dpo"},
    "identity.long_left": {*MEMBERS, "police.dpo"},
    "danger": {*TABLE, "police.dpo"},
    "contribution.told": {*TABLE, "police.dpo"},
    "conditions.told": {*TABLE, "police.dpo"},
    "request": {*TABLE, "police.dpo"},
    "concern.case": {*TABLE, "police.dpo"},
    "concern.sent": {*SCREENS_POLICE, *SCREENS_PSYCHIATRY, "police.dpo"},
    "concern.over": {*AT_HOME, "police.dpo"},
    "acute": {*TABLE, "police.dpo"},
    "letter": {*AT_HOME, "police.assigned", "police.dpo"},
    "case.open": {*AT_HOME, "police.assigned", "police.dpo"},
    # That a name was said in the Samarbejdsenhed is for those who read the name at its table, and not for who screens.
    "who.told": {*MEMBERS, "police.dpo"},
    "who.back": {*AT_HOME, "police.dpo"},
    # Colleagues outside the unit do not see that a contact under § 99 was told: who did it, the receiver, the officer.
    "contact.told": {"police.member", "social.member", "police.dpo"},
    "care": {*INSIDE, "social.dpo"},
    "care.event": {*LET_IN, "psychiatry.dpo"},
    "ref": {*SCREENS_POLICE, "police.dpo"},
    "care.ward.version": {*LET_IN, "psychiatry.dpo"},
}
PARTIES = {
    "moved": ("social", "psychiatry"),
    "left": ("police", "social", "psychiatry"),
    "long_left": ("police", "social", "psychiatry"),
    "outside": ("outside",),
}
# Who is in a case, and who holds it, is seen with the case.
AUDIENCE["cases_responsibility"] = {
    name.replace("case.", "responsibility."): seats
    for name, seats in AUDIENCE["cases_case"].items()
    if name != "case.unborn"
}
AUDIENCE["cases_caseparty"] = {
    f"party.{name.removeprefix('case.')}.{party}": seats
    for name, seats in AUDIENCE["cases_case"].items()
    if name != "case.unborn"
    for party in PARTIES.get(name.removeprefix("case."), ("police", "social"))
}
AUDIENCE["sharing_disclosure"] = {f"disclosure.{name}": seats for name, seats in TOLD.items()}
AUDIENCE["sharing_receipt"] = {
    f"receipt.{name}.{to}": {seat for seat in seats if seat.startswith(("police.", f"{to}."))}
    for name, seats in TOLD.items()
    for to in ("social", "psychiatry")
}
AUDIENCE["sharing_receipt"]["receipt.care.psychiatry"] = {*INSIDE, "social.dpo"}
AUDIENCE["sharing_receipt"]["receipt.care.event.social"] = {*LET_IN, "psychiatry.dpo"}
AUDIENCE["sharing_receipt"] |= {f"receipt.hand{key}.psychiatry": TOLD[f"hand{key}"] for key in ("", ".done")}
AUDIENCE["sharing_receipt"]["receipt.hand.lone.social"] = TOLD["hand.lone"]
AUDIENCE["sharing_receipt"]["receipt.care.ward.version.social"] = {*LET_IN, "psychiatry.dpo"}
# The citizen's row is seen with the identity.
AUDIENCE["citizens_citizen"] = {
    name.replace("identity.", "citizen."): seats for name, seats in AUDIENCE["citizens_identity"].items()
}


@pytest.fixture
def app(filled_database: FilledDatabase) -> Iterator[psycopg.Connection]:
    """The application's role on the filled database; rolled back."""
    with contextlib.closing(provision.connect(filled_database.database.app)) as connection:
        yield connection


def person_tables() -> list[str]:
    """Every table with row policies that can hold a person, from the rooms' own declarations."""
    return sorted(
        policies.table
        for policies in declared().policies
        if not policies.table.startswith(NO_PERSON) and policies.select
    )


def act_as(app: psycopg.Connection, token: str) -> None:
    """Let what follows in this transaction be done by the holder of `token`."""
    app.execute("select set_config('samsvar.token', %s, true)", [token])


def visible(app: psycopg.Connection, table: str) -> set:
    """Keys of the rows of a table that whoever acts sees."""
    key = "seq" if table == "audit_logrow" else "authority_id" if table == "audit_chainhead" else "id"
    return {row[0] for row in app.execute(sql.SQL("select {} from {}").format(*map(sql.Identifier, (key, table))))}


LOG_TABLES = {"audit_logrow", "audit_chainhead"}


@pytest.mark.parametrize("table", [table for table in person_tables() if table not in LOG_TABLES])
def test_each_row_has_its_audience_and_nobody_else(
    app: psycopg.Connection, filled_database: FilledDatabase, table: str
) -> None:
    filled = filled_database.filled
    with contextlib.closing(provision.connect(filled_database.database.owner)) as owner:
        everything = visible(owner, table)
    rows = {name: filled.ids[name] for name in AUDIENCE[table] if name in filled.ids}
    assert everything - {*rows.values(), filled.ids["citizen.merged"]} == set(), "a row without a rule"
    seen: dict[str, set[str]] = {name: set() for name in rows}
    for seat_name, seat in filled.world.seats.items():
        act_as(app, seat.token)
        found = visible(app, table)
        for name, key in rows.items():
            if key in found:
                seen[name].add(seat_name)
    assert seen == {name: AUDIENCE[table][name] for name in rows}


@pytest.mark.parametrize("table", person_tables())
def test_without_an_actor_there_is_nothing(app: psycopg.Connection, table: str) -> None:
    assert visible(app, table) == set()
    act_as(app, "")
    assert visible(app, table) == set()
    act_as(app, "a token that was never given to anybody, long enough")
    assert visible(app, table) == set()


@pytest.mark.parametrize("seat", ["police.former", "police.locked", "police.barred"])
@pytest.mark.parametrize("table", person_tables())
def test_an_ended_post_a_closed_session_and_a_barred_person_see_nothing(
    app: psycopg.Connection, filled_database: FilledDatabase, table: str, seat: str
) -> None:
    act_as(app, filled_database.filled.seat(seat).token)
    assert visible(app, table) == set()


# How long things are kept, which kind of thing is gone, and counts without a key: nobody is behind them.
NOBODYS = {
    *("retention_retentionrule", "retention_stone", "retention_remainder", "rights_breach"),
    *("cases_systemgap", "cases_gapstep", "steering_terms", "steering_evaluationanswer"),
    *("steering_steeringdecision", "steering_decisionreceipt", "meetings_meetingkind"),
}


@pytest.mark.parametrize(
    "seat",
    [
        *("police.steering", "police.admin", "police.jurist"),
        # To work in the same authority, or at another one of the table's, opens nothing.
        *(
            pytest.param(seat, marks=pytest.mark.req("R-003-53", "R-002-64"))
            for seat in ("police.colleague", "social.frontline")
        ),
    ],
)
# A doubt about the rules and its answer carry no person; who sees them is proven above all the same.
@pytest.mark.parametrize(
    "table", [table for table in person_tables() if table not in NOBODYS and not table.startswith("directory_")]
)
def test_steering_administration_law_and_mere_employment_see_no_person(
    app: psycopg.Connection, filled_database: FilledDatabase, table: str, seat: str
) -> None:
    filled = filled_database.filled
    act_as(app, filled.seat(seat).token)
    # A steering group's own meeting takes no cases.
    own = {filled.ids["meeting.steering"]} if (table, seat) == ("meetings_meeting", "police.steering") else set()
    assert visible(app, table) == own


@pytest.mark.parametrize("table", sorted(LOG_TABLES))
def test_the_log_is_read_by_the_own_data_protection_officer_alone(
    app: psycopg.Connection, filled_database: FilledDatabase, table: str
) -> None:
    readers = set()
    for name, seat in filled_database.filled.world.seats.items():
        act_as(app, seat.token)
        if visible(app, table):
            readers.add(name)
    # Whose log has rows depends on what was done; who reads it does not.
    assert "police.dpo" in readers
    assert {name.partition(".")[2] for name in readers} == {"dpo"}


def test_the_officer_reads_no_case(app: psycopg.Connection, filled_database: FilledDatabase) -> None:
    act_as(app, filled_database.filled.seat("police.dpo").token)
    seen = {table for table in person_tables() if visible(app, table)}
    # Answers that all who cooperate may use again are about the rules; units and kinds of meetings about nobody.
    about_rules = {"directory_lawanswer", "directory_directoryentry", "meetings_meetingkind"}
    assert {table for table in seen if not table.startswith(("audit_", "rights_", "retention_"))} == {
        "sharing_disclosure",
        "sharing_receipt",
    } | about_rules
