"""Wrong use is a sentence that says what would be right, and an exit status to rely on."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from servers import Account, free_port

from tscp.cli import COMMANDS, NOT_BUILT

from .running import TSCP, Ran, Service, environment, mailbox


def tscp(*words: str, cwd: Path, **more: str) -> Ran:
    """The program with these words alone."""
    done = subprocess.run(
        [TSCP, *words], cwd=cwd, env=environment(**more), capture_output=True, text=True
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(command: str, tmp_path: Path) -> None:
    """Asked for with --help, on standard output, needing no settings."""
    ran = tscp(command, "--help", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert re.search(rf"example: .*tscp {command}\b", ran.out)
    assert "--config" in ran.out
    assert os.listdir(tmp_path) == []  # noqa: PTH208


@pytest.mark.parametrize("command", sorted(NOT_BUILT))
def test_a_command_that_is_not_built_says_so(command: str, tmp_path: Path) -> None:
    """Wherever it is asked for."""
    ran = tscp(command, cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert f"`tscp {command}` is not built yet" in ran.err


def test_help_and_unknown_commands_load_no_library(tmp_path: Path) -> None:
    """`tscp --help` is there at once."""
    program = [TSCP.replace("tscp", "python"), "-X", "importtime", TSCP, "--help"]
    program[0] = str(Path(TSCP).with_name("python"))
    done = subprocess.run(program, cwd=tmp_path, env=environment(), capture_output=True, text=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "tscp.cli" in loaded
    heavy = {"sqlmodel", "sqlalchemy", "imapclient", "docx", "pdfplumber", "pydantic", "fastapi"}
    assert loaded & heavy == set()
    ran = tscp("qeue", cwd=tmp_path)
    assert ran.status == 2
    assert "tscp --help" in ran.err


UNKNOWN = {
    ("case", "TSCP-2026-9999"): ("TSCP-2026-9999", "tscp queue"),
    ("assign", "nonsense", "ann"): ("nonsense", "TSCP-2026-0042"),
    ("settle", "M-999999", "--retry"): ("M-999999", "tscp messages"),
    ("settle", "M-1", "--to-case", "TSCP-2026-9999"): ("TSCP-2026-9999",),
    ("settle", "M-1"): ("--retry", "--to-case"),
    ("settle", "M-1", "--retry", "--password-file", "x"): ("password-file", "x", "No such file"),
    ("settle", "M-1", "--new-case", "--password-file", "-"): ("--retry",),
    ("contribution", "TSCP-2026-0001", "nobody", "received"): ("nobody", "hv", "gmp"),
    ("contribution", "TSCP-2026-0001", "gp", "lost"): ("lost", "not known to us"),
    ("contribution", "TSCP-2026-0001", "gp", "received", "--on", "2999-01-01"): ("future",),
    ("correct", "TSCP-2026-9999", "la_aware_date", "3 March 2026"): ("TSCP-2026-9999",),
    ("correct", "TSCP-2026-0001", "aware", "3 March 2026"): ("aware", "la_aware_date"),
    ("correct", "TSCP-2026-0001", "la_aware_date", "soon"): ("LA became aware", "3 March 2026"),
    ("correct", "TSCP-2026-0001", "la_aware_date"): ("VALUE", "--withdraw"),
    ("correct", "TSCP-2026-0001", "children.0.gender", "f", "--withdraw"): ("VALUE", "--withdraw"),
    ("move", "TSCP-2026-9999", "triage"): ("TSCP-2026-9999",),
    ("move", "TSCP-2026-0001"): ("STATE", "--undo"),
    ("record", "TSCP-2026-0001", "notification"): ("--decided",),
    ("record", "TSCP-2026-0001", "partners-told"): ("--on",),
    ("queue", "--on", "yesterday"): ("yesterday", "2026-03-03"),
    ("messages", "--state", "lost"): ("lost", "needs a person"),
    ("import", "no-such-file.eml"): ("no-such-file.eml",),
    ("summary", "--send"): ("[summary] to", "--preview"),
    ("forms", "learn", "x"): ("x: No such file",),
    ("read", "no-such-file.docx"): ("no-such-file.docx",),
    ("user", "add", "ann", "--role", "king"): ("king", "business support"),
    ("user", "add", "ann", "--role", "manager"): ("characters",),
}


def test_what_is_unknown_is_named_with_what_would_be_right(on_sqlite: Service) -> None:
    """Exit status 2, nothing on standard output, no traceback."""
    on_sqlite.run("migrate")
    wrong = {}
    for words, named in UNKNOWN.items():
        ran = on_sqlite.run(*words, expect=None, given="short\n")
        missing = [word for word in named if word not in ran.err]
        if ran.status != 2 or ran.out or missing or "Traceback" in ran.err:
            wrong[words] = (ran, missing)
    assert wrong == {}


SETTINGS = """
daat = "var"
timezone = "Mars/Base"
[[mailbox]]
name = "one"
kind = "pop3"
host = 7
[[mailbox]]
name = "two"
host = "imap.example.org"
tls = "none"
username = "tscp"
password_file = "missing"
after_filing = "move"
[[mailbox]]
name = "three"
host = "imap.example.org"
username = "tscp"
[mailbox.oauth]
tenant = "t"
[limits]
document_seconds = -1
[smtp]
host = "smtp.example.org"
[letters]
chaser = "sometimes"
[alerts]
to = ["nobody"]
"""


def test_wrong_settings_are_all_named_at_once(tmp_path: Path) -> None:
    """From the file and from the environment, each key with what would be right."""
    (tmp_path / "tscp.toml").write_text(SETTINGS, encoding="utf-8")
    ran = tscp("queue", cwd=tmp_path, TSCP_DATABSE="x", TSCP_WEB__LISTEN="nowhere")
    assert (ran.status, ran.out) == (2, "")
    told = ("daat", "timezone", "mailbox.0.kind", "mailbox.0.host", "mailbox.1", "loopback")
    told += ("after_filing", "mailbox.2.oauth", "limits.document_seconds", "smtp", "letters.chaser")
    told += ("alerts", "TSCP_DATABSE", "web.listen")
    assert [key for key in told if key not in ran.err] == []
    assert "Traceback" not in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tscp.toml"]


@pytest.mark.parametrize(
    ("text", "named"), [("data = ", "is not TOML"), (None, "cannot be read"), ("x" * 9, "TOML")]
)
def test_a_settings_file_that_is_none_is_named(
    tmp_path: Path, text: str | None, named: str
) -> None:
    """The file, and why."""
    file = tmp_path / "other.toml"
    if text is not None:
        file.write_text(text)
    ran = tscp("queue", "--config", str(file), cwd=tmp_path)
    assert ran.status == 2
    assert "other.toml" in ran.err
    assert named in ran.err


@pytest.mark.parametrize("command", ["poll", "queue", "messages", "migrate"])
def test_a_database_that_is_away_is_status_75(on_sqlite: Service, command: str) -> None:
    """Try again later; a sentence, no password."""
    url = f"postgresql+psycopg://tscp:hunter2@127.0.0.1:{free_port()}/tscp"
    service = Service(on_sqlite.folder, url)
    service.set_up('[[mailbox]]\nname = "a"\nkind = "maildir"\npath = "box"\n')
    ran = service.run(command, expect=75)
    assert ran.out == ""
    assert "database" in ran.err
    assert "hunter2" not in ran.err
    assert "Traceback" not in ran.err


def test_polling_without_a_mailbox_says_what_to_add(on_sqlite: Service) -> None:
    """Exit status 2."""
    on_sqlite.set_up()
    assert "[[mailbox]]" in on_sqlite.run("poll", expect=2).err


def test_a_reader_that_goes_away_is_no_error(on_sqlite: Service, mail_account: Account) -> None:
    """`tscp messages | head -1` ends quietly, however long the register."""
    mail_account.append_all([b"Subject: %d\r\n\r\nhello %d\r\n" % (n, n) for n in range(3)])
    on_sqlite.poll()
    many = "; ".join([f"{TSCP} messages --json --config {on_sqlite.config}"] * 1)
    for taken in ("head -c 10", "head -n 1", "true"):
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", f"{many} | {taken}"],
            env=environment(),
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("words", "at_once"), [("--help", "1"), ("forms --help", "")])
def test_help_ends_quietly_when_nobody_reads_on(words: str, at_once: str) -> None:
    """Whether its lines are written at once or held back, as `tscp messages` does."""
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{TSCP} {words} | true"],
        env=environment() | {"PYTHONUNBUFFERED": at_once},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_check_names_what_is_wrong_and_goes_on(on_sqlite: Service, mail_account: Account) -> None:
    """Exit status 1; the other findings are there too."""
    wrong = mailbox(mail_account, name="b", folder="Elsewhere")
    on_sqlite.set_up(mailbox(mail_account), wrong)
    on_sqlite.run("migrate")
    found = {f["what"]: f for f in on_sqlite.run("check", "--json", expect=1).lines}
    assert found["mailbox tscp"]["ok"]
    assert not found["mailbox b"]["ok"]
    assert "Elsewhere" in found["mailbox b"]["said"]
    assert all(finding["said"] for finding in found.values())


def test_keys_and_database_belong_together(on_sqlite: Service) -> None:
    """One without the other is refused, with what to put back; nothing new is made."""
    on_sqlite.run("migrate")
    keys, away = on_sqlite.folder / "keys", on_sqlite.folder / "away"
    keys.rename(away)
    assert "put back" in on_sqlite.run("queue", expect=2).err
    assert not keys.exists()
    away.rename(keys)
    database = on_sqlite.folder / "tscp.sqlite3"
    database.rename(on_sqlite.folder / "gone")
    assert "put the database back" in on_sqlite.run("queue", expect=2).err
    assert not database.exists()
