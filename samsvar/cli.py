"""The command `samsvar`: demo, serve, worker, migrate, check, admin, backup, restore, referat-tjek, vejviser,
effekt, kodebog.

What a command needs is imported when it runs, so that the next command starts fast.
"""

import argparse
import base64
import contextlib
import hashlib
import os
import re
import secrets
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import psycopg

    from samsvar.postgres.provision import Addresses
    from samsvar.supervisor import Supervisor

ROOM = Path(__file__).resolve().parent

AUTHORITY_KINDS = ("police", "social", "psychiatry", "forensic_psychiatry", "probation", "jobcentre", "self_owning")


class CommandError(Exception):
    """A command cannot go on; the message, Danish and English, says what to do."""


@contextlib.contextmanager
def installation(*, prepare: bool = False) -> Iterator["Addresses"]:
    """This installation's addresses; a server of one's own that was not running is stopped again afterwards.

    With `prepare` an administrator's DATABASE_URL makes the roles; without, it is taken for the application's, so that
    what serves people is refused when it holds more than it may.
    """
    from samsvar.postgres import state
    from samsvar.postgres.provision import addresses_from
    from samsvar.postgres.server import Cluster

    ran_before = not os.environ.get("DATABASE_URL") and Cluster.at_home(state.home()).running()
    addresses, cluster = addresses_from(prepare=prepare)
    try:
        yield addresses
    finally:
        if cluster and not ran_before:
            cluster.stop()


def kind() -> str:
    """What this process may open: a "demo" database or a "real" one."""
    return "demo" if os.environ.get("SAMSVAR_DEMO", "").strip().lower() in {"1", "true", "yes", "ja"} else "real"


def set_up_django(database_url: str) -> None:
    """Load Django with one address as its database."""
    os.environ["DATABASE_URL"] = database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsvar.settings")
    import django

    django.setup()


def owner_of(addresses: "Addresses") -> str:
    """The owner's address; a refusal that says what is missing when there is none."""
    if not addresses.owner:
        raise CommandError(
            "DATABASE_OWNER_URL mangler: det kan kun ejeren af databasen. / "
            "DATABASE_OWNER_URL is missing: only the owner of the database can do that."
        )
    return addresses.owner


def migrate(options: argparse.Namespace) -> int:
    """Bring the database's tables up to this release, as the owner."""
    from samsvar.postgres import provision

    with installation(prepare=True) as addresses:
        with provision.connect(owner_of(addresses), autocommit=True) as owner:
            provision.prepare_schema(owner)
            provision.mark_installation(owner, kind())
        os.environ.setdefault("SAMSVAR_BUILDING", "1")
        set_up_django(addresses.owner)
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=options.verbosity)
        with provision.connect(addresses.owner) as owner:
            provision.grant_framework_tables(owner)
            owner.execute("UPDATE samsvar_installation SET migrated = %s", [migrations_stamp()])
    return 0


def _digest(paths: Sequence[Path], *, contents: bool) -> str:
    """A fingerprint of files: of their contents, or (faster, for many) of their names, sizes and times."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path).encode())
        if contents:
            digest.update(path.read_bytes())
        else:
            about = path.stat()
            digest.update(f"{about.st_size} {about.st_mtime_ns}".encode())
    return digest.hexdigest()


def migrations_stamp() -> str:
    """What decides the tables: our migrations and policies, and the libraries' versions."""
    from importlib.metadata import version

    libraries = [f"{name} {version(name)}" for name in ("Django", "django-allauth", "procrastinate")]
    decide = ("*/migrations/*.py", "*/policies.py", "*/policies/*.py", "postgres/rows.py")
    files = [path for one in decide for path in ROOM.glob(one)]
    own = _digest(files, contents=True)
    return hashlib.sha256("\n".join([own, *libraries]).encode()).hexdigest()


def static_stamp() -> str:
    """What decides the static files."""
    return _digest([path for path in ROOM.glob("*/static/**/*") if path.is_file()], contents=False)


