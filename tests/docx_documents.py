"""Small Word documents for the tests, written as the XML they are about."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.oxml.parser import parse_xml

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())


def document(body: str) -> bytes:
    """A .docx by python-docx whose body is this XML."""
    made = Document()
    root = made.element.body
    for element in list(root):
        root.remove(element)
    for element in list(parse_xml(f"<w:body {_DECLARED}>{body}</w:body>")):
        root.append(element)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def p(*runs: str, style: str = "") -> str:
    """A paragraph of runs, or of plain texts."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(r if r.startswith('<') else run(r) for r in runs)}</w:p>"


def run(text: str, look: str = "") -> str:
    """A run; `look` is the inside of its properties."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*content: str, look: str = "") -> str:
    """A cell of paragraphs, tables or plain texts; `look` is the inside of its properties."""
    inside = "".join(c if c.startswith("<") else p(c) for c in content) or "<w:p/>"
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows, each the cells of one."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def sdt(content: str, properties: str = "<w:text/>") -> str:
    """A content control; a plain text one unless told otherwise."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def changed(content: bytes, **parts: bytes | None) -> bytes:
    """The package with parts replaced, added, or left out; '/' in a name is written '__'."""
    wanted = {name.replace("__", "/"): data for name, data in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for entry in old.infolist():
            if entry.filename not in wanted:
                new.writestr(entry.filename, old.read(entry))
        for name, data in wanted.items():
            if data is not None:
                new.writestr(name, data)
    return file.getvalue()


def part(content: bytes, name: str) -> bytes:
    """One part of the package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
