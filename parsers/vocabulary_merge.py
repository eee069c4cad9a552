"""A form version that says only what differs: `extends` names the vocabulary it adds to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Data = Mapping[str, Any]
_LISTS = ("labels", "here", "patterns")


def extended(data: Data, by_form: Mapping[str, Data]) -> dict[str, Any]:
    """The data with everything of the form it extends; what it is recognised by stays its own."""
    base_name = data.get("extends")
    if not base_name:
        return dict(data)
    base = extended(by_form[base_name], by_form)
    return {
        **base,
        **data,
        "field": _fields(base["field"], data.get("field", [])),
        "section": [*base.get("section", []), *data.get("section", [])],
        "guidance": [*base.get("guidance", []), *data.get("guidance", [])],
        "alike": [*base.get("alike", []), *data.get("alike", [])],
    }


def identity(entry: Data) -> tuple[str, str, str, str]:
    """What makes two entries the same field."""
    return (
        entry.get("group", "answers"),
        entry["key"],
        entry.get("part", ""),
        entry.get("also", ""),
    )


def _fields(base: list[Data], more: list[Data]) -> list[Data]:
    added = {identity(entry): entry for entry in more}
    known = {identity(entry) for entry in base}
    merged = [_one(entry, added.get(identity(entry), {})) for entry in base]
    return merged + [entry for entry in more if identity(entry) not in known]


def _one(base: Data, more: Data) -> Data:
    lists = {name: [*base.get(name, []), *more.get(name, [])] for name in _LISTS}
    choices = {
        value: [*base.get("choices", {}).get(value, []), *more.get("choices", {}).get(value, [])]
        for value in [*base.get("choices", {}), *more.get("choices", {})]
    }
    return {**base, **more, **lists, "choices": choices}