def gather_static(home: Path, environment: Mapping[str, str], supervisor: "Supervisor") -> None:
    """Collect the static files where they are served from, unless nothing has changed."""
    root = Path(environment.get("SAMSVAR_STATIC_ROOT") or home / "static")
    stamp, kept = static_stamp(), home / "static.stamp"
    wanted = f"{root} {stamp}"
    if root.is_dir() and kept.exists() and kept.read_text(encoding="utf-8") == wanted:
        return
    code = supervisor.run(
        "collectstatic",
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"],
        {**environment, "SAMSVAR_BUILDING": "1", "SAMSVAR_STATIC_ROOT": str(root)},
    )
    if code != 0:
        raise CommandError("De statiske filer kunne ikke samles. / The static files could not be gathered.")
    kept.write_text(wanted, encoding="utf-8")


def demo_keys() -> dict[str, str]:
    """Keys for a demonstration: as random as real ones, but kept beside it."""
    return {
        "SAMSVAR_SECRET_KEY": secrets.token_urlsafe(50),
        "SAMSVAR_VAULT_KEYS": "demo:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "SAMSVAR_BLIND_INDEX_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    }


def found_at(address: str) -> dict[str, str]:
    """What a demonstration must know of the address where people find it, through a TLS proxy on its machine.

    Raises CommandError for what is no `https://name`, with or without a port.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    site = f"https://{host}" + (f":{port}" if port else "")
    if address.rstrip("/") != site or not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", host):
        raise CommandError("--address skal være https://NAVN. / --address must be https://NAME.")
    return {
        "SAMSVAR_ADDRESS": site,
        "SAMSVAR_HOSTS": f"{host},localhost,127.0.0.1,[::1]",
        "SAMSVAR_ORIGINS": site,
    }


def web_command(bind: str, workers: int) -> list[str]:
    """How the web server is started."""
    beat = "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"  # noqa: S108 - only a heartbeat file lies there
    return [
        *(sys.executable, "-m", "gunicorn", "samsvar.wsgi:application"),
        *("--bind", bind, "--workers", str(workers), "--worker-class", "gthread", "--threads", "8"),
        # A path or a query may one day name somebody; what people do is in the audit log, not here.
        *("--log-level", "warning", "--no-control-socket", "--worker-tmp-dir", beat, "--graceful-timeout", "10"),
    ]


def web_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What the web server may know: neither the owner's nor the caretaker's address."""
    return {name: value for name, value in environment.items() if name != "DATABASE_CARETAKER_URL"}


WORKER_COMMAND = [sys.executable, "-m", "samsvar", "worker"]


def demo(options: argparse.Namespace) -> int:
    """Set up and serve a demonstration on loopback, with everything it needs, until somebody stops it."""
    from samsvar.postgres import provision, state
    from samsvar.postgres.provision import addresses_from
    from samsvar.supervisor import Supervisor, page_answers, port_is_free

    if not port_is_free("127.0.0.1", options.port):
        raise CommandError(
            f"Port {options.port} er optaget; vælg en anden med --port. / "
            f"Port {options.port} is taken; choose another with --port."
        )
    home = state.make_home()
    address = f"http://127.0.0.1:{options.port}"
    os.environ |= {
        "SAMSVAR_DEMO": "1",
        "SAMSVAR_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "samsvar.settings",
        "SAMSVAR_STATIC_ROOT": str(home / "static"),
        "SAMSVAR_MAIL_FOLDER": str(home / "mail"),
        "SAMSVAR_AUDIT_ANCHORS": str(home / "anchors.jsonl"),
        "SAMSVAR_DISPOSALS": str(home / "disposals.jsonl"),
        **(found_at(options.address) if options.address else {"SAMSVAR_ADDRESS": address}),
        **state.kept(home / "secrets" / "demo-keys.json", demo_keys),
    }
    (home / "mail").mkdir(mode=0o700, exist_ok=True)
    supervisor = Supervisor()
    with contextlib.ExitStack() as stack:
        addresses, cluster = addresses_from()
        if cluster:
            stack.callback(cluster.stop)
        stack.enter_context(supervisor.listening())
        environment = {**os.environ, **addresses.environment()}
        with provision.connect(owner_of(addresses), autocommit=True) as owner:
            if options.fresh or _told(owner) == "telling":
                _start_over(owner)
            provision.mark_installation(owner, "demo")
            _prepare_demo(supervisor, owner, addresses, environment)
        gather_static(home, environment, supervisor)
        supervisor.start("web", web_command(f"127.0.0.1:{options.port}", 2), web_environment(environment))
        supervisor.start("worker", WORKER_COMMAND, environment)
        if supervisor.wait_until(lambda: page_answers(f"{address}/")):
            print(f"Samsvar er klar / is ready: {os.environ['SAMSVAR_ADDRESS']}/", flush=True)
        elif not supervisor.stopping.is_set() and not supervisor.ended():
            raise CommandError("Den første side svarede ikke. / The first page did not answer.")
        return supervisor.watch()


