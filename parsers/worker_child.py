"""The child's side of worker.py: limits on itself, then one call after another until told to end.

Nothing here is imported by the parent.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import pickle
import resource
import select
import signal
import struct
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from parsers import more_time
from parsers.worker_walls import closed_in, cut_off
from triage.problem import Explained

HEADER = struct.Struct(">Q")
MOST_REPLY = 64_000_000
_ADDRESS_SPACE = 2_000_000_000  # the last wall; the parent watches the memory really used
_FILE_SIZE = 64_000_000
_PARENT = os.getppid()
_SET_SIGNAL = 10  # F_SETSIG, which the fcntl module does not name


def serve() -> None:
    """Set up, then answer calls read from standard input; ends when the parent does."""
    calls, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not end up between two replies.
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    # These bytes come from our own parent.
    seconds, set_up, argument = pickle.loads(_frame(calls))  # noqa: S301
    _limit(int(seconds))
    more_time.asking(lambda more: _reply(replies, pickle.dumps(("seconds", float(more)))))
    _reply(replies, _outcome(_prepare, (set_up, argument)))
    while call := _frame(calls):
        function, arguments = pickle.loads(call)  # noqa: S301
        with _dying_with_the_parent(calls, seconds):
            outcome = _outcome(_called, (function, arguments))
        # Only now: the parent's next call must find the guard above taken down.
        _reply(replies, outcome)


def _frame(calls: io.BufferedReader) -> bytes:
    """One message; b'' once the parent has gone."""
    header = calls.read(HEADER.size)
    return calls.read(HEADER.unpack(header)[0]) if len(header) == HEADER.size else b""


def _outcome(function: Callable[..., Any], arguments: tuple[Any, ...]) -> bytes:
    """('value', result) or ('raised', class of the exception), pickled."""
    try:
        reply = _pickled(("value", function(*arguments)))
    except Exception as error:  # noqa: BLE001  # the guard: whatever it was, the next call comes
        # The class alone: what an exception says may quote the document.
        return pickle.dumps(("raised", type(error).__name__))
    return reply if len(reply) <= MOST_REPLY else pickle.dumps(("raised", "ReplyTooBig"))


class _Pickler(pickle.Pickler):
    """Dataclasses as their class and its arguments; frozen, in their own way, take far longer."""

    def reducer_override(self, found: Any) -> Any:
        kind = type(found)
        names = getattr(kind, "__match_args__", ())
        if len(names) != len(getattr(kind, "__dataclass_fields__", "")) or not names:
            return NotImplemented
        return kind, tuple(getattr(found, name) for name in names)


def _pickled(value: object) -> bytes:
    file = io.BytesIO()
    _Pickler(file, protocol=5).dump(value)
    return file.getvalue()


def _reply(replies: io.BufferedWriter, outcome: bytes) -> None:
    replies.write(HEADER.pack(len(outcome)) + outcome)
    replies.flush()


def _prepare(set_up: tuple[str, str], argument: Any) -> tuple[str, ...] | str:
    """The names of the walls that stand, or the sentence of why it cannot be set up (no document
    is read yet that it could quote). What is set up is ours, and may lie anywhere."""
    folder = os.environ["TMPDIR"]
    walls = cut_off(folder)
    if set_up[0]:
        try:
            _found(*set_up)(argument)
        except Explained as why:
            return str(why)
    return (*walls, "files") if closed_in(folder) else walls


def _called(function: tuple[str, str], arguments: tuple[Any, ...]) -> Any:
    return _found(*function)(*arguments)


def _found(module: str, name: str) -> Any:
    found: Any = import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


@contextlib.contextmanager
def _dying_with_the_parent(calls: io.BufferedReader, seconds: float) -> Iterator[None]:
    """While a call runs nobody reads the pipe, so the kernel must notice for us that it ended.

    PR_SET_PDEATHSIG would kill us when the parent's *thread* that started us ends. The alarm is
    for kernels without such signals.
    """
    flags = fcntl.fcntl(calls, fcntl.F_GETFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + 10)  # its default is to end the process
    with contextlib.suppress(OSError):
        fcntl.fcntl(calls, fcntl.F_SETOWN, -os.getpgrp())  # and the programs it has called
        fcntl.fcntl(calls, _SET_SIGNAL, signal.SIGKILL)
        fcntl.fcntl(calls, fcntl.F_SETFL, flags | os.O_ASYNC)
    # It may have ended a moment ago: it lets go of the pipe first, then ceases to be our parent.
    ended = select.poll()
    ended.register(calls, 0)
    if ended.poll(0) or os.getppid() != _PARENT:
        os._exit(1)
    try:
        yield
    finally:
        fcntl.fcntl(calls, fcntl.F_SETFL, flags)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit(seconds: int) -> None:
    """No core file with a child's data in it, no big files, no endless computing."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _FILE_SIZE),
        (resource.RLIMIT_AS, _ADDRESS_SPACE),
        (resource.RLIMIT_CPU, 120 * (seconds + 1)),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    with contextlib.suppress(OSError):  # where memory runs short, this goes first
        Path("/proc/self/oom_score_adj").write_text("1000")
