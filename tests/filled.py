"""A world with at least one row in every table that can hold a person, for the proofs of the wall.

Written as the owner, column by column from the catalogue, so that a new column or table needs no change here unless it
has a rule of its own. Everything that is written about a person holds a word of `SECRETS`, so that a leak is recognised
wherever it turns up.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

from samsvar.accounts.sealed import seal
from samsvar.citizens import vault
from samsvar.law.kinds import Basis
from samsvar.postgres.rows import json_kinds
from tests.world import SINCE, Seat, World, build

CPR = "6111801234"
# Every text about a person is made of these, and nothing else in the world is. A name tells whose it is: the identity
# `open` is called Kanariesen-open.
WORD = "kanarie"
SECRETS = (WORD, CPR, f"{CPR[:6]}-{CPR[6:]}", "FLT-2026-", "0700-76114")

DEFAULTS: dict[str, Any] = {
    "text": "",
    "character varying": "",
    "boolean": False,
    "integer": 0,
    "smallint": 0,
    "bigint": 0,
    "date": date(2026, 1, 5),
    "jsonb": "{}",
    "ARRAY": "{}",
    "bytea": b"\x01",
}


@dataclass(eq=False)
class Filled:
    """Ids of what `fill` wrote, by a speaking name; `world.seats` has more seats than `build` alone gives."""

    world: World
    ids: dict[str, UUID] = field(default_factory=dict)

    references: dict[str, str] = field(default_factory=dict)

    def references_of(self, seat: str | None, audience: dict[str, dict[str, set[str]]]) -> set[str]:
        """The numbers of the cases that a seat sees, by a table of who sees which row; tasks name their case too."""
        return {
            number
            for row, number in self.references.items()
            for seats in (table.get(row, set()) for table in audience.values())
            if seat in seats
        }

    def seat(self, name: str) -> Seat:
        """A seat by name, such as "police.member"."""
        return self.world.seats[name]


class Pen:
    """Writes rows as the owner, filling what a column demands and the caller leaves out."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.owner = owner
        self._columns: dict[str, dict[str, str]] = {}

    def put(self, table: str, **values: Any) -> UUID:
        """One row; the id that was given or made."""
        if table not in self._columns:
            self._columns[table] = dict(
                self.owner.execute(
                    "select column_name, data_type from information_schema.columns where table_schema = 'public'"
                    " and table_name = %s and is_nullable = 'NO' and column_default is null and is_generated = 'NEVER'"
                    " and is_identity = 'NO'",
                    [table],
                ).fetchall()
            )
        row: dict[str, Any] = {"id": uuid4(), **values}
        for column, kind in self._columns[table].items():
            if column in row:
                continue
            if kind == "timestamp with time zone":
                row[column] = self.owner.execute("select now()").fetchone()[0]  # type: ignore[index]
            else:
                is_list = json_kinds().get((table, column)) == "array"
                row[column] = "[]" if is_list else DEFAULTS[kind]
        self.owner.execute(
            sql.SQL("insert into {} ({}) values ({})").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, row)),
                sql.SQL(", ").join(sql.Placeholder() * len(row)),
            ),
            list(row.values()),
        )
        return row["id"]


def _seat(pen: Pen, world: World, name: str, authority: str, *, roles: list[str], person: UUID | None = None) -> Seat:
    seat = world.seats[name] = Seat(person or uuid4(), uuid4(), world.authorities[authority])
    if person is None:
        pen.put(
            "accounts_user",
            id=seat.person,
            email=f"{name}.{seat.person.hex[:6]}@eksempel.dk",
            name=name,
            password="!",
            language="da",
            is_active=True,
        )
    pen.put(
        "partnerships_capacity",
        id=seat.post,
        person_id=seat.person,
        authority_id=seat.authority,
        function=name.partition(".")[2],
        roles=roles,
        since=SINCE,
    )
    pen.owner.execute("select actor_open(%s, %s, %s, now() + interval '1 day')", [seat.token, seat.person, seat.post])
    return seat


def _sit(pen: Pen, group: UUID, seat: Seat) -> None:
    pen.put(
        "partnerships_membership",
        group_id=group,
        capacity_id=seat.post,
        kind="permanent",
        may_decide=True,
        close_to_practice=True,
        since=SINCE,
    )


