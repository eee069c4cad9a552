"""Every place a message was seen at is registered once, and nothing is lost or doubled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from cases import AT, an_end, received
from sqlalchemy import Engine, insert

from storage import messages, register
from storage.database import reading, transaction
from storage.sealing import KeyRing
from storage.settled import DocumentSeen, settle
from storage.tables import MessageRow

HOUR = timedelta(hours=1)


def take(database: Engine, *new: messages.Received, **fields: Any) -> list[Any]:
    """Registers each in a transaction of its own."""
    out = []
    for one in new:
        with transaction(database) as session:
            out.append(messages.received(session, one, AT, **fields))
    return out


def shown(database: Engine, keys: KeyRing, **only: Any) -> list[register.RegisterLine]:
    """The register's lines."""
    with reading(database) as session:
        return list(register.lines(session, keys, **only))


def brief(database: Engine, keys: KeyRing) -> list[tuple[str, str, str]]:
    """Id, state and reason of every line."""
    return [(line.id, line.state, line.reason) for line in shown(database, keys)]


def test_the_same_place_is_registered_once(database: Engine, keys: KeyRing) -> None:
    assert take(database, received("1"), received("1")) == [(1, "received"), None]
    assert take(database, received("1", mailbox="other", content=b"2")) == [(2, "received")]
    with reading(database) as session:
        assert messages.places(session, "tscp") == {"1"}


def test_the_same_bytes_elsewhere_are_told_of_once_and_never_read_again(
    database: Engine, keys: KeyRing
) -> None:
    take(
        database,
        received("INBOX;UIDVALIDITY=1;UID=7", b"the mail"),
        received("INBOX;UIDVALIDITY=2;UID=7", b"the mail"),
        received("INBOX;UIDVALIDITY=2;UID=8", b"the mail", mailbox="other"),
        received("INBOX;UIDVALIDITY=2;UID=9", b"other bytes, same Message-ID"),
    )
    again = ("ignored", "the same message as M-000001")
    assert brief(database, keys) == [
        ("M-000001", "received", ""),
        ("M-000002", *again),
        ("M-000003", *again),
        ("M-000004", "received", ""),
    ]
    assert [line.kind for line in shown(database, keys, state="ignored")] == ["duplicate"] * 2


def test_what_could_not_be_fetched_is_for_a_person_and_fetched_later(
    database: Engine, keys: KeyRing
) -> None:
    failed = received("1", b"", fetched=False, problem="it could not be fetched")
    assert take(database, failed, failed) == [(1, "needs a person"), None]
    with reading(database) as session:
        assert messages.places(session, "tscp") == frozenset()
    take(database, received("2", b""), received("1", b"whole"))
    assert [line[:2] for line in brief(database, keys)] == [
        ("M-000001", "received"),
        ("M-000002", "received"),
    ]


def test_a_persons_decision_stands_while_the_message_still_cannot_be_fetched(
    database: Engine, keys: KeyRing
) -> None:
    failed = received("1", b"", fetched=False, problem="it could not be fetched")
    take(database, failed)
    with transaction(database) as session:
        messages.again(session, 1)
        mine = messages.claim(session, AT)
        assert mine is not None
        settle(session, keys, mine, AT, an_end("ignored", reason="not for us"))
    assert take(database, failed) == [None]
    assert brief(database, keys) == [("M-000001", "ignored", "not for us")]


@pytest.mark.parametrize(
    ("at", "state"), [(AT, "received"), (AT - HOUR, "ignored"), (AT + HOUR, "received")]
)
def test_mail_from_before_the_service_began_is_registered_and_ignored(
    database: Engine, keys: KeyRing, at: datetime, state: str
) -> None:
    take(database, received(received_at=at), starts_at=AT)
    reason = "before the service began" if state == "ignored" else ""
    assert brief(database, keys) == [("M-000001", state, reason)]


def test_the_lines_come_in_order_of_receipt_and_can_be_narrowed(
    database: Engine, keys: KeyRing
) -> None:
    times = [AT + HOUR, AT - HOUR, AT, AT]
    take(database, *(received(str(n), received_at=at) for n, at in enumerate(times)))
    assert [line.number for line in shown(database, keys)] == [2, 3, 4, 1]
    assert [line.number for line in shown(database, keys, since=AT)] == [3, 4, 1]
    assert shown(database, keys, state="filed") == []
    with reading(database) as session:
        assert register.counts(session) == {"received": 4}
        assert register.counts(session, (AT - timedelta(days=1)).date()) == {}


def test_a_thousand_lines_are_streamed_whole(database: Engine, keys: KeyRing) -> None:
    common = {"mailbox": "tscp", "registered_at": AT, "received_from": "server", "fetched": True}
    rows = [
        {"place": str(n), "sha256": str(n), "received_at": AT + timedelta(seconds=n // 3)}
        | {"state": "received", "original": True}
        for n in range(1100)
    ]
    with transaction(database) as session:
        session.execute(insert(MessageRow), [common | row for row in rows])
    assert [line.number for line in shown(database, keys)] == list(range(1, 1101))


def test_a_line_keeps_what_became_of_each_document(database: Engine, keys: KeyRing) -> None:
    seen = (
        DocumentSeen("document 1.docx", ("archive 1.zip",), "a" * 64, "read", "", "python-docx"),
        DocumentSeen("document 2.pdf", (), "b" * 64, "needs a person", "broken", "", "Tilly.pdf"),
    )
    take(database, received())
    with transaction(database) as session:
        mine = messages.claim(session, AT)
        assert mine is not None
        settle(session, keys, mine, AT, an_end("needs a person", documents=seen, reason="why"))
    (line,) = shown(database, keys)
    assert line.documents == seen
    assert line.envelope is not None
    assert line.envelope.subject == "About Tilly"
