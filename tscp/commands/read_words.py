"""What `tscp read` prints for a person: each answer with where it stands and how sure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from triage.plain_words import counted, day_in_words, question
from tscp.commands.words import WIDTH, wrapped

Json = dict[str, Any]
UNSURE = "?"
_TABLES = {"family": "Family and household", "agencies": "Agencies", "events": "Key events"}
_NARROW = 8  # columns a cell of a table has at least


def read_words(result: Json, ask_below: float = 0.95) -> Iterator[str]:
    """A document as it was understood; a '?' stands before what a person should look at."""
    reason = f": {result['reason']}" if result["reason"] else ""
    form = f" ({result['form']})" if result["form"] else ""
    yield wrapped(f"{result['document']}: {result['status']}{form}{reason}")
    if result["answers"] or result["children"]:
        unsure = sum(_unsure(answer, ask_below) for answer in _every(result))
        shown = f"{counted(unsure, 'answer')} to look at: a '?' stands before each. "
        yield wrapped(f"{shown if unsure else ''}All others are at least {ask_below:.0%} sure.")
    yield from _asked("Asked once", result["answers"], ask_below)
    for number, child in enumerate(result["children"], start=1):
        yield from _asked(f"Child {number}", child, ask_below)
    for group, title in _TABLES.items():
        yield from _table(title, result[group], ask_below)
    yield from _kept(result["unmapped"])
    if result["problems"]:
        yield "\nNotes"
    for problem in result["problems"]:
        yield wrapped(str(problem), "    ", "  ")
    for other in result["others"]:
        yield ""
        yield from read_words(other, ask_below)


def _every(result: Json) -> Iterator[Json]:
    yield from result["answers"].values()
    for group in ("children", *_TABLES):
        for row in result[group]:
            yield from row.values()


def _unsure(answer: Json, ask_below: float) -> bool:
    given = answer["value"] is not None or bool(answer.get("doubt"))
    return given and bool(answer["confidence"] < ask_below)


def _asked(title: str, answers: Mapping[str, Json], ask_below: float) -> Iterator[str]:
    """Each answer in the form's order, with how sure, where it stands, and what was typed."""
    if answers:
        yield f"\n{title}"
    for key, answer in answers.items():
        mark = UNSURE if _unsure(answer, ask_below) else " "
        said = f"{mark} {question(key)}: {_short(value_words(answer['value']))}"
        yield wrapped(said, "    ", "")
        yield wrapped(_beside(answer), "      ", "      ")


def _beside(answer: Json) -> str:
    typed, doubt = _short(answer["text"]), answer.get("doubt")
    same = typed == _short(value_words(answer["value"])) or not typed
    told = "" if same else f', typed "{typed}"'
    return f"{answer['confidence']:.0%}, {_place(answer['evidence'])}{told}" + (
        f": {doubt}" if doubt else ""
    )


def _table(title: str, rows: Sequence[Mapping[str, Json]], ask_below: float) -> Iterator[str]:
    """The rows of a repeating group under their questions; what is unsure is told below them."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    if not keys:
        return
    yield f"\n{title}"
    cells = [[question(key) for key in keys]]
    cells += [[_cell(row.get(key), ask_below) for key in keys] for row in rows]
    widths = _widths(cells)
    for number, line in enumerate(cells):
        wraps = [textwrap.wrap(cell, width) for cell, width in zip(line, widths, strict=True)]
        for parts in zip_longest(*wraps, fillvalue=""):
            fitted = (part.ljust(width) for part, width in zip(parts, widths, strict=True))
            yield f"  {'  '.join(fitted)}".rstrip()
        if number == 0:
            yield f"  {'  '.join('-' * width for width in widths)}"
    for number, row in enumerate(rows, start=1):
        for key, answer in row.items():
            if _unsure(answer, ask_below):
                told = f"{UNSURE} row {number}, {question(key)}: {_beside(answer)}"
                yield wrapped(told, "      ", "  ")


def _cell(answer: Json | None, ask_below: float) -> str:
    if answer is None or (answer["value"] is None and not answer["text"]):
        return ""
    told = _short(value_words(answer["value"] if answer["value"] is not None else answer["text"]))
    return f"{UNSURE} {told}" if _unsure(answer, ask_below) else told


def _widths(cells: Sequence[Sequence[str]]) -> list[int]:
    """Columns as wide as they need, or as the page gives: the widest give way."""
    widths = [max(_NARROW, *(len(cell) for cell in column)) for column in zip(*cells, strict=True)]
    while sum(widths) + 2 * len(widths) > WIDTH - 2 and max(widths) > _NARROW:
        widths[widths.index(max(widths))] -= 1
    return widths


def _kept(unmapped: Sequence[Json]) -> Iterator[str]:
    if unmapped:
        yield "\nLabels nobody knew: kept as they stand"
    for one in unmapped:
        where = _place(one["evidence"])
        label = one["label"] or "(no label)"
        yield wrapped(f'{label}: "{_short(one["text"])}" ({where})', "    ", "  ")


def value_words(value: Any) -> str:
    """A value as people write it: '3 March 2026', '4 years', 'physical, neglect'."""
    match value:
        case None:
            return "not answered"
        case list():
            return ", ".join(value)
        case {"from": first, "to": last}:
            return f"{value_words(first)} to {value_words(last)}"
        case {"age": age}:
            return ", ".join(f"{count} {unit}" for unit, count in age.items())
        case {"approx": told}:
            return f"about: {told}"
    day, _, time = str(value).partition("T")
    try:
        return day_in_words(date.fromisoformat(day)) + (f", {time}" if time else "")
    except ValueError:
        return str(value)


def _place(evidence: Json) -> str:
    page = [f"page {evidence['page']}"] if evidence["page"] else []
    return ", ".join([*page, *([evidence["cell"]] if evidence["cell"] else [])]) or "in the text"


def _short(text: str) -> str:
    line = " ".join(str(text).split())
    return f"{line[:117]}…" if len(line) > 118 else line