def fill(owner: psycopg.Connection) -> Filled:
    """The world of tests.world with more seats, and cases in every state that decides who sees what.

    Cases: `open` (police raised and holds, social is party, psychiatry sits in the group and is not), `other_group`
    (the same parties at another table), `closed` (within the run-off), `run_off` (closed, the run-off is over), `left`
    (open; psychiatry has left and may still read), `long_left` (open; psychiatry's run-off is over), `unnamed` (social
    has not been told the name), `moved` (raised by one who now works elsewhere), `outside` (another partnership),
    `placed` (the table has placed the responsibility with social), `waiting` (placed, and waits for a day).
    """
    world = build(owner, prefix="FLT")
    pen = Pen(owner)
    filled = Filled(world)
    ids = filled.ids
    here = world.partnership
    names = {key: name for name, key in world.authorities.items()}
    police, social, psychiatry, outside = (world.authorities[k] for k in ("police", "social", "psychiatry", "outside"))
    row = owner.execute("select partnership_id from partnerships_participation where authority_id = %s", [outside])
    ids["elsewhere"] = elsewhere = row.fetchone()[0]  # type: ignore[index]
    row = owner.execute("select id from partnerships_group where partnership_id = %s", [elsewhere])
    ids["outside_group"] = outside_group = row.fetchone()[0]  # type: ignore[index]
    structure = {"name": "Praksisgruppen", "word": "gruppe", "model": "operative_group", "rhythm": "monthly"}
    ids["other_group"] = pen.put("partnerships_group", partnership_id=here, level="operative", **structure)
    ids["steering_group"] = pen.put("partnerships_group", partnership_id=here, level="steering", **structure)
    row = owner.execute("select id from partnerships_participation where authority_id = %s", [social])
    ids["participation"] = row.fetchone()[0]  # type: ignore[index]
    row = owner.execute("select id from partnerships_membership where group_id = %s limit 1", [world.group])
    ids["seat.police"] = row.fetchone()[0]  # type: ignore[index]
    row = owner.execute("select id from partnerships_membership where group_id = %s limit 1", [outside_group])
    ids["seat.outside"] = row.fetchone()[0]  # type: ignore[index]
    ids["area"] = pen.put("partnerships_area", name="Prøveby")
    ids["category"] = pen.put("partnerships_category", partnership_id=here, key="invisible", danish="Usynlig")
    ids["criterion"] = pen.put(
        "partnerships_criterion", partnership_id=here, key="invisible", danish="Usynlig", active=True
    )
    ids["number"] = pen.put("partnerships_emergencycontact", partnership_id=here, name="Vagten", phone="00 00 00 00")
    ids["measure"] = pen.put("partnerships_measure", authority_id=social, name="Støtte i hjemmet", active=True)
    ids["unit"] = pen.put("partnerships_unit", authority_id=social, name="Jobcenter")
    for authority in (police, social):
        pen.owner.execute(
            "insert into partnerships_authority_areas (authority_id, area_id) values (%s, %s)", [authority, ids["area"]]
        )
    pen.owner.execute(
        "insert into partnerships_group_areas (group_id, area_id) values (%s, %s)", [world.group, ids["area"]]
    )

    steering = _seat(pen, world, "police.steering", "police", roles=[])
    _sit(pen, ids["steering_group"], steering)
    coordinator = _seat(pen, world, "police.coordinator", "police", roles=["releaser"])
    _sit(pen, world.group, coordinator)
    pen.put(
        "partnerships_groupfunction",
        group_id=world.group,
        capacity_id=coordinator.post,
        function="coordinator",
        since=SINCE,
    )
    _sit(pen, ids["other_group"], _seat(pen, world, "police.othergroup", "police", roles=["releaser"]))
    _seat(pen, world, "police.colleague", "police", roles=["frontline"])
    assigned = _seat(pen, world, "police.assigned", "police", roles=["frontline"])
    _seat(pen, world, "police.jurist", "police", roles=["jurist"])
    former = _seat(pen, world, "police.former", "police", roles=["screener"])
    _sit(pen, world.group, former)
    owner.execute("update partnerships_capacity set until = %s where id = %s", [date(2024, 1, 1), former.post])
    locked = _seat(pen, world, "police.locked", "police", roles=["screener"])
    _sit(pen, world.group, locked)
    owner.execute("select actor_close(%s)", [locked.token])
    barred = _seat(pen, world, "police.barred", "police", roles=["screener"])
    _sit(pen, world.group, barred)
    owner.execute("update accounts_user set is_active = false where id = %s", [barred.person])
    world.authorities["predecessor"] = pen.put(
        "partnerships_authority",
        name="Den gamle politikreds",
        short_name="Gammel",
        kind="police",
        regime="rhl",
        successor_id=police,
    )
    before = _seat(pen, world, "predecessor.frontline", "predecessor", roles=["frontline"])
    mover_before = _seat(pen, world, "social.mover", "social", roles=["screener"])
    _seat(pen, world, "psychiatry.mover", "psychiatry", roles=["frontline"], person=mover_before.person)

    member, screener, officer = (filled.seat(f"police.{role}") for role in ("member", "screener", "frontline"))
    ids["agreement"] = pen.put(
        "partnerships_agreement", partnership_id=here, version=1, text="Aftalen", created_by_id=coordinator.person
    )
    pen.owner.execute(
        "insert into partnerships_agreement_parties (agreement_id, authority_id) values (%s, %s)",
        [ids["agreement"], police],
    )

    def disclose(
        kind: str,
        subject: UUID,
        to: list[UUID],
        *,
        of: Seat = member,
        case: UUID | None = None,
        at: UUID = here,
        consent: UUID | None = None,
    ) -> UUID:
        name = next(name for name, key in ids.items() if key == subject)
        ids[f"disclosure.{name}"] = made = pen.put(
            "sharing_disclosure",
            partnership_id=at,
            authority_id=of.authority,
            case_id=case,
            subject_kind=kind,
            subject_id=subject,
            information_type="concern",
            purpose="clarify",
            necessity=f"{WORD} skal kendes",
            consent_id=consent,
            rule="L1",
            pack="dk-2026",
            reasons="[]",
            channel="here",
            by_id=of.person,
            capacity_id=of.post,
        )
        for receiver in to:
            ids[f"receipt.{name}.{names[receiver]}"] = pen.put(
                "sharing_receipt",
                partnership_id=at,
                disclosure_id=made,
                subject_id=subject,
                authority_id=receiver,
                from_authority_id=of.authority,
            )
        return made

    def citizen(number: int, *, at: UUID = here) -> UUID:
        return pen.put("citizens_citizen", partnership_id=at, blind_index=bytes([number]) * 32)

    def identity(of: Seat, who: UUID, name: str, *, at: UUID = here) -> UUID:
        key, name = uuid4(), f"Kanariesen-{name.replace('_', '')}"
        cipher, key_id = vault.encrypt(CPR, key.bytes)
        return pen.put(
            "citizens_identity",
            id=key,
            cpr_cipher=cipher,
            cpr_key_id=key_id,
            partnership_id=at,
            citizen_id=who,
            authority_id=of.authority,
            name=f"Aage {name}",
            name_key=f"aage {name}".lower(),
            known_as=f"Fuglemanden {name}",
            address=f"Vejen ved {name} 7",
            sex="male",
            created_by_id=of.person,
        )

    def case(
        name: str,
        parties: list[UUID],
        *,
        raiser: Seat = member,
        group: UUID = world.group,
        at: UUID = here,
        **values: Any,
    ) -> UUID:
        number = len([key for key in ids if key.startswith("case.")]) + 1
        ids[f"citizen.{name}"] = citizen(number, at=at)
        ids[f"identity.{name}"] = identity(raiser, ids[f"citizen.{name}"], name, at=at)
        filled.references[f"case.{name}"] = f"FLT-2026-{number:03}"
        ids[f"case.{name}"] = made = pen.put(
            "cases_case",
            **{
                "partnership_id": at,
                "group_id": group,
                "reference": f"FLT-2026-{number:03}",
                "citizen_id": ids[f"citizen.{name}"],
                "identity_id": ids[f"identity.{name}"],
                "raised_by_authority_id": raiser.authority,
                "raised_by_id": raiser.person,
                "standing": "raised",
                "social": "yes",
                "psychiatric": "yes",
                "crime": "no",
                "children": "no",
                "why_serious": f"{WORD} sover ude",
                "party_ids": [],
                **values,
            },
        )
        for authority in [raiser.authority, *parties]:
            ids[f"party.{name}.{names[authority]}"] = pen.put(
                "cases_caseparty",
                partnership_id=at,
                case_id=made,
                group_id=group,
                authority_id=authority,
                reason=WORD,
                added_by_id=raiser.person,
            )
        ids[f"responsibility.{name}"] = pen.put(
            "cases_responsibility",
            partnership_id=at,
            case_id=made,
            group_id=group,
            authority_id=raiser.authority,
            period="[2026-01-01,)",
            reason=WORD,
            placed_by_id=raiser.person,
        )
        return made

    def leave(name: str, authority: UUID, days: int) -> None:
        owner.execute(
            "update cases_caseparty set until = now() - interval '60 days',"
            " read_until = now() + make_interval(days => %s), end_reason = %s"
            " where id = %s",
            [days, "closed" if name in ("closed", "run_off") else "", ids[f"party.{name}.{names[authority]}"]],
        )

    case("open", [social])
    case("other_group", [social], group=ids["other_group"])
    closing = {"closed_at": "2026-02-01", "close_reason": "solved", "standing": "closed"}
    case("closed", [social], **closing)
    case("run_off", [social], **closing)
    for name, days in (("closed", 20), ("run_off", -1)):
        for authority in (police, social):
            leave(name, authority, days)
    case("left", [social, psychiatry])
    leave("left", psychiatry, 20)
    case("long_left", [social, psychiatry])
    leave("long_left", psychiatry, -1)
    case("unnamed", [social])
    case("moved", [psychiatry], raiser=mover_before)
    case("outside", [], raiser=filled.seat("outside.member"), group=outside_group, at=elsewhere)
    case("placed", [social], standing="placed")
    case("waiting", [social], standing="wait_until", standing_note=WORD, wait_until=date.today() + timedelta(days=9))
    # Nobody knows who this is but by what people say.
    owner.execute(
        "update citizens_identity set name = '', cpr_cipher = null, cpr_key_id = '', pseudonym_number = 'K-234567'"
        " where id = %s",
        [ids["identity.waiting"]],
    )
    for name in ("placed", "waiting"):
        owner.execute(
            "update cases_responsibility set authority_id = %s where id = %s", [social, ids[f"responsibility.{name}"]]
        )

    # A case in the moment of its birth: its row stands, its first party does not yet.
    filled.references["case.unborn"] = "FLT-2026-800"
    filled.references["network"] = "FLT-2026-900"
    for kind in ("screener", "person"):
        filled.references[f"task.{kind}"] = "FLT-2026-700"
    ids["case.unborn"] = pen.put(
        "cases_case",
        partnership_id=here,
        group_id=world.group,
        reference="FLT-2026-800",
        raised_by_authority_id=police,
        raised_by_id=member.person,
        standing="raised",
        party_ids=[police],
    )

    c1 = ids["case.open"]
    on_case = {"partnership_id": here, "case_id": c1, "group_id": world.group}
    by_police = {**on_case, "authority_id": police, "by_id": member.person}
    by_social = {**on_case, "authority_id": social, "by_id": filled.seat("social.member").person}
    disclose("identity", ids["identity.open"], [social], case=c1)
    for name in ("left", "long_left"):
        disclose("identity", ids[f"identity.{name}"], [social, psychiatry], case=ids[f"case.{name}"])
    ids["assignment"] = pen.put(
        "cases_assignment",
        partnership_id=here,
        case_id=c1,
        authority_id=police,
        capacity_id=assigned.post,
        reason=WORD,
        added_by_id=member.person,
    )
    ids["event"] = pen.put("cases_caseevent", **by_police, kind="raised", text=WORD)
    ids["action.own"] = pen.put(
        "cases_action", **by_police, proposed_by_authority_id=police, what=WORD, if_it_slips=WORD, state="agreed"
    )
    ids["action.proposed"] = pen.put(
        "cases_action",
        **{**by_police, "authority_id": social},
        proposed_by_authority_id=police,
        what=WORD,
        if_it_slips=WORD,
        state="proposed",
    )
    ids["action.taken"] = pen.put(
        "cases_action",
        **{**by_police, "authority_id": social},
        proposed_by_authority_id=police,
        what=WORD,
        if_it_slips=WORD,
        state="agreed",
    )
    ids["followup"] = pen.put(
        "cases_followup", **by_police, what_happened=WORD, still_necessary="yes", criteria_met="yes"
    )
    ids["involvement"] = pen.put("cases_involvement", **by_police, state="involved", citizens_view=WORD)
    ids["ban"] = pen.put("cases_meetingban", **by_police, place=WORD)
    ids["danger"] = pen.put("cases_dangeradvice", **by_police, answer="yes", advice=WORD, until=date(2027, 1, 1))
    disclose("danger", ids["danger"], [social], case=c1)
    ids["danger.home"] = pen.put(
        "cases_dangeradvice", **by_police, answer="unknown", advice=f"{WORD} hjemme", until=date(2027, 1, 1)
    )
    social_life = {"answer": "contributes", "information_type": "social"}
    # A hole holds no person: at home, and sent to those who steer, who see nobody.
    hole = {
        "partnership_id": here,
        "group_id": world.group,
        "owner_id": coordinator.post,
        "place": "law",
        "what": "Hul",
    }
    ids["gap"] = pen.put("cases_systemgap", **hole, title="Hul", at_group_id=world.group, state="parked")
    ids["gap.up"] = pen.put(
        "cases_systemgap", **hole, title="Oppe", at_group_id=ids["steering_group"], state="forwarded"
    )
    sent = {"partnership_id": here, "authority_id": police, "kind": "forwarded", "to_group_id": ids["steering_group"]}
    ids["gap.step"] = pen.put("cases_gapstep", **sent, gap_id=ids["gap.up"])
    ids["gap.link"] = pen.put("cases_gaplink", **by_police, gap_id=ids["gap.up"])
    of_table = {"partnership_id": here, "authority_id": police, "group_id": ids["steering_group"]}
    ids["terms"] = pen.put("steering_terms", **of_table, version=1, purpose="x", tasks="x")
    ids["evaluation"] = pen.put("steering_evaluationanswer", **of_table, year=2026, question="trust", text="x")
    ids["decision"] = pen.put("steering_steeringdecision", **of_table, title="x", text="x")
    to_table = {"partnership_id": here, "group_id": world.group, "decision_id": ids["decision"]}
    ids["decision.receipt"] = pen.put("steering_decisionreceipt", **to_table)
    ids["contribution.told"] = pen.put(
        "sharing_contribution",
        **by_police,
        answer="contributes",
        information_type="social",
        text=WORD,
        disclosed_at="2026-02-01",
    )
    disclose("contribution", ids["contribution.told"], [social], case=c1)
    ids["contribution.own"] = pen.put("sharing_contribution", **by_police, **social_life, text=f"{WORD} hjemme")
    ids["contribution.social"] = pen.put("sharing_contribution", **by_social, **social_life, text=WORD)
    sentence = {"conditions": f"{WORD} tager imod", "supervisor": WORD}
    ids["conditions.told"] = pen.put(
        "sharing_treatmentsentence", **by_police, **sentence, allows=WORD, disclosed_at="2026-02-01"
    )
    disclose("treatment", ids["conditions.told"], [social], case=c1)
    ids["conditions.social"] = pen.put("sharing_treatmentsentence", **by_social, **sentence)
    ids["request"] = pen.put(
        "sharing_informationrequest",
        **by_police,
        to_authority_id=social,
        question=f"{WORD} om døgnet",
        why=WORD,
        purpose="help",
        state="open",
    )
    disclose("request", ids["request"], [social], case=c1)
    ids["request.left"] = pen.put(
        "sharing_informationrequest",
        **{**by_police, "case_id": ids["case.left"]},
        to_authority_id=social,
        question=f"{WORD} tager medicin",
        why=WORD,
        purpose="help",
        state="open",
    )
    ids["consent"] = pen.put(
        "sharing_consent",
        **by_police,
        scope="share",
        form="written",
        given=[f"{WORD}s mor"],
        receiver_ids=[social],
        given_on=date.today() - timedelta(days=30),
        valid_to=date.today() + timedelta(days=30),
    )
    ids["weighed"] = pen.put(
        "sharing_weighed",
        **by_police,
        **dict.fromkeys(("own_sake", "concrete", "outweighs", "consent_tried", "leader"), f"{WORD} har brug for det"),
    )
    # Under § 99 nobody but the unit: the social services' member is in it, and the police have nobody in theirs.
    owner.execute(
        "update partnerships_capacity set unit_id = %s where id = %s", [ids["unit"], filled.seat("social.member").post]
    )
    of_police = pen.put("partnerships_unit", authority_id=police, name="Forebyggelse")
    touch = {"who": f"{WORD} ser hende"}
    ids["contact.unit"] = pen.put("sharing_unitcontact", **by_social, unit_id=ids["unit"], support="s99", **touch)
    ids["contact.elsewhere"] = pen.put("sharing_unitcontact", **by_police, unit_id=of_police, support="s99", **touch)
    ids["contact.own"] = pen.put("sharing_unitcontact", **by_police, support="mentor", **touch)
    ids["contact.told"] = pen.put("sharing_unitcontact", **by_police, unit_id=of_police, support="s99", **touch)
    disclose("unit_contact", ids["contact.told"], [social], case=c1)
    ids["help"] = pen.put(
        "sharing_helpdecision",
        **by_police,
        help=WORD,
        why=WORD,
        decided_by=WORD,
        since=date(2026, 1, 5),
        review_on=date(2026, 2, 5),
        until=date(2026, 3, 5),
    )
    ids["no"] = pen.put("sharing_citizensno", **by_police, to="contact", words=WORD)
    # Whoever reviews what was done against a no reads the case's number there.
    filled.references["override"] = filled.references["override.reviewed"] = filled.references["case.open"]
    by_screener = {**by_police, "by_id": screener.person, "reference": filled.references["case.open"]}
    ids["override"] = pen.put(
        "sharing_override", **by_screener, subject_id=ids["contribution.told"], reason=f"{WORD} er i fare"
    )
    ids["override.reviewed"] = pen.put(
        "sharing_override",
        **by_screener,
        subject_id=ids["contribution.told"],
        reason=WORD,
        verdict="Rigtigt",
        reviewed_by_id=member.person,
        reviewed_at="2026-02-01",
    )
    # Psychiatry has a list of who releases: its screener, and not its member.
    ids["releaser"] = pen.put(
        "partnerships_releaser",
        authority_id=psychiatry,
        capacity_id=filled.seat("psychiatry.screener").post,
        since=SINCE,
    )
    by_psychiatry = {
        **on_case,
        "case_id": ids["case.moved"],
        "authority_id": psychiatry,
        "by_id": filled.seat("psychiatry.member").person,
    }
    ids["contribution.draft"] = pen.put("sharing_contribution", **by_psychiatry, **social_life, text=f"{WORD} udkast")
    ids["release"] = pen.put(
        "sharing_release",
        **by_psychiatry,
        contribution_id=ids["contribution.draft"],
        basis=Basis.COOPERATION,
        reference=filled.references["case.moved"],
        receiver_ids=[social],
        purpose="help",
        necessity=WORD,
        answer="waits",
    )
    ids["note.authority"] = pen.put("sharing_ownnote", **by_police, reach="authority", text=WORD)
    ids["note.person"] = pen.put("sharing_ownnote", **by_police, reach="person", text=f"{WORD} huske")
    ids["notice"] = pen.put(
        "letters_notice", **by_police, told=True, how="letter", told_on=date(2026, 2, 2), language="da", words=WORD
    )
    ids["word"] = pen.put("letters_citizenword", **by_police, speaker="citizen", text=WORD)
    ids["letter"] = uuid4()
    told = disclose("letter", ids["letter"], [], case=c1)
    owner.execute("update sharing_disclosure set outside = %s where id = %s", [f"Lægen i {WORD}", told])
    pen.put(
        "letters_outsideletter",
        id=ids["letter"],
        **by_police,
        kind="own_doctor",
        basis="consent",
        name=f"Lægen i {WORD}",
        language="da",
        words=WORD,
        secrecy_order=True,
    )
    ids["mark"] = pen.put("letters_journalmark", **by_police, until="2026-02-02", theme="Videregivelse", number=WORD)
    ids["recurrence"] = pen.put("cases_recurrence", **on_case, earlier_id=ids["case.closed"], number=2)
    ids["recurrence.hidden"] = pen.put(
        "cases_recurrence",
        partnership_id=here,
        case_id=ids["case.left"],
        group_id=world.group,
        earlier_id=ids["case.outside"],
        number=2,
    )

    def concern(name: str, by: Seat, **values: Any) -> UUID:
        ids[f"concern.{name}"] = made = pen.put(
            "cases_concern",
            **{
                "partnership_id": here,
                "authority_id": by.authority,
                "raised_by_id": by.person,
                "capacity_id": by.post,
                "channel": "lines",
                "event_reference": "0700-76114-00001-26",
                "text": f"{WORD} gik på vejen",
                "state": "raised",
                **values,
            },
        )
        return made

    concern("case", officer, case_id=c1, identity_id=ids["identity.open"], group_id=world.group, state="agenda")
    disclose("concern", ids["concern.case"], [social], case=c1)
    ids["citizen.fresh"] = citizen(50)
    ids["identity.fresh"] = identity(officer, ids["citizen.fresh"], "fresh")
    concern("fresh", officer, identity_id=ids["identity.fresh"])
    concern("sent", officer)
    disclose("concern", ids["concern.sent"], [psychiatry], of=screener)
    concern("inherited", before)
    concern("over", officer, case_id=ids["case.long_left"], group_id=world.group)
    disclose("concern", ids["concern.over"], [psychiatry], case=ids["case.long_left"])
    ids["notifier"] = pen.put(
        "cases_outsidenotifier",
        partnership_id=here,
        concern_id=ids["concern.fresh"],
        authority_id=police,
        kind="neighbour",
        name=f"{WORD} nabo",
    )
    ids["screening"] = pen.put(
        "cases_screening",
        partnership_id=here,
        concern_id=ids["concern.case"],
        authority_id=police,
        outcome="agenda",
        reason=WORD,
        by_id=screener.person,
    )
    ids["feedback"] = pen.put(
        "cases_feedback",
        partnership_id=here,
        concern_id=ids["concern.case"],
        to_id=officer.person,
        to_authority_id=police,
        authority_id=social,
        kind="acted",
        thanks="Tak",
        by_id=filled.seat("social.member").person,
    )
    ids["consult"] = pen.put(
        "cases_consult",
        partnership_id=here,
        group_id=world.group,
        authority_id=police,
        asked_by_id=officer.person,
        question=f"{WORD}: hvad gør man",
    )
    ids["network"] = pen.put(
        "cases_networkcase",
        partnership_id=here,
        group_id=world.group,
        reference="FLT-2026-900",
        authority_id=police,
        party_ids=[police, social],
        subject=WORD,
        opened_by_id=member.person,
    )
    ids["acute"] = pen.put(
        "cases_acutecontact",
        partnership_id=here,
        case_id=c1,
        authority_id=police,
        to_authority_id=social,
        trigger="children",
        what=WORD,
        by_id=member.person,
    )
    disclose("acute", ids["acute"], [social], case=c1)
    ids["counter"] = pen.put("cases_referencecounter", partnership_id=here, prefix="FLT", year=2026, last=12)
    for role, person in (("screener", None), ("", officer.person)):
        ids[f"task.{role or 'person'}"] = pen.put(
            "tasks_task",
            partnership_id=here,
            authority_id=police,
            kind="screen",
            subject_kind="concern",
            subject_id=ids["concern.fresh"],
            reference="FLT-2026-700",
            role=role,
            person_id=person,
        )
    # Psychiatry has found that the concern it was sent is no case, and owes the citizen a word of it.
    ids["task.received"] = pen.put(
        "tasks_task",
        partnership_id=here,
        authority_id=psychiatry,
        kind="tell_citizen",
        subject_kind="received",
        subject_id=ids["concern.sent"],
        role="member",
    )
    ids["citizen.merged"] = citizen(60)
    ids["merge"] = pen.put(
        "citizens_merge",
        partnership_id=here,
        kept_id=ids["citizen.open"],
        merged_id=ids["citizen.merged"],
        authority_id=police,
        reason=WORD,
        by_id=member.person,
    )
    ids["kind"] = pen.put("meetings_meetingkind", partnership_id=here, name="Temadag", parts=["theme", "cases"])
    ids["series"] = pen.put(
        "meetings_meetingseries",
        partnership_id=here,
        group_id=world.group,
        rule=json.dumps({"kind": "monthly_weekday", "weekday": 2, "nth": 3, "every": 1, "first_month": 1}),
        if_closed="next",
        hour="09:00",
        minutes=120,
        ahead=1,
    )
    ids["meeting"] = pen.put(
        "meetings_meeting",
        partnership_id=here,
        group_id=world.group,
        starts_at=f"{date.today() + timedelta(days=7)} 09:00",
        state="planned",
        kind_id=ids["kind"],
        series_id=ids["series"],
        series_day=date.today() + timedelta(days=7),
        parts=["approval", "orientation", "network", "cases", "theme", "general", "constitution"],
    )
    # A table without persons meets too, and those who know of cases are not at it.
    ids["meeting.steering"] = pen.put(
        "meetings_meeting",
        partnership_id=here,
        group_id=ids["steering_group"],
        starts_at=f"{date.today() + timedelta(days=7)} 09:00",
        state="planned",
        parts=["approval", "decisions"],
    )
    ids["item"] = pen.put("meetings_agendaitem", **on_case, meeting_id=ids["meeting"], kind="new", note=WORD)
    ids["invitation"] = pen.put(
        "meetings_invitation",
        partnership_id=here,
        meeting_id=ids["meeting"],
        group_id=world.group,
        membership_id=ids["seat.police"],
        answer="coming",
    )
    row = owner.execute("select id from partnerships_membership where group_id = %s limit 1", [world.group])
    ids["attendance"] = pen.put(
        "meetings_attendance",
        partnership_id=here,
        meeting_id=ids["meeting"],
        group_id=world.group,
        membership_id=row.fetchone()[0],  # type: ignore[index]
        state="present",
    )
    ids["guest"] = pen.put(
        "meetings_guest",
        **on_case,
        meeting_id=ids["meeting"],
        authority_id=police,
        by_id=member.person,
        who="ombud",
        name=f"{WORD} Ombud",
        comes_at=f"{date.today() + timedelta(days=7)} 10:00",
    )
    # The citizen said yes to the guest.
    welcome = disclose("case", c1, [], case=c1, consent=ids["consent"])
    owner.execute("update sharing_disclosure set outside = %s where id = %s", [f"{WORD} Ombud", welcome])
    # The minutes of an older meeting: sent, read, approved, and amended in the frame and about a case.
    ids["meeting.approved"] = pen.put(
        "meetings_meeting",
        partnership_id=here,
        group_id=world.group,
        starts_at=f"{date.today() - timedelta(days=7)} 09:00",
        state="held",
        held_at="2026-01-01",
        minutes_sent_at="2026-01-01",
        approved_at="2026-01-02",
    )
    ids["item.approved"] = pen.put(
        "meetings_agendaitem",
        **on_case,
        meeting_id=ids["meeting.approved"],
        kind="new",
        note=WORD,
        decision="followed_up",
        holder_id=police,
        decided_by_id=member.person,
        decided_at="2026-01-01",
    )
    of_minutes = {"partnership_id": here, "meeting_id": ids["meeting.approved"], "group_id": world.group}
    ids["minutes_read"] = pen.put(
        "meetings_minutesread", **of_minutes, person_id=member.person, authority_id=police, version=1
    )
    by_member = {"authority_id": police, "by_id": member.person, "reason": "x"}
    ids["amendment"] = pen.put("meetings_amendment", **of_minutes, **by_member, text="x")
    ids["amendment.case"] = pen.put("meetings_amendment", **of_minutes, **by_member, text=WORD, case_id=c1)
    ids["draft"] = pen.put(
        "meetings_draft",
        **on_case,
        meeting_id=ids["meeting"],
        person_id=member.person,
        field="beslut.note",
        text=f"{WORD} halvt skrevet",
    )
    # The table is a Samarbejdsenhed too: police brought a matter, social services work with it, psychiatry does not.
    owner.execute("update partnerships_group set model = 'conference' where id = %s", [world.group])
    here_too = {"partnership_id": here, "group_id": world.group}
    ids["conference"] = pen.put("conferences_conference", **here_too, meeting_id=ids["meeting"], chair="x")
    ids["participant"] = pen.put(
        "conferences_participant",
        **here_too,
        meeting_id=ids["meeting"],
        name="x",
        affiliations=["x"],
        by_id=member.person,
    )
    brought = {"authority_id": police, "by_id": member.person}
    ids["matter"] = pen.put("conferences_conferencecase", **here_too, **brought, number=1, about="citizen")
    of_matter = {**here_too, "matter_id": ids["matter"]}
    for party, key in (("police", police), ("social", social)):
        ids[f"matter.{party}"] = pen.put("conferences_matterparty", **of_matter, authority_id=key, by_id=member.person)
    for name, at, more in (
        ("conference.item", "meeting", {}),
        ("conference.item.approved", "meeting.approved", {"approved_at": "2026-01-02"}),
    ):
        raised_there = {"authority_id": police, "presenter_id": member.person, "kind": "new", "level": "municipal"}
        ids[name] = pen.put(
            "conferences_conferenceitem",
            **of_matter,
            **raised_there,
            meeting_id=ids[at],
            named="no",
            minutes=15,
            **more,
        )
        ids[name.replace("item", "words")] = pen.put(
            "conferences_itemwords",
            **of_matter,
            item_id=ids[name],
            text=WORD,
            conclusion="unclear" if more else "",
            talk="[]",
            changed_by_id=member.person,
        )
    step = {**of_matter, "item_id": ids["conference.item.approved"], "owner_ids": [social], "by_id": member.person}
    ids["step.open"] = pen.put("conferences_conferencestep", **step, what=WORD, state="open")
    ids["step.judged"] = pen.put("conferences_conferencestep", **step, what=WORD, state="done")
    ids["consent.matter"] = pen.put(
        "sharing_consent",
        **of_matter,
        **brought,
        scope="share",
        form="written",
        given=[WORD],
        receiver_ids=[social],
        given_on=date(2026, 1, 5),
        valid_to=date(2026, 12, 31),
    )
    for name, more in (("who", {}), ("who.told", {}), ("who.back", {"withdrawn_on": "2026-02-02"})):
        ids[name] = pen.put("conferences_matterperson", **of_matter, **brought, name=f"{WORD} hedder det", **more)
        if name != "who":
            disclose("conference", ids[name], [social], consent=ids["consent.matter"])
    # A network at the social services: one ward is let in on a yes that stands, the police on two that do not.
    ids["unit.ward"] = pen.put("partnerships_unit", authority_id=psychiatry, name="Afsnit H3")
    owner.execute(
        "update partnerships_capacity set unit_id = %s where id = %s",
        [ids["unit.ward"], filled.seat("psychiatry.mover").post],
    )
    of_social, holder = filled.seat("social.member"), filled.seat("social.mover")
    ids["citizen.care"] = citizen(90)
    ids["identity.care"] = identity(of_social, ids["citizen.care"], "care")
    by_worker = {"authority_id": social, "by_id": of_social.person}
    ids["care"] = pen.put(
        "coordination_carenetwork",
        partnership_id=here,
        **by_worker,
        citizen_id=ids["citizen.care"],
        name="Aage Kanariesen-care",
        name_key="aage kanariesen-care",
        capacity_id=of_social.post,
    )
    of_care = {"partnership_id": here, "network_id": ids["care"]}
    care = {**of_care, **by_worker}
    ids["care.request"] = pen.put(
        "coordination_coordinatorrequest",
        **care,
        asked_by="relative",
        who=f"{WORD}s mor",
        why=f"{WORD} er alene",
        child=True,
    )
    reached = {"phone": "00 00 00 00", "hours": "9-12", "capacity_id": holder.post}
    ids["care.former"] = pen.put(
        "coordination_carecoordinator",
        **care,
        **reached,
        name=f"{WORD}s tidligere",
        state="ended",
        end_reason="replaced",
        until=date(2026, 2, 1),
    )
    ids["care.holder"] = pen.put(
        "coordination_carecoordinator", **care, **reached, name=f"{WORD}s tovholder", responsible=True, state="active"
    )
    ids["care.mandate"] = pen.put(
        "coordination_mandate", **care, version=1, text=f"{WORD} ringes op", confirmed_with=WORD
    )
    let_in = {
        **of_care,
        "owner_authority_id": social,
        "by_id": of_social.person,
        "categories": ["coordinator", "contacts", "meetings", "situation", "events", "plans"],
    }
    for name, to, more in (
        ("", psychiatry, {}),
        (".back", police, {"withdrawn_on": date.today() - timedelta(days=2)}),
        (".lapsed", police, {"valid_to": date.today() - timedelta(days=1)}),
    ):
        ids[f"consent.care{name}"] = pen.put(
            "sharing_consent",
            **{
                **care,
                "scope": "share",
                "form": "written",
                "given": [WORD],
                "information_types": ["responsibility", "contact", "action", "social", "health"],
                "receiver_ids": [to, social],
                "given_on": date.today() - timedelta(days=30),
                "valid_to": date.today() + timedelta(days=30),
                **more,
            },
        )
        ids[f"care.door{name}"] = pen.put(
            "coordination_networkreader",
            **let_in,
            authority_id=to,
            unit_id=None if name else ids["unit.ward"],
            consent_id=ids[f"consent.care{name}"],
        )
    disclose("care_network", ids["care"], [psychiatry], of=of_social, consent=ids["consent.care"])
    for name, unwanted in (("care.contact", False), ("care.contact.unwanted", True)):
        ids[name] = pen.put(
            "coordination_networkcontact", **care, role="relative", name=f"{WORD}s søster", unwanted=unwanted
        )
    reader = filled.seat("psychiatry.mover").person
    for name, more in (("care.news", {}), ("care.news.read", {"read_by_id": reader, "read_at": "2026-02-02"})):
        ids[name] = pen.put(
            "coordination_coordinatornews",
            **of_care,
            **more,
            reader_id=ids["care.door"],
            owner_authority_id=social,
            authority_id=psychiatry,
            after=f"{WORD}s tovholder",
            by_id=of_social.person,
        )
    ids["care.handed"] = pen.put(
        "coordination_handedout", **care, coordinator_id=ids["care.holder"], card="2026-a", how="hand"
    )
    # As it stood before the citizen changed the choice: nobody can send it on.
    ids["care.handed.unwanted"] = pen.put(
        "coordination_handedout",
        **care,
        coordinator_id=ids["care.holder"],
        contact_id=ids["care.contact.unwanted"],
        card="2026-a",
        how="post",
    )
    for name, state, more in (
        ("care.meeting", "planned", {"clear": True, "starts_at": "2026-03-01", "place": "x"}),
        ("care.meeting.other", "planned", {}),
        ("care.meeting.held", "held", {"starts_at": "2026-02-01", "minutes": f"{WORD} var med"}),
        ("care.meeting.off", "called_off", {}),
    ):
        wanted = {"called_by": f"{WORD}s mor", "purpose": f"{WORD} flytter", "state": state, **more}
        ids[name] = pen.put("coordination_networkmeeting", **care, **wanted)
    of_talk = {**care, "meeting_id": ids["care.meeting"]}
    ids["care.wishes"] = pen.put("coordination_meetingwishes", **of_talk, wishes=f"{WORD} vil have sin søster med")
    ids["care.invitee"] = pen.put("coordination_networkinvitee", **of_talk, contact_id=ids["care.contact"])
    # As it stood before the citizen changed the choice: nobody can invite on it.
    unasked = {**care, "meeting_id": ids["care.meeting.other"], "contact_id": ids["care.contact.unwanted"]}
    ids["care.invitee.unwanted"] = pen.put("coordination_networkinvitee", **unasked)
    for name, state in (("care.agreement", "open"), ("care.agreement.done", "done")):
        more = {"judged_on": date(2026, 2, 2)} if state == "done" else {}
        ids[name] = pen.put(
            "coordination_networkagreement", **of_talk, **more, what=f"{WORD} ringes op", owner="x", state=state
        )
    agreed = {
        "approved_on": date(2026, 2, 1),
        "approved_how": "talk",
        "approved_by_id": of_social.person,
        "approved_at": "2026-02-01",
    }
    for name, category, version, more in (
        ("care.told", "situation", 2, agreed),
        ("care.told.former", "situation", 1, {**agreed, "until": date(2026, 2, 2)}),
        ("care.told.draft", "situation", 3, {}),
        ("care.told.kept", "illness", 1, agreed),
    ):
        ids[name] = pen.put(
            "coordination_summarysection",
            **care,
            category=category,
            version=version,
            own_words=f"{WORD} er træt",
            words=f"{WORD} bor alene",
            **more,
        )
    for name, more in (
        ("care.entry", {"by_id": holder.person}),
        ("care.entry.read", {"read_by_id": of_social.person, "read_at": "2026-02-02", "reply": f"Ring til {WORD}"}),
    ):
        ids[name] = pen.put(
            "coordination_recordentry", **{**care, "activity": "contact", "text": f"{WORD} ringede", **more}
        )
    ids["care.memo"] = pen.put("coordination_ownmemo", **care, text=f"{WORD} husker")
    ids["care.hours"] = pen.put(
        "coordination_coordinatorpost",
        authority_id=holder.authority,
        capacity_id=holder.post,
        weekly_hours=10,
    )
    for name, more in (("care.substitute", {}), ("care.substitute.over", {"until": date(2026, 2, 2)})):
        ids[name] = pen.put(
            "coordination_substitutetask", **care, **more, what=f"{WORD} gør rent", whose="x", since=date(2026, 1, 2)
        )
    for name, more in (("care.drawn", {}), ("care.drawn.gone", {"until": date(2026, 2, 2)})):
        ids[name] = pen.put(
            "coordination_drawnperson",
            **care,
            **more,
            name=f"{WORD}-{name[-4:]}",
            kind="private",
            ring=1,
            weight="both",
            since=date(2026, 1, 2),
        )
    # The ward writes that he is admitted; the municipality has told the ward that he has moved.
    nurse = filled.seat("psychiatry.mover")
    of_ward = {**of_care, "authority_id": psychiatry, "unit_id": ids["unit.ward"], "by_id": nurse.person}
    let_go = {"released_at": "2026-02-02"}
    of_inside = {**care, **let_go, "released_by_id": of_social.person}
    for name, told in (
        ("care.event.draft", of_ward),
        ("care.event.inside", of_inside),
        ("care.event.new", of_inside),
        ("care.event", {**of_ward, **let_go, "released_by_id": nurse.person}),
    ):
        ids[name] = pen.put("coordination_careevent", **told, kind="admission", text=f"{WORD} ligger her")
    to_ward = {"authority_id": psychiatry, "unit_id": ids["unit.ward"], "reader_id": ids["care.door"]}
    ids["care.delivery"] = pen.put(
        "coordination_careeventdelivery",
        **of_care,
        event_id=ids["care.event"],
        from_authority_id=psychiatry,
        from_unit_id=ids["unit.ward"],
        authority_id=social,
    )
    read = {"read_by_id": nurse.person, "read_at": "2026-02-02"}
    for name, event, more in (
        ("care.delivery.new", "care.event.new", {}),
        ("care.delivery.read", "care.event.inside", read),
    ):
        ids[name] = pen.put(
            "coordination_careeventdelivery",
            **of_care,
            **to_ward,
            **more,
            event_id=ids[event],
            from_authority_id=social,
        )
    for name, whose, event in (("care.done", of_ward, "care.event"), ("care.done.inside", care, "care.event")):
        ids[name] = pen.put("coordination_agreeddone", **whose, event_id=ids[event], rule="contact_person", name=WORD)
    disclose("care_event", ids["care.event"], [social], of=nurse, consent=ids["consent.care"])
    # A plan in its second version, with a third on the way; one that never was in force, and one that has ended.
    for name, more in (
        ("care.plan", {"in_force": 2}),
        ("care.plan.new", {}),
        ("care.plan.over", {"in_force": 1, "ended_on": date(2026, 2, 2), "end_why": WORD}),
    ):
        ids[name] = pen.put("coordination_plan", **care, **more, kind="joint")
    holds = {"in_force_by_id": of_social.person, "in_force_at": "2026-02-01"}
    for name, plan, version, more in (
        ("care.version", "care.plan", 2, holds),
        ("care.version.former", "care.plan", 1, holds),
        ("care.version.draft", "care.plan", 3, {}),
        ("care.version.new", "care.plan.new", 1, {}),
        ("care.version.over", "care.plan.over", 1, holds),
    ):
        ids[name] = pen.put(
            "coordination_planversion", **care, **more, plan_id=ids[plan], version=version, goals=f"{WORD} vil hjem"
        )
    at_ward = {"party_id": psychiatry, "unit_id": ids["unit.ward"]}
    for name, version, number, more in (
        ("care.line", "care.version", 1, {"owner": WORD}),
        ("care.line.ward", "care.version", 2, {"owner": "Afsnit H3", **at_ward}),
        ("care.line.done", "care.version", 3, {"owner": WORD, "done_on": SINCE, "done_by_id": of_social.person}),
        ("care.line.former", "care.version.former", 1, {"owner": WORD}),
        ("care.line.draft", "care.version.draft", 1, {"owner": WORD}),
        ("care.line.over", "care.version.over", 1, {"owner": WORD}),
    ):
        step = {"number": number, "what": f"{WORD} ringes op", "since": 1, "part": "step", **more}
        ids[name] = pen.put("coordination_planline", **care, version_id=ids[version], **step)
    said = {**of_care, "owner_authority_id": social, "reply": "yes", "by_id": of_social.person}
    for name, version, more in (
        ("care.answer", "care.version", {"who": WORD}),
        ("care.answer.ward", "care.version", {"who": "x", **at_ward, "by_id": nurse.person}),
        ("care.answer.former", "care.version.former", {"who": WORD}),
        ("care.answer.draft", "care.version.draft", {"who": WORD}),
        ("care.answer.police", "care.version", {"who": "x", "party_id": police}),
    ):
        answer = {"authority_id" if key == "party_id" else key: value for key, value in more.items()}
        ids[name] = pen.put("coordination_plananswer", **{**said, **answer}, version_id=ids[version])
    # Outreach of the unit in which the social services' member has the post, and of another unit of theirs.
    ids["unit.other"] = pen.put("partnerships_unit", authority_id=social, name="Bostøtten")
    of_team = {"partnership_id": here, **by_worker, "unit_id": ids["unit"]}
    ends = {"ended_on": date(2026, 2, 2), "end_reason": 2}
    for name, more in (
        ("course", {}),
        ("course.ended", ends),
        ("course.elsewhere", {"unit_id": ids["unit.other"]}),
    ):
        ids[name] = pen.put(
            "outreach_course",
            **{**of_team, **more},
            pseudonym=f"{WORD} {name[6:]}",
            number=f"KF-{name[-6:]}",
            known="unknown",
            phase=2,
            worker_id=of_social.person,
        )
    for ending, place in (("", {"course_id": ids["course"]}), (".elsewhere", {"course_id": ids["course.elsewhere"]})):
        of_course = {**of_team, **place, **({"unit_id": ids["unit.other"]} if ending else {})}
        ids[f"attempt{ending}"] = pen.put(
            "outreach_attempt", **of_course, method=1, rung=3, note=f"{WORD} svarede", on="2026-02-02", sent=uuid4()
        )
        said_yes = {"answer": "yes", "given_on": SINCE, "valid_to": SINCE, "kept": WORD}
        ids[f"study{ending}"] = pen.put("outreach_research", **of_course, study=f"{WORD} 2026", **said_yes)
        reported = {**of_course, "form": "isbryder 2008.1", "answers": json.dumps({"q28": 3, "q39": WORD})}
        signed = {"sent_by_id": of_social.person}
        for name, month, more in (
            ("report", 2, {}),
            ("report.sent", 3, {**signed, "wave": 0, "target": 1, "sent_at": datetime.now(UTC)}),
            ("report.old", 4, {**signed, "sent_at": datetime(2026, 5, 5, tzinfo=UTC)}),
        ):
            ids[f"{name}{ending}"] = pen.put("outcomes_report", **reported, month=date(2026, month, 1), **more)
        agreed_on = {"place": "x", "agreed_with": WORD, "basis": "x", "review_on": date(2026, 5, 5)}
        ids[f"peace{ending}"] = pen.put("outreach_protection", **of_course, demands=["benefit"], **agreed_on)
        ids[f"proposal{ending}"] = pen.put(
            "outreach_proposal", **of_course, text=f"{WORD} får gjort rent", stance="green"
        )
        ids[f"handover{ending}"] = pen.put("outreach_handover", **of_course, kind="worker", to=WORD, reason=WORD)
        judged = dict.fromkeys(("illness", "isolation", "conditions", "home"), "unknown")
        ids[f"assessment{ending}"] = pen.put("outreach_assessment", **of_course, **judged, rationale=WORD, belongs=True)
        in_unit = {key: value for key, value in of_course.items() if key != "course_id"}
        written = {"form": "kvartalsjournal 2008.1", "answers": json.dumps({"q1": 2, "q22": WORD}), "version": 1}
        ids[f"journal{ending}"] = pen.put("outcomes_journal", **in_unit, **written, quarter=date(2026, 1, 1))
        ids[f"figures{ending}"] = pen.put("outcomes_publishedfigures", **in_unit, day=date(2026, 1, 1), what="x")
        ids[f"search{ending}"] = pen.put("outreach_search", **in_unit, kind="area", place="Vænget", hours=1)
        ids[f"inquiry{ending}"] = pen.put("outreach_inquiry", **in_unit, source=13, text=f"{WORD} råber")
        ids[f"phone{ending}"] = pen.put("outreach_phone", **in_unit, kind="iphone")
    removed = {"revoked_at": datetime(2026, 2, 2, tzinfo=UTC), "revoked_by_id": of_social.person}
    ids["phone.removed"] = pen.put("outreach_phone", **of_team, kind="android", **removed)
    followed = {"followed_on": date(2026, 2, 2), "followed_by_id": of_social.person, "did": "x", "outcome": "mistaken"}
    ids["inquiry.followed"] = pen.put("outreach_inquiry", **of_team, source=13, text=f"{WORD} sang", **followed)
    # Young people on the list of a unit of the social services, and on that of a worker in no unit of psychiatry.
    lone = filled.seat("psychiatry.frontline")
    young = {
        "partnership_id": here,
        "citizen_id": ids["citizen.care"],
        "name": "Kanariesen-care",
        "authority_id": social,
        "born_on": SINCE,
    }
    of_unit = {
        **young,
        "unit_id": ids["unit"],
        "by_id": of_social.person,
        "checked": "{}",
        "version": 1,
    }
    for name, more in (
        ("young", {"kind": "child_adult"}),
        ("young.said", {"kind": "aftercare", "said": 1}),
        ("young.over", {"kind": "thirty", "ended_on": date(2026, 2, 2), "end_reason": "no_need"}),
        ("young.lone", {"kind": "child_adult", "authority_id": psychiatry, "unit_id": None, "by_id": lone.person}),
    ):
        ids[name] = pen.put("referrals_transition", **{**of_unit, **more})
    handed = {**young, "unit_id": ids["unit"], "by_id": of_social.person, "kind": "child_adult", "receiver": "adults"}
    to_psychiatry = {"to_authority_id": psychiatry, "to_unit_id": ids["unit.ward"], "transition_id": ids["young"]}
    answered = {"state": "accepted", "answered_by_id": nurse.person, "answered_at": "2026-02-02"}
    for name, more in (
        ("hand", {}),
        ("hand.dark", {"to_unit_id": None}),
        ("hand.home", {"to_authority_id": social, "to_unit_id": None}),
        ("hand.done", answered),
        (
            "hand.lone",
            {
                "transition_id": ids["young.lone"],
                "authority_id": psychiatry,
                "unit_id": None,
                "by_id": lone.person,
                "to_authority_id": social,
                "to_unit_id": None,
            },
        ),
    ):
        row = {"state": "open", **handed, **to_psychiatry, "words": f"{WORD} tager bussen", **more}
        ids[name] = pen.put("referrals_handover", **row)
    ids["consent.young"] = pen.put(
        "sharing_consent",
        partnership_id=here,
        **by_worker,
        referral_id=ids["young"],
        scope="share",
        form="written",
        given=[WORD],
        receiver_ids=[psychiatry],
        given_on=date(2026, 1, 5),
        valid_to=date(2026, 12, 31),
    )
    for name in ("hand", "hand.done"):
        disclose("hand_over", ids[name], [psychiatry], of=of_social, consent=ids["consent.young"])
    disclose("hand_over", ids["hand.lone"], [social], of=lone)
    # The police have asked the ward something, and begun to ask once more.
    page = {"partnership_id": here, "purpose": "x", "version": 1}
    ids["entry.sender"] = pen.put(
        "directory_directoryentry", **page, authority_id=police, name="Vagten", sector="justice", kind="police"
    )
    ids["entry.ward"] = pen.put(
        "directory_directoryentry",
        **page,
        authority_id=psychiatry,
        unit_id=ids["unit.ward"],
        name="Afsnit H3",
        sector="region",
        kind="ward",
    )
    # The same young person's way in the unit of the social services, and two that are over there.
    ids["entry.team"] = pen.put(
        "directory_directoryentry",
        **page,
        authority_id=social,
        unit_id=ids["unit"],
        name="Ungeteamet",
        sector="municipality",
        kind="drop_in",
    )
    way = {
        **{column: value for column, value in young.items() if column != "born_on"},
        "unit_id": ids["unit"],
        "entry_id": ids["entry.team"],
        "gated": False,
        "stage": "deliver",
        "since": SINCE,
        "worker_id": of_social.person,
        "by_id": of_social.person,
        "log": json.dumps(
            [
                {
                    "kind": "opened",
                    "at": "2026-02-02T10:00:00+01:00",
                    "by": str(of_social.person),
                    "who": "x",
                    "words": WORD,
                }
            ]
        ),
    }
    over = {"ended_on": date(2026, 2, 2), "end_reason": "lost"}
    for name, more in (("way", {}), ("way.over", over), ("way.seen", {**over, "reviewed_on": date(2026, 2, 3)})):
        ids[name] = pen.put("referrals_pathway", **{**way, **more})
    ids["citizen.ref"] = citizen(91)
    ids["identity.ref"] = identity(member, ids["citizen.ref"], "ref")
    of_pair = {
        "partnership_id": here,
        "citizen_id": ids["citizen.ref"],
        "name": "Aage Kanariesen-ref",
        "authority_id": police,
        "from_entry_id": ids["entry.sender"],
        "from_kind": "police",
        "to_authority_id": psychiatry,
        "to_unit_id": ids["unit.ward"],
        "to_entry_id": ids["entry.ward"],
        "to_kind": "ward",
        "template_key": "statement",
        "way": "beside",
        "said": json.dumps({"question": {"text": f"Kan {WORD} møde?", "whose": "own", "who": ""}}),
        "version": 1,
        "by_id": member.person,
    }
    gone = {"basis": "consent", "sent_at": "2026-02-02"}
    on_yes = uuid4()
    over = {"state": "closed", "closed_at": "2026-02-09", "answered_at": "2026-02-09", "answer": "answered"}
    for name, more in (
        ("ref", {**gone, "state": "received", "due_at": "2026-02-16", "consent_id": on_yes}),
        ("ref.draft", {"state": "draft"}),
        ("ref.back", {**gone, "state": "returned"}),
        ("ref.over", {**gone, **over}),
    ):
        ids[name] = pen.put("referrals_referral", **of_pair, **more)
    for name in ("ref", "ref.draft"):
        ids[f"consent.{name}"] = pen.put(
            "sharing_consent",
            id=on_yes if name == "ref" else uuid4(),
            partnership_id=here,
            referral_id=ids[name],
            authority_id=police,
            scope="share",
            information_types=["social"],
            receiver_ids=[police, psychiatry],
            purposes=["help"],
            form="written",
            informed=True,
            given=[WORD],
            given_on=date(2026, 1, 5),
            valid_to=date(2026, 12, 31),
            by_id=member.person,
        )
    disclose("referral", ids["ref"], [psychiatry], consent=ids["consent.ref"])
    asked, replied = (
        {"authority_id": police, "by_id": member.person},
        {"authority_id": psychiatry, "by_id": nurse.person},
    )
    for name, of, kind, more in (
        ("ref.line", asked, "sent", {}),
        ("ref.line.answer", replied, "message", {"of_receiver": True}),
        ("ref.line.inner", replied, "answer", {"of_receiver": True, "inner": True}),
    ):
        ids[name] = pen.put(
            "referrals_referralentry",
            partnership_id=here,
            referral_id=ids["ref"],
            **of,
            **more,
            kind=kind,
            text=f"{WORD} ringer selv",
            items="[]",
            voices="[]",
        )
    # The ward writes the plan of its own discharge: one that holds, and one that is its draft still.
    own_ward = {**of_care, "authority_id": psychiatry, "by_id": nurse.person}
    ward_holds = {"in_force_by_id": nurse.person, "in_force_at": "2026-02-01"}
    answered = {**of_care, "owner_authority_id": psychiatry, "reply": "yes"}
    for name, is_plan, more in (("care.ward", {"in_force": 1}, ward_holds), ("care.ward.draft", {}, {})):
        ids[f"{name}.plan"] = pen.put(
            "coordination_plan", **own_ward, **is_plan, unit_id=ids["unit.ward"], kind="discharge"
        )
        ids[f"{name}.version"] = pen.put(
            "coordination_planversion",
            **own_ward,
            **more,
            plan_id=ids[f"{name}.plan"],
            version=1,
            goals=f"{WORD} vil hjem",
        )
        in_version = {"version_id": ids[f"{name}.version"]}
        ids[f"{name}.line"] = pen.put(
            "coordination_planline",
            **own_ward,
            **in_version,
            number=1,
            what=f"{WORD} ringes op",
            since=1,
            part="step",
            owner="x",
            party_id=social,
        )
        ids[f"{name}.answer"] = pen.put(
            "coordination_plananswer", **answered, **in_version, who=WORD, by_id=nurse.person
        )
    ids["care.ward.yes"] = pen.put(
        "coordination_plananswer",
        **answered,
        version_id=ids["care.ward.version"],
        authority_id=social,
        who="x",
        by_id=of_social.person,
    )
    disclose("care_plan", ids["care.ward.version"], [social], of=nurse, consent=ids["consent.care"])
    lawyer = filled.seat("police.jurist")
    about = {"partnership_id": here, "basis": "s115", "sender": "police", "receiver": "social"}
    ids["law_change"] = pen.put(
        "directory_lawchange", **about, number=1, opens=True, why="Aftalen", since=SINCE, created_by_id=lawyer.person
    )
    ids["entry"] = pen.put(
        "directory_directoryentry",
        partnership_id=here,
        authority_id=police,
        name="Patruljen",
        sector="justice",
        kind="police",
        purpose="Patruljerer",
        version=1,
    )
    for name, general in (("law", ""), ("law.general", "Må vi ringe?")):
        ids[f"question.{name}"] = pen.put(
            "directory_lawquestion",
            **about,
            authority_id=police,
            to_authority_id=police,
            asked_by_id=officer.person,
            # A question carries no person: the lawyer, who sees nobody, reads it.
            text="Må vi ringe?",
        )
        ids[f"answer.{name}"] = pen.put(
            "directory_lawanswer",
            **about,
            question_id=ids[f"question.{name}"],
            authority_id=police,
            by_id=lawyer.person,
            text="Ja",
            general=general,
        )
    pen.put("tasks_notice", person_id=officer.person, kind="daily", day=date(2026, 2, 1))
    ids["kept"] = uuid4()
    kept = json.dumps({"path": "/bekymringer/ny/", "fields": [["text", f"{WORD} halvt skrevet"]], "sent": True})
    cipher = seal(kept, "kept", officer.person.bytes + ids["kept"].bytes)
    pen.put("accounts_keptform", id=ids["kept"], person_id=officer.person, cipher=cipher)
    ids["feed"] = pen.put(
        "meetings_calendarfeed", person_id=officer.person, capacity_id=officer.post, token_hash=b"f" * 32
    )
    # A month that nobody made a table for.
    owner.execute(
        "insert into audit_logrow (seq, authority_id, at, act, subject_kind, previous, hash)"
        " values (1, gen_random_uuid(), '2001-01-01', 'look', 'case', '', '')"
    )
    owner.execute(
        "select audit_write(%s, %s, %s, %s)",
        [police, member.person, member.post, '[{"act": "look", "subject_kind": "case", "purpose": "kanarie"}]'],
    )
    dpo = filled.seat("police.dpo")
    ids["rule"] = pen.put(
        "retention_retentionrule",
        authority_id=police,
        kind="log",
        months=30,
        reference="x",
        reason="x",
        set_by_id=filled.seat("police.admin").person,
    )
    ids["rule.case"] = pen.put(
        "retention_retentionrule",
        authority_id=police,
        kind="case",
        months=12,
        reference="x",
        reason="x",
        set_by_id=dpo.person,
    )
    held = {"kind": "case", "reason": "Klage", "by_id": dpo.person}
    ids["hold"] = pen.put("retention_hold", authority_id=police, subject_id=ids["case.closed"], **held)
    lifted = {"lifted_at": "2026-01-01", "lifted_by_id": dpo.person}
    ids["hold.lifted"] = pen.put(
        "retention_hold", authority_id=police, subject_id=ids["case.run_off"], **held, **lifted
    )
    filled.references["disposal"] = "FLT-2026-600"
    ids["disposal"] = pen.put(
        "retention_disposal",
        authority_id=police,
        partnership_id=here,
        kind="case",
        subject_id=ids["case.run_off"],
        reference="FLT-2026-600",
        months=12,
        rule="x",
        state="due",
    )
    ids["stone"] = pen.put("retention_stone", authority_id=police, kind="case", subject_id=uuid4(), rule="x")
    ids["remainder"] = pen.put("retention_remainder", partnership_id=here, kind="case", year=2025)
    by_dpo = {"partnership_id": here, "authority_id": police, "by_id": dpo.person}
    asked_for = {**by_dpo, "who": WORD, "text": WORD, "about_case_id": c1, "kind": "insight", "identified_by": "x"}
    ids["right"] = pen.put("rights_rightsrequest", **asked_for)
    closed = {"outcome": "granted", "answer": "x", "answered_on": date(2026, 2, 1), "closed_by_id": member.person}
    ids["right.closed"] = pen.put("rights_rightsrequest", **asked_for, **closed)
    of_request = {"partnership_id": here, "authority_id": police, "request_id": ids["right"]}
    ids["exemption"] = pen.put("rights_exemption", **of_request, by_id=dpo.person, reason=WORD)
    heard = {"to_authority_id": social, "question": "x", "asked_by_id": dpo.person}
    ids["hearing"] = pen.put("rights_hearing", **of_request, **heard)
    answered = {"answered_by_id": filled.seat("social.member").person, "answered_at": "2026-02-02", "answer": WORD}
    of_request["request_id"] = ids["right.closed"]
    ids["hearing.answered"] = pen.put("rights_hearing", **of_request, **heard, **answered)
    ids["remark"] = pen.put("rights_remark", **{**by_dpo, "by_id": member.person}, case_id=c1, text=WORD)
    asks = {"partnership_id": here, "authority_id": psychiatry, "capacity_id": filled.seat("psychiatry.frontline").post}
    ids["outside"] = pen.put(
        "rights_outsidelook",
        **{**asks, "by_id": filled.seat("psychiatry.frontline").person},
        citizen_id=ids["citizen.open"],
        reason="visit",
        expires_at="2100-01-01",
    )
    task = {"partnership_id": here, "authority_id": police, "group_id": world.group, "role": "member"}
    task |= {"kind": "attention", "subject_kind": "outside", "subject_id": ids["outside"]}
    ids["task.outside"] = pen.put("tasks_task", **task, reference=filled.references["case.open"])
    ids["breach"] = pen.put("rights_breach", authority_id=police, kind="seen", what="x", by_id=dpo.person)
    over = {"closed_at": "2026-02-02", "measures": "x", "why_not_supervisor": "x", "why_not_citizens": "x"}
    ids["breach.over"] = pen.put("rights_breach", authority_id=police, kind="lost", what="x", by_id=dpo.person, **over)
    ids["told"] = ids["citizen.open"]
    ids["chain_check"] = pen.put("audit_chaincheck", authority_id=police, seq=1)
    ids["watch"] = pen.put("rights_logwatch", authority_id=police, hours_until=24, many_per_hour=30)
    row = owner.execute("select seq, at from audit_logrow where authority_id = %s", [police])
    seq, at = row.fetchone()  # type: ignore[misc]
    drawn = {"authority_id": police, "seq": seq, "row_at": at, "person_id": member.person}
    ids["review.open"] = pen.put("rights_logreview", **drawn, why="random")
    ids["review.own"] = pen.put("rights_logreview", **{**drawn, "person_id": dpo.person}, why="night")
    judged = {"verdict": "lawful", "note": "I orden", "judged_by_id": dpo.person, "judged_at": at}
    ids["review.judged"] = pen.put("rights_logreview", **drawn, why="many", **judged)
    return filled
