"""The papers that a data protection officer keeps, filled with what the system really does.

`python -m samsvar.web.papers` writes `docs/papirer/`; a test fails when a table, a policy, a rule or a period has changed
and the papers have not. What only the controller can say stands as a blank to be filled.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "papirer"
BLANK = "…………"
PERSON_ROOMS = ("citizens", "sharing", "cases", "meetings", "letters", "rights", "retention", "tasks", "audit")
ROOM_NAMES = {
    "citizens": "Hvem borgeren er",
    "sharing": "Det, der fortælles, og det, der bliver hjemme",
    "cases": "Bekymringer og sager",
    "meetings": "Møder",
    "letters": "Breve, borgerens ord og hvad jeres egen journal har",
    "rights": "Borgerens rettigheder og tilsynet med loggen",
    "retention": "Opbevaring og kassation",
    "tasks": "Opgaver",
    "audit": "Loggen",
}
_SILENT = {
    "cpr_cipher": "CPR-nummer, krypteret",
    "blind_index": "blindt indeks af CPR-nummeret",
    "person_id": "hvem af de ansatte",
}
_INTRO = "Skrevet af `python -m samsvar.web.papers` ud fra systemet selv. Ret ikke her; felter med {blank} udfyldes af jer i en kopi."


def papers() -> dict[str, str]:
    """Each paper's file name and text, in Danish."""
    from django.utils import translation

    with translation.override("da"):
        return _all()


def _all() -> dict[str, str]:
    return {
        "fortegnelse-artikel-30.md": _text(_record()),
        "konsekvensanalyse.md": _text(_assessment()),
        "faelles-dataansvar.md": _text(_joint()),
        "databehandler-bilag.md": _text(_processor()),
    }


