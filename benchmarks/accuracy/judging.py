"""One document's answers against its truth: a verdict for each answer.

right    the value is true; or a confident silence where nothing was answered is no verdict at all
wrong    another value: counts as one answer too many and one missing
missing  nothing was read where something was answered
extra    something was read where nothing was answered, or in a row that does not exist
silent   nothing was answered or asked, and nothing was read; or silence costs nothing: not counted

Rows (children, family, agencies, events) are paired by the most answers in common. An `unmapped`
answer is kept if its text stands in the result's `unmapped` under its label, or nearly so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.accuracy.values import folded, likeness, nothing, right
from benchmarks.corpus.truth import GROUPS

Json = Mapping[str, Any]
EMPTY: Json = {}
COUNTED = ("right", "wrong", "missing", "extra")
LABEL_LIKE = 0.75


@dataclass(frozen=True, slots=True)
class Verdict:
    """On one answer. `said` is the confidence, None where nothing was read."""

    field: str
    what: str
    said: float | None = None
    true: Any = None
    read: Any = None
    text: str = ""
    ticks: bool = False

    @property
    def right(self) -> bool:
        """Whether it counts for the reader."""
        return self.what == "right"


def judged(truth: Json, result: Json, picture: bool = False) -> list[Verdict]:
    """Verdicts on all answers and unmapped texts of a document (one with status 'form')."""
    found = list(_row("", truth["answers"], result.get("answers") or EMPTY, picture))
    for group in GROUPS:
        for true, read in paired(truth[group], result.get(group) or [], picture):
            found += _row(f"{group}.", true, read, picture)
    return [*found, *_unmapped(truth["unmapped"], result.get("unmapped") or [], picture)]


def _row(prefix: str, true: Json, read: Json, picture: bool) -> Iterator[Verdict]:
    for key in dict.fromkeys((*true, *read)):
        yield _verdict(prefix, key, true.get(key), read.get(key), picture)


def _verdict(prefix: str, key: str, true: Json | None, read: Json | None, picture: bool) -> Verdict:
    value = (read or EMPTY).get("value")
    answer = true or {"value": None, "accept": [], "text": "", "optional": False}
    what = _what(key, answer, value, picture)
    said = None if nothing(value) or read is None else float(read.get("confidence", 1.0))
    ticks = "ticks" in answer and not (nothing(answer["value"]) and nothing(value))
    return Verdict(prefix + key, what, said, answer["value"], value, answer["text"], ticks)


def _what(key: str, answer: Json, value: Any, picture: bool) -> str:
    if nothing(value):
        free = answer["optional"] or None in answer["accept"]
        return "silent" if free or nothing(answer["value"]) else "missing"
    if right(key, answer, value, picture):
        return "right" if not nothing(answer["value"]) else "silent"
    return "extra" if nothing(answer["value"]) else "wrong"


def paired(true: Sequence[Json], read: Sequence[Json], picture: bool) -> list[tuple[Json, Json]]:
    """Rows side by side; one without a partner stands beside an empty one."""
    scores = sorted(
        (
            (_common(t, r, picture), -abs(i - j), i, j)
            for i, t in enumerate(true)
            for j, r in enumerate(read)
        ),
        reverse=True,
    )
    partner: dict[int, int] = {}
    for score, _, i, j in scores:
        if score > 0 and i not in partner and j not in partner.values():
            partner[i] = j
    pairs = [(row, read[partner[i]] if i in partner else EMPTY) for i, row in enumerate(true)]
    return pairs + [(EMPTY, row) for j, row in enumerate(read) if j not in partner.values()]


def _common(true: Json, read: Json, picture: bool) -> float:
    """Answers in common; the first question (a name, mostly) counts fourfold, and in part."""
    found = 0.0
    for number, (key, answer) in enumerate(true.items()):
        value = (read.get(key) or EMPTY).get("value")
        if nothing(value) or nothing(answer["value"]):
            continue
        weight = 4 if number == 0 or key in ("name", "child_name", "agency") else 1
        found += weight * (1 if right(key, answer, value, picture) else 0)
        found += likeness(answer["value"], value) * (weight > 1)
    return found


def _unmapped(true: Sequence[Json], read: Sequence[Json], picture: bool) -> Iterator[Verdict]:
    for wanted in true:
        kept = any(_kept(wanted, entry, picture) for entry in read)
        what = "right" if kept else "missing"
        yield Verdict("unmapped", what, None, wanted["label"], None, wanted["text"])


def _kept(wanted: Json, entry: Json, picture: bool) -> bool:
    text, held = folded(wanted["text"]), folded(entry.get("text") or "")
    whole = text in held and len(held) <= 2 * len(text) + 8
    if not whole and likeness(text, held) < (0.9 if picture else 0.97):
        return False
    label, named = folded(wanted["label"]), folded(entry.get("label") or "")
    return label in named or likeness(label, named) >= LABEL_LIKE
