"""A form version that says only what differs: `extends` names the vocabulary it adds to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parsers.vocabulary_taught import expanded
from triage.values.choices import key

Data = Mapping[str, Any]
_LISTS = ("labels", "here", "patterns")


def extended(data: Data, by_form: Mapping[str, Data]) -> dict[str, Any]:
    """The data with everything of the form it extends; what it is recognised by stays its own."""
    base_name = data.get("extends")
    if not base_name:
        return dict(data)
    base = extended(by_form[base_name], by_form)
    if "part" in data:
        data = expanded(data, groups_of(base))
    return {
        **base,
        **data,
        "field": _fields(base["field"], data.get("field", [])),
        "section": [*base.get("section", []), *data.get("section", [])],
        "guidance": [*base.get("guidance", []), *data.get("guidance", [])],
        "alike": [*base.get("alike", []), *data.get("alike", [])],
    }


def groups_of(data: Data) -> dict[str, str]:
    """What repeats in each section of a form ('answers': nothing)."""
    return {part["name"]: part.get("group", "answers") for part in data.get("section", [])}


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
    return merged + [_new(entry) for entry in more if identity(entry) not in known]


def _new(entry: Data) -> Data:
    """A field the base has not: at home where it was taught."""
    return {"section": entry["home"], **entry} if "home" in entry else entry


def _one(base: Data, more: Data) -> Data:
    lists = {name: [*base.get(name, []), *more.get(name, [])] for name in _LISTS}
    return {**base, **more, **lists, "choices": _choices(base, more)}


def _choices(base: Data, more: Data) -> dict[str, list[str]]:
    """The wordings of both; one that is said anew has its new meaning only."""
    known, said = base.get("choices", {}), more.get("choices", {})
    anew = {key(wording): value for value, wordings in said.items() for wording in wordings}
    kept = {
        value: [wording for wording in wordings if anew.get(key(wording), value) == value]
        for value, wordings in known.items()
    }
    return {value: [*kept.get(value, []), *said.get(value, [])] for value in [*known, *said]}
