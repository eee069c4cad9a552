"""`tscp compare`: the mailbox beside the register, after people moved mail about by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from servers import Account, free_port

from .running import Service, mailbox

TODAY = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3)


def mail(number: int) -> bytes:
    """A small mail of its own."""
    return f"From: Lee <lee@post.example>\r\nSubject: Tilly {number}\r\n\r\n{number}\r\n".encode()


def test_moved_deleted_and_new_mail_is_told_and_no_flag_changes(
    on_sqlite: Service, mail_account: Account
) -> None:
    """One deleted, one moved away, one new; the next poll takes the new one."""
    uids = mail_account.append_all([mail(n) for n in range(5)], when=TODAY)
    on_sqlite.poll()
    with mail_account.signed_in() as client:
        client.create_folder("Done")
        client.select_folder("INBOX")
        client.add_flags(uids[0], ["\\Seen", "\\Flagged"])
        client.move([uids[1]], "Done")
        client.delete_messages([uids[2]])
        client.expunge([uids[2]])
    new = mail_account.append(mail(9), when=TODAY)
    before = mail_account.flags()
    (told,) = on_sqlite.json("compare")
    validity = mail_account.uid_validity()
    place = f"INBOX;UIDVALIDITY={validity};UID={new}"
    assert told == {
        "mailbox": "tscp",
        "ok": True,
        "reason": "",
        "only_in_mailbox": [place],
        "only_in_register": ["M-000002", "M-000003"],
        "in_both": 3,
        "received_at": {place: TODAY.isoformat().replace("+00:00", "Z")},
    }
    said = on_sqlite.run("compare").out
    assert f"UID {new}  received " in said
    assert "Tilly" not in said
    assert max(map(len, said.splitlines())) <= 80
    assert mail_account.flags() == before
    assert on_sqlite.poll()["mailboxes"][0]["new"] == 1
    (after,) = on_sqlite.json("compare")
    assert (after["only_in_mailbox"], after["in_both"]) == ([], 4)


def test_a_folder_numbered_anew_is_no_folder_full_of_lost_mail(
    on_sqlite: Service, mail_account: Account
) -> None:
    """Until the next poll all of it is new; then each lies at a place that is known."""
    mail_account.append_all([mail(n) for n in range(3)], when=TODAY)
    on_sqlite.poll()
    mail_account.recreate_folder(keep_mail=True)
    (told,) = on_sqlite.json("compare")
    assert (len(told["only_in_mailbox"]), len(told["only_in_register"])) == (3, 3)
    on_sqlite.poll()
    (told,) = on_sqlite.json("compare")
    assert (told["only_in_mailbox"], told["only_in_register"], told["in_both"]) == ([], [], 3)


def test_a_mailbox_that_cannot_be_read_is_not_told_to_be_in_order(
    on_sqlite: Service, mail_account: Account, tmp_path: Path
) -> None:
    """Exit status 75, nulls in place of lists; a Maildir beside it is compared."""
    for name in ("new", "cur"):
        (tmp_path / "box" / name).mkdir(parents=True)
    (tmp_path / "box" / "cur" / "1.a.host:2,S").write_bytes(mail(1))
    maildir = f'[[mailbox]]\nname = "b"\nkind = "maildir"\npath = "{tmp_path / "box"}"\n'
    on_sqlite.set_up(mailbox(mail_account, name="a", port=free_port()), maildir)
    first, second = on_sqlite.run("compare", "--json", expect=75).lines
    assert (first["ok"], first["only_in_mailbox"], first["in_both"]) == (False, None, None)
    assert "refuses connections" in first["reason"]
    assert (second["only_in_mailbox"], second["only_in_register"]) == (["1.a.host"], [])
    assert [p.name for p in (tmp_path / "box").rglob("*.host*")] == ["1.a.host:2,S"]
    assert on_sqlite.rows("SELECT act FROM audit") == [("mailboxes compared",)]
