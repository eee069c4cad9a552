"""Access is by need: a table of roles, refusals on a plain page, and every view in the audit."""

import pytest

from storage import audit
from storage.cases import every_case
from storage.database import reading
from triage.current import current_form

PATHS = {
    "queue": "/queue",
    "case": "/case/TSCP-2026-0001",
    "mail": "/mail",
    "message": "/mail/M-000002",
    "letters": "/letters",
    "summary": "/summary",
    "service": "/service",
    "audit": "/audit",
}
SEES = {
    "business support": {"queue", "case", "mail", "message", "letters", "summary"},
    "manager": {"queue", "case", "mail", "message", "letters", "summary"},
    "panel member": {"queue", "case", "mail", "message"},
    "administrator": {"service"},
    "auditor": {"audit"},
}


def latest(desk):
    with reading(desk.desk.engine) as session:
        return audit.page(session, 1)[0][1:]


def names(desk):
    """Every word of a child's name in the cases of the desk."""
    with reading(desk.desk.engine) as session:
        forms = [current_form(case) for case in every_case(session, desk.desk.keys)]
    given = [c["child_name"].value for f in forms for c in f.children if "child_name" in c]
    found = {word for name in given for word in name.split() if len(word) > 2 and word[0].isupper()}
    assert len(found) > 8
    return found - {"Baby"}


@pytest.mark.parametrize("what", PATHS)
@pytest.mark.parametrize("role", SEES)
def test_a_role_sees_what_it_needs_and_no_more(desk, role, what):
    with desk.client(role) as client:
        answer = client.get(PATHS[what])
    assert answer.status_code == (200 if what in SEES[role] else 403)
    if what not in SEES[role]:
        assert "You cannot see this page" in answer.text
        assert latest(desk)[:2] == (role, f"refused: {what.replace('message', 'mail')}")


@pytest.mark.parametrize("role", SEES)
def test_one_begins_with_a_page_one_may_see(desk, role):
    with desk.client(role) as client:
        assert client.get("/", follow_redirects=True).status_code == 200


@pytest.mark.parametrize("path", PATHS.values())
def test_nobody_sees_anything_without_signing_in(desk, path):
    with desk.client() as client:
        answer = client.get(path)
    assert answer.headers["location"] == f"/sign-in?next={path}"
    with desk.client() as client:
        client.cookies.set("tscp-session", "made-up")
        assert client.get(path).status_code == 303


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/case/TSCP-2026-0001", ("manager", "case seen", "TSCP-2026-0001")),
        ("/mail/M-000002", ("manager", "message seen", "M-000002")),
        ("/queue", ("manager", "queue seen", "")),
        ("/mail", ("manager", "register seen", "")),
        ("/summary", ("manager", "summary seen", "")),
    ],
)
def test_a_view_is_in_the_audit(desk, path, written):
    with desk.client("manager") as client:
        client.get(path)
    assert latest(desk) == written


def test_a_refusal_names_the_case_that_was_asked_for(desk):
    with desk.client("administrator") as client:
        client.get("/case/TSCP-2026-0003")
    assert latest(desk) == ("administrator", "refused: case", "TSCP-2026-0003")


@pytest.mark.parametrize(
    ("role", "path"),
    [("manager", "/queue"), ("manager", "/summary"), ("administrator", "/service"),
     ("auditor", "/audit")],
)  # fmt: skip
def test_names_stand_only_inside_the_case(desk, role, path):
    with desk.client(role) as client:
        text = client.get(path).text
    assert [name for name in names(desk) if name in text] == []


def test_no_title_and_no_address_holds_a_name(desk, signed_in):
    page, seen = signed_in(desk, "manager"), []
    page.on("request", lambda request: seen.append(request.url))
    for path in PATHS.values():
        page.goto(desk.url + path)
        seen += [page.title(), *page.eval_on_selector_all("a", "all => all.map(a => a.href)")]
    assert [name for name in names(desk) for one in seen if name in one] == []
