"""The guide to the rules (docs/lovgrundlag.md), printed from the data that answers: `python -m samsvar.law.guide`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from samsvar.law import exemptions, matrix, packs
from samsvar.law.kinds import AuthorityKind, Basis, Cooperation, Purpose
from samsvar.law.report import report_rules

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "lovgrundlag.md"

_INTRO = """# Lovgrundlag

Skrevet af programmet ud fra de regelsæt, det svarer efter (`python -m samsvar.law.guide`). Ret i dem, ikke her.

Det er ikke juridisk rådgivning. »Ikke efterprøvet« betyder, at en jurist endnu ikke har holdt reglen op mod lovens ord.
Programmet foreslår og forklarer. Mennesker beslutter, og et nej er altid et lovligt svar (L6).
"""


def guide() -> str:
    """The whole text as Markdown, in Danish; the newest pack first."""
    parts = [_INTRO]
    for pack in reversed(packs.available()):
        parts += [*_pack(pack)]
    parts += [*_exemptions(), *_report()]
    return "\n".join(parts).rstrip() + "\n"


def _pack(pack: packs.Pack) -> Iterator[str]:
    since = pack.in_force_from
    yield f"## {pack.title()} ({pack.stamp})\n"
    state = f"godkendt af {pack.approved_by}" if pack.approved else "kladde, ikke godkendt af en anden person"
    yield f"I kraft fra {since.day}.{since.month}.{since.year}. Skrevet af {pack.drafted_by}; {state}.\n"
    yield "### Reglerne\n"
    yield from _table(
        ["", "Regel", "Kilde", "Kort sagt", "Stand"],
        [[rule.id, rule.title(), rule.source(), rule.summary(), _standing(rule)] for rule in pack.rules.values()],
    )
    yield "### Hvem må fortælle hvem\n"
    yield (
        "Rækker er afsendere, kolonner modtagere; formålet er indsatsen for borgeren, og modtageren er part i sagen. "
        "»Når« siger, hvad der skal til (»frigivet«: af den, der har helbredsoplysningen). "
        "Afsendere uden nogen vej er udeladt.\n"
    )
    for basis in Basis:
        yield from _grids(pack, basis)


def _exemptions() -> Iterator[str]:
    yield "## Når borgeren ikke får det at vide endnu\n"
    yield "En leder står for det, og det falder bort på en dag. Her er, hvad der kan vælges, og hvornår det gælder.\n"
    yield from _table(
        ["Undtagelse", "Bruges, når", "Af dem, der arbejder efter", "I kraft"],
        [
            [
                one.source(),
                one.when_da,
                ", ".join(sorted(regime.label() for regime in one.regimes))
                + (
                    ""
                    if len(one.kinds) == len(AuthorityKind)
                    else f"; {', '.join(sorted(k.label() for k in one.kinds))}"
                ),
                f"{one.in_force_from:%d.%m.%Y} - {f'{one.in_force_to:%d.%m.%Y}' if one.in_force_to else ''}".rstrip(
                    " -"
                ),
            ]
            for one in exemptions.exemptions()
        ],
    )


def _standing(rule: packs.Rule) -> str:
    standing = "efterprøvet" if rule.status is packs.Status.VERIFIED else "ikke efterprøvet"
    words = [standing, *([] if rule.on else ["slået fra"])]
    return ", ".join(words) + (f". {rule.note_da}" if rule.note_da else "")


def _grids(pack: packs.Pack, basis: Basis) -> Iterator[str]:
    drawn = {form: _grid(pack, form, basis) for form in pack.matrix}
    alike = len({tuple(lines) for lines in drawn.values()}) == 1
    ground = pack.bases.get(basis)
    for form, lines in list(drawn.items())[: 1 if alike else None]:
        rule = ground.rule if ground else "L29"
        yield f"#### {basis.label().capitalize()} ({rule})" + ("" if alike else f": {_short(form)}") + "\n"
        if ground and ground.purposes != frozenset(Purpose):
            allowed = ", ".join(purpose.label() for purpose in Purpose if purpose in ground.purposes)
            yield f"Kun til: {allowed}.\n"
        if lines:
            yield from lines
        else:
            yield "Ingen vej, som reglerne står nu.\n"


def _grid(pack: packs.Pack, form: Cooperation, basis: Basis) -> list[str]:
    # Each basis is shown at its best: for its first purpose where helping the citizen is not among them.
    ground = pack.bases.get(basis)
    purpose = next((p for p in (Purpose.HELP, *Purpose) if ground is None or p in ground.purposes), Purpose.HELP)
    rows = [
        [sender.label(), *(one.short() for one in row)]
        for sender, row in matrix.grid(pack, pack.in_force_from, form, basis, purpose)
        if any(one.answer is not matrix.Answer.NO for one in row)
    ]
    return list(_table(["Fra \\ til", *(kind.label() for kind in AuthorityKind)], rows)) if rows else []


def _short(form: Cooperation) -> str:
    return form.value.upper()


def _report() -> Iterator[str]:
    yield "## Rapportens regler\n"
    yield "Hver regel i rapportens juridiske kapitel, og hvad programmet gør ved den.\n"
    yield from _table(
        ["", "Regel", "Hvordan", "Hvor"],
        [
            [row.id, row.text(), row.way.label(), f"reglen {row.rule}" if row.rule else f"`{row.place}`"]
            for row in report_rules()
        ],
    )


def _table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    yield "\n".join([line(head), line(["---"] * len(head)), *map(line, rows)]) + "\n"


if __name__ == "__main__":
    GUIDE.write_text(guide(), encoding="utf-8")
    sys.stdout.write(f"{GUIDE.name}\n")
