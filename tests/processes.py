"""What becomes of other processes, and of a call that had no result."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from triage.problem import Problem


def problem_of(result: object) -> Problem:
    """The result, which has to be a Problem."""
    assert isinstance(result, Problem)
    return result


def gone(pid: int) -> bool:
    """Whether the process has ended, reaped or not."""
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


def waited_for(condition: Callable[[], bool], seconds: float = 5) -> bool:
    """Whether it came true in this time."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def in_group_of(pid: object) -> list[int]:
    """The processes of its group that are still there."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if words[2] == str(pid) and words[0] != "Z":
            found.append(int(stat.parent.name))
    return found
