"""PDF values that may be anything: references, strings, names, streams, or nonsense."""

from __future__ import annotations

import re
from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

_TAG = re.compile(r"<[^>]*>")


def rich_text(value: Any) -> str:
    """Rich text without its tags."""
    text = text_of_value(value)
    return _TAG.sub("", re.sub(r"</p>|<br ?/?>", "\n", text)) if text else ""


def text_of_value(value: Any) -> str:
    """A PDF string, or a stream of text, as text."""
    value = resolve1(value)
    if isinstance(value, PDFStream):
        value = value.get_data()[:1_000_000]
    if isinstance(value, bytes):
        return str(decode_text(value))
    return value if isinstance(value, str) else ""


def name_of(value: Any) -> str:
    """A PDF name without its slash, '' for anything else."""
    value = resolve1(value)
    if isinstance(value, PSLiteral):
        return value.name if isinstance(value.name, str) else decode_text(value.name)
    return ""


def dict_of(value: Any) -> dict[str, Any]:
    """A dictionary or a stream's own, empty for anything else."""
    value = resolve1(value)
    if isinstance(value, PDFStream):
        value = value.attrs
    return value if isinstance(value, dict) else {}


def int_of(value: Any) -> int:
    """A whole number, 0 for anything else."""
    value = resolve1(value)
    return value if isinstance(value, int) else 0
