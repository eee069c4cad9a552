"""The inside of a Word paragraph as runs: what stands on the page once changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import _Element as Element

from parsers.readers.docx_controls import Control, Field, control_of, field_of, is_prompt
from parsers.readers.docx_looks import PLAIN, VAL, Look, Styles, W, leading, over
from parsers.readers.docx_marks import pair_up, symbol, unify
from parsers.reading import UNTICKED, Run

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CHOICES = MC + "AlternateContent"
SDT, CONTENT, RUN = W + "sdt", W + "sdtContent", W + "r"
TEXT, PROPERTIES = W + "t", W + "rPr"
# Deleted or moved-away text is no part of the document as accepted; the rest says nothing.
GONE = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr",
        "sectPr", "delText", "delInstrText", "rt", "annotationRef", "footnoteRef", "endnoteRef",
    )
)  # fmt: skip
_CHARACTERS = {
    W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}  # fmt: skip
_DRAWN = frozenset((W + "drawing", W + "pict", W + "object"))
TEXT_BOX = W + "txbxContent"


def chosen(alternatives: Element) -> Element | None:
    """One branch of an mc:AlternateContent: both say the same, so only the first with words."""
    branches = [b for b in alternatives if b.tag in (MC + "Choice", MC + "Fallback")]
    for branch in branches:
        if next(branch.iter(W + "t", W + "sym", W + "fldChar", SDT), None) is not None:
            return branch
    return branches[0] if branches else None


class Words:
    """Reads paragraph after paragraph; fields and controls may span several of them."""

    def __init__(self, styles: Styles, rendered: bool) -> None:
        self.styles = styles
        self.page = 1
        self.controls: list[Control] = []
        self.boxes: list[Element] = []  # text boxes met, for the caller to read afterwards
        self._rendered = rendered  # Word noted where pages ended when it was last laid out
        self._fields: list[Field] = []
        self._base: Look = PLAIN
        self._out: list[tuple[str, tuple[object, ...]]] = []
        self._first_page = 0

    def paragraph(self, element: Element, style: str) -> tuple[list[Run], int]:
        """The runs of a w:p, and the page its first word stands on."""
        self._base = self.styles.look(style)
        self._out, self._first_page = [], 0
        self._children(element)
        for field in self._fields:
            # Code never runs over a paragraph's end; a missing mark must not hide the rest.
            field.in_code = False
        runs = [Run(text, *marks) for text, marks in self._out]  # type: ignore[arg-type]
        return runs, self._first_page or self.page

    def leave_cell(self) -> None:
        """A field left open inside a cell ends with it."""
        self._fields.clear()

    def enter(self, sdt: Element) -> Iterator[Element]:
        """The content of a control, read as such while it is walked."""
        control = control_of(sdt)
        self.controls.append(control)
        yield from (one for one in sdt if one.tag == CONTENT)
        if control.tick:
            self._write(" ", self._base)
        self.controls.pop()

    def _children(self, element: Element) -> None:
        for one in element:
            tag = one.tag
            if tag == RUN:
                self._run(one)
            elif tag == SDT:
                for content in self.enter(one):
                    self._children(content)
            elif tag == CHOICES:
                branch = chosen(one)
                if branch is not None:
                    self._children(branch)
            elif tag == W + "fldSimple":
                self._simple_field(one)
            elif tag in _DRAWN:
                self._drawing(one)
            elif tag not in GONE and isinstance(tag, str):
                if tag.endswith("math}t"):
                    self._write(one.text or "", self._base)
                else:
                    self._children(one)

    def _simple_field(self, element: Element) -> None:
        field = field_of(element.find(W + "ffData"))
        field.in_code = False
        if "FORMTEXT" in (element.get(W + "instr") or ""):
            field.kind = "text"
        self._open(field)
        self._children(element)
        if field in self._fields:
            self._fields.remove(field)

    def _run(self, run: Element) -> None:
        look = self._base
        for one in run:
            tag = one.tag
            if tag == TEXT:
                self._write(one.text or "", look)
            elif tag == PROPERTIES:
                look = self._look(one)
            elif tag in _CHARACTERS:
                self._write(_CHARACTERS[tag], look)
            elif tag == W + "br":
                self._break(one, look)
            elif tag == W + "lastRenderedPageBreak":
                self.page += 1
            elif tag == W + "sym":
                self._symbol(one, look)
            elif tag == W + "fldChar":
                self._field(one)
            elif tag == W + "instrText":
                self._code(one)
            elif tag == CHOICES or tag in _DRAWN:
                self._drawing(one)
            elif tag == W + "ruby":
                self._children_of_base(one)

    def _children_of_base(self, ruby: Element) -> None:
        for base in ruby.iterchildren(W + "rubyBase"):
            self._children(base)

    def _look(self, properties: Element) -> Look:
        named = leading(properties, W + "rStyle")
        look = self._base
        if named is not None:
            style = self.styles.look(named.get(VAL) or "")
            # Each is on if either style says so; the font is the nearer one's.
            look = Look(*(a or b for a, b in zip(style, look, strict=True)))  # type: ignore[arg-type]
        return over(look, properties)

    def _break(self, element: Element, look: Look) -> None:
        if element.get(W + "type") == "page":
            self.page += not self._rendered
        else:
            self._write("\n", look)

    def _symbol(self, element: Element, look: Look) -> None:
        try:
            code = int(element.get(W + "char") or "", 16)
        except ValueError:
            return
        self._write(symbol(code, element.get(W + "font") or ""), look._replace(font=""))

    def _field(self, element: Element) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._open(field_of(element.find(W + "ffData")))
        elif self._fields and kind == "separate":
            self._fields[-1].in_code = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _open(self, field: Field) -> None:
        if field.shows and not any(outer.silent for outer in self._fields):
            self._write(field.shows, self._base, field)
        self._fields.append(field)

    def _code(self, element: Element) -> None:
        """Some programs leave out a form field's data; its code still tells what it is."""
        field, code = self._fields[-1] if self._fields else None, element.text or ""
        if field is None or field.kind:
            return
        if "FORMTEXT" in code:
            field.kind = "text"
        elif "FORMCHECKBOX" in code:
            self._fields.pop()
            self._open(Field("check", shows=UNTICKED))

    def _drawing(self, element: Element) -> None:
        """Text boxes are kept for later: on the page they stand beside this paragraph."""
        if element.tag == TEXT_BOX:
            self.boxes.append(element)
        elif element.tag == CHOICES:
            branch = chosen(element)
            if branch is not None:
                self._drawing(branch)
        else:
            for one in element:
                self._drawing(one)

    def _write(self, text: str, look: Look, field: Field | None = None) -> None:
        if look.hidden or (self._fields and any(outer.silent for outer in self._fields)):
            return
        if look.font or not text.isascii():
            text = unify(text, look.font)
        control = self.controls[-1] if self.controls else None
        if control is not None and control.tick and (text.strip() or text == " "):
            text, control.tick = control.box(text.strip()[:1]) + text.strip()[1:], ""
        if not text:
            return
        self._first_page = self._first_page or self.page
        marks = (*look[:6], *self._origin(text, field))
        if self._out and self._out[-1][1] == marks:
            self._out[-1] = (self._out[-1][0] + text, marks)
        else:
            self._out.append((text, marks))

    def _origin(self, text: str, field: Field | None) -> tuple[bool, bool, str]:
        """(entered, placeholder, name) of the nearest answer's box around this text."""
        prompt = is_prompt(text)
        if field is None and self._fields:
            field = next((f for f in reversed(self._fields) if f.kind == "text"), None)
        if field is not None:
            return True, prompt, field.name
        for control in reversed(self.controls):
            if control.entered:
                asks = control.placeholder or text.strip() in control.prompts
                return True, asks or prompt, control.name
        return False, prompt, ""


def joined(lines: list[list[Run]]) -> tuple[Run, ...]:
    """Lines as one text, a '\\n' between; filled shapes beside empty ones become ticks."""
    runs: list[Run] = []
    for number, line in enumerate(lines):
        if number:
            runs.append(Run("\n"))
        runs.extend(line)
    whole = "".join(run.text for run in runs)
    paired = whole if whole.isascii() else pair_up(whole)
    if paired == whole:
        return tuple(runs)
    at, result = 0, []
    for run in runs:
        result.append(replace(run, text=paired[at : at + len(run.text)]))
        at += len(run.text)
    return tuple(result)
