"""What each indicator asks of the logs: who is asked about, of whom it holds, and what is added up."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping

from samsvar.instruments.instrument import Said, instrument, quarterly
from samsvar.instruments.scales import ScaleSet, Settings
from samsvar.outcomes.files.table import TIMES, score_of
from samsvar.outcomes.indicators.logs import CourseLine, Logs, Try, inquiries_of
from samsvar.outcomes.indicators.parts import Asked, Part, Shape

# The form's codes that this asks for.
_VISITS, _MET, _MESSAGES, _PURPOSE_REACHED = (1, 5), 6, 4, 4
_PSYCHIATRY = (2, 3)
_ENOUGH = 50
_HOURS = (
    (6, 9, Said("Morgen, kl. 6-9", "Morning, 6-9")),
    (9, 12, Said("Formiddag, kl. 9-12", "Before noon, 9-12")),
    (12, 17, Said("Eftermiddag, kl. 12-17", "Afternoon, 12-17")),
    (17, 22, Said("Aften, kl. 17-22", "Evening, 17-22")),
    (22, 6, Said("Nat, kl. 22-6", "Night, 22-6")),
)


def _share(said: Said, who: str, holds: Mapping[Hashable, bool]) -> Part:
    return Part(said, Shape.SHARE, who, {key: Asked(one) for key, one in holds.items()})


def _sum(said: Said, who: str, much: Mapping[Hashable, float]) -> Part:
    return Part(said, Shape.SUM, who, {key: Asked(one > 0, one) for key, one in much.items()}, places=0)


def _mean(said: Said, who: str, much: Mapping[Hashable, float], places: int = 1) -> Part:
    return Part(said, Shape.MEAN, who, {key: Asked(True, one) for key, one in much.items()}, places=places)


def _plain(da: str, en: str, value: float) -> Part:
    return Part(Said(da, en), Shape.PLAIN, "", plain=value, places=0)


def _by_course(logs: Logs) -> dict[Hashable, list[Try]]:
    found: dict[Hashable, list[Try]] = defaultdict(list)
    for one in logs.tries:
        found[one.course].append(one)
    return found


def _succeeded(one: Try) -> bool:
    return one.rung > 1


def _option(question: str, code: int) -> Said:
    return instrument().question(question).options[code].said


def _visits_and_attempts(logs: Logs, _measures: ScaleSet) -> list[Part]:
    tried = _by_course(logs)
    visits = {key: float(sum(one.method in _VISITS for one in rows)) for key, rows in tried.items()}
    return [
        _sum(Said("Forsøg", "Attempts"), "tried", {key: float(len(rows)) for key, rows in tried.items()}),
        _sum(Said("Heraf besøg", "Visits among them"), "tried", visits),
        _sum(
            Said("Minutter", "Minutes"),
            "tried",
            {key: float(sum(one.minutes for one in rows)) for key, rows in tried.items()},
        ),
    ]


def _before_first(logs: Logs, _measures: ScaleSet) -> list[Part]:
    found: dict[Hashable, float] = {}
    for key, rows in _by_course(logs).items():
        met = [one.on for one in rows if one.rung >= _MET and one.method != _MESSAGES]
        if met:
            found[key] = float(sum(one.method in _VISITS and one.on < min(met) for one in rows))
    return [_mean(Said("Besøg, gennemsnit", "Visits, mean"), "met", found)]


def _hour_of_day(logs: Logs, _measures: ScaleSet) -> list[Part]:
    hours = {
        key: {one.on.hour for one in rows if _succeeded(one)}
        for key, rows in _by_course(logs).items()
        if any(_succeeded(one) for one in rows)
    }

    def within(hour: int, low: int, high: int) -> bool:
        return low <= hour < high if low < high else hour >= low or hour < high

    return [
        _share(said, "reached", {key: any(within(one, low, high) for one in some) for key, some in hours.items()})
        for low, high, said in _HOURS
    ]


def _by_method(logs: Logs, _measures: ScaleSet) -> list[Part]:
    parts = []
    for code, option in instrument().question("q27").options.items():
        tried: dict[Hashable, bool] = {}
        for one in logs.tries:
            if one.method == code:
                tried[one.course] = tried.get(one.course, False) or _succeeded(one)
        if tried:
            parts.append(_share(option.said, f"tried so {code}", tried))
    return parts


def _time_on_unknown(logs: Logs, _measures: ScaleSet) -> list[Part]:
    unknown = {one.number: one.unknown for one in logs.courses}
    spent: dict[Hashable, float] = defaultdict(float)
    for one in logs.tries:
        spent[one.course] += one.minutes
    asked = {key: Asked(unknown.get(str(key), False), much) for key, much in spent.items() if much}
    return [Part(Said("Andel af minutterne", "Share of the minutes"), Shape.PORTION, "spent", asked)]


def _open(logs: Logs) -> list[CourseLine]:
    return [one for one in logs.courses if one.ended_on is None or one.ended_on >= logs.day]


def _ended(logs: Logs) -> list[CourseLine]:
    return [one for one in logs.courses if one.ended_on is not None and one.ended_on < logs.day]


def _per_worker(logs: Logs, _measures: ScaleSet) -> list[Part]:
    rows = _open(logs)
    workers = len({one.worker for one in rows}) or 1
    asked: dict[Hashable, Asked] = {one.number: Asked() for one in rows}
    return [
        Part(Said("Kontaktforløb pr. medarbejder", "Courses per worker"), Shape.RATE, "open", asked, divisor=workers)
    ]


def _found(logs: Logs, _measures: ScaleSet) -> list[Part]:
    judged = [one for one in logs.courses if one.belongs is not None]
    looked = {one.course for one in logs.asked if one.kind and one.course}
    return [
        _share(
            Said("I målgruppen", "In the target group"),
            "judged",
            {one.number: bool(one.belongs) for one in judged},
        ),
        _share(
            Said("Heraf: ingen kendte borgeren", "Of them: nobody knew the citizen"),
            "judged",
            {one.number: bool(one.belongs and one.unknown) for one in judged},
        ),
        _share(
            Said("Heraf: fundet ved egen opsporing", "Of them: found by looking"),
            "judged",
            {one.number: bool(one.belongs and one.number in looked) for one in judged},
        ),
    ]


def _pension(logs: Logs, _measures: ScaleSet) -> list[Part]:
    """The funnel: each step is within the one before, so all five are protected as the steps of one ladder."""
    rounds = [one for one in logs.rounds if one.kind == "pension"]
    if not rounds:
        return []
    keys = {one.key for one in rounds}
    asked = [one for one in logs.asked if one.search in keys]
    reached = {one.course for one in logs.tries if _succeeded(one)}
    belongs = {one.number for one in logs.courses if one.belongs}
    concerns = sum(one.concerns for one in rounds)
    steps = [
        sum(one.reviewed for one in rounds),
        concerns,
        len(asked),
        sum(one.course in reached for one in asked),
        sum(one.course in belongs and one.course in reached for one in asked),
    ]
    said = (
        Said("Gennemgået", "Reviewed"),
        Said("Giver bekymring", "Of concern"),
        Said("Blev til en henvendelse", "Became an inquiry"),
        Said("Kontakt", "Contact"),
        Said("I målgruppen", "In the target group"),
    )
    # Between two steps stand so many citizens. Beyond a few it matters no more how many, and one stands for several.
    asked_of: list[dict[Hashable, Asked]] = [{} for _step in steps]
    low = 0
    for high in sorted({one for one in steps if one}):
        stand = min(high - low, _ENOUGH)
        for place in range(stand):
            for into, many in zip(asked_of, steps, strict=True):
                into["case", high, place] = Asked(many >= high, (high - low) / stand)
        low = high
    parts = [Part(words, Shape.SUM, "reviewed", into, places=0) for words, into in zip(said, asked_of, strict=True)]
    return [*parts, _plain("Timer", "Hours", sum(one.hours for one in rounds))]


def _areas(logs: Logs, _measures: ScaleSet) -> list[Part]:
    rounds = [one for one in logs.rounds if one.kind == "area"]
    if not rounds:
        return []
    return [
        _plain("Runder", "Rounds", len(rounds)),
        _plain("Områder", "Areas", len({one.place.strip().casefold() for one in rounds})),
        _plain("Timer", "Hours", sum(one.hours for one in rounds)),
    ]


def _per_week(logs: Logs, _measures: ScaleSet) -> list[Part]:
    met = [one for one in logs.tries if _succeeded(one)]
    if not met:
        return []
    weeks = max(1.0, (logs.day - min(one.on for one in met).date()).days / 7)
    workers = len({one.worker for one in met})
    much: dict[Hashable, float] = defaultdict(float)
    for one in met:
        much[one.course] += 1
    asked = {key: Asked(True, value) for key, value in much.items()}
    said = Said("Kontakter pr. medarbejder pr. uge", "Contacts per worker per week")
    return [Part(said, Shape.RATE, "reached", asked, divisor=workers * weeks)]


def _broken(logs: Logs, _measures: ScaleSet) -> list[Part]:
    rows = _ended(logs)
    parts = [
        _share(_option("q41", code), "ended", {one.number: one.end_reason == code for one in rows})
        for code in instrument().question("q41").options
        if any(one.end_reason == code for one in rows)
    ]
    months: dict[Hashable, float] = {
        one.number: (one.ended_on - one.started_on).days / 30.44 for one in rows if one.ended_on
    }
    return [*parts, _mean(Said("Måneder, gennemsnit", "Months, mean"), "ended", months)]


def _returning(logs: Logs, _measures: ScaleSet) -> list[Part]:
    before = {one.number for one in logs.persons for report in one.waves.values() if report.answers.get("q11") == 1}
    rows: dict[Hashable, bool] = {one.number: one.taken_up or one.number in before for one in logs.courses}
    return [_share(Said("Gengangere", "Returning users"), "all", rows)]


def _admissions(logs: Logs, _measures: ScaleSet) -> list[Part]:
    admitted: dict[Hashable, bool] = {}
    said: dict[str, dict[Hashable, bool]] = {"q32a": {}, "q32b": {}, "q32c": {}}
    for person in logs.persons:
        for report in person.waves.values():
            answer = report.answers.get("q32")
            if answer not in (0, 1, 2):
                continue
            admitted[person.number] = admitted.get(person.number, False) or answer in (1, 2)
            for key, found in said.items():
                found[person.number] = found.get(person.number, False) or report.answers.get(key) in (
                    (1, 2) if key == "q32c" else (1,)
                )
    # All of them are asked of the same citizens, so that no line beside another tells of a few.
    return [
        _share(Said("Indlagt", "Admitted"), "asked", admitted),
        _share(Said("Heraf: SKP informeret", "Of them: worker informed"), "asked", said["q32a"]),
        _share(Said("Heraf: SKP i udskrivningssamtalen", "Of them: worker in the talk"), "asked", said["q32b"]),
        _share(Said("Heraf: aftale eller plan", "Of them: agreement or plan"), "asked", said["q32c"]),
    ]


def _from_psychiatry(logs: Logs, _measures: ScaleSet) -> list[Part]:
    return [
        _share(_option("q13", code), "inquiries", {key: one.source == code for key, one in inquiries_of(logs).items()})
        for code in _PSYCHIATRY
    ]


def _days_to_decision(logs: Logs, _measures: ScaleSet) -> list[Part]:
    days: dict[Hashable, float] = {key: float(one.days or 0) for key, one in inquiries_of(logs).items()}
    return [_mean(Said("Dage, gennemsnit", "Days, mean"), "inquiries", days)]


def _with_partners(logs: Logs, _measures: ScaleSet) -> list[Part]:
    parts = []
    partners = dict.fromkeys(
        option.said
        for form in quarterly()
        if form.counts
        for option in form.question(form.counts["partner"]).options.values()
    )
    for partner in partners:
        rows = [one for one in logs.quarters if one.partner == partner]
        if rows:
            da, en = (words.partition(":")[0] for words in (partner.da, partner.en))
            met, agreed = {one.on for one in rows if one.met}, {one.on for one in rows if one.agreed}
            parts += [
                _plain(f"{da}: kvartaler med møder", f"{en}: quarters with meetings", len(met)),
                _plain(f"{da}: kvartaler med aftaler", f"{en}: quarters with agreements", len(agreed)),
                _plain(f"{da}: timer til det", f"{en}: hours of it", sum(one.hours for one in rows)),
            ]
    return parts


def _accepted(logs: Logs, _measures: ScaleSet) -> list[Part]:
    over = {one.number for one in logs.courses if one.handed_over}
    rows: dict[Hashable, bool] = {
        key: key in over or logs.proposals.get(key, False) for key in {*logs.proposals, *over}
    }
    return [_share(Said("Har taget imod", "Have accepted"), "proposed", rows)]


def _moved_on(logs: Logs, _measures: ScaleSet) -> list[Part]:
    rows = _ended(logs)
    parts = [
        _share(
            _option("q41", _PURPOSE_REACHED),
            "ended",
            {one.number: one.end_reason == _PURPOSE_REACHED for one in rows},
        )
    ]
    for question in ("q42", "q43", "q44", "q45", "q46"):
        for code in instrument().question(question).options:
            held: dict[Hashable, bool] = {one.number: code in one.results.get(question, ()) for one in rows}
            if any(held.values()):
                parts.append(_share(_option(question, code), "ended", held))
    return parts


def _scales(*keys: str) -> Callable[[Logs, ScaleSet], list[Part]]:
    def measure(logs: Logs, measures: ScaleSet) -> list[Part]:
        parts = []
        for key in keys:
            first: dict[Hashable, float] = {}
            latest: dict[Hashable, float] = {}
            for person in logs.persons:
                scores = [score_of(report, measures, key, Settings()) for _wave, report in sorted(person.waves.items())]
                known = [one for one in scores if one is not None]
                if len(known) > 1:
                    first[person.number], latest[person.number] = known[0], known[-1]
            name = measures.scales[key].said
            parts += [
                _mean(Said(f"{name.da}, første", f"{name.en}, first"), f"scale {key}", first, 2),
                _mean(Said(f"{name.da}, seneste", f"{name.en}, latest"), f"scale {key}", latest, 2),
            ]
        return parts

    return measure


def _campaigns(logs: Logs, _measures: ScaleSet) -> list[Part]:
    rounds = [one for one in logs.rounds if one.kind == "campaign"]
    if not rounds:
        return []
    asked = inquiries_of(logs)
    came = {key: one.kind == "campaign" for key, one in asked.items()}
    return [
        _plain("Runder", "Rounds", len(rounds)),
        _plain("Timer", "Hours", sum(one.hours for one in rounds)),
        _share(Said("Henvendelser efter dem", "Inquiries after them"), "inquiries", came),
        *(
            _share(
                _option("q13", code), "inquiries", {key: came[key] and one.source == code for key, one in asked.items()}
            )
            for code in instrument().question("q13").options
            if any(came[key] and one.source == code for key, one in asked.items())
        ),
    ]


def _minutes_a_month(logs: Logs, _measures: ScaleSet) -> list[Part]:
    spent, bridged, months = list(TIMES)
    found: tuple[dict[Hashable, float], dict[Hashable, float]] = ({}, {})
    for person in logs.persons:
        if person.facts.get(months):
            for name, into in zip((spent, bridged), found, strict=True):
                into[person.number] = 60 * person.facts.get(name, 0.0) / person.facts[months]
    return [
        _mean(Said("Minutter i alt", "Minutes in all"), "reported", found[0], 0),
        _mean(Said("Minutter til brobygning", "Minutes of bridge-building"), "reported", found[1], 0),
    ]


def _outside(logs: Logs, _measures: ScaleSet) -> list[Part]:
    rows = inquiries_of(logs)
    return [
        _share(
            Said("Ikke i målgruppen", "Not of the target group"),
            "inquiries",
            {key: one.outcome != "target" for key, one in rows.items()},
        ),
        _share(
            Said("Heraf: en misforståelse", "Of them: a misunderstanding"),
            "inquiries",
            {key: one.outcome == "mistaken" for key, one in rows.items()},
        ),
    ]


MEASURES: Mapping[str, Callable[[Logs, ScaleSet], list[Part]]] = {
    "I-01": _visits_and_attempts,
    "I-02": _before_first,
    "I-03": _hour_of_day,
    "I-04": _by_method,
    "I-05": _time_on_unknown,
    "I-06": _per_worker,
    "I-08": _found,
    "I-09": _pension,
    "I-10": _areas,
    "I-11": _per_week,
    "I-12": _broken,
    "I-13": _returning,
    "I-14": _admissions,
    "I-15": _from_psychiatry,
    "I-17": _days_to_decision,
    "I-18": _with_partners,
    "I-19": _accepted,
    "I-20": _moved_on,
    "I-21": _scales("aabner_doeren"),
    "I-22": _scales("kontakt_private", "kontakt_professionelle"),
    "I-23": _scales("tilknytning", "tillid", "opsoeger_kontakt"),
    "I-24": _scales("boligtilstand", "boligrisiko"),
    "I-25": _scales("selvhjulpenhed", "erkendelse"),
    "I-26": _scales("psykisk_tilstand", "livskvalitet", "vaergemaal"),
    "I-27": _campaigns,
    "I-28": _minutes_a_month,
    "I-29": _outside,
}
