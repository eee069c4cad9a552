"""`make demo`: fictitious mail into a mail server on loopback, then the service's main job.

`make desk` (--desk) serves the triage desk on what the demo filed. Everything lies in ./demo
and may be deleted. A second run adds nothing and says so.
"""

from __future__ import annotations

import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from config.settings import HERE, Settings, load
from tscp.acts.accounts import add_account
from tscp.acts.desk import Desk
from tscp.acts.poll import poll
from tscp.acts.process import process_waiting
from tscp.acts.summarise import summary_of
from tscp.compose import desk_of, sources_of
from tscp.demo.report import report
from tscp.demo.server import Server, deliver, serve, told_at
from tscp.demo.story import story
from tscp.logs import set_up_logs
from tscp.mail_out.render import summary_html, summary_text
from tscp.registers import calendar_of

FOLDER = Path("demo")
ACCOUNT, ROLE = "p.officer", "business support"
LISTEN = "127.0.0.1:8080"


def main(arguments: list[str]) -> int:
    """Runs the demo, or the desk on its data."""
    set_up_logs(quiet=True)
    return _desk() if "--desk" in arguments else _demo()


def _demo() -> int:
    FOLDER.mkdir(exist_ok=True)
    now = told_at(FOLDER, datetime.now(UTC))
    mails = story(now, calendar_of([HERE / "bank_holidays.toml"]).holidays)
    print(f"{len(mails)} fictitious e-mails, an IMAP server and all data in ./{FOLDER}")
    with serve(FOLDER) as server, desk_of(_settings(server)) as desk:
        with _bar("delivering", len(mails)) as bar:
            added = deliver(server, mails, now, bar.update)
        sources = sources_of(_settings(server))
        first = poll(desk, sources)
        _process(desk, sum(one.states.count("received") for one in first))
        again = poll(desk, sources)
        _write_summary(desk)
        if not added and not first[0].new:
            print("nothing new: the mails were delivered, polled and filed by an earlier run")
        for line in report(desk, again[0].new):
            print(line)
    failed = [one.reason for one in (*first, *again) if not one.ok]
    for reason in failed:
        print(reason, file=sys.stderr)
    return 1 if failed else 0


def _process(desk: Desk, waiting: int) -> None:
    """Takes every message to its end, showing how far it is."""
    with _bar("reading", waiting) as bar:
        for _ in process_waiting(desk):
            bar.update()


def _bar(what: str, total: int) -> tqdm[NoReturn]:
    """A bar of 80 columns on standard error; silent where nobody watches."""
    return tqdm(total=total, desc=f"{what:<10}", ncols=80, unit=" mails", disable=None)


def _settings(server: Server | None = None) -> Settings:
    """The demo's settings file: written for the server's port, or read as it was left."""
    file = FOLDER / "tscp.toml"
    if server is not None:
        agencies = Path(__file__).with_name("agencies.toml").resolve()
        file.write_text(
            "# Written by `make demo`; a real one is described in docs/configuration.md.\n"
            f'data = "var"\nkeys = "keys"\nagencies = ["{agencies}"]\n\n'
            "[[mailbox]]\n"
            'name = "tscp"\nkind = "imap"\n'
            f'host = "{server.host}"\nport = {server.port}\ntls = "none"\n'
            f'username = "{server.username}"\n'
            f'password_file = "{server.password_file.resolve()}"\n\n'
            '[letters]\nown_addresses = ["tscp@tscp.example"]\n\n'
            f'[web]\nlisten = "{LISTEN}"\n',
            encoding="utf-8",
        )
    return load(file)


def _write_summary(desk: Desk) -> None:
    summary = summary_of(desk)
    (FOLDER / "summary.txt").write_text(summary_text(summary), encoding="utf-8")
    (FOLDER / "summary.html").write_text(summary_html(summary), encoding="utf-8")


def _desk() -> int:
    """Serves the desk; makes its account on the first run and prints how to sign in."""
    from tscp.web.serving import serve as serve_desk

    settings = _settings()
    kept = FOLDER / "desk-password"
    with desk_of(settings) as desk:
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(12), encoding="utf-8")
        password = kept.read_text(encoding="utf-8")
        add_account(desk, ACCOUNT, ROLE, password, "demo")
        print(f"DESK      http://{settings.web.listen}/", flush=True)
        print(f"          account {ACCOUNT}   password {password}", flush=True)
        print("          Ctrl-C ends it", flush=True)
        serve_desk(desk, settings.web.listen, settings.web.base_url)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
