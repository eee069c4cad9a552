"""A real mail server for the tests, beside Dovecot and PostgreSQL: see smtp_sink.py.

with MailSink() as sink:
    sink.rule("rcpt", "550 5.1.1 no such user", to="nobody@a.example")
    ...
    assert [mail.to for mail in sink.mails()] == ["jane@a.example"]
"""

import json
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from servers import HOST, Server, answers, free_port, make_certificates

SINK = Path(__file__).with_name("smtp_sink.py")


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter the server has accepted: its envelope, and its bytes as they came."""

    sender: str
    to: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The letter, read by the standard library."""
        return message_from_bytes(self.content, policy=default)


class MailSink(Server):
    """`starttls_port` and `implicit_port` want a login, `plain_port` has neither TLS nor login.

    Its certificate is for localhost and 127.0.0.1, signed by a CA of its own (`ca_file`).
    """

    preferred_users = ("root",)  # nobody may not be able to run this environment's Python
    host = HOST
    username = "tscp"
    password = "correct-horse"

    def __init__(self) -> None:
        super().__init__()
        self.starttls_port, self.implicit_port, self.plain_port = (free_port() for _ in range(3))
        self.ca_file = self.folder / "ca.pem"
        self._wanted: dict[str, Any] = {}

    def prepare(self) -> None:
        """Certificates."""
        make_certificates(self.folder)

    def command(self) -> Sequence[str]:
        """In the foreground."""
        ports = (self.starttls_port, self.implicit_port, self.plain_port)
        return [sys.executable, "-W", "ignore", str(SINK), str(self.folder), *map(str, ports)]

    def ready(self) -> bool:
        """On all ports."""
        return answers(self.plain_port) and answers(self.implicit_port)

    def rule(self, stage: str, do: str, to: str = "", times: int = 0) -> None:
        """From now on misbehave at this stage: to one recipient only, or so many times only."""
        one = {"id": secrets.token_hex(4), "stage": stage, "do": do, "to": to, "times": times}
        self.set(rules=[*self._wanted.get("rules", []), one])

    def set(self, **wanted: Any) -> None:
        """From the next connection on: mechanisms, smtputf8, size, password, introspect."""
        self._wanted |= wanted
        path = self.folder / "rules.json"
        path.with_suffix(".tmp").write_text(json.dumps(self._wanted), encoding="utf-8")
        path.with_suffix(".tmp").rename(path)

    def behave(self) -> None:
        """No rules any more."""
        self._wanted = {}
        self.set()

    def forget(self) -> None:
        """No rules, no mail, nothing said."""
        self.behave()
        (self.folder / "commands").unlink(missing_ok=True)
        for path in self.folder.glob("mail/*"):
            path.unlink()

    def mails(self) -> list[Mail]:
        """What it has accepted, in order."""
        return [_mail(path) for path in sorted(self.folder.glob("mail/*.eml"))]

    def said(self) -> list[str]:
        """What clients said: 'tls auth PLAIN', 'plain ehlo', 'tls mail FROM:<…>', 'content'."""
        path = self.folder / "commands"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _mail(path: Path) -> Mail:
    first, second, content = path.read_bytes().split(b"\r\n", 2)
    sender = first.decode().removeprefix("Return-Path: <").removesuffix(">")
    return Mail(sender, second.decode().removeprefix("Delivered-To: "), content)
