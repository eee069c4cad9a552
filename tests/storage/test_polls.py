"""When a mailbox was last read: one row a mailbox, whoever notes it first."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from cases import AT
from sqlalchemy import Engine

from storage import polls
from storage.database import reading, transaction


def test_two_first_polls_at_once_make_one_row(database: Engine) -> None:
    def noted() -> None:
        with transaction(database) as session:
            polls.note(session, "tscp", True, "", AT)

    with ThreadPoolExecutor() as other:
        with transaction(database) as session:
            polls.note(session, "tscp", True, "", AT)
            session.flush()
            second = other.submit(noted)
            time.sleep(0.3)  # it looks for the row while ours is not committed yet
            assert not second.done()
        second.result(30)
    with reading(database) as session:
        assert [poll.mailbox for poll in polls.last(session)] == ["tscp"]
