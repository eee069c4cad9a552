"""What a person should know of a Word document beside its words: changes, and what was not read."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from parsers.readers.docx_looks import W
from parsers.reading import Unreadable
from triage.problem import Problem

CHANGED = Problem(
    "This document has tracked changes; it was read as if all were accepted",
    what_to_do="If an answer looks wrong, open the document and look at its changes.",
)
EMBEDDED = Problem(
    "Part of this Word document is another document embedded in it, which was not read",
    what_to_do="Ask the sender to open it in Word, save it again as .docx and resend it.",
    kind="unreadable",
)
OLD_CONTROLS = Problem(
    "This Word document has boxes or fields of a kind that is not read (ActiveX)",
    what_to_do="Open it in Word and compare the answers, or ask the sender for a PDF made from it.",
    kind="unreadable",
)
IN_PICTURES = Problem(
    "Among the answers of this Word document stand pictures, which were not read",
    what_to_do="Open it and look at them.",
)
DRAWN_OVER = Problem(
    "Something is drawn on this Word document, such as a ring or a line, which was not read",
    what_to_do="Open it and look at what was ringed or crossed out.",
)
PICTURES = Problem(
    "This Word document holds only pictures, such as a scanned form",
    what_to_do="Read it by eye, or ask the sender for the form as typed.",
    kind="unreadable",
)
_CHANGES = frozenset(
    W + name
    for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
)  # fmt: skip
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"
_INK = "{http://schemas.microsoft.com/office/word/2010/wordprocessingInk}contentPart"
_VML = "{urn:schemas-microsoft-com:vml}"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_IMAGE = _VML + "imagedata"
_RING = frozenset(_VML + name for name in ("oval", "line", "polyline", "curve"))
_LOOKED_FOR = (*_CHANGES, W + "altChunk", W + "control", _OLE, _PIC, _SHAPE, _INK, *_RING, _IMAGE)
_WORDS = (W + "t", W + "sym", W + "fldChar")
_LARGE = 3_000_000  # English metric units of a picture's side, 8 cm: no logo


def has_pictures(body: Element) -> bool:
    """Whether pictures or drawings stand in it."""
    return next(body.iter(W + "drawing", W + "pict", W + "object"), None) is not None


def refuse_what_is_embedded(body: Element) -> None:
    """For a document without words: raises Unreadable where another is embedded in it."""
    if next(body.iter(W + "altChunk"), None) is not None:
        raise Unreadable(EMBEDDED)


def notes(body: Element) -> tuple[Problem, ...]:
    """What is to be said of the document, each once."""
    return tuple(dict.fromkeys(_notes(body)))


def _notes(body: Element) -> Iterator[Problem]:
    for found in body.iter(*_LOOKED_FOR):
        if found.tag in _CHANGES:
            yield CHANGED
        elif found.tag == W + "control":
            yield OLD_CONTROLS
        elif found.tag in (W + "altChunk", _OLE):
            yield EMBEDDED
        elif found.tag in (_PIC, _IMAGE):
            if _is_answer(found):
                yield IN_PICTURES
        elif _is_ring(found) or _in_a_cell(found):
            yield DRAWN_OVER


def _is_ring(shape: Element) -> bool:
    """Drawn round something or by hand; a bare line or frame may be the form's own ornament."""
    if next(shape.iter(*_WORDS), None) is not None:
        return False
    kinds = [e.get("prst") for e in shape.iter(_A + "prstGeom")]
    by_hand = next(shape.iter(_A + "custGeom"), None) is not None
    return shape.tag in (_INK, _VML + "oval", _VML + "curve") or by_hand or "ellipse" in kinds


def _in_a_cell(shape: Element) -> bool:
    """Something drawn in a cell that is no empty text box."""
    if any(kind.get("txBox") for kind in shape.iter("{*}cNvSpPr")):
        return False
    cell = next(shape.iterancestors(W + "tc"), None)
    return cell is not None and next(shape.iter(*_WORDS), None) is None


def _is_answer(picture: Element) -> bool:
    """Large, or in a cell with nothing else, as a signature is; not a logo beside a title."""
    for around in picture.iterancestors():
        if around.tag == W + "drawing":
            sides = [int(e.get(s) or 0) for e in around.iter("{*}extent") for s in ("cx", "cy")]
            if sides and min(sides) > _LARGE:
                return True
        elif around.tag == W + "tc":
            alone = next(around.iter(*_WORDS), None) is None
            before, parent = around.getprevious(), around.getparent()
            first = before is None or before.tag != W + "tc"
            return alone and not (first and parent is not None and parent.tag == W + "tr")
    return False
