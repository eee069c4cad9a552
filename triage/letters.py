"""Letters: who decides that one leaves, and when it may. Start at acknowledgement() and verdict().

Nothing leaves before `live_from`; mail received before it is never answered. Requests and
chasers wait for a person by default, and leave on working days between 08:00 and 18:00.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from triage.correspondence import Correspondence
from triage.plain_words import day_in_words
from triage.today import LetterRules, Today
from triage.working_days import LONDON, Calendar, london_day

NO_PERSON = re.compile(
    r"(?:^|[._+-])(?:no|do[._-]?not|dont)[._-]?reply(?:$|[._+-])|"
    r"^(?:mailer-daemon|postmaster|bounces?)\b",
    re.IGNORECASE,
)
TO_AGENCIES = ("request", "chaser", "escalation")
OPENS, CLOSES = time(8), time(18)
HOUR = timedelta(hours=1)
OLD = timedelta(days=1)
"""Mail dated so long before letters went live is not answered by itself, whenever it arrived."""
BEFORE = "the mail it would answer came before letters went live: it is never sent"
SHADOW = "letters are not live: nothing is sent"
LIMIT_REACHED = "the limit is reached"
"""So ends the reason of a letter that a limit an hour holds back."""
RULE = "rule"
"""Who released a letter that left by itself, as the settings say."""

LetterState = Literal["draft", "waiting", "sent", "perhaps sent", "failed", "bounced", "cancelled"]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter for the outbox. It carries a reference, never a name or a story.

    `to` is a bare address. `answers_mail_of` is when the mail it answers was received (UTC); None
    if it answers none. `key` lets it be made only once. `contents`
    are the texts its template needs, and `in_reply_to`.
    """

    kind: str
    to: str
    answers_mail_of: datetime | None = None
    agency: str | None = None
    state: LetterState = "draft"
    why: str = ""
    key: str | None = None
    contents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter that waits to leave: who released it, and how many left like it in the last hour.

    The counts are of letters that left by rule: all, those of its case, those to its domain.
    """

    kind: str
    released_by: str
    answers_mail_of: datetime | None
    all_lately: int = 0
    of_case_lately: int = 0
    to_domain_lately: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a letter leaves now, later (`until`, UTC), never, or only once a person says so."""

    what: Literal["now", "later", "never", "ask"]
    why: str = ""
    until: datetime | None = None


def acknowledgement(
    mail: Correspondence, message: str, received_at: datetime, today: Today
) -> Letter | None:
    """The acknowledgement of a referral, unless there is nobody to whom it could go.

    Its key is the message it answers, however often that is filed.

    By itself only to senders our own server confirmed, or in the register of agencies.
    Source: RFC 3834 section 2: never to automatic mail, to lists, or to ourselves.
    """
    rules = today.letters
    person = mail.sender and not NO_PERSON.search(mail.sender.partition("@")[0])
    if (
        mail.kind != "ordinary"
        or not mail.answerable
        or not person
        or mail.sender in today.own_addresses
        or rules.acknowledgement == "never"
    ):
        return None
    contents = {"received_on": day_in_words(london_day(received_at))}
    if mail.message_id:
        contents["in_reply_to"] = mail.message_id
    agency = today.register.of_address(mail.sender)
    state, why = _first_state(mail, received_at, today, agency)
    key = f"answers {message}"
    return Letter("acknowledgement", mail.sender, received_at, agency, state, why, key, contents)


def _first_state(
    mail: Correspondence, received_at: datetime, today: Today, agency: str | None
) -> tuple[LetterState, str]:
    rules = today.letters
    if rules.live_from is None:
        return "draft", SHADOW
    if received_at < rules.live_from:
        return "cancelled", BEFORE
    if mail.sent_at is not None and mail.sent_at < rules.live_from - OLD:
        return "draft", "it is dated long before letters went live: it may be an old mail, moved"
    if rules.acknowledgement != "automatically":
        return "draft", "a person sends acknowledgements, as the settings say"
    if mail.authenticated is False:
        return "draft", "our mail server could not confirm the sender"
    if not (mail.authenticated or agency):
        return "draft", "the sender is neither confirmed by our mail server nor in the register"
    return "waiting", ""


def verdict(letter: Outgoing, rules: LetterRules, now: datetime, calendar: Calendar) -> Verdict:
    """Whether a released letter may leave at this moment (UTC)."""
    live = rules.live_from
    if live is None or now < live:
        return Verdict("later", SHADOW)
    if letter.answers_mail_of is not None and letter.answers_mail_of < live:
        return Verdict("never", BEFORE)
    if letter.released_by == RULE:
        if why := _may_have_left(letter, rules.restored_at, now):
            return Verdict("ask", why)
        over = _over(letter, rules)
        if over:
            return Verdict("later", over, now + HOUR / 4)
    if letter.kind in TO_AGENCIES and not working_hours(now, calendar):
        return Verdict("later", "leaves on working days between 08:00 and 18:00")
    return Verdict("now")


def _may_have_left(letter: Outgoing, restored_at: datetime | None, now: datetime) -> str:
    """Why a letter made after a restore may have left already, unknown to the backup; '' if not."""
    if restored_at is None:
        return ""
    if letter.answers_mail_of and letter.answers_mail_of < restored_at:
        return "its mail came before a backup was restored: it may have left"
    if letter.kind == "summary" and london_day(now) == london_day(restored_at):
        return "a backup was restored today: today's summary may have left before"
    return ""


def working_hours(now: datetime, calendar: Calendar) -> bool:
    """Whether agencies are written to at this moment: working days, 08:00 to 18:00 in London."""
    local = now.astimezone(LONDON)
    return calendar.is_working(local.date()) and OPENS <= local.time() < CLOSES


def leaves_on(now: datetime, calendar: Calendar) -> date:
    """The London day on which a letter to an agency leaves that is released at this moment."""
    local = now.astimezone(LONDON)
    if calendar.is_working(local.date()) and local.time() < CLOSES:
        return local.date()
    return calendar.add(local.date(), 1)


def _over(letter: Outgoing, rules: LetterRules) -> str:
    """Which limit of letters an hour is reached, '' if none: two machines may be talking."""
    if letter.kind in ("summary", "alert"):
        return ""
    limits = (
        (letter.of_case_lately, rules.most_per_case, "about one case"),
        (letter.to_domain_lately, rules.most_per_domain, "to one domain"),
        (letter.all_lately, rules.most_per_hour, "in all"),
    )
    for number, most, which in limits:
        if number >= most:
            return f"{most} letters an hour {which} have left by themselves: {LIMIT_REACHED}"
    return ""
