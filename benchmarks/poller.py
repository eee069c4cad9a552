"""What `tscp poll` does, told apart: its start, the handling of mail, the reading of documents.

Run as a program with a settings file and a file for the worker's notes; prints JSON, in seconds
of CPU (user and system).
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
        started = time.process_time()
        (polled,) = poll(desk, sources_of(settings))
        states = [state for _, state in process_waiting(desk)]
        ended = time.process_time()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    worker = children.ru_utime + children.ru_stime
    noted = [json.loads(line) for line in Path(notes).read_text().splitlines()]
    start = min(note["set_up"] for note in noted)
    read = sum(note["read"] for note in noted)
    told = {"ok": polled.ok, "filed": states.count("filed"), "start": started + start}
    told |= {"handling": ended - started + worker - start - read, "reading": read}
    print(json.dumps(told))


def set_up(given: tuple[str, Any]) -> None:
    """In the worker: warms up as ever, and keeps count of the CPU that reading takes.

    One line a worker, written anew after every document, since a worker is killed in the end.
    """
    from parsers import warm

    notes, argument = given
    warm.set_up(argument)
    spent = {"set_up": time.process_time(), "read": 0.0}
    file = os.open(notes, os.O_WRONLY | os.O_CREAT, 0o600)
    place = os.lseek(file, 0, os.SEEK_END)

    def note() -> None:
        os.pwrite(file, f"{json.dumps(spent):<199}\n".encode(), place)

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def count(*arguments: Any) -> Any:
            began = time.process_time()
            try:
                return function(*arguments)
            finally:
                spent["read"] += time.process_time() - began
                note()

        return count

    for name in READS:
        setattr(warm, name, counted(getattr(warm, name)))
    note()


if __name__ == "__main__":
    main(*sys.argv[1:])
