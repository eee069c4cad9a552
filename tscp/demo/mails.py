"""Fictitious e-mails as bytes, with the headers that real ones carry; alike whenever made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from tscp.demo.people import Professional

MAILBOX = "tscp@tscp.example"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {
    "docx": DOCX,
    "doc": "application/msword",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
DISCLAIMER = (
    "This e-mail and its attachments are confidential and meant for the addressee only. If you"
    " have received it in error please tell the sender and delete it."
)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file in a mail; `name` is the sender's."""

    name: str
    content: bytes

    @property
    def media_type(self) -> str:
        """By the ending of its name."""
        return MEDIA_TYPES.get(self.name.rpartition(".")[2].lower(), "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail that went off, as far as an answer to it needs to know."""

    message_id: str
    references: tuple[str, ...]
    sender: str
    subject: str
    body: str
    at: datetime
    content: bytes


def write(
    sender: Professional,
    at: datetime,
    subject: str,
    body: str,
    *,
    attached: Sequence[Attached | Sent] = (),
    answers: Sent | None = None,
    cc: Sequence[str] = (),
    html: bool = False,
    authenticated: bool = True,
    headers: Mapping[str, str] | None = None,
) -> Sent:
    """One mail to the partnership's mailbox, received at `at`."""
    text = body + signature(sender) + (quoted(answers) if answers else "")
    message = EmailMessage(policy=SMTP)
    if html:
        lines = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
        message.set_content(f"<html><body>{lines}</body></html>", subtype="html")
    else:
        message.set_content(text)
    for item in attached:
        attach(message, item)
    return sent(
        message,
        sender=f"{sender.name} <{sender.email}>",
        at=at,
        subject=subject,
        body=text,
        answers=answers,
        cc=cc,
        authenticated=authenticated,
        headers=headers,
    )


def attach(message: EmailMessage, item: Attached | Sent) -> None:
    """A file, or a whole mail as mail clients forward them."""
    if isinstance(item, Attached):
        main, sub = item.media_type.split("/")
        message.add_attachment(item.content, maintype=main, subtype=sub, filename=item.name)
        return
    inner = message_from_bytes(item.content, EmailMessage, policy=SMTP)
    message.add_attachment(inner, filename="Forwarded message.eml")


def sent(
    message: EmailMessage,
    *,
    sender: str,
    at: datetime,
    subject: str,
    body: str = "",
    answers: Sent | None = None,
    cc: Sequence[str] = (),
    authenticated: bool = True,
    headers: Mapping[str, str] | None = None,
) -> Sent:
    """The message with everything a mail picks up on its way."""
    written, domain = at - timedelta(seconds=40), sender.rpartition("@")[2].strip("<> ")
    identity = digest(f"{sender} {at.isoformat()} {subject}")
    message_id = f"<{identity}@{domain}>"
    references = (*answers.references, answers.message_id) if answers else ()
    trace = _trace(domain, identity, at)
    if authenticated:
        passed = f"spf=pass smtp.mailfrom={domain}; dkim=pass header.d={domain}; dmarc=pass"
        trace += [("Authentication-Results", f"mx.tscp.example; {passed}")]
    fields = [*trace, ("From", sender), ("To", MAILBOX)]
    fields += [("Cc", ", ".join(cc))] if cc else []
    fields += [("Subject", subject), ("Date", format_datetime(written))]
    fields += [("Message-ID", message_id)]
    if answers:
        fields += [("In-Reply-To", answers.message_id), ("References", " ".join(references))]
    content = serialised(message, [*fields, *(headers or {}).items()], identity)
    return Sent(message_id, references, sender, subject, body, at, content)


def _trace(domain: str, identity: str, at: datetime) -> list[tuple[str, str]]:
    """The two Received lines of a mail that went straight from one server to ours."""
    ours = f"from mail.{domain} (mail.{domain} [192.0.2.25]) by mx.tscp.example with ESMTPS"
    ours += f" id {identity[:12]} for <{MAILBOX}>; {format_datetime(at)}"
    theirs = f"from desk.{domain} by mail.{domain} with ESMTPSA id {identity[12:24]};"
    theirs += f" {format_datetime(at - timedelta(seconds=20))}"
    return [("Received", ours), ("Received", theirs)]


def serialised(message: EmailMessage, fields: Sequence[tuple[str, str]], identity: str) -> bytes:
    """The bytes: these fields before the message's own, boundaries that do not vary."""
    whole = EmailMessage(policy=SMTP)
    for name, value in fields:
        whole[name] = value
    for name, value in message.items():
        whole[name] = value
    whole.set_payload(message.get_payload())
    for number, part in enumerate(whole.walk()):
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_{identity}_{number}")
    return whole.as_bytes()


def digest(text: str) -> str:
    """A short identity for a mail."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def signature(who: Professional) -> str:
    """What stands under a mail."""
    if not who.role:
        return f"\n\n{who.name}\n"
    return (
        f"\n\nKind regards\n{who.name}\n{who.role}\n{who.agency_name}\nTel: {who.phone}\n\n"
        f"{DISCLAIMER}\n"
    )


def quoted(mail: Sent) -> str:
    """The mail answered, as Outlook puts it below."""
    return (
        f"\n________________________________\nFrom: {mail.sender}\n"
        f"Sent: {mail.at:%d/%m/%Y %H:%M}\nTo: {MAILBOX}\nSubject: {mail.subject}\n\n{mail.body}"
    )
