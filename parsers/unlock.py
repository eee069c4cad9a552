"""Office documents behind a password: opened, in memory alone, with the one a person gave.

Word, Excel and PowerPoint files with a password are encrypted whole, inside an OLE file
(MS-OFFCRYPTO); msoffcrypto-tool knows how. It and what it loads come with the first such file.
"""

from __future__ import annotations

import binascii
import struct
from io import BytesIO
from xml.parsers.expat import ExpatError

from parsers.reading import Unreadable
from triage.passwords import locked_otherwise, not_opened
from triage.problem import Problem

_DAMAGED = Problem(
    "This Office document is protected by a password, and damaged",
    what_to_do="Ask the sender to send it again.",
    kind="unreadable",
)
# What a broken file makes msoffcrypto and olefile raise beside their own errors.
_UNFORESEEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, ExpatError, LookupError, OSError,
    RecursionError, TypeError, ValueError, binascii.Error, struct.error,
)  # fmt: skip


def unlocked(content: bytes, password: str) -> bytes:
    """The document in an encrypted Office file. Raises Unreadable for a wrong password too."""
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
    from msoffcrypto.format.ooxml import OOXMLFile

    try:
        file = OfficeFile(BytesIO(content))
        # Unverified, a wrong password would make noise of the document; the old formats verify.
        verify = {"verify_password": True} if isinstance(file, OOXMLFile) else {}
        file.load_key(password=password, **verify)
    except (InvalidKeyError, UnicodeEncodeError):
        raise Unreadable(not_opened()) from None
    except DecryptionError:
        raise Unreadable(locked_otherwise("This Office document")) from None
    except (FileFormatError, ParseError, *_UNFORESEEN):
        raise Unreadable(_DAMAGED) from None
    try:
        out = BytesIO()
        file.decrypt(out)
        return out.getvalue()
    except (DecryptionError, *_UNFORESEEN):  # the password was right
        raise Unreadable(_DAMAGED) from None


def asks_for_password(content: bytes) -> bool:
    """Whether a document of the old Office formats (.doc, .xls, .ppt) is encrypted."""
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, ParseError

    try:
        return bool(OfficeFile(BytesIO(content)).is_encrypted())
    except (DecryptionError, FileFormatError, ParseError, *_UNFORESEEN):
        return False  # damaged rather than locked: the old format is reason enough
