"""Settings: every error at once with its key and what would be right, and never a secret."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings, SettingsWrong, load

IMAP = '[[mailbox]]\nname = "a"\nhost = "imap.example.org"\nusername = "u"\npassword_file = "pw"\n'


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is set from outside."""
    for name in [name for name in os.environ if name.startswith("TSCP_")]:
        monkeypatch.delenv(name)


def of(folder: Path, text: str) -> Settings:
    """The settings of a file in this folder, beside a password file."""
    (folder / "pw").write_text("hidden\n")
    (folder / "tscp.toml").write_text(text)
    return load(folder / "tscp.toml")


def refused(folder: Path, text: str) -> dict[str, str]:
    """What is said of each key."""
    with pytest.raises(SettingsWrong) as caught:
        of(folder, text)
    assert "hidden" not in str(caught.value)
    lines = [line.partition(": ") for line in str(caught.value).splitlines()]
    return {key: said for key, _, said in lines}


def test_the_defaults_are_those_of_the_interface(tmp_path: Path) -> None:
    found = of(tmp_path, "")
    assert (found.data, found.keys) == (tmp_path / "var", tmp_path / "keys")
    assert found.database == f"sqlite:///{tmp_path / 'var' / 'tscp.sqlite3'}"
    assert (found.poll.every, found.limits.ask_below, found.web.listen) == (
        60.0,
        0.95,
        "127.0.0.1:8080",
    )


def test_paths_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "more.toml").touch()
    monkeypatch.chdir("/")
    text = f'data = "d"\ndatabase = "sqlite:///db/x"\nforms = ["more.toml"]\nkeys = "/k"\n{IMAP}'
    found = of(tmp_path, text)
    assert found.data == tmp_path / "d"
    assert found.database == f"sqlite:///{tmp_path / 'db/x'}"
    assert found.forms == (tmp_path / "more.toml",)
    assert found.keys == Path("/k")
    assert found.mailbox[0].password_file == tmp_path / "pw"


SMTP = """[smtp]
host = "smtp.example.org"
username = "u"
password_file = "pw"
sender = "TSCP <tscp@example.org>"
"""
OAUTH = """[mailbox.oauth]
tenant = "t.example"
client_id = "c"
client_secret_file = "pw"
"""
BY_TOKEN = IMAP.replace('password_file = "pw"\n', "") + OAUTH
WRONG: list[tuple[str, str, str]] = [
    ('dta = "var"', "dta", "no such setting"),
    ('[poll]\nevry = "60s"', "poll.evry", "no such setting"),
    ('[poll]\nevery = "soon"', "poll.every", 'such as "60s"'),
    ('[poll]\nevery = "0s"', "poll.every", 'such as "60s"'),
    ('timezone = "UTC"', "timezone", "Europe/London"),
    ('database = "mysql://x"', "database", "postgresql+psycopg://USER@HOST/NAME"),
    ('forms = ["none.toml"]', "forms.0", "no file"),
    ("[limits]\nask_below = 2", "limits.ask_below", "at most 1"),
    ("[summary]\nat = '7:30'", "summary.at", '"07:30"'),
    ("[letters]\nlive_from = 2026-12-01T08:00:00", "letters.live_from",
     "a time with its offset, such as 2026-12-01T08:00:00+00:00"),
    (IMAP.replace('host = "imap.example.org"\n', ""), "mailbox.0", "needs host"),
    (IMAP.replace('password_file = "pw"\n', ""), "mailbox.0", "needs password_file"),
    (IMAP + 'tls = "none"', "mailbox.0", "loopback only"),
    ('[letters]\nlive_from = "soon"', "letters.live_from", "such as 2026-12-01T08:00:00+00:00"),
    ('[limits]\nworker_megabytes = "lots"', "limits.worker_megabytes", "a whole number"),
    ('[limits]\nworker_megabytes = 1.5', "limits.worker_megabytes", "a whole number"),
    ('[limits]\nask_below = "x"', "limits.ask_below", "a number, such as 0.95"),
    ("data = 3", "data", "a path in quotes"),
    ('forms = 3', "forms", "a list"),
    ('poll = 3', "poll", "a section of its own"),
    ('[web]\nlisten = "x"', "web.listen", '"127.0.0.1:8080"'),
    (IMAP + 'starts_at = "2026-12-01"', "mailbox.0.starts_at", "a time with its offset"),
    (IMAP + 'kind = "pop3"', "mailbox.0.kind", "'imap' or 'maildir'"),
    (IMAP.replace('"pw"', '"gone"'), "mailbox.0.password_file", "no file"),
    (IMAP + IMAP, "mailbox", "a name of its own"),
    (IMAP.replace('"a"', '"import"'), "mailbox", '"import" is taken'),
    ('[[mailbox]]\nname = "m"\nkind = "maildir"', "mailbox.0", "needs path"),
    ('[smtp]\nhost = "localhost"', "smtp.sender", "required"),
    (SMTP + 'tls = "none"', "smtp", "loopback only"),
    (SMTP.replace('username = "u"\n', ""), "smtp", "needs username"),
    (SMTP.replace('"pw"', '"gone"'), "smtp.password_file", "no file"),
    (SMTP.replace("<tscp@", "<tscp,x@"), "smtp.sender", "an e-mail address such as"),
    ('[alerts]\nto = ["x"]', "alerts.to.0", "an e-mail address such as"),
    ('[summary]\nto = ["a@example.org\\nBcc: b@example.org"]', "summary.to.0", "such as"),
    ('[summary]\nat = "01:30"', "summary.at", "when clocks change"),
    ('[letters]\nchaser = "sometimes"', "letters.chaser", "'after approval'"),
    (IMAP + 'after_filing = "move"', "mailbox.0.after_filing", 'only "leave"'),
    (IMAP + OAUTH, "mailbox.0", "leave one of them out"),
    (BY_TOKEN.replace('tenant = "t.example"\n', ""), "mailbox.0.oauth", "needs tenant"),
    (BY_TOKEN.replace('"t.example"', '"common"'), "mailbox.0.oauth", "your own organisation"),
    (BY_TOKEN.replace('"t.example"', '"a/b"'), "mailbox.0.oauth.tenant", "pattern"),
    (BY_TOKEN.replace('client_id = "c"\n', ""), "mailbox.0.oauth", "needs client_id"),
    (BY_TOKEN.replace('client_secret_file = "pw"\n', ""), "mailbox.0.oauth", "certificate_file"),
    (BY_TOKEN + 'certificate_file = "pw"', "mailbox.0.oauth", "not both"),
    (BY_TOKEN.replace('"pw"', '"gone"'), "mailbox.0.oauth.client_secret_file", "no file"),
    (BY_TOKEN + 'token_url = "http://t.example/x"', "mailbox.0.oauth.token_url", "https://"),
    (BY_TOKEN + 'client_secret = "x"', "mailbox.0.oauth.client_secret", "no such setting"),
    (SMTP + OAUTH.replace("mailbox", "smtp"), "smtp", "leave one of them out"),
    (SMTP.replace('password_file = "pw"\n', ""), "smtp", "[smtp.oauth]"),
]  # fmt: skip


