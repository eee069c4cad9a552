"""`python -P -m benchmarks.accuracy.calibrate`: the counts on which confidences rest.

FORMATS=drawn,pdf SEEDS=1,2 as for `make bench-accuracy`; held-out layouts are never read here.
Each line tells how many answers of a kind are right, the share that can be relied on (the lower
end of Wilson's interval at 95 %), and what confidence they are given now.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import sqrt

from benchmarks.accuracy.figures import CONFIDENT, EDGES
from benchmarks.accuracy.grounds import Grounded, grounded
from benchmarks.corpus.registered import registered
from config.settings import HERE
from parsers.vocabulary import load_vocabularies
from tscp.compose import FORMS
from tscp.registers import agencies_of

_Z = 1.96
_FEWEST = 5
"""Answers of one kind below which nothing is said of it."""


def main() -> None:
    """Reads the layouts that may be tuned to, and prints."""
    formats = (os.environ.get("FORMATS") or "drawn").split(",")
    seeds = [int(seed) for seed in (os.environ.get("SEEDS") or "1,2,3").split(",")]
    words = next(v for v in load_vocabularies(FORMS) if v.form == "sin_gm")
    agencies = agencies_of([HERE / "agencies.toml"]).aliases()
    layouts = registered(held_out=False)
    found = [a for f in formats for a in grounded(layouts, f, seeds, words, agencies)]
    for line in _report(found):
        print(line)


def _report(found: Sequence[Grounded]) -> Iterator[str]:
    sure = [a for a in found if a.said >= CONFIDENT]
    wrong = sum(not a.right for a in sure)
    yield f"{len(found)} answers, {len(sure)} at {CONFIDENT} or more, {wrong} of those wrong"
    asked = sum(a.right for a in found if a.said < CONFIDENT)
    yield f"{asked} right ones asked about"
    clean = [a for a in found if a.clean]
    yield from _table("ground, where nothing else is in doubt", clean, lambda a: a.ground)
    yield from _table("place", found, lambda a: f"{a.place} {a.clear:g}")
    yield from _table("value", found, lambda a: f"{a.type} {a.value:g}")
    yield from _table("doubt", found, lambda a: a.doubt or "none")
    yield from _table("confidence", found, _bin)


def _bin(answer: Grounded) -> str:
    low = next(low for low, high in pairwise((*EDGES, 2.0)) if low <= answer.said < high)
    return f"from {low:.2f}"


def _table(name: str, found: Sequence[Grounded], of: Callable[[Grounded], str]) -> Iterator[str]:
    kinds: dict[str, list[Grounded]] = defaultdict(list)
    for answer in found:
        kinds[of(answer)].append(answer)
    yield f"\n{name:66}  right     of  share  relied  given"
    for kind, answers in sorted(kinds.items(), key=lambda one: -len(one[1])):
        if len(answers) >= _FEWEST:
            right, count = sum(a.right for a in answers), len(answers)
            given = sum(a.said for a in answers) / count
            shares = f"{right / count:.3f}   {lower(right, count):.3f}  {given:.3f}"
            yield f"{kind[:66]:66} {right:6} {count:6}  {shares}"


def lower(right: int, count: int) -> float:
    """The lower end of Wilson's interval of a share, at 95 %."""
    share, z2 = right / count, _Z * _Z
    middle = share + z2 / (2 * count)
    spread = _Z * sqrt(share * (1 - share) / count + z2 / (4 * count * count))
    return (middle - spread) / (1 + z2 / count)


if __name__ == "__main__":
    main()
