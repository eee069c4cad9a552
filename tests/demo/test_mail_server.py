"""The demo's server keeps the mail, and each mail is delivered once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from imapclient import IMAPClient

from tscp.demo.server import deliver, serve, told_at
from tscp.demo.telling import StoryMail

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MAILS = [
    StoryMail(str(n), b"Subject: %d\r\n\r\nText.\r\n" % n, NOW, "filed", "other", "")
    for n in range(3)
]


def test_each_mail_is_delivered_once_with_its_time(tmp_path: Path) -> None:
    """A second run, a day later, adds nothing and keeps the first run's moment."""
    with serve(tmp_path) as server:
        assert deliver(server, MAILS[:2], NOW) == 2
    later = NOW + timedelta(days=1)
    assert told_at(tmp_path, later) == NOW
    with serve(tmp_path) as server:
        assert deliver(server, MAILS, later) == 1
        assert deliver(server, MAILS, later) == 0
        with IMAPClient(server.host, server.port, ssl=False) as client:
            client.login(server.username, server.password_file.read_text())
            client.normalise_times = False
            client.select_folder("INBOX")
            found = client.fetch(client.search("ALL"), ["INTERNALDATE"])
    assert [item[b"INTERNALDATE"] for item in found.values()] == [NOW] * 3


def test_the_password_is_its_owners_only(tmp_path: Path) -> None:
    """Neither the password nor its hash can be read by others."""
    with serve(tmp_path) as server:
        assert server.password_file.stat().st_mode & 0o077 == 0
        assert (tmp_path / "mail" / "pymap-etc-shadow").stat().st_mode & 0o077 == 0
