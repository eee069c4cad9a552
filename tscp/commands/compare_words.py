"""What `tscp compare` says: for people at 80 columns, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from intake.imap import place_facts
from triage.plain_words import counted
from triage.working_days import LONDON
from tscp.acts.compare import Compared
from tscp.as_json import Json, moment
from tscp.commands.words import wrapped

SHOWN = 20
"""How many of each are listed for a person; JSON lists all."""


def as_json(one: Compared) -> Json:
    """A mailbox. What cannot be told is null: an empty list would say that all is well."""
    known = not one.reason
    return {
        "mailbox": one.mailbox,
        "ok": known,
        "reason": one.reason,
        "only_in_mailbox": [lying.place for lying in one.only_in_mailbox] if known else None,
        "only_in_register": [seen.id for seen in one.only_in_register] if known else None,
        "in_both": one.in_both if known else None,
        "received_at": {
            lying.place: moment(lying.received_at)
            for lying in one.only_in_mailbox
            if lying.received_at is not None
        },
    }


def compared_words(one: Compared) -> Iterator[str]:
    """A mailbox for a person: what is missing where, and what that means."""
    if one.reason:
        yield wrapped(f"{one.mailbox}: {one.reason}")
        return
    yield f"{one.mailbox}: {counted(one.in_both, 'message')} in the mailbox and in the register"
    if one.only_in_mailbox:
        lying = counted(len(one.only_in_mailbox), "message")
        yield f"  {lying} in the mailbox only: the next poll takes what is new"
        yield from _listed(
            [f"{_where(one.place)}{_time(one.received_at)}" for one in one.only_in_mailbox]
        )
    if one.only_in_register:
        seen = counted(len(one.only_in_register), "message")
        yield f"  {seen} in the register only: moved or deleted by hand, and kept here"
        yield from _listed(
            [f"{one.id}{_time(one.received_at)}  {one.state}" for one in one.only_in_register]
        )


def _listed(lines: list[str]) -> Iterator[str]:
    yield from (wrapped(line, "      ", "    ") for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"    and {len(lines) - SHOWN:,} more: --json lists them all"


def _where(place: str) -> str:
    """A place in words; the folder is the same for all."""
    facts = place_facts(place)
    return f"UID {facts['uid']}" if facts else place


def _time(at: datetime | None) -> str:
    return f"  received {at.astimezone(LONDON):%a %d %b %Y %H:%M}" if at is not None else ""
