"""A Word file made safe and plain, then opened by python-docx.

The parts that hold words (text, styles, lists, headers, notes, comments) are copied into a
fresh package; pictures, macros, themes and links are left behind unread. So a bomb in a
picture costs nothing, circular relations cannot be followed, and .docm, .dotx and Strict
files, which python-docx refuses, open like any other.
"""

from __future__ import annotations

import contextlib
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from docx import Document
from lxml import etree
from lxml.etree import _Element as Element

from parsers.readers.docx_fresh import KEPT, fresh_package
from parsers.reading import Unreadable
from triage.problem import Problem

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart

MOST_ENTRIES = 5_000
MOST_BYTES = 400_000_000  # declared by all entries together; pictures are never unpacked
MOST_XML = 40_000_000  # unpacked and parsed; the longest real chronologies are below 10 MB
MOST_PICTURE = 60_000_000  # unpacked; photographs have 2 to 12 MB
MOST_RATIO = 250  # Word's own XML packs 10 to 60 times
SMALL = 4_000_000  # below this a ratio says nothing

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # an encrypted entry
    NotImplementedError,  # a compression nobody uses in Word files
)
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_ENCODING = re.compile(rb"^[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", re.ASCII)
_USED = re.compile(rb'<w:[pr]Style w:val="([^"]+)"')
_BASED = re.compile(rb'<w:basedOn w:val="([^"]+)"')
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml.*?\?>", re.DOTALL)
_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"}


def damaged(what: str = "This Word document is damaged") -> Unreadable:
    """The refusal for a file that is not, or no longer, a sound Word document."""
    cure = "Ask the sender to open it in Word, save it again as .docx and resend it."
    return Unreadable(Problem(what, what_to_do=cure, kind="unreadable"))


def too_big(what: str) -> Unreadable:
    """The refusal for a file that would unpack beyond all reason."""
    cure = "Do not open it; ask the sender whether they meant to send it."
    return Unreadable(Problem(what, what_to_do=cure, kind="too big"))


class Package(NamedTuple):
    """A Word file opened. `incomplete`: some of its parts are damaged and were left out."""

    part: DocumentPart
    xml: bytes
    incomplete: bool
    data: dict[str, Element]
    """What controls are bound to: the roots of its data parts by their identifiers, in capitals."""


def open_package(content: bytes) -> Package:
    """The document as python-docx holds it, and what it needs of the rest of the file.

    Headers, styles or notes that are broken must not cost the form itself: without them, then.
    """
    archive = safe_zip(content)
    names, main = _main_part(archive)
    parts = _parts(archive, names, main)
    data = _data(archive, names, main) if b"<w:dataBinding" in parts[0][1] else {}
    try:
        return Package(_opened(parts), parts[0][1], False, data)
    except etree.XMLSyntaxError:
        return Package(_opened(parts[:1]), parts[0][1], True, data)


def pictures_in(content: bytes) -> Iterator[bytes]:
    """The pictures that the document itself relates to, in the order they were put in."""
    archive = safe_zip(content)
    names, main = _main_part(archive)
    for kind, target in _relations(archive, names, main):
        if kind == "image" and target in names and names[target].file_size <= MOST_PICTURE:
            with contextlib.suppress(*ZIP_ERRORS):
                yield archive.read(names[target])


def _main_part(archive: zipfile.ZipFile) -> tuple[dict[str, zipfile.ZipInfo], str]:
    """What the file holds, by name, and the name of the document in it."""
    # Some programs write back slashes or other capitals; Word opens those too.
    names = {_plain_name(entry.filename): entry for entry in archive.infolist()}
    main = next((t for k, t in _relations(archive, names, "") if k == "officeDocument"), "")
    main = main if main in names else "word/document.xml"
    if main not in names:
        raise damaged("There is no document inside this Word file")
    return names, main


