"""What people do with a case, in a real browser without script: its effect, and its trace."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from working import a_new_case, acts_on, the_case

from triage.contributions import contributions
from triage.current import current_form


@pytest.fixture
def page(working, signed_in):
    """A browser of somebody of business support."""
    return signed_in(working, "business support", scripts=False)


def opened(working, page, reference, rest=""):
    page.goto(f"{working.url}/case/{reference}{rest}")


def said(page):
    """What the page says was done."""
    return page.locator(".govuk-notification-banner").inner_text()


def standing(working, reference, agency):
    items = contributions(the_case(working, reference))
    return next((item for item in items if item.agency == agency), None)


def test_a_case_is_taken_with_one_press(working, page):
    reference = a_new_case(working)
    opened(working, page, reference)
    page.get_by_role("button", name=f"Assign to me ({reference})").click()
    assert "It is recorded who has the case" in said(page)
    case = the_case(working, reference)
    assert (case.assigned_to, case.state) == ("business support", "triage")
    assert acts_on(working, reference)[-1] == ("business support", "assigned")
    assert page.get_by_role("button", name="Assign to me").count() == 0


def test_a_case_is_given_to_somebody_and_to_nobody(working, page):
    working.cookie("manager")
    reference = a_new_case(working)
    for whom, holder in (("manager", "manager"), ("Nobody", None)):
        opened(working, page, reference, "/assign")
        page.get_by_label(whom, exact=True).check()
        page.get_by_role("button", name=f"Give {reference}").click()
        assert the_case(working, reference).assigned_to == holder


@pytest.mark.parametrize("told", ["Received", "Not known to us", "Declined", "Not applicable"])
def test_what_an_agency_answered_is_recorded_beside_it(working, page, told):
    reference = a_new_case(working)
    opened(working, page, reference)
    page.get_by_role("link", name="Record the contribution of Greater Manchester Police").click()
    page.get_by_label(told, exact=True).check()
    page.get_by_label("Note").fill("told by telephone")
    page.get_by_role("button", name="Record for Greater Manchester Police").click()
    assert "The contribution is recorded" in said(page)
    assert standing(working, reference, "gmp").state == told.lower()
    act = f"contribution {told.lower()}: gmp"
    assert acts_on(working, reference)[-1] == ("business support", act)


def test_a_request_made_elsewhere_has_its_own_day(working, page):
    reference = a_new_case(working)
    opened(working, page, reference, "/contribution")
    page.get_by_label("Agency").select_option("Housing provider")
    page.get_by_label("Requested", exact=True).check()
    page.get_by_label("On which day").fill("5 March 2026")
    page.get_by_role("button", name="Record").click()
    item = standing(working, reference, "housing")
    assert (item.state, item.requested_on.isoformat()) == ("requested", "2026-03-05")


def test_the_decision_to_notify_is_recorded_with_its_days(working, page):
    reference = a_new_case(working)
    opened(working, page, reference, "/notification")
    page.get_by_label("Yes").check()
    page.get_by_label("Decided on").fill("05/03/2026")
    page.get_by_label("Sent to the Panel on").fill("6 Mar 2026")
    page.get_by_label("Panel reference").fill("CSP-77")
    page.get_by_role("button", name="Record the decision").click()
    record = the_case(working, reference).notification
    days = (record.on.isoformat(), record.sent_on.isoformat())
    assert (*days, record.panel_reference, record.by) == (
        "2026-03-05", "2026-03-06", "CSP-77", "business support",
    )  # fmt: skip
    opened(working, page, reference, "/notification")
    page.get_by_label("Told on").fill("09/03/2026")
    page.get_by_role("button", name="Record when partners were told").click()
    assert the_case(working, reference).told[-1].on.isoformat() == "2026-03-09"
    assert acts_on(working, reference)[-2:] == [
        ("business support", "notification recorded: yes"),
        ("business support", "partners told recorded"),
    ]


def test_a_case_moves_for_a_reason_and_back(working, page):
    reference = a_new_case(working)
    opened(working, page, reference, "/move")
    page.get_by_label("Withdrawn").check()
    page.get_by_role("button", name=f"Move {reference}").click()
    assert "Say why the case moves from 'received' to 'withdrawn'" in page.content()
    page.get_by_label("Why", exact=True).fill("sent by mistake")
    page.get_by_role("button", name=f"Move {reference}").click()
    assert the_case(working, reference).state == "withdrawn"
    opened(working, page, reference, "/move")
    page.get_by_label("Why it is undone").fill("the wrong case")
    page.get_by_role("button", name="Move back to triage").click()
    case = the_case(working, reference)
    assert (case.state, case.moves[-1].why) == ("triage", "the wrong case")


def test_an_answer_is_corrected_beside_what_was_read_and_back(working, page):
    reference = a_new_case(working)
    opened(working, page, reference)
    page.get_by_role("link", name=re.compile("Correct date the LA became aware")).click()
    assert page.get_by_label("What is right").input_value() == "3 March 2026"
    page.get_by_label("What is right").fill("4 March 2026")
    page.get_by_label("How you know").fill("asked the referrer")
    page.get_by_role("button", name="Save the answer").click()
    row = page.locator(".govuk-summary-list__row", has_text="Date the LA became aware")
    shown = " ".join(row.inner_text().split())
    assert "4 March 2026 as read: “3 March 2026”" in shown
    assert "corrected by business support" in shown
    row.get_by_role("link", name="Change").click()
    page.get_by_role("button", name="Take it back").click()
    answer = current_form(the_case(working, reference)).answers["la_aware_date"]
    assert (answer.value.on.isoformat(), answer.evidence.method) == ("2026-03-03", "docx-table")


def test_a_long_narrative_and_an_answer_that_is_not_given_are_corrected(working, page):
    reference = a_new_case(working)
    long = "Ärzte sahen das Kind.\n" * 900
    opened(working, page, reference, "/correct?key=incident_summary")
    page.get_by_label("What is right").fill(long)
    page.get_by_role("button", name="Save the answer").click()
    opened(working, page, reference, "/correct?key=referrer_email")
    page.get_by_label("It is not given on the form").check()
    page.get_by_role("button", name="Save the answer").click()
    answers = current_form(the_case(working, reference)).answers
    assert answers["incident_summary"].value == long.strip()
    assert answers["referrer_email"].value is None


def test_a_refused_act_changes_nothing_and_keeps_what_was_typed(working, signed_in):
    reference = a_new_case(working)
    page = signed_in(working, "business support")
    opened(working, page, reference, "/contribution?agency=gmp")
    page.get_by_label("Declined", exact=True).check()
    page.get_by_label("On which day").fill("the day before")
    page.get_by_label("Note").fill("a long story <b>& more")
    page.get_by_role("button", name="Record").click()
    assert page.title().startswith("Problem: ")
    page.get_by_role("link", name="The day: write it such as 27/11/2026").click()
    assert page.locator(":focus").get_attribute("id") == "on"
    assert page.get_by_label("Declined", exact=True).is_checked()
    assert page.get_by_label("On which day").input_value() == "the day before"
    assert page.get_by_label("Note").input_value() == "a long story <b>& more"
    assert standing(working, reference, "gmp").state == "expected"
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found] == []


def test_what_is_missing_is_text_without_names(working, page):
    reference = a_new_case(working, la_aware_date=None, incident_summary=None)
    opened(working, page, reference, "/missing")
    questions = page.get_by_label("For the referrer").input_value()
    assert "- On which day did the local authority become aware of the incident?" in questions
    outstanding = page.get_by_label("Contributions outstanding").input_value()
    assert "- Greater Manchester Police: not yet requested" in outstanding
    child = current_form(the_case(working, reference)).children[0]["child_name"].value
    assert not [word for word in child.split() if word in questions + outstanding]


def test_what_one_wrote_stands_though_a_colleague_was_quicker(working, page, signed_in):
    reference = a_new_case(working)
    opened(working, page, reference, "/contribution?agency=gmp")
    colleague = signed_in(working, "manager", scripts=False)
    opened(working, colleague, reference)
    colleague.get_by_role("button", name="Assign to me").click()
    page.get_by_label("Declined", exact=True).check()
    page.get_by_label("Note").fill("their lawyer called")
    page.get_by_role("button", name="Record").click()
    assert re.search(r"Changed by manager at \d\d:\d\d today: assigned", page.content())
    assert standing(working, reference, "gmp").state == "expected"
    assert page.get_by_label("Note").input_value() == "their lawyer called"
    page.get_by_role("button", name="Record").click()
    assert standing(working, reference, "gmp").state == "declined"


def test_a_colleagues_change_is_told_also_after_a_refusal(working, page, signed_in):
    reference = a_new_case(working)
    opened(working, page, reference, "/contribution?agency=gmp")
    colleague = signed_in(working, "manager", scripts=False)
    opened(working, colleague, reference)
    colleague.get_by_role("button", name="Assign to me").click()
    page.get_by_label("Declined", exact=True).check()
    page.get_by_label("On which day").fill("the day before")
    page.get_by_role("button", name="Record").click()
    assert "The day: write it such as" in page.content()
    page.get_by_label("On which day").fill("")
    page.get_by_role("button", name="Record").click()
    assert re.search(r"Changed by manager at \d\d:\d\d today: assigned", page.content())
    assert standing(working, reference, "gmp").state == "expected"


def test_a_form_sent_after_the_session_ended_comes_back_filled_in(working, signed_in):
    reference = a_new_case(working)
    page = signed_in(working, "panel member", scripts=False)
    page.context.clear_cookies()
    page.goto(f"{working.url}/sign-in?next=/case/{reference}/move")
    working.cookie("business support")
    for moment in ("first", "again"):
        page.get_by_label("Name").fill("business support")
        page.get_by_label("Password").fill("a long enough password")
        page.get_by_role("button", name="Sign in").click()
        if moment == "first":
            page.get_by_label("Information needed").check()
            page.get_by_label("Why", exact=True).fill("two\nlines")
            working.end_sessions()
            page.get_by_role("button", name=f"Move {reference}").click()
            assert "What you typed is kept" in page.content()
    page.get_by_role("button", name="Go on").click()
    assert page.get_by_label("Why", exact=True).input_value() == "two\nlines"
    assert the_case(working, reference).state == "received"
    page.get_by_role("button", name=f"Move {reference}").click()
    assert the_case(working, reference).state == "information needed"
