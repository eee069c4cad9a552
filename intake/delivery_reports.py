"""What a mail system says of a mail of ours: which one, and whether it came back for good.

Sources: RFC 3464 and RFC 6533 (reports), RFC 3462 (what they carry), and what Exchange, Gmail, exim
and qmail send, who do not always keep to them.
"""

from __future__ import annotations

import re

from intake.headers import in_reply_to, message_id, references
from intake.mime import Entity, read_entity
from triage.correspondence import MailKind

STATUS = ("message/delivery-status", "message/global-delivery-status")
HEADERS = ("text/rfc822-headers", "message/global-headers")
RETURNED = ("message/rfc822", "message/global", *HEADERS)
MACHINE_TEXT = (*STATUS, *HEADERS, "message/disposition-notification")
"""Written for machines, about a message of ours: text, not documents."""
LONGEST = 200_000
_NOT_FAILED = {"delivered", "relayed", "expanded", "delayed"}
_ACTION = re.compile(r"(?mi)^action:\s*(\w+)")
_CODE = re.compile(r"(?mi)^status:\s*([245])\.")
# In a report that is plain text, our mail follows with its header (exim, qmail, Exchange's
# "Original message headers").
_QUOTED_ID = re.compile(r"(?mi)^[ \t>]*message-id:\s*(<[^<>\s]{1,900}>)")


def report(message: Entity) -> str:
    """'delivery-status', 'disposition-notification', another report's type, or ''."""
    if message.media_type != "multipart/report":
        return ""
    types = {part.media_type for part in message.parts}
    if types.intersection(STATUS):
        return "delivery-status"
    if "message/disposition-notification" in types:
        return "disposition-notification"
    return message.parameters.get("report-type", "").lower()


def nothing_failed(message: Entity) -> bool:
    """Whether a delivery report tells of success or delay only: the mail has not come back."""
    said = "\n".join(
        part.content()[:LONGEST].decode("latin-1")
        for part in message.parts
        if part.media_type in STATUS
    )
    actions = {action.lower() for action in _ACTION.findall(said)}
    if actions:
        return actions <= _NOT_FAILED
    return set(_CODE.findall(said)) in ({"2"}, {"4"}, {"2", "4"})


def reported_on(message: Entity, kind: MailKind, full_text: str) -> tuple[str, ...]:
    """The Message-IDs of the mails that a report is about; () for any other mail."""
    if kind != "bounce" and report(message) != "delivery-status":
        return ()
    parts = [part for part in message.walk() if part.media_type in RETURNED]
    found = [message_id(read_entity(part.content()[:LONGEST]).fields) for part in parts]
    carried = tuple(dict.fromkeys(one for one in found if one and one.startswith("<")))
    if carried:
        return carried
    quoted = _QUOTED_ID.search(full_text[:LONGEST])
    if quoted:
        return (quoted.group(1),)
    # The last reference is the mail itself, those before it are its thread.
    return in_reply_to(message.fields)[:1] or references(message.fields)[-1:]
