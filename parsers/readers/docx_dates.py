"""Dates that a program sets by itself to the day the document is opened."""

from __future__ import annotations

from lxml.etree import _Element as Element

from parsers.readers.docx_looks import W
from triage.problem import Problem

MOVING = Problem(
    "A date in this document is set by itself to the day it is opened; it was not read",
    what_to_do="Ask the sender which day was meant.",
)
_CODES = ("DATE", "TIME")
_RUN, _TYPE = W + "r", W + "fldCharType"


def without_todays(body: Element) -> bool:
    """Takes away what such fields show; whether there were any.

    For a document that LibreOffice has written anew: Word keeps what the sender last saw, but
    LibreOffice puts in the day of today, which would be a wrong answer that looks right.
    """
    codes = [code for code in body.iter(W + "instrText") if _moves(code.text)]
    simple = [one for one in body.iter(W + "fldSimple") if _moves(one.get(W + "instr"))]
    for code in codes:
        run = code.getparent()
        for later in () if run is None else run.itersiblings(_RUN):
            if any(mark.get(_TYPE) == "end" for mark in later.iter(W + "fldChar")):
                break
            _empty(later)
    for one in simple:
        _empty(one)
    return bool(codes or simple)


def _moves(code: str | None) -> bool:
    return (code or "").split()[:1] in [[name] for name in _CODES]


def _empty(element: Element) -> None:
    for text in element.iter(W + "t"):
        text.text = ""
