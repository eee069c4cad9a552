"""The jobs of the running service: each done again and again, by one service at a time.

No job is set to a time of day: each asks at short intervals whether something is due. A run takes
the job's lease first, a row of the database, so that a second service beside this one leaves it
alone. The lease spares work; what keeps things from being done twice are the claims underneath.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from storage import jobs
from storage.database import transaction
from triage.problem import Explained
from tscp.acts.desk import Desk

log = structlog.get_logger()

LEASE = timedelta(minutes=5)
"""A run that takes longer may be joined by another service's, which does no harm."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is done every so many seconds, if `wanted` finds that there is something to do."""

    name: str
    every: float
    do: Callable[[], object]
    wanted: Callable[[], bool] = lambda: True


class Schedule:
    """Runs jobs, each in a thread of its own, so that none holds up another."""

    def __init__(self, desk: Desk, these: Sequence[Job]) -> None:
        self._desk = desk
        self._jobs = these
        self._running: set[str] = set()
        self._troubles: dict[str, str] = {}
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(len(these))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    def start(self) -> None:
        """Every job at once, then at its interval."""
        for job in self._jobs:
            self._scheduler.add_job(
                self._run,
                "interval",
                seconds=job.every,
                args=[job],
                id=job.name,
                next_run_time=datetime.now(UTC),
            )
        self._scheduler.start()

    def wake(self) -> None:
        """Every job soon: for when the machine's clock was set back, and all seem far off."""
        for job in self._jobs:
            self._scheduler.modify_job(job.name, next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        """No run is begun any more; those that are going on are not waited for."""
        self._scheduler.shutdown(wait=False)

    def running(self) -> list[str]:
        """The jobs being done at this moment."""
        return sorted(self._running)

    def _run(self, job: Job) -> None:
        if self._desk.stopping():
            return
        self._running.add(job.name)
        try:
            if job.wanted() and self._taken(job):
                self._do(job)
            if self._troubles.pop(job.name, None):
                log.info("job_works_again", job=job.name)
        except Exception as error:  # noqa: BLE001  # a job never ends the service
            self._failed(job, error)
        finally:
            self._running.discard(job.name)

    def _taken(self, job: Job) -> bool:
        with transaction(self._desk.engine) as session:
            return jobs.take(session, job.name, self._desk.now(), LEASE)

    def _do(self, job: Job) -> None:
        try:
            job.do()
        except Exception as error:
            self._give_back(job, str(error) if isinstance(error, Explained) else _name_of(error))
            raise
        self._give_back(job, "")

    def _give_back(self, job: Job, reason: str) -> None:
        with transaction(self._desk.engine) as session:
            jobs.give_back(session, job.name, self._desk.now(), not reason, reason)

    def _failed(self, job: Job, error: Exception) -> None:
        """Logged once for as long as it lasts: a job that fails is tried again in seconds."""
        if self._troubles.get(job.name) != _name_of(error):
            self._troubles[job.name] = _name_of(error)
            log.error("job_failed", job=job.name, exc_info=error)


def _name_of(error: Exception) -> str:
    return type(error).__name__
