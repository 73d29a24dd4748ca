"""A file of answers becomes scales and tests by a named rule set; a script makes them again; bad files are told."""

import contextlib
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsvar.cli import main
from samsvar.instruments.instrument import instrument
from samsvar.instruments.scales import Method, Missing, NotAsked, Settings, scales
from samsvar.outcomes.analysis.console import plain_figures, report
from samsvar.outcomes.analysis.effect import Effect, Outcome, compute, figures
from samsvar.outcomes.analysis.rules import Verdict, ruleset
from samsvar.outcomes.analysis.script import script
from samsvar.outcomes.files.reading import TableError, plain, read
from samsvar.outcomes.files.table import Table

FORM, MEASURES = instrument(), scales()
ITEMS = [name for scale in MEASURES.measured() for name in scale.fields if name != "q21"]


def csv(rows: list[dict[str, object]], delimiter: str = ";") -> bytes:
    names = list({name: None for row in rows for name in row})
    lines = [delimiter.join(names), *(delimiter.join(str(row.get(name, "")) for name in names) for row in rows)]
    return "\n".join(lines).encode()


def pairs(before: list[int], after: list[int], group: int = 1, start: int = 1) -> list[dict[str, object]]:
    return [
        {"nummer": number, "gruppe": group, "maaling": wave, "tillid": value}
        for number, both in enumerate(zip(before, after, strict=True), start)
        for wave, value in zip((0, 4), both, strict=True)
    ]


def effect(
    data: bytes, rules: str = "samsvar-2026", outcome: Outcome = Outcome.CHANGE, rule: Settings | None = None
) -> tuple[Effect, Table]:
    table = read(data)
    return compute(table, MEASURES, ruleset(rules), rule or Settings(), outcome), table


def everybody(seed: int, size: int) -> bytes:
    """Answers of so many persons at three waves, some not known, some not asked, boxes in columns of their own."""
    draw = random.Random(seed)
    rows: list[dict[str, object]] = []
    for number in range(size):
        own = {
            "nummer": f"B{number}",
            "gruppe": draw.choice([1, 2]),
            "q3": draw.choice([1, 2, 2, 3]),
            "q4": draw.choice([2, 3, 3, 4, 4, 5]),
            "q8": draw.choice([1, 1, 1, 2, 3]),
            "kontakttid_timer": f"{draw.uniform(1, 90):.2f}".replace(".", ","),
            "brobygning_timer": draw.randint(0, 40),
            "forloeb_maaneder": draw.randint(1, 23),
        }
        for wave in (0, 4, "slut"):
            if wave == 4 and draw.random() < 0.2:
                continue
            row: dict[str, object] = {**own, "maaling": wave}
            for name in ITEMS:
                options = sorted(set(FORM.of_field(name).options) - {77})
                row[name] = 77 if draw.random() < 0.01 else draw.choice(options)
            if row["q38_1"] == 0:
                row["q38_2"] = ""
            for code in range(1, 8):
                row[f"q21_{code}"] = draw.randint(0, 1)
            rows.append(row)
    draw.shuffle(rows)
    return csv(rows)


