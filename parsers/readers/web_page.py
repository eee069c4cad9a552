"""HTML as a Reading: a form in a mail's laid-out text, or a web page saved as a file.

Paragraphs with their looks and tables with their cells, as Word gives them. What a reader of the
page would not see is left out, and nothing is loaded. Tables that only place things on the page
(mail programs wrap whole mails in them) are no tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from parsers.readers.web_blocks import Held, Kept, begins_bold, web_blocks
from parsers.readers.web_looks import PLAIN, boxes, hidden, looked, shaded
from parsers.reading import Cell, Reading, Run, Table, Text, plain
from parsers.texts import cut, first_look, is_blank, joined, trimmed
from triage.evidence import Evidence

_TAGS = """address article aside blockquote body center dd div dl dt fieldset figure footer form
    h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody thead tfoot tr ul"""
_BLOCKS = frozenset(_TAGS.split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_WIDEST = 30  # columns and rows of one table that are kept apart
_HINT = 3  # words: fewer in italics are a stress in the answer itself
_DEEPEST = 60  # tags within tags; below, words are taken without their layout


def web_page(html: str, method: str, reader: str, keep: Kept = lambda words: True) -> Reading:
    """The structure of a page. `keep` says of a line's or row's words whether they count: of a
    mail its own text does, what it quotes does not."""
    page = _Walk(method)
    page.walk(_tree(html), PLAIN, 0)
    page.end()
    return Reading(tuple(web_blocks(page.held, method, keep)), reader)


def _tree(html: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return etree.Element("html") if root is None else root


class _Walk:
    """Lines and tables under construction."""

    def __init__(self, method: str) -> None:
        self.held: list[Held] = []
        self._method = method
        self._line: list[Run] = []
        self._lines: list[Text] = []  # of the present block, which breaks part
        self._heading = False

    def walk(self, element: etree._Element, look: Run, depth: int) -> None:
        """What an element holds, its tail not."""
        tag = element.tag
        if not isinstance(tag, str) or hidden(element):
            return
        if tag == "table" and depth < _DEEPEST:
            self._table(element, look, depth)
            return
        if tag in _BLOCKS:
            self.end()
            self._heading = tag in _HEADINGS
        inner = looked(element, look)
        if tag == "br":
            self._break()
        elif drawn := boxes(element):
            self._line.append(replace(inner, text=drawn[0], entered=drawn[1]))
        else:
            self.walk_inside(element, inner, depth)
        if tag in _BLOCKS:
            self.end(keep_empty=tag == "p")
            self._heading = False
            # Outlook's paragraphs stand close together; others are set apart.
            if tag == "p" and not element.get("class", "").startswith("Mso"):
                self.held.append(((), False))

    def _write(self, text: str | None, look: Run) -> None:
        if not text:
            return
        pre = look.name == "pre"
        for number, piece in enumerate(text.split("\n") if pre else [text]):
            if number:
                self._break()
            said = piece if pre else _single(piece)
            if said:
                self._line.append(replace(look, text=said, name=""))

    def _break(self) -> None:
        self._lines.append(trimmed(tuple(self._line)))
        self._line = []

    def end(self, keep_empty: bool = False) -> None:
        """The block so far is done: a label with the lines under it is one, others stand apart."""
        if self._line or keep_empty:
            self._break()
        lines = self._lines
        if len(lines) > 1 and begins_bold(lines[0]) and not any(map(begins_bold, lines[1:])):
            lines = [trimmed(joined([lines[0], *map(_hint_apart, lines[1:])], "\n"))]
        self.held += [(line, self._heading) for line in lines]
        self._lines = []

    def _table(self, element: etree._Element, look: Run, depth: int) -> None:
        self.end()
        rows = [row for row in element.iter("tr") if _of(row, "table") is element]
        grid = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        cells = [cell for row in grid for cell in row if not hidden(cell)]
        if _places(cells, grid):
            for cell in cells:
                inner = _Walk(self._method)
                inner.walk_inside(cell, looked(cell, look), depth + 1)
                inner.end()
                self.held += inner.held
            return
        self.held.append(_as_table(rows, grid, look, self._method, depth))

    def walk_inside(self, element: etree._Element, look: Run, depth: int) -> None:
        """The words and elements in an element, in order."""
        self._write(element.text, look)
        for child in element:
            if depth < _DEEPEST:
                self.walk(child, look, depth + 1)
            else:
                self._write("".join(child.itertext()), look)
            self._write(child.tail, look)


def _hint_apart(line: Text) -> Text:
    """A hint in italics under a label, the answer beside it: each a line of its own."""
    end = first_look(line, lambda run: run.italic)
    if len(plain(line)[:end].split()) < _HINT or end == len(plain(line)):
        return line
    return joined([cut(line, 0, end), trimmed(cut(line, end))], "\n")


def _single(text: str) -> str:
    """White space single, as a browser shows it; a hard space is one that is meant."""
    return re.sub(r"[ \t\n\r\f]+", " ", text).replace("\u00a0", " ")


def _of(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)


def _places(cells: Sequence[etree._Element], grid: Sequence[Sequence[etree._Element]]) -> bool:
    """Whether a table only places things: one column of cells that hold tables or whole pages."""
    if not cells or max(len([c for c in row if _says(c)]) for row in grid) > 1:
        return False
    many = any(sum(_says(part) for part in cell.iter("p", "div", "br")) > 1 for cell in cells)
    return any(cell.find(".//table") is not None for cell in cells) or (len(cells) == 1 and many)


def _says(element: etree._Element) -> bool:
    return element.tag == "br" or any(words.strip() for words in element.itertext())


def _as_table(
    rows: Sequence[etree._Element],
    grid: Sequence[Sequence[etree._Element]],
    look: Run,
    method: str,
    depth: int,
) -> Table:
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for r, (row, found) in enumerate(zip(rows, grid, strict=True)):
        column = 0
        for cell in found:
            if hidden(cell) or hidden(row):
                continue
            while (r, column) in taken:
                column += 1
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - r)
            taken |= {(r + y, column + x) for y in range(high) for x in range(wide)}
            held = _cell(cell, looked(row, look), method, depth)
            place = Evidence(cell=f"row {r + 1}, cell {column + 1}", method=method)
            shade = cell.tag == "th" or shaded(cell) or shaded(row)
            cells.append(Cell(r, column, held[0], place, high, wide, shade, held[1]))
            column += wide
    width = max((c.column + c.columns for c in cells), default=1)
    return Table(tuple(cells), max(1, len(rows)), width)


def _span(cell: etree._Element, name: str) -> int:
    said = cell.get(name, "1").strip()
    return min(max(int(said), 1), _WIDEST) if said.isascii() and said.isdigit() else 1


def _cell(
    cell: etree._Element, look: Run, method: str, depth: int
) -> tuple[Text, tuple[Table, ...]]:
    """A cell's lines joined by breaks; a nested table's rows are lines, cells apart by tabs."""
    walk = _Walk(method)
    walk.walk_inside(cell, looked(cell, look), depth + 1)
    walk.end()
    text: list[Run] = []
    nested: list[Table] = []
    for one in walk.held:
        texts = [_row_of(one, r) for r in range(one.rows)] if isinstance(one, Table) else [one[0]]
        nested += [one] if isinstance(one, Table) else []
        for line in texts:
            if not is_blank(line):
                text += [Run("\n"), *line] if text else line
    return tuple(text), tuple(nested)


def _row_of(table: Table, row: int) -> Text:
    runs: list[Run] = []
    for number, cell in enumerate(c for c in table.cells if c.row == row):
        runs += [Run("\t"), *cell.text] if number else cell.text
    return tuple(runs)
