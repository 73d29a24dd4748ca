"""Processes under one supervisor live and end together."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samsvar.supervisor import Supervisor, port_is_free

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"

PARENT = """
import os, sys
from samsvar.supervisor import Supervisor
one = Supervisor()
with one.listening():
    one.start("child", [sys.executable, "-c", "import time; time.sleep(60)"], os.environ)
    print(one.children[0].process.pid, flush=True)
    sys.exit(one.watch())
"""

# One that is ended does not end its own children by itself.
MOTHER = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def parent() -> "subprocess.Popen[str]":
    """A supervisor in a process of its own, with one child."""
    return subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 0), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_children_end_with_their_supervisor(parent: "subprocess.Popen[str]", number: signal.Signals, code: int) -> None:
    with parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert not gone_now(child)
        parent.send_signal(number)
        assert parent.wait(timeout=20) == code
        assert gone(child)


def gone_now(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_when_one_ends_all_end_and_it_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    supervisor = Supervisor()
    with supervisor.listening():
        supervisor.start("sover", SLEEPER, os.environ)
        supervisor.start("dør", [sys.executable, "-c", "raise SystemExit(3)"], os.environ)
        sleeper = supervisor.children[0].process
        assert supervisor.watch() == 1
    assert sleeper.poll() == -signal.SIGTERM
    assert "dør ended by itself (code 3); everything stops." in capsys.readouterr().err


def test_a_child_that_will_not_stop_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samsvar.supervisor.STOP_SECONDS", 0.5)
    supervisor = Supervisor()
    supervisor.start("stædig", [sys.executable, "-c", STUBBORN], os.environ)
    child = supervisor.children[0].process
    assert not supervisor.wait_until(lambda: False, seconds=0.5)
    supervisor.stop()
    assert child.returncode == -signal.SIGKILL


def test_what_a_child_has_started_ends_with_it() -> None:
    supervisor = Supervisor()
    supervisor.start("mor", [sys.executable, "-c", MOTHER], os.environ | {"PYTHONUNBUFFERED": "1"})
    family = supervisor.children[0].process.pid
    assert supervisor.wait_until(lambda: len(of_group(family)) == 2)
    mother, grandchild = of_group(family)
    supervisor.stop()
    assert gone(mother)
    assert gone(grandchild)


def of_group(group: int) -> list[int]:
    """The processes of a group, its leader first."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if os.getpgid(int(place.name)) == group:
                found.append(int(place.name))
    return sorted(found, key=lambda pid: (pid != group, pid))


def test_a_taken_port_is_seen() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not port_is_free("127.0.0.1", taken.getsockname()[1])
