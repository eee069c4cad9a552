"""Well-formed mail is read as stdlib's own parser reads it."""

import email.policy
from email.message import EmailMessage

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.opening import open_message

NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40
)
FILES = st.lists(st.tuples(NAMES, st.binary(max_size=3_000)), max_size=5)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(FILES, st.sampled_from(["base64", "quoted-printable"]), st.sampled_from(["\n", "\r\n"]))
def test_files_come_out_as_they_were_put_in(files, encoding, line_end):
    message = EmailMessage(email.policy.SMTP.clone(linesep=line_end))
    message["From"] = "a@b.example"
    message.set_content("Text")
    for name, content in files:
        message.add_attachment(content, "x", "form", filename=name + ".x", cte=encoding)
    opened = open_message(message.as_bytes())
    assert [a.content for a in opened.attachments] == [content for _, content in files]
    expected = [name.replace("\\", "/").split("/")[-1] + ".x" for name, _ in files]
    assert [a.name for a in opened.attachments] == expected


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=200))
def test_text_comes_out_as_it_was_put_in(text):
    message = EmailMessage()
    message["From"] = "a@b.example"
    message["Subject"] = text
    message.set_content(text, cte="base64")
    found = open_message(message.as_bytes()).correspondence
    assert found.full_text == text.strip()
    assert found.subject == " ".join(text.split())[:1000]
