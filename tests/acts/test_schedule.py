"""Jobs run again and again, whatever becomes of one of them, and only one service does each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from servers import wait_until

from storage import jobs
from storage.database import reading, transaction
from tscp.acts.desk import Desk, Refused
from tscp.schedule import LEASE, Job, Schedule


@contextmanager
def scheduled(desk: Desk, *these: Job) -> Iterator[Schedule]:
    """A schedule that is stopped at the end."""
    schedule = Schedule(desk, these)
    schedule.start()
    yield schedule
    schedule.stop()
    wait_until(lambda: not schedule.running())


def failing(tries: list[int], error: Exception) -> Callable[[], None]:
    """A job that fails the first time and never again."""

    def do() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise error

    return do


def last(desk: Desk, name: str) -> tuple[bool, str]:
    """How a job last went."""
    with reading(desk.engine) as session:
        return next((run.ok, run.reason) for run in jobs.last(session) if run.name == name)


def test_a_job_that_fails_is_noted_and_runs_again(desk: Desk) -> None:
    """A sentence for people as it is; of another error its class alone, which tells no name."""
    tries: list[int] = []
    with scheduled(desk, Job("a", 60, failing(tries, Refused("no room"))),
                   Job("b", 0.1, failing([], ValueError("Tilly")))) as schedule:  # fmt: skip
        wait_until(lambda: len(tries) == 1 and not schedule.running())
        assert last(desk, "a") == (False, "no room")
        wait_until(lambda: schedule.wake() or last(desk, "a") == (True, ""))
        assert len(tries) > 1
        wait_until(lambda: last(desk, "b") == (True, ""))


def test_a_long_job_holds_no_other_up_and_is_not_begun_twice(desk: Desk) -> None:
    go_on, short, long = threading.Event(), list[int](), list[int]()

    def slow() -> None:
        long.append(1)
        go_on.wait(30)

    with scheduled(desk, Job("slow", 0.05, slow), Job("quick", 0.05, lambda: short.append(1))):
        wait_until(lambda: len(short) > 3)
        assert len(long) == 1
        go_on.set()


def test_a_job_of_another_service_is_left_alone_and_one_without_work_takes_no_lease(
    desk: Desk,
) -> None:
    done: list[str] = []
    with transaction(desk.engine) as session:
        jobs.take(session, "theirs", desk.now(), LEASE)
        session.get_one(jobs.JobRow, "theirs").owner = "elsewhere 1 1"
    with scheduled(
        desk,
        Job("theirs", 0.05, lambda: done.append("theirs")),
        Job("idle", 0.05, lambda: done.append("idle"), lambda: False),
        Job("ours", 0.05, lambda: done.append("ours")),
    ):
        wait_until(lambda: done.count("ours") > 3)
    assert set(done) == {"ours"}
    with reading(desk.engine) as session:
        assert [run.name for run in jobs.last(session)] == ["ours", "theirs"]


def test_no_job_is_begun_once_the_service_is_to_end(desk: Desk) -> None:
    told, done = threading.Event(), list[int]()
    ending = replace(desk, stopping=told.is_set)
    with scheduled(ending, Job("a", 0.05, lambda: (told.set(), done.append(1)))):
        wait_until(told.is_set)
    assert done == [1]