def write() -> list[Path]:
    """Write them; the paths of those that changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in papers().items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _head(title: str) -> Iterator[str]:
    yield f"# {title}"
    yield ""
    yield _INTRO.format(blank=BLANK)
    yield ""


def _table(*columns: str) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell).replace('|', '/').replace(chr(10), ' ') for cell in cells)} |"


def _record() -> Iterator[str]:
    from samsvar.law.kinds import Purpose, Regime

    yield from _head("Fortegnelse over behandlingen (databeskyttelsesforordningen, artikel 30)")
    yield "Én fortegnelse per dataansvarlig myndighed. Politi og kriminalforsorg fører deres efter retshåndhævelsesloven."
    yield ""
    yield from _table("Spørgsmål", "Svar")
    yield _row("Dataansvarlig", BLANK)
    yield _row("Databeskyttelsesrådgiver", BLANK)
    yield _row("Regler, en myndighed kan følge", ", ".join(one.da for one in Regime))
    yield _row("Formål", "; ".join(one.da for one in Purpose))
    yield _row("Aldrig et formål", "efterforskning: der er intet at vælge (retsplejeloven § 115, stk. 2)")
    yield _row(
        "Registrerede", "borgere, en myndighed er bekymret for; deres børn i hjemmet; udefrakommende meldere; ansatte"
    )
    yield _row(
        "Særlige kategorier", "helbred og behandling; misbrug. Intet felt for race, tro, politik, fagforening, domme"
    )
    yield _row("Overførsel til tredjelande", "ingen")
    yield ""
    yield "## Oplysninger, tabel for tabel"
    yield ""
    yield from _tables()
    yield "## Modtagere"
    yield ""
    yield from _matrix()
    yield "## Sletning"
    yield ""
    yield from _periods()
    yield "## Sikkerhed"
    yield ""
    yield from _measures()


def _tables() -> Iterator[str]:
    from django.apps import apps

    for room in PERSON_ROOMS:
        yield f"### {ROOM_NAMES[room]}"
        yield ""
        yield from _table("Tabel", "Oplysninger")
        for model in sorted(apps.get_app_config(room).get_models(), key=lambda one: str(one._meta.verbose_name)):
            words = [word for field in model._meta.concrete_fields if (word := _word(field))]
            yield _row(model._meta.verbose_name, ", ".join(words) or "nøgler og tidspunkter")
        yield ""


def _word(field: Any) -> str:
    """What a column holds, in words. One without words of its own is a key or a stamp, unless it stands in the list."""
    if field.name in _SILENT:
        return _SILENT[field.name]
    said = str(field.verbose_name)
    return "" if field.name == "id" or said == field.name.replace("_", " ") else said


def _matrix() -> Iterator[str]:
    from samsvar.law.packs import available

    pack = available()[-1]
    yield f"Efter regelsættet {pack.title('da')} ({pack.stamp}), {'godkendt' if pack.approved else 'endnu ikke godkendt'}."
    yield ""
    yield from _table("Samarbejde", "Kan udveksle", "Hvis aftalen nævner dem", "Kun når de inddrages i en sag")
    for cooperation, row in pack.matrix.items():
        kinds = (row.covered, row.by_agreement, row.brought_in)
        yield _row(cooperation.da, *(", ".join(sorted(kind.da for kind in part)) or "–" for part in kinds))
    yield ""
    yield "Alle andre modtagere kræver samtykke eller værdispringsreglen. Hver videregivelse gemmer hjemmel, regelsæt, formål,"
    yield "nødvendighed og navngivne modtagere."
    yield ""


def _periods() -> Iterator[str]:
    from samsvar.retention.models import DEFAULT_MONTHS, Kind

    yield from _table("Hvad", "Forslag (måneder efter afslutning)", "Jeres regel")
    for kind in Kind:
        yield _row(kind.label, DEFAULT_MONTHS[kind], BLANK)
    yield ""
    yield "En person foreslår, en anden godkender. Tilbage bliver en sten uden personoplysninger. Navn, nummer og det blinde"
    yield "indeks går med, når ingen sag og ingen bekymring hænger på borgeren. En gendannet kopi kasserer igen."
    yield ""


def _measures() -> Iterator[str]:
    from samsvar.postgres.rows import declared

    wall = declared()
    writable = sum(1 for one in wall.policies if one.update)
    yield f"- {len(wall.policies)} tabeller står bag rækkepolitikker i databasen; {len(wall.open_tables)} uden borgere gør ikke."
    yield f"- I {writable} af dem kan noget ændres; ejerkolonner kan skrives én gang."
    yield "- Applikationens egen rolle kan ikke ændre tabeller eller gå uden om politikkerne; kassation har en rolle for sig."
    yield "- CPR-numre er krypteret med nøgler uden for databasen, findes med et blindt indeks og vises kun, når nogen beder om det."
    yield "- Hvert opslag og hver handling står i en kædet log, som ingen kan ændre; kædens sum ligger et andet sted hver dag."
    yield "- Login kræver to nøgler; skærmen låser sig selv."
    yield ""


def _assessment() -> Iterator[str]:
    yield from _head("Konsekvensanalyse (databeskyttelsesforordningen, artikel 35)")
    yield "## 1. Hvad systemet gør"
    yield ""
    yield "Myndigheder, der samarbejder efter retsplejeloven § 115, tager fælles ansvar for én borger ad gangen. Hver myndighed har"
    yield "sit eget rum. Intet om en borger går til en anden uden en videregivelse med hjemmel, nødvendighed og navngivne modtagere."
    yield ""
    yield "## 2. Hvem kan læse og skrive hvad"
    yield ""
    yield from _reach()
    yield "## 3. Reglerne, som programmet kender dem"
    yield ""
    yield from _rules()
    yield "## 4. Opbevaring"
    yield ""
    yield from _periods()
    yield "## 5. Risici"
    yield ""
    yield from _table("Risiko for borgeren", "Hvad systemet gør", "Jeres vurdering")
    for risk, answer in _RISKS:
        yield _row(risk, answer, BLANK)
    yield ""
    yield "## 6. Foranstaltninger"
    yield ""
    yield from _measures()
    yield "## 7. Høring og beslutning"
    yield ""
    yield from _table("Hvem", "Udtalelse", "Dato")
    for who in ("Databeskyttelsesrådgiver", "Borgere eller brugerorganisationer", "Ledelse"):
        yield _row(who, BLANK, BLANK)


_RISKS = (
    ("At nogen kan se, at man er kendt et sted", "Samme svar for kendte og ukendte; navne er hver myndigheds egne"),
    ("Nysgerrige opslag", "Adgang følger sagen; usædvanlige opslag udtages og vurderes skriftligt"),
    (
        "At oplysninger bruges i en efterforskning",
        "Intet sådant formål; ingen samlet liste; advarsel ved tekst, der tyder på det",
    ),
    (
        "At det, man sagde ét sted, bruges imod en et andet",
        "Ingen sammenligning af udsagn på tværs; borgerens bemærkning følger med",
    ),
    ("At et mærke hænger ved", "Lukkede sager forbliver lukkede; gensyn kendes kun, så længe den tidligere sag er der"),
    ("At der gemmes for længe", "Frister per slags; to personer kasserer; intet kommer igen med en gendannet kopi"),
    ("At loggen bliver omskrevet", "Kæde, daglig kontrol, sum hos en, der ikke driver systemet"),
    ("At sagen bliver glemt", "Præcis én myndighed har handlingsansvaret; sager, som intet sker i, kommer op"),
)


def _reach() -> Iterator[str]:
    from django.apps import apps

    from samsvar.postgres.rows import declared

    names = {model._meta.db_table: model._meta.verbose_name for model in apps.get_models()}
    yield "Databasen svarer på hver række for sig. »Egen funktion« er en fast handling, som ingen kan gå uden om."
    yield ""
    yield from _table("Tabel", "Læse", "Tilføje", "Ændre", "Slette")
    for one in declared().policies:
        room = one.table.partition("_")[0]
        if room not in PERSON_ROOMS or one.table not in names:
            continue
        other = "egen funktion" if one.definer == "all" else "nej"
        yield _row(
            names[one.table],
            "efter regel" if one.select else "ingen",
            *("efter regel" if rule else other for rule in (one.insert, one.update)),
            "efter regel" if one.delete else "kun ved kassation",
        )
    yield ""


def _rules() -> Iterator[str]:
    from samsvar.law.packs import available

    yield from _table("Regel", "Kilde", "Hvad den siger", "Efterprøvet af jurist")
    for rule in available()[-1].rules.values():
        yield _row(rule.id, rule.source("da"), rule.summary("da"), "ja" if not rule.caution("da") else "nej")
    yield ""


def _joint() -> Iterator[str]:
    yield from _head("Udkast: aftale om fælles dataansvar (databeskyttelsesforordningen, artikel 26)")
    yield "Myndighederne om et bord er hver for sig dataansvarlige for deres eget rum. For det, de deler om en sag, aftaler de:"
    yield ""
    yield from _table("Emne", "Hvem gør hvad", "Jeres aftale")
    for topic, who in (
        ("Videregivelse", "den, der ejer oplysningen, beslutter, hver gang, med navngivne modtagere"),
        ("Oplysning af borgeren", "den, der har videregivet; i sagen den, der har handlingsansvaret"),
        ("Indsigt og de andre rettigheder", "den, borgeren spørger, svarer for sit eget og hører de andre i sagen"),
        ("Bemærkning fra borgeren", "den, der får den, skriver den ind; alle, der læser sagen, læser den"),
        ("Brud", "den, hvor det skete, anmelder inden 72 timer og siger det til de andre parter"),
        ("Sletning", "den, der rejste sagen, foreslår; enhver part kan holde tilbage; den længste frist gælder"),
        ("Log", "hver myndighed har sin egen kæde og sin egen rådgiver"),
        ("Kontaktpunkt for borgeren", "den myndighed, der har handlingsansvaret"),
    ):
        yield _row(topic, who, BLANK)
    yield ""
    yield "## Parter"
    yield ""
    yield from _matrix()


def _processor() -> Iterator[str]:
    yield from _head("Udkast: bilag til databehandleraftale (databeskyttelsesforordningen, artikel 28)")
    yield from _table("Emne", "Indhold", "Jeres aftale")
    for topic, content in (
        ("Behandlingens art", "drift af Samsvar: database, webserver, arbejder, sikkerhedskopier"),
        ("Varighed", "så længe aftalen gælder; derefter udlevering og sletning efter fristerne herunder"),
        (
            "Instruks",
            "databehandleren læser ikke i databasen; webserverens rolle får intet svar uden en post, og driften har ingen",
        ),
        (
            "Nøgler",
            "nøgler til CPR og til det blinde indeks ligger uden for databasen og kopierne, hos den dataansvarlige",
        ),
        (
            "Kopier",
            "krypteret disk; en kopi lever ikke længere end det, der er i den; kassationslisten ligger et andet sted",
        ),
        ("Underdatabehandlere", "ingen er nødvendige"),
        ("Sted", "Danmark eller EU/EØS"),
        ("Brud", "meddeles uden ugrundet ophold, så de 72 timer kan holdes"),
        ("Tilsyn", "loggens daglige sum sendes til den dataansvarlige; `samsvar check` nægter usikker drift"),
    ):
        yield _row(topic, content, BLANK)
    yield ""
    yield "## Oplysninger, databehandleren opbevarer"
    yield ""
    yield from _tables()
    yield "## Frister"
    yield ""
    yield from _periods()
    yield "## Sikkerhed"
    yield ""
    yield from _measures()


def main() -> int:
    """Write the papers and say which changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsvar.settings")
    os.environ.setdefault("SAMSVAR_BUILDING", "1")
    import django

    django.setup()
    for path in write():
        sys.stdout.write(f"{path.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
