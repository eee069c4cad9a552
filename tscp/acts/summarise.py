"""The daily summary of a day, from the cases as they stood on it."""

from __future__ import annotations

from datetime import date

from storage import polls, register
from storage.cases import every_case
from storage.database import reading
from triage.looking_back import as_of
from triage.summary import MailboxHealth, Summary, summarise
from tscp.acts.desk import Desk


def summary_of(desk: Desk, on: date | None = None) -> Summary:
    """The summary of `on` (London; today if None). It holds references and counts only."""
    today = desk.today(on)
    with reading(desk.engine) as session:
        then = [as_of(case, today.on) for case in every_case(session, desk.keys)]
        counts = register.counts(session, on)
        health = [MailboxHealth(p.mailbox, p.good_at, p.reason) for p in polls.last(session)]
    return summarise([case for case in then if case is not None], counts, health, today)
