"""Who wrote, when, and in answer to what: an e-mail as the domain sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

MailKind = Literal["ordinary", "automatic reply", "bounce", "newsletter", "calendar"]


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What an e-mail's headers and text say; nothing in it is trusted.

    `answerable`: one sender, no list, and no machine that says it is one (RFC 3834, 2).

    `sender` is the bare From address, lower case, '' if there is none that can be used.
    `message_id`, `in_reply_to` and `references` keep their angle brackets, as sent.
    `references` also names the mail that a delivery report is about; `returned` names it where it
    came back for good.
    `body` is the new text only (quoted mails, signatures and disclaimers cut off), `full_text`
    everything including quotes, both as plain text whatever the mail was written in;
    `attached_text` what messages attached to it say (it is in `full_text` too).
    `sent_at` is the Date header in UTC, None if missing or unusable.
    `authenticated` is what our own server said of SPF/DKIM/DMARC; None if it said nothing.
    """

    sender: str
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    answerable: bool = True
    kind: MailKind = "ordinary"
    body: str = ""
    full_text: str = ""
    attached_text: str = ""
    authenticated: bool | None = None
