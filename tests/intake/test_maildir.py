"""A Maildir as a mailbox."""

import os
from datetime import UTC, datetime

import pytest

from intake.mailbox import MailboxUnavailable
from intake.maildir import MaildirMailbox

STAMPED = (
    b"Received: from a by our.server; Wed, 4 Nov 2026 10:00:00 +0000\n"
    b"Received: from b by a; Wed, 4 Nov 2026 09:59:00 +0000\n"
    b"Date: Tue, 3 Nov 2026 08:00:00 +0000\nFrom: a@b.example\n\nText"
)


def nothing_seen(place: str) -> bool:
    return False


def put(maildir, name: str, content: bytes = STAMPED, folder: str = "new"):
    (maildir / folder / name).write_bytes(content)
    return maildir / folder / name


def test_messages_new_and_read_come_oldest_first(maildir):
    put(maildir, "20.b.host", b"two")
    put(maildir, "100.c.host:2,S", b"three", "cur")
    put(maildir, "3.a.host,S=3:2,", b"one", "cur")
    (maildir / "tmp" / "1.x.host").write_bytes(b"unfinished")
    found = list(MaildirMailbox("m", maildir).new_messages(nothing_seen))
    assert [(m.place, m.content) for m in found] == [
        ("3.a.host,S=3", b"one"),
        ("20.b.host", b"two"),
        ("100.c.host", b"three"),
    ]


def test_a_changed_flag_makes_no_new_place(maildir):
    box = MaildirMailbox("m", maildir)
    file = put(maildir, "1.a.host")
    (first,) = box.new_messages(nothing_seen)
    file.rename(maildir / "cur" / "1.a.host:2,RS")
    assert list(box.new_messages({first.place}.__contains__)) == []


def test_a_file_moved_between_listing_and_reading_is_read_all_the_same(maildir):
    file = put(maildir, "1.a.host")

    def seen(place: str) -> bool:
        file.rename(maildir / "cur" / "1.a.host:2,S")
        return False

    (message,) = MaildirMailbox("m", maildir).new_messages(seen)
    assert message.content == STAMPED


def test_a_file_that_is_gone_is_no_error(maildir):
    file = put(maildir, "1.a.host")
    put(maildir, "2.a.host")

    def seen(place: str) -> bool:
        file.unlink(missing_ok=True)
        return False

    assert len(list(MaildirMailbox("m", maildir).new_messages(seen))) == 1


@pytest.mark.parametrize(
    ("content", "hour", "where"),
    [
        (STAMPED, datetime(2026, 11, 4, 10, tzinfo=UTC), "header"),
        (STAMPED.split(b"\n", 2)[2], datetime(2026, 11, 3, 8, tzinfo=UTC), "header"),
        (b"From: a@b.example\n\nText", datetime(2026, 10, 1, 12, tzinfo=UTC), "file"),
        (b"Received: nonsense\nDate: x\n\nText", datetime(2026, 10, 1, 12, tzinfo=UTC), "file"),
        (b"", datetime(2026, 10, 1, 12, tzinfo=UTC), "file"),
    ],
)
def test_received_is_the_topmost_stamp_else_date_else_the_files_time(maildir, content, hour, where):
    file = put(maildir, "1.a.host", content)
    changed = datetime(2026, 10, 1, 12, tzinfo=UTC).timestamp()
    os.utime(file, (changed, changed))
    (message,) = MaildirMailbox("m", maildir).new_messages(nothing_seen)
    assert (message.received_at, message.received_from) == (hour, where)


def test_of_a_message_over_the_limit_the_header_is_kept(maildir):
    put(maildir, "1.a.host", STAMPED + b"x" * 2_000_000)
    (message,) = MaildirMailbox("m", maildir, 1_000_000).new_messages(nothing_seen)
    assert message.content.endswith(b"From: a@b.example\r\n\r\n")
    assert "limit" in message.problem
    assert not message.try_again


def test_what_is_no_file_stops_no_other(maildir):
    (maildir / "new" / "1.dir").mkdir()
    (maildir / "new" / "2.link").symlink_to("/etc/passwd")
    put(maildir, "3.a.host")
    found = list(MaildirMailbox("m", maildir).new_messages(nothing_seen))
    assert [bool(m.problem) for m in found] == [True, True, False]
    assert found[1].content == b""


def test_a_folder_that_is_no_maildir_is_said(tmp_path):
    with pytest.raises(MailboxUnavailable, match="no Maildir"):
        list(MaildirMailbox("m", tmp_path / "absent").new_messages(nothing_seen))


def test_nothing_in_it_is_changed(maildir):
    file = put(maildir, "1.a.host")
    box = MaildirMailbox("m", maildir)
    (message,) = box.new_messages(nothing_seen)
    box.mark(message.place, "filed")
    box.close()
    assert file.read_bytes() == STAMPED


def test_every_place_is_told_with_a_time_for_those_not_seen_and_no_file_is_opened(maildir):
    unreadable = put(maildir, "2.b.host:2,S", folder="cur")
    put(maildir, "1.a.host")
    unreadable.chmod(0)
    os.utime(unreadable, (1_700_000_000, 1_700_000_000))
    (first, second) = MaildirMailbox("m", maildir).lying({"1.a.host"}.__contains__)
    assert (first.place, first.received_at) == ("1.a.host", None)
    assert second.place == "2.b.host"
    assert second.received_at == datetime.fromtimestamp(1_700_000_000, UTC)
