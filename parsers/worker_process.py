"""One reading child, seen from its parent: the pipes to it, its limits, and its end."""

from __future__ import annotations

import io
import os
import pickle
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsers.worker_problems import crashed, too_big, too_long, too_many
from parsers.worker_reply import Cautious
from triage.problem import Problem

HEADER = struct.Struct(">Q")
MOST_REPLY = 64_000_000
MOST_PROGRAMS = 30
"""Processes that one document may set going at once: Tesseract is one, LibreOffice three."""
PROGRAMS_MEMORY = 1_000_000_000
"""Bytes that the programs called for a document may hold, all together."""
_FOLDER = "tscp-reading-"
_GLANCE = 0.025  # how often the memory is looked at
_PAGE = os.sysconf("SC_PAGE_SIZE")
_START = (
    "import sys; sys.path[:] = sys.argv[1].split(':');"
    "from parsers.worker_child import serve; serve()"
)
# What a reply that was tampered with may raise; a sound one raises nothing.
_NO_REPLY = (
    pickle.UnpicklingError, ValueError, TypeError, EOFError, LookupError, AttributeError,
    ArithmeticError, RecursionError, MemoryError, AssertionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one call: `seconds`, of which a reader may ask for more up to `most_seconds`; and
    `memory`, bytes of the child as a whole."""

    seconds: float
    most_seconds: float
    memory: int


class Child:
    """The process and the two pipes to it."""

    def __init__(self) -> None:
        places = os.pathsep.join(str(Path(place).absolute()) for place in sys.path if place)
        _sweep()
        self._folder = tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-")
        # No settings, keys or passwords of the service are handed on.
        kept = {name: os.environ[name] for name in ("PATH", "TZ") if name in os.environ}
        own = {"TMPDIR": self._folder, "HOME": self._folder}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, places],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept | own | {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
            cwd="/",
            start_new_session=True,
            bufsize=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._calls, self._replies = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._calls, False)
        os.set_blocking(self._replies, False)
        self.calls = 0
        self.ended = False

    def ask(self, call: bytes, limits: Limits) -> Any:
        """Send one call and wait for its reply, within the limits."""
        self.calls += 1
        began = time.monotonic()
        deadline = began + limits.seconds
        to_send = memoryview(HEADER.pack(len(call)) + call)
        reply, poll, glance = bytearray(), select.poll(), 0.0
        poll.register(self._replies, select.POLLIN)
        poll.register(self._calls, select.POLLOUT)
        while True:
            now = time.monotonic()
            if now >= deadline:
                return self._stopped(too_long(deadline - began))
            if now >= glance:
                glance = now + _GLANCE
                if excess := self._excess(limits.memory):
                    return self._stopped(excess)
            ready = dict(poll.poll(min(_GLANCE, deadline - now) * 1000 + 1))
            if self._calls in ready:
                to_send = to_send[self._send(to_send) :]
                if not to_send:
                    poll.unregister(self._calls)
            if self._replies in ready:
                piece = os.read(self._replies, 1 << 20)
                reply += piece
                if not piece or _announced(reply) > MOST_REPLY:
                    return self._stopped(crashed("stopped suddenly"))
            while (frame := _frame(reply)) is not None:
                kind, value = self._understood(frame)
                if kind != "seconds":
                    return self._result(kind, value, limits.memory)
                asked = min(time.monotonic() + value, began + limits.most_seconds)
                deadline = max(deadline, asked)

    def _send(self, data: memoryview) -> int:
        try:
            return os.write(self._calls, data[: 1 << 20])
        except BlockingIOError:
            return 0
        except BrokenPipeError:
            return len(data)  # the reading side will tell

    def _understood(self, frame: bytes) -> tuple[str, Any]:
        """('value', result), ('raised', class of an exception), ('seconds', wanted)."""
        try:
            kind, value = Cautious(io.BytesIO(frame)).load()
        except _NO_REPLY:
            return "nonsense", None
        sound = kind in ("value", "raised") or (kind == "seconds" and isinstance(value, float))
        return (kind, value) if sound else ("nonsense", None)

    def _result(self, kind: str, value: Any, memory: int) -> Any:
        if kind == "value":
            return value
        if kind == "nonsense":
            return self._stopped(crashed("gave no sensible answer"))
        if value == "MemoryError":
            return self._stopped(too_big(memory))
        return crashed(f"failed ({value})")

    def _stopped(self, problem: Problem) -> Problem:
        self.end()
        return problem

    def _excess(self, most: int) -> Problem | None:
        """What it has too much of just now, itself or in programs it called."""
        if self.memory() > most:
            return too_big(most)
        programs = list(_below(self._process.pid))
        if len(programs) > MOST_PROGRAMS:
            return too_many()
        if sum(map(_memory, programs)) > PROGRAMS_MEMORY:
            return too_big(PROGRAMS_MEMORY)
        return None

    def memory(self) -> int:
        """Bytes of memory it holds now; 0 once it has gone."""
        return 0 if self.ended else _memory(self._process.pid)

    def is_alive(self) -> bool:
        """Whether it runs; one that was killed between two calls is simply replaced."""
        if self.ended:
            return False
        # It stays a zombie until end(), so that its number cannot be another's meanwhile.
        how = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._process.pid, how) is None

    def kill(self) -> None:
        """The signal alone: whoever waits for its reply sees that it has gone, and clears up."""
        if not self.ended:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill it and all it started; there is nothing in it worth an orderly end."""
        if not self.ended:
            self.kill()
            self.ended = True
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            shutil.rmtree(self._folder, ignore_errors=True)


def _sweep() -> None:
    """What children left whose parent was killed before it could clear up."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
        parent = folder.name.removeprefix(_FOLDER).partition("-")[0]
        if not Path(f"/proc/{parent}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _below(pid: int) -> Iterator[int]:
    """The processes it started, and those which they started."""
    found = _started_by(pid)
    for one in found:
        yield one
        yield from _below(one)


def _started_by(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):  # it ended meanwhile, or this kernel does not tell
        for task in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208  # forty times a second
            text = Path(f"/proc/{pid}/task/{task}/children").read_bytes()
            found += map(int, text.split())
    return found


def _memory(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _announced(reply: bytearray) -> int:
    return int(HEADER.unpack_from(reply)[0]) if len(reply) >= HEADER.size else MOST_REPLY


def _frame(reply: bytearray) -> bytes | None:
    """The first whole message in what has come, taken out of it."""
    end = HEADER.size + _announced(reply)
    if len(reply) < max(end, HEADER.size):
        return None
    frame = bytes(reply[HEADER.size : end])
    del reply[:end]
    return frame
