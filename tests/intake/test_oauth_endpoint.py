"""Getting a token: by secret or certificate, and why there is none, in a sentence each."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from servers import free_port
from servers_oauth import TokenServer

from intake.oauth_endpoint import Endpoint, NoToken, TokenRefused
from intake.oauth_proof import by_certificate, by_secret, certificate_of

Asking = Callable[..., Endpoint]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """None is set from outside."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def endpoint(token_server: TokenServer) -> Asking:
    """The service's way to it, right but for what a test says otherwise."""

    def made(**other: Any) -> Endpoint:
        right = {
            "url": token_server.url,
            "client_id": token_server.client_id,
            "proof": by_secret(token_server.secret_file),
            "ca_file": token_server.ca_file,
            "timeout": 5.0,
        }
        return Endpoint(**(right | other))

    return made


def by_file(file: Path, server: TokenServer) -> Any:
    """The proof by certificate, now."""
    return by_certificate(file, server.client_id, server.url, lambda: datetime.now(UTC))


def why_none(endpoint: Endpoint, kind: type[NoToken] = NoToken) -> str:
    """The sentence; nothing hangs on the exception that could hold a secret."""
    with pytest.raises(NoToken) as caught:
        endpoint()
    assert type(caught.value) is kind
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    return str(caught.value)


def test_a_secret_gets_a_token_for_as_long_as_it_lasts(
    endpoint: Asking, token_server: TokenServer
) -> None:
    grant = endpoint()()
    assert token_server.good(grant.token)
    assert grant.seconds == 3599
    assert grant.token not in repr(grant)


def test_a_certificate_gets_one_too_and_a_new_one_in_its_file_is_used(
    endpoint: Asking, token_server: TokenServer, tmp_path: Path
) -> None:
    file = token_server.register(tmp_path / "tscp.pem")
    asking = endpoint(proof=by_file(file, token_server))
    before = asking().token
    token_server.registered.clear()
    token_server.register(file)
    assert token_server.good(asking().token)
    assert token_server.good(before)
    assertions = [asked["client_assertion"] for asked in token_server.asked]
    assert len(set(assertions)) == 2


KNOWN = [
    (7000215, "invalid_client", 401, r"VALUE, not its Secret ID"),
    (7000222, "invalid_client", 401, r"secret has run out\. Make a new one"),
    (700016, "unauthorized_client", 400, r"no such application .*'client_id'.*'tenant'"),
    (90002, "invalid_request", 400, r"no such tenant\. Set 'tenant'"),
    (900023, "invalid_request", 400, r"no such tenant"),
    (70011, "invalid_scope", 400, r"Exchange Online"),
    (1002012, "invalid_scope", 400, r"Exchange Online"),
    (500011, "invalid_resource", 400, r"Exchange Online"),
    (65001, "invalid_grant", 400, r"admin consent"),
    (7000229, "unauthorized_client", 400, r"no Enterprise application"),
    (7000112, "unauthorized_client", 400, r"switched off"),
    (700027, "invalid_client", 401, r"not registered with the application"),
    (700024, "invalid_client", 401, r"clock right"),
    (700025, "invalid_client", 401, r"public client"),
    (53003, "access_denied", 400, r"Conditional Access"),
    (1234567, "invalid_client", 401, r"login\.microsoftonline\.com/error\?code=1234567"),
]


@pytest.mark.parametrize(("code", "error", "status", "said"), KNOWN, ids=[str(k[0]) for k in KNOWN])
def test_each_known_refusal_names_the_missing_step(
    endpoint: Asking, token_server: TokenServer, code: int, error: str, status: int, said: str
) -> None:
    token_server.refuse(code, error, status)
    why = why_none(endpoint(), TokenRefused)
    assert re.search(said, why)
    assert f"AADSTS{code}" in why
    assert "Microsoft 365" in why
    assert token_server.client_id not in why  # nothing of what was answered is repeated
    assert "Trace" not in why


def test_a_refusal_without_a_code_goes_by_its_error(
    endpoint: Asking, token_server: TokenServer
) -> None:
    token_server.answer(401, b'{"error": "invalid_client"}')
    assert "'client_secret_file'" in why_none(endpoint(), TokenRefused)
    token_server.answer(400, b'{"error": "<b>Jane Smith</b>", "error_codes": "x"}')
    assert "Smith" not in why_none(endpoint(), TokenRefused)


