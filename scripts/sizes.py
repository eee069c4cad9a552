"""Prints how long the project's files and functions are, and refuses files that grew too long.

A file or function is as long as its last line says: comments and docstrings count,
for they are read too.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("intake", "parsers", "triage", "storage", "config", "tscp")
LONGEST_FILE = 250
"""No file may be longer (docs/architecture.md)."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many lines something has."""

    lines: int
    what: str


def sources() -> Iterator[Path]:
    """Every Python file of the rooms."""
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def files() -> list[Size]:
    """The length of each file."""
    return [
        Size(len(path.read_text(encoding="utf-8").splitlines()), str(path.relative_to(ROOT)))
        for path in sources()
    ]


def functions() -> list[Size]:
    """The length of each function, methods and inner functions too, decorators not."""
    found = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                found.append(Size(lines, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"))
    return found


def share(sizes: Sequence[Size], tenths: int) -> int:
    """The length that so many tenths of them do not exceed."""
    ordered = sorted(size.lines for size in sizes)
    return ordered[max(0, -(-len(ordered) * tenths // 10) - 1)] if ordered else 0


def too_long() -> list[Size]:
    """The files that must be split by a noun of the field."""
    return [size for size in files() if size.lines > LONGEST_FILE]


def report(name: str, sizes: Sequence[Size]) -> str:
    """One line for `make check`."""
    longest = max(sizes, key=lambda size: size.lines, default=Size(0, "none"))
    return (
        f"{name:10} {len(sizes):5}   median {share(sizes, 5):3}   90 % {share(sizes, 9):3}"
        f"   longest {longest.lines:3}  {longest.what}"
    )


def main() -> int:
    """Print the report; 1 if a file is too long."""
    print(report("files", files()))
    print(report("functions", functions()))
    for size in too_long():
        print(f"{size.what} has {size.lines} lines; {LONGEST_FILE} is the most a file may have.")
    return 1 if too_long() else 0


if __name__ == "__main__":
    sys.exit(main())
