"""Two processes never file one message twice, and one that dies holds nothing up."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest
from cases import AT, a_paper, a_sin_form, an_arrival, an_end, received, seen_on
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from storage import messages
from storage.database import reading, transaction
from storage.filing import save
from storage.messages import Claimed, LostClaim
from storage.sealing import KeyRing
from storage.tables import AuditRow, CaseRow, ChildRow, CounterRow, FactRow, LetterRow, PaperRow
from triage.filing import file

CLAIMS = """
import sys
from datetime import datetime
from storage import messages
from storage.database import open_database, transaction
with transaction(open_database(sys.argv[1])) as session:
    mine = messages.claim(session, datetime.fromisoformat(sys.argv[2]))
print(mine.id if mine else None, flush=True)
if sys.argv[3] == "stay":
    sys.stdin.read()
"""


@pytest.fixture
def waiting(database: Engine) -> Engine:
    """A register with one message that waits."""
    with transaction(database) as session:
        messages.received(session, received(), AT)
    return database


def claim(database: Engine, later: timedelta = timedelta()) -> Claimed | None:
    """A claim of this process."""
    with transaction(database) as session:
        return messages.claim(session, AT + later)


def another_process(database: Engine, how: str) -> subprocess.Popen[str]:
    """Another process that claims, says what, and ends or stays."""
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-P", "-c", CLAIMS, url, AT.isoformat(), how]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)


def test_what_a_living_process_works_on_is_left_to_it_until_its_lease_ends(
    waiting: Engine,
) -> None:
    other = another_process(waiting, "stay")
    assert other.stdout is not None
    assert other.stdout.readline() == "1\n"
    assert claim(waiting) is None
    taken = claim(waiting, messages.LEASE)
    assert taken is not None
    assert taken.claim == 2
    other.communicate("")


def test_what_a_dead_process_held_is_taken_over_at_once(waiting: Engine) -> None:
    other = another_process(waiting, "end")
    assert other.communicate()[0] == "1\n"
    taken = claim(waiting)
    assert taken is not None
    assert (taken.id, taken.claim) == (1, 2)


def test_this_process_does_not_take_a_message_twice(waiting: Engine) -> None:
    assert claim(waiting) is not None
    assert claim(waiting) is None


def test_the_oldest_waiting_message_comes_first_and_none_is_passed_over(database: Engine) -> None:
    with transaction(database) as session:
        for number in range(70):
            messages.received(session, received(str(number)), AT)
    claims = [claim(database) for _ in range(71)]
    assert [mine.id if mine else None for mine in claims] == [*range(1, 71), None]


def test_a_message_whose_reading_ended_three_times_without_an_end_goes_to_a_person(
    waiting: Engine,
) -> None:
    with transaction(waiting) as session:
        messages.received(session, received("2"), AT)
    for _ in range(3):
        mine = claim(waiting)
        assert mine is not None
        assert mine.id == 1
        with transaction(waiting) as session:
            session.execute(text("UPDATE messages SET owner = 'elsewhere 1 1', lease_until = NULL"))
    following = claim(waiting)
    assert following is not None
    assert following.id == 2
    with reading(waiting) as session:
        row = session.get_one(messages.MessageRow, 1)
        assert (row.state, row.reason) == ("needs a person", messages.GAVE_UP)


def test_a_message_that_is_let_go_is_free_and_the_attempt_does_not_count(waiting: Engine) -> None:
    for number in range(1, 7):
        mine = claim(waiting)
        assert mine is not None
        assert mine.claim == number
        with transaction(waiting) as session:
            messages.let_go(session, mine)
    with reading(waiting) as session:
        assert session.get_one(messages.MessageRow, 1).attempts == 0


def test_what_another_has_taken_over_is_not_let_go(waiting: Engine) -> None:
    old, new = claim(waiting), claim(waiting, messages.LEASE)
    assert old is not None
    assert new is not None
    with transaction(waiting) as session:
        messages.let_go(session, old)
    assert claim(waiting) is None


def everything(session: Session) -> int:
    """How many rows filing has written."""
    tables = (CaseRow, FactRow, ChildRow, PaperRow, LetterRow, CounterRow, AuditRow)
    return sum(len(session.exec(select(table)).all()) for table in tables)  # type: ignore[call-overload]


def test_what_was_decided_under_an_older_claim_is_not_saved_and_leaves_nothing(
    waiting: Engine, keys: KeyRing
) -> None:
    old, new = claim(waiting), claim(waiting, messages.LEASE)
    assert old is not None
    assert new is not None
    outcome = file(an_arrival(a_paper(a_sin_form())), (), seen_on())
    with pytest.raises(LostClaim), transaction(waiting) as session:
        save(session, keys, old, outcome, an_end(), seen_on(), AT, "service")
    with reading(waiting) as session:
        assert everything(session) == 0
    with transaction(waiting) as session:
        assert save(session, keys, new, outcome, an_end(), seen_on(), AT, "service")
    with pytest.raises(LostClaim), transaction(waiting) as session:
        save(session, keys, new, outcome, an_end(), seen_on(), AT, "service")


def test_a_person_who_settles_takes_the_message_from_whoever_reads_it(
    waiting: Engine, keys: KeyRing
) -> None:
    reading_it = claim(waiting)
    assert reading_it is not None
    with transaction(waiting) as session:
        messages.again(session, 1)
        assert messages.claim(session, AT, only=1) is not None
    outcome = file(an_arrival(), (), seen_on())
    with pytest.raises(LostClaim), transaction(waiting) as session:
        save(session, keys, reading_it, outcome, an_end(), seen_on(), AT, "service")


@pytest.mark.parametrize(
    ("said", "number"),
    [("M-000123", 123), ("m-000123", 123), ("123", 123), ("M-", None), ("M-1x", None), ("²", None)],
)
def test_an_id_is_known_as_people_write_it(said: str, number: int | None) -> None:
    assert messages.number(said) == number
