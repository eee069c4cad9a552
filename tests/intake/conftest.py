"""Mails to be opened, and a proxy that does to a connection what networks and servers do."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from servers import Account

from intake.imap import ImapMailbox

CUT = b""


class Proxy:
    """Between a client and a plain IMAP port on loopback.

    `on_command` sees each line of the client: None passes it on, bytes are the answer in the
    server's place, CUT ends the connection. `cut_after` ends the first, second … connection
    after so many bytes from the server.
    """

    def __init__(
        self,
        target: int,
        on_command: Callable[[bytes], bytes | None] = lambda line: None,
        cut_after: Sequence[int] = (),
    ) -> None:
        self.commands: list[bytes] = []
        self.connections = 0
        self._open: list[socket.socket] = []
        self._target = target
        self._on_command = on_command
        self._cut_after = list(cut_after)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def cut(self) -> None:
        """End every connection now."""
        _end(*self._open)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                try:
                    server = socket.create_connection(("127.0.0.1", self._target))
                except OSError:
                    client.close()
                    continue
                self._open += [client, server]
                limit = self._cut_after.pop(0) if self._cut_after else None
                for job in (self._up, self._down):
                    threading.Thread(target=job, args=(client, server, limit), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket, _: int | None) -> None:
        with suppress(OSError), client.makefile("rb") as lines:
            for line in lines:
                self.commands.append(line)
                instead = self._on_command(line)
                if instead == CUT and instead is not None:
                    break
                if instead is None:
                    server.sendall(line)
                else:
                    client.sendall(instead)
        _end(client, server)

    def _down(self, client: socket.socket, server: socket.socket, limit: int | None) -> None:
        with suppress(OSError):
            while content := server.recv(4096 if limit is None else max(1, min(4096, limit))):
                client.sendall(content)
                if limit is not None:
                    limit -= len(content)
                    if limit <= 0:
                        break
        _end(client, server)


def _end(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def proxy() -> Iterator[Callable[..., Proxy]]:
    """`proxy(port, on_command, cut_after)`: a Proxy that ends with the test."""
    with _closing() as made:

        def make(*words: Any, **named: Any) -> Proxy:
            made.append(Proxy(*words, **named))
            return made[-1]

        yield make


@contextmanager
def _closing() -> Iterator[list[Proxy]]:
    made: list[Proxy] = []
    yield made
    for one in made:
        one.close()


@pytest.fixture
def mailbox() -> Callable[..., ImapMailbox]:
    """`mailbox(account, …)`: ours on that account, over TLS unless told otherwise."""

    def make(account: Account, **different: Any) -> ImapMailbox:
        usual: dict[str, Any] = {
            "name": "tscp",
            "host": account.host,
            "port": account.imaps_port,
            "tls": "implicit",
            "ca_file": account.ca_file,
            "username": account.username,
            "password": account.password,
            "timeout": 5,
        }
        return ImapMailbox(**(usual | different))

    return make


@pytest.fixture
def mail() -> Callable[..., bytes]:
    """`mail(text, html=…, files={name: content}, Subject=…)`: a message as bytes."""

    def make(
        text: str = "Hello.", html: str = "", files: dict[str, bytes] | None = None, **fields: str
    ) -> bytes:
        message = EmailMessage()
        usual = {"From": "Jane Smith <jane@council.example>", "To": "tscp@example.org"}
        for name, value in (usual | {"Subject": "Referral"} | fields).items():
            if value:
                message[name.replace("_", "-")] = value
        message.set_content(text)
        if html:
            message.add_alternative(html, subtype="html")
        for name, content in (files or {}).items():
            message.add_attachment(content, "application", "octet-stream", filename=name)
        return message.as_bytes()

    return make


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    """An empty Maildir."""
    for folder in ("new", "cur", "tmp"):
        (tmp_path / "box" / folder).mkdir(parents=True)
    return tmp_path / "box"
