"""The text of a mail, and the new text told from what it quotes."""

import pytest

from intake.bodies import html_text
from intake.opening import open_message
from intake.quotes import new_text


def test_a_table_is_read_row_by_row():
    page = """<table><tr><th>Name of child</th><td><p>Baby SMITH</p><p>(unborn)</p></td></tr>
    <tr><td>Date&nbsp;of birth</td><td>3<sup>rd</sup> March<br>2026</td></tr></table>after"""
    assert html_text(page).split("\n") == [
        "Name of child\tBaby SMITH (unborn)",
        "Date of birth\t3rd March 2026",
        "after",
    ]


def test_what_the_reader_would_not_see_is_left_out():
    page = (
        "<head><title>t</title><style>p{}</style></head><script>s</script>"
        "<div style='display: none'>hidden <b>too</b></div><!-- c --><p>seen</p>tail"
    )
    assert html_text(page) == "seen\ntail"


def test_paragraphs_lists_and_line_breaks_are_lines():
    page = "<p>one<br>two</p><p>three</p><ul><li>a</li><li>b</li></ul><pre>x\n  y</pre>"
    assert html_text(page).split() == ["one", "two", "three", "a", "b", "x", "y"]
    assert "x\n  y" in html_text(page)


@pytest.mark.parametrize("page", ["", "<", "<!--", "<p", "&#xD800;&#0;", "<b>" * 5000 + "deep"])
def test_broken_html_is_no_error(page):
    text = html_text(page)
    text.encode("utf-8")
    assert ("deep" in text) == ("deep" in page)


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "utf-16", "no-such", "idna", "hex", "\0"])
def test_any_charset_gives_text(charset):
    real = charset if charset in ("utf-8", "cp1252", "utf-16") else "utf-8"
    head = f'From: a@b.example\nContent-Type: text/plain; charset="{charset}"\n'
    body = "Zoë – £5".encode(real)
    assert open_message(head.encode() + b"\n" + body).correspondence.body == "Zoë – £5"


def test_a_charset_in_the_page_itself_counts_where_the_header_has_none():
    page = '<meta charset="iso-8859-2"><p>Łódź</p>'.encode("iso-8859-2")
    message = b"From: a@b.example\nContent-Type: text/html\n\n" + page
    assert open_message(message).correspondence.body == "Łódź"


CUT = {
    "outlook": "New.\n\nFrom: TSCP <tscp@x>\nSent: 4 November 2026\nTo: Jane\nSubject: Hi\n\nOld.",
    "divider": "New.\n\n______________________\nFrom: TSCP\nSent: 4 Nov\nTo: J\n\nOld.",
    "bold": "New.\n\n*From:* TSCP\n*Date:* 4 November 2026\n*Subject:* Hi\n\nOld.",
    "original": "New.\n\n-----Original Message-----\nFrom: TSCP\n\nOld.",
    "gmail": "New.\n\nOn Wed, 4 Nov 2026 at 10:00, TSCP <tscp@x>\nwrote:\n\n> Old.\n> Older.",
    "unmarked": "New.\n\nOn 4 Nov 2026, at 10:00, TSCP <tscp@x> wrote:\n\nOld.",
    "bottom": "On 4 Nov 2026, TSCP wrote:\n> Old.\n>\n> Older.\n\nNew.",
    "signature": "New.\n-- \nJane Smith\nSocial worker\nTel: 0161 496 0000",
    "phone": "New.\n\nSent from my iPhone",
    "disclaimer": "New.\n\nThis email and any attachments are confidential and intended solely for"
    " the addressee.\n\nIf you are not the intended recipient you must delete it at once.",
    "banner": "CAUTION: This email originated from outside the organisation.\n\nNew.",
}


@pytest.mark.parametrize("how", CUT)
def test_only_the_new_text_is_left(how):
    assert new_text(CUT[how]) == "New."


def test_answers_between_the_quotes_stay():
    text = "On 4 Nov, TSCP wrote:\n> Known to you?\nYes, since 2024.\n> To whom?\nHealth visitor."
    assert new_text(text).split("\n") == ["Yes, since 2024.", "Health visitor."]


@pytest.mark.parametrize(
    "text",
    [
        "Blood level >5 mg\n>18 years old",
        "From: the school we heard nothing.\nDate of birth: 1 March 2020",
        "On Monday the mother wrote a letter",
        "Part one\n-- \n" + "\n".join(f"line {n}" for n in range(30)),
        "Name: JB\n______________\nDate: 4 March",
        "This form is confidential.\n\nDetails follow.",
    ],
)
def test_what_only_looks_like_a_quote_stays(text):
    assert new_text(text) == text


def test_the_full_text_keeps_everything():
    message = ("From: a@b.example\n\n" + CUT["outlook"]).encode()
    found = open_message(message).correspondence
    assert found.body == "New."
    assert found.full_text == CUT["outlook"]


@pytest.mark.parametrize(
    "page",
    [
        '<p>New.</p><div class="gmail_quote"><div>On Wed, 4 Nov 2026 TSCP wrote:<br></div>'
        '<blockquote class="gmail_quote"><p>Old.</p></blockquote></div>',
        "<p>New.</p><hr><div id='divRplyFwdMsg'><b>From:</b> TSCP<br><b>Sent:</b> 4 Nov<br>"
        "<b>To:</b> J<br><b>Subject:</b> Hi</div><p>Old.</p>",
        "<blockquote type='cite'>Old.</blockquote><p>New.</p>",
        "<blockquote style='margin-left:40px'><p>New.</p></blockquote>",
    ],
)
def test_quotes_in_html(page):
    message = b"From: a@b.example\nContent-Type: text/html\n\n" + page.encode()
    assert open_message(message).correspondence.body == "New."
