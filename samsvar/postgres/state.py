"""The state folder: what an installation must keep between starts besides the database itself."""

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def home() -> Path:
    """The state folder: `SAMSVAR_HOME`, else `var/` in a checkout, else the user's data folder (XDG). Not created."""
    if named := os.environ.get("SAMSVAR_HOME"):
        return Path(named).expanduser().resolve()
    if (CHECKOUT / "pyproject.toml").exists() and os.access(CHECKOUT, os.W_OK):
        return CHECKOUT / "var"
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser().resolve() / "samsvar"


def make_home() -> Path:
    """The state folder, created when missing.

    Others may pass through it but not list it: the database's service user may need the way to its own folder.
    """
    folder = home()
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o711)
    return folder


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def kept(path: Path, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The dictionary in a private JSON file; made, and kept, the first time it is asked for."""
    if not path.exists():
        write_private(path, json.dumps(make(), indent=1))
    return json.loads(path.read_text(encoding="utf-8"))
