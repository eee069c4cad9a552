"""Good documents and messages of every kind, from the one generator, to be damaged."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from functools import cache

import pypdfium2
from factories import LAYOUTS, a_document, a_file, a_form, a_mail
from PIL import Image

from tscp.demo.damaged import locked, old_word
from tscp.demo.forms_pdf import as_pdf
from tscp.demo.mails import Attached
from tscp.demo.papers import scan

PASSWORD = "a password of the fuzzer"


def _picture(kind: str, **options: object) -> bytes:
    """The first page of a form as a small picture."""
    page = pypdfium2.PdfDocument(a_document(a_form(), "ruled"))[0]
    buffer = io.BytesIO()
    page.render(scale=0.7).to_pil().convert("L").save(buffer, kind, **options)
    return buffer.getvalue()


def _fax() -> bytes:
    """Two pages, black and white, in one TIFF."""
    with Image.open(io.BytesIO(_picture("PNG"))) as page:
        bare, buffer = page.convert("1"), io.BytesIO()
        bare.save(buffer, "TIFF", save_all=True, append_images=[bare], compression="group4")
    return buffer.getvalue()


def _text() -> str:
    form = a_form()
    said = form.answers
    return "Dear team\n\nSerious child safeguarding incident notification\n" + "".join(
        f"{key.replace('_', ' ').title()}: {typed.text}\n" for key, typed in said.items()
    )


def _html() -> bytes:
    rows = (line.partition(":") for line in _text().splitlines())
    cells = "".join(f"<tr><td><b>{label}</b></td><td>{said}</td></tr>" for label, _, said in rows)
    return f"<html><body><table border=1>{cells}</table></body></html>".encode()


def _rtf() -> bytes:
    lines = _text().encode("ascii", "replace").decode().replace("\n", "\\par\n")
    return ("{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 " + lines + "}").encode()


def _mail_of_all() -> bytes:
    files = [a_file(), Attached("page.png", _picture("PNG"))]
    inner = a_mail("csc", "FW: SIN form", attached=[a_file(layout="lines")])
    return a_mail("tgicft", "SIN form – Zoë", attached=[*files, inner]).content


def _message(text: str, **options: bool) -> Callable[[], bytes]:
    return lambda: a_mail("tgicft", "SIN", text or _text()).content


DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    **{
        f"{layout}.{'pdf' if layout in ('ruled', 'lines', 'fields') else 'docx'}": (
            lambda layout=layout: a_document(a_form(), layout)  # type: ignore[misc]
        )
        for layout in LAYOUTS
    },
    "locked.docx": lambda: locked(a_document(a_form(), "pairs"), PASSWORD),
    "locked.pdf": lambda: as_pdf(a_form(), "lines", PASSWORD),
    "scan.pdf": lambda: scan(a_form(), 1),
    "photograph.jpg": lambda: _picture("JPEG", quality=60),
    "page.png": lambda: _picture("PNG"),
    "fax.tif": _fax,
    "old.doc": lambda: old_word(_text()),
    "rich.rtf": _rtf,
    "page.html": _html,
    "typed.txt": lambda: _text().encode(),
}
MESSAGES: Mapping[str, Callable[[], bytes]] = {
    "form in the text.eml": _message(""),
    "everything.eml": _mail_of_all,
}


@cache
def original(name: str) -> bytes:
    """The undamaged bytes; made once."""
    with redirect_stdout(io.StringIO()):  # the factories say their seed, each time
        return (DOCUMENTS | MESSAGES)[name]()
