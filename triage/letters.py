"""Which letter is due. Letters are drafts until a person, or a rule they trust, sends them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from triage.correspondence import Correspondence
from triage.today import Today

NO_PERSON = re.compile(r"^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to be kept in the outbox. It carries a reference, never a name or a story.

    `answers_mail_of` is when the mail it answers was received (UTC): a letter answering mail
    from before the service went live is never sent.
    """

    kind: str
    to: str
    answers_mail_of: datetime
    agency: str | None = None


def acknowledgement(mail: Correspondence, received_at: datetime, today: Today) -> Letter | None:
    """The acknowledgement of a referral, unless there is nobody to whom it could go.

    Source: RFC 3834 section 2: never to automatic mail, to lists, or to ourselves.
    """
    answerable = mail.kind == "ordinary" and mail.sender and not NO_PERSON.match(mail.sender)
    if not answerable or mail.sender in today.own_addresses:
        return None
    return Letter(
        "acknowledgement", mail.sender, received_at, today.register.of_address(mail.sender)
    )
