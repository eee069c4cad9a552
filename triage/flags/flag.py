"""One flag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Severity = Literal["urgent", "action", "notice"]


@dataclass(frozen=True, slots=True)
class Flag:
    """`name` is one of the interface's, `why` a plain reason without names, `since` a day."""

    name: str
    why: str
    since: date
    severity: Severity = "action"
