"""Every page for everybody: without script, with a screen reader, on a telephone, kept nowhere."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = [
    ("manager", "/queue"),
    ("manager", "/case/TSCP-2026-0001"),
    ("manager", "/case/TSCP-2026-0002"),
    ("manager", "/case/TSCP-2026-0003"),
    ("manager", "/case/TSCP-2026-9999"),
    ("manager", "/mail"),
    ("manager", "/mail?state=all"),
    ("manager", "/mail?day=nonsense"),
    ("manager", "/mail/M-000015"),
    ("manager", "/summary"),
    ("manager", "/audit"),
    ("manager", "/case/TSCP-2026-0002/contribution?agency=gmp"),
    ("manager", "/case/TSCP-2026-0002/notification"),
    ("manager", "/case/TSCP-2026-0002/move"),
    ("manager", "/case/TSCP-2026-0002/assign"),
    ("manager", "/case/TSCP-2026-0002/missing"),
    ("manager", "/case/TSCP-2026-0002/correct?key=incident_summary"),
    ("manager", "/case/TSCP-2026-0002/correct?key=referrer_agency"),
    ("manager", "/letters"),
    ("manager", "/letters/L-000001"),
    ("manager", "/nothing"),
    ("administrator", "/service"),
    ("auditor", "/audit"),
    ("auditor", "/audit?about=nonsense"),
    (None, "/sign-in"),
]
WIDTHS = [1280, 320]


def opened(desk, signed_in, role, path, **how):
    page = signed_in(desk, role or "manager", **how)
    if role is None:
        page.context.clear_cookies()
    page.goto(desk.url + path)
    return page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("role", "path"), PAGES)
def test_a_page_has_no_barrier_and_needs_no_sideways_scrolling(desk, signed_in, role, path, width):
    page = opened(desk, signed_in, role, path, width=width)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [n["html"][:120] for n in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/case/TSCP-2026-0001", "/mail/M-000015", "/letters"])
def test_what_is_pressed_is_large_enough(desk, signed_in, path):
    """24 pixels or space around it (WCAG 2.2, 2.5.8); axe asks only when told to."""
    page = opened(desk, signed_in, "manager", path, width=320)
    found = Axe().run(page, options={"runOnly": ["target-size"]}).response
    assert [n["html"][:120] for one in found["violations"] for n in one["nodes"]] == []
    assert found["passes"]


def test_everything_works_without_script(desk, signed_in):
    page = signed_in(desk, "business support", scripts=False)
    page.goto(f"{desk.url}/queue")
    page.get_by_role("link", name="TSCP-2026-0001", exact=True).click()
    assert page.url.endswith("/case/TSCP-2026-0001")
    page.get_by_role("link", name="How this arrived").click()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="E-mails").click()
    page.get_by_label("Show").select_option("Ignored")
    page.get_by_role("button", name="Show").click()
    assert "state=ignored" in page.url
    assert page.locator("script").count() == 0


def test_what_breaks_no_rule_of_its_own(desk, signed_in):
    """The browser says so on its console where a page asks for what its policy forbids."""
    page = signed_in(desk, "manager")
    said = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("/queue", "/case/TSCP-2026-0001", "/mail", "/summary"):
        page.goto(desk.url + path)
    assert said == []


def test_a_page_prints_within_its_paper(desk, signed_in):
    page = signed_in(desk, "manager", width=720)
    page.emulate_media(media="print")
    page.goto(f"{desk.url}/case/TSCP-2026-0002")
    assert page.evaluate("document.documentElement.scrollWidth") <= 720
    assert page.get_by_text("OFFICIAL-SENSITIVE").is_visible()


@pytest.mark.parametrize(("role", "path"), [*PAGES, (None, "/"), (None, "/health")])
def test_nothing_is_kept_or_framed(desk, role, path):
    with desk.client(role) as client:
        headers = client.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "server" not in headers


def test_style_sheets_are_there_and_may_be_kept(desk):
    with desk.client() as client:
        for path in ("/static/desk.css", "/static/govuk/govuk-frontend.min.css"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert answer.headers["cache-control"] == "max-age=300"


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/static/../app.py"])
def test_nothing_else_is_served(desk, path):
    with desk.client("manager") as client:
        assert client.get(path).status_code == 404
