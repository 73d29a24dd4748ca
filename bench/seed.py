"""Seeds a country: structure first, then one partnership after the other on two processes, then the log."""

import hmac
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench.country import (
    ACTIONS,
    ASSIGNED,
    CASES,
    CITIZENS,
    CONTRIBUTIONS,
    EVENTS,
    FOLLOW_UPS,
    FRONTLINE,
    NOTES,
    OPEN_SHARE,
    RAN_OFF_DAYS,
    SCREENERS,
    SITTING,
    YEARS,
    Country,
    Scale,
    ident,
)
from bench.load import NULL, Loader, bare_tables
from bench.words import Words
from samsvar.postgres.provision import connect

DAY = 86_400
LOG_MONTHS = 25
# Keys of a country of invented people.
VAULT_KEY, INDEX_KEY = b"a vault of people who never were", b"an index of people who never w.."

COLUMNS = {
    "cases_case": "id partnership_id group_id reference citizen_id identity_id raised_by_authority_id"
    " raised_by_id raised_at"
    " standing social psychiatric crime traits why_serious means_exhausted tried_before children next_step next_on"
    " last_activity_at party_ids closed_at closed_by_id close_reason close_note outcome",
    "cases_caseparty": "id partnership_id case_id group_id authority_id reason brought_in since until"
    " read_until added_by_id",
    "cases_responsibility": "id partnership_id case_id group_id authority_id period reason placed_by_id placed_at",
    "cases_recurrence": "id partnership_id case_id group_id earlier_id number",
    "cases_assignment": "id partnership_id case_id authority_id capacity_id reason since until added_by_id",
    "cases_caseevent": "id partnership_id case_id group_id kind authority_id by_id at text about_authority_id",
    "cases_action": "id partnership_id case_id group_id authority_id by_id at proposed_by_authority_id what"
    " due_on if_it_slips"
    " supports state result no_shows ended_at",
    "cases_followup": "id partnership_id case_id group_id authority_id by_id at what_happened nothing_new"
    " still_necessary"
    " criteria_met",
    "cases_involvement": "id partnership_id case_id group_id authority_id by_id at state reason review_on"
    " citizens_view",
    "cases_concern": "id partnership_id authority_id group_id raised_by_id capacity_id raised_at channel"
    " event_reference text"
    " identity_id repeat_mark state case_id",
    "cases_screening": "id partnership_id concern_id authority_id outcome traits own_reason reason by_id at",
    "cases_feedback": "id partnership_id concern_id to_id to_authority_id authority_id kind thanks by_id at read_at",
    "cases_networkcase": "id partnership_id group_id reference authority_id party_ids subject opened_by_id"
    " opened_at outcome"
    " outcome_note ended_at",
    "cases_consult": "id partnership_id group_id authority_id asked_by_id asked_at question answer",
    "citizens_citizen": "id partnership_id blind_index created_at",
    "citizens_identity": "id partnership_id citizen_id authority_id name name_key known_as cpr_cipher"
    " cpr_key_id birth_year sex"
    " address created_by_id created_at updated_at",
    "sharing_disclosure": "id partnership_id authority_id case_id citizen_id subject_kind subject_id"
    " information_type purpose"
    " necessity rule pack reasons channel by_id capacity_id at",
    "sharing_receipt": "id partnership_id disclosure_id subject_id authority_id from_authority_id brought_in",
    "sharing_contribution": "id partnership_id group_id case_id authority_id answer information_type text"
    " by_id at disclosed_at",
    "sharing_ownnote": "id partnership_id case_id authority_id group_id reach text by_id at",
    "tasks_task": "id partnership_id authority_id group_id person_id role kind subject_kind subject_id case_id"
    " reference acute"
    " due_on created_at done_at done_by_id",
    "meetings_meeting": "id partnership_id group_id starts_at place state orientation held_at",
    "meetings_agendaitem": "id partnership_id meeting_id group_id case_id kind position decision note"
    " decided_at decided_by_id",
}
LOG = (
    *("seq", "authority_id", "at", "person_id", "capacity_id", "partnership_id", "act", "subject_kind", "subject_id"),
    *("case_id", "citizen_id", "purpose", "detail", "previous", "hash"),
)


