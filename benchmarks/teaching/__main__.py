"""Prints how each of the three forms is read before teaching, with the draft, and when taught."""

from __future__ import annotations

import argparse
import difflib
import json
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.teaching.drawn import DRAWN, document, file_name
from benchmarks.teaching.measured import Score, alike, compared, score
from benchmarks.teaching.sheets import truth
from parsers.identify import identify
from parsers.learning import learn
from parsers.learning_draft import draft
from parsers.read import as_json, read_document
from parsers.readers import READERS
from parsers.vocabulary import Vocabulary, load_vocabularies
from tscp.compose import FORMS, HERE
from tscp.demo.filling import fill
from tscp.demo.incidents import incidents
from tscp.registers import agencies_of

TAUGHT = Path(__file__).with_name("taught")
FILLED = 8


def main() -> int:
    """The table; with --errors what was misread."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.teaching")
    parser.add_argument("--errors", action="store_true", help="every answer that is not right")
    parser.add_argument("--drafts", type=Path, help="write blanks and drafts into this folder")
    args = parser.parse_args()
    print(f"{'form':<10}{'vocabulary':<12}{'F1':>7}{'wrong, sure':>13}{'kept':>8}{'edits':>8}")
    for name in DRAWN:
        drafted = drafted_from_blank(name)
        if args.drafts:
            (args.drafts / file_name(name)).write_bytes(document(name, None))
            (args.drafts / f"{name}.draft.toml").write_text(drafted, encoding="utf-8")
        taught = TAUGHT / f"{name}.toml"
        edited = taught.read_text(encoding="utf-8") if taught.is_file() else drafted
        for what, text in (("built-in", ""), ("draft", drafted), ("taught", edited)):
            total = measured(name, vocabularies(text), args.errors)
            edits = edited_lines(drafted, text) if what == "taught" else 0
            print(
                f"{name:<10}{what:<12}{total.f1:>7.3f}{total.confident:>13}"
                f"{total.kept:>5}/{total.to_keep}{edits:>8}"
            )
    return 0


def drafted_from_blank(name: str) -> str:
    """What `tscp forms learn` writes for the blank."""
    blank = document(name, None)
    reading = READERS[identify(file_name(name), blank)](blank)
    return draft(learn(reading, load_vocabularies(FORMS)[-1]), name)


def vocabularies(text: str) -> tuple[Vocabulary, ...]:
    """The built-in ones, with a taught one beside if there is one."""
    if not text:
        return load_vocabularies(FORMS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "taught.toml"
        path.write_text(text, encoding="utf-8")
        return load_vocabularies([*FORMS, path])


def measured(name: str, words: Sequence[Vocabulary], errors: bool = False) -> Score:
    """The score over the filled forms of one layout."""
    aliases = agencies_of([HERE / "agencies.toml"]).aliases()
    total = Score()
    for seed, theme in enumerate(list(incidents())[:FILLED]):
        form = fill(f"teaching {seed}", theme, date(2026, 3, 4) + timedelta(seed)).form
        read = read_document(file_name(name), document(name, form), words, aliases)
        shown = as_json(read, file_name(name))
        right = truth(name, form)
        total += score(shown, right)
        if errors:
            for got, want, path in compared(shown, right):
                value = got and got["value"]
                if not (alike(value, want) or (value is None and want is None)):
                    told = json.dumps([value, want], ensure_ascii=False)[:150]
                    print(f"  {theme}: {path}: {told}", file=sys.stderr)
    return total


def edited_lines(drafted: str, taught: str) -> int:
    """How many lines of the draft a person changed, notes left aside."""
    one, two = (
        [line.partition("  #")[0] for line in text.splitlines() if not line.startswith("#")]
        for text in (drafted, taught)
    )
    changed = difflib.unified_diff(one, two, n=0, lineterm="")
    tomllib.loads(taught)
    return sum(line.startswith("+") and not line.startswith("+++") for line in changed)


if __name__ == "__main__":
    sys.exit(main())
