"""A person settles e-mails on their pages; a password opens documents and is nowhere afterwards."""

import pytest
import structlog
from axe_playwright_python.sync_playwright import Axe
from factories import a_document
from locked import zip_with
from working import a_new_case, acts_on, arrives, the_case

from tscp.acts.look import see_message
from tscp.acts.settle import settle_not_for_us
from tscp.demo.mails import Attached

PASSWORD = "Zebra-Märmalade 77"


@pytest.fixture
def page(working, signed_in):
    """A browser of somebody of business support."""
    return signed_in(working, "business support", scripts=False)


def stands(working, message):
    line = see_message(working.desk, message, "test")
    return line.state, line.cases


def settle(working, page, message, where, **fields):
    page.goto(f"{working.url}/mail/{message}")
    page.get_by_label(where).check()
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name=f"Settle {message}").click()


def test_a_mail_goes_to_the_case_it_is_offered_to(working, page):
    reference = a_new_case(working)
    message = arrives(working, f"About {reference}")
    settle(working, page, message, f"File it to {reference}")
    assert page.url == f"{working.url}/case/{reference}?done=filed"
    assert stands(working, message) == ("filed", (reference,))
    assert ("business support", "filed by hand") in acts_on(working, message)


def test_the_cases_offered_say_why_and_what_they_are(working, page):
    reference = a_new_case(working)
    page.goto(f"{working.url}/mail/{arrives(working, f'About {reference}')}")
    hint = page.get_by_label(f"File it to {reference}").get_attribute("aria-describedby")
    said = page.locator(f"#{hint}").inner_text()
    assert said.startswith("it quotes our reference; ")
    assert said.endswith("received; with nobody yet")
    child = the_case(working, reference).mails[0].form.children[0]["child_name"].value
    assert child not in page.content()


def test_a_mail_goes_to_a_case_that_is_typed(working, page):
    reference, message = a_new_case(working), arrives(working)
    fields = {"Reference of another case": f" {reference.lower()} ", "Why": "its sender rang us"}
    settle(working, page, message, "To another case", **fields)
    assert stands(working, message) == ("filed", (reference,))
    assert "its sender rang us" in the_case(working, reference).mails[-1].why


def test_a_mail_opens_a_case_or_is_not_for_us(working, page):
    message = arrives(working)
    settle(working, page, message, "To a new case")
    state, (reference,) = stands(working, message)
    assert (state, page.url) == ("filed", f"{working.url}/case/{reference}?done=opened")
    other = arrives(working)
    settle(working, page, other, "Nowhere: it is not for us")
    assert "Say why it is not for us" in page.content()
    page.get_by_label("Why", exact=True).fill("an invitation")
    page.get_by_role("button", name=f"Settle {other}").click()
    assert page.url == f"{working.url}/mail?done=not-for-us"
    assert stands(working, other) == ("ignored", ())


def test_what_was_filed_wrongly_is_filed_elsewhere_and_its_old_case_says_so(working, page):
    wrong, right = a_new_case(working), a_new_case(working)
    message = arrives(working, f"About {wrong}")
    settle(working, page, message, f"File it to {wrong}")
    page.get_by_role("link", name=message).click()
    page.get_by_text("File it elsewhere", exact=True).click()
    page.get_by_label("To another case").check()
    page.get_by_label("Reference of another case").fill(right)
    page.get_by_label("Why", exact=True).fill("another family")
    page.get_by_role("button", name=f"Settle {message}").click()
    assert stands(working, message) == ("filed", (right,))
    page.goto(f"{working.url}/case/{wrong}")
    gone = page.get_by_role("listitem").filter(has_text=f"{message}, taken out at").inner_text()
    assert gone.endswith("by business support: another family")


def test_a_reference_that_no_case_has_is_refused_and_kept(working, signed_in):
    page, message = signed_in(working, "business support"), arrives(working)
    fields = {"Reference of another case": "TSCP-2026-9999", "Why": "as told"}
    settle(working, page, message, "To another case", **fields)
    assert "No case 'TSCP-2026-9999': a reference looks like TSCP-2026-0042" in page.content()
    assert page.get_by_label("Reference of another case").input_value() == "TSCP-2026-9999"
    assert page.get_by_label("To another case").is_checked()
    assert stands(working, message)[0] == "needs a person"
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def test_a_mail_settled_by_a_colleague_meanwhile_is_not_settled_twice(working, page):
    message = arrives(working)
    page.goto(f"{working.url}/mail/{message}")
    settle_not_for_us(working.desk, message, "manager", "a joke")
    page.get_by_label("To a new case").check()
    page.get_by_role("button", name=f"Settle {message}").click()
    assert "Changed by manager at" in page.content()
    assert stands(working, message) == ("ignored", ())


def test_a_password_opens_the_form_and_is_nowhere_afterwards(working, page):
    seen = []
    page.on("request", lambda request: seen.append(request.url))
    document = zip_with(PASSWORD, a_docx=a_document())
    message = arrives(working, attached=[Attached("form.zip", document)])
    page.goto(f"{working.url}/mail/{message}")
    assert "Where it has a password that you were told" in page.content()
    with structlog.testing.capture_logs() as logs:
        for given in ("not this one", PASSWORD):
            page.get_by_label("Password of its documents").fill(given)
            page.get_by_role("button", name=f"Read {message} again").click()
            assert page.url.endswith(f"/mail/{message}?done=read-again")
            seen.append(page.content())
    assert stands(working, message)[0] == "filed"
    assert acts_on(working, message).count(("business support", "read again with a password")) == 2
    kept = b"".join(p.read_bytes() for p in working.folder.rglob("*") if p.is_file())
    for encoding in ("utf-8", "utf-16-le"):
        assert PASSWORD.encode(encoding) not in kept
    assert PASSWORD not in str(logs) + "".join(seen)


def test_a_password_is_not_shown_again_after_the_session_ended(working, page):
    message = arrives(working)
    page.goto(f"{working.url}/mail/{message}")
    page.get_by_text("Read it again", exact=True).click()
    page.get_by_label("Password of its documents").fill(PASSWORD)
    working.end_sessions()
    page.get_by_role("button", name=f"Read {message} again").click()
    assert page.title().startswith("Sign in")
    assert PASSWORD not in page.content()
