"""Documents through the same entry as `tscp read --json`, in a few workers at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from typing import Any

from config.settings import load
from parsers.worker import Worker
from tscp.acts.read_file import read_file
from tscp.compose import worker_of

Json = dict[str, Any]


def read_all(documents: Sequence[tuple[str, bytes]], workers: int = 2) -> Iterator[Json]:
    """What `tscp read` says of each (name, content), in order."""
    free: Queue[Worker] = Queue()
    made = [worker_of(load(None)) for _ in range(workers)]
    for worker in made:
        free.put(worker)

    def one(document: tuple[str, bytes]) -> Json:
        worker = free.get()
        try:
            return read_file(worker, *document)
        finally:
            free.put(worker)

    try:
        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(one, documents)
    finally:
        for worker in made:
            worker.close()
