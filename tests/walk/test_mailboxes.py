"""Mailboxes as they are in life: renumbered, refused, cut off, with mail moved about by hand."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from servers import Account, free_port

from .running import Json, Service, mailbox

TODAY = datetime.now(UTC) - timedelta(hours=3)


def mail(number: int, text: str = "Who can I speak to?", **fields: str) -> bytes:
    """A small mail of its own."""
    usual = {"From": "Lee <lee@post.example>", "Message-ID": f"<{number}@post.example>"}
    head = "".join(f"{k}: {v}\r\n" for k, v in (usual | fields).items() if v)
    return f"{head}Subject: Question {number}\r\n\r\n{text}\r\n".encode()


def states(service: Service) -> Counter[tuple[str, str | None]]:
    """How many lines of the register have which state and kind."""
    return Counter((line["state"], line["kind"]) for line in service.messages())


ASKED = ("needs a person", "other")
NO_ID = {"Message-ID": ""}


def test_the_same_mails_in_a_folder_made_anew_are_known_by_their_bytes(
    on_sqlite: Service, mail_account: Account
) -> None:
    """New places, new lines, ignored as duplicates; what came meanwhile is new."""
    mail_account.append_all([mail(n) for n in range(4)], when=TODAY)
    on_sqlite.poll()
    mail_account.recreate_folder(keep_mail=True)
    mail_account.append(mail(9), when=TODAY)
    assert on_sqlite.poll()["mailboxes"][0]["new"] == 5
    assert states(on_sqlite) == {ASKED: 5, ("ignored", "duplicate"): 4}
    validities = {line["uidvalidity"] for line in on_sqlite.messages()}
    assert len(validities) == 2
    assert on_sqlite.poll()["mailboxes"][0]["new"] == 0


def test_uids_used_again_for_other_mails_hide_none(
    on_sqlite: Service, mail_account: Account
) -> None:
    """The folder is made anew with other mail: the same UIDs, nothing lost."""
    before = mail_account.append_all([mail(n) for n in range(3)], when=TODAY)
    on_sqlite.poll()
    mail_account.recreate_folder()
    after = mail_account.append_all([mail(n) for n in range(10, 14)], when=TODAY)
    assert set(before) & set(after)
    assert on_sqlite.poll()["mailboxes"][0]["new"] == 4
    assert states(on_sqlite) == {ASKED: 7}


def test_a_repeated_or_missing_message_id_hides_none(
    on_sqlite: Service, mail_account: Account
) -> None:
    """The bytes decide, not what the sender called them."""
    told = [mail(1, "First."), mail(1, "Second."), mail(2, **NO_ID), mail(3, **NO_ID)]
    mail_account.append_all(told, when=TODAY)
    on_sqlite.poll()
    assert states(on_sqlite) == {ASKED: 4}
    ids = Counter(line["message_id"] for line in on_sqlite.messages())
    assert ids == {"<1@post.example>": 2, None: 2}


def test_an_old_mail_moved_there_by_hand_is_filed_at_the_next_poll(
    on_sqlite: Service, mail_account: Account
) -> None:
    """Old date, read long ago, a lower time than everything polled."""
    mail_account.append(mail(1), when=TODAY)
    on_sqlite.poll()
    moved = mail_account.append(mail(2), folder="Old", when=TODAY - timedelta(days=700))
    with mail_account.signed_in() as client:
        client.select_folder("Old")
        client.add_flags(moved, ["\\Seen", "\\Answered"])
        client.move(moved, "INBOX")
    assert on_sqlite.poll()["mailboxes"][0]["new"] == 1
    assert states(on_sqlite) == {ASKED: 2}


def test_mail_from_before_the_service_began_is_registered_and_ignored(
    on_sqlite: Service, mail_account: Account
) -> None:
    """With starts_at; the moment itself belongs to the service."""
    start = TODAY.replace(microsecond=0)
    on_sqlite.set_up(mailbox(mail_account, starts_at=start.isoformat()))
    mail_account.append(mail(1), when=start - timedelta(seconds=1))
    mail_account.append(mail(2), when=start)
    assert on_sqlite.poll()["ignored"] == 1
    ends = [(line["state"], line["reason"]) for line in on_sqlite.messages()]
    assert ends[0] == ("ignored", "before the service began")
    assert ends[1][0] == "needs a person"


def test_a_message_over_the_limit_goes_to_a_person_and_stops_none(
    on_sqlite: Service, mail_account: Account
) -> None:
    """Only its header is fetched."""
    on_sqlite.set_up(mailbox(mail_account), more="[limits]\nmessage_megabytes = 1\n")
    mail_account.append_all([mail(1, "x" * 1_500_000), mail(2)], when=TODAY)
    assert on_sqlite.poll()["needs_a_person"] == 2
    big, other = on_sqlite.messages()
    assert (big["kind"], big["message_id"]) == ("unreadable", "<1@post.example>")
    assert "limit of 1 MB" in big["reason"]
    assert other["kind"] == "other"


# ---- a mailbox that cannot be read does not stop the next


def unusable(account: Account) -> dict[str, str]:
    """A [[mailbox]] for each way in which one cannot be read, by what its reason must name."""
    wrong = account.ca_file.with_name("wrong-password")
    wrong.write_text("hunter2-is-secret\n", encoding="utf-8")
    return {
        "password_file": mailbox(account, name="a", password_file=str(wrong)),
        "refuses connections": mailbox(account, name="a", port=free_port()),
        "Elsewhere": mailbox(account, name="a", folder="Elsewhere"),
        "certificate": mailbox(account, name="a", ca_file=None),
        "no server is known": mailbox(account, name="a", host="no-such-host.invalid"),
    }


@pytest.mark.parametrize(
    "named",
    ["password_file", "refuses connections", "Elsewhere", "certificate", "no server is known"],
)
def test_a_mailbox_that_cannot_be_read_stops_no_other(
    on_sqlite: Service, mail_account: Account, named: str
) -> None:
    """Exit status 75, the reason in a sentence without secrets; the other mailbox is polled."""
    on_sqlite.set_up(unusable(mail_account)[named], mailbox(mail_account, name="b"))
    mail_account.append(mail(1), when=TODAY)
    result = on_sqlite.poll(expect=75)
    first, second = result["mailboxes"]
    assert (first["ok"], first["new"], second["ok"], second["new"]) == (False, 0, True, 1)
    assert named in first["reason"]
    assert result["needs_a_person"] == 1
    said = "".join(ran.out + ran.err for ran in on_sqlite.said)
    assert "hunter2" not in said
    assert mail_account.password not in said
    assert "Traceback" not in said


@contextmanager
def cut_after(target: int, limits: list[int]) -> Iterator[int]:
    """A port that passes on to another, and cuts each connection after so many bytes back."""
    listener = socket.create_server(("127.0.0.1", 0))

    def pass_on(source: socket.socket, sink: socket.socket, left: int | None) -> None:
        with suppress(OSError):
            while content := source.recv(1024):
                sink.sendall(content)
                if left is not None and (left := left - len(content)) <= 0:
                    break
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(("127.0.0.1", target))
                limit = limits.pop(0) if limits else None
                for ends in ((client, server, None), (server, client, limit)):
                    threading.Thread(target=pass_on, args=ends, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield int(listener.getsockname()[1])
    listener.close()


def test_a_connection_cut_half_way_loses_and_doubles_nothing(
    on_sqlite: Service, mail_account: Account
) -> None:
    """Cut again and again at some byte; the polls after it carry on until all is there."""
    mail_account.append_all([mail(n, "word " * 4000) for n in range(20)], when=TODAY)
    cuts = [6_000, 60_000, 90_000, 3_500, 150_000, 30_000, 4_000, 4_000, 4_000, 4_000]
    polled: list[Json] = []
    with cut_after(mail_account.imaps_port, cuts) as port:
        on_sqlite.set_up(mailbox(mail_account, port=port))
        while cuts or not polled or not polled[-1]["mailboxes"][0]["ok"]:
            polled.append(on_sqlite.run("poll", "--json", expect=None).lines[0])
            assert len(polled) < 12
    assert on_sqlite.poll()["mailboxes"][0]["new"] == 0
    assert states(on_sqlite) == {ASKED: 20}
    assert len({line["uid"] for line in on_sqlite.messages()}) == 20
