"""A letter of ours that came back is known by its Message-ID; one that is only late has not."""

from pathlib import Path

import pytest

from intake.opening import open_message

REPORTS = Path(__file__).parent / "delivery_reports"
LETTER = "<l42@tscp.example>"
CAME_BACK = sorted(
    path.stem for path in REPORTS.glob("*.eml") if not path.stem.endswith("_delayed")
)
ONLY_LATE = ["postfix_delayed", "gmail_delayed", "exim_delayed"]


def read(name, *changes):
    content = (REPORTS / f"{name}.eml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    return open_message(content.encode()).correspondence


@pytest.mark.parametrize("name", CAME_BACK)
def test_a_letter_that_came_back_is_named(name):
    mail = read(name)
    assert mail.kind == "bounce"
    assert mail.returned == (LETTER,)
    assert LETTER in mail.references


@pytest.mark.parametrize("name", ONLY_LATE)
def test_a_letter_that_is_late_has_not_come_back(name):
    mail = read(name)
    assert mail.kind == "automatic reply"
    assert mail.returned == ()


@pytest.mark.parametrize("name", ["postfix_delayed", "gmail_delayed"])
def test_the_case_of_a_late_letter_is_found(name):
    assert LETTER in read(name).references


def test_one_of_several_recipients_failing_is_enough():
    both = "Action: delayed\nStatus: 4.4.1\n\nFinal-Recipient: rfc822; b@a.example\nAction: failed"
    assert read("postfix_failed", ("Action: failed", both)).returned == (LETTER,)


@pytest.mark.parametrize(("status", "back"), [("5.1.1", True), ("4.4.1", False), ("?", True)])
def test_without_an_action_the_status_tells(status, back):
    mail = read("postfix_failed", ("Action: failed\n", ""), ("Status: 5.1.1", f"Status: {status}"))
    assert mail.returned == ((LETTER,) if back else ())


def test_the_report_counts_and_not_its_subject():
    late = read("postfix_delayed", ("Delayed Mail (still being retried)", "Undelivered Mail"))
    assert late.returned == ()
    back = read("postfix_failed", ("Undelivered Mail Returned to Sender", "Report"))
    assert back.returned == (LETTER,)


def test_of_a_thread_without_more_the_last_mail_came_back():
    mail = read("exchange_without_original", ("In-Reply-To: <l42@tscp.example>\n", ""))
    assert mail.returned == (LETTER,)


def test_earlier_mails_of_the_thread_have_not_come_back():
    for name in CAME_BACK:
        assert "<earlier@school.example>" not in read(name).returned


def test_somebody_writing_about_a_mail_that_came_back_is_a_person():
    forwarded = (REPORTS / "postfix_failed.eml").read_text(encoding="utf-8")
    mail = open_message(
        b"From: jane@a.example\nSubject: FW: Undelivered\n"
        b'Content-Type: multipart/mixed; boundary="x"\n\n--x\n\nThis came back.\n--x\n'
        b"Content-Type: message/rfc822\n\n" + forwarded.encode() + b"\n--x--\n"
    ).correspondence
    assert (mail.kind, mail.returned) == ("ordinary", ())
