"""How well forms of one layout are read: right, wrong and missing answers, and what was kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from triage.sin_form import GROUPS

Json = Mapping[str, Any]
ASK_BELOW = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over some forms. `confident` are wrong answers of which nobody would be asked."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    confident: int = 0
    kept: int = 0
    to_keep: int = 0

    def __add__(self, other: Score) -> Score:
        pairs = zip(self.counts, other.counts, strict=True)
        return Score(*(one + two for one, two in pairs))

    @property
    def counts(self) -> tuple[int, ...]:
        """All counts, in their order."""
        return (self.right, self.wrong, self.missing, self.confident, self.kept, self.to_keep)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        told, asked = self.right + self.wrong, self.right + self.missing
        return 2 * self.right / (told + asked) if told + asked else 1.0


def score(read: Json, truth: Json) -> Score:
    """One form as read (`tscp read --json`) beside its truth."""
    total = Score()
    for got, want, _ in compared(read, truth):
        value = got and got["value"]
        sure = bool(got) and got["confidence"] >= ASK_BELOW
        if value is None and want is None:
            continue
        if alike(value, want):
            total += Score(right=1)
        else:
            wrong = value is not None
            total += Score(wrong=wrong, missing=want is not None, confident=wrong and sure)
    held = [(one["label"], one["text"]) for one in read["unmapped"]]
    kept = sum((label, text) in held for label, text in truth["unmapped"].items())
    return total + Score(kept=kept, to_keep=len(truth["unmapped"]))


def compared(read: Json, truth: Json) -> Iterator[tuple[Any, Any, str]]:
    """Each answer as read, as it should be, and its path."""
    yield from _row(read["answers"], truth["answers"], "")
    for group in GROUPS:
        rows, right = read[group], truth[group]
        for at in range(max(len(rows), len(right))):
            one = rows[at] if at < len(rows) else {}
            two = right[at] if at < len(right) else {}
            yield from _row(one, two, f"{group}.{at}.")


def _row(read: Json, truth: Json, path: str) -> Iterator[tuple[Any, Any, str]]:
    for key in dict.fromkeys((*truth, *read)):
        if key != "form_version":
            yield read.get(key), truth.get(key), path + key


def alike(value: Any, want: Any) -> bool:
    """The same value; an address may hold its postcode."""
    if isinstance(value, str) and isinstance(want, str):
        one, two = (" ".join(text.split()).rstrip(".") for text in (value, want))
        return one == two or (one.startswith(two + ", ") and len(one) - len(two) < 12)
    if isinstance(value, list) and isinstance(want, list):
        return set(value) == set(want)
    return bool(value == want)
