"""Mail from a real Dovecot to its place in the register, with and without documents."""

from __future__ import annotations

import email
import hashlib
import imaplib
import json
import os
import sqlite3
import ssl
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from servers import Account, Dovecot

from benchmarks.measuring import Watched, line
from tscp.demo.filling import fill
from tscp.demo.forms_docx import as_docx
from tscp.demo.forms_pdf import as_pdf
from tscp.demo.incidents import incidents

PLAIN, FORMS = int(os.environ.get("BENCH_MAILS", "500")), int(os.environ.get("BENCH_FORMS", "60"))
AT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


def report() -> Iterator[str]:
    """Lines of the report."""
    with Dovecot() as dovecot, tempfile.TemporaryDirectory() as folder:
        plain = dovecot.account()
        plain.append_all([_plain(n) for n in range(PLAIN)])
        floor = _floor(dovecot, plain, Path(folder)) / PLAIN * 1000
        ours = _poll(dovecot, plain, Path(folder) / "plain")
        each = ours.cpu_seconds / PLAIN * 1000
        yield line(f"mail without documents (of {PLAIN})", each, floor, "ms",
                   "ms fetch, MIME, store + fsync, commit")  # fmt: skip
        forms = dovecot.account()
        forms.append_all([_with_form(n) for n in range(FORMS)])
        ours = _poll(dovecot, forms, Path(folder) / "forms")
        yield f"mail with a form, Word 60 %, PDF 40 % (of {FORMS})  " \
              f"{ours.cpu_seconds / FORMS * 1000:.0f} ms each, poller and worker"  # fmt: skip
        yield f"memory of `tscp poll`: {ours.own_mb:.0f} MB, with its worker " \
              f"{ours.with_children_mb:.0f} MB"  # fmt: skip


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
    word = number % 5 < 3
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


def _poll(dovecot: Dovecot, account: Account, folder: Path) -> Watched:
    folder.mkdir()
    (folder / "password").write_text(account.password)
    config = folder / "tscp.toml"
    config.write_text(
        "[[mailbox]]\n"
        f'name = "tscp"\nhost = "{dovecot.host}"\nport = {dovecot.imaps_port}\n'
        f'ca_file = "{dovecot.ca_file}"\nusername = "{account.username}"\n'
        'password_file = "password"\n'
    )
    tscp = str(Path(sys.executable).with_name("tscp"))
    watched = Watched([tscp, "poll", "--json", "--config", str(config)])
    result = json.loads(watched.output)
    if watched.status or not result["mailboxes"][0]["ok"]:
        raise SystemExit(f"the poll failed: {result}")
    return watched
