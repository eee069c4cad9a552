"""One installation on real servers, and its commands run as their user runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from servers import Account
from sqlalchemy import text

from storage.database import open_database, reading
from storage.originals import FileOriginals
from storage.sealing import KeyRing

TSCP = str(Path(sys.executable).with_name("tscp"))
AGENCIES = Path(__file__).parents[2] / "tscp" / "demo" / "agencies.toml"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Json]:
        """Standard output as JSON, an object a line; anything else there is an error."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Service:
    """A folder with a settings file in it. `said` is all that its commands ever printed."""

    folder: Path
    database: str
    said: list[Ran] = field(default_factory=list)

    @property
    def config(self) -> Path:
        """The settings file."""
        return self.folder / "tscp.toml"

    def set_up(self, *mailboxes: str, more: str = "", first: str = "") -> None:
        """Writes the settings; `first` are keys of the top, `more` further sections."""
        words = f'data = "var"\nkeys = "keys"\ndatabase = "{self.database}"\n{first}\n'
        words += "" if "agencies =" in first else f'agencies = ["{AGENCIES}"]\n'
        words += "\n".join(mailboxes)
        words += f'\n[letters]\nown_addresses = ["tscp@tscp.example"]\n{more}\n'
        self.config.write_text(words, encoding="utf-8")

    def run(
        self, *words: str, expect: int | None = 0, seconds: float = 120, given: str = ""
    ) -> Ran:
        """A command, waited for; its exit status is as expected (None: whatever it is)."""
        process = self.start(*words)
        out, err = process.communicate(given, timeout=seconds)
        ran = self.ended(process, out, err)
        assert expect is None or ran.status == expect, f"{words}: {ran}"
        return ran

    def start(self, *words: str, **how: Any) -> subprocess.Popen[str]:
        """A command, not waited for, in a process group of its own."""
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(
            [TSCP, words[0], *(["--config", str(self.config)] if words[0] else []), *words[1:]],
            cwd=self.folder,
            env=environment(),
            start_new_session=True,
            **({"text": True} | pipes | how),
        )

    def ended(self, process: subprocess.Popen[str], out: str, err: str) -> Ran:
        """Keeps what an ended command said."""
        ran = Ran(process.returncode, out, err)
        self.said.append(ran)
        return ran

    def json(self, *words: str) -> list[Json]:
        """The JSON lines of a command that succeeds."""
        return self.run(*words, "--json").lines

    def poll(self, expect: int = 0) -> Json:
        """Every mailbox once."""
        (result,) = self.run("poll", "--json", expect=expect).lines
        return result

    def case(self, reference: str, *words: str) -> Json:
        """One case."""
        (found,) = self.json("case", reference, *words)
        return found

    def messages(self, *words: str) -> list[Json]:
        """The register."""
        return self.json("messages", *words)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What lies in the tables, for what no command shows."""
        engine = open_database(self.database)
        with reading(engine) as session:
            found = [tuple(row) for row in session.connection().execute(text(query))]
        engine.dispose()
        return found

    def originals(self) -> FileOriginals:
        """The store of the messages as they were fetched."""
        return FileOriginals(self.folder / "var" / "originals", KeyRing.load(self.folder / "keys"))


def environment(**more: str) -> dict[str, str]:
    """Ours, without what would set the service up or make each start slow."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TSCP_", "PYTHONDONTWRITE"))}
    return kept | more


def mailbox(account: Account, **different: Any) -> str:
    """A [[mailbox]] section on an account: over TLS, with the private CA."""
    secret = account.ca_file.with_name(f"password-{account.username}")
    secret.write_text(f"{account.password}\n", encoding="utf-8")
    keys: Mapping[str, Any] = {
        "name": "tscp",
        "kind": "imap",
        "host": account.host,
        "port": account.imaps_port,
        "tls": "implicit",
        "ca_file": str(account.ca_file),
        "username": account.username,
        "password_file": str(secret),
    } | different
    lines = [f"{key} = {json.dumps(value)}" for key, value in keys.items() if value is not None]
    return "\n".join(["[[mailbox]]", *lines, ""])


def deliver(account: Account, mails: Sequence[Any]) -> list[int]:
    """Mails with `content` and a time of delivery, put there as if received then."""
    with account.signed_in() as client:
        for mail in mails:
            when = getattr(mail, "delivered_at", None) or mail.at
            client.append("INBOX", mail.content, (), when)
    return account.uids()


def children_of(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill(process: subprocess.Popen[str]) -> list[int]:
    """kill -9 of a command and its group; the workers it leaves, which should end by themselves."""
    workers = children_of(process.pid)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return workers


def events(process: subprocess.Popen[str]) -> Iterator[str]:
    """The names of a running command's log events, as they come."""
    assert process.stderr is not None
    for line in process.stderr:
        yield json.loads(line)["event"] if line.startswith("{") else line


def within(seconds: float, true: Any) -> bool:
    """Whether something becomes true in that time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
