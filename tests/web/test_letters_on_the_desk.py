"""Letters on the desk: read, released one by one or together, cancelled, found sent, all held."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import update
from working import a_new_case, acts_on, drafted, the_case

from storage.database import transaction
from storage.tables import LetterRow
from tscp.acts.letters import held, start_again


@pytest.fixture
def page(working, signed_in):
    """A browser of somebody of business support."""
    return signed_in(working, "business support", scripts=False)


def states(working, reference):
    return {letter.id: letter.state for letter in the_case(working, reference).letters}


def put(working, letter, state, reason=""):
    """As if the outbox had come to this."""
    with transaction(working.desk.engine) as session:
        row = LetterRow.id == int(letter.removeprefix("L-"))
        session.execute(update(LetterRow).where(row).values(state=state, reason=reason))


def a_draft(working):
    return drafted(working, a_new_case(working))[-1]


def press(working, page, letter, button):
    page.goto(f"{working.url}/letters/{letter}")
    page.get_by_role("button", name=f"{button} ({letter})").click()


def test_the_requests_of_a_case_are_released_with_one_press(working, page):
    reference = a_new_case(working)
    drafts = drafted(working, reference)
    assert len(drafts) >= 4
    page.goto(f"{working.url}/case/{reference}")
    page.get_by_role("link", name=f"Release {len(drafts)} letters").click()
    page.get_by_role("button", name=f"Release the ticked ones of {reference}").click()
    assert page.url == f"{working.url}/case/{reference}?done=several-released"
    assert {states(working, reference)[letter] for letter in drafts} == {"waiting"}
    released = {act for who, act in acts_on(working, reference) if who == "business support"}
    assert released == {f"letter released: {letter}" for letter in drafts}


def test_what_is_not_ticked_stays_and_what_cannot_leave_is_named(working, page):
    reference = a_new_case(working)
    first, second, third, *_ = drafted(working, reference)
    page.goto(f"{working.url}/letters?case={reference}")
    page.locator(f"#{first}").uncheck()
    put(working, third, "cancelled")
    page.get_by_role("button", name=f"Release the ticked ones of {reference}").click()
    assert f"{third} is 'cancelled': only what has not left can be sent" in page.content()
    now = states(working, reference)
    assert (now[first], now[second], now[third]) == ("draft", "waiting", "cancelled")


@pytest.mark.parametrize("path", ["/letters", "/letters/{}"])
def test_letters_to_be_released_have_no_barrier(working, signed_in, path):
    page = signed_in(working, "manager", width=320)
    page.goto(working.url + path.format(a_draft(working)))
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_letter_is_read_as_it_would_leave_and_released(working, page):
    letter = a_draft(working)
    page.goto(f"{working.url}/letters/{letter}")
    words = page.locator(".desk-letter").inner_text()
    assert "request for information" in words
    assert "To protect the child and the family, this email does not name them" in words
    page.get_by_role("button", name=f"Release it ({letter})").click()
    assert page.locator(".govuk-tag").first.inner_text() == "Waiting"
    assert page.get_by_role("button", name="Release it").count() == 0


def test_a_letter_is_cancelled_with_its_reason(working, page):
    letter = a_draft(working)
    page.goto(f"{working.url}/letters/{letter}")
    page.get_by_text("Cancel it").click()
    page.get_by_label("Why it is not to leave").fill("asked by telephone")
    page.get_by_role("button", name=f"Cancel the letter ({letter})").click()
    assert "By business support: asked by telephone" in page.content()
    assert page.get_by_role("button", name="Release it").count() == 0


def test_what_was_perhaps_sent_is_for_a_person(working, page):
    sent, again = a_draft(working), a_draft(working)
    for letter in (sent, again):
        put(working, letter, "perhaps sent", "its content was handed to the mail server")
    press(working, page, sent, "It was sent")
    assert "Business support found that it had been sent" in page.content()
    press(working, page, again, "Send it again")
    assert page.locator(".govuk-tag").first.inner_text() == "Waiting"


def test_what_waits_for_a_person_comes_first_and_each_state_can_be_asked_for(working, page):
    draft, failed = a_draft(working), a_draft(working)
    put(working, failed, "failed", "the server refused the address for good")
    page.goto(f"{working.url}/letters")
    headings = page.get_by_role("heading", level=2).all_inner_texts()
    assert headings[0] == "Drafts that wait for a person"
    page.get_by_label("Show").select_option("Could not be sent")
    page.get_by_role("button", name="Show").click()
    text = page.locator("main").inner_text()
    assert "The server refused the address for good" in text
    assert failed in text
    assert draft not in text


@pytest.mark.parametrize(("role", "path"), [("manager", "/letters"), ("administrator", "/service")])
def test_all_letters_are_held_and_let_go(working, signed_in, role, path):
    page = signed_in(working, role, scripts=False)
    page.goto(working.url + path)
    page.get_by_text("Hold all letters", exact=True).click()
    page.get_by_role("button", name="Hold all letters now").click()
    assert page.url == f"{working.url}{path}?done=held"
    assert f"All letters are held by {role}" in page.locator("main").inner_text()
    assert held(working.desk).by == role
    page.get_by_role("button", name="Let letters leave again").click()
    assert held(working.desk) is None
    trace = [act for act in acts_on(working, "") if act[1].startswith("letters ")]
    assert trace[-2:] == [(role, "letters held"), (role, "letters started again")]


def test_administrators_see_how_many_letters_there_are_and_no_case(working, signed_in):
    drafted(working, a_new_case(working))
    start_again(working.desk, "test")
    page = signed_in(working, "administrator", scripts=False)
    page.goto(f"{working.url}/service")
    text = page.locator("main").inner_text()
    assert "Request" in text
    assert "Draft, not sent" in text
    assert "TSCP-" not in text


def test_before_letters_are_live_drafts_are_only_looked_at(desk, signed_in):
    page = signed_in(desk, "business support", scripts=False)
    page.goto(f"{desk.url}/letters")
    assert "Letters are not live yet: nothing is sent" in page.locator("main").inner_text()
    page.get_by_role("link", name="Read L-000001").click()
    assert page.locator(".desk-words").inner_text() != ""
    assert page.get_by_role("button", name="Release").count() == 0
