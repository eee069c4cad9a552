"""Forms, documents and mails for tests, made from a printed seed.

Thin builders over tscp.demo, which demo and benchmarks share. Another seed for all of them:
TEST_SEED=7 pytest …
"""

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime

from tscp.demo.filling import fill
from tscp.demo.forms import FormContent
from tscp.demo.forms_docx import LAYOUTS as WORD_LAYOUTS
from tscp.demo.forms_docx import as_docx
from tscp.demo.forms_pdf import LAYOUTS as PDF_LAYOUTS
from tscp.demo.forms_pdf import as_pdf
from tscp.demo.incidents import incidents
from tscp.demo.mails import Attached, Sent, write
from tscp.demo.people import People, Professional
from tscp.demo.typed import Typed, words

BASE_SEED = int(os.environ.get("TEST_SEED", "1"))
A_DAY = date(2026, 3, 4)
A_MOMENT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
THEMES = tuple(incidents())
LAYOUTS = (*WORD_LAYOUTS, *PDF_LAYOUTS)


def a_form(
    seed: int = 0,
    theme: str = "fall",
    on: date = A_DAY,
    children: int = 1,
    wording: str = "full",
    **answers: Typed | str,
) -> FormContent:
    """A filled form; a plain text given as an answer means itself."""
    print(f"a_form: TEST_SEED={BASE_SEED} seed={seed} theme={theme}")
    given = {key: words(a) if isinstance(a, str) else a for key, a in answers.items()}
    whole = f"{BASE_SEED} {seed}"
    return fill(whole, theme, on, children=children, wording=wording).form.but(**given)


def a_document(form: FormContent | None = None, layout: str = "two columns") -> bytes:
    """A form as Word or PDF, by the layout."""
    form = form or a_form()
    return as_docx(form, layout) if layout in WORD_LAYOUTS else as_pdf(form, layout)


def a_file(form: FormContent | None = None, layout: str = "two columns") -> Attached:
    """A form as an attachment."""
    ending = "docx" if layout in WORD_LAYOUTS else "pdf"
    return Attached(f"SIN form.{ending}", a_document(form, layout))


def somebody(agency: str = "gmp", seed: int = 0) -> Professional:
    """Somebody at an agency of the fictitious register."""
    return People(f"{BASE_SEED} {seed}").professional(agency)


def a_mail(
    sender: Professional | str = "gmp",
    subject: str = "SIN form",
    body: str = "Please find attached.",
    attached: Sequence[Attached | Sent] = (),
    at: datetime = A_MOMENT,
    answers: Sent | None = None,
) -> Sent:
    """A mail to the partnership; its bytes are `.content`."""
    who = somebody(sender) if isinstance(sender, str) else sender
    return write(who, at, subject, body, attached=attached, answers=answers)


def a_referral(
    form: FormContent | None = None, layout: str = "two columns", at: datetime = A_MOMENT
) -> Sent:
    """A mail with a form in it, from an agency."""
    return a_mail("tgicft", attached=[a_file(form, layout)], at=at)
