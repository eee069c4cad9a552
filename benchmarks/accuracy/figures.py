"""Verdicts added up.

precision  right / (right + wrong + extra)       recall  right / (right + wrong + missing)
ticks      of questions with printed choices, those read rightly
confident and wrong   of values at 0.95 or more, those wrong or extra
exact      of documents, those without a wrong, missing or extra answer and with all texts kept
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from benchmarks.accuracy.judging import COUNTED, Verdict

CONFIDENT = 0.95
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A document, where it comes from, and the verdicts on it. `held_out`: not to be tuned to."""

    layout: str
    format: str
    seed: int
    status: str
    verdicts: tuple[Verdict, ...]
    held_out: bool = False
    habits: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of some documents; None where there was nothing to count."""

    documents: int
    precision: float | None
    recall: float | None
    f1: float | None
    exact: float | None
    ticks: float | None
    wrong_and_confident: float | None
    kept: float | None


def figures(documents: Sequence[Judged]) -> Figures:
    """All figures of some documents."""
    verdicts = [v for d in documents for v in d.verdicts if v.field != "unmapped"]
    apart = [v for d in documents for v in d.verdicts if v.field == "unmapped"]
    ticked = [v for v in verdicts if v.ticks]
    sure = [v for v in verdicts if v.said is not None and v.said >= CONFIDENT]
    precision, recall, f1 = precision_recall(verdicts)
    return Figures(
        len(documents),
        precision,
        recall,
        f1,
        _share(exact(d) for d in documents),
        _share(v.what in ("right", "silent") for v in ticked),
        _share(v.what in ("wrong", "extra") for v in sure),
        _share(v.right for v in apart),
    )


def precision_recall(
    verdicts: Iterable[Verdict],
) -> tuple[float | None, float | None, float | None]:
    """Precision, recall and their harmonic mean."""
    n = Counter(v.what for v in verdicts)
    precision = _part(n["right"], n["right"] + n["wrong"] + n["extra"])
    recall = _part(n["right"], n["right"] + n["wrong"] + n["missing"])
    f1 = _part(2 * n["right"], 2 * n["right"] + 2 * n["wrong"] + n["extra"] + n["missing"])
    return precision, recall, f1


def exact(document: Judged) -> bool:
    """Nothing wrong, missing, extra or lost."""
    return all(v.right for v in document.verdicts if v.what in COUNTED)


def by_field(documents: Sequence[Judged]) -> dict[str, list[Verdict]]:
    """Counted verdicts by field."""
    found: dict[str, list[Verdict]] = {}
    for document in documents:
        for verdict in document.verdicts:
            if verdict.what in COUNTED:
                found.setdefault(verdict.field, []).append(verdict)
    return found


def reliability(documents: Sequence[Judged]) -> list[tuple[float, float | None, float | None, int]]:
    """Ten bins, finer where nobody is asked: lower edge, confidence said, share right, how many."""
    said = [v for d in documents for v in d.verdicts if v.said is not None and v.what in COUNTED]
    rows = []
    for low, high in pairwise(EDGES):
        inside = [v for v in said if low <= (v.said or 0) < high or (v.said == 1 and high == 1)]
        mean = _part(sum(v.said or 0 for v in inside), len(inside))
        rows.append((low, mean, _share(v.right for v in inside), len(inside)))
    return rows


def _share(marks: Iterable[bool]) -> float | None:
    counted = list(marks)
    return _part(sum(counted), len(counted))


def _part(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def as_line(document: Judged, verdict: Verdict) -> dict[str, Any]:
    """An error as a line of errors.jsonl."""
    return {
        "layout": document.layout,
        "format": document.format,
        "seed": document.seed,
        "field": verdict.field,
        "what": verdict.what,
        "said": verdict.said,
        "true": verdict.true,
        "read": verdict.read,
        "typed": verdict.text,
        "habits": list(document.habits),
    }
