"""The bridge: a case's facts to sealed rows and back. The only place that knows both.

Each fact is its frozen dataclass as JSON, written and read by pydantic, sealed whole. A changed
shape needs a new BODY_VERSION and a function that lifts older bodies to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from storage.sealing import KeyRing
from storage.tables import FactRow
from triage.case import (
    Assignment,
    ContributionFact,
    Correction,
    FiledMail,
    Move,
    Notification,
    PartnersTold,
    Relation,
    Withdrawn,
)
from triage.identity import ChildKeys

Fact = (
    FiledMail
    | ContributionFact
    | Correction
    | Move
    | Assignment
    | Notification
    | PartnersTold
    | Relation
    | Withdrawn
)

BODY_VERSION = 1
KINDS: Mapping[str, tuple[type, str]] = {
    "mail": (FiledMail, "mails"),
    "contribution": (ContributionFact, "contributions"),
    "move": (Move, "moves"),
    "assignment": (Assignment, "assignments"),
    "notification": (Notification, "notifications"),
    "told": (PartnersTold, "told"),
    "relation": (Relation, "relations"),
    "correction": (Correction, "corrections"),
    "withdrawn": (Withdrawn, "withdrawn"),
}
"""Kind in the table -> its class, and the field of Case that holds it."""

_KIND = {cls: kind for kind, (cls, _) in KINDS.items()}
_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    kind: TypeAdapter(cls) for kind, (cls, _) in KINDS.items()
}
USE = "fact"


def row_values(case: str, fact: Fact, keys: KeyRing, message: int | None) -> dict[str, Any]:
    """The columns of a fact's row."""
    kind = _KIND[type(fact)]
    body = bytes([BODY_VERSION]) + _ADAPTERS[kind].dump_json(fact)
    return {
        "case": case,
        "kind": kind,
        "at": fact.at,
        "message": message,
        "agency": getattr(fact, "agency", None),
        "state": fact.state if isinstance(fact, ContributionFact) else None,
        "body": keys.seal(body, USE),
    }


def fields_of(rows: Iterable[FactRow | Row[Any]], keys: KeyRing) -> dict[str, tuple[Fact, ...]]:
    """The facts of one case's rows, as the fields of Case, in the order they were written."""
    return by_field(
        _ADAPTERS[row.kind].validate_json(keys.unseal(row.body, USE)[1:]) for row in rows
    )


def by_field(facts: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
    """Facts as the fields of Case, in their order."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(KINDS[_KIND[type(fact)]][1], []).append(fact)
    return {field: tuple(facts) for field, facts in found.items()}


def sealed_child(child: ChildKeys, keys: KeyRing) -> bytes:
    """A child's keys for matching, sealed; small, since all are scanned."""
    born = child.born.isoformat() if child.born else ""
    return keys.seal(json.dumps([child.name, born, child.nhs_number]).encode(), "child")


@lru_cache(maxsize=20_000)
def opened_child(sealed: bytes, keys: KeyRing) -> ChildKeys:
    """The keys of a child as they were saved; remembered, since every mail is held against all."""
    name, born, nhs_number = json.loads(keys.unseal(sealed, "child"))
    return ChildKeys(name, date.fromisoformat(born) if born else None, nhs_number)
