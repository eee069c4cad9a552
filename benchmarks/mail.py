"""Mail from a real Dovecot to its place in the register, with and without documents."""

from __future__ import annotations

import email
import hashlib
import imaplib
import json
import os
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from servers import Account, Dovecot

from benchmarks import poller
from benchmarks.measuring import WIDTH, Watched, line
from benchmarks.peer import peer_seconds
from tscp.demo.filling import fill
from tscp.demo.forms_docx import as_docx
from tscp.demo.forms_pdf import as_pdf
from tscp.demo.incidents import incidents

PLAIN, FORMS = int(os.environ.get("BENCH_PLAIN", "500")), int(os.environ.get("BENCH_MAILS", "60"))
WORD = int(os.environ.get("BENCH_WORD", "60"))
"""How many of a hundred form mails carry a Word document; the others carry a PDF."""
PEER = os.environ.get("BENCH_PEER") == "1"
AT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
BATCH = 250
FLOOR = "ms fetch, MIME, store + fsync, commit"


def report() -> Iterator[str]:
    """Lines of the report."""
    with Dovecot() as dovecot, tempfile.TemporaryDirectory() as folder:
        kinds = (
            ("mail without documents", PLAIN, _plain),
            (f"mail with a form, Word {WORD} %, PDF {100 - WORD} %", FORMS, _with_form),
        )
        for number, (what, count, make) in enumerate(kinds):
            few, box = dovecot.account(), dovecot.account()
            few.append_all([make(count + n) for n in range(10)])
            for start in range(0, count, BATCH):
                box.append_all([make(n) for n in range(start, min(start + BATCH, count))])
            place = Path(folder) / str(number)
            place.mkdir()
            yield from _measured(dovecot, (few, box), place, what, count)


def _measured(
    dovecot: Dovecot, boxes: tuple[Account, Account], folder: Path, what: str, count: int
) -> Iterator[str]:
    box = boxes[1]
    floor = _floor(dovecot, box, folder) / count * 1000
    watched = _poll(dovecot, boxes, folder)
    told = json.loads(watched.output)
    if watched.status or not told["ok"]:
        raise SystemExit(f"the poll failed: {told}")
    handling, reading = told["handling"] / count * 1000, told["reading"] / count * 1000
    yield f"{what} ({count}; {told['filed']} filed)"
    yield line("  handling, a mail", handling, floor, "ms", FLOOR)
    yield f"{'  reading its documents':<{WIDTH}}{reading:>8.1f} ms"
    yield f"{'  start of the service, once':<{WIDTH}}{told['start'] * 1000:>8.0f} ms"
    yield f"{'  memory':<{WIDTH}}{watched.own_mb:>8.0f} MB  " \
          f"with its worker {watched.with_children_mb:.0f} MB"  # fmt: skip
    if PEER:
        yield _peer(dovecot, box, folder, count, floor)


def _peer(dovecot: Dovecot, box: Account, folder: Path, count: int, floor: float) -> str:
    """Comes last: it takes the mails out of the mailbox."""
    given = {"host": dovecot.host, "port": dovecot.imaps_port, "mails": count}
    given |= {"username": box.username, "password": box.password}
    spent = peer_seconds(folder, given)
    if isinstance(spent, str):
        return f"  beside it: {spent}"
    return line("  django-helpdesk's get_email", spent / count * 1000, floor, "ms", FLOOR)


def _plain(number: int) -> bytes:
    message = _message(number)
    message.set_content("Thank you, we will look at our records.\n" * 20)
    # The floor's mails weigh 62 kB; a logo-like picture stands in for the documents.
    message.add_attachment(bytes(46_000), maintype="image", subtype="png", disposition="inline",
                           filename="image001.png")  # fmt: skip
    return message.as_bytes()


def _with_form(number: int) -> bytes:
    themes = list(incidents())
    form = fill(f"bench {number}", themes[number % len(themes)], date(2026, 3, 4)).form
    message = _message(number)
    message.set_content("Please find attached a SIN form.\n")
    word = number % 10 * 10 < WORD
    content = as_docx(form) if word else as_pdf(form, "ruled")
    kind = "vnd.openxmlformats-officedocument.wordprocessingml.document" if word else "pdf"
    message.add_attachment(content, maintype="application", subtype=kind,
                           filename="form.docx" if word else "form.pdf")  # fmt: skip
    return message.as_bytes()


def _message(number: int) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"officer{number}@gmp.example"
    message["To"] = "tscp@tscp.example"
    message["Subject"] = "Referral"
    message["Message-ID"] = f"<bench-{number}@gmp.example>"
    message["Date"] = AT + timedelta(minutes=number)
    return message


def _floor(dovecot: Dovecot, account: Account, folder: Path) -> float:
    """CPU seconds of the least that must be done with these mails."""
    start = time.process_time()
    trust = ssl.create_default_context(cafile=str(dovecot.ca_file))
    box = imaplib.IMAP4_SSL(dovecot.host, dovecot.imaps_port, ssl_context=trust)
    box.login(account.username, account.password)
    box.select("INBOX", readonly=True)
    store = sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)
    store.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE m(s, t)")
    _, found = box.search(None, "ALL")
    for uid in found[0].split():
        _, answer = box.fetch(uid, "(BODY.PEEK[] INTERNALDATE)")
        content = answer[0][1]  # type: ignore[index]
        parsed = email.message_from_bytes(content)  # type: ignore[arg-type]
        parts = [part.get_payload(decode=True) for part in parsed.walk()]
        sha256 = hashlib.sha256(content).hexdigest()  # type: ignore[arg-type]
        with (folder / sha256).open("wb") as file:
            file.write(content)  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
        store.execute("INSERT INTO m VALUES (?, ?)", (sha256, len(parts)))
    box.logout()
    return time.process_time() - start


def _poll(dovecot: Dovecot, boxes: tuple[Account, Account], folder: Path) -> Watched:
    config, mailboxes = folder / "tscp.toml", []
    for box in boxes:
        (folder / "password").write_text(box.password)
        mailboxes.append(
            "[[mailbox]]\n"
            f'name = "{box.username}"\nhost = "{dovecot.host}"\nport = {dovecot.imaps_port}\n'
            f'ca_file = "{dovecot.ca_file}"\nusername = "{box.username}"\n'
            'password_file = "password"\n'
        )
    config.write_text("\n".join(mailboxes))
    # Tables are made once in the life of a service, and what makes them is loaded for that alone.
    tscp = Path(sys.executable).with_name("tscp")
    subprocess.run([tscp, "migrate", "--config", str(config)], check=True, capture_output=True)
    return Watched([sys.executable, "-P", poller.__file__, str(config), str(folder / "worker")])
