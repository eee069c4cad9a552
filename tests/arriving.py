"""E-mails that come in one after another and are processed, for tests of acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from itertools import count

from cases import AT

from intake.mailbox import RawMessage
from storage.register import RegisterLine
from tscp.acts.desk import Desk
from tscp.acts.look import see_message
from tscp.acts.poll import receive
from tscp.acts.process import process_waiting

REF, POLICE = "TSCP-2026-0001", "a@gmp.police.uk"
places = count()


def arrives(
    desk: Desk,
    body: str,
    files: Sequence[tuple[str, bytes]] = (),
    html: str = "",
    sender: str = POLICE,
    subject: str = f"Re: {REF}",
    swap: tuple[bytes, bytes] = (b"", b""),
    **fields: str,
) -> RegisterLine:
    """A mail quoting the case's reference comes in and is processed; its line of the register."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "tscp@tameside.gov.uk", subject
    number = next(places)
    mail["Message-ID"] = fields.pop("message_id", f"<{number}@x.example>")
    for name, value in fields.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, content in files:
        mail.add_attachment(content, "application", "octet-stream", filename=name)
    raw = RawMessage(f"place {number}", AT + timedelta(hours=1), mail.as_bytes().replace(*swap))
    registered = receive(desk, "tscp", raw)
    assert registered is not None
    list(process_waiting(desk))
    return see_message(desk, f"M-{registered[0]:06d}", "kim")