def write(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


@pytest.mark.req("R-004-109", "R-004-100", "R-004-101")
def test_f1_to_f3_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    f1 = pairs([2, 3, 1, 4, 2, 5, 3, 2], [4, 3, 3, 5, 2, 6, 6, 3])
    f3 = pairs([1, 2, 3, 2], [3, 2, 4, 1], group=2, start=20)
    path = write(tmp_path / "f.csv", csv(f1 + f3))
    assert main(["effekt", path, "--tal"]) == 0
    assert (
        capsys.readouterr().out
        == "change.tillid.1.latest\t8.000000\t1.250000\t1.035098\t3.415650\t7.000000\t0.011201\n"
    )
    assert main(["effekt", path]) == 0
    told = capsys.readouterr().out
    assert "Tillid, Øvrige SKP-brugere, seneste måling: Vises ikke" in told
    assert "t = 3,415650, df = 7, p = 0,011201" in told
    assert "samsvar-2026" in told


@pytest.mark.req("R-004-102", "R-004-109")
def test_f2_by_both_rule_sets() -> None:
    data = csv(pairs([1, 2, 3, 2, 4, 3], [3, 2, 4, 1, 5, 5]))
    for rules, verdict in (("isbryder-2011", Verdict.YES), ("samsvar-2026", Verdict.NO)):
        found, table = effect(data, rules)
        assert [one.verdict for one in found.changes] == [verdict, Verdict.HIDDEN]
        assert f"{found.changes[0].result.p:.6f}" == "0.141235" if found.changes[0].result else False
        assert rules in "\n".join(report(found, table, MEASURES, FORM))


@pytest.mark.req("R-004-109", "R-004-98", "R-004-99")
def test_f4_and_f5_from_a_file() -> None:
    rows = [[3, 2, 1, 1], [2, 2, 1, 0], [3, 3, 2, 2], [1, 1, 0, 0], [2, 1, 1, 1], [0, 1, 0, 0]]
    items: list[dict[str, object]] = [
        {"nummer": number, "gruppe": 1, "maaling": 0, **{f"q34_{place}": value for place, value in enumerate(row, 1)}}
        for number, row in enumerate(rows)
    ]
    found, table = effect(csv(items))
    assert list(plain_figures(found)) == ["alpha.tillid\t6.000000\t0.930041"]
    assert "alfa = 0,930041, Fremragende (rapporten: 0,89)" in "\n".join(report(found, table, MEASURES, FORM))
    groups = pairs([1, 2, 2, 3, 1], [1] * 5) + pairs([3, 4, 2, 4, 5, 3], [1] * 6, 2, 20)
    found, _ = effect(csv([row for row in groups if row["maaling"] == 0]), "isbryder-2011", Outcome.FIRST)
    assert list(plain_figures(found)) == ["groups.tillid.gruppe\t11.000000\t8.546550\t1.000000\t9.000000\t0.016937"]
    assert found.groups[0].verdict is Verdict.YES


@pytest.mark.req("R-004-109", "R-004-105")
def test_f6_from_a_file() -> None:
    columns = zip(
        [2, 4, 3, 6, 5, 7, 6, 8, 9, 8],
        range(1, 11),
        [0, 1, 0, 1, 0, 1, 1, 0, 1, 0],
        [1, 3, 2, 4, 5, 3, 2, 6, 4, 5],
        [0, 0, 1, 0, 0, 1, 0, 0, 0, 1],
        strict=True,
    )
    rows: list[dict[str, object]] = [
        {
            "nummer": hours,
            "gruppe": 1,
            "maaling": 0,
            "tillid": y,
            "kontakttid_timer": hours,
            "q3": sex + 1,
            "q4": age,
            "q8": 3 if minority else 1,
        }
        for y, hours, sex, age, minority in columns
    ]
    found, _ = effect(csv(rows), "isbryder-2011", Outcome.LATEST)
    line = dict(figures(found))["time.tillid.kontakttid_timer"]
    assert {name: round(value, 6) for name, value in line.items()} == {
        "n": 10,
        "b": 0.540362,
        "se": 0.089171,
        "t": 6.059864,
        "p": 0.001766,
        "r2": 0.966646,
    }
    assert found.times[0].verdicts == {"kontakttid_timer": Verdict.YES}


@pytest.mark.req("R-004-101", "R-004-97", "R-004-110")
def test_the_report_says_whose_figures_these_are_and_by_which_rules() -> None:
    for lang, words in (("da", "ikke Isbryderprojektets resultater"), ("en", "not the results of Isbryderprojektet")):
        for rules in ("samsvar-2026", "isbryder-2011"):
            found, table = effect(everybody(1, 60), rules)
            text = "\n".join(report(found, table, MEASURES, FORM, lang))
            assert words in text
            assert rules in text
            assert "95 %" not in text
            assert all(said.label(lang) in text for said in Settings().rules())
            assert str(found.tests) in text
            assert {"da": "mænd: n =", "en": "women: n ="}[lang] in text
    assert found.record() == {
        "rules": "isbryder-2011",
        "outcome": "change",
        "method": "sum",
        "missing": "all",
        "reverse": True,
        "not_asked": "shorter",
    }
    # Always both groups.
    assert {one.group for one in found.changes} == {1, 2}


@pytest.mark.parametrize("seed", range(6))
def test_a_script_without_samsvar_makes_every_figure_again(seed: int, tmp_path: Path) -> None:
    rule = [
        Settings(),
        Settings(method=Method.MEAN),
        Settings(missing=Missing.HALF),
        Settings(reverse=False),
        Settings(not_asked=NotAsked.ZERO),
        Settings(missing=Missing.HALF, not_asked=NotAsked.MISSING),
    ][seed]
    data = everybody(seed, 45)
    table = read(data)
    rules = ruleset("isbryder-2011")
    found = compute(table, MEASURES, rules, rule, list(Outcome)[seed % 3], each_wave=seed % 2 == 0)
    path = tmp_path / "again.py"
    path.write_text(script(found, table, MEASURES, FORM), encoding="utf-8")
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    imports = [line for line in lines if line.startswith(("import", "from"))]
    assert imports
    assert not [line for line in imports if "samsvar" in line]
    command = [sys.executable, "-I", str(path), write(tmp_path / "data.csv", data)]
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stderr) == (0, "")
    ours = {line.split("\t")[0]: line for line in plain_figures(found)}
    theirs = {line.split("\t")[0]: line for line in again.stdout.splitlines()}
    assert len(ours) > 40
    assert set(ours) == set(theirs)
    for name, line in ours.items():
        mine, other = (list(map(float, one.split("\t")[1:])) for one in (line, theirs[name]))
        assert mine == pytest.approx(other, abs=2e-6), name


