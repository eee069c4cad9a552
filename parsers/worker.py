"""Warm child processes under limits, in which documents and messages are opened.

In: a top-level function and its arguments. Out: its result, or a Problem at once if the child
crashed, hung or ate too much. The next call finds a new child. worker_process.py watches a child
from outside; worker_child.py is what runs in it, worker_walls.py what it cannot reach.
"""

from __future__ import annotations

import pickle
import queue
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast

from parsers.worker_problems import NOT_NOW, not_set_up
from parsers.worker_process import Child, Limits
from triage.problem import Explained, Problem

T = TypeVar("T")

START_SECONDS = 60.0
STOPPING = "the service is being stopped, and reads nothing any more: try again in a minute"


class WorkerStopped(Explained):
    """Nothing is read any more, for the service is being stopped."""

    try_later = True


class Worker:
    """Some children, each started when first needed; safe to share between threads.

    `seconds` and `megabytes` bound a call (memory is the child's whole); a reader may ask for
    more time (more_time.py), up to `most_seconds` in all. `set_up` names a function
    ('module:name') called with `argument` when a child starts, so that what it loads is warm; ''
    for none. A call takes the child that was used last, so the second is only started when two
    threads ask at once (decision 15).
    """

    def __init__(
        self,
        seconds: float,
        megabytes: int,
        set_up: str = "",
        argument: Any = None,
        recycle_after: int = 100,
        most_seconds: float = 0,
        children: int = 2,
    ) -> None:
        self._limits = Limits(seconds, max(seconds, most_seconds), megabytes * 1_000_000)
        self._set_up = (self._limits.most_seconds, tuple(set_up.partition(":")[::2]), argument)
        self._recycle_after = recycle_after
        self._places = [_Place() for _ in range(children)]
        self._free: queue.LifoQueue[_Place] = queue.LifoQueue()
        for place in self._places:
            self._free.put(place)
        self._closing = threading.Lock()
        self._stopped = False
        self.walls: tuple[str, ...] = ()
        """What keeps the child that started last from the rest: names in worker_walls.py."""

    def run(self, function: Callable[..., T], *arguments: Any) -> T | Problem:
        """The function's result, or why there is none; an exception in it is a Problem too.

        Raises WorkerStopped once stop() was called: what was being read has no result at all.
        """
        call = pickle.dumps(((function.__module__, function.__qualname__), arguments))
        place = self._free.get()
        try:
            child = self._ready(place)
            if isinstance(child, Problem):
                return child
            result = child.ask(call, self._limits)
            if self._stopped:
                raise WorkerStopped(STOPPING)
            # Memory once used is seldom given back; a half-full child would fail the next call.
            half_full = child.memory() > self._limits.memory / 2
            if child.ended or child.calls > self._recycle_after or half_full:
                place.clear()
        finally:
            self._free.put(place)
        return cast("T | Problem", result)

    def start(self) -> None:
        """Start a child now rather than at the first call; if it cannot, that call will say."""
        place = self._free.get()
        try:
            self._ready(place)
        finally:
            self._free.put(place)

    def stop(self) -> None:
        """End the children at once, whatever they are busy with; there will be no others."""
        self._stopped = True
        for place in self._places:
            if (child := place.child) is not None:
                child.kill()

    def close(self) -> None:
        """End the children, after the calls they may be busy with. A later call starts another."""
        with self._closing:  # two that close at once would each wait for the other's half
            for place in [self._free.get() for _ in self._places]:
                place.clear()
                self._free.put(place)

    def _ready(self, place: _Place) -> Child | Problem:
        if place.child is not None and place.child.is_alive():
            return place.child
        place.clear()
        try:
            place.child = child = Child()
        except OSError:  # no memory, no processes or no room left
            return NOT_NOW
        if self._stopped:  # asked once the child is known to stop(): one of the two ends it
            child.kill()
        started = replace(self._limits, seconds=START_SECONDS, most_seconds=START_SECONDS)
        walls = child.ask(pickle.dumps(self._set_up), started)
        if self._stopped:
            place.clear()
            raise WorkerStopped(STOPPING)
        if isinstance(walls, Problem):
            place.clear()
            return NOT_NOW
        if isinstance(walls, str):
            place.clear()
            return not_set_up(walls)
        self.walls = walls
        return child


class _Place:
    """Where one child is, or will be."""

    def __init__(self) -> None:
        self.child: Child | None = None

    def clear(self) -> None:
        if self.child is not None:
            self.child.end()
        self.child = None
