"""Forms typed or pasted into the body of an e-mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from email.message import EmailMessage
from html import escape

from benchmarks.corpus.form import Form, Question, Row, Section
from benchmarks.corpus.marks import runs

TAGS = {"bold": "b", "underlined": "u", "struck": "s", "highlighted": "mark"}


def text_lines(form: Form) -> bytes:
    """'Label: answer' lines of plain text, long answers wrapped by hand or not."""
    width = form.chance.choice((0, 72))
    return _mail(form, "\n".join(_text(form, width)))


def _text(form: Form, width: int) -> Iterator[str]:
    yield from ("Please find our notification below.", "", form.title, form.subtitle, "")
    for section in form.sections:
        yield from ("", section.heading, "-" * len(section.heading))
        for name, row in _blocks(section):
            if name:
                yield from ("", name)
            for question in row:
                yield from _line(question, form.marks, width)


def _blocks(section: Section) -> Iterator[tuple[str, Row]]:
    if section.questions:
        yield "", section.questions
    for number, row in enumerate(section.rows, 1):
        yield section.row_heading.format(number=number), row


def _line(question: Question, marks: str, width: int) -> Iterator[str]:
    colon = "" if question.label.endswith((":", "?")) else ":"
    typed = "".join(run.text for run in runs(question, marks))
    lines = f"{question.label}{colon} {typed}".split("\n")
    for line in lines:
        yield from textwrap.wrap(line, width, break_long_words=False) if width else [line]


def html_table(form: Form) -> bytes:
    """A table label | answer pasted from Word, grids as tables."""
    parts = [f"<h1>{escape(form.title)}</h1><p>{escape(form.subtitle)}</p>"]
    for section in form.sections:
        parts.append(f"<h2>{escape(section.heading)}</h2>")
        grid = section.group and section.group != "children"
        for name, row in [] if grid else _blocks(section):
            parts.append(f"<h3>{escape(name)}</h3>" if name and len(section.rows) > 1 else "")
            rows = "".join(_cells(_label(q), _answer(q, form.marks)) for q in row)
            parts.append(f'<table border="1">{rows}</table>')
        if grid:
            head = "".join(f"<th>{escape(column)}</th>" for column in section.columns)
            rows = "".join(_cells(*(_answer(q, form.marks) for q in row)) for row in section.rows)
            parts.append(f'<table border="1"><tr>{head}</tr>{rows}</table>')
    return _mail(form, "The form is below.", "\n".join(parts))


def html_paragraphs(form: Form) -> bytes:
    """Each label in bold, the answer behind it or on the next line."""
    parts = [f"<p><b>{escape(form.title)}</b><br>{escape(form.subtitle)}</p>"]
    broken = form.chance.random() < 0.5
    for section in form.sections:
        parts.append(f"<p><u>{escape(section.heading)}</u></p>")
        for name, row in _blocks(section):
            parts.append(f"<p><i>{escape(name)}</i></p>" if name else "")
            for q in row:
                between = "<br>" if broken else " "
                parts.append(f"<p>{_label(q)}{between}{_answer(q, form.marks)}</p>")
    return _mail(form, "The form is below.", "\n".join(parts))


def _cells(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _label(question: Question) -> str:
    guidance = f"<br><i>{escape(question.guidance)}</i>" if question.guidance else ""
    colon = "" if question.label.endswith((":", "?")) else ":"
    return f"<b>{escape(question.label)}{colon}</b>{guidance}"


def _answer(question: Question, marks: str) -> str:
    shown = ""
    for run in runs(question, marks):
        written = escape(run.text).replace("\n", "<br>").replace("  ", "&nbsp; ")
        tag = TAGS.get(run.look)
        shown += f"<{tag}>{written}</{tag}>" if tag else written
    return shown


def _mail(form: Form, plain: str, html: str = "") -> bytes:
    message = EmailMessage()
    message["From"] = "A. Writer <writer@fernywhistle-surgery.example>"
    message["To"] = "tscp@tameside-scp.example"
    message["Subject"] = "SIN notification"
    message["Date"] = "Tue, 06 Jan 2026 09:00:00 +0000"
    message["Message-ID"] = "<one@fernywhistle-surgery.example>"
    message.set_content(plain, cte="quoted-printable")
    if html:
        page = f"<html><body>{html}</body></html>"
        message.add_alternative(page, subtype="html", cte="quoted-printable")
        message.set_boundary("=_parts_")
    return message.as_bytes()
