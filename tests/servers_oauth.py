"""A token endpoint and a mail server that takes its tokens, as Microsoft 365 does, on loopback.

The endpoint speaks HTTPS with a CA of its own: client credentials (RFC 6749, 4.4) by secret or by
a signature that is checked (RFC 7523), refusals in Microsoft's form, and introspection (RFC 7662),
by which Dovecot asks whether a token is good.

    with TokenServer() as tokens, TokenDovecot(tokens) as dovecot:
        tokens.refuse(7000222)
"""

import base64
import json
import secrets
import shutil
import ssl
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from servers import HOST, Dovecot, make_certificates

SCOPE = "https://outlook.office365.com/.default"
ROLES = ("IMAP.AccessAsApp", "SMTP.SendAsApp")
# What Microsoft wrote (from reports of users), shortened.
TEXTS = {
    7000215: "Invalid client secret provided. Ensure the secret being sent in the request is the"
    " client secret value, not the client secret ID, for a secret added to app '{client}'.",
    7000222: "The provided client secret keys for app '{client}' are expired. Visit the Azure"
    " portal to create new keys for your app.",
    700016: "Application with identifier '{client}' was not found in the directory 'Council'.",
    700027: "The certificate with identifier used to sign the client assertion is not registered"
    " on application. [Reason - The key was not found.]",
    70011: "The provided request must include a 'scope' input parameter.",
}
Answer = tuple[int, Mapping[str, str], bytes]


class TokenServer:
    """`url` is the token endpoint's, `introspection` the other's. `asked` is each request."""

    tenant = "11111111-2222-4333-8444-555555555555"
    client_id = "99999999-8888-4777-8666-555555555555"
    object_id = "77777777-0000-4000-8000-aaaaaaaaaaaa"
    mailbox = "tscp"
    """The one mailbox that the application may open."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tokens-"))
        make_certificates(self.folder)
        self.ca_file = self.folder / "ca.pem"
        self.secret_file = self.folder / "secret"
        self._server = ThreadingHTTPServer((HOST, 0), _handler(self))
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(self.folder / "server.pem", self.folder / "server.key")
        self._server.socket = tls.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        at = f"https://localhost:{self._server.server_port}"
        self.url = f"{at}/{self.tenant}/oauth2/v2.0/token"
        self.introspection = f"{at}/introspect"
        self.forget()

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *reason: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget(self) -> None:
        """As new: no token is good, nothing is registered but a new secret."""
        self.secret = f"sEcrEt~{secrets.token_urlsafe(24)}"
        self.secret_file.write_text(f"{self.secret}\n", encoding="utf-8")
        self.registered: dict[bytes, rsa.RSAPublicKey] = {}
        self.asked: list[dict[str, str]] = []
        self.given: list[str] = []
        self.roles: Sequence[str] = ROLES
        self.lasts = 3599
        self.slow = 0.0
        self._ends_at: dict[str, float] = {}
        self._instead: Answer | None = None

    def answer(self, status: int, content: bytes = b"", **headers: str) -> None:
        """From now on whoever asks for a token gets this."""
        self._instead = (status, {k.replace("_", "-"): v for k, v in headers.items()}, content)

    def refuse(self, code: int, error: str = "invalid_client", status: int = 401) -> None:
        """From now on refuse in Microsoft's form."""
        self.answer(status, _refusal(code, error, self.client_id))

    def behave(self) -> None:
        """Give tokens again."""
        self._instead = None

    def end_all(self) -> None:
        """No token given so far is good any more."""
        self._ends_at.clear()

    def register(self, file: Path, days: float = 365, password: bytes | None = None) -> Path:
        """A new key with its certificate in this file, registered here."""
        key = rsa.generate_private_key(65537, 2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TSCP")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=400))
            .not_valid_after(now + timedelta(days=days))
            .sign(key, hashes.SHA256())
        )
        kept: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if password:
            kept = serialization.BestAvailableEncryption(password)
        pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        file.write_bytes(key.private_bytes(pem, form, kept) + certificate.public_bytes(pem))
        self.registered[certificate.fingerprint(hashes.SHA256())] = key.public_key()
        return file

    def to_be_answered(self, path: str, form: dict[str, str]) -> Answer:
        """One request."""
        if path == "/introspect":
            return 200, {}, json.dumps(self._introspected(form.get("token", ""))).encode()
        self.asked.append(form)
        time.sleep(self.slow)
        return self._instead or self._token(form)

    def _token(self, form: dict[str, str]) -> Answer:
        if form.get("grant_type") != "client_credentials" or form.get("scope") != SCOPE:
            return 400, {}, _refusal(70011, "invalid_scope", self.client_id)
        if form.get("client_id") != self.client_id:
            return 400, {}, _refusal(700016, "unauthorized_client", self.client_id)
        if "client_assertion" in form:
            if not self._signed(form["client_assertion"]):
                return 401, {}, _refusal(700027, "invalid_client", self.client_id)
        elif form.get("client_secret") != self.secret:
            return 401, {}, _refusal(7000215, "invalid_client", self.client_id)
        claims = {"aud": SCOPE, "oid": self.object_id, "roles": list(self.roles)}
        # As long as Microsoft's are.
        parts = (json.dumps({"typ": "JWT"}), json.dumps(claims), secrets.token_hex(700))
        token = ".".join(base64.urlsafe_b64encode(p.encode()).decode().rstrip("=") for p in parts)
        self._ends_at[token] = time.monotonic() + self.lasts
        self.given.append(token)
        said = {"token_type": "Bearer", "expires_in": self.lasts, "access_token": token}
        return 200, {}, json.dumps(said).encode()

    def _signed(self, assertion: str) -> bool:
        signed, _, signature = assertion.rpartition(".")
        header, claims = (json.loads(_unbase64(part)) for part in signed.split("."))
        key = self.registered.get(_unbase64(header["x5t#S256"]))
        if key is None or header["alg"] != "PS256" or claims["aud"] != self.url:
            return False
        if {claims["iss"], claims["sub"]} != {self.client_id} or not claims["jti"]:
            return False
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
        try:
            key.verify(_unbase64(signature), signed.encode(), pss, hashes.SHA256())
        except InvalidSignature:
            return False
        return bool(claims["nbf"] <= time.time() < claims["exp"])

    def _introspected(self, token: str) -> dict[str, Any]:
        if not self.good(token):
            return {"active": False}
        # Dovecot wants the user's name; a good token is good for one who has no permission, too.
        return {"active": True, "username": self.mailbox}

    def good(self, token: str) -> bool:
        """Is it one of ours, and not at its end?"""
        return self._ends_at.get(token, 0.0) > time.monotonic()


