"""The text of a mail: from text/plain or HTML, and which of the two where there are both."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from intake.charsets import decode, tidy

LONGEST_TEXT = 5_000_000

_BLOCK_TAGS = """address article aside blockquote body center dd div dl dt fieldset figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_BREAKS_A_CELL = frozenset(("tr", "table", "blockquote"))
_UNSEEN = frozenset(("head", "script", "style", "title", "template", "noscript", "svg", "object"))
_QUOTE_CLASSES = re.compile(r"gmail_quote|moz-cite|protonmail_quote|yahoo_quoted", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CELL = re.compile(r"<td\b", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """One text part, decoded; `form` is what it is written in."""

    form: Literal["plain", "html"]
    source: str

    def plain(self, keep_link: Callable[[str], bool]) -> str:
        """As plain text; `keep_link` says which links' addresses are to be shown in it."""
        return self.source if self.form == "plain" else html_text(self.source, keep_link)

    def words(self) -> int:
        """About how many words a reader sees: tags are cut off, nothing is parsed."""
        seen = self.source if self.form == "plain" else _without_tags(self.source)
        return len(seen.split())


@dataclass(frozen=True, slots=True)
class PassedOn:
    """The text of a message attached to another, in one or two layouts.

    `path` names what it lay in, itself last. `html` is the text as laid out, '' if it was not.
    """

    path: tuple[str, ...]
    texts: tuple[str, ...]
    html: str = ""


def read_text(media_type: str, content: bytes, charset: str) -> Text:
    """A text/plain or text/html part."""
    content = content[:LONGEST_TEXT]
    if media_type != "text/html":
        return Text("plain", decode(content, charset))
    stated = None if charset else _META_CHARSET.search(content[:2000])
    return Text("html", decode(content, stated.group(1).decode("ascii") if stated else charset))


def better(alternatives: Sequence[tuple[Text, ...]]) -> tuple[Text, ...]:
    """Of a multipart/alternative's versions: plain text, unless it is a stub of the HTML one.

    RFC 2046, 5.1.4 puts the best last, but plain text is as its writer's program made it.
    """
    plain = [texts for texts in alternatives if any(text.form == "plain" for text in texts)]
    html = [texts for texts in alternatives if texts and texts not in plain]
    if not html or not plain:
        return (plain or html or [()])[0]
    stub = sum(map(Text.words, plain[0])) * 3 < sum(map(Text.words, html[-1]))
    return html[-1] if stub else plain[0]


def with_tables(html: str, texts: Sequence[Text]) -> str:
    """The HTML's words where it has tables and the plain text was taken instead; else ''."""
    plain = any(text.form == "plain" for text in texts)
    return html_text(html[:LONGEST_TEXT]) if plain and _CELL.search(html) else ""


def html_text(html: str, keep_link: Callable[[str], bool] = lambda _: False) -> str:
    """HTML as plain lines: a table's row is one line, its cells apart by tabs; quotes get '> '.

    Nothing is loaded. Text the reader of the mail would not see is left out.
    """
    page = _Page(keep_link)
    for event, element in etree.iterwalk(_tree(html), events=("start", "end")):
        if not isinstance(element.tag, str):  # an instruction or entity: only its tail is text
            if event == "end":
                page.write(element.tail)
        elif event == "start":
            page.start(element, element.tag)
        else:
            page.end(element, element.tag)
    # What is nested beyond the parser's measure is better with its tags cut off than not seen.
    return tidy(page.text() or _without_tags(html))


def _without_tags(html: str) -> str:
    """Once through the text: an expression for tags takes time by the square of open ones."""
    first, *others = html.split("<")
    seen = [first]
    for piece in others:
        tag, _, text = piece.partition(">")
        if tag[:5].lower() not in ("style", "scrip"):
            seen.append(text)
    return " ".join(seen).strip()


def _tree(html: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return etree.Element("html") if root is None else root


class _Page:
    """Lines under construction."""

    def __init__(self, keep_link: Callable[[str], bool]) -> None:
        self._keep_link = keep_link
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._unseen = 0
        self._cells = 0
        self._pre = 0

    def start(self, element: etree._Element, tag: str) -> None:
        if self._unseen or _is_unseen(element, tag):
            self._unseen += 1
            return
        if tag in ("td", "th"):
            if not self._cells and self._line:
                self._line.append("\t")
            self._cells += 1
        elif tag in _BLOCKS:
            self._block(tag)
        elif tag == "br":
            self._break()
        self._quotes += _is_quote(element, tag)
        self._pre += tag == "pre"
        self.write(element.text)

    def end(self, element: etree._Element, tag: str) -> None:
        if self._unseen:
            self._unseen -= 1
        else:
            if tag in ("td", "th"):
                self._cells -= 1
            elif tag in _BLOCKS:
                self._block(tag, keep_empty=tag == "p")
            elif tag == "a" and self._keep_link(element.get("href", "")):
                self._line.append(f" <{element.get('href')}>")
            self._quotes -= _is_quote(element, tag)
            self._pre -= tag == "pre"
        self.write(element.tail)

    def write(self, text: str | None) -> None:
        if self._unseen or not text:
            return
        if self._pre and not self._cells:
            first, *others = text.split("\n")
            self._line.append(first)
            for line in others:
                self._end_line(keep_empty=True)
                self._line.append(line)
        else:
            self._line.append(" ".join(text.split()).join(_edges(text)))

    def text(self) -> str:
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def _block(self, tag: str, keep_empty: bool = False) -> None:
        """Blocks inside a cell do not break its row's line; a layout table's rows do."""
        if self._cells and tag not in _BREAKS_A_CELL:
            self._line.append(" ")
        else:
            self._end_line(keep_empty)

    def _break(self) -> None:
        if self._cells:
            self._line.append(" ")
        else:
            self._end_line(keep_empty=True)

    def _end_line(self, keep_empty: bool = False) -> None:
        whole = "".join(self._line)
        if self._pre:
            line = whole.rstrip()
        else:
            line = "\t".join(" ".join(cell.split()) for cell in whole.split("\t")).rstrip()
        self._line.clear()
        if line or (keep_empty and self._lines and self._lines[-1].strip("> ")):
            self._lines.append("> " * self._quotes + line)


def _edges(text: str) -> tuple[str, str]:
    """The blanks at the ends of a run of text: they may part it from the next."""
    return (" " if text[0].isspace() else ""), (" " if text[-1].isspace() else "")


def _is_unseen(element: etree._Element, tag: str) -> bool:
    style = element.get("style")
    return tag in _UNSEEN or (style is not None and bool(_HIDDEN.search(style)))


def _is_quote(element: etree._Element, tag: str) -> bool:
    """A quoted mail, not an indented paragraph (Outlook indents by blockquote too)."""
    if tag != "blockquote":
        return False
    return element.get("type") == "cite" or bool(_QUOTE_CLASSES.search(element.get("class", "")))
