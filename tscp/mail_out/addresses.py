"""What may stand in an e-mail's header and envelope: one bare address, one line, one identifier.

Nothing here repeats what was refused: it may be somebody's address.
"""

from __future__ import annotations

import re

from triage.problem import Explained

LONGEST_ADDRESS = 254
"""In bytes; RFC 5321, 4.5.3.1.3 less the brackets of a path."""
LONGEST_LOCAL_PART = 64
LONGEST_IDENTIFIER = 900
_LOCAL = re.compile(r"[^\s()<>\[\]:;@\\,\".]+(?:\.[^\s()<>\[\]:;@\\,\".]+)*")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_SENDER = re.compile(r'\s*"?(?P<name>[^"<>]*?)"?\s*<(?P<address>[^<>]*)>\s*')
_IDENTIFIER = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")


class Unusable(Explained):
    """An address, sender, subject or identifier that no e-mail may carry: nothing was sent."""


def one_address(text: str, what: str = "The address of the letter") -> str:
    """The one bare address this is, its domain in lower case and ASCII (RFC 5890).

    Raises Unusable for anything else: a name, a list, a group, a comment, a control character,
    a domain without a dot (but 'localhost').
    """
    one_line(text, what)
    local, at, domain = text.rpartition("@")
    if not at or not _LOCAL.fullmatch(local):
        raise Unusable(f"{what} is not one plain e-mail address (name@organisation): correct it")
    domain = _domain(domain)
    if not domain:
        raise Unusable(f"{what} has no usable domain after the '@': correct it")
    address = f"{local}@{domain}"
    if len(local.encode()) > LONGEST_LOCAL_PART or len(address.encode()) > LONGEST_ADDRESS:
        raise Unusable(f"{what} is longer than any e-mail address may be: correct it")
    return address


def _domain(text: str) -> str:
    """'' if it is none."""
    try:
        domain = text.lower() if text.isascii() else text.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    labels = domain.split(".")
    dotted = len(labels) > 1 and not labels[-1].isdigit()
    usable = (dotted or domain == "localhost") and all(map(_LABEL.fullmatch, labels))
    return domain if usable else ""


def sender_of(text: str) -> tuple[str, str]:
    """The name ('' if none) and the bare address in 'TSCP <tscp@example.org>'.

    Raises Unusable, also for an address that not every mail server can carry (RFC 6531).
    """
    what = "The sender of our letters (smtp.sender)"
    one_line(text, what)
    found = _SENDER.fullmatch(text)
    name, inner = (found["name"], found["address"]) if found else ("", text)
    address = one_address(inner.strip(), what)
    if not address.isascii():
        raise Unusable(f"{what} must be written in plain letters (ASCII) before the '@'")
    return name, address


def one_line(text: str, what: str) -> str:
    """The text, if it holds no line end and nothing that does not print. Raises Unusable."""
    if not text.isprintable():
        raise Unusable(f"{what} holds a line end or a character that cannot be printed: correct it")
    return text


def identifier(text: str, what: str) -> str:
    """The text, if it is a Message-ID in its brackets (RFC 5322, 3.6.4). Raises Unusable."""
    if not is_identifier(one_line(text, what)):
        raise Unusable(f"{what} is not written as RFC 5322 wants it")
    return text


def is_identifier(text: str) -> bool:
    """Whether this can stand in Message-ID and In-Reply-To."""
    return len(text) <= LONGEST_IDENTIFIER and bool(_IDENTIFIER.fullmatch(text))