def _handler(tokens: TokenServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            form = {key: values[0] for key, values in parse_qs(content).items()}
            status, headers, answer = tokens.to_be_answered(self.path, form)
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *words: object) -> None:
            """Nothing."""

    return Handler


def _refusal(code: int, error: str, client: str) -> bytes:
    text = TEXTS.get(code, "Something about '{client}'.").format(client=client)
    description = f"AADSTS{code}: {text} Trace ID: 0000aaaa-11bb-cccc-dd22-eeeeee333333"
    uri = f"https://login.microsoftonline.com/error?code={code}"
    said = {"error": error, "error_description": description, "error_codes": [code]}
    return json.dumps(said | {"error_uri": uri}).encode()


def _unbase64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")


class TokenDovecot(Dovecot):
    """Dovecot that takes tokens (XOAUTH2) and asks their server whether they are good."""

    def __init__(self, tokens: TokenServer) -> None:
        self.tokens = tokens
        super().__init__()

    def prepare(self) -> None:
        """Settings, and the CA of the token server."""
        asks = self.folder / "oauth2.conf.ext"
        asks.write_text(self._asking("\n"), encoding="utf-8")
        shutil.copy(self.tokens.ca_file, self.folder / "tokens-ca.pem")
        for path in (asks, self.folder / "tokens-ca.pem"):
            self._hand_over(path)
        super().prepare()

    def settings(self) -> str:
        """As ever, and tokens; 2.4 has them in a block of their own (not tried here)."""
        usual = super().settings().replace("= plain login", "= plain login xoauth2")
        # Else whoever comes after a refusal is made to wait for seconds.
        usual += "service anvil {\n  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}\n"
        if "dovecot_config_version" in usual:
            block = self._asking("\n  ").replace("tls_ca_cert_file", "ssl_client_ca_file")
            return f"{usual}oauth2 {{\n  {block}\n}}\n"
        static = "passdb {\n  driver = static\n"
        words = usual.replace(static, f"{static}  mechanisms = plain login\n")
        args = f"args = {self.folder}/oauth2.conf.ext"
        return f"{words}passdb {{\n  driver = oauth2\n  mechanisms = xoauth2\n  {args}\n}}\n"

    def _asking(self, between: str) -> str:
        return between.join(
            [
                "introspection_mode = post",
                f"introspection_url = {self.tokens.introspection}",
                "username_attribute = username",
                "active_attribute = active",
                "active_value = true",
                f"tls_ca_cert_file = {self.folder}/tokens-ca.pem",
            ]
        )
