"""What `tscp poll` does, told apart: its start, the handling of mail, the reading of documents.

Run as a program with a settings file and a file for the worker's notes; prints JSON, in seconds
of CPU (user and system). The settings' first mailbox holds a few mails, so that what is loaded
and prepared once counts as start; the second is what is measured.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

READS = ("read", "read_body")
"""The functions of parsers.warm by which the worker reads documents and what is typed in mails."""


def main(config: str, notes: str) -> None:
    """Polls and processes everything there."""
    from config.settings import load
    from tscp.acts.poll import poll
    from tscp.acts.process import process_waiting
    from tscp.compose import desk_of, sources_of
    from tscp.logs import set_up_logs

    set_up_logs()
    settings = load(Path(config))
    with desk_of(settings) as desk:
        seconds, _, argument = desk.worker._set_up
        desk.worker._set_up = (seconds, ("benchmarks.poller", "set_up"), (notes, argument))
        few, many = sources_of(settings)
        poll(desk, [few])
        for _ in process_waiting(desk):
            pass
        warm = desk.worker.run(spent_so_far)
        assert isinstance(warm, dict)
        started = time.process_time()
        (polled,) = poll(desk, [many])
        states = [state for _, state in process_waiting(desk)]
        parent = time.process_time() - started
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    worker = children.ru_utime + children.ru_stime - warm["all"]
    read = sum(json.loads(line) for line in Path(notes).read_text().splitlines()) - warm["read"]
    told = {"ok": polled.ok, "filed": states.count("filed"), "reading": read}
    told |= {"handling": parent + worker - read, "start": started + warm["all"]}
    print(json.dumps(told))


spent = {"read": 0.0}


def spent_so_far() -> dict[str, float]:
    """In the worker: all the CPU it has used, and what of it went into reading."""
    return spent | {"all": time.process_time()}


def set_up(given: tuple[str, Any]) -> None:
    """In the worker: warms up as ever, and keeps count of the CPU that reading takes.

    One line a worker, written anew after every document, since a worker is killed in the end.
    """
    from parsers import warm

    notes, argument = given
    warm.set_up(argument)
    file = os.open(notes, os.O_WRONLY | os.O_CREAT, 0o600)
    place = os.lseek(file, 0, os.SEEK_END)
    os.pwrite(file, b"0".ljust(39) + b"\n", place)

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def count(*arguments: Any) -> Any:
            began = time.process_time()
            try:
                return function(*arguments)
            finally:
                spent["read"] += time.process_time() - began
                os.pwrite(file, str(spent["read"]).encode().ljust(39), place)

        return count

    for name in READS:
        setattr(warm, name, counted(getattr(warm, name)))


if __name__ == "__main__":
    from benchmarks.poller import main as program  # the worker must find spent_so_far by name

    program(*sys.argv[1:])
