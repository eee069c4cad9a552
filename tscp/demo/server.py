"""An IMAP server on loopback for the demonstration: pymap, on a Maildir in the demo's folder.

    with serve(Path("demo")) as server:
        deliver(server, story(told_at(folder, now)))

It listens on a free port of 127.0.0.1 only and ends with the `with` block. What was delivered
is written down beside it, so that a second run delivers nothing again.
"""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from imapclient import IMAPClient, SocketTimeout
from pysasl.hashing import BuiltinHash

from tscp.demo.telling import StoryMail

USER = "tscp"
HOST = "127.0.0.1"
START_SECONDS = 30.0
ATTEMPTS = 3


class ServerFailed(Exception):
    """The demo's mail server did not start; the text names the file in which it says why."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and what one needs to read from it."""

    folder: Path
    port: int
    password_file: Path
    host: str = HOST
    username: str = USER


@contextmanager
def serve(folder: Path) -> Iterator[Server]:
    """Runs the server on folder/mail for as long as the block lasts."""
    mail = folder / "mail"
    mail.mkdir(parents=True, exist_ok=True)
    password_file = _password(folder, mail)
    process, port = _started(mail, folder / "mail-server.log")
    try:
        yield Server(folder, port, password_file)
    finally:
        _ended(process)


def _password(folder: Path, mail: Path) -> Path:
    """The mailbox's password: made once, kept where only its owner reads it."""
    path = folder / "mailbox-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(18), encoding="utf-8")
    # pymap cannot do without a home folder for its user.
    (mail / "pymap-etc-passwd").write_text(f"{USER}:x::::{USER}:\n", encoding="utf-8")
    hashed = BuiltinHash().hash(path.read_text(encoding="utf-8"))
    shadow = mail / "pymap-etc-shadow"
    shadow.touch(mode=0o600)
    shadow.write_text(f"{USER}:{hashed}:::::::\n", encoding="utf-8")
    return path


def _started(mail: Path, log: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A server that answers; another port is tried if somebody took the first."""
    for _ in range(ATTEMPTS):
        port = _free_port()
        process = _start(mail, log, port)
        if _answers(process, port):
            return process, port
        _ended(process)
    raise ServerFailed(f"the demo's mail server did not start; see {log}")


def _start(mail: Path, log: Path, port: int) -> subprocess.Popen[bytes]:
    arguments = ["--host", HOST, "--port", str(port), "--no-tls", "--no-service", "admin"]
    run = "from pymap.main import main; raise SystemExit(main())"
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-c", run, *arguments, "maildir", str(mail)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Waits for the greeting; False if the server ended or time ran out."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection((HOST, port), timeout=2) as link:
                if link.recv(4) == b"* OK":
                    return True
        except OSError:
            pass
        time.sleep(0.05)
    return False


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def told_at(folder: Path, now: datetime) -> datetime:
    """The moment around which this demo's mails were laid at its first run, else now."""
    told = _delivered(folder).get("told_at")
    return datetime.fromisoformat(told) if isinstance(told, str) else now


def deliver(
    server: Server,
    mails: Sequence[StoryMail],
    now: datetime,
    progress: Callable[[], object] = lambda: None,
) -> int:
    """Puts each mail into INBOX once, with its own time of delivery; how many were new.

    `now` is the moment the story was told around; `progress` is called after each mail.
    """
    known = _delivered(server.folder)
    done = {key: value for key, value in known.items() if key != "told_at"}
    waiting = [mail for mail in mails if mail.key not in done]
    with _connection(server) if waiting else _nothing() as client:
        for mail in mails:
            if mail in waiting and client is not None:
                client.append("INBOX", mail.content, msg_time=mail.delivered_at)
                done[mail.key] = sha256(mail.content).hexdigest()
                _write(server.folder, {"told_at": told_at(server.folder, now).isoformat(), **done})
            progress()
    return len(waiting)


@contextmanager
def _connection(server: Server) -> Iterator[IMAPClient]:
    patience = SocketTimeout(connect=10, read=60)
    with IMAPClient(server.host, server.port, ssl=False, timeout=patience) as client:
        client.login(server.username, server.password_file.read_text(encoding="utf-8"))
        yield client


@contextmanager
def _nothing() -> Iterator[None]:
    yield None


def _stamp(folder: Path) -> Path:
    return folder / "delivered.json"


def _delivered(folder: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(_stamp(folder).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def _write(folder: Path, delivered: dict[str, str]) -> None:
    new = folder / "delivered.json.new"
    new.write_text(json.dumps(delivered, indent=1), encoding="utf-8")
    new.replace(_stamp(folder))
