"""A job is one process's at a time, and one whose process has ended is free at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

from cases import AT
from sqlalchemy import Engine

from storage import jobs
from storage.database import reading, transaction

LEASE = timedelta(minutes=5)
TAKES = """
import sys
from datetime import datetime, timedelta
from storage import jobs
from storage.database import open_database, transaction
with transaction(open_database(sys.argv[1])) as session:
    jobs.take(session, "poll", datetime.fromisoformat(sys.argv[2]), timedelta(minutes=5))
print("taken", flush=True)
sys.stdin.read()
"""


def taken_elsewhere(database: Engine) -> subprocess.Popen[str]:
    """Another process that has taken the job, and lives until it is told otherwise."""
    url = database.url.render_as_string(hide_password=False)
    other = subprocess.Popen(
        [sys.executable, "-P", "-c", TAKES, url, AT.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "taken\n"
    return other


def take(database: Engine, later: timedelta = timedelta()) -> bool:
    """This process takes it."""
    with transaction(database) as session:
        return jobs.take(session, "poll", AT + later, LEASE)


def test_a_job_another_process_has_is_left_to_it_until_its_lease_ends(database: Engine) -> None:
    other = taken_elsewhere(database)
    assert not take(database)
    assert take(database, LEASE)
    other.communicate("")


def test_a_job_whose_process_has_ended_is_free_at_once(database: Engine) -> None:
    taken_elsewhere(database).communicate("")
    assert take(database)


def test_this_process_takes_a_job_again_that_it_could_not_give_back(database: Engine) -> None:
    assert take(database)
    assert take(database)


def test_how_a_run_went_is_noted_but_not_by_one_who_has_lost_the_job(database: Engine) -> None:
    assert take(database)
    with transaction(database) as session:
        jobs.give_back(session, "poll", AT, False, "no mailbox")
        jobs.give_back(session, "poll", AT + LEASE, True, "too late")
    with reading(database) as session:
        assert jobs.last(session) == [jobs.LastRun("poll", AT, AT, False, "no mailbox")]
