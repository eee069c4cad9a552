"""Files carried inside a PDF, as portfolios do: they are not read, so a person must know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pdfminer.pdftypes import resolve1

from parsers.readers.pdf_values import dict_of
from triage.problem import Problem

MOST_NODES = 200  # of the tree of names; also ends circles


def files_inside(catalog: Mapping[str, Any]) -> list[Problem]:
    """Says how many files there are, if any; their names may be children's and are not told."""
    count = _counted(dict_of(dict_of(catalog.get("Names")).get("EmbeddedFiles")))
    if not count:
        return []
    files = "a file" if count == 1 else f"{count} files"
    return [
        Problem(
            f"The PDF carries {files} inside it, not read by the service",
            what_to_do="open it in a PDF program and look at its attachments",
            kind="other",
        )
    ]


def _counted(tree: dict[str, Any]) -> int:
    nodes, count = [tree], 0
    for _ in range(MOST_NODES):
        if not nodes:
            break
        node = nodes.pop()
        names, kids = resolve1(node.get("Names")), resolve1(node.get("Kids"))
        count += len(names) // 2 if isinstance(names, list) else 0
        nodes += [dict_of(kid) for kid in kids] if isinstance(kids, list) else []
    return count
