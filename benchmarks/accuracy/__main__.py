"""`make bench-accuracy [LAYOUTS=a,b] [FORMATS=drawn,pdf] [SEEDS=1,2] [N=3]`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.accuracy.figures import Judged, as_line
from benchmarks.accuracy.judging import COUNTED, judged
from benchmarks.accuracy.reading import read_all
from benchmarks.accuracy.tables import tables
from benchmarks.corpus.build import Layout, drawn
from benchmarks.corpus.formats import FORMATS, PICTURED, all_made_as, possible
from benchmarks.corpus.registered import held_out_layouts, registered

ERRORS = Path("build/accuracy/errors.jsonl")
TIMES = 3


def main() -> None:
    """Reads, judges, prints; every error of the layouts that may be tuned to goes into a file."""
    wanted = _list("LAYOUTS")
    hidden = {layout.name for layout in held_out_layouts()}
    layouts = [x for x in registered(held_out=True) if not wanted or x.name in wanted]
    formats = _list("FORMATS") or ["drawn", "pdf"]
    if strange := {*wanted} - {x.name for x in layouts} | {*formats} - {*FORMATS}:
        sys.exit(f"Nobody knows {', '.join(sorted(strange))}; formats are {', '.join(FORMATS)}.")
    seeds = [int(s) for s in _list("SEEDS")] or list(range(1, int(_word("N") or TIMES) + 1))
    found = [d for form in formats for d in _judged(layouts, form, seeds, hidden)]
    details = bool(_word("HELD_OUT_DETAILS"))
    _write_errors([d for d in found if details or not d.held_out])
    for line in _report(found, details):
        print(line)


def _report(found: Sequence[Judged], details: bool) -> Iterator[str]:
    yield from tables([d for d in found if not d.held_out], "Layouts that may be tuned to")
    yield from tables([d for d in found if d.held_out], "Held-out layouts", details)
    unread = [d for d in found if d.status != "form" and (details or not d.held_out)]
    for d in unread:
        yield f"not read as a form: {d.layout} {d.format} {d.seed}: {d.status} {d.reason}"[:80]


def _judged(
    layouts: Sequence[Layout], form: str, seeds: Sequence[int], hidden: set[str]
) -> Iterator[Judged]:
    """All layouts and seeds in one format."""
    pairs = [(x, seed) for x in layouts for seed in seeds if possible(form, x)]
    drawings = [drawn(layout, seed, plain=form != "drawn") for layout, seed in pairs]
    originals = {
        str(number): (pair[0].kind, drawing[0], pair[1])
        for number, (pair, drawing) in enumerate(zip(pairs, drawings, strict=True))
    }
    made = all_made_as(form, originals)
    files = [(f"form.{kind}", content) for kind, content in made.values()]
    results = read_all(files)
    for (layout, seed), (_, truth), result in zip(pairs, drawings, results, strict=True):
        print(".", end="", file=sys.stderr, flush=True)
        verdicts = tuple(judged(truth, result, form in PICTURED))
        status, reason = result["status"], result.get("reason") or ""
        held = layout.name in hidden
        yield Judged(
            layout.name, form, seed, status, verdicts, held, tuple(truth["habits"]), reason
        )


def _write_errors(found: Sequence[Judged]) -> None:
    ERRORS.parent.mkdir(parents=True, exist_ok=True)
    with ERRORS.open("w", encoding="utf-8") as file:
        for document in found:
            for verdict in document.verdicts:
                if verdict.what in COUNTED and not verdict.right:
                    line = json.dumps(as_line(document, verdict), ensure_ascii=False)
                    file.write(line + "\n")
    print(f"\nerrors: {ERRORS}", file=sys.stderr)


def _word(name: str) -> str:
    return os.environ.get(name, "").strip()


def _list(name: str) -> list[str]:
    return [part.strip() for part in _word(name).split(",") if part.strip()]


if __name__ == "__main__":
    main()
