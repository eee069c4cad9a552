"""The JSON other programs rely on: one function for each shape of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from intake.imap import place_facts
from parsers.read_json import answer_as_json, evidence_as_json
from storage.outbox import OutboxLine
from storage.register import RegisterLine
from triage.beside import Beside, said_beside
from triage.case import Case
from triage.clocks import Clock, clocks
from triage.contributions import Contribution, contributions
from triage.current import current_form
from triage.evidence import Answer, Corrected
from triage.flags import flags
from triage.queue import QueueEntry, queue_entry
from triage.sin_form import GROUPS, Row
from triage.today import Today

Json = dict[str, Any]


def moment(at: datetime) -> str:
    """A time as ISO 8601 in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def message(line: RegisterLine, names: bool = False) -> Json:
    """A line of the register. Senders' file names only where `names` is asked for."""
    place = place_facts(line.place)
    return {
        "id": line.id,
        "sha256": line.sha256,
        "mailbox": line.mailbox,
        "folder": place.get("folder"),
        "uidvalidity": place.get("uidvalidity"),
        "uid": place.get("uid"),
        "message_id": line.envelope.message_id if line.envelope else None,
        "received_at": moment(line.received_at),
        "received_from": line.received_from,
        "state": line.state,
        "reason": line.reason,
        "kind": line.kind,
        "case": line.cases[0] if line.cases else None,
        "cases": list(line.cases),
        "flags": list(dict.fromkeys(flag.name for flag in line.flags)),
        "documents": [
            {
                "name": seen.real_name if names else seen.name,
                "path": list(seen.path),
                "sha256": seen.sha256,
                "state": seen.state,
                "reason": seen.reason,
            }
            for seen in line.documents
        ],
    }


def queue_line(entry: QueueEntry, today: Today) -> Json:
    """A line of the queue."""
    return {
        "reference": entry.reference,
        "state": entry.state,
        "initials": list(entry.initials),
        "ages": list(entry.ages),
        "outcome_for_child": entry.outcome_for_child,
        "received_at": moment(entry.received_at),
        "urgent": entry.urgent,
        "next_clock": _next(entry.next_clock, today),
        "contributions": {
            "received": entry.contributions_received,
            "expected": entry.contributions_expected,
            "not_yet_requested": entry.not_yet_requested,
        },
        "flags": list(entry.flags),
        "ready_for_panel": not entry.in_the_way,
        "in_the_way": list(entry.in_the_way),
        "assigned_to": entry.assigned_to,
    }


def _next(clock: Clock | None, today: Today) -> Json | None:
    if clock is None:
        return None
    return {
        "name": clock.name,
        "due_on": clock.due_on.isoformat(),
        "days_left": clock.days_left(today),
        "overdue": clock.overdue(today.on),
    }


def case(case: Case, today: Today) -> Json:
    """One case, with everything the interface lists."""
    form = current_form(case)
    return queue_line(queue_entry(case, today), today) | {
        "children": [row(child) for child in form.children],
        "answers": _with_others(row(form.answers), case),
        **{
            group: [row(r) for r in getattr(form, group)] for group in GROUPS if group != "children"
        },
        "unmapped": [
            {"label": u.label, "text": u.text, "evidence": evidence_as_json(u.evidence)}
            for u in form.unmapped
        ],
        "clocks": [_clock(clock, today) for clock in clocks(case, today)],
        "contributions": [_contribution(item, today) for item in contributions(case)],
        "contribution_counts": queue_line(queue_entry(case, today), today)["contributions"],
        "flag_details": [
            {
                "name": flag.name,
                "why": flag.why,
                "since": flag.since.isoformat(),
                "severity": flag.severity,
                "snoozed_until": None,
            }
            for flag in flags(case, today)
        ],
        "messages": [
            {"id": m.message, "kind": m.kind, "received_at": moment(m.at), "why": m.why}
            for m in case.mails
        ],
        "withdrawn": [
            {"id": w.message, "at": moment(w.at), "by": w.by, "why": w.why} for w in case.withdrawn
        ],
        "moves": [
            {"from": m.was, "to": m.to, "at": moment(m.at), "by": m.by, "why": m.why}
            for m in case.moves
        ],
        "letters": [
            {"id": m.id, "kind": m.kind, "agency": m.agency, "state": m.state, "at": moment(m.at)}
            for m in case.letters
        ],
        "notification": _notification(case),
        "related": [
            {"reference": r.reference, "why": r.why, "score": r.score} for r in case.relations
        ],
    }


def row(answers: Row | Mapping[str, Answer]) -> Json:
    """Answers by key; what was not answered is left out."""
    return {
        key: answer(a)
        for key, a in answers.items()
        if a.value is not None or a.text or isinstance(a, Corrected)
    }


def answer(given: Answer) -> Json:
    """One answer with its evidence; of one that staff corrected, by whom and what it was."""
    sure = {"confidence": round(given.confidence, 3)}
    shown = answer_as_json(given) | sure
    if not isinstance(given, Corrected):
        return shown | {"corrected_by": None, "was": None}
    was = answer_as_json(given.was) if given.was is not None else None
    how = {"corrected_at": moment(given.at), "why": given.why}
    return shown | {"corrected_by": given.by, "was": was} | how


def _with_others(answers: Json, case: Case) -> Json:
    """With what other agencies say otherwise beside each answer; `others` is only there where
    they do."""
    for key, others in said_beside(case).items():
        answers[key] |= {"others": [_other(told) for told in others]}
    return answers


def _other(told: Beside) -> Json:
    by = {"by": told.agency, "at": moment(told.at)}
    return answer_as_json(told.answer) | by | {"message": told.message, "document": told.document}


def _clock(clock: Clock, today: Today) -> Json:
    shown: Json = {
        "name": clock.name,
        "start_event": clock.start_event,
        "starts_on": clock.starts_on.isoformat(),
        "assumed": bool(clock.assumed),
        "due_on": clock.due_on.isoformat(),
        "met_on": clock.met_on.isoformat() if clock.met_on else None,
        "working_day": clock.working_day(today),
        "days_left": clock.days_left(today),
        "overdue": clock.overdue(today.on),
        "paused": False,
    }
    return shown | ({"agency": clock.agency} if clock.agency else {})


def _contribution(item: Contribution, today: Today) -> Json:
    def day(value: Any) -> str | None:
        return value.isoformat() if value else None

    return {
        "agency": item.agency,
        "state": item.state,
        "why_expected": item.why_expected,
        "requested_on": day(item.requested_on),
        "due_on": day(item.due_on),
        "received_on": day(item.received_on),
        "overdue": item.overdue(today.on),
        "messages": list(item.messages),
        "documents": list(item.documents),
    }


def _notification(case: Case) -> Json | None:
    record = case.notification
    if record is None:
        return None
    return {
        "decided": "yes" if record.decided else "no",
        "decided_on": record.on.isoformat(),
        "why": record.why,
        "by": record.by,
        "sent_on": record.sent_on.isoformat() if record.sent_on else None,
        "panel_reference": record.panel_reference,
    }


def letter(line: OutboxLine) -> Json:
    """A letter of the outbox; never its address."""
    return {
        "id": line.id,
        "kind": line.kind,
        "case": line.case,
        "agency": line.agency,
        "state": line.state,
        "reason": line.reason,
        "at": moment(line.at),
        "released_by": line.released_by or None,
        "sent_at": moment(line.sent_at) if line.sent_at else None,
    }
