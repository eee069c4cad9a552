"""Messages and form files from disk: registered and processed as if they had come by mail."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from intake.files import messages_in
from storage import messages, register
from storage.database import reading
from storage.register import RegisterLine
from tscp.acts.desk import Desk, Refused
from tscp.acts.poll import receive
from tscp.acts.process import process_waiting

MAILBOX = "import"
RECEIVED_SINCE = (
    "received since letters went live ({}): that is no history; move it elsewhere, and import it "
    "without --as-history"
)


def import_paths(desk: Desk, paths: Sequence[Path], as_history: bool = False) -> list[RegisterLine]:
    """Imports what lies at these paths; the register's lines of what was new.

    A file that is in the register already is passed over, so that importing twice is harmless.
    History is mail received before letters went live (now, where they are not live yet): its
    cases are filed with their clocks as they were, and no rule ever writes about them to anybody.
    Raises Refused, with nothing taken in, where not all of it is that old.
    """
    if as_history:
        _all_old(desk, paths)
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


def _all_old(desk: Desk, paths: Sequence[Path]) -> None:
    live = desk.letters.live_from or desk.now()
    files = [path for path in paths if any(raw.received_at >= live for raw in messages_in(path))]
    if files:
        named, since = ", ".join(map(str, files)), RECEIVED_SINCE.format(live.isoformat())
        raise Refused(f"in {named} is mail {since}")