def test_a_wrong_secret_and_an_unknown_application_are_refused_by_the_real_endpoint_too(
    endpoint: Asking, token_server: TokenServer, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("battery-staple")
    why = why_none(endpoint(proof=by_secret(tmp_path / "secret")), TokenRefused)
    assert "7000215" in why
    assert "battery-staple" not in why
    assert "700016" in why_none(endpoint(client_id="someone"), TokenRefused)
    other = token_server.register(tmp_path / "other.pem")
    token_server.registered.clear()
    assert "700027" in why_none(endpoint(proof=by_file(other, token_server)), TokenRefused)


@pytest.mark.parametrize(
    ("status", "headers", "content", "said", "wait"),
    [
        (429, {"Retry_After": "77"}, b"{}", "no tokens just now", 77),
        (429, {"Retry_After": "99999"}, b'{"error": "x"}', "no tokens just now", 600),
        (503, {}, b"<html>", "no tokens just now", 0),
        (302, {"Location": "https://proxy.example/"}, b"", "sign-in page", 0),
        (200, {}, b"<html>sign in</html>", "no token. Check 'token_url'", 0),
        (200, {}, b"[" * 50_000, "no token", 0),
        (200, {}, b'{"access_token": "a\\u0001b"}', "no token", 0),
        (200, {}, b'{"access_token": 7}', "no token", 0),
        (404, {}, b"", "'token_url'", 0),
    ],
)
def test_what_is_no_answer_of_an_endpoint(
    endpoint: Asking,
    token_server: TokenServer,
    status: int,
    headers: dict[str, str],
    content: bytes,
    said: str,
    wait: float,
) -> None:
    token_server.answer(status, content, **headers)
    with pytest.raises(NoToken, match=said) as caught:
        endpoint()()
    assert (type(caught.value), caught.value.wait) == (NoToken, wait)


def test_dns_tls_and_network_have_a_sentence_each(
    endpoint: Asking, token_server: TokenServer, tmp_path: Path
) -> None:
    assert "DNS" in why_none(endpoint(url="https://tokens.invalid/token"))
    assert "refuses connections" in why_none(endpoint(url=f"https://localhost:{free_port()}/t"))
    assert "signed by nobody known here" in why_none(endpoint(ca_file=None))
    other_name = token_server.url.replace("localhost", "127.0.0.2")
    assert "refuses connections" in why_none(endpoint(url=other_name))
    (tmp_path / "ca.pem").write_text("none")
    assert "oauth.ca_file" in why_none(endpoint(ca_file=tmp_path / "ca.pem"))
    assert token_server.asked == []  # no secret went anywhere


@pytest.fixture
def speaking() -> Iterator[Callable[[bytes], int]]:
    """`speaking(answer)`: the port of a server that says this and no more; b'' keeps silent."""
    listeners: list[socket.socket] = []

    def listen(answer: bytes) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def serve() -> None:
            try:
                while True:
                    connection, _ = listener.accept()
                    connection.recv(4096)
                    if answer:
                        connection.sendall(answer)
                        connection.close()
                    else:
                        listeners.append(connection)
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        port: int = listener.getsockname()[1]
        return port

    yield listen
    for listener in listeners:
        listener.close()


def test_a_silent_server_and_one_without_tls(
    endpoint: Asking, speaking: Callable[[bytes], int]
) -> None:
    silent = f"https://localhost:{speaking(b'')}/token"
    assert "did not answer in time" in why_none(endpoint(url=silent, timeout=0.2))
    plain = f"https://localhost:{speaking(b'HTTP/1.1 200 OK' + b' ' * 99)}/token"
    assert "no common TLS" in why_none(endpoint(url=plain))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "wants a login"),
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", r"does not connect to localhost \(403\)"),
        (b"SSH-2.0-x\r\n\r\n", "does not answer as one"),
        (None, "does not answer as one"),
    ],
)
def test_a_proxy_that_does_not_let_us_through(
    endpoint: Asking,
    speaking: Callable[[bytes], int],
    monkeypatch: pytest.MonkeyPatch,
    answer: bytes | None,
    said: str,
) -> None:
    port = free_port() if answer is None else speaking(answer)
    monkeypatch.setenv("HTTPS_PROXY", f"http://tscp:hunter2@127.0.0.1:{port}")
    why = why_none(endpoint())
    assert re.search(said, why)
    assert "HTTPS_PROXY" in why
    assert "hunter2" not in why


def test_a_proxy_is_passed_by_where_the_environment_says_so(
    endpoint: Asking, token_server: TokenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("NO_PROXY", "localhost")
    assert token_server.good(endpoint()().token)


def test_a_certificate_file_that_is_no_use_is_said(
    endpoint: Asking, token_server: TokenServer, tmp_path: Path
) -> None:
    file, other = tmp_path / "tscp.pem", tmp_path / "other.pem"

    def said() -> str:
        return why_none(endpoint(proof=by_file(file, token_server)))

    assert "cannot be read" in said()
    file.write_text("none")
    assert "both as PEM" in said()
    token_server.register(file, password=b"hunter2")
    assert "has a password" in said()
    token_server.register(file, days=-1)
    assert "ended on" in said()
    pem = token_server.register(other).read_bytes()
    end = b"-----END PRIVATE KEY-----\n"
    file.write_bytes(pem.partition(end)[0] + end + file.read_bytes().partition(end)[2])
    assert "do not belong together" in said()
    file.write_bytes((token_server.folder / "server.key").read_bytes() + pem.partition(end)[2])
    assert "not an RSA key" in said()
    assert token_server.asked == []
    assert certificate_of(other).ends_at > datetime.now(UTC)


def test_a_secret_that_is_not_there_or_empty_is_said(endpoint: Asking, tmp_path: Path) -> None:
    assert "cannot be read" in why_none(endpoint(proof=by_secret(tmp_path / "none")))
    (tmp_path / "empty").write_text("\n")
    assert "no secret" in why_none(endpoint(proof=by_secret(tmp_path / "empty")))


def test_what_is_asked_is_what_the_standard_says(
    endpoint: Asking, token_server: TokenServer
) -> None:
    endpoint()()
    (asked,) = token_server.asked
    assert asked == {
        "grant_type": "client_credentials",
        "client_id": token_server.client_id,
        "scope": "https://outlook.office365.com/.default",
        "client_secret": token_server.secret,
    }
