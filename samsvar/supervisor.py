"""Several processes in one foreground: they live together, end together, and none is started again in silence."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import types
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

STOP_SECONDS = 20
READY_SECONDS = 60
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Child:
    """A process under supervision, under the name that a person reads."""

    name: str
    process: subprocess.Popen[bytes]


def _end_with_parent() -> None:
    # Killed outright, the supervisor cannot tell its children; the kernel can. Elsewhere than on Linux they stay.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Starts processes, waits until one ends or somebody asks to stop, then ends them all, last started first."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.stopping = threading.Event()

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """SIGINT and SIGTERM ask for a clean end while this is open."""
        before = {number: signal.signal(number, self._asked) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            self.stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _asked(self, number: int, frame: types.FrameType | None) -> None:
        self.stopping.set()

    def start(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        """Start a process in a session of its own: Ctrl-C is for the supervisor, which then tells the others."""
        process = subprocess.Popen(  # noqa: S603
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        self.children.append(Child(name, process))

    def ended(self) -> Child | None:
        """A child that ended by itself, if one did."""
        return next((child for child in self.children if child.process.poll() is not None), None)

    def run(self, name: str, command: list[str], environment: Mapping[str, str]) -> int | None:
        """Run a process to its end; its exit code, or None when somebody asked to stop meanwhile."""
        self.start(name, command, environment)
        child = self.children[-1]
        while child.process.poll() is None and not self.stopping.is_set():
            time.sleep(0.02)
        if child.process.poll() is None:
            return None
        self.children.remove(child)
        return child.process.returncode

    def wait_until(self, ready: Callable[[], bool], seconds: float = READY_SECONDS) -> bool:
        """Wait until something is ready; False if a child ended, somebody asked to stop, or time ran out."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.stopping.is_set() and self.ended() is None:
            if ready():
                return True
            time.sleep(0.05)
        return False

    def watch(self) -> int:
        """Wait for the end: 0 when somebody asked for it, 1 when a child ended by itself."""
        while not self.stopping.wait(0.3):
            if child := self.ended():
                sys.stderr.write(
                    f"{child.name} sluttede af sig selv (kode {child.process.returncode}); alt stoppes. / "
                    f"{child.name} ended by itself (code {child.process.returncode}); everything stops.\n"
                )
                return 1
        return 0

    def stop(self) -> None:
        """End every child, kindly first; bounded by STOP_SECONDS in all."""
        deadline = time.monotonic() + STOP_SECONDS
        for child in reversed(self.children):
            if child.process.poll() is None:
                child.process.terminate()
        for child in reversed(self.children):
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.1, deadline - time.monotonic()))
            # What a child has started itself, as the world's tellers are, is not left behind; nor is one that stays.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait(5)
        self.children.clear()


def port_is_free(host: str, port: int) -> bool:
    """Whether something may listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def page_answers(url: str) -> bool:
    """Whether a web server on this machine answers, with whatever page; an error of its own is no answer."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
            return answer.status < 500
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
