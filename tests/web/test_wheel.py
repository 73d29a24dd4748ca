"""What is installed is whole: everything that the program reads beside its code is in the package that is built."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from samsvar.web import translations

ROOT = Path(__file__).resolve().parents[2]
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
# Beside the code; `.po` is compiled, and the design system's files are there once they have been copied.
READ_AT_RUN_TIME = ("data", "templates", "static", "locale")


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """A copy of the tree, and the names in the wheel that was built of it without any network."""
    tree, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "requirements.in", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    shutil.copytree(ROOT / "samsvar", tree / "samsvar", ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    translations.build(tree / "samsvar")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(out)], cwd=tree, capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(out.glob("*.whl"))) as wheel:
        return tree, set(wheel.namelist())


def test_all_that_the_program_reads_is_in_the_wheel(packed: tuple[Path, set[str]]) -> None:
    tree, names = packed
    wanted = {
        path.relative_to(tree).as_posix()
        for path in (tree / "samsvar").rglob("*")
        if path.is_file()
        and path.suffix != ".po"
        and (path.suffix == ".py" or any(part in READ_AT_RUN_TIME for part in path.parts))
    }
    assert wanted - names == set()
    for suffix in (".py", ".html", ".txt", ".css", ".js", ".toml", ".mo"):
        assert any(name.endswith(suffix) for name in wanted), suffix


def test_nothing_else_is(packed: tuple[Path, set[str]]) -> None:
    tree, names = packed
    code = {name for name in names if not name.split("/")[0].endswith(".dist-info")}
    assert all(name.startswith("samsvar/") and (tree / name).is_file() for name in code)
    assert not any(name.endswith((".po", ".pyc")) for name in code)
