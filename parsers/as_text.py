"""Text that is no document: its lines are read as a form's, or kept for their words.

An agency's reply often is a .txt file, and some mail programs turn a form into a web page. A
calendar entry or a contact card says nothing of its own; data is kept for its words.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from parsers.outcome import MOST_TEXT, DocumentRead
from parsers.readers.typed import typed
from parsers.readers.web_page import web_page
from parsers.reading import Reading

_REASONS = {
    "text": "This is plain text, not a form",
    "xml": "This is data (XML), not a form",
    "html": "This is a web page, not a form",
    "calendar": "This is a calendar entry, not a form",
    "contact": "This is a contact card, not a form",
}
_QUIET_KINDS = ("calendar", "contact")
_LINE_TAGS = {"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "dt", "dd"}


def reading_of(kind: str, content: bytes) -> Reading | None:
    """The structure of a text file or web page that may hold a form; None for other kinds."""
    if kind not in ("text", "html"):
        return None
    text = _decoded(content[: 4 * MOST_TEXT])
    if kind == "html":
        return web_page(text, "text-line", "web page")
    return typed(text, "text-line", "text file")


def as_text(kind: str, content: bytes) -> DocumentRead | None:
    """What is known of a text file of this kind, if it is no form; None for the other kinds."""
    if kind not in _REASONS:
        return None
    text = _decoded(content[: 4 * MOST_TEXT])
    if kind in ("html", "xml"):
        text = _without_tags(text)
    return DocumentRead(
        "not-a-form",
        _REASONS[kind],
        text=text[:MOST_TEXT],
        recognised_as=kind if kind in _QUIET_KINDS else "",
    )


def _decoded(content: bytes) -> str:
    """UTF-8 where it is, else what Windows writes; UTF-16 by its mark. Never an error."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


class _Words(HTMLParser):
    """The words between tags; scripts and styles are no words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new line before what begins one; nothing from here if the tag hides its words."""
        self._hidden += tag in ("script", "style")
        self.words.append("\n" if tag in _LINE_TAGS else "\t" if tag in ("td", "th") else "")

    def handle_endtag(self, tag: str) -> None:
        """Words count again after a script."""
        self._hidden -= bool(tag in ("script", "style") and self._hidden)

    def handle_data(self, data: str) -> None:
        """Words, white space single."""
        if not self._hidden:
            self.words.append(re.sub(r"\s+", " ", data))


def _without_tags(text: str) -> str:
    reader = _Words()
    reader.feed(text)
    reader.close()
    # A row begins with the tab of its first cell; those of empty cells at its end stay.
    lines = (line.strip(" ").removeprefix("\t") for line in "".join(reader.words).split("\n"))
    return "\n".join(line for line in lines if line.strip())
