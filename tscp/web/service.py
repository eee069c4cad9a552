"""For those who keep the service: its health, and the audit. No page here shows a case."""

from __future__ import annotations

import re

from fastapi.responses import PlainTextResponse, Response

from storage import outbox, polls, queue, troubles
from storage.database import DatabaseUnreachable, reading
from triage.problem import Explained
from tscp.acts.desk import Desk
from tscp.acts.letters import held
from tscp.acts.look import noted, see_audit
from tscp.web.banner import banner
from tscp.web.page import PER_PAGE, shown, turning
from tscp.web.visit import Here, OurDesk
from tscp.web.words import LETTERS

ABOUT = re.compile(r"(?:TSCP-\d{4}-\d{4,9}|M-\d{6,12})?")


def show_service(visit: Here, done: str = "") -> Response:
    """What is wrong, the mailboxes, the register and how many cases are open: counts only."""
    desk = visit.desk
    noted(desk, visit.name, "service seen")
    today = desk.today().on
    with reading(desk.engine) as session:
        mailboxes, counts = polls.last(session), queue.counts(session, today, today)
        standing, letters = troubles.standing(session), outbox.counts_by_kind(session)
    return shown(
        visit,
        "service.html",
        "service",
        done=done,
        mailboxes=mailboxes,
        troubles=standing,
        open_cases=counts.open,
        nobody=_why_nobody_is_told(desk),
        letters=[(kind, LETTERS.get(state, state), n) for (kind, state), n in letters.items()],
        held=held(desk),
    )


def _why_nobody_is_told(desk: Desk) -> str:
    if not desk.office.alerts_to:
        return "nobody: no address is set ([alerts] to)"
    return "" if desk.letters.live(desk.now()) else "nobody: letters are not live"


def show_audit(visit: Here, page: int = 1, about: str = "") -> Response:
    """Who did and saw what, newest first; about one case or message if asked."""
    page = max(1, min(page, 100_000))
    about = about.strip().upper()
    fits = ABOUT.fullmatch(about) is not None
    rows = see_audit(
        visit.desk, visit.name, PER_PAGE + 1, PER_PAGE * (page - 1), about if fits else ""
    )
    wrong = "" if fits else "A reference looks like TSCP-2026-0042, a message's like M-000123"
    return shown(
        visit,
        "audit.html",
        "audit",
        rows=rows[:PER_PAGE],
        about=about[:20] if fits else "",
        wrong=wrong,
        turning=turning("/audit", page, len(rows) > PER_PAGE, about=about if fits else ""),
    )


def health(desk: OurDesk) -> Response:
    """For a load balancer: 'ok' while pages can be shown. What is said of mail is for people:
    a desk that shows what came until now is worth more than none, so silence is no 503."""
    try:
        found = banner(desk)
    except DatabaseUnreachable:
        return PlainTextResponse("the database did not answer\n", 503)
    except Explained:
        return PlainTextResponse("the database cannot be used; see the log\n", 503)
    mail = "read lately" if found.well else "not read lately; see the desk"
    return PlainTextResponse(f"ok\nmail: {mail}\n")
