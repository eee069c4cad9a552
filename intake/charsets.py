"""Bytes become text whatever their charset claims to be; encoded words (RFC 2047) too."""

from __future__ import annotations

import binascii
import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header

# What senders declare, and the superset that reads it as they meant it (WHATWG Encoding, 4.2).
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Text encodings of Python that are no charset of a mail, or are slow or dangerous on hostile bytes.
_NOT_CHARSETS = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"}
_ALIASES = {"iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "x-sjis": "shift_jis"}
_CHARSET_NAME = re.compile(r"[A-Za-z0-9_.:+-]{2,40}")
# Never in a text that is stored: NUL and lone surrogates are refused by databases and by UTF-8,
# the other control characters by XML.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def decode(content: bytes, charset: str = "") -> str:
    """The text of `content`: by its charset if that fits, else as UTF-8, else as Windows-1252."""
    for codec in (_codec(charset), "utf-8"):
        try:
            if codec:
                return tidy(content.decode(codec))
        except (UnicodeError, ValueError):
            continue
    return tidy(content.decode("cp1252", "replace"))


def tidy(text: str) -> str:
    """The text with one kind of line end and without what no store would take."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _NO_TEXT.sub("\ufffd", text)


def decode_words(text: str) -> str:
    """A header's text with its encoded words decoded; what cannot be decoded stays as sent."""
    if "=?" not in text:
        return text
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError, binascii.Error):
        return text
    return "".join(
        piece if isinstance(piece, str) else _piece(piece, charset) for piece, charset in pieces
    )


def _piece(piece: bytes, charset: str | None) -> str:
    # decode_header gives unencoded text as bytes that cannot hold anything but Latin-1 escapes.
    if charset is None:
        return piece.decode("raw_unicode_escape")
    return decode(piece, charset)


def _codec(charset: str) -> str:
    """The name of Python's codec for a charset, '' where there is none that may be used."""
    name = charset.strip().strip("'\"").lower()
    if not _CHARSET_NAME.fullmatch(name):
        return ""
    try:
        found = codecs.lookup(_ALIASES.get(name, name))
    except (LookupError, ValueError):
        return ""
    if not getattr(found, "_is_text_encoding", True) or found.name in _NOT_CHARSETS:
        return ""
    # us-ascii is what half-broken senders declare for anything: let UTF-8 be tried first.
    return "" if found.name == "ascii" else _SUPERSETS.get(found.name, found.name)
