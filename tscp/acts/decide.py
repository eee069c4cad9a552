"""What staff learned of the statutory notification: the decision, the sending, the partners."""

from __future__ import annotations

from datetime import date

from triage.case import Case, Notification, PartnersTold
from triage.current import current_form
from triage.decision import telling_answers
from triage.working_days import london_day
from tscp.acts.change import change, refuse_all
from tscp.acts.desk import Desk, Refused


def record_notification(
    desk: Desk,
    reference: str,
    user: str,
    decided: bool | None,
    decided_on: date | None = None,
    sent_on: date | None = None,
    panel_reference: str | None = None,
    why: str = "",
    seen: int | None = None,
) -> Case:
    """Records the decision to notify the National Panel or not (Children Act 2004 s16C(1)).

    Days default to today in London. Raises Refused for days that cannot be, or where it is not
    said what was decided.
    """
    today = london_day(desk.now())
    wrong = _wrong_days(today, decided_on, sent_on)
    if decided is None:
        wrong.insert(0, "say what was decided: --decided yes or --decided no")
    elif sent_on is not None and not decided:
        wrong.insert(0, "a notification that was sent was decided: --decided yes")
    refuse_all(desk, reference, wrong)
    assert decided is not None
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


def _wrong_days(today: date, decided_on: date | None, sent_on: date | None) -> list[str]:
    given = (("--decided-on", decided_on), ("--sent-on", sent_on))
    return [f"{name} {day}: lies in the future" for name, day in given if day and day > today]


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
