"""How a case arrived and who has seen it: its e-mails, and every act on it, by time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

AuditEntry = tuple[datetime, str, str]
BESIDE = timedelta(minutes=15)
"""Whoever opened a case within this time may be working on it."""
SEEN = "case seen"


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did or saw, perhaps several times on end; `at` is the last of them."""

    at: datetime
    actor: str
    act: str
    times: int = 1


def acts(entries: Iterable[AuditEntry]) -> list[Done]:
    """The acts, newest first; the same one repeated without another between is one line."""
    found: list[Done] = []
    for at, actor, act in entries:
        last = found[-1] if found else None
        if last is not None and (last.actor, last.act) == (actor, act):
            found[-1] = replace(last, at=at, times=last.times + 1)
        else:
            found.append(Done(at, actor, act))
    return found[::-1]


def beside(entries: Sequence[AuditEntry], user: str, now: datetime) -> list[tuple[str, datetime]]:
    """Who else opened the case lately, so that two do not work on it unaware of each other."""
    return list(dict(_others(entries, user, now)).items())


def _others(
    entries: Sequence[AuditEntry], user: str, now: datetime
) -> Iterator[tuple[str, datetime]]:
    for at, actor, act in entries:
        if act == SEEN and actor != user and now - at < BESIDE:
            yield actor, at
