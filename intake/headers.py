"""What a message's header fields say: who, to whom, when, about what, in answer to what."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from intake.addresses import mailboxes
from intake.charsets import decode_words
from intake.fields import Fields
from intake.mime import read_entity

LONGEST_SUBJECT = 1_000
MOST_REFERENCES = 100
_IDENTIFIER = re.compile(r"<([^<>]{1,1000})>")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
# A message has at least one of these; any text with colons has other "fields".
_KNOWN = """from to cc subject date message-id received return-path sender mime-version content-type
    content-disposition reply-to delivered-to in-reply-to references"""
_OF_A_MESSAGE = frozenset(_KNOWN.split())


def is_message(fields: Fields) -> bool:
    """Whether these are the fields of a message at all."""
    return any(name in _OF_A_MESSAGE for name, _ in fields.items)


HEADERS_AT_MOST = 200_000
"""Bytes of a message that are looked at for its fields alone."""


def headers_of(content: bytes) -> tuple[str | None, str, str, str]:
    """Message-ID, sender's address and name, and subject of a message that is not opened."""
    fields = read_entity(content[:HEADERS_AT_MOST]).fields
    name, address = sender(fields)
    return message_id(fields), address, name, subject(fields)


def sender(fields: Fields) -> tuple[str, str]:
    """The name and address of the first From that has one; ('', '') if none can be used."""
    for text in fields.all("from"):
        for name, address in mailboxes(text):
            return name, address
    return "", ""


def recipients(fields: Fields) -> tuple[str, ...]:
    """The addresses in To and Cc, each once."""
    texts = fields.all("to") + fields.all("cc")
    return tuple(dict.fromkeys(address for text in texts for _, address in mailboxes(text)))


def subject(fields: Fields) -> str:
    """The subject, decoded, on one line."""
    decoded = decode_words(fields.first("subject"))
    return " ".join(decoded.split())[:LONGEST_SUBJECT]


def sent_at(fields: Fields) -> datetime | None:
    """The Date field in UTC; None where it is missing, has no zone, or is absurd."""
    return date(fields.first("date"))


def date(text: str) -> datetime | None:
    """A date as RFC 5322, 3.3 writes it, in UTC; None where it says no usable instant."""
    text = text[:100].strip()
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    if found.tzinfo is None:
        # "-0000" says that the time is UTC and the sender's zone unknown; no zone says nothing.
        if "-0000" not in text:
            return None
        found = found.replace(tzinfo=UTC)
    try:
        found = found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if _EARLIEST <= found <= _LATEST else None


def message_id(fields: Fields) -> str | None:
    """The Message-ID as sent, the first if several, None if there is none."""
    text = decode_words(fields.first("message-id")).strip()
    found = _IDENTIFIER.search(text)
    if found:
        return "<" + "".join(found.group(1).split()) + ">"
    return text[:998] or None


def in_reply_to(fields: Fields) -> tuple[str, ...]:
    """The messages this one answers."""
    return _identifiers(fields.all("in-reply-to"))


def references(fields: Fields) -> tuple[str, ...]:
    """The thread before this message, oldest first; of a very long one the start and the end."""
    found = _identifiers(fields.all("references"))
    if len(found) <= MOST_REFERENCES:
        return found
    return found[:1] + found[1 - MOST_REFERENCES :]


def _identifiers(texts: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    for text in map(decode_words, texts):
        # Blanks inside the brackets come from folding a long one (RFC 5322, 2.2.3).
        whole = ["".join(inner.split()) for inner in _IDENTIFIER.findall(text)]
        rest = re.sub(r"[<>,;\"']", " ", _IDENTIFIER.sub(" ", text)).split()
        found += [f"<{inner}>" for inner in whole if inner]
        # "jane@a.org's message of Monday" is prose; only what looks like an identifier counts.
        found += [f"<{word}>" for word in rest if re.fullmatch(r"[^@\s]+@[^@\s]+", word)]
    return tuple(dict.fromkeys(found))


def introduction(fields: Fields) -> str:
    """The lines that stand above a forwarded message."""
    lines = (
        ("From", " ".join(filter(None, sender(fields)))),
        ("Date", fields.first("date")[:100]),
        ("Subject", subject(fields)),
    )
    return "\n".join(f"{title}: {text}" for title, text in lines)
