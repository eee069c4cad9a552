"""Why a kind of file is not read, and what a person can do about it."""

from __future__ import annotations

from triage.passwords import GIVE_IT
from triage.problem import Problem

_TYPED = "Ask the sender for the form as a Word document (.docx) or a PDF made from it."
_SAVE_AS = "Open it and save it as .docx, or ask the sender to."
_AS_RECIPIENT = "Open it in Outlook as the mailbox it was sent to, and save the form."
_OPEN = "Ask the sender for a copy without a password."
_READ = ("docx", "pdf", "image", "doc", "rtf", "odt")
_EXPLAINED: dict[str, tuple[str, str, str]] = {
    "empty": ("This file is empty", "Ask the sender to attach it again.", "unreadable"),
    "word xml": ("This is in an old Word format (.xml)", _SAVE_AS, "unreadable"),
    "odf": ("This is an OpenDocument file that is not a text", _TYPED, "unreadable"),
    "pages": ("This is an Apple Pages document", _TYPED, "unreadable"),
    "xls": ("This is a spreadsheet in the old Excel format (.xls)", _TYPED, "unreadable"),
    "xlsx": ("This is a spreadsheet, not a form", _TYPED, "unreadable"),
    "ppt": ("This is a presentation, not a form", _TYPED, "unreadable"),
    "pptx": ("This is a presentation, not a form", _TYPED, "unreadable"),
    "ole": ("This is in an old Office format", _TYPED, "unreadable"),
    "protected office": ("This Office document is protected by a password", GIVE_IT, "protected"),
    "protected old office": (
        "This document in an old Office format (.doc, .xls, .ppt) is protected by a password",
        GIVE_IT,
        "protected",
    ),
    "rights managed": (
        "This Office document is protected by rights management (a sensitivity label)",
        "Open it in Office as the mailbox it was sent to and save a copy without protection, or"
        " ask the sender for one.",
        "protected",
    ),
    "protected zip": ("This zip file is protected by a password", _OPEN, "protected"),
    "rpmsg": ("This is an encrypted message (.rpmsg)", _AS_RECIPIENT, "protected"),
    "encrypted mail": ("This is an encrypted message", _AS_RECIPIENT, "protected"),
    "signed mail": ("This is a signed message", "Open it in Outlook and save the form.", "other"),
    "msg": ("This is a message saved from Outlook (.msg)", "Open it and save the form.", "other"),
    "tnef": ("This is an Outlook attachment (winmail.dat)", _TYPED, "unreadable"),
    "eml": ("This is an e-mail, not a document", "Open it and save the form.", "other"),
    "zip": ("This is a zip file, not a document", "Open it and save the form.", "other"),
    "broken zip": ("This file is damaged or was cut short", "Ask for it again.", "unreadable"),
    "archive": ("This is an archive of a kind we do not open", _TYPED, "unreadable"),
    "calendar": ("This is a calendar entry, not a document", _TYPED, "unreadable"),
    "contact": ("This is a contact card, not a document", _TYPED, "unreadable"),
    "html": ("This is a web page, not a document", _TYPED, "unreadable"),
    "xml": ("This is data (XML), not a document", _TYPED, "unreadable"),
    "text": ("This is plain text, not a form", _TYPED, "unreadable"),
    "shortcut": (
        "This is only a shortcut to a file on the sender's computer",
        "Ask the sender to attach the file itself.",
        "unreadable",
    ),
    "lock file": (
        "This is a file Word makes while a document is open, not the document",
        "Ask the sender to close the document and attach it again.",
        "unreadable",
    ),
    "program": ("This is a program", "Do not open it; tell your IT team.", "unreadable"),
    "unknown": ("This is a file of an unknown kind", _TYPED, "unreadable"),
}
_LOCKED = ("protected office", "protected old office", "rights managed")
_NAMED = {
    ".docx": ("docx",), ".docm": ("docx",), ".dotx": ("docx",), ".pdf": ("pdf",),
    ".doc": ("doc",), ".rtf": ("rtf",), ".odt": ("odt",), ".xlsx": ("xlsx",), ".zip": ("zip",),
    ".jpg": ("image",), ".jpeg": ("image",), ".png": ("image",), ".tif": ("image",),
    ".tiff": ("image",), ".heic": ("image",),
}  # fmt: skip


def explain(kind: str, name: str = "") -> Problem | None:
    """Why this kind is not read and what a person can do; None for the kinds that are read.

    With a name that promises another kind, the Problem says that too.
    """
    if kind in _READ:
        return None
    what, cure, sort = _EXPLAINED.get(kind, _EXPLAINED["unknown"])
    ending = promise(name)
    if ending and kind not in (*_NAMED[ending], "empty", *_LOCKED):
        what = f"This file is not what its name ({ending}) says. {what}"
    return Problem(what, what_to_do=cure, kind=sort)


def misnamed(kind: str, name: str) -> Problem | None:
    """A note for a document that is read although its name promises another kind."""
    ending = promise(name)
    if not ending or kind in _NAMED[ending] or kind not in _READ:
        return None
    called = "picture" if kind == "image" else kind.upper()
    return Problem(f"This file is named {ending} but is a {called}; it was read as that")


def promise(name: str) -> str:
    """The ending of a name that says what kind of document it is; '' for any other."""
    ending = f".{name.rpartition('.')[2].lower()}"
    return ending if ending in _NAMED else ""
