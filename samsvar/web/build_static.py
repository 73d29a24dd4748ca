"""Copies what the screens need of DKFDS from node_modules into the static files: `python -m samsvar.web.build_static`.

The design system's own JavaScript stays behind: menus and folds here are `<details>`, which work without it, and it
writes inline styles. Of four font formats only WOFF2 is served.
"""

import re
import shutil
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parent
SOURCE = WEB.parent.parent / "node_modules" / "dkfds" / "dist"
TARGET = WEB / "static" / "dkfds"

_FONT_SOURCES = re.compile(r"src:(url\([^;}]*\.woff2[^;}]*)")
_WOFF2 = re.compile(r"""url\(["']?[^)"']*\.woff2["']?\)\s*format\(["']?woff2["']?\)""")
_REFERENCE = re.compile(r"""url\(["']?(\.\./[^)"'#?]+)""")
_STYLE_ATTRIBUTE = re.compile(r"""\sstyle=(?:"[^"]*"|'[^']*')""")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>")


def only_woff2(css: str) -> str:
    """The style sheet with every `@font-face` pointing at its WOFF2 file alone."""

    def keep(match: re.Match[str]) -> str:
        woff2 = _WOFF2.search(match.group(1))
        return f"src:{woff2.group(0)}" if woff2 else match.group(0)

    return _FONT_SOURCES.sub(keep, css)


def build(source: Path = SOURCE, target: Path = TARGET) -> int:
    """Writes css/dkfds.css, the fonts and pictures it names, icons.svg and the licence; returns the number of files.

    Raises FileNotFoundError when the package, or a file that its style sheet names, is missing.
    """
    css = only_woff2((source / "css" / "dkfds.min.css").read_text(encoding="utf-8"))
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    shutil.rmtree(target, ignore_errors=True)
    (target / "css").mkdir(parents=True)
    (target / "css" / "dkfds.css").write_text(css, encoding="utf-8")

    references = sorted(set(_REFERENCE.findall(css)))
    for reference in references:
        relative = reference.removeprefix("../")
        destination = target / relative
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / relative, destination)
        # The fonts' licence asks to go along with them.
        licence = (source / relative).with_name("license.txt")
        if licence.exists():
            shutil.copyfile(licence, destination.with_name("license.txt"))

    sprite = (source / "img" / "all-svg-icons.svg").read_text(encoding="utf-8")
    (target / "icons.svg").write_text(_STYLE_ATTRIBUTE.sub("", _DOCTYPE.sub("", sprite)), encoding="utf-8")
    shutil.copyfile(source / "LICENSE.md", target / "LICENSE.md")
    return len(references) + 3


if __name__ == "__main__":
    if not SOURCE.is_dir():
        sys.exit("node_modules/dkfds is missing: run `npm ci` first.")
    sys.stdout.write(f"{build()} files in static/{TARGET.name}\n")
