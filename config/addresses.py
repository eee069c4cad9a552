"""E-mail addresses as settings give them: one bare address, or 'Name <address>'."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import Annotated

from pydantic import AfterValidator

_BARE = re.compile(r"[^\s@<>(),;:\\\"\[\]]+@[^\s@<>(),;:\\\"\[\]]+")


def bare(text: str) -> str:
    """The address alone. Raises ValueError saying what would be right."""
    address = parseaddr(text)[1] if text.isprintable() else ""
    if not _BARE.fullmatch(address) or len(address) > 254:
        raise ValueError('an e-mail address such as "manager@example.org"')
    return address


def sender(text: str) -> str:
    """The text as given, once it holds one address that every mail server can carry."""
    if not bare(text).isascii():
        raise ValueError("our own address is written in plain letters (ASCII)")
    return text


Address = Annotated[str, AfterValidator(bare)]
Sender = Annotated[str, AfterValidator(sender)]