def _told(owner: "psycopg.Connection") -> str:
    """How far the demonstration's world is told: "", "telling" or "told"."""
    from samsvar.postgres.provision import installation_kind

    if installation_kind(owner) != "demo":
        return ""
    row = owner.execute("SELECT world FROM samsvar_installation").fetchone()
    return row[0] if row else ""


def _start_over(owner: "psycopg.Connection") -> None:
    """Empty a demonstration's database. Never another's: a database without the mark may be anybody's."""
    from samsvar.postgres import provision

    found = provision.installation_kind(owner)
    if found is None:
        return
    if found != "demo":
        raise CommandError("Databasen er ægte og bliver ikke tømt. / The database is real and will not be emptied.")
    owner.execute("DROP SCHEMA public CASCADE")
    owner.execute("CREATE SCHEMA public")
    provision.prepare_schema(owner)


def _prepare_demo(
    supervisor: "Supervisor", owner: "psycopg.Connection", addresses: "Addresses", environment: Mapping[str, str]
) -> None:
    """Tables and world, unless both are there already."""
    row = owner.execute("SELECT migrated, world FROM samsvar_installation").fetchone()
    migrated, world = row or ("", "")
    if migrated != migrations_stamp():
        as_owner = {**environment, "DATABASE_OWNER_URL": addresses.owner}
        code = supervisor.run("migrate", [sys.executable, "-m", "samsvar", "migrate", "-v", "0"], as_owner)
        if code != 0:
            raise CommandError("Databasen kunne ikke gøres klar. / The database could not be prepared.")
    if world == "told" or not any((ROOM / name).exists() for name in ("demo.py", "demo")):
        return
    print("Fortæller demonstrationens verden / telling the demonstration's world ...", flush=True)
    owner.execute("UPDATE samsvar_installation SET world = 'telling'")
    as_owner = {**environment, "DATABASE_OWNER_URL": addresses.owner}
    code = supervisor.run("world", [sys.executable, "-m", "samsvar", "world"], as_owner)
    if code != 0:
        raise CommandError("Demonstrationens verden blev ikke fortalt. / The demonstration's world was not told.")
    owner.execute("UPDATE samsvar_installation SET world = 'told'")


def world(options: argparse.Namespace) -> int:
    """Tell the demonstration's world through the services, as the application; only its first set-up is the owner's."""
    set_up_django(os.environ["DATABASE_URL"])
    from importlib import import_module

    import_module("samsvar.demo").play(os.environ.get("DATABASE_OWNER_URL", ""))
    return 0


def serve(options: argparse.Namespace) -> int:
    """Serve for real: check first, refuse when something is wrong."""
    from samsvar.postgres import state
    from samsvar.supervisor import Supervisor

    host, _, port = options.bind.rpartition(":")
    if not host or not port.isdigit():
        raise CommandError("--bind skal være ADRESSE:PORT. / --bind must be ADDRESS:PORT.")
    home = state.make_home()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsvar.settings")
    supervisor = Supervisor()
    with installation() as addresses, supervisor.listening():
        environment = {**os.environ, **addresses.environment()}
        if supervisor.run("check", [sys.executable, "-m", "samsvar", "check"], environment) != 0:
            return 1
        gather_static(home, environment, supervisor)
        supervisor.start("web", web_command(options.bind, options.workers), web_environment(environment))
        if options.worker:
            supervisor.start("worker", WORKER_COMMAND, environment)
        return supervisor.watch()


def worker(options: argparse.Namespace) -> int:
    """Carry out what waits: reminders, retention, chain checks, notices."""
    with installation() as addresses:
        os.environ |= addresses.environment()
        set_up_django(addresses.app)
        from django.core.management import call_command

        call_command("procrastinate", "worker", "--shutdown-graceful-timeout", "10")
    return 0


def check(options: argparse.Namespace) -> int:
    """Say what keeps this installation from serving; 1 when there is something."""
    with installation() as addresses:
        os.environ |= addresses.environment()
        set_up_django(addresses.app)
        from samsvar.postgres.checks import findings

        found = findings()
    for finding in found:
        print(finding, file=sys.stderr)
    if not found:
        print("Samsvar må starte / may start")
    return 1 if found else 0


