"""Are the letters' templates sound? Each is rendered with samples, and looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from jinja2 import Environment

from triage.service_health import ServiceHealth
from triage.summary import Summary
from triage.summary_period import Period
from tscp.mail_out.render import ENVIRONMENT, LINE, Rendered, TemplateWrong, rendered, summary_mail

_CASE = {"reference": "TSCP-2026-0042", "agency": "Greater Manchester Police"}
_ASKED = _CASE | {"asked_on": "24 November 2026", "due_on": "Friday 4 December 2026"}
_ALERT = {"said": "Sample.", "since": "07:30 on Mon 7 Dec", "what_to_do": "Look."}
SAMPLES: Mapping[str, tuple[Mapping[str, str], ...]] = MappingProxyType(
    {
        "acknowledgement": (_CASE, _CASE | {"received_on": "24 November 2026"}),
        "request": (_ASKED,),
        "chaser": (_ASKED, _ASKED | {"asked_again_on": "30 November 2026"}),
        "escalation": (_ASKED, _ASKED | {"asked_again_on": "30 November 2026", "manager": "yes"}),
        "thanks": (_CASE, _CASE | {"received_on": "24 November 2026"}),
        "alert": (
            _ALERT,
            _ALERT | {"reminder": "yes"},
            _ALERT | {"over": "08:10 on Mon 7 Dec"},
            {"reference": "TSCP-2026-0004"},
        ),
    }
)
"""Every kind of letter, with the texts each of its shapes needs."""
_QUIET_DAY = Summary(
    on=date(2026, 12, 7),
    since=date(2026, 12, 4),
    risk_now=(),
    new=(),
    decisions_needed=(),
    due=(),
    outstanding=(),
    ready_for_panel=(),
    open_cases=0,
    needs_a_person=0,
    register={},
    last_week=0,
    mailboxes=(),
)
_NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)
_AFTER_AN_OUTAGE = replace(
    _QUIET_DAY,
    period=Period(_NOON - timedelta(days=4), _NOON, (date(2026, 12, 4),)),
    service=ServiceHealth({"draft": 1, "waiting": 2, "failed": 1}, _NOON, False, ("Sample.",)),
)
_DESK = "https://triage.example.org"
# Whatever a mail program would fetch, or run.
_LOADS = re.compile(r"<(?:img|script|link|iframe|object|embed|audio|video)\b|\bsrc=|url\(", re.I)


def check_templates(templates: Environment = ENVIRONMENT) -> list[str]:
    """A sentence for each mistake, naming template and line; none if all is sound."""
    return list(dict.fromkeys(_mistakes(templates)))


def _mistakes(templates: Environment) -> Iterator[str]:
    for kind, samples in SAMPLES.items():
        for values in samples:
            try:
                yield from _looked_at(kind, rendered(kind, values, _DESK, templates))
            except TemplateWrong as error:
                yield str(error)
    try:
        for summary in (_QUIET_DAY, _AFTER_AN_OUTAGE):
            yield from _looked_at("summary", summary_mail(summary, _DESK, templates))
    except TemplateWrong as error:
        yield str(error)


def _looked_at(kind: str, mail: Rendered) -> Iterator[str]:
    for number, line in enumerate(mail.html.splitlines(), 1):
        if _LOADS.search(line):
            yield f"{kind}.html, line {number} as rendered: a letter may load or run nothing"
    if not re.search(r'<html lang="[a-z]', mail.html):
        yield f"{kind}.html: <html> needs lang, for those who have it read out"
    if any(len(line) > LINE and " " in line.strip() for line in mail.text.splitlines()):
        yield f"{kind}.txt: a line is longer than {LINE} columns"
