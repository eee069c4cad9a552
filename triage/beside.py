"""What other agencies' copies of a form answer otherwise than the case does: shown beside its
answers, never over them, until a person settles which is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from triage.case import Case
from triage.corrections import folded
from triage.current import answered, current_form
from triage.evidence import Answer, Corrected


@dataclass(frozen=True, slots=True)
class Beside:
    """One agency's differing answer: what, whose (`agency` None: not known), when (UTC), and by
    which message and document of the sender's. `settled`: staff have answered it since."""

    answer: Answer
    agency: str | None
    at: datetime
    message: str
    document: str
    settled: bool


def said_beside(case: Case) -> Mapping[str, tuple[Beside, ...]]:
    """By key, in the order of filing; of the answers asked once, not those of a group's rows.

    What a copy only repeats of a referrer's form is not that agency's answer.
    """
    if all(mail.kind != "contribution" for mail in case.mails):
        return {}
    now, found = current_form(case).answers, dict[str, tuple[Beside, ...]]()
    for key, told in _told_by_others(case):
        before = found.get(key, ())
        again = any(b.agency == told.agency and _same(b.answer, told.answer) for b in before)
        if not again and not _same(now.get(key), told.answer):
            found[key] = (*before, _settled(told, now.get(key)))
    return found


def _told_by_others(case: Case) -> Iterator[tuple[str, Beside]]:
    referrer: list[tuple[str, Answer]] = []
    for mail in case.mails:
        given = mail.form.answers.items() if mail.form is not None else ()
        if mail.kind != "contribution":
            referrer += given
            continue
        document = mail.form.document if mail.form is not None else ""
        for key, answer in given:
            copied = any(known == key and _same(said, answer) for known, said in referrer)
            if answered(answer) and not copied:
                yield key, Beside(answer, mail.agency, mail.at, mail.message, document, False)


def _same(one: Answer | None, other: Answer) -> bool:
    return one is not None and folded(one.value) == folded(other.value)


def _settled(told: Beside, now: Answer | None) -> Beside:
    since = isinstance(now, Corrected) and now.at > told.at
    return Beside(told.answer, told.agency, told.at, told.message, told.document, since)
