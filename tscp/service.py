"""The running service: its jobs, its desk, and the one place that decides when it ends."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import structlog

from storage.database import DatabaseUnreachable
from tscp.acts.desk import Desk
from tscp.acts.process import let_go
from tscp.schedule import Job, Schedule
from tscp.web.listening import Standing

log = structlog.get_logger()

STOP_SECONDS = 8.0
"""What is not at its end by then is left as a kill would leave it, which loses nothing."""
ONE_WISH_SECONDS = 0.5
"""Signals closer together are one: `timeout` and some shells send each to the group as well."""
LOOK_SECONDS = 30.0
"""How often it looks at itself."""
CLOCK_SECONDS = 5.0
"""A clock set back by more would keep every job waiting for the time it was set back by."""


class Signals:
    """SIGTERM and SIGINT, owned by nobody else: the first ends the service, the second at once."""

    def __init__(self) -> None:
        self._told = 0.0
        self._hears, self._tells = os.pipe()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def told(self) -> bool:
        """Whether the service is to end."""
        return self._told > 0

    def wait(self, seconds: float) -> None:
        """Until then, or until it is told."""
        select.select([self._hears], [], [], 0 if self.told() else seconds)

    def let_go(self) -> None:
        """At the very end there is nothing left to be told."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)

    def _stop(self, _number: int, _frame: object) -> None:
        # No lock may be taken here: the thread that was interrupted may hold it.
        if not self.told():
            self._told = time.monotonic()
            os.write(self._tells, b".")
        elif time.monotonic() - self._told > ONE_WISH_SECONDS:
            os._exit(0)


class Service:
    """The jobs and the desk of one process. Raises ListenWrong."""

    def __init__(
        self,
        desk: Desk,
        signals: Signals,
        jobs: Sequence[Job],
        listen: str,
        base_url: str,
    ) -> None:
        self._desk, self._signals = desk, signals
        self._schedule = Schedule(desk, jobs)
        self._web = Standing(desk, listen, base_url)

    def run(self) -> None:
        """Until a signal tells it to end; then everything is brought to an end in good order."""
        self._schedule.start()
        log.info("service_started")
        ahead = time.time() - time.monotonic()
        while not self._signals.told():
            self._web.start()
            self._signals.wait(LOOK_SECONDS)
            now = time.time() - time.monotonic()
            if now < ahead - CLOCK_SECONDS:
                self._schedule.wake()
            ahead = now
        self._end()

    def _end(self) -> None:
        log.info("service_stopping")
        deadline = time.monotonic() + STOP_SECONDS
        self._web.stop()
        self._desk.worker.stop()
        self._schedule.stop()
        while (left := self._left()) and time.monotonic() < deadline:
            time.sleep(0.02)
        if left:
            _leave(left)
        with suppress(DatabaseUnreachable):  # then the next service sees that this one has ended
            let_go(self._desk)
        self._signals.let_go()
        log.info("service_stopped")

    def _left(self) -> list[str]:
        """What has not ended yet."""
        return [*self._schedule.running(), *(["desk"] if self._web.is_alive() else [])]


def _leave(stuck: Sequence[str]) -> NoReturn:
    """Ends the process although threads of it are busy: waiting for them might take for ever."""
    for name in stuck:
        log.warning("stopped_in_the_middle", job=name)
    log.info("service_stopped")
    sys.stderr.flush()
    os._exit(0)
