"""The fresh, minimal package around the parts of a Word file that hold words."""

from __future__ import annotations

import io
import zipfile

from docx.opc.constants import CONTENT_TYPE as CT

RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
KEPT = {
    "styles": CT.WML_STYLES,
    "numbering": CT.WML_NUMBERING,
    "header": CT.WML_HEADER,
    "footer": CT.WML_FOOTER,
    "comments": CT.WML_COMMENTS,
    "footnotes": CT.WML_FOOTNOTES,
    "endnotes": CT.WML_ENDNOTES,
}
CT_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
REL_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"


def fresh_package(parts: list[tuple[str, bytes]]) -> bytes:
    """A minimal package around these parts; stored, since it is read again at once."""
    types, relations, packed = [], [], io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, (kind, xml) in enumerate(parts):
            name = f"word/part{number}.xml"
            types.append(
                f'<Override PartName="/{name}" '
                f'ContentType="{KEPT.get(kind, CT.WML_DOCUMENT_MAIN)}"/>'
            )
            relations.append(
                f'<Relationship Id="rId{number}" Type="{RELATED}{kind}" Target="/{name}"/>'
            )
            archive.writestr(name, xml)
        archive.writestr("[Content_Types].xml", _listed("Types", CT_SPACE, types))
        archive.writestr("_rels/.rels", _listed("Relationships", REL_SPACE, relations[:1]))
        archive.writestr(
            "word/_rels/part0.xml.rels", _listed("Relationships", REL_SPACE, relations[1:])
        )
    return packed.getvalue()


def _listed(root: str, space: str, items: list[str]) -> str:
    # The defaults are what python-docx looks up for .rels and .xml.
    defaults = f'<Default Extension="rels" ContentType="{CT.OPC_RELATIONSHIPS}"/>'
    return f'<{root} xmlns="{space}">{defaults if root == "Types" else ""}{"".join(items)}</{root}>'
