"""What a page draws, without what no viewer shows: layers that are off.

pdfplumber's own device notes for every object the tags it stands under, which we do not need; it
knows neither layers nor invisible letters.
"""

from __future__ import annotations

from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfplumber.page import Page

from parsers.readers.pdf_values import dict_of, name_of

INVISIBLE = (3, 7)  # ways of drawing letters that leave no ink


class UnseenChar(LTChar):
    """A letter drawn without ink, as programs lay recognised words under a scan."""


class _Device(PDFPageAggregator):
    """Collects a page's objects, but not those of layers that are off."""

    def __init__(self, page: Page, off: set[str]) -> None:
        super().__init__(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
        self._off = off
        self._tags: list[bool] = []
        self._inkless = False

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        self._tags.append(name_of(tag) == "OC" and name_of(props) in self._off)

    def end_tag(self) -> None:
        if self._tags:
            self._tags.pop()

    def render_string(self, textstate: Any, *args: Any) -> None:
        self._inkless = textstate.render in INVISIBLE
        super().render_string(textstate, *args)

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        advance: float = super().render_char(*args, **kwargs)
        drawn = self.cur_item._objs
        if any(self._tags):
            drawn.pop()  # the letter moves the pen all the same
        elif self._inkless and drawn:
            drawn[-1].__class__ = UnseenChar
        return advance

    def render_image(self, *args: Any) -> None:
        if not any(self._tags):
            super().render_image(*args)

    def paint_path(self, *args: Any) -> None:
        if not any(self._tags):
            super().paint_path(*args)


def layout_of(page: Page) -> LTPage:
    """The page's objects in the order they are drawn."""
    device = _Device(page, _layers_off(page))
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    return device.get_result()


def _layers_off(page: Page) -> set[str]:
    """The names by which the page's drawing refers to layers that are off."""
    layers = dict_of(page.pdf.doc.catalog.get("OCProperties"))
    shown = dict_of(layers.get("D"))
    if not layers:
        return set()
    off = _ids(shown.get("OFF"))
    if name_of(shown.get("BaseState")) == "OFF":
        off = _ids(layers.get("OCGs")) - _ids(shown.get("ON"))
    names = dict_of(dict_of(page.page_obj.resources).get("Properties"))
    return {name for name, layer in names.items() if _is_off(layer, off)}


def _is_off(layer: Any, off: set[int]) -> bool:
    """Whether a layer is off; several together (a membership) are where all of them are."""
    if isinstance(layer, PDFObjRef) and layer.objid in off:
        return True
    members = dict_of(layer).get("OCGs")
    ids = _ids(members if isinstance(resolve1(members), list) else [members])
    return bool(ids) and ids <= off


def _ids(listed: Any) -> set[int]:
    found = resolve1(listed)
    return (
        {o.objid for o in found if isinstance(o, PDFObjRef)} if isinstance(found, list) else set()
    )