def admin(options: argparse.Namespace) -> int:
    """Make an authority's first local administrator, and print the link where that person chooses a password."""
    if not os.environ.get("SAMSVAR_SECRET_KEY"):
        raise CommandError(
            "SAMSVAR_SECRET_KEY mangler: uden serverens nøgle virker linket ikke. / "
            "SAMSVAR_SECRET_KEY is missing: without the server's key the link does not work."
        )
    with installation() as addresses:
        set_up_django(owner_of(addresses))
        from samsvar.partnerships.services import PartnershipError, first_administrator

        try:
            post, link = first_administrator(
                email=options.email,
                name=options.name,
                authority=options.authority,
                kind=options.kind,
                partnership=options.partnership,
                reference_prefix=options.prefix,
            )
        except PartnershipError as error:
            raise CommandError(str(error)) from error
    print(f"{post.authority.name}: {options.email}")
    print(f"Vælg adgangskode her / choose a password here: {link}")
    return 0


def backup(options: argparse.Namespace) -> int:
    """Write a backup into a new folder."""
    from samsvar.postgres import backup as copies

    folder = Path(options.folder or f"samsvar-{datetime.now():%Y%m%d-%H%M%S}").resolve()
    with installation(prepare=True) as addresses:
        manifest = copies.backup(owner_of(addresses), folder)
    rows = sum(entry["rows"] for entry in manifest["tables"].values())
    print(f"{folder}: {len(manifest['tables'])} tabeller / tables, {rows} rækker / rows")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Load a backup into an empty, migrated database."""
    from samsvar.postgres import backup as copies

    with installation(prepare=True) as addresses:
        owner = owner_of(addresses)
        counted = copies.restore(owner, Path(options.folder).resolve())
        path = Path(options.disposals or os.environ.get("SAMSVAR_DISPOSALS") or ROOM.parent / "var" / "disposals.jsonl")
        again = copies.play_disposals(owner, path)
    print(f"{len(counted)} tabeller / tables, {sum(counted.values())} rækker / rows")
    if again is None:
        print(
            f"Kassationslisten {path} findes ikke: find den, og kør `samsvar dispose-again`, før nogen logger ind. / "
            f"There is no disposal list {path}: find it and run `samsvar dispose-again` before anybody logs in.",
            file=sys.stderr,
        )
        return 1
    print(f"{again} kasseret igen / disposed of again")
    return 0


def dispose_again(options: argparse.Namespace) -> int:
    """Play the disposal list on this database: what is on it and still here is disposed of again."""
    from samsvar.postgres import backup as copies

    with installation(prepare=True) as addresses:
        again = copies.play_disposals(owner_of(addresses), Path(options.list).resolve())
    if again is None:
        raise CommandError(f"{options.list} findes ikke. / {options.list} does not exist.")
    print(f"{again} kasseret igen / disposed of again")
    return 0


def check_minutes(options: argparse.Namespace) -> int:
    """Print one verdict per sentence of a text that is to be read by more than one case's parties; 1 when one asks.

    Nothing is sent or kept. `--navn` gives a name or address that must not stand, `--kendt` one that may.
    """
    from samsvar.law.minutes import items, verdicts

    text = sys.stdin.read() if options.file == "-" else _text_of(Path(options.file))
    asked = count = 0
    for item in items(text):
        for one in verdicts(item, options.navn, options.navn, options.kendt):
            count += 1
            asked += bool(one.notices)
            if one.notices:
                print(f"SE IGEN\t{one.sentence}\t{' '.join(notice.text(options.sprog) for notice in one.notices)}")
            else:
                print(f"I ORDEN\t{one.sentence}\t")
    print(f"{asked} af {count} sætninger skal ses igen. / {asked} of {count} to look at again.", file=sys.stderr)
    return 1 if asked else 0


def ask_directory(options: argparse.Namespace) -> int:
    """Print, for each question of a file, the question and the first three units of the directory, tabs between.

    Asks Vordingborg's eleven units, which are taken out again, unless `--samarbejde` names a partnership. They
    are asked on a server of their own, so that no installation is begun by asking; DATABASE_URL names another.
    """
    from samsvar.postgres import provision, state

    text = sys.stdin.read() if options.file == "-" else _text_of(Path(options.file))
    os.environ.setdefault("SAMSVAR_BUILDING", "1")
    alone = not options.samarbejde and not os.environ.get("DATABASE_URL")
    if alone:
        os.environ["SAMSVAR_HOME"] = str(state.make_home() / "vejviser")
    with installation(prepare=True) as addresses:
        with provision.connect(owner_of(addresses)) as owner:
            row = owner.execute("select to_regclass('samsvar_installation')").fetchone()
            stamp = owner.execute("select migrated from samsvar_installation").fetchone() if row and row[0] else None
        if not stamp or stamp[0] != migrations_stamp():
            if not alone:
                raise CommandError("Databasen er ikke klar: kør `samsvar migrate`. / Run `samsvar migrate` first.")
            migrate(argparse.Namespace(verbosity=0))
        set_up_django(addresses.owner)
        from samsvar.directory.console import NoPlace, answers_of, answers_of_pack

        questions = text.splitlines()
        try:
            found = answers_of(questions, options.samarbejde) if options.samarbejde else answers_of_pack(questions)
        except NoPlace as error:
            raise CommandError(f"Der er ingen vejviser i {error}. / There is no directory in {error}.") from error
    for question, units in found:
        print("\t".join([question, *units]))
    return 0


def effect(options: argparse.Namespace) -> int:
    """Print what a file of answers shows: scales, alphas and tests, by a named rule set. Nothing is sent or kept.

    `--tal` prints the bare figures, `--script` writes a script that computes them again without Samsvar.
    """
    from samsvar.instruments.instrument import instrument
    from samsvar.instruments.scales import Method, Missing, NotAsked, Settings, scales
    from samsvar.outcomes.analysis.console import plain_figures, report
    from samsvar.outcomes.analysis.effect import Outcome, compute
    from samsvar.outcomes.analysis.rules import ruleset
    from samsvar.outcomes.analysis.script import script
    from samsvar.outcomes.files.reading import TableError, read

    form, measures = instrument(), scales()
    settings = Settings(
        Method(options.score), Missing(options.mangler), not options.uden_vending, NotAsked(options.ikke_spurgt)
    )
    try:
        data = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
        table = read(data, form, measures)
    except OSError as error:
        raise CommandError(f"{options.file} kan ikke læses. / {options.file} cannot be read.") from error
    except TableError as error:
        raise CommandError(str(error)) from error
    found = compute(
        table,
        measures,
        ruleset(options.regler),
        settings,
        Outcome(options.udfald),
        each_wave=options.hver_maaling,
    )
    if options.script and not table.delimiter:
        raise CommandError("Beregningen læser en CSV-fil: gem filen som CSV. / The script reads a CSV file.")
    if options.script:
        try:
            Path(options.script).write_text(script(found, table, measures, form), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options.script} kan ikke skrives. / {options.script} cannot be written.") from error
    for line in plain_figures(found) if options.tal else report(found, table, measures, form, options.sprog):
        print(line)
    return 0


def codebook(options: argparse.Namespace) -> int:
    """Print the columns and codes of a file of answers, or the syntax with which SPSS reads one."""
    from samsvar.instruments.instrument import instrument
    from samsvar.outcomes.files.codebook import as_csv, as_spss

    form = instrument()
    print(as_spss(form, options.spss, options.sprog) if options.spss else as_csv(form, options.sprog), end="")
    return 0


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} kan ikke læses som tekst. / {path} cannot be read as text.") from error


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="samsvar", description="Samsvar: the table where authorities share a case.")
    commands = top.add_subparsers(dest="command", required=True, metavar="command")

    one = commands.add_parser("demo", help="set up and serve a demonstration on this machine")
    one.add_argument("--port", type=int, default=8000)
    one.add_argument("--fresh", action="store_true", help="empty the demonstration's database and start over")
    one.add_argument("--address", help="where colleagues find it, through a TLS proxy on this machine")
    one.set_defaults(run=demo)

    one = commands.add_parser("serve", help="serve for real, after a check")
    one.add_argument("--bind", default="127.0.0.1:8000", help="address:port for the TLS proxy to reach")
    one.add_argument("--workers", type=int, default=2)
    one.add_argument("--worker", action="store_true", help="run the worker in the same supervisor")
    one.set_defaults(run=serve)

    one = commands.add_parser("worker", help="carry out reminders, retention and notices")
    one.set_defaults(run=worker)

    one = commands.add_parser("migrate", help="bring the database up to this release (as its owner)")
    one.add_argument("-v", "--verbosity", type=int, default=1, choices=range(4))
    one.set_defaults(run=migrate)

    one = commands.add_parser("check", help="say what keeps this installation from serving")
    one.set_defaults(run=check)

    one = commands.add_parser("admin", help="make an authority's first local administrator (as the owner)")
    one.add_argument("email")
    one.add_argument("--name", required=True, help="the person's name")
    one.add_argument("--authority", required=True, help="name of the authority; made when it is new")
    one.add_argument("--kind", default="social", choices=AUTHORITY_KINDS, help="what a new authority is")
    one.add_argument("--partnership", required=True, help="name of the partnership; founded when it is new")
    one.add_argument("--prefix", default="PSP", help="letters before the case numbers of a new partnership")
    one.set_defaults(run=admin)

    one = commands.add_parser("backup", help="write a backup into a new folder (as the owner)")
    one.add_argument("folder", nargs="?")
    one.set_defaults(run=backup)

    one = commands.add_parser("restore", help="load a backup into an empty, migrated database (as the owner)")
    one.add_argument("folder")
    one.add_argument("--disposals", help="the disposal list to play afterwards; else SAMSVAR_DISPOSALS")
    one.set_defaults(run=restore)

    one = commands.add_parser("dispose-again", help="play a disposal list on this database (as the owner)")
    one.add_argument("list")
    one.set_defaults(run=dispose_again)

    one = commands.add_parser("referat-tjek", help="look through a text for what shows who a citizen is")
    one.add_argument("file", help="a text file in UTF-8, or - for what is typed in")
    one.add_argument("--navn", action="append", default=[], help="a name or an address that must not stand there")
    one.add_argument("--kendt", action="append", default=[], help="a name that may: staff, authority, place")
    one.add_argument("--sprog", choices=("da", "en"), default="da", help="the language of the verdicts")
    one.set_defaults(run=check_minutes)

    one = commands.add_parser("vejviser", help="ask the directory, one question a line (as the owner)")
    one.add_argument("file", help="a text file in UTF-8, or - for what is typed in")
    one.add_argument("--samarbejde", default="", help="whose directory; else Vordingborg's eleven units of 2014")
    one.set_defaults(run=ask_directory)

    one = commands.add_parser("effekt", help="scales and tests of a file of answers, by a named rule set")
    one.add_argument("file", help="a CSV file as the codebook has it, or - for what is piped in")
    one.add_argument(
        "--regler", choices=("samsvar-2026", "isbryder-2011"), default="", help="the rule set; else the one in force"
    )
    one.add_argument("--udfald", choices=("change", "first", "latest"), default="change", help="what groups differ in")
    one.add_argument("--hver-maaling", action="store_true", help="each wave against the first, not only the latest")
    one.add_argument("--score", choices=("sum", "mean"), default="sum", help="what a scale's score is")
    one.add_argument("--mangler", choices=("all", "half"), default="all", help="how much of a scale must be answered")
    one.add_argument("--ikke-spurgt", choices=("shorter", "zero", "missing"), default="shorter", help="unasked items")
    one.add_argument("--uden-vending", action="store_true", help="reverse no item")
    one.add_argument("--tal", action="store_true", help="the bare figures, one a line")
    one.add_argument("--script", help="where to write a script that computes the figures again")
    one.add_argument("--sprog", choices=("da", "en"), default="da", help="the language of the report")
    one.set_defaults(run=effect)

    one = commands.add_parser("kodebog", help="columns and codes of a file of answers")
    one.add_argument("--spss", metavar="FILE", default="", help="instead, syntax with which SPSS reads that file")
    one.add_argument("--sprog", choices=("da", "en"), default="da", help="the language of the texts")
    one.set_defaults(run=codebook)

    # Without help text: the demonstration calls it for itself.
    one = commands.add_parser("world")
    one.set_defaults(run=world)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 is well, 1 is a refusal with its reason on standard error."""
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from samsvar.postgres.backup import BackupError
        from samsvar.postgres.provision import ProvisionError
        from samsvar.postgres.server import ServerError

        if not isinstance(error, CommandError | BackupError | ProvisionError | ServerError):
            raise
        print(error, file=sys.stderr)
        return 1