def safe_zip(content: bytes) -> zipfile.ZipFile:
    """A zip file whose declared sizes are within reason; zipfile never unpacks beyond them."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except ZIP_ERRORS as error:
        raise damaged("This Word document is damaged or was cut short") from error
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise too_big("This Word document unpacks to far more than a document needs")
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise too_big("This Word document unpacks to far more than a document needs")
    return archive


def _opened(parts: list[tuple[str, bytes]]) -> DocumentPart:
    document = Document(io.BytesIO(fresh_package(parts)))
    return document.part


def _parts(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], main: str
) -> list[tuple[str, bytes]]:
    """(relation, XML) for the document and then for every part of it that holds words."""
    parts = [("officeDocument", _xml(archive, names[main]))]
    for kind, target in _relations(archive, names, main):
        if kind in KEPT and target in names:
            parts.append((kind, _xml(archive, names[target])))
        if sum(len(xml) for _, xml in parts) > MOST_XML:
            raise too_big("This Word document holds more text than can be read")
    words = b"".join(xml for kind, xml in parts if kind != "styles")
    return [(k, slim_styles(xml, words) if k == "styles" else xml) for k, xml in parts]


def _data(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], main: str
) -> dict[str, Element]:
    """The data parts; one that is damaged is as good as absent."""
    found: dict[str, Element] = {}
    for kind, part in _relations(archive, names, main):
        if kind != "customXml" or part not in names or names[part].file_size > SMALL:
            continue
        about = [t for k, t in _relations(archive, names, part) if k == "customXmlProps"]
        with contextlib.suppress(etree.XMLSyntaxError, Unreadable):
            for properties in (_parsed(archive, names[t]) for t in about if t in names):
                identifier = next((v for k, v in properties.items() if k.endswith("}itemID")), "")
                found[str(identifier).upper()] = _parsed(archive, names[part])
    return found


def slim_styles(styles: bytes, words: bytes) -> bytes:
    """Only the styles that paragraphs and runs use, and those they are based on.

    Word's own template brings 350 kB of styles: two thirds of the time python-docx takes to open
    a form, for the three or four that a form uses.
    """
    start, end = styles.find(b"<w:style "), styles.rfind(b"</w:styles>")
    if start < 0 or end < 0:
        return styles
    wanted, kept = list(dict.fromkeys(_USED.findall(words))), dict[bytes, bytes]()
    for name in wanted:  # it grows while it is read
        at = styles.find(b'w:styleId="' + name + b'"')
        first, last = styles.rfind(b"<w:style ", 0, at), styles.find(b"</w:style>", at)
        if at >= 0 and first >= 0 and last >= 0 and name not in kept:
            kept[name] = styles[first:last] + b"</w:style>"
            wanted.extend(_BASED.findall(kept[name]))
    return styles[:start] + b"".join(kept.values()) + styles[end:]


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _relations(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], source: str
) -> list[tuple[str, str]]:
    """(kind, part name) for what a part, or '' for the package, relates to inside the file."""
    folder, base = posixpath.split(source)
    entry = names.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    if entry is None:
        return []
    try:
        root = _parsed(archive, entry)
    except etree.XMLSyntaxError:
        return []
    found = []
    for element in root.iter("{*}Relationship"):
        if element.get("TargetMode", "") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
            found.append((element.get("Type", "").rpartition("/")[2], _plain_name(target)))
    return found


def _parsed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(_xml(archive, entry), parser)


def _xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A part's XML as UTF-8, free of document type declarations, in the usual namespaces."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged()
    if entry.file_size > MOST_XML:
        raise too_big("This Word document holds more text than can be read")
    try:
        xml = _as_utf8(archive.read(entry))
    except ZIP_ERRORS as error:
        raise damaged("This Word document is damaged or was cut short") from error
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        # Never in a real Word file; it is how an XML bomb or a peek at our files begins.
        raise damaged("This Word document holds a construction that no real one has")
    return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", xml)


def _as_utf8(xml: bytes) -> bytes:
    """In one encoding, so that the search for declarations cannot be dodged by another."""
    if b"\0" in xml[:4] or xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        bare = "utf-16-be" if xml[:1] == b"\0" else "utf-16-le"
        encoding = "utf-16" if xml[:2] in (b"\xff\xfe", b"\xfe\xff") else bare
    else:
        declared = _ENCODING.match(xml)
        encoding = declared.group(1).decode("ascii").lower() if declared else "utf-8"
        if encoding not in _ENCODINGS:
            raise ValueError("an encoding that Word never writes")
        if encoding in ("utf-8", "utf8"):
            return xml
    return _DECLARATION.sub("", xml.decode(encoding), count=1).encode()
