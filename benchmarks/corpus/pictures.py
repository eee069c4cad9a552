"""Pages as a scanner or a telephone sees them: rendered by pdfium, spoiled with Pillow."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

FIXED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC).timetuple()
ORIENTATION = 0x0112
Picture = Image.Image


def pages(content: bytes, dpi: int) -> list[Picture]:
    """The pages of a PDF in grey."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def scan300(content: bytes, chance: random.Random) -> bytes:
    """A good scan: 300 dpi, straight, a little noise."""
    return _as_pdf([_noisy(page, chance, 8) for page in pages(content, 300)], 300, 80)


def scan200(content: bytes, chance: random.Random) -> bytes:
    """A poor scan: 200 dpi, laid askew by 1 to 3 degrees, greyish, noisier."""
    made = []
    for page in pages(content, 200):
        angle = chance.uniform(1, 3) * chance.choice((-1, 1))
        askew = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=245)
        made.append(_noisy(askew, chance, 14))
    return _as_pdf(made, 200, 65)


def photo(content: bytes, chance: random.Random) -> bytes:
    """Photographs of the pages in one PDF, as telephones send them."""
    return _as_pdf([_photographed(page, chance) for page in pages(content, 220)], 220, 75)


def jpeg(content: bytes, chance: random.Random) -> bytes:
    """A photograph of the first page, upright only by its EXIF turn."""
    page = _photographed(pages(content, 220)[0], chance)
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    buffer = io.BytesIO()
    page.rotate(90, expand=True).save(buffer, "JPEG", quality=80, exif=exif)
    return buffer.getvalue()


def _photographed(page: Picture, chance: random.Random) -> Picture:
    """Seen from one side, on a dark table, in uneven light, a little soft."""
    width, height = page.size
    edge = width // 14
    table = Image.new("L", (width + 2 * edge, height + 2 * edge), 70)
    table.paste(page, (edge, edge))
    bent = table.transform(
        table.size, Image.Transform.QUAD, _corners(table.size, edge, chance),
        Image.Resampling.BICUBIC, fillcolor=70,
    )  # fmt: skip
    light = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(bent.size)
    shade = light.point([150 + value * 105 // 255 for value in range(256)])
    lit = ImageChops.multiply(bent, shade).filter(ImageFilter.GaussianBlur(0.6))
    return _noisy(lit, chance, 10)


def _corners(size: tuple[int, int], edge: int, chance: random.Random) -> tuple[float, ...]:
    """Where the picture's corners lie on the table: upper left, lower left, lower right, …"""
    width, height = size
    reach = edge * 0.7
    x = [chance.uniform(0, reach) for _ in range(4)]
    y = [chance.uniform(0, reach) for _ in range(4)]
    return (x[0], y[0], x[1], height - y[1], width - x[2], height - y[2], width - x[3], y[3])


def _noisy(page: Picture, chance: random.Random, sigma: int) -> Picture:
    """With grain; a tile of noise from the seed, laid at another place on each page."""
    tile = Image.frombytes("L", (512, 512), chance.randbytes(512 * 512))
    grain = tile.point([128 + (value - 128) * sigma // 128 for value in range(256)])
    noise = Image.new("L", page.size)
    for left in range(0, page.size[0], 512):
        for top in range(0, page.size[1], 512):
            noise.paste(grain, (left, top))
    return ImageChops.add(page, noise, 1, -128)


def _as_pdf(made: list[Picture], dpi: int, quality: int) -> bytes:
    buffer = io.BytesIO()
    dates = {"creationDate": FIXED, "modDate": FIXED}
    look = {"resolution": dpi, "quality": quality, **dates}
    made[0].save(buffer, "PDF", save_all=True, append_images=made[1:], **look)
    return buffer.getvalue()


AS: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
    "scan300": scan300,
    "scan200": scan200,
    "photo": photo,
    "jpeg": jpeg,
}
