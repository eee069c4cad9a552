"""A form typed into the text of a mail is a paper like any other: '(body)'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from intake.bodies import PassedOn
from intake.opening import Attachment, Opened
from parsers import warm
from parsers.outcome import DocumentRead
from parsers.typed_text import BODY, may_hold_a_form
from parsers.worker import Worker
from triage.papers import LIKE_A_FORM, Paper
from triage.problem import Problem
from tscp.acts.papers import paper_of

FORWARDED = re.compile(r"\s*(?:fwd?|wg)\s*:", re.IGNORECASE)
_TURNS = re.compile(r"^ {0,3}>.*\n(?:[ \t]*\n)?[ \t]*[^\s>]", re.MULTILINE)
_MANY_TURNS = 4
"""So often answers stand between quoted lines where somebody fills in a form that was quoted."""
TYPED = Problem(
    "A form seems to be typed into the text of the mail",
    what_to_do="read it by eye; open a case for it or file it to one of those offered",
)


def typed_of(opened: Opened) -> list[PassedOn]:
    """The texts in which a form may be typed, in one or two layouts each, with the messages they
    lay in: the mail's own, and those of messages attached to it.

    Of a mail that was passed on it is the whole text: older mails quoted below an answer do not
    count, but what a colleague forwards does. What a machine sends back is not looked into.
    """
    mail = opened.correspondence
    passed = [replace(p, texts=tuple(filter(None, p.texts))) for p in opened.passed_on]
    inside = [one for one in passed if mail.kind == "ordinary" and one.texts]
    own = [text for text in (mail.body, opened.laid_out) if text]
    if len(_TURNS.findall(mail.full_text)) >= _MANY_TURNS:
        own.insert(0, mail.full_text)
    if FORWARDED.match(mail.subject):
        own = [
            mail.full_text.partition(inside[0].texts[0].strip())[0] if inside else mail.full_text
        ]
    return [PassedOn((), tuple(own), opened.html), *inside]


def read_body(worker: Worker, typed: PassedOn) -> DocumentRead | Problem | None:
    """What is typed into a mail that is or looks like a form; None where nothing does.

    Most mails are told apart here, at once: asking the worker takes longer than opening them.
    """
    worth = any(map(may_hold_a_form, typed.texts))
    return worker.run(warm.read_body, typed.texts, typed.html) if worth else None


def body_papers(worker: Worker, opened: Opened) -> Iterator[tuple[Paper, Attachment, str]]:
    """A paper '(body)' with its words for each text that is or looks like a form."""
    for typed in typed_of(opened):
        read = read_body(worker, typed)
        if read is not None:
            text = typed.texts[0].encode("utf-8", "replace")
            words = Attachment("", "text/plain", text, typed.path)
            yield _paper(words, read)


def _paper(words: Attachment, read: DocumentRead | Problem) -> tuple[Paper, Attachment, str]:
    paper, reader = paper_of(0, words, lambda: read, ordinary=True)
    form = replace(paper.form, document=BODY) if paper.form else None
    problem = TYPED if paper.recognised_as == LIKE_A_FORM else paper.problem
    return replace(paper, name=BODY, form=form, problem=problem), words, reader
