"""The type faces of our PDFs: the ones that come with reportlab, embedded, with accents."""

from __future__ import annotations

from functools import cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD, ITALIC = "Vera", "VeraBd", "VeraIt"
rl_config.useA85 = 0  # binary streams, as Word and scanners write them; much quicker, too


@cache
def register_faces() -> None:
    """Makes the faces known to reportlab, once."""
    for face in (PLAIN, BOLD, ITALIC):
        pdfmetrics.registerFont(TTFont(face, f"{face}.ttf"))
