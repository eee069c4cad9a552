"""Values in the plain shapes of the interface: texts, lists, and objects for dates."""

from __future__ import annotations

from typing import Any

from triage.evidence import Value
from triage.values.when import Age, Day, Period, Roughly


def plain_value(value: Value | None) -> Any:
    """'2026-03-03', {"from", "to"}, {"approx", "month"}, {"age": {"years": 4}}, text or list."""
    match value:
        case Day(on, at):
            return f"{on}T{at}" if at else on.isoformat()
        case Period(first, last):
            return {"from": first.isoformat(), "to": last.isoformat()}
        case Roughly(approx, month):
            return {"approx": approx, **({"month": month} if month else {})}
        case Age(count, unit):
            return {"age": {unit: count}}
        case tuple():
            return list(value)
        case _:
            return value
