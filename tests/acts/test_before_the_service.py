"""Mail from before the service began is never opened, yet the register says which mail it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cases import AT

from intake.mailbox import RawMessage
from tscp.acts.desk import Desk
from tscp.acts.look import see_message
from tscp.acts.poll import receive
from tscp.acts.settle import settle_not_for_us

OLD = (
    b"From: Ann <a@gmp.police.uk>\r\nSubject: About Tilly\r\nMessage-ID: <old@x.example>\r\n\r\n"
    b"Subject: in the body\r\nMessage-ID: <body@x.example>\r\n"
)


@pytest.mark.parametrize("content", [OLD, b"", b"\xff\x00", OLD.replace(b"\r\n\r\n", b"\r\n")])
def test_its_header_fields_are_read_alone(desk: Desk, content: bytes) -> None:
    came = receive(desk, "tscp", RawMessage("1", AT, content), AT + timedelta(days=1))
    assert came is not None
    line = see_message(desk, "M-000001", "kim")
    assert (line.state, line.reason) == ("ignored", "before the service began")
    assert line.envelope is not None
    if content == OLD:
        told = (line.envelope.message_id, line.envelope.sender, line.envelope.subject)
        assert told == ("<old@x.example>", "a@gmp.police.uk", "About Tilly")


def test_a_note_made_before_it_was_fetched_is_kept(desk: Desk) -> None:
    late = RawMessage("1", AT, b"", problem="it could not be fetched", try_again=True)
    receive(desk, "tscp", late, AT + timedelta(days=1))
    settle_not_for_us(desk, "M-000001", "sam", "an advertisement")
    receive(desk, "tscp", RawMessage("1", AT + timedelta(days=2), OLD), AT + timedelta(days=1))
    line = see_message(desk, "M-000001", "kim")
    assert line.envelope is not None
    assert line.envelope.note == "an advertisement"