def test_signing_in_with_tokens_has_its_files_beside_the_settings(tmp_path: Path) -> None:
    text = BY_TOKEN + SMTP.replace('password_file = "pw"\n', "") + OAUTH.replace("mailbox", "smtp")
    found = of(tmp_path, text)
    assert found.smtp is not None
    box, smtp = found.mailbox[0].oauth, found.smtp.oauth
    assert box is not None
    assert box.client_secret_file == tmp_path / "pw"
    assert box.endpoint == "https://login.microsoftonline.com/t.example/oauth2/v2.0/token"
    assert (smtp, hash(smtp)) == (box, hash(box))  # so that both share a token


@pytest.mark.parametrize(("text", "key", "right"), WRONG, ids=[row[1] for row in WRONG])
def test_a_wrong_setting_is_named_with_what_would_be_right(
    tmp_path: Path, text: str, key: str, right: str
) -> None:
    said = refused(tmp_path, text)
    assert list(said) == [key]
    assert any(words in said[key] for words in right.split("|"))


def test_every_error_is_told_at_once(tmp_path: Path) -> None:
    text = 'dta = 1\nforms = ["none.toml"]\n[poll]\nevery = "soon"\n[smtp]\nhost = "x"\n'
    text += '[[mailbox]]\nname = "m"\nkind = "maildir"\n'
    assert set(refused(tmp_path, text)) == {
        "dta",
        "forms.0",
        "poll.every",
        "smtp.sender",
        "mailbox.0",
    }


@pytest.mark.parametrize(
    ("name", "value", "key", "right"),
    [
        ("TSCP_DTA", "x", "TSCP_DTA", "no such setting"),
        ("TSCP_POLL__EVRY", "60s", "poll.evry", "no such setting"),
        ("TSCP_SMTP__HOST", "localhost", "smtp.sender", "required"),
        ("TSCP_FORMS", "[not json", "forms", "JSON"),
        ("TSCP_MAILBOX", "[{]", "mailbox", "JSON"),
        ("TSCP_LIMITS__ASK_BELOW", "hidden", "limits.ask_below", "number"),
    ],
)
def test_the_environment_is_held_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, key: str, right: str
) -> None:
    monkeypatch.setenv(name, value)
    said = refused(tmp_path, "")
    assert list(said) == [key]
    assert right in said[key]


@pytest.mark.parametrize(
    ("name", "value", "path", "expected"),
    [
        ("TSCP_DATA", "elsewhere", "data", "elsewhere"),
        ("TSCP_POLL__EVERY", "5m", "poll.every", 300.0),
        ("TSCP_WEB__LISTEN", "127.0.0.1:9", "web.listen", "127.0.0.1:9"),
        ("TSCP_LETTERS__OWN_ADDRESSES", '["a@b"]', "letters.own_addresses", ("a@b",)),
        ("TSCP_FORMS", '["pw"]', "forms", ("pw",)),
    ],
)
def test_each_key_can_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, path: str, expected: Any
) -> None:
    monkeypatch.setenv(name, value)
    found: Any = of(tmp_path, "")
    for key in path.split("."):
        found = getattr(found, key)
    relative = expected if path not in ("data", "forms") else None
    if relative is None:
        found = found.name if path == "data" else tuple(p.name for p in found)
    assert found == expected


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"= x", "is not TOML"), (b"\xff", "is not UTF-8 text"), (None, "No such file")],
)
def test_a_file_that_cannot_be_read_is_said(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "tscp.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsWrong, match=said) as caught:
        load(file)
    assert str(file) in str(caught.value)
