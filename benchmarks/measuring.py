"""CPU time, memory, and a line of the report."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

WIDTH = 46


def cpu_ms(function: Callable[[], object], times: int = 5) -> float:
    """The least CPU time of several calls, in ms (user and system, this process)."""
    function()
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        function()
        best = min(best, time.process_time() - start)
    return best * 1000


def command_ms(command: Sequence[str], times: int = 7) -> float:
    """The least CPU time of several runs of a program, in ms."""
    best = float("inf")
    for _ in range(times):
        before = _children()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        best = min(best, _children() - before)
    return best * 1000


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Watched:
    """A program while it runs: the most memory it and its children held, and their CPU time."""

    def __init__(self, command: Sequence[str]) -> None:
        before = _children()
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.own_mb = self.with_children_mb = 0.0
        watcher = threading.Thread(target=self._watch)
        watcher.start()
        self.output, _ = self._process.communicate()
        watcher.join()
        self.status = self._process.returncode
        self.cpu_seconds = _children() - before

    def _watch(self) -> None:
        while self._process.poll() is None:
            own = _resident(self._process.pid)
            children = sum(map(_resident, _children_of(self._process.pid)))
            self.own_mb = max(self.own_mb, own)
            self.with_children_mb = max(self.with_children_mb, own + children)
            time.sleep(0.02)


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _children_of(pid: int) -> list[int]:
    """Its children once they are programs of their own: until then their memory is its own."""
    try:
        found = [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return [child for child in found if _command(child) != _command(pid)]
    except OSError:
        return []


def _command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def line(what: str, ours: float, floor: float, unit: str, floor_is: str) -> str:
    """'mail handling            6.1 ms    2.2x the floor of 2.8 ms (fetch, …)'."""
    return f"{what:<{WIDTH}}{ours:>8.1f} {unit:<3}{ours / floor:>7.2f}x  {floor:.1f} {floor_is}"
