"""What each letter says, word for word, and how it looks on a phone."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tscp.mail_out.render import TemplateWrong, rendered
from tscp.mail_out.templates_checked import SAMPLES

GOLDEN = Path(__file__).parent / "letters"
DESK = "https://triage.example.org"
LETTERS = [(kind, n) for kind, samples in SAMPLES.items() for n in range(len(samples))]
BLAME = re.compile(
    r"\b(?:victim|perpetrator|fail\w*|fault|offend\w*|complian\w*|default\w*|late|overdue|LAC)\b|!",
    re.IGNORECASE,
)


class Words(HTMLParser):
    """The text of a page's body."""

    def __init__(self, page):
        super().__init__()
        self.words, self.inside = [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.inside = self.inside or tag == "body"

    def handle_data(self, data):
        if self.inside:
            self.words += data.split()


def plain(text):
    """Words without the marks that only one of the two forms has."""
    return re.sub(r"[^a-z0-9']", "", text.lower())


@pytest.mark.parametrize(("kind", "number"), LETTERS)
def test_what_it_says(kind, number, golden):
    mail = rendered(kind, SAMPLES[kind][number], DESK)
    golden(GOLDEN / f"{kind}-{number}.txt", f"Subject: {mail.subject}\n\n{mail.text}")
    golden(GOLDEN / f"{kind}-{number}.html", mail.html)


@pytest.mark.parametrize(("kind", "number"), LETTERS)
def test_text_and_html_say_the_same(kind, number):
    mail = rendered(kind, SAMPLES[kind][number], DESK)
    text = mail.text.replace(f"Sign in: {DESK}", "Sign in")
    assert plain("".join(Words(mail.html).words)) == plain(text)


@pytest.mark.parametrize(("kind", "number"), LETTERS)
def test_it_blames_nobody_and_its_text_is_narrow(kind, number):
    mail = rendered(kind, SAMPLES[kind][number], DESK)
    assert not BLAME.search(f"{mail.subject}\n{mail.text}")
    assert max(map(len, mail.text.splitlines())) <= 78


@pytest.mark.parametrize("kind", ["acknowledgement", "request", "chaser", "escalation", "thanks"])
def test_its_subject_tells_the_reference_and_nothing_of_the_case(kind):
    agency = {"agency": "Cafcass", "asked_on": "1 December 2026", "due_on": "9 December 2026"}
    mail = rendered(kind, {"reference": "TSCP-2026-0042"} | agency)
    assert mail.subject.startswith("TSCP-2026-0042: ")
    assert not any(value in mail.subject for value in agency.values())
    assert all(number in mail.text for number in ("999", "0161 342 4101", "0161 342 2222"))


def test_what_stands_in_a_value_is_text_in_the_page():
    values = {"said": "<img src=x> & more", "since": "today", "what_to_do": "Look."}
    assert "&lt;img src=x&gt; &amp; more" in rendered("alert", values).html


def test_a_value_that_is_missing_is_named_with_its_line():
    with pytest.raises(TemplateWrong, match=r"^request\.txt, line \d+: 'due_on' is undefined$"):
        rendered("request", {"reference": "TSCP-2026-0042", "agency": "Cafcass"})


def test_a_kind_nobody_wrote():
    with pytest.raises(TemplateWrong, match="condolence"):
        rendered("condolence", {})


@pytest.mark.parametrize("width", [320, 800])
def test_on_a_phone_and_a_desk_nothing_is_cut_off_or_fetched(page, width):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 600})
    for kind, number in LETTERS:
        page.set_content(rendered(kind, SAMPLES[kind][number], DESK).html)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
    assert asked == []
