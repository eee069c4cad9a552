"""The JSON that other programs rely on: every key with its type, as the interface lists them."""

from __future__ import annotations

from typing import Any

TEXT, NUMBER, WHOLE, YES_NO, OPEN = str, float, int, bool, object
MAYBE_TEXT, MAYBE_WHOLE = (str, None), (int, None)

DOCUMENT = {"name": TEXT, "path": [TEXT], "sha256": TEXT, "state": TEXT, "reason": TEXT}
MESSAGE = {
    **dict.fromkeys(("id", "sha256", "mailbox", "received_at", "received_from"), TEXT),
    **dict.fromkeys(("state", "reason"), TEXT),
    **dict.fromkeys(("folder", "message_id", "kind", "case"), MAYBE_TEXT),
    **dict.fromkeys(("uidvalidity", "uid"), MAYBE_WHOLE),
    "cases": [TEXT],
    "flags": [TEXT],
    "documents": [DOCUMENT],
}
COUNTS = {"received": WHOLE, "expected": WHOLE, "not_yet_requested": WHOLE}
NEXT_CLOCK = {"name": TEXT, "due_on": TEXT, "days_left": WHOLE, "overdue": YES_NO}
QUEUE = {
    **dict.fromkeys(("reference", "state", "received_at"), TEXT),
    **dict.fromkeys(("outcome_for_child", "assigned_to"), MAYBE_TEXT),
    **{key: [TEXT] for key in ("initials", "ages", "flags", "in_the_way")},
    **dict.fromkeys(("urgent", "ready_for_panel"), YES_NO),
    "next_clock": (NEXT_CLOCK, None),
    "contributions": COUNTS,
}
EVIDENCE = {"page": MAYBE_WHOLE, "cell": MAYBE_TEXT, "box": ([float], None), "method": TEXT}
ANSWER = {
    "value": OPEN,
    "text": TEXT,
    "confidence": NUMBER,
    "evidence": EVIDENCE,
    "corrected_by": MAYBE_TEXT,
    "was": OPEN,
}
CLOCK = {
    **dict.fromkeys(("name", "start_event", "starts_on", "due_on"), TEXT),
    **dict.fromkeys(("assumed", "overdue", "paused"), YES_NO),
    **dict.fromkeys(("working_day", "days_left"), WHOLE),
    "met_on": MAYBE_TEXT,
}
CONTRIBUTION = {
    **dict.fromkeys(("agency", "state", "why_expected"), TEXT),
    **dict.fromkeys(("requested_on", "due_on", "received_on"), MAYBE_TEXT),
    **{key: [TEXT] for key in ("messages", "documents")},
    "overdue": YES_NO,
}
FLAG = dict.fromkeys(("name", "why", "since", "severity"), TEXT) | {"snoozed_until": MAYBE_TEXT}
CASE = QUEUE | {
    "unmapped": [{"label": TEXT, "text": TEXT, "evidence": EVIDENCE}],
    "clocks": [CLOCK],
    "contributions": [CONTRIBUTION],
    "flag_details": [FLAG],
    "messages": [dict.fromkeys(("id", "kind", "received_at", "why"), TEXT)],
    "moves": [dict.fromkeys(("from", "to", "at", "by", "why"), TEXT)],
    "letters": [dict.fromkeys(("id", "kind", "state", "at"), TEXT) | {"agency": MAYBE_TEXT}],
    "notification": (
        {
            **dict.fromkeys(("decided", "why", "by"), TEXT),
            **dict.fromkeys(("sent_on", "panel_reference"), MAYBE_TEXT),
        },
        None,
    ),
    "related": [{"reference": TEXT, "why": TEXT, "score": NUMBER}],
}
POLLED = {
    "mailboxes": [{"name": TEXT, "ok": YES_NO, "reason": TEXT, "new": WHOLE}],
    "filed": WHOLE,
    "needs_a_person": WHOLE,
    "ignored": WHOLE,
}


def misfits(value: Any, shape: Any, where: str = "") -> list[str]:
    """Where a value is not as listed: keys missing, values of another type."""
    if isinstance(shape, tuple):
        tried = [misfits(value, one, where) for one in shape]
        return [] if [] in tried else tried[0]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where} is no list"]
        return [m for n, v in enumerate(value) for m in misfits(v, shape[0], f"{where}.{n}")]
    if isinstance(shape, dict):
        return _misfits_of_object(value, shape, where)
    if shape is None:
        return [] if value is None else [f"{where} is not null"]
    accepted = (int, float) if shape is float else shape
    wrong_kind = isinstance(value, bool) and shape in (int, float)
    return [] if isinstance(value, accepted) and not wrong_kind else [f"{where} is {type(value)}"]


def _misfits_of_object(value: Any, shape: dict[str, Any], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where} is no object"]
    found = []
    for key, inner in shape.items():
        there = key in value
        found += misfits(value[key], inner, f"{where}.{key}") if there else [f"no {where}.{key}"]
    return found
