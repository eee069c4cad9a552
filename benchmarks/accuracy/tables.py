"""The figures as text of at most 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from benchmarks.accuracy.figures import Judged, by_field, figures, precision_recall, reliability

NAME, BAR, WORST = 24, 30, 15
COLUMNS = ("docs", "prec", "recall", "F1", "exact", "ticks", "wrong!", "kept")
LEGEND = "wrong! of answers at 0.95 or more, those wrong; kept: unmapped answers kept"


def tables(documents: Sequence[Judged], title: str, details: bool = True) -> Iterator[str]:
    """Everything about some documents, line by line; without details only totals."""
    if not documents:
        return
    yield from ("", title, "=" * len(title), LEGEND)
    yield from _table("format", documents, lambda d: d.format)
    if details:
        yield from _table("layout", documents, lambda d: d.layout)
        yield from _fields(documents)
    yield from _diagram(documents)


def _table(name: str, documents: Sequence[Judged], key: Callable[[Judged], str]) -> Iterator[str]:
    yield ""
    yield f"{name:{NAME}}" + "".join(f"{column:>7}" for column in COLUMNS)
    for group in dict.fromkeys(key(d) for d in documents):
        yield _line(group, [d for d in documents if key(d) == group])
    yield _line("all", documents)


def _line(name: str, documents: Sequence[Judged]) -> str:
    f = figures(documents)
    shares = (f.precision, f.recall, f.f1, f.exact, f.ticks, f.wrong_and_confident, f.kept)
    return f"{name[: NAME - 1]:{NAME}}{f.documents:7}" + "".join(map(_number, shares))


def _number(share: float | None) -> str:
    return f"{'-':>7}" if share is None else f"{share:7.3f}"


def _fields(documents: Sequence[Judged]) -> Iterator[str]:
    found = by_field(documents)
    scored = {name: precision_recall(verdicts) for name, verdicts in found.items()}
    scored.pop("unmapped", None)
    worst = sorted(scored, key=lambda name: scored[name][2] or 0.0)[:WORST]
    yield ""
    yield f"{'field (worst ' + str(WORST) + ')':36}" + "".join(
        f"{c:>9}" for c in ("answers", "prec", "recall", "F1")
    )
    for name in worst:
        cells = "".join(f"{_number(share):>9}" for share in scored[name])
        yield f"{name[:35]:36}{len(found[name]):9}{cells}"


def _diagram(documents: Sequence[Judged]) -> Iterator[str]:
    yield from ("", f"{'confidence':12}{'said':>7}{'right':>7}{'answers':>9}")
    for low, said, right, count in reliability(documents):
        bar = "#" * round((right or 0) * BAR)
        name = f"from {low:.2f}"
        yield f"{name:12}{_number(said)}{_number(right)}{count:9}  {bar}".rstrip()
