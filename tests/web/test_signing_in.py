"""Signing in and out: by name and password, remembered by a cookie, written into the audit."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from storage import audit
from storage.database import reading
from storage.service_tables import SessionRow

RIGHT = "a long enough password"
WRONG = "do not fit together"


def form_of(client, path="/sign-in"):
    """The token of the form on a page."""
    return re.search(r'name="csrf" value="(\w+)"', client.get(path).text).group(1)


def try_to_sign_in(client, name, password, **more):
    data = {"csrf": form_of(client), "name": name, "password": password, **more}
    return client.post("/sign-in", data=data)


def acts(desk):
    with reading(desk.desk.engine) as session:
        return [(row[1], row[2]) for row in audit.page(session, 50)]


def test_one_comes_to_the_page_one_had_asked_for(desk, page):
    page.goto(f"{desk.url}/case/TSCP-2026-0001")
    assert page.title() == "Sign in – TSCP referrals"
    page.get_by_label("Name").fill("manager")
    page.get_by_label("Password").fill(RIGHT)
    page.get_by_role("button", name="Sign in").click()
    assert page.url == f"{desk.url}/case/TSCP-2026-0001"


def test_the_cookie_is_kept_from_scripts_and_other_sites(desk):
    with desk.client() as client:
        answer = try_to_sign_in(client, "manager", RIGHT)
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if "session" in c]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_over_https_the_cookie_is_kept_to_it(over_https):
    with over_https.client() as client:
        (cookie,) = client.get("/sign-in").headers.get_list("set-cookie")
    assert cookie.startswith("__Host-tscp-visit=")
    assert "Secure" in cookie


def test_wrong_name_wrong_password_and_closed_account_are_told_alike(empty_desk):
    with empty_desk.client() as client:
        nobody = try_to_sign_in(client, "nobody", RIGHT)
        wrong = [try_to_sign_in(client, "manager", "not the password") for _ in range(5)]
        closed = try_to_sign_in(client, "manager", RIGHT)
    for answer in (nobody, *wrong, closed):
        assert answer.status_code == 403
        assert WRONG in answer.text
    assert re.sub("nobody|manager", "", nobody.text) == closed.text


def test_a_closed_account_opens_after_a_while(empty_desk):
    with empty_desk.client() as client:
        for _ in range(5):
            try_to_sign_in(client, "manager", "not the password")
        empty_desk.clock.ahead = timedelta(minutes=16)
        assert try_to_sign_in(client, "manager", RIGHT).status_code == 303


def test_the_audit_knows_who_came_and_never_repeats_a_name_nobody_has(empty_desk):
    with empty_desk.client() as client:
        try_to_sign_in(client, "manager", "not the password")
        try_to_sign_in(client, "my secret password", "typed into the wrong field")
        try_to_sign_in(client, "manager", RIGHT)
    assert acts(empty_desk)[:3] == [
        ("manager", "signed in"),
        ("somebody", "sign-in refused"),
        ("manager", "sign-in refused"),
    ]


@pytest.mark.parametrize(
    "next",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aSet-Cookie:x", "/a\nb"],
)
def test_nobody_is_sent_to_another_site(desk, next):
    with desk.client() as client:
        answer = try_to_sign_in(client, "manager", RIGHT, next=next)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
@pytest.mark.parametrize("csrf", ["", "0" * 64, "é"])
def test_a_form_from_elsewhere_is_refused(desk, path, csrf):
    with desk.client("manager") as client:
        data = {"csrf": csrf, "name": "manager", "password": RIGHT}
        answer = client.post(path, data=data)
        assert answer.status_code == 403
        assert "send the form again" in answer.text
        assert client.get("/queue").status_code == 200


def test_a_form_that_another_site_sends_is_refused_even_with_its_token(desk):
    with desk.client("manager") as client:
        csrf = form_of(client, "/queue")
        headers = {"Sec-Fetch-Site": "cross-site"}
        assert client.post("/sign-out", data={"csrf": csrf}, headers=headers).status_code == 403


def test_signing_out_ends_the_session_itself(empty_desk):
    with empty_desk.client("panel member") as client:
        client.post("/sign-out", data={"csrf": form_of(client, "/queue")})
    with empty_desk.client("panel member") as again:
        assert again.get("/queue").headers["location"] == "/sign-in?next=/queue"
    with reading(empty_desk.desk.engine) as session:
        users = [row.user for row in session.exec(select(SessionRow))]
    assert "panel member" not in users


def test_a_session_ends_by_itself(empty_desk):
    with empty_desk.client("manager") as client:
        assert client.get("/queue").status_code == 200
        empty_desk.clock.ahead = timedelta(hours=10, minutes=1)
        assert client.get("/queue").status_code == 303


def test_names_and_passwords_that_cannot_be_are_wrong_ones(empty_desk):
    with empty_desk.client() as client:
        for name, password in (("\0", "x"), ("manager", "x" * 5000), ("x" * 900, ""), ("", "")):
            assert try_to_sign_in(client, name, password).status_code == 403
