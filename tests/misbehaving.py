"""Functions that crash, hang and eat memory, called in a child process by test_worker.py."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from parsers.more_time import more_time
from triage.evidence import Evidence

warmed: list[str] = []
kept: list[bytes] = []


def warm(word: str) -> None:
    warmed.append(word)
    print("printed while setting up")


def what_is_warm() -> list[str]:
    return warmed


def double(number: int) -> int:
    print("printed", number)
    os.write(1, b"written past python")
    sys.stderr.write("and to standard error")
    return 2 * number


def length(data: bytes) -> int:
    return len(data)


def evidence(page: int) -> Evidence:
    return Evidence(page, None, (1.0, 2.0, 3.0, 4.0), "docx-table")


def my_pid() -> int:
    return os.getpid()


def hang() -> None:
    while True:
        time.sleep(1)


def spin() -> None:
    while True:
        pass


def crash() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(0)


def leave_politely() -> None:
    sys.exit(3)


def eat(megabytes: int) -> int:
    eaten = []
    for _ in range(megabytes):
        eaten.append(bytearray(b"x" * 1_000_000))
        time.sleep(0.0005)
    return len(eaten)


def eat_at_once() -> int:
    return len(bytearray(5_000_000_000))


def keep(megabytes: int) -> int:
    kept.append(b"x" * 1_000_000 * megabytes)
    return os.getpid()


def complain(about: str) -> None:
    raise ValueError(f"cannot read {about}")


def answer_at_length() -> bytes:
    return bytes(70_000_000)


class Trap:
    """A reply that would run a command in whoever unpickles it carelessly."""

    def __init__(self, note: str) -> None:
        self.note = note

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.note,)


def trap(note: str) -> Trap:
    return Trap(note)


def surroundings() -> dict[str, Any]:
    return {
        "names": sorted(os.environ),
        "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
        "space": resource.getrlimit(resource.RLIMIT_AS)[0],
        "files": sorted(int(name) for name in os.listdir("/proc/self/fd")),  # noqa: PTH208
        "session": os.getsid(0) == os.getpid(),
    }


def reach_out(port: int) -> str:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError as error:
        return type(error).__name__
    return "connected"


def fork_often() -> None:
    for _ in range(200):
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
    time.sleep(60)


def hide_a_daemon() -> int:
    """The number of a process whose parent has gone and that wants a group of its own."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        with contextlib.suppress(OSError):
            os.setsid()
        if (daemon := os.fork()) == 0:
            time.sleep(60)
        os.write(writing, str(daemon).encode())
        os._exit(0)
    return int(os.read(reading, 20))


def eat_in_another() -> None:
    if os.fork() == 0:
        eaten = b"x" * 1_300_000_000
        time.sleep(len(eaten))
    time.sleep(60)


def write_much(folder: str) -> list[str]:
    """What happened at each place that a hostile document might write to."""
    return [
        _happened(partial(Path(place).write_bytes, bytes(size)))
        for place, size in (
            (f"{folder}/left behind", 1),
            ("/var/tmp/left behind", 1),
            ("/dev/shm/left behind", 1),
            (f"{os.environ['TMPDIR']}/large", 70_000_000),
            (f"{os.environ['TMPDIR']}/small", 1),
        )
    ]


def look_around(places: list[str]) -> list[str]:
    """What happens to whoever reads these files."""
    return [_happened(Path(place).read_bytes) for place in places]


def _happened(act: Callable[[], object]) -> str:
    # RLIMIT_FSIZE sends a signal too, which would end the process.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        act()
    except OSError as error:
        return type(error).__name__
    return "done"


def reach_for_sockets(port: int) -> dict[str, str]:
    """What happened at each way out to a server or to other processes of this machine."""
    kinds = {
        "tcp": (socket.AF_INET, socket.SOCK_STREAM),
        "tcp6": (socket.AF_INET6, socket.SOCK_STREAM),
        "udp": (socket.AF_INET, socket.SOCK_DGRAM),
        "local": (socket.AF_UNIX, socket.SOCK_STREAM),
        "kernel": (socket.AF_NETLINK, socket.SOCK_RAW),
    }
    found = {name: _happened(partial(socket.socket, *kind)) for name, kind in kinds.items()}
    found["signal"] = _happened(lambda: os.kill(os.getppid(), 0))
    found["a program's"] = _by_program(port)
    return found


def _by_program(port: int) -> str:
    program = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
    done = subprocess.run([sys.executable, "-c", program], stderr=subprocess.DEVNULL, check=False)
    return "done" if done.returncode == 0 else "OSError"


def read_slowly(seconds: float, asked: float) -> str:
    """Asks for more time than the document was given, as the reader of scans does."""
    more_time(asked)
    time.sleep(seconds)
    return "read"
