"""A mail server on loopback that keeps each letter as a file, and misbehaves when told to.

usage: smtp_sink.py FOLDER STARTTLS_PORT IMPLICIT_PORT PLAIN_PORT

FOLDER holds server.pem, server.key, and rules.json once a test has rules. It is a process of its
own: what it has accepted survives whatever happens to the service. Three ports: STARTTLS and a
login are required; TLS from the first byte and a login; neither TLS nor login.

rules.json: {"password": …, "mechanisms": […], "smtputf8": true, "size": 33554432,
"introspect": {"url", "ca"}, "rules": [{"id", "stage", "do", "to", "times"}]}. A stage is connect,
ehlo, starttls, auth, token (a good one was shown), mail, rcpt, data, half (of the content) or
content. What it can do: an answer ("451 4.7.1 later"), cut, silent, drip (a byte at a time, for
ever), slow, very slow, stump (half an answer), and for the content "keep and cut", "keep and
silent", "keep and stump".
"""

import asyncio
import hmac
import json
import ssl
import sys
import time
from base64 import b64decode, b64encode
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USERNAME = "tscp"
used: Counter[str] = Counter()
folder = Path()


def settings() -> dict[str, Any]:
    """What the test wants now."""
    try:
        found: dict[str, Any] = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def rule(stage: str, to: str = "") -> str:
    """What to do at this stage; '' to behave."""
    for one in settings().get("rules", []):
        about_this = one["stage"] == stage and one["to"] in ("", to)
        if about_this and (one["times"] == 0 or used[one["id"]] < one["times"]):
            used[one["id"]] += 1
            return str(one["do"])
    return ""


def noted(line: str) -> None:
    """One line of what clients said."""
    with (folder / "commands").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def keep(envelope: Envelope) -> None:
    """The letter as a file, whole or not there at all, with its envelope on top."""
    mail = folder / "mail"
    content = envelope.original_content or b""
    head = f"Return-Path: <{envelope.mail_from}>\r\nDelivered-To: {', '.join(envelope.rcpt_tos)}"
    path = mail / f"{time.time_ns()}.eml"
    path.with_suffix(".tmp").write_bytes(head.encode() + b"\r\n" + content)
    path.with_suffix(".tmp").rename(path)


class Sink(SMTP):
    """aiosmtpd's server with rules before each command."""

    encrypted = False
    line_length_limit = 12_288  # as long as an answer to AUTH may be (RFC 4954, 4)

    async def _handle_client(self) -> None:
        if await self._ruled("connect"):
            return
        await super()._handle_client()

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self._ruled("ehlo"):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if not await self._ruled("starttls"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:
        if not await self._ruled("auth", arg.split()[0]):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str) -> None:
        if not await self._ruled("mail", arg):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:
        if not await self._ruled("rcpt", arg, arg.partition("<")[2].partition(">")[0]):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if await self._ruled("data"):
            return
        if rule("half"):
            await self.push("354 go on")
            await self._reader.read(10)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    async def _ruled(self, stage: str, arg: str = "", to: str = "") -> bool:
        """Notes the command; True if a rule has dealt with it."""
        tls = self.encrypted or self._tls_protocol is not None
        noted(f"{'tls' if tls else 'plain'} {stage} {arg}".strip())
        return await self.misbehave(rule(stage, to))

    async def misbehave(self, what: str) -> bool:
        """True if that was the answer."""
        if what in ("slow", "very slow"):
            await asyncio.sleep(0.2 if what == "slow" else 1.2)
        if what in ("", "slow", "very slow"):
            return False
        if what == "silent":
            await asyncio.sleep(3600)
        while what == "drip":
            self._writer.write(b"2")
            await asyncio.sleep(0.05)
        if what == "stump":
            self._writer.write(b"250-2.0.0 ke")
            await self._writer.drain()
        if what in ("cut", "stump"):
            self.transport.close()
        else:
            await self.push(what)
        return True


class Keeping:
    """aiosmtpd's handler: what happens after the content, and a login by CRAM-MD5."""

    async def handle_DATA(self, server: Sink, session: Session, envelope: Envelope) -> str:
        noted("content")
        what = rule("content", envelope.rcpt_tos[0])
        kept, _, then = what.partition(" and ") if what.startswith("keep") else ("", "", what)
        if kept or what in ("", "slow", "very slow"):
            keep(envelope)
        if not then or not await server.misbehave(then):
            return "250 2.0.0 kept"
        return "221 2.0.0 nobody hears this"

    async def auth_CRAM__MD5(self, server: SMTP, args: list[str]) -> AuthResult:
        challenge = b"<1896.697170952@mx.example>"
        said = await server.challenge_auth(b64encode(challenge), encode_to_b64=False)
        name, _, digest = said.decode().rpartition(" ")
        right = hmac.new(password().encode(), challenge, "md5").hexdigest()
        good = name == USERNAME and hmac.compare_digest(digest, right)
        return AuthResult(success=good, handled=False)

    async def auth_XOAUTH2(self, server: Sink, args: list[str]) -> AuthResult:
        said = b64decode(args[1]) if len(args) > 1 else await server.challenge_auth("")
        name, _, rest = said.decode().removeprefix("user=").partition("\1auth=Bearer ")
        good = await asyncio.to_thread(whose, rest.removesuffix("\1\1")) == name
        if not good:
            await server.challenge_auth('{"status":"401","schemes":"Bearer"}')
        elif await server.misbehave(rule("token")):
            return AuthResult(success=False, handled=True)
        return AuthResult(success=good, handled=False)


def whose(token: str) -> str:
    """The user of a token that is good (RFC 7662)."""
    asked = settings()["introspect"]
    tls = ssl.create_default_context(cafile=asked["ca"])
    form = urlencode({"token": token}).encode()
    with urlopen(asked["url"], form, timeout=5, context=tls) as answer:
        return str(json.loads(answer.read()).get("username", ""))


def password() -> str:
    return str(settings().get("password", "correct-horse"))


def log_in(server: SMTP, session: Session, envelope: Envelope, way: str, data: Any) -> AuthResult:
    """Does the password fit?"""
    right = (USERNAME.encode(), password().encode())
    good = isinstance(data, LoginPassword) and (data.login, data.password) == right
    return AuthResult(success=good, handled=False)


def sink(tls: ssl.SSLContext | None, starttls: bool) -> Sink:
    """A server for one connection."""
    wanted = settings()
    offered = wanted.get("mechanisms", ["PLAIN", "LOGIN"])
    made = Sink(
        Keeping(),
        hostname="mx.example",
        loop=asyncio.get_running_loop(),
        enable_SMTPUTF8=wanted.get("smtputf8", True),
        data_size_limit=wanted.get("size", 33_554_432),
        tls_context=tls if starttls else None,
        require_starttls=starttls,
        auth_required=tls is not None,
        auth_require_tls=starttls,
        authenticator=log_in,
        auth_exclude_mechanism={"PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2"}
        - set(offered if tls else []),
    )
    made.encrypted = tls is not None and not starttls
    return made


async def serve(starttls: int, implicit: int, plain: int) -> None:
    """On all three ports until it is ended."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(folder / "server.pem", folder / "server.key")
    (folder / "mail").mkdir(exist_ok=True)
    loop, host = asyncio.get_running_loop(), "127.0.0.1"
    await loop.create_server(lambda: sink(tls, True), host, starttls)
    await loop.create_server(lambda: sink(tls, False), host, implicit, ssl=tls)
    await loop.create_server(lambda: sink(None, False), host, plain)
    await asyncio.Event().wait()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    asyncio.run(serve(*map(int, sys.argv[2:5])))