@pytest.mark.req("R-004-103")
@pytest.mark.parametrize("seed", range(8))
def test_small_groups_do_not_follow_from_what_is_shown(seed: int) -> None:
    """The persons in a comparison, by any division, and those of each group, never differ by one to four."""
    found, _ = effect(everybody(seed, 12 + 4 * seed), outcome=Outcome.CHANGE)
    for scale in {one.scale.key for one in found.groups}:
        shown = [one.result.n for one in found.changes if one.result and one.scale.key == scale]
        sizes = [one.result.groups for one in found.groups if one.result and one.scale.key == scale]
        for groups in sizes:
            assert all(n >= 5 for n, _ in groups.values())
        assert all(n >= 5 for n in shown)
        everyone = sum(shown) if len(shown) == 2 else None
        for one in found.groups:
            if one.scale.key == scale and one.result and one.left_out and everyone:
                assert not 0 < everyone - one.result.n < 5
        totals = [everyone or 0, *(sum(n for n, _ in groups.values()) for groups in sizes)]
        for time in found.times:
            if time.scale.key == scale and time.result:
                assert all(not 0 < abs(total - time.result.n) < 5 for total in totals)


@pytest.mark.req("R-004-103")
@pytest.mark.parametrize(("unknown", "is_shown"), [(0, True), (1, False), (4, False), (5, True)])
@pytest.mark.parametrize("fact", ["q3", "q4", "q8"])
def test_a_regression_does_not_tell_how_few_are_unknown(fact: str, unknown: int, is_shown: bool) -> None:
    """Its n beside the groups' total is the number of those whose sex, age or origin is not known."""
    draw = random.Random(7)
    rows = [
        {**row, "q3": 1 + number % 2, "q4": 3 + number // 2 % 2, "q8": 1 + number // 4 % 2}
        | {"kontakttid_timer": 5 + number, "gruppe": 1 + number % 2}
        | ({fact: 77} if number <= unknown else {})
        for row in pairs([draw.randint(1, 5) for _ in range(40)], [draw.randint(1, 5) for _ in range(40)])
        for number in [int(str(row["nummer"]))]
    ]
    found, table = effect(csv(rows))
    assert [one.result.n for one in found.changes if one.result] == [20, 20]
    (time,) = found.times
    assert bool(time.result) is is_shown
    assert ("time" in "".join(plain_figures(found))) is is_shown
    assert list(report(found, table, MEASURES, FORM))
    if time.result:
        assert time.result.n == 40 - unknown


@pytest.mark.req("R-004-103")
def test_a_hidden_group_takes_with_it_what_would_tell_its_size() -> None:
    small = pairs([1, 2, 3], [2, 2, 4], 2, 50)
    large = pairs([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 4, 5, 5, 7, 7, 9])
    rows: list[dict[str, object]] = [{**row, "q3": 1 + int(str(row["nummer"])) % 2} for row in large + small]
    found, _ = effect(csv(rows))
    assert [bool(one.result) for one in found.changes] == [True, False]
    # By sex all eleven would be counted, and three would be what the two figures differ by.
    assert all(one.result is None for one in found.groups)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_files_as_programs_write_them(encoding: str, delimiter: str) -> None:
    rows = [{**row, "bemærkning": "ærø"} for row in pairs([1, 2, 3, 4, 5], [3, 2, 4, 1, 5])]
    text = csv(rows, delimiter).decode().replace("maaling", "Måling").replace("nummer", "Nummer")
    found, table = effect(text.replace("\n", "\r\n").encode(encoding))
    assert found.changes[0].result is not None
    assert found.changes[0].result.n == 5
    assert table.ignored == ("bemaerkning",)


def test_headings_as_people_write_them() -> None:
    assert [plain(one) for one in ("Q20.1", "sp20_1", "20.1", "Spm 34 2", "Løbenummer", "Køn", " Måling ", "Q32a")] == [
        *("q20_1", "q20_1", "q20_1", "q34_2", "nummer", "q3", "maaling", "q32a"),
    ]


HEAD = "nummer;gruppe;maaling;q33\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "tom"),
        (b"\n\n", "tom"),
        (b"PK\x03\x04regneark", "regneark"),
        (b"$FL2@(#) SPSS", "SPSS"),
        (b"a\x00b;\x00", "tekst"),
        (b"\xff\xfea", "tekst"),
        (b"gruppe;maaling\n1;0\n", "nummer mangler"),
        (b"nummer;gruppe\n1;1\n", "maaling mangler"),
        (b"nummer;gruppe;maaling;maaling\n1;1;0;0\n", "to gange"),
        (b"nummer;gruppe;maaling;cpr\n1;1;0;x\n", "cpr"),
        (b"nummer;gruppe;maaling;Kaldenavn\n1;1;0;Bo\n", "kaldenavn"),
        ((HEAD + "610190-1234;1;0;2\n").encode(), "Linje 2"),
        ((HEAD + ";1;0;2\n").encode(), "Linje 2"),
        ((HEAD + "1;3;0;2\n").encode(), "gruppe er 1 eller 2"),
        ((HEAD + "1;1;-4;2\n").encode(), "maaling er måneder"),
        ((HEAD + "1;1;0;2\n1;1;0;3\n").encode(), "Linje 3: nummer 1 har målingen to gange"),
        ((HEAD + "1;1;0;2\n1;2;4;3\n").encode(), "Linje 3: nummer 1 er i to grupper"),
        ((HEAD + "1;1;0;4\n").encode(), "»4« kan ikke stå i q33"),
        ((HEAD + "1;1;0;1,5\n").encode(), "»1,5« kan ikke stå i q33"),
        ((HEAD + "1;1;0;inf\n").encode(), "»inf« kan ikke stå i q33"),
        ((HEAD + "1;1;0;2;9;9\n").encode(), "flere felter"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_words(data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r".+ / .+") as told:
        read(data)
    assert words in str(told.value)
    assert main(["effekt", write(tmp_path / "f.csv", data)]) == 1


def test_many_errors_are_not_all_read_aloud() -> None:
    with pytest.raises(TableError) as told:
        read((HEAD + "".join(f"{n};9;0;1\n" for n in range(40))).encode())
    assert len(str(told.value).splitlines()) == 11
    assert "30" in str(told.value).splitlines()[-1]


def test_unknown_is_not_a_number_and_nothing_is_not_zero() -> None:
    for empty in ("77", "", ".", "NA", "nan"):
        rows = [f"{n};1;{wave};{2 if n else empty}" for n in range(6) for wave in (0, 4)]
        found, _ = effect((HEAD + "\n".join(rows)).encode())
        assert found.changes[0].result is not None
        assert found.changes[0].result.n == 5
    for row in ("1;1;0;0", "1;1;0;77"):
        found, table = effect((HEAD + row).encode())
        assert figures(found) == []
        assert "".join(report(found, table, MEASURES, FORM))


def test_a_file_that_is_not_there_and_a_place_one_cannot_write(tmp_path: Path) -> None:
    assert main(["effekt", str(tmp_path / "no.csv")]) == 1
    path = write(tmp_path / "f.csv", csv(pairs([1, 2], [2, 1])))
    assert main(["effekt", path, "--script", str(tmp_path / "no" / "s.py")]) == 1
    assert main(["effekt", path, "--script", str(tmp_path / "s.py"), "--sprog", "en"]) == 0


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (HEAD + text).encode("utf-8", "ignore")))
def test_no_file_whatever_breaks_it(data: bytes) -> None:
    with contextlib.suppress(TableError):
        found, table = effect(data)
        assert list(report(found, table, MEASURES, FORM))
