"""A held-out form typed into the body of a mail."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage

from benchmarks.corpus.form import Form, Question, Section
from benchmarks.corpus.marks import runs


def questions_and_answers(form: Form) -> bytes:
    """Headings in capitals; 'Label: answer', long answers under their label; lists by dashes."""
    mail = EmailMessage()
    mail["From"] = "A Writer <a.writer@merebrook.example>"
    mail["To"] = "tscp@tscp.example"
    mail["Subject"] = "Serious incident form"
    mail["Date"] = "Mon, 05 Jan 2026 09:00:00 +0000"
    mail["Message-ID"] = "<held-out@merebrook.example>"
    mail.set_content("\n".join(_lines(form)), cte="8bit")
    return mail.as_bytes()


def _lines(form: Form) -> Iterator[str]:
    yield from ("Dear all,", "", "please find our form below.", "", form.title, form.version, "")
    for section in form.sections:
        yield from ("", section.heading.upper(), "-" * 30)
        for number, row in enumerate(section.rows or (section.questions,), 1):
            if section.group == "children" and len(section.rows) > 1:
                yield from ("", section.row_heading.format(number=number))
            if section.group and section.group != "children":
                yield f"{number})"
            for question in row:
                yield from _asked(section, question, form.marks)
    yield from ("", "Kind regards", "A Writer")


def _asked(section: Section, question: Question, marks: str) -> Iterator[str]:
    answer = "".join(run.text for run in runs(question, marks))
    lead = "   " if section.group and section.group != "children" else ""
    label = f"{lead}{question.label.rstrip(':')}{'' if question.label.endswith('?') else ':'}"
    if question.long and not question.options and not lead:
        yield from (label, answer, "")
    else:
        yield f"{label} {answer}".rstrip()
