"""A letter in words, as it would leave now: the same for whoever releases it and for the server."""

from __future__ import annotations

from storage.outbox import OutboxLine
from triage.case import Case
from triage.chasing import due_on
from triage.contributions import contributions
from triage.letters import TO_AGENCIES, leaves_on
from triage.plain_words import day_in_words
from triage.working_days import london_day
from tscp.acts.desk import Desk
from tscp.mail_out.render import Rendered, rendered


def letter_in_words(desk: Desk, letter: OutboxLine, case: Case | None) -> Rendered:
    """Subject, text and HTML. A summary was written when it was made; others are written now.

    Raises TemplateWrong.
    """
    contents = dict(letter.contents)
    if "html" in contents:
        return Rendered(contents["subject"], contents["text"], contents["html"])
    contents.pop("in_reply_to", None)
    if case is not None:
        contents |= {"reference": case.reference} | _of_agency(desk, letter, case)
    return rendered(letter.kind, contents, desk.office.base_url)


def _of_agency(desk: Desk, letter: OutboxLine, case: Case) -> dict[str, str]:
    """What a letter to an agency says of it: when it was asked, and by when it should answer."""
    if letter.agency is None:
        return {}
    values = {"agency": desk.register.name(letter.agency)}
    if letter.kind not in TO_AGENCIES:
        return values
    today = desk.today()
    item = next((c for c in contributions(case) if c.agency == letter.agency), None)
    leaves = leaves_on(desk.now(), desk.calendar)
    asked = item.requested_on if item and item.requested_on else leaves
    due = item.due_on if item and item.due_on else due_on(case, today, asked)
    values |= {"asked_on": day_in_words(asked), "due_on": f"{due:%A} {day_in_words(due)}"}
    known = desk.register.agencies.get(letter.agency)
    if known is not None and known.manager == letter.to:
        values["manager"] = "yes"
    again = [
        m.sent_at
        for m in case.letters
        if m.kind == "chaser" and m.agency == letter.agency and m.sent_at
    ]
    if again and letter.kind != "request":
        values["asked_again_on"] = day_in_words(london_day(again[-1]))
    return values
