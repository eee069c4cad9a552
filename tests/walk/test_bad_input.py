"""Bad input: each mail ends filed, with a person or ignored, with a plain reason; none stops."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from factories import a_mail
from servers import Account

from tscp.demo.mails import Attached

from .hostile import AT, EITHER, FILED, NOT_FILED, form, with_file
from .running import Json, Service, mailbox

TECHNICAL = re.compile(r"Traceback|Error\b|Exception|0x[0-9a-f]{6}|<class|None\b|/tmp|\bline \d+")
GOOD = 4


@cache
def goods() -> tuple[bytes, ...]:
    """Good referrals to lie between the bad ones."""
    return tuple(with_file("SIN.docx", form(50 + n)) for n in range(GOOD))


@pytest.fixture
def by_hand(on_sqlite: Service) -> Path:
    """Where a Maildir takes what an IMAP server would not: no bytes at all, no header."""
    for name in ("new", "cur", "tmp"):
        (on_sqlite.folder / "box" / name).mkdir(parents=True)
    return on_sqlite.folder / "box"


def test_bad_mail_ends_with_a_reason_and_good_mail_beside_it_is_filed(
    on_sqlite: Service, mail_account: Account, by_hand: Path
) -> None:
    """All in one mailbox, good mail at both ends and between; one poll, exit status 0."""
    bad = {name: make() for name, make in {**FILED, **EITHER, **NOT_FILED}.items()}
    by_hand_only = {"a message of no bytes"}
    told = [content for name, content in bad.items() if name not in by_hand_only]
    for number, good in enumerate(goods()):
        told.insert(number * (len(told) // (GOOD - 1)), good)
    for name in by_hand_only:
        (by_hand / "new" / "1764000000.M1P1.host").write_bytes(bad[name])
    maildir = f'[[mailbox]]\nname = "box"\nkind = "maildir"\npath = "{by_hand}"\n'
    on_sqlite.set_up(maildir, mailbox(mail_account), more="[limits]\ndocument_seconds = 10\n")
    uids = mail_account.append_all(told, when=AT)
    polled = on_sqlite.run("poll", "--json", seconds=280).lines[0]
    assert [one["new"] for one in polled["mailboxes"]] == [1, len(told)]
    lines = {line["uid"]: line for line in on_sqlite.messages()}
    by_content = dict(zip(told, (lines[uid] for uid in uids), strict=True))
    by_content[bad["a message of no bytes"]] = lines[None]
    ends_are_right({name: by_content[content] for name, content in bad.items()})
    assert [by_content[good]["state"] for good in goods()] == ["filed"] * GOOD
    assert len(mail_account.flags()) == len(told)


def ends_are_right(ends: dict[str, Json]) -> None:
    """As the lists say, and every reason is one for people."""
    for name, line in ends.items():
        print(f"{name}: {line['state']}, {line['kind']}: {line['reason']}")
    assert {name for name in FILED if ends[name]["kind"] != "new referral"} == set()
    assert {n for n in NOT_FILED if ends[n]["state"] not in ("needs a person", "ignored")} == set()
    for line in ends.values():
        assert line["state"] != "received"
        reasons = [line["reason"], *(document["reason"] for document in line["documents"])]
        assert [why for why in reasons if TECHNICAL.search(why)] == []
        assert line["reason"] or line["state"] == "filed"
        assert "root:" not in str(line)


def test_one_bad_document_beside_a_good_form_spoils_nothing(
    on_sqlite: Service, mail_account: Account
) -> None:
    """The form is filed, and the case says what could not be read."""
    files = [
        Attached("SIN.docx", form(60)),
        Attached("more.docx", b""),
        Attached("photo.pdf", b"\x7fELF" + bytes(100)),
    ]
    mail = a_mail("tgicft", attached=files, at=AT)
    mail_account.append(mail.content, when=AT)
    assert on_sqlite.poll()["filed"] == 1
    (line,) = on_sqlite.messages()
    states = [document["state"] for document in line["documents"]]
    assert states == ["read", "needs a person", "needs a person"]
    assert "attachment unreadable" in on_sqlite.case(line["case"])["flags"]