def seed(scale: Scale, owner_url: str, say: Callable[[str], None]) -> None:
    """Fill a migrated, empty database."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    country = Country(scale)
    with connect(owner_url) as owner:
        _structure(country, owner, today.date())
    began = time.monotonic()
    with bare_tables(owner_url, [*COLUMNS, "audit_logrow", "audit_chainhead"], say):
        _months(owner_url, today)
        origin = int(today.timestamp())
        with ProcessPoolExecutor(2) as pool:
            # The largest first, so that the two processes end together.
            places = sorted(country.places, key=country.cases_of, reverse=True)
            chains = sorted(country.authorities, key=country.log_rows_of, reverse=True)
            jobs = [pool.submit(_place, scale, owner_url, origin, place) for place in places]
            jobs += [pool.submit(_chain, scale, owner_url, origin, chain.number) for chain in chains]
            try:
                rows = sum(job.result() for job in jobs)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        say(f"{rows:,} rows {time.monotonic() - began:.0f} s")
    with connect(owner_url, autocommit=True) as owner:
        owner.execute("analyze")


def _structure(country: Country, owner, today: date) -> None:
    """Partnerships, authorities, staff and seats: few enough for plain inserts."""
    since = today - timedelta(days=365 * (YEARS + 1))
    execute = owner.execute
    for place in country.places:
        execute(
            "insert into partnerships_partnership (id, name, cooperation, police_district, purpose, reference_prefix,"
            " name_in_advance, age_limit, means_required, count_network_cases, run_off_days, stale_days, created_at)"
            " values (%s, %s, 'psp', %s, '', %s, true, 18, true, true, %s, 30, now())",
            [
                country.partnership(place),
                f"Samarbejde {place + 1}",
                f"Kreds {place % 12 + 1}",
                f"K{place + 1}",
                RAN_OFF_DAYS,
            ],
        )
        for level in ("operative", "steering"):
            execute(
                "insert into partnerships_group (id, partnership_id, name, word, level, model,"
                " reference_prefix, rhythm, place,"
                " duty_to_attend, deputies_allowed, channels, instruction)"
                " values (%s, %s, %s, 'gruppe', %s, 'operative_group', '', 'monthly', '', false, true, '{}', '')",
                [
                    country.group(place) if level == "operative" else ident("steering", place),
                    country.partnership(place),
                    f"Gruppe {place + 1}" if level == "operative" else f"Styregruppe {place + 1}",
                    level,
                ],
            )
        for position in range(10):
            execute(
                "insert into partnerships_criterion (id, partnership_id, key, danish, english, position, active)"
                " values (%s, %s, %s, %s, '', %s, true)",
                [
                    ident("criterion", place, position),
                    country.partnership(place),
                    f"trait-{position}",
                    f"Kriterium {position + 1}",
                    position,
                ],
            )
    for authority in country.authorities:
        execute(
            "insert into partnerships_authority (id, name, short_name, kind, regime) values (%s, %s, %s, %s, %s)",
            [
                authority.id,
                authority.name,
                authority.name[:24],
                authority.kind,
                "rhl" if authority.kind in ("police", "probation") else "gdpr",
            ],
        )
        for number in range(authority.staff):
            role = "member" if number < SITTING else "screener" if number < FRONTLINE else "frontline"
            roles = {"member": ["releaser"], "screener": ["screener", "releaser"], "frontline": ["frontline"]}[role]
            execute(
                "insert into accounts_user (id, email, name, password, language, is_active, created_at)"
                " values (%s, %s, %s, '!', 'da', true, now())",
                [
                    authority.person(number),
                    f"p{authority.number}.{number}@eksempel.dk",
                    f"Ansat {authority.number}-{number}",
                ],
            )
            execute(
                "insert into partnerships_capacity (id, person_id, authority_id, function, roles, phone,"
                " hours, since, end_reason)"
                " values (%s, %s, %s, %s, %s, '', '', %s, '')",
                [authority.post(number), authority.person(number), authority.id, role, roles, since],
            )
    for place in country.places:
        for authority in country.parties[place]:
            execute(
                "insert into partnerships_participation (id, partnership_id, authority_id, since) values (%s,"
                " %s, %s, %s)",
                [ident("participation", place, authority.number), country.partnership(place), authority.id, since],
            )
        for position, seat in enumerate(country.members(place)):
            execute(
                "insert into partnerships_membership (id, group_id, capacity_id, kind, may_decide, close_to_practice,"
                " duty_to_attend, mandate, network, since, end_reason)"
                " values (%s, %s, %s, 'permanent', true, true, false, '', '', %s, '')",
                [ident("membership", place, position), country.group(place), seat.post, since],
            )
            if position < 2:
                execute(
                    "insert into partnerships_groupfunction (id, group_id, capacity_id, function, reason, since)"
                    " values (%s, %s, %s, %s, '', %s)",
                    [
                        ident("function", place, position),
                        country.group(place),
                        seat.post,
                        ("coordinator", "chair")[position],
                        since,
                    ],
                )
        execute(
            "insert into cases_referencecounter (id, partnership_id, prefix, year, last) values (%s, %s, %s,"
            " %s, 100000)",
            [ident("counter", place), country.partnership(place), f"K{place + 1}", today.year],
        )


_days: dict[int, str] = {}


def stamp(second: int) -> str:
    """A moment as PostgreSQL reads it."""
    day, rest = divmod(second, DAY)
    text = _days.get(day)
    if text is None:
        text = _days[day] = datetime.fromtimestamp(day * DAY, UTC).strftime("%Y-%m-%d")
    return f"{text} {rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}+00"


def _cpr(number: int, birth_year: int) -> str:
    """A number outside the real ones (day + 60), different for each citizen of a partnership."""
    day, month, digits = number % 28 + 61, number // 28 % 12 + 1, number // 336 % 4000
    return f"{day}{month:02}{birth_year % 100:02}{digits:04}"


_DANISH = str.maketrans({"æ": "{a", "ø": "{b", "å": "{c"})
_words: dict[str, Words] = {}


def _months(owner_url: str, today: datetime) -> None:
    """The log's past months, which an installation of this age would have."""
    with connect(owner_url, autocommit=True) as owner:
        month = today.replace(day=1)
        for _ in range(LOG_MONTHS):
            until, month = month, (month - timedelta(days=1)).replace(day=1)
            name = f"audit_logrow_{month:%Y_%m}"
            owner.execute(f"create table {name} partition of audit_logrow for values from ('{month}') to ('{until}')")
            owner.execute(f"alter table {name} enable row level security, force row level security")


