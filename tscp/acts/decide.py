"""What staff learned of the statutory notification: the decision, the sending, the partners."""

from __future__ import annotations

from datetime import date

from triage.case import Case, Notification, PartnersTold
from triage.current import current_form
from triage.decision import telling_answers
from triage.working_days import london_day
from tscp.acts.change import change
from tscp.acts.desk import Desk, Refused


def record_notification(
    desk: Desk,
    reference: str,
    user: str,
    decided: bool,
    decided_on: date | None = None,
    sent_on: date | None = None,
    panel_reference: str | None = None,
    why: str = "",
    seen: int | None = None,
) -> Case:
    """Records the decision to notify the National Panel or not (Children Act 2004 s16C(1)).

    Days default to today in London. Raises Refused for days that cannot be.
    """
    today = london_day(desk.now())
    if sent_on is not None and not decided:
        raise Refused("a notification that was sent was decided: --decided yes")
    for name, day in (("--decided-on", decided_on), ("--sent-on", sent_on)):
        if day is not None and day > today:
            raise Refused(f"{name} {day}: lies in the future")
    on = decided_on or min(today, sent_on or today)
    return change(
        desk,
        reference,
        user,
        f"notification recorded: {'yes' if decided else 'no'}",
        lambda case, _today, now: [
            Notification(
                decided,
                on,
                now,
                user,
                why,
                sent_on,
                panel_reference,
                knew=telling_answers(current_form(case)),
            )
        ],
        seen,
    )


def record_partners_told(
    desk: Desk, reference: str, user: str, on: date, seen: int | None = None
) -> Case:
    """Records that the LA told the other safeguarding partners on this day. Raises Refused."""
    if on > london_day(desk.now()):
        raise Refused(f"--on {on}: lies in the future")
    return change(
        desk,
        reference,
        user,
        "partners told recorded",
        lambda _case, _today, now: [PartnersTold(on, now, user)],
        seen,
    )
