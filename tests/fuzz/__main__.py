"""`make fuzz SECONDS=60 SEED=…`: damaged documents and mail, until the time is up.

Each is read in this process, where an exception shows; every fiftieth through the worker too, as
the service would. What is wrong is printed, once a place, with a file that shows it again.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from pathlib import Path

from config.settings import Settings
from intake.opening import Opened, open_message
from parsers import warm
from parsers.outcome import DocumentRead
from parsers.worker import Worker
from triage.problem import Problem
from tscp.compose import worker_of

from .originals import MESSAGES
from .trying import NAMES, Case, wrong_with

EVERY = 50
FOUND = Path("build/fuzz")
ROOMS = ("parsers", "intake", "triage")


def main() -> int:
    """0 if nothing but readings and Problems came out."""
    asked = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", default="")
    asked.add_argument("--only", default="", help="documents whose name has this in it")
    args = asked.parse_args()
    seed = args.seed or str(time.time_ns())
    names = [name for name in NAMES if args.only in name]
    print(f"SEED={seed}, {args.seconds:g} seconds, {len(names)} documents to damage", flush=True)
    # Libraries written in C print their opinion of each damage.
    sys.stderr = os.fdopen(os.dup(2), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    # As in the worker: what asks for more is told 'needed more memory'.
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
    worker = worker_of(Settings(data=Path("/nowhere"), keys=Path("/nowhere")))
    try:
        tried, places = _until(time.monotonic() + args.seconds, names, seed, worker)
    finally:
        worker.close()
    print(f"{tried} damaged documents and messages read; {len(places)} places went wrong")
    return 1 if places else 0


def _until(end: float, names: list[str], seed: str, worker: Worker) -> tuple[int, set[str]]:
    """How many were read, and the places that went wrong. Every document has its share of time:
    a scan takes a hundred times as long as a Word form."""
    numbers, spent, places = dict.fromkeys(names, 0), dict.fromkeys(names, 0.0), set[str]()
    while (began := time.monotonic()) < end:
        name = min(names, key=lambda one: spent[one])
        case = Case(name, seed, numbers[name])
        content = case.content()
        wrong = wrong_with(case, content)
        if not wrong and case.number % EVERY == 0:
            wrong = _in_worker(worker, case, content)
        if wrong and (place := _place(wrong)) not in places:
            places.add(place)
            _tell(case, content, wrong)
        numbers[name] += 1
        spent[name] += time.monotonic() - began
    return sum(numbers.values()), places


def _in_worker(worker: Worker, case: Case, content: bytes) -> str:
    if case.name in MESSAGES:
        result: object = worker.run(open_message, content)
    else:
        result = worker.run(warm.read, case.name, content, case.password)
    if isinstance(result, Problem) and "failed (" in result.what:
        return f"in the worker: {result.what}"
    return "" if isinstance(result, (DocumentRead, Opened, Problem)) else repr(type(result))


def _place(wrong: str) -> str:
    """Where it went wrong: the last line of ours, and the exception's class."""
    lines = wrong.strip().splitlines()
    ours = [
        line for line in lines if "/parsers/" in line or "/intake/" in line or "/triage/" in line
    ]
    return f"{ours[-1].strip() if ours else ''} {lines[-1].partition(':')[0]}"


def _tell(case: Case, content: bytes, wrong: str) -> None:
    FOUND.mkdir(parents=True, exist_ok=True)
    stem, _, ending = case.name.rpartition(".")
    file = FOUND / f"{stem.replace(' ', '-')}-{case.number}.{ending}"
    file.write_bytes(content)
    print(f"\n{case}\n{wrong}  shown again by: tscp read {file}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
