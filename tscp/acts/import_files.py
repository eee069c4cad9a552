"""Messages and form files from disk: registered and processed as if they had come by mail."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from intake.files import messages_in
from storage import messages, register
from storage.database import reading
from storage.register import RegisterLine
from tscp.acts.desk import Desk
from tscp.acts.poll import receive
from tscp.acts.process import process_waiting

MAILBOX = "import"


def import_paths(desk: Desk, paths: Sequence[Path]) -> list[RegisterLine]:
    """Imports what lies at these paths; the register's lines of what was new.

    A file that is in the register already is passed over, so that importing twice is harmless.
    """
    with reading(desk.engine) as session:
        seen = set(messages.places(session, MAILBOX))
    new = []
    for path in paths:
        for raw in messages_in(path):
            if raw.place not in seen:
                seen.add(raw.place)
                new.append(receive(desk, MAILBOX, raw))
    list(process_waiting(desk))
    wanted = [registered[0] for registered in new if registered is not None]
    with reading(desk.engine) as session:
        return list(register.lines(session, desk.keys, only=wanted))
