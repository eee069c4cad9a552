"""A warm child process under limits, in which documents and messages are opened.

In: a top-level function and its arguments. Out: its result, or a Problem at once if the child
crashed, hung or ate too much. The next call finds a new child. The limits the child puts on
itself are in worker_child.py.
"""

from __future__ import annotations

import io
import os
import pickle
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from parsers.worker_reply import Cautious
from triage.problem import Explained, Problem

T = TypeVar("T")

HEADER = struct.Struct(">Q")
MOST_REPLY = 64_000_000
START_SECONDS = 60.0
STOPPING = "the service is being stopped, and reads nothing any more: try again in a minute"
_GLANCE = 0.025  # how often the child's memory is looked at
_PAGE = os.sysconf("SC_PAGE_SIZE")
_CURE = "Read it by eye; if it keeps happening, tell whoever looks after this service."


class WorkerStopped(Explained):
    """Nothing is read any more, for the service is being stopped."""

    try_later = True


class Worker:
    """One child, started when first needed; safe to share between threads, one call at a time.

    `seconds` and `megabytes` bound a call (memory is the child's whole). `set_up` names a
    function ('module:name') called with `argument` when a child starts, so that what it loads
    is warm; '' for none.
    """

    def __init__(
        self,
        seconds: float,
        megabytes: int,
        set_up: str = "",
        argument: Any = None,
        recycle_after: int = 100,
    ) -> None:
        self._seconds = seconds
        self._most = megabytes * 1_000_000
        self._set_up = (seconds, tuple(set_up.partition(":")[::2]), argument)
        self._recycle_after = recycle_after
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self._stopped = False

    def run(self, function: Callable[..., T], *arguments: Any) -> T | Problem:
        """The function's result, or why there is none; an exception in it is a Problem too.

        Raises WorkerStopped once stop() was called: what was being read has no result at all.
        """
        call = pickle.dumps(((function.__module__, function.__qualname__), arguments))
        with self._lock:
            child = self._ready()
            if isinstance(child, Problem):
                return child
            result = child.ask(call, self._seconds, self._most)
            if self._stopped:
                raise WorkerStopped(STOPPING)
            # Memory once used is seldom given back; a half-full child would fail the next call.
            if child.ended or child.calls > self._recycle_after or child.memory() > self._most / 2:
                self._end()
        return cast("T | Problem", result)

    def start(self) -> None:
        """Start the child now rather than at the first call; if it cannot, that call will say."""
        with self._lock:
            self._ready()

    def stop(self) -> None:
        """End the child at once, whatever it is busy with; there will be no other."""
        self._stopped = True
        if (child := self._child) is not None:
            child.kill()

    def close(self) -> None:
        """End the child, after the call it may be busy with. A later call starts another."""
        with self._lock:
            self._end()

    def _ready(self) -> _Child | Problem:
        if self._child is not None and self._child.is_alive():
            return self._child
        self._end()
        self._child = _Child()
        if self._stopped:  # asked once the child is known to stop(): one of the two ends it
            self._child.kill()
        problem = self._child.ask(pickle.dumps(self._set_up), START_SECONDS, self._most)
        if self._stopped:
            self._end()
            raise WorkerStopped(STOPPING)
        if isinstance(problem, Problem):
            self._end()
            return Problem("Documents cannot be read now", "administrator", _CURE, "crashed")
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
        self._child = None


class _Child:
    """The process and the two pipes to it."""

    def __init__(self) -> None:
        places = os.pathsep.join(str(Path(place).absolute()) for place in sys.path if place)
        program = [sys.executable, "-P", str(Path(__file__).with_name("worker_child.py")), places]
        # No settings, keys or passwords of the service are handed on.
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "TZ") if name in os.environ}
        self._process = subprocess.Popen(
            program,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept | {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
            cwd="/",
            start_new_session=True,
            bufsize=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._calls, self._replies = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._calls, False)
        os.set_blocking(self._replies, False)
        self._statm = os.open(f"/proc/{self._process.pid}/statm", os.O_RDONLY)
        self.calls = 0
        self.ended = False

    def ask(self, call: bytes, seconds: float, most: int) -> Any:
        """Send one call and wait for its reply, within the limits."""
        self.calls += 1
        deadline = time.monotonic() + seconds
        to_send = memoryview(HEADER.pack(len(call)) + call)
        reply, poll, glance = bytearray(), select.poll(), 0.0
        poll.register(self._replies, select.POLLIN)
        poll.register(self._calls, select.POLLOUT)
        while True:
            now = time.monotonic()
            if now >= deadline:
                return self._stopped(_too_long(seconds))
            if now >= glance:
                glance = now + _GLANCE
                if self.memory() > most:
                    return self._stopped(_too_big(most))
            ready = dict(poll.poll(min(_GLANCE, deadline - now) * 1000 + 1))
            if self._calls in ready:
                to_send = to_send[self._send(to_send) :]
                if not to_send:
                    poll.unregister(self._calls)
            if self._replies in ready:
                piece = os.read(self._replies, 1 << 20)
                reply += piece
                if not piece or _announced(reply) > MOST_REPLY:
                    return self._stopped(_crashed("stopped suddenly"))
            if len(reply) >= HEADER.size and len(reply) - HEADER.size >= _announced(reply):
                return self._understood(bytes(reply[HEADER.size :]), most)

    def _send(self, data: memoryview) -> int:
        try:
            return os.write(self._calls, data[: 1 << 20])
        except BlockingIOError:
            return 0
        except BrokenPipeError:
            return len(data)  # the reading side will tell

    def _understood(self, reply: bytes, most: int) -> Any:
        try:
            kind, value = Cautious(io.BytesIO(reply)).load()
        except (pickle.UnpicklingError, ValueError, TypeError, EOFError, LookupError):
            return self._stopped(_crashed("gave no sensible answer"))
        if kind == "value":
            return value
        if value == "MemoryError":
            return self._stopped(_too_big(most))
        return _crashed(f"failed ({value})")

    def _stopped(self, problem: Problem) -> Problem:
        self.end()
        return problem

    def memory(self) -> int:
        """Bytes of memory it holds now; 0 once it has gone."""
        if self.ended:
            return 0
        try:
            words = os.pread(self._statm, 200, 0).split()
        except ProcessLookupError:
            return 0
        return int(words[1]) * _PAGE

    def is_alive(self) -> bool:
        """Whether it runs; one that was killed between two calls is simply replaced."""
        return not self.ended and self._process.poll() is None

    def kill(self) -> None:
        """The signal alone: whoever waits for its reply sees that it has gone, and clears up."""
        self._process.kill()

    def end(self) -> None:
        """Kill it; there is nothing in it worth an orderly end."""
        if not self.ended:
            self.ended = True
            self._process.kill()
            self._process.wait()
            os.close(self._statm)
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()


def _announced(reply: bytearray) -> int:
    return int(HEADER.unpack_from(reply)[0]) if len(reply) >= HEADER.size else MOST_REPLY


def _too_long(seconds: float) -> Problem:
    what = f"This document took longer than {seconds:g} seconds to read"
    return Problem(what, what_to_do=_CURE, kind="crashed")


def _too_big(most: int) -> Problem:
    what = f"This document needed more than {most // 1_000_000} MB of memory to read"
    return Problem(what, what_to_do=_CURE, kind="too big")


def _crashed(how: str) -> Problem:
    return Problem(f"The reading of this document {how}", what_to_do=_CURE, kind="crashed")
