"""Form fields and typed notes of a page, as words at their place.

pdfplumber draws no annotations, so nothing here stands on the page as text already. What a
field holds is its value, whether or not somebody also stored how it looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1

from parsers.readers.pdf_marks import Box, Look, Word
from parsers.readers.pdf_markup import Stretch, note_of, stretches
from parsers.readers.pdf_turn import Turn
from parsers.readers.pdf_values import dict_of, int_of, name_of, rich_text, text_of_value
from parsers.reading import TICKED, UNTICKED

DEEPEST = 32  # fields within fields; also ends circles
MOST = 5_000  # annotations a page
_HIDDEN = 0x02 | 0x20
_RADIO, _PUSH, _PASSWORD = 1 << 15, 1 << 16, 1 << 13
_FONT_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s+Tf")


class Fields:
    """The document's form fields, asked for page by page."""

    def __init__(self, catalog: dict[str, Any]) -> None:
        form = dict_of(catalog.get("AcroForm"))
        self.xfa = "XFA" in form
        self.strokes: list[Box] = []
        self.markings: list[Stretch] = []
        self.notes: list[Word] = []

    def on(self, page: PDFPage, turn: Turn, number: int) -> list[Word]:
        """Fields and notes of one page as words; pen strokes go to `strokes`, what
        a viewer's marker left to `markings`, comments to `notes`."""
        words = []
        self.strokes, self.markings, self.notes = [], [], []
        corner = page.mediabox[0], page.mediabox[1]
        for annotation in _annotations(page):
            box = _box(annotation, corner, page.rotate, turn)
            if box is None or int_of(annotation.get("F")) & _HIDDEN:
                continue
            if name_of(annotation.get("Subtype")) == "Ink":
                self.strokes.append(box)
                continue
            self.markings += stretches(
                annotation, lambda rect: _box({"Rect": rect}, corner, page.rotate, turn)
            )
            note = note_of(annotation, box, number)
            if note is not None:
                self.notes.append(note)
            found = _word(annotation, box, number)
            if found is not None:
                words.append(found)
        return words

    def shown(self, page: PDFPage, turn: Turn) -> Box:
        """The part of the page that viewers show, where it has a crop box of its own."""
        corner = page.mediabox[0], page.mediabox[1]
        box = _box({"Rect": list(page.cropbox)}, corner, page.rotate, turn)
        whole = tuple(page.cropbox) == tuple(page.mediabox)
        if whole or box is None or min(box[2] - box[0], box[3] - box[1]) < 36:
            return -inf, -inf, inf, inf
        return box


def _annotations(page: PDFPage) -> Iterator[dict[str, Any]]:
    listed = resolve1(page.annots)
    for item in listed[:MOST] if isinstance(listed, list) else ():
        annotation = dict_of(item)
        if annotation:
            yield annotation


def _word(annotation: dict[str, Any], box: Box, page: int) -> Word | None:
    kind = name_of(annotation.get("Subtype"))
    if kind == "FreeText":
        text = text_of_value(annotation.get("Contents")) or rich_text(annotation.get("RC"))
        return _note(annotation, text, box, page) if text.strip() else None
    if kind == "Widget":
        return _widget(annotation, box, page)
    return None


def _widget(annotation: dict[str, Any], box: Box, page: int) -> Word | None:
    line = list(_line(annotation))
    kind = name_of(_first(line, "FT"))
    flags = int_of(_first(line, "Ff"))
    name = _title(line)
    if kind == "Btn":
        if flags & _PUSH:
            return None
        text = TICKED if field_is_on(annotation) else UNTICKED
        side = min(box[2] - box[0], box[3] - box[1])
        middle = (box[1] + box[3]) / 2
        look = Look(entered=True, name=name)
        return Word(
            text, *box, base=middle + 0.35 * side, size=side, look=look, page=page, tick=True
        )
    if kind == "Ch":
        return _value_word(_chosen(line), box, page, name)
    if kind == "Sig":
        return _value_word(text_of_value(dict_of(_first(line, "V")).get("Name")), box, page, name)
    if kind != "Tx" or flags & _PASSWORD:
        return None
    text = text_of_value(_first(line, "V")) or rich_text(_first(line, "RV"))
    return _value_word(text, box, page, name)


def _note(annotation: dict[str, Any], text: str, box: Box, page: int) -> Word:
    """A typed note; its box is often larger than its text, which starts at the left."""
    found = _FONT_SIZE.search(text_of_value(annotation.get("DA")))
    size = min(max(float(found[1]) if found else 11.0, 6.0), 20.0)
    longest = max(len(line) for line in text.splitlines())
    right = min(box[2], box[0] + 4 + 0.6 * size * longest)
    return _value_word(text, (box[0], box[1], right, box[3]), page, "")


