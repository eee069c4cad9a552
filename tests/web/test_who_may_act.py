"""Who may act: the table of roles, forms from elsewhere, and refusals in the audit."""

import re

import pytest
from working import a_new_case, acts_on, the_case

from tscp.acts.access import MAY_DO
from tscp.web.app import ROUTES

FORMS = {
    "assign": "act on cases", "move": "act on cases", "undo": "act on cases",
    "contribution": "act on cases", "notification": "act on cases",
    "partners-told": "act on cases", "correct": "act on cases", "withdraw": "act on cases",
}  # fmt: skip
POSTS = [route for route in ROUTES if route.method == "POST"]
SEEN_BY = ("business support", "manager", "panel member")


@pytest.fixture(scope="module")
def reference(working):
    """One case for all tests here: none of them may change it."""
    return a_new_case(working)


def token(client, path):
    return re.search(r'name="csrf" value="(\w+)"', client.get(path).text).group(1)


def latest_refusal(working, about):
    return [act for act in acts_on(working, about) if act[1].startswith("refused")][-1]


@pytest.mark.parametrize("form", FORMS)
def test_who_only_looks_changes_nothing_and_is_written_down(working, reference, form):
    before = the_case(working, reference).version
    with working.client("panel member") as client:
        data = {"csrf": token(client, f"/case/{reference}"), "version": str(before), "to": "triage"}
        answer = client.post(f"/case/{reference}/{form}", data=data)
    assert answer.status_code == 403
    assert "You cannot do this" in answer.text
    assert the_case(working, reference).version == before
    assert latest_refusal(working, reference) == ("panel member", f"refused: {FORMS[form]}")


def test_every_form_has_its_line_in_the_table_of_who_may_do_what():
    assert {r.path for r in POSTS if r.does is None} == {"/sign-in", "/sign-out"}
    assert {r.does for r in POSTS} == {None, *(deed for deeds in MAY_DO.values() for deed in deeds)}


@pytest.mark.parametrize("path", sorted(route.path for route in POSTS))
def test_no_form_is_taken_without_our_token(working, reference, path):
    path = path.format(reference=reference, message="M-000001", letter="L-000001")
    with working.client("manager") as client:
        answer = client.post(path, data={"csrf": "0" * 64, "to": "triage"})
    assert answer.status_code == 403
    assert "Please send the form again" in answer.text


@pytest.mark.parametrize("role", SEEN_BY)
def test_forms_are_shown_to_those_who_may_use_them(working, reference, role):
    with working.client(role) as client:
        text = client.get(f"/case/{reference}").text
        asked = client.get(f"/case/{reference}/move").status_code
    assert ("Assign to me" in text) == ("/correct?key=" in text) == (role != "panel member")
    assert asked == (403 if role == "panel member" else 200)
    assert "What is missing, as text" in text


@pytest.mark.parametrize(
    ("role", "path", "deed"),
    [
        ("panel member", "/mail/M-000001/settle", "settle e-mails"),
        ("panel member", "/mail/M-000001/read", "settle e-mails"),
        ("administrator", "/mail/M-000001/settle", "mail"),
        ("administrator", "/letters/L-000001/release", "letters"),
        ("panel member", "/letters/L-000001/cancel", "letters"),
        ("auditor", "/letters/hold", "hold letters"),
        ("panel member", "/letters/let-go", "hold letters"),
        ("administrator", "/letters", "letters"),
        ("panel member", "/letters/L-000001", "letters"),
    ],
)
def test_mails_and_letters_are_for_those_whose_work_they_are(working, reference, role, path, deed):
    post = path.endswith(("settle", "read", "release", "cancel", "hold", "let-go"))
    home = {"administrator": "/service", "auditor": "/audit"}.get(role, "/queue")
    with working.client(role) as client:
        data = {"csrf": token(client, home)}
        answer = client.post(path, data=data) if post else client.get(path)
    assert answer.status_code == 403
    about = next(iter(re.findall(r"[ML]-\d{6}", path)), "")
    assert latest_refusal(working, about) == (role, f"refused: {deed}")


def test_what_is_said_to_be_done_is_ours_to_say(working, reference):
    with working.client("manager") as client:
        text = client.get(f"/case/{reference}?done=Ring+0161+496+0000").text
        assert "0161" not in text
        assert "The case has been moved" in client.get(f"/case/{reference}?done=moved").text
