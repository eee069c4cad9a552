"""What leaves, as words: subject, plain text, and HTML that loads nothing; and as an e-mail.

Each kind of letter has two templates, KIND.txt (its first line is the subject) and KIND.html.
"""

from __future__ import annotations

import textwrap
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import Path

from jinja2 import (
    BaseLoader,
    Environment,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)

from triage.plain_words import counted, day_in_words
from triage.problem import Explained
from triage.summary import Due, Outstanding, Summary
from triage.working_days import LONDON
from tscp.mail_out.addresses import Unusable as Unusable
from tscp.mail_out.addresses import identifier, is_identifier, one_address, one_line, sender_of

LINE = 78
"""Columns of the plain text (RFC 5322, 2.1.1)."""
_SUBJECT = "Subject: "
# Seven bits, so that every mail server can carry it as it is.
_POLICY = EmailPolicy(linesep="\r\n", cte_type="7bit")


class TemplateWrong(Explained):
    """A template has a mistake; the text names the file and the line."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words. The subject is one line; the text has at most 78 columns."""

    subject: str
    text: str
    html: str


def rendered(
    kind: str, values: Mapping[str, str], base_url: str = "", templates: Environment | None = None
) -> Rendered:
    """The letter of this kind (acknowledgement, request, chaser, escalation, thanks, alert).

    `values` are what its template asks for, as texts for people; see SAMPLES in
    templates_checked.py. Raises TemplateWrong, also for a value that is missing.
    """
    return _rendered(kind, {**values, "base_url": base_url}, templates or ENVIRONMENT)


def summary_mail(
    summary: Summary, base_url: str = "", templates: Environment | None = None
) -> Rendered:
    """The daily summary. Raises TemplateWrong."""
    return _rendered("summary", {"s": summary, "base_url": base_url}, templates or ENVIRONMENT)


def email_of(
    rendered: Rendered,
    to: str,
    sender: str,
    message_id: str,
    now: datetime,
    in_reply_to: str | None,
    automatic: bool,
) -> EmailMessage:
    """The e-mail to one bare address, from 'TSCP <tscp@example.org>'; `now` in any zone.

    `automatic`: no person released it. An `in_reply_to` that is no identifier, as some programs
    write them, is left out. Raises Unusable, also for line ends or the like in any of these.
    """
    message = EmailMessage(policy=_POLICY)
    ours = _address(*sender_of(sender))
    message["From"] = message["Reply-To"] = ours
    message["To"] = _address("", one_address(to))
    message["Subject"] = one_line(rendered.subject, "The subject of the letter")
    message["Date"] = now.astimezone(LONDON)
    message["Message-ID"] = identifier(message_id, "The letter's own identifier")
    answers = one_line(in_reply_to or "", "The identifier of the mail that this letter answers")
    if is_identifier(answers):
        message["In-Reply-To"] = message["References"] = answers
    _say_that_it_is_automatic(message, bool(automatic and answers))
    message.set_content(rendered.text)
    message.add_alternative(rendered.html, subtype="html")
    message["Content-Language"] = "en-GB"
    return message


def _say_that_it_is_automatic(message: EmailMessage, is_answer: bool) -> None:
    """So that no machine answers it (RFC 3834, 3.1.7 and 5).

    X-Auto-Response-Suppress (MS-OXCMAIL, 2.1.3.2.20) names all but NDR: 'All' would keep from us
    that a letter did not arrive. No Precedence: RFC 3834 does not rely on it, and filters take
    'bulk' for advertising.
    """
    message["Auto-Submitted"] = "auto-replied" if is_answer else "auto-generated"
    message["X-Auto-Response-Suppress"] = "DR, RN, NRN, OOF, AutoReply"


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)


def templates_from(loader: BaseLoader) -> Environment:
    """The templates a loader finds, with the filters they use. A missing value is an error."""
    templates = Environment(
        loader=loader,
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,  # of what is included
    )
    templates.filters.update(day=day_in_words, short=_short, time=_time, fold=_fold)
    templates.globals.update(counted=counted, left=_left, outstanding=_outstanding)
    return templates


def _rendered(kind: str, values: Mapping[str, object], templates: Environment) -> Rendered:
    text = _filled_in(f"{kind}.txt", values, templates)
    first, _, rest = text.lstrip().partition("\n")
    if not first.startswith(_SUBJECT):
        raise TemplateWrong(f"{kind}.txt, line 1: must say '{_SUBJECT}…'")
    body = "\n".join(_folded(line) for line in rest.strip("\n").splitlines())
    html = _filled_in(f"{kind}.html", values, templates)
    return Rendered(first.removeprefix(_SUBJECT).strip(), f"{body}\n", f"{html.strip()}\n")


def _filled_in(name: str, values: Mapping[str, object], templates: Environment) -> str:
    try:
        return templates.get_template(name).render(values)
    except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
        file, line = _where(error, name)
        raise TemplateWrong(f"{file}, line {line}: {error}") from error


def _where(error: Exception, name: str) -> tuple[str, int]:
    """The template and line of a mistake; jinja2 puts them into the traceback."""
    if isinstance(error, TemplateSyntaxError):
        return Path(error.filename or error.name or name).name, error.lineno
    steps = traceback.extract_tb(error.__traceback__)
    inside = [step for step in steps if Path(step.filename).suffix in (".txt", ".html", ".jinja")]
    return (Path(inside[-1].filename).name, inside[-1].lineno or 1) if inside else (name, 1)


def _folded(line: str) -> str:
    """A paragraph, which is one line in the template, within the columns; references stay whole."""
    if len(line) <= LINE:
        return line.rstrip()
    further = "  " if line.startswith("- ") else ""
    return textwrap.fill(
        line, LINE, subsequent_indent=further, break_on_hyphens=False, break_long_words=False
    )


def _short(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _time(moment: datetime | None) -> str:
    if moment is None:
        return "never"
    local = moment.astimezone(LONDON)
    return f"{local:%H:%M} on {_short(local.date())}"


def _left(due: Due) -> str:
    """'2 working days left, day 13 of 15', 'overdue by 1 working day'."""
    if due.overdue:
        late = counted(-due.days_left, "working day")
        return f"overdue by {late}" if due.days_left else "overdue"
    left = f"{counted(due.days_left, 'working day')} left" if due.days_left else "today"
    return f"{left}, day {due.working_day} of {due.length}"


def _outstanding(item: Outstanding) -> str:
    """'2 requested (1 overdue), 3 not yet requested; waiting since Mon 2 Nov'."""
    overdue = f" ({item.overdue} overdue)" if item.overdue else ""
    asked = f"{item.requested} requested{overdue}, " if item.requested else ""
    since = f"; waiting since {_short(item.waiting_since)}" if item.waiting_since else ""
    return f"{asked}{item.not_yet_requested} not yet requested{since}"


def _fold(text: str) -> str:
    """A line of the text part: indented, at most 78 columns."""
    return textwrap.fill(
        text, LINE, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
    )


ENVIRONMENT = templates_from(PackageLoader("tscp.mail_out"))


def summary_text(summary: Summary, base_url: str = "") -> str:
    """The plain text part of the daily summary, at most 78 columns."""
    return summary_mail(summary, base_url).text


def summary_html(summary: Summary, base_url: str = "") -> str:
    """The HTML part of the daily summary."""
    return summary_mail(summary, base_url).html