def _place(scale: Scale, owner_url: str, origin: int, place: int) -> int:
    """Everything of one partnership but its log; returns how many rows."""
    words = _words.setdefault("da", Words("samsvar"))
    country = Country(scale)
    random = country.random("place", place)
    draw = random.random
    partnership, group = country.partnership(place), country.group(place)
    parties = country.parties[place]
    police, social, psychiatry, *brought = parties
    total = country.cases_of(place)
    opened = max(3, round(total * OPEN_SHARE))
    lines: dict[str, list[str]] = {table: [] for table in COLUMNS}
    serial = iter(range(1 << 40))

    def add(table: str, *values: str) -> None:
        lines[table].append("\t".join(values))

    def fresh() -> str:
        return f"{random.getrandbits(128):032x}"

    def some(average: float) -> int:
        """A count with this mean, seldom more than thrice it."""
        return min(int(random.expovariate(1 / (average + 0.5))), int(3 * average) + 2)

    def tell(
        case: str, citizen: str, kind: str, subject: str, information: str, sender, receivers, at: str, by: int
    ) -> None:
        disclosure = fresh()
        add(
            "sharing_disclosure",
            *(disclosure, partnership, sender.id, case, citizen, kind, subject, information, "help"),
            *(f"Nødvendigt for indsatsen ({next(serial)}).", "L1", "dk-2026", _REASONS, "here"),
            *(sender.person(by), sender.post(by), at),
        )
        for receiver in receivers:
            add("sharing_receipt", fresh(), partnership, disclosure, subject, receiver.id, sender.id, "f")

    meetings = []
    for month in range(-YEARS * 12, 2):
        starts, meeting = origin + month * 30 * DAY + 9 * 3600 + 5 * DAY, ident("meeting", place, month)
        meetings.append((starts, meeting))
        held = starts < origin
        add(
            "meetings_meeting",
            *(meeting, partnership, group, stamp(starts), "Rådhuset", "held" if held else "planned", ""),
            stamp(starts + 7200) if held else NULL,
        )

    def meeting_before(second: int) -> tuple[int, str]:
        return meetings[min(max((second - meetings[0][0]) // (30 * DAY), 0), len(meetings) - 1)]

    cipher, citizens = AESGCM(VAULT_KEY), []
    new_citizen = CITIZENS / CASES
    per_case = {
        name: wanted / CASES
        for name, wanted in (
            ("contributions", CONTRIBUTIONS),
            ("notes", NOTES),
            ("actions", ACTIONS),
            ("events", EVENTS),
            ("follow_ups", FOLLOW_UPS),
        )
    }
    mine = iter(range(ASSIGNED)) if place == 0 else iter(())
    for number in range(total):
        is_open = number >= total - opened
        case = country.case(place, number)
        # Old cases first; the open ones are from the last year and a half.
        age = int(random.uniform(1, 500) if is_open else random.uniform(100, 365 * YEARS)) * DAY
        raised = origin - age + int(draw() * DAY)
        closed = (
            None if is_open else min(raised + int(random.uniform(30, 400)) * DAY, origin - int(draw() * 90) * DAY - 1)
        )
        last = closed or origin - int(random.expovariate(1 / 20)) * DAY - int(draw() * DAY)
        last = max(last, raised)
        at = stamp(raised)
        chosen = [police, social, psychiatry]
        if draw() < 0.2:
            chosen.remove(random.choice(chosen))
        for party in brought:
            if draw() < 0.08:
                chosen.append(party)
        raiser = chosen[0] if draw() < 0.5 else random.choice(chosen[:2])
        others = [party for party in chosen if party is not raiser]
        by = int(draw() * raiser.staff)
        if not citizens or draw() < new_citizen:
            citizen, birth_year = ident("citizen", place, len(citizens)), 1940 + int(draw() * 65)
            known: dict = {
                "id": citizen,
                "cpr": _cpr(len(citizens), birth_year),
                "year": birth_year,
                "names": {},
                "cases": [],
            }
            citizens.append(known)
            index = hmac.digest(INDEX_KEY, known["cpr"].encode(), "sha256").hex() if draw() < 0.9 else None
            add("citizens_citizen", citizen, partnership, f"\\\\x{index}" if index else NULL, at)
            known["name"] = random.choice(words.names)
        else:
            known = citizens[int(draw() * len(citizens))]
            citizen = known["id"]
        identity = known["names"].get(raiser.number)
        if identity is None:
            identity = known["names"][raiser.number] = ident("identity", citizen, raiser.number)
            nonce = random.randbytes(12)
            sealed = nonce + cipher.encrypt(nonce, known["cpr"].encode(), UUID(identity).bytes)
            name = known["name"]
            add(
                "citizens_identity",
                *(
                    identity,
                    partnership,
                    citizen,
                    raiser.id,
                    name,
                    name.casefold().replace("aa", "å").translate(_DANISH),
                    "",
                ),
                *(
                    f"\\\\x{sealed.hex()}",
                    "bench",
                    str(known["year"]),
                    ("female", "male")[number % 2],
                    f"Vejen {number % 300}",
                ),
                *(raiser.person(by), at, at),
            )
        reference = f"K{place + 1}-{stamp(raised)[:4]}-{number:05}"
        parties_today = [] if closed else chosen
        holder = random.choice(chosen)
        add(
            "cases_case",
            *(case, partnership, group, reference, citizen, identity, raiser.id, raiser.person(by), at),
            "closed" if closed else "placed" if draw() < 0.8 else "awaiting_information",
            *("yes", "yes" if draw() < 0.8 else "unknown", "yes" if draw() < 0.5 else "no"),
            *(
                f"{{trait-{number % 10},trait-{number % 7}}}",
                words.text(random, 2),
                words.text(random, 1),
                words.text(random, 1),
            ),
            *("no", "" if closed else words.sentences[number % 20_000][:120]),
            NULL if closed or draw() < 0.3 else stamp(origin + int(random.uniform(-10, 40)) * DAY)[:10],
            *(stamp(last), f"{{{','.join(party.id for party in parties_today)}}}"),
            *(
                (stamp(closed), holder.person(0), "solved", "Fulgt til dørs.", "support")
                if closed
                else (NULL, NULL, "", "", "")
            ),
        )
        ended, read_until = (stamp(closed), stamp(closed + RAN_OFF_DAYS * DAY)) if closed else (NULL, NULL)
        for party in chosen:
            add(
                "cases_caseparty",
                *(fresh(), partnership, case, group, party.id, "part", "f", at, ended, read_until, raiser.person(by)),
            )
        tell(case, citizen, "case", case, "concern", raiser, others, at, by)
        tell(case, citizen, "identity", identity, "identity", raiser, others, at, by)
        if known["cases"]:
            add(
                "cases_recurrence",
                *(fresh(), partnership, case, group, known["cases"][-1], str(len(known["cases"]) + 1)),
            )
        known["cases"].append(case)

        moves = [raised, closed]
        if last - raised > 10 * DAY:
            moves.insert(1, raised + (last - raised) // 3)
        for (since, until), who in zip(pairwise(moves), (raiser, holder), strict=False):
            span = f'["{stamp(since)}",{chr(34) + stamp(until) + chr(34) if until else ""})'
            add(
                "cases_responsibility",
                *(
                    fresh(),
                    partnership,
                    case,
                    group,
                    who.id,
                    span,
                    "Har det bedste kendskab.",
                    who.person(0),
                    stamp(since),
                ),
            )

        # Much happens in a case that stays open; what is counted here is the mean of all.
        more = 2.5 if is_open else 1 - OPEN_SHARE * 1.5
        span = max(last - raised, 60)

        def when(span: int = span, raised: int = raised) -> int:
            return raised + int(draw() * span)

        for _ in range(some(per_case["contributions"] * more)):
            party, second, row = random.choice(chosen), when(), fresh()
            number_in_staff = int(draw() * party.staff)
            told = draw() < 0.6
            answer = "contributes" if draw() < 0.8 else random.choice(("not_known", "back_later", "declines"))
            told = told and answer == "contributes"
            add(
                "sharing_contribution",
                *(row, partnership, group, case, party.id, answer, "social" if answer == "contributes" else ""),
                *(
                    words.text(random, 3) if answer == "contributes" else "",
                    party.person(number_in_staff),
                    stamp(second),
                ),
                stamp(second) if told else NULL,
            )
            if told:
                receivers = [other for other in chosen if other is not party]
                tell(case, citizen, "contribution", row, "social", party, receivers, stamp(second), number_in_staff)
        for _ in range(some(per_case["notes"] * more)):
            party = random.choice(chosen)
            add(
                "sharing_ownnote",
                *(fresh(), partnership, case, party.id, group, "authority" if draw() < 0.7 else "person"),
                *(words.text(random, 2), party.person(int(draw() * party.staff)), stamp(when())),
            )
        for _ in range(some(per_case["actions"] * more)):
            party, second = random.choice(chosen), when()
            state = "agreed" if is_open and draw() < 0.5 else "done"
            add(
                "cases_action",
                *(fresh(), partnership, case, group, party.id, party.person(0), stamp(second), raiser.id),
                *(
                    words.sentences[int(draw() * 20_000)][:250],
                    stamp(second + 20 * DAY)[:10],
                    "Ring til gruppen.",
                    "t",
                    state,
                ),
                *("", "0", NULL if state == "agreed" else stamp(min(second + 20 * DAY, last))),
            )
        kinds = [
            "raised",
            "party_added",
            "placed",
            "moved",
            "action_agreed",
            "action_done",
            "followed_up",
            "contribution",
        ]
        for step in range(max(1, some(per_case["events"] * more))):
            party = random.choice(chosen)
            second = raised if step == 0 else when()
            add(
                "cases_caseevent",
                *(fresh(), partnership, case, group, kinds[0] if step == 0 else random.choice(kinds[1:])),
                *(party.id, party.person(int(draw() * party.staff)), stamp(second), "", NULL),
            )
        for _ in range(some(per_case["follow_ups"] * more)):
            party = random.choice(chosen)
            add(
                "cases_followup",
                *(fresh(), partnership, case, group, party.id, party.person(0), stamp(when()), words.text(random, 1)),
                *("f", "yes", "yes"),
            )
        if draw() < 0.5:
            add(
                "cases_involvement",
                *(
                    fresh(),
                    partnership,
                    case,
                    group,
                    holder.id,
                    holder.person(0),
                    stamp(when()),
                    "involved",
                    "",
                    NULL,
                    "",
                ),
            )
        for position in range(3 if is_open else 1):
            second, meeting = meeting_before((origin + 20 * DAY - position * 30 * DAY) if is_open else last)
            decided = second < origin
            add(
                "meetings_agendaitem",
                *(
                    fresh(),
                    partnership,
                    meeting,
                    group,
                    case,
                    "follow_up" if age > 60 * DAY else "new",
                    str(number % 300),
                ),
                *("followed_up" if decided else "", "", stamp(second + 3600) if decided else NULL),
                raiser.person(by) if decided else NULL,
            )
        if is_open:
            for party in chosen[: 1 + number % 2]:
                frontline = FRONTLINE + 1 + number % max(1, party.staff - FRONTLINE - 1)
                add(
                    "cases_assignment",
                    *(
                        fresh(),
                        partnership,
                        case,
                        party.id,
                        party.post(frontline),
                        "sagsbehandler",
                        at,
                        NULL,
                        party.person(0),
                    ),
                )
            if social in chosen and next(mine, None) is not None:
                add(
                    "cases_assignment",
                    *(fresh(), partnership, case, social.id, social.post(FRONTLINE), "sagsbehandler", at, NULL),
                    social.person(0),
                )
        for kind, share in (("involve_citizen", 0.6), ("prepare", 0.5), ("do_action", 0.4), ("tell_citizen", 0.5)):
            if draw() > share:
                continue
            party, second = random.choice(chosen), when()
            to_person = kind == "do_action"
            add(
                "tasks_task",
                *(
                    fresh(),
                    partnership,
                    party.id,
                    group,
                    party.person(int(draw() * party.staff)) if to_person else NULL,
                ),
                *("" if to_person else "member", kind, "case", case, case, reference, "t" if draw() < 0.02 else "f"),
                *(stamp(second + 14 * DAY)[:10] if kind == "do_action" else NULL, stamp(second)),
                *((NULL, NULL) if is_open else (stamp(last), party.person(0))),
            )

        for _ in range(1 if draw() < 0.8 else 2):
            concern, writer = fresh(), int(draw() * raiser.staff)
            worry = raised - int(draw() * 20) * DAY
            waits = is_open and draw() < 0.1
            add(
                "cases_concern",
                *(concern, partnership, raiser.id, group, raiser.person(writer), raiser.post(writer), stamp(worry)),
                *(
                    "tag" if draw() < 0.6 else "lines",
                    f"0100-{number:06}-{place:03}",
                    words.text(random, 1),
                    identity,
                    "f",
                ),
                *(("raised", NULL) if waits else ("agenda", case)),
            )
            if waits:
                continue
            screener = SITTING + int(draw() * SCREENERS)
            judged = stamp(worry + DAY)
            add(
                "cases_screening",
                *(fresh(), partnership, concern, raiser.id, "agenda", "{trait-1}", "", words.text(random, 1)),
                *(raiser.person(screener), judged),
            )
            add(
                "cases_feedback",
                *(fresh(), partnership, concern, raiser.person(writer), raiser.id, raiser.id, "on_table", "Tak."),
                *(raiser.person(screener), judged, judged if draw() < 0.9 else NULL),
            )
        if draw() < 0.1:
            add(
                "cases_networkcase",
                *(fresh(), partnership, group, f"NP-{number}", raiser.id, f"{{{raiser.id},{others[0].id}}}"),
                *(
                    words.sentences[number % 20_000][:250],
                    raiser.person(by),
                    at,
                    "joint",
                    "Løst.",
                    stamp(raised + 9 * DAY),
                ),
            )
        if draw() < 0.05:
            add(
                "cases_consult",
                *(fresh(), partnership, group, raiser.id, raiser.person(by), at, words.text(random, 1), "Ring til os."),
            )

    loader = Loader(owner_url)
    for table, columns in COLUMNS.items():
        loader.copy(table, tuple(columns.split()), lines[table])
    loader.close()
    return loader.rows


_REASONS = '[{"rule": "L1", "text": "Politi, sociale myndigheder og psykiatri må udveksle det nødvendige."}]'
_ACTS = (*["look"] * 17, "search", "create", "change")


def _chain(scale: Scale, owner_url: str, origin: int, number: int) -> int:
    """One authority's log, a whole chain as audit_write would have made it; returns how many rows."""
    country = Country(scale)
    authority = country.everyone[number]
    total = country.log_rows_of(authority)
    random = country.random("log", number)
    draw = random.random
    places = [place for place in country.places if authority in country.parties[place]]
    counts = [country.cases_of(place) for place in places]
    span = 24 * 30 * DAY
    loader, lines, link = Loader(owner_url), [], b"\x00"
    owner = authority.id
    # A case is looked at many times by the same few people.
    pool = [
        (country.partnership(place), country.case(place, int(draw() * country.cases_of(place))))
        for place in random.choices(places, counts, k=max(1, min(total // 15, 20_000)))
    ]
    people = [(authority.person(one), authority.post(one)) for one in range(authority.staff)]
    for seq in range(1, total + 1):
        second = origin - span + span * seq // (total + 1)
        moment, micro = stamp(second), f"{int(draw() * 1e6):06}"
        person, post = people[int(draw() * len(people))]
        act = _ACTS[int(draw() * 20)]
        if act == "search" or draw() < 0.2:
            kind, detail, partnership, subject = "case_list", '{"count": 20}', NULL, NULL
            place_of, subject_of = "null", "null"
        else:
            partnership, subject = pool[int(draw() * len(pool))]
            kind, detail, place_of, subject_of = "case", "{}", f'"{partnership}"', f'"{subject}"'
        previous = link
        # Letter for letter what audit_link reads.
        said = (
            f'[{seq}, "{owner}", "{moment[:10]}T{moment[11:19]}.{micro}", "{person}", "{post}", {place_of},'
            f' "{act}", "{kind}",'
            f' {subject_of}, {subject_of}, null, "", {detail}]'
        )
        link = sha256(previous + said.encode()).digest()
        lines.append(
            f"{seq}\t{owner}\t{moment[:19]}.{micro}+00\t{person}\t{post}\t{partnership}\t{act}\t{kind}\t{subject}"
            f"\t{subject}\t{NULL}\t\t{detail}\t\\\\x{previous.hex()}\t\\\\x{link.hex()}"
        )
        if len(lines) == 100_000:
            loader.copy("audit_logrow", LOG, lines)
            lines = []
    loader.copy("audit_logrow", LOG, lines)
    if total:
        loader.copy("audit_chainhead", ("authority_id", "seq", "hash"), [f"{owner}\t{total}\t\\\\x{link.hex()}"])
    loader.close()
    return loader.rows
