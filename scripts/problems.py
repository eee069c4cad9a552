"""Collects the sentences of every Problem that reading and opening can give, from the code itself.

A sentence is found where it is written: in `Problem(…)`, in a call to one of the functions that
make one, or in the table of kinds. What is filled in at run time is '…'.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAKERS = {"Problem", "damaged", "too_big", "_unreadable", "encrypted", "locked",
          "locked_otherwise", "crashed", "_elsewhere"}  # fmt: skip
"""Functions whose first argument is the beginning of such a sentence."""
BY_HAND = "by_hand.py"
"""Speaks of what staff type at the desk, not of documents."""


def sentences() -> dict[str, str]:
    """Each sentence, as staff see it, and the file it stands in."""
    found: dict[str, str] = {}
    for room in ("parsers", "intake"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if path.name != BY_HAND:
                tree = ast.parse(path.read_text(encoding="utf-8"))
                found |= dict.fromkeys(_in_file(tree), str(path.relative_to(ROOT)))
    path = ROOT / "triage/passwords.py"
    return found | dict.fromkeys(_in_file(ast.parse(path.read_text("utf-8"))), str(path.name))


def _in_file(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in MAKERS:
            first = next(iter(node.args), None) or _named(node, "what")
            yield from _told(_variable(tree, first) if first is not None else None)
        elif isinstance(node, ast.FunctionDef) and node.name in MAKERS:
            yield from (text for default in node.args.defaults for text in _told(default))
        elif isinstance(node, ast.AnnAssign) and _name(node.target) == "_EXPLAINED":
            for row in node.value.values if isinstance(node.value, ast.Dict) else ():
                yield from _told(row.elts[0] if isinstance(row, ast.Tuple) else None)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _named(call: ast.Call, name: str) -> ast.expr | None:
    return next((word.value for word in call.keywords if word.arg == name), None)


def _variable(tree: ast.Module, node: ast.expr) -> ast.expr:
    """`what` is set a line or two before: any text given to a variable of that name counts."""
    if not isinstance(node, ast.Name):
        return node
    values = [
        one.value
        for one in ast.walk(tree)
        if isinstance(one, ast.Assign) and _name(one.targets[0]) == node.id
    ]
    return ast.Tuple(values) if values else node


def _told(node: ast.expr | None) -> Iterator[str]:
    """The texts an expression can be; those that say nothing by themselves are left out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(p.value if isinstance(p, ast.Constant) else "…" for p in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (text for branch in (node.body, node.orelse) for text in _told(branch))
    elif isinstance(node, ast.Tuple):
        yield from (text for one in node.elts for text in _told(one))


if __name__ == "__main__":
    for sentence, where in sentences().items():
        print(f"{where}: {sentence}")
