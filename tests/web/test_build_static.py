"""The design system comes with the product: nothing it names may be missing or lie elsewhere."""

import re

import pytest

from samsvar.web import build_static

CSS = (
    '@font-face{font-family:P;src:url(../fonts/p.eot),url(../fonts/p.woff) format("woff"),'
    'url(../fonts/p.woff2) format("woff2")}.a{background:url(../img/a.svg)}'
)


@pytest.fixture
def package(tmp_path):
    """A design system of three files."""
    for name, content in {
        "css/dkfds.min.css": CSS,
        "fonts/p.woff2": "w",
        "fonts/license.txt": "OFL",
        "img/a.svg": "<svg/>",
        "img/all-svg-icons.svg": '<!DOCTYPE svg PUBLIC "x"><svg style="display:none"><symbol id="lock"/></svg>',
        "LICENSE.md": "MIT",
    }.items():
        path = tmp_path / "dist" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path / "dist"


def test_only_the_files_that_the_style_sheet_needs_are_copied(package, tmp_path):
    build_static.build(package, tmp_path / "out")
    copied = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert copied == {"css/dkfds.css", "fonts/p.woff2", "fonts/license.txt", "img/a.svg", "icons.svg", "LICENSE.md"}
    assert ".eot" not in (tmp_path / "out" / "css" / "dkfds.css").read_text(encoding="utf-8")


def test_the_icons_carry_no_inline_style(package, tmp_path):
    build_static.build(package, tmp_path / "out")
    assert (tmp_path / "out" / "icons.svg").read_text(encoding="utf-8") == '<svg><symbol id="lock"/></svg>'


def test_a_missing_file_stops_the_build(package, tmp_path):
    (package / "img" / "a.svg").unlink()
    with pytest.raises(FileNotFoundError):
        build_static.build(package, tmp_path / "out")


def test_the_style_sheets_name_no_foreign_or_inline_address():
    sheets = sorted((build_static.WEB / "static").rglob("*.css"))
    assert {sheet.name for sheet in sheets} >= {"samsvar.css", "print.css"}
    for sheet in sheets:
        assert not re.search(r"https?://|data:|@import", sheet.read_text(encoding="utf-8"))
