"""Mailboxes in a From, To or Cc field (RFC 5322, 3.4), however they are written.

stdlib's reader recurses once a parenthesis and stumbles over group addresses and commas in
names that nobody quoted; this one goes through the text once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.charsets import decode_words

MOST_ADDRESSES = 500
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@\\]{1,64}@[^\s<>()\[\],;:\"@\\]{1,250}")
_COMMENT = re.compile(r"(?:(?<=\s)|^)\([^()]*\)(?=\s|$)")
_NESTED = re.compile(r"(?<=\()[^()]*\([^()]*\)[^()]*(?=\))")
_SPECIAL = re.compile(r'["(),;:<>\\]')


def mailboxes(text: str) -> list[tuple[str, str]]:
    """(name, address) of each mailbox, addresses in lower case; those without one left out."""
    found = list(_mailboxes(text))
    if not found and "=?" in text:  # some programs encode the whole field, address and all
        found = list(_mailboxes(decode_words(text)))
    return found[:MOST_ADDRESSES]


def _mailboxes(text: str) -> Iterator[tuple[str, str]]:
    kept = ""  # "Smith, Jane <…>": a name that was cut at its comma
    for item, group_begins in _items(text):
        angle = _in_angle(item)
        address = _whole(angle if angle is not None else _without_quotes(item))
        if not item.strip():
            continue
        if address is None or (kept and angle is None):
            kept = "" if angle is not None or group_begins else f"{kept}{item}, "
            continue
        name = (kept + item).split("<")[0] if angle is not None else _comment(item)
        kept = ""
        yield _name(name), address.lower().strip("'").rstrip(".'")


def _whole(text: str) -> str | None:
    """The address that this is. A part of it is none: 'jane smith@a.org' may be anybody's."""
    bare = _COMMENT.sub(" ", _NESTED.sub("", text)).strip()
    return bare if _ADDRESS.fullmatch(bare) else None


def _items(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at commas and at the marks of groups, outside quotes and parentheses.

    With each, whether it is the name of a group (RFC 5322, 3.4).
    """
    begun, quoted, depth, angle, skip = 0, False, 0, False, -1
    for mark in _SPECIAL.finditer(text):
        at, sign = mark.start(), mark.group()
        if at == skip:
            continue
        if sign == "\\":
            skip = at + 1
        elif sign == '"' and not depth:
            quoted = not quoted
        elif quoted:
            continue
        elif sign in "()":
            depth = max(0, depth + (1 if sign == "(" else -1))
        elif sign in "<>":
            angle = sign == "<"
        elif not depth and not angle:
            yield text[begun:at], sign == ":"
            begun = at + 1
    rest = text[begun:]
    # A quote that is never closed would swallow every address after it.
    for item in rest.split(",") if quoted or depth or angle else [rest]:
        yield item, False


def _in_angle(item: str) -> str | None:
    """What stands between the last angle brackets, None if there are none."""
    begun = item.rfind("<")
    return None if begun < 0 else item[begun + 1 :].split(">")[0].strip()


def _without_quotes(item: str) -> str:
    # "jane@a.org" as a quoted name is no address, but a wholly quoted address is.
    bare = re.sub(r'"[^"]*"', " ", item)
    return bare if "@" in bare else item.replace('"', " ")


def _comment(item: str) -> str:
    """The old way to give a name: jane@a.org (Jane Smith)."""
    found = re.search(r"\(([^()]*)\)", item)
    return found.group(1) if found else ""


def _name(text: str) -> str:
    name = decode_words(text.strip().strip('"').replace('\\"', '"'))
    return " ".join(name.split()).strip("'\"")[:200]
