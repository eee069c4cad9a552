"""The queue, a case, and the e-mails, as a person reads them."""

import re

import pytest
from factories import a_form, a_referral

from intake.mailbox import RawMessage
from storage.cases import queue_page
from storage.database import reading
from tscp.acts.assign import assign
from tscp.acts.contribute import contribute
from tscp.acts.poll import receive
from tscp.acts.process import process_waiting


def urgent_case(desk):
    with reading(desk.desk.engine) as session:
        return queue_page(session, desk.desk.keys, 1)[0].reference


def text(desk, path, role="business support"):
    """What a page says, without its tags."""
    with desk.client(role) as client:
        answer = client.get(path)
    assert answer.status_code == 200, path
    visible = re.sub(r'<span class="desk-label"[^<]*</span>', "", answer.text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", visible))


def test_the_most_pressing_case_is_first_and_says_why(desk, signed_in):
    page = signed_in(desk, "business support")
    page.goto(f"{desk.url}/queue")
    first = page.locator("tbody tr").first
    said = first.inner_text()
    assert said.startswith(urgent_case(desk))
    assert "Urgent" in said
    assert "other children at risk now" in said
    assert re.search(r"\d of \d", said)


def test_the_queue_counts_what_is_in_it(desk, signed_in):
    page = signed_in(desk, "business support")
    page.goto(f"{desk.url}/queue")
    rows = page.locator("tbody tr").count()
    said = page.get_by_role("list", name="The queue in numbers").inner_text()
    numbers = [int(number) for number in re.findall(r"^\s*(\d+)", said, re.MULTILINE)]
    assert numbers[0] == rows
    assert numbers[1] == page.get_by_text("Urgent", exact=True).count() == 1


def test_initials_are_heard_as_letters(desk, signed_in):
    page = signed_in(desk, "business support")
    page.goto(f"{desk.url}/queue")
    heard = page.locator("tbody tr").first.locator("td").first.aria_snapshot()
    assert re.search(r"initials [A-Z] [A-Z], \d+ years", heard)


def test_a_case_shows_answers_with_what_was_typed_and_where(desk):
    said = text(desk, "/case/TSCP-2026-0001")
    assert re.search(r"Date the LA became aware \d+ \w+ 20\d\d as typed: “", said)
    assert re.search(r"read surely \(0\.9\d\) · table \d+, row \d+", said)
    assert "Not yet requested" in said
    assert "Questions the vocabulary does not know Ward" in said
    assert re.search(r"day \d+(; it had| of) \d+", said)


def test_a_case_tells_how_it_arrived_and_who_saw_it(desk):
    text(desk, "/case/TSCP-2026-0001", "manager")
    said = text(desk, "/case/TSCP-2026-0001")
    arrived = said[said.index("How this arrived E-mail") :]
    assert "M-000002" in arrived
    assert "New referral" in arrived
    assert "manager Case seen" in arrived
    assert "manager opened this case too, at" in said


def test_every_child_of_a_case_is_named_with_age(desk):
    said = text(desk, "/case/TSCP-2026-0002")
    for number in (1, 2, 3):
        assert re.search(rf"Child {number} \S+ \S+ , \d+ (year|month)s", said)


@pytest.mark.parametrize("path", ["/case/TSCP-2026-9999", "/case/x", "/mail/M-999999", "/mail/x"])
def test_what_is_not_there_is_said_plainly(desk, path):
    with desk.client("manager") as client:
        answer = client.get(path)
    assert answer.status_code == 404
    assert "This page is not there" in answer.text


def test_mail_that_needs_a_person_says_why_and_what_to_do(desk):
    said = text(desk, "/mail")
    assert "Longest waiting first" in said
    assert "Ask the sender" in said
    number = re.search(r"(M-\d{6}) (?:(?!M-).)*Perhaps for (TSCP-2026-\d{4})", said)
    message = text(desk, f"/mail/{number.group(1)}")
    assert f"Perhaps for {number.group(2)}" in message
    assert "What to do" in message


def test_the_register_holds_every_message_and_can_be_asked_for_a_day(desk):
    everything = set(re.findall(r"M-\d{6}", text(desk, "/mail?state=all")))
    assert len(everything) == 28
    line = text(desk, "/mail/M-000002")
    day, month, year = re.search(r"Received \d\d:\d\d on (\d+) (\w+) (\d+)", line).groups()
    number = ["November", "December", "January", "February", "March", "April", "May", "June",
              "July", "August", "September", "October"].index(month)  # fmt: skip
    asked = f"{int(day):02}/{(number + 10) % 12 + 1:02}/{year}"
    found = set(re.findall(r"M-\d{6}", text(desk, f"/mail?state=all&day={asked}")))
    assert "M-000002" in found
    assert found < everything


def test_the_summary_is_the_mail_in_the_desk(desk):
    said = text(desk, "/summary", "manager")
    assert f"Risk now: 1 {urgent_case(desk)}" in said
    assert "Contributions not yet received" in said


def test_an_empty_desk_says_so_plainly(empty_desk):
    assert "There is no open case" in text(empty_desk, "/queue")
    assert "No e-mail waits for a person" in text(empty_desk, "/mail")
    assert "No form" not in text(empty_desk, "/summary", "manager")


def test_both_databases_serve_the_same_desk(new_desk, database_url):
    with new_desk(database_url) as desk:
        for seed in (1, 2):
            mail = a_referral(a_form(seed, other_children_at_risk="No"))
            raw = RawMessage(str(seed), mail.at, mail.content)
            receive(desk.desk, "tscp", raw)
        list(process_waiting(desk.desk))
        assign(desk.desk, "TSCP-2026-0001", "manager", "manager")
        contribute(desk.desk, "TSCP-2026-0001", "manager", "gp", "requested")
        assert "2 open cases" in text(desk, "/queue")
        assert "with manager" in text(desk, "/queue")
        assert "GP practice Requested, not yet received" in text(desk, "/case/TSCP-2026-0001")
        assert "2 received = 2 filed" in text(desk, "/mail?state=all&day=04/03/2026")
        assert "Contribution requested: gp" in text(desk, "/audit?about=TSCP-2026-0001", "auditor")
