"""Functions that crash, hang and eat memory, called in a child process by test_worker.py."""

from __future__ import annotations

import ctypes
import os
import resource
import socket
import sys
import time
from typing import Any

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
