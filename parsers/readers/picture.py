"""A photograph or scan sent as a picture (JPEG, PNG, TIFF, HEIC …) becomes a Reading.

Pages are upright as the camera noted (EXIF), then flattened (picture_sheet.py) and recognised
(scan.py). A page's points are those of its own dots an inch where the file tells them, else its
long side counts as that of A4.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from parsers.readers import scan_problems as problems
from parsers.readers.pdf_evidence import Finisher, Shows
from parsers.readers.pdf_join import joined, paragraphs_joined
from parsers.readers.pdf_layout import drafts_of
from parsers.readers.pdf_marks import Marks
from parsers.readers.picture_sheet import flattened
from parsers.readers.scan import MOST_PAGES, Scans
from parsers.readers.scan_upright import Grey
from parsers.reading import Reading, Unreadable
from triage.problem import Problem

MOST_BYTES = 60_000_000
MOST_PIXELS = 64_000_000
"""A page; telephones take 12 to 50 million. As shades of grey that is as many bytes."""
WORKING_SIDE = 3600
"""Pixels of the long side that are kept: A4 at 300 dpi. More says no more of the letters."""
_LEAST_SIDE = 600
_A4 = 842.0  # points
_BROKEN = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError,
    EOFError, LookupError, ArithmeticError, TypeError, RuntimeError,
)  # fmt: skip


def read_picture(content: bytes) -> Reading:
    """The paragraphs and tables on the picture's pages; raises only Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(problems.TOO_BIG)
    scans, found = Scans(), list[Problem]()
    marks: list[Marks] = []
    try:
        for number, (grey, dpi) in enumerate(_pages(content), start=1):
            marks.append(_marks(scans, grey, dpi, number))
    except _BROKEN:
        if not marks:
            raise Unreadable(problems.DAMAGED) from None
        found.append(problems.MENDED)
    scans.check(found)
    if not any(page.words for page in marks):
        raise Unreadable(problems.NO_WORDS)
    drafts = paragraphs_joined(joined([drafts_of(page) for page in marks]))
    turns: dict[int, Shows] = dict(scans.pages)
    finisher = Finisher(turns, scans.pages)
    blocks = tuple(finisher.block(draft) for draft in drafts)
    return Reading(blocks, "tesseract", problems=tuple(found))


def _marks(scans: Scans, grey: Grey, dpi: float, number: int) -> Marks:
    """What stands on a page; past MOST_PAGES only that it was left."""
    if max(grey.shape) < _LEAST_SIDE:
        raise Unreadable(problems.TOO_SMALL)
    scale = dpi / 72 if dpi else max(grey.shape) / _A4
    sheet = flattened(grey, scale)
    return scans.marks(sheet.grey, sheet.scale, number, sheet.back)


def _pages(content: bytes) -> Iterator[tuple[Grey, float]]:
    """Each page as a grey picture, upright as its camera noted, and its dots an inch or 0."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's of odd files would tell of them in the log
        with _opened(content) as picture:
            # A HEIC or MPO holds a preview or depth map beside the picture; a TIFF holds pages.
            count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            for number in range(min(count, MOST_PAGES + 1)):
                picture.seek(number)
                if picture.width * picture.height > MOST_PIXELS:
                    raise Unreadable(problems.TOO_BIG)
                yield _page(picture)


def _opened(content: bytes) -> Image.Image:
    if content[4:8] == b"ftyp":
        from pi_heif import register_heif_opener

        register_heif_opener()
    return Image.open(BytesIO(content))


def _page(picture: Image.Image) -> tuple[Grey, float]:
    told = picture.info.get("dpi", (0, 0))[0]
    dpi = float(told)
    size = picture.size
    picture.draft("L", (WORKING_SIDE // 2, WORKING_SIDE // 2))  # a JPEG unpacks smaller at once
    upright = _on_white(ImageOps.exif_transpose(picture))
    upright.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.BOX)
    long = max(size) / dpi if dpi else 0.0
    # Cameras note 72 or 96 of no meaning; a sheet is between a slip and A2.
    dpi = max(upright.size) / long if 4 <= long <= 24 else 0.0
    return np.asarray(upright, dtype=np.uint8), dpi


def _on_white(picture: Image.Image) -> Image.Image:
    """As shades of grey; what shows through is paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture)
        return paper.convert("L")
    if picture.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(picture) // 256).astype(np.uint8))
    return picture.convert("L")
