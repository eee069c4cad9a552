"""Small Readings written by hand, for tests of labelling and mapping without any document.

A text may be marked up: **bold**, __underlined__, ~~struck~~, ==highlighted==, //italic//,
{{entered in a form field}}. A cell that starts with '#' is shaded, with '>N ' spans N columns,
with 'vN ' spans N rows.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from parsers.read import read_reading
from parsers.reading import Cell, Paragraph, Reading, Run, Table
from parsers.vocabulary import load_vocabularies
from triage.evidence import Evidence

CONFIG = Path(__file__).resolve().parent.parent / "config"
FORMS = [CONFIG / "forms" / "sin_gm.toml", CONFIG / "forms" / "old_sscp.toml"]
_LOOKS = {
    "**": "bold", "__": "underlined", "~~": "struck", "==": "highlighted", "//": "italic",
}  # fmt: skip
_MARKUP = re.compile(r"(\*\*|__|~~|==|//|\{\{|\}\})")


@cache
def vocabularies():
    """The built-in vocabularies."""
    return load_vocabularies(FORMS)


@cache
def aliases():
    """Every name of an agency in the built-in register, with its id."""
    read = tomllib.loads((CONFIG / "agencies.toml").read_text(encoding="utf-8"))
    return {
        name: agency["id"]
        for agency in read["agency"]
        for name in (agency["id"], agency["name"], *agency["aliases"])
    }


def text(marked):
    """Runs from marked-up words."""
    runs, looks = [], set()
    for piece in _MARKUP.split(marked):
        if piece in _LOOKS:
            looks ^= {_LOOKS[piece]}
        elif piece == "{{":
            looks.add("entered")
        elif piece == "}}":
            looks.discard("entered")
        elif piece:
            runs.append(Run(piece, **dict.fromkeys(looks, True)))
    return tuple(runs)


def line(marked, heading=False):
    """A paragraph."""
    return Paragraph(text(marked), Evidence(page=1, method="test-line"), heading)


def head(words):
    """A paragraph styled as a heading."""
    return line(f"**{words}**", heading=True)


def table(*rows, ruled=True):
    """A table from rows of marked-up cells."""
    cells, width, taken = [], 0, set()
    for number, row in enumerate(rows):
        column = 0
        for marked in row:
            while (number, column) in taken:
                column += 1
            cell = _cell(marked, number, column)
            taken |= {
                (number + r, column + c) for r in range(cell.rows) for c in range(cell.columns)
            }
            cells.append(cell)
            column += cell.columns
        width = max(width, column)
    return Table(tuple(cells), len(rows), width, ruled)


def _cell(marked, row, column):
    shaded = marked.startswith("#")
    marked = marked.removeprefix("#")
    spans = {">": 1, "v": 1}
    while match := re.match(r"([>v])(\d+) ?", marked):
        spans[match[1]] = int(match[2])
        marked = marked[match.end() :]
    where = Evidence(page=1, cell=f"row {row + 1}, cell {column + 1}", method="test-table")
    return Cell(row, column, text(marked), where, spans["v"], spans[">"], shaded)


def reading(*blocks, margin=()):
    """A document of these blocks; a plain string is a paragraph."""
    made = tuple(line(block) if isinstance(block, str) else block for block in blocks)
    return Reading(made, "python-docx", tuple(line(words) for words in margin))


def read(*blocks, margin=(), name="form.docx"):
    """What the whole room makes of these blocks."""
    return read_reading(name, reading(*blocks, margin=margin), vocabularies(), aliases())


def values(row):
    """Key -> value of a row of answers, those without a value left out."""
    return {key: answer.value for key, answer in row.items() if answer.value is not None}
