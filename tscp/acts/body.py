"""A form typed into the text of a mail is a paper like any other: '(body)'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from intake.opening import Attachment, Opened
from parsers import warm
from parsers.outcome import DocumentRead
from parsers.typed_text import BODY, may_hold_a_form
from parsers.worker import Worker
from triage.papers import LIKE_A_FORM, Paper
from triage.problem import Problem
from tscp.acts.papers import paper_of

FORWARDED = re.compile(r"\s*(?:fwd?|wg)\s*:", re.IGNORECASE)
TYPED = Problem(
    "A form seems to be typed into the text of the mail",
    what_to_do="read it by eye; open a case for it or file it to one of those offered",
)


def typed_texts(opened: Opened) -> list[str]:
    """The new text of a mail, in one or two layouts. Of one that was passed on it is all of it:
    older mails quoted below an answer do not count, but what a colleague forwards does."""
    mail = opened.correspondence
    if FORWARDED.match(mail.subject):
        return [mail.full_text]
    return [text for text in (mail.body, opened.laid_out) if text]


def read_body(worker: Worker, texts: Sequence[str]) -> DocumentRead | Problem | None:
    """What is typed into a mail that is or looks like a form; None where nothing does.

    Most mails are told apart here, at once: asking the worker takes longer than opening them.
    """
    return worker.run(warm.read_body, texts) if any(map(may_hold_a_form, texts)) else None


def body_paper(worker: Worker, opened: Opened) -> tuple[Paper, Attachment, str] | None:
    """The paper '(body)' of a mail whose text is or looks like a form, with its words."""
    texts = typed_texts(opened)
    read = read_body(worker, texts)
    if read is None:
        return None
    words = Attachment("", "text/plain", texts[0].encode("utf-8", "replace"))
    paper, reader = paper_of(0, words, lambda: read, ordinary=True)
    form = replace(paper.form, document=BODY) if paper.form else None
    problem = TYPED if paper.recognised_as == LIKE_A_FORM else paper.problem
    return replace(paper, name=BODY, form=form, problem=problem), words, reader
