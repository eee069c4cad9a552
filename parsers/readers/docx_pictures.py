"""A Word file that holds only pictures of a form: each is read as a scan, in their order."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from parsers.readers.docx_noted import PICTURES
from parsers.readers.docx_package import pictures_in
from parsers.readers.picture import read_picture
from parsers.reading import Block, Paragraph, Reading, Table, Unreadable
from triage.evidence import Evidence
from triage.problem import Problem

MOST_PAGES = 30
IN_WORD = Problem(
    "This Word document holds pictures of a form, which were read as a scan",
    what_to_do="Compare the answers with the pictures.",
)


def read_pictures(content: bytes) -> Reading:
    """What stands on the pictures of a Word file; a picture is a page.

    Raises Unreadable where none can be read, with what was amiss with the first.
    """
    blocks: list[Block] = []
    problems = [IN_WORD]
    refused: list[Problem] = []
    for number, picture in enumerate(islice(pictures_in(content), MOST_PAGES), start=1):
        try:
            reading = read_picture(picture)
        except Unreadable as why:
            refused.append(why.problem)
            continue
        blocks += [_on_page(block, number) for block in reading.blocks]
        problems += reading.problems
    if not blocks:
        raise Unreadable(refused[0] if refused else PICTURES)
    return Reading(tuple(blocks), "tesseract", problems=tuple(dict.fromkeys(problems + refused)))


def _on_page(block: Block, number: int) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, evidence=_moved(block.evidence, number))
    return _table_on_page(block, number)


def _table_on_page(table: Table, number: int) -> Table:
    cells = (
        replace(
            cell,
            evidence=_moved(cell.evidence, number),
            tables=tuple(_table_on_page(inner, number) for inner in cell.tables),
        )
        for cell in table.cells
    )
    return replace(table, cells=tuple(cells))


def _moved(evidence: Evidence, number: int) -> Evidence:
    return replace(evidence, page=number)
