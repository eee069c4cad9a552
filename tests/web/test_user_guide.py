"""The pictures of the user guide, of fictitious cases: `make screenshots` takes them anew."""

import io
import os
import re

import pytest
from PIL import Image
from sizes import ROOT
from working import a_new_case, drafted

IMAGES = ROOT / "docs" / "images"
GUIDE = ROOT / "docs" / "user-guide.md"
STRANGER = "/mail/M-000028"
PICTURES = {
    "queue": ("/queue", 1280, 760),
    "mail": (STRANGER, 900, 1560),
    "case": ("/case/TSCP-2026-0001", 1000, 760),
    "contribution": ("/case/TSCP-2026-0001/contribution?agency=csc", 800, 1270),
    "correct": ("/case/TSCP-2026-0001/correct?key=la_aware_date", 800, 760),
}
"""Name -> the page, and how wide and high it is pictured."""


def pictured(page, name):
    """Takes the picture where it is wanted anew; there must be one in any case."""
    if os.environ.get("SCREENSHOTS"):
        whole = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        whole.quantize(64, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)
    assert (IMAGES / f"{name}.png").stat().st_size < 200_000


@pytest.mark.parametrize("name", PICTURES)
def test_a_page_of_the_guide_is_there_to_be_pictured(desk, signed_in, name):
    path, width, height = PICTURES[name]
    page = signed_in(desk, "business support", width=width, scripts=False)
    page.set_viewport_size({"width": width, "height": height})
    assert page.goto(desk.url + path).status == 200
    pictured(page, name)


def test_the_drafts_of_a_case_are_there_to_be_pictured(working, signed_in):
    reference = a_new_case(working)
    drafted(working, reference)
    page = signed_in(working, "business support", width=800, scripts=False)
    page.set_viewport_size({"width": 800, "height": 1000})
    page.goto(f"{working.url}/letters?case={reference}")
    pictured(page, "letters")


def test_the_guide_shows_every_picture_and_no_other():
    shown = re.findall(r"!\[[^]]+\]\(images/([a-z]+)\.png\)", GUIDE.read_text(encoding="utf-8"))
    assert sorted(shown) == sorted([*PICTURES, "letters"])


def test_the_guide_names_buttons_and_links_as_the_desk_does():
    folder = ROOT / "tscp" / "web" / "templates"
    pages = " ".join(path.read_text(encoding="utf-8") for path in folder.glob("*.html"))
    named = re.findall(r"\*\*([^*]+)\*\*", GUIDE.read_text(encoding="utf-8"))
    assert len(named) > 20
    assert [words for words in named if words not in pages] == []
