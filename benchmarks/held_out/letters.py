"""A mail: the duty desk's questions quoted, the answers typed between them."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from textwrap import wrap

from benchmarks.corpus.build import Layout
from benchmarks.corpus.form import Form, Question, Row
from benchmarks.corpus.marks import runs
from benchmarks.held_out.sheets import CAPITALS, SENTENCES

DESK = "safeguarding.desk@partnership.example"
COLUMN = 68


def between_quotes(form: Form) -> bytes:
    """Each question after '> ', wrapped as mail programs do; the answer below, not quoted."""
    message = EmailMessage()
    sender = next((q.text for q in form.questions() if q.key == "referrer_email"), "")
    message["From"] = sender if "@" in sender and " " not in sender else DESK
    message["To"] = DESK
    message["Subject"] = f"RE: {form.title}"
    message["Date"] = "Mon, 05 Jan 2026 09:00:00 +0000"
    message["Message-ID"] = f"<{form.seed.replace(' ', '.')}@held.example>"
    message.set_content("\n".join(_lines(form)), cte="base64")
    return message.as_bytes()


def _lines(form: Form) -> Iterator[str]:
    yield from ("Hello,", "", "My answers are below each of your questions.", "")
    yield f"On Fri, 2 Jan 2026 at 16:40, Safeguarding Desk <{DESK}> wrote:"
    yield from _quoted(form.title)
    yield from _quoted(" ".join(filter(None, (form.subtitle, form.version))))
    yield from (*_quoted(form.intro), ">")
    for section in form.sections:
        yield from (*_quoted(section.heading), ">")
        yield from _asked(section.questions, form.marks)
        for number, row in enumerate(section.rows, 1):
            yield from (*_quoted(section.row_heading.format(number=number)), "")
            yield from _asked(row, form.marks)


def _quoted(text: str) -> list[str]:
    return [f"> {line}" for line in wrap(text, COLUMN)]


def _asked(questions: Row, marks: str) -> Iterator[str]:
    for question in questions:
        yield from _quoted(" ".join(filter(None, (question.label, question.guidance))))
        if question.options and marks == "typed":
            yield from _quoted(" / ".join(option.label for option in question.options))
        yield from (*_answer(question, marks), "")


def _answer(question: Question, marks: str) -> list[str]:
    typed = "".join(run.text for run in runs(question, marks))
    return typed.split("\n")


LAYOUTS = (
    Layout(
        "held mail between quotes",
        "eml",
        between_quotes,
        marks=("typed", "brackets"),
        wordings=(SENTENCES, CAPITALS),
    ),
)
