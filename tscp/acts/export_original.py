"""A message's bytes as they were received, for whoever must see the mail itself."""

from __future__ import annotations

from dataclasses import dataclass

from storage import audit, messages
from storage.database import transaction
from storage.whereabouts import kept_of
from tscp.acts.desk import Desk, Refused


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes as fetched; `problem` says why they are not the whole message, '' if they are."""

    content: bytes
    problem: str


def export_original(desk: Desk, message: str, user: str) -> Exported:
    """The original of a message. Raises Refused for an unknown id, or where there is none."""
    number = messages.number(message)
    with transaction(desk.engine) as session:
        kept = kept_of(session, number) if number is not None else None
        if number is None or kept is None:
            raise Refused(f"no message '{message}': an id looks like M-000123; see `tscp messages`")
        try:
            content = desk.originals.read(kept.sha256)
        except FileNotFoundError:
            raise Refused(
                f"the original of {messages.name(number)} is not in the data folder: restore it "
                "from the last backup"
            ) from None
        if kept.problem and not content:
            raise Refused(f"{messages.name(number)} could not be fetched yet: {kept.problem}")
        audit.append(session, user, "original exported", messages.name(number), desk.now())
    return Exported(content, kept.problem)