def _value_word(text: str, box: Box, page: int, name: str) -> Word:
    """A field's value in the field's box. A box of one line has its baseline in the middle,
    a tall one near its top."""
    height = box[3] - box[1]
    size = height * 0.6 if height < 24 else 10.0
    base = (box[1] + box[3]) / 2 + 0.35 * size if height < 24 else box[1] + 1.2 * size
    look = Look(entered=True, name=name)
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return Word(tidy, *box, base=base, size=size, look=look, page=page, field=True)


def _line(annotation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The widget, its field, and the fields above it, from which values are inherited."""
    current = annotation
    for _ in range(DEEPEST):
        yield current
        current = dict_of(current.get("Parent"))
        if not current:
            return


def _first(line: list[dict[str, Any]], key: str) -> Any:
    for level in line:
        value = resolve1(level.get(key))
        if value is not None:
            return value
    return None


def _title(line: list[dict[str, Any]]) -> str:
    """The tooltip that people see, else the field's own name."""
    tooltip = text_of_value(_first(line, "TU")).strip()
    if tooltip:
        return tooltip
    names = [text_of_value(level.get("T")).strip() for level in reversed(line)]
    return ".".join(name for name in names if name)


def field_is_on(annotation: dict[str, Any]) -> bool:
    """Whether a check box or radio button is chosen.

    What it shows (/AS) and what the field holds (/V) should agree. Programs that fill forms
    forget one or the other, so either will do, except that a radio group's own value decides.
    """
    line = list(_line(annotation))
    states = _states(annotation)
    shown = name_of(annotation.get("AS"))
    value = _state(_first(line, "V"))
    options = resolve1(_first(line, "Opt"))
    if value and value != "Off" and isinstance(options, list) and value not in states:
        texts = [text_of_value(resolve1(o)) for o in options]
        value = str(texts.index(value)) if value in texts else value
    if value and value in states:
        return True
    if int_of(_first(line, "Ff")) & _RADIO and value and value != "Off":
        return False if states else shown == value
    return bool(shown) and shown != "Off"


def _states(annotation: dict[str, Any]) -> set[str]:
    """The names of a button's 'on' looks."""
    looks = dict_of(dict_of(annotation.get("AP")).get("N"))
    return {str(state) for state in looks} - {"Off"}


def _state(value: Any) -> str:
    return name_of(value) or text_of_value(value)


def _chosen(line: list[dict[str, Any]]) -> str:
    """The chosen entries of a list as displayed, one a line."""
    value, listed = _first(line, "V"), _first(line, "Opt")
    options = listed if isinstance(listed, list) else []
    if value is None:  # some programs store only which of the entries
        places = _first(line, "I")
        places = [int_of(place) for place in places] if isinstance(places, list) else []
        value = [options[place] for place in places if 0 <= place < len(options)]
        value = [v[-1] if isinstance(v := resolve1(one), list) and v else one for one in value]
    values = value if isinstance(value, list) else [value]
    shown: dict[str, str] = {}
    for option in options:
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) == 2:
            shown[text_of_value(resolve1(pair[0]))] = text_of_value(resolve1(pair[1]))
    texts = [text_of_value(resolve1(v)) or name_of(v) for v in values]
    return "\n".join(shown.get(text, text) for text in texts if text.strip())


def _box(
    annotation: dict[str, Any], corner: tuple[float, float], rotate: int, turn: Turn
) -> Box | None:
    """The annotation's box in our coordinates, None for one without size or sense."""
    rect = resolve1(annotation.get("Rect"))
    numbers = [resolve1(n) for n in rect] if isinstance(rect, list) else []
    if len(numbers) != 4 or not all(isinstance(n, (int, float)) for n in numbers):
        return None
    x0, y0 = numbers[0] - corner[0], numbers[1] - corner[1]
    x1, y1 = numbers[2] - corner[0], numbers[3] - corner[1]
    ax, ay = _as_shown(x0, y0, rotate, turn)
    bx, by = _as_shown(x1, y1, rotate, turn)
    box = turn.box(ax, ay, bx, by)
    return box if box[2] - box[0] > 0.5 and box[3] - box[1] > 0.5 else None


def _as_shown(x: float, y: float, rotate: int, turn: Turn) -> tuple[float, float]:
    """A point of the unrotated page where the page's /Rotate puts it."""
    if rotate == 90:
        return y, turn.height - x
    if rotate == 180:
        return turn.width - x, turn.height - y
    if rotate == 270:
        return turn.width - y, x
    return x, y
