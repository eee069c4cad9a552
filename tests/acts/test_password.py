"""Staff give the password they were told by telephone; it opens the documents and is not kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from cases import AT
from factories import a_document, a_form, a_mail
from locked import zip_with

from intake.mailbox import RawMessage
from storage import audit
from storage.database import reading
from storage.register import RegisterLine
from triage.case import MailFlag
from tscp.acts.desk import Desk, Refused
from tscp.acts.look import see_case, see_message
from tscp.acts.poll import receive
from tscp.acts.process import process_waiting
from tscp.acts.settle import retry
from tscp.demo.damaged import locked, zip_bomb
from tscp.demo.forms_pdf import as_pdf
from tscp.demo.mails import Attached

RIGHT, WRONG = "Zebra-Märmalade 77", "Xylophone-Quince 66"


def arrives(desk: Desk, *files: tuple[str, bytes], at: int = 0) -> str:
    """A referral with these files comes in and is processed; its id."""
    sent = a_mail("tgicft", attached=[Attached(name, content) for name, content in files])
    registered = receive(desk, "tscp", RawMessage(f"place {at}", AT, sent.content))
    assert registered is not None
    list(process_waiting(desk))
    return f"M-{registered[0]:06d}"


def flags_of(line: RegisterLine) -> list[str]:
    return without_sender(line.flags)


def without_sender(flags: Sequence[MailFlag]) -> list[str]:
    return [flag.name for flag in flags if flag.name != "sender unknown"]


FORMS = {
    "word": ("f.docx", lambda: locked(a_document(), RIGHT)),
    "pdf": ("f.pdf", lambda: as_pdf(a_form(), password=RIGHT)),
    "zip": ("f.zip", lambda: zip_with(RIGHT, a_docx=a_document())),
    "word in zip": ("f.zip", lambda: zip_with(RIGHT, a_docx=locked(a_document(), RIGHT))),
}


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_a_form_behind_a_password_is_filed_once_the_right_one_is_given(
    desk: Desk, kind: str
) -> None:
    name, content = FORMS[kind]
    message = arrives(desk, (name, content()))
    before = see_message(desk, message, "sam")
    assert (before.state, flags_of(before)) == ("needs a person", ["protected mail"])
    assert "--retry --password-file" in before.reason
    wrong = retry(desk, message, "sam", WRONG)
    assert (wrong.state, flags_of(wrong)) == ("needs a person", ["protected mail"])
    assert "password given does not open" in wrong.reason
    assert wrong.reason.startswith("document 1")
    right = retry(desk, message, "sam", RIGHT)
    assert (right.state, right.kind, right.flags) == ("filed", "new referral", ())
    assert [document.state for document in right.documents] == ["read"]
    (mail,) = see_case(desk, right.cases[0], "sam").mails
    assert without_sender(mail.flags) == []
    assert mail.why.endswith("; sam gave a password")


def test_one_password_opens_several_and_the_one_it_does_not_open_is_named(desk: Desk) -> None:
    message = arrives(
        desk,
        ("form.docx", locked(a_document(), RIGHT)),
        ("form.pdf", as_pdf(a_form(), password=RIGHT)),
        ("chronology.docx", locked(a_document(a_form(seed=2)), "another")),
        ("open.txt", b"Our records show three visits."),
    )
    line = retry(desk, message, "sam", RIGHT)
    assert line.state == "filed"
    assert [d.state for d in line.documents] == ["read", "read", "needs a person", "kept"]
    assert "password given does not open" in line.documents[2].reason
    case = see_case(desk, line.cases[0], "sam")
    assert without_sender(case.mails[0].flags) == ["protected mail"]
    assert case.mails[0].flags[0].why.startswith("document 3.docx: ")
    with pytest.raises(Refused, match="tscp import FILE"):
        retry(desk, message, "sam", "another")


def test_a_bomb_behind_the_password_goes_to_a_person(desk: Desk) -> None:
    line = retry(desk, arrives(desk, ("f.docx", locked(zip_bomb(80), RIGHT))), "sam", RIGHT)
    assert (line.state, flags_of(line)) == ("needs a person", ["attachment unreadable"])


def settle(folder: Path, message: str, file: str, given: bytes = b"") -> tuple[int, str]:
    """`tscp settle` as its own program in the desk's folder: exit status, everything it said."""
    words = ("-P", "-m", "tscp.cli", "settle", message, "--retry", "--password-file", file)
    run = subprocess.run([sys.executable, *words], cwd=folder, input=given, capture_output=True)
    return run.returncode, (run.stdout + run.stderr).decode()


def test_the_command_takes_it_from_a_file_or_standard_input_and_it_is_nowhere_afterwards(
    desk: Desk, tmp_path: Path
) -> None:
    message = arrives(desk, *((name, make()) for name, make in FORMS.values()))
    status, said = settle(tmp_path, message, "-", WRONG.encode() + b"\n")
    assert status == 0
    assert see_message(desk, message, "sam").state == "needs a person"
    file = tmp_path / "told by telephone"
    file.write_bytes(b"\xef\xbb\xbf" + RIGHT.encode() + b"\r\n")
    status, said_then = settle(tmp_path, message, file.name)
    assert status == 0
    assert see_message(desk, message, "sam").state == "filed"
    file.unlink()
    desk.engine.dispose()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for password in (RIGHT, WRONG):
        for encoding in ("utf-8", "cp1252", "utf-16-le"):
            assert password.encode(encoding) not in kept
        assert password not in said + said_then
    with reading(desk.engine) as session:
        acts = [act for _, _, act, about in audit.page(session, 50, 0) if about == message]
    assert acts.count("read again with a password") == 2


def test_the_process_that_saw_the_password_has_ended(desk: Desk) -> None:
    message = arrives(desk, ("f.docx", locked(a_document(), RIGHT)))
    before = readers()
    retry(desk, message, "sam", RIGHT)
    assert before != set()
    assert readers() == set()


def readers() -> set[str]:
    """Our child processes that read documents."""
    listed = [path.read_text().split() for path in Path("/proc/self/task").glob("*/children")]
    found = {pid for pids in listed for pid in pids}
    return {p for p in found if b"worker_child" in Path(f"/proc/{p}/cmdline").read_bytes()}


def test_a_password_too_long_to_be_one_is_refused_without_being_quoted(desk: Desk) -> None:
    message = arrives(desk, ("f.docx", locked(a_document(), RIGHT)))
    with pytest.raises(Refused, match="at most 1000 characters") as refused:
        retry(desk, message, "sam", "secret" * 200)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\n", "only line"), (b"one\ntwo\n", "only line"), (b"caf\xe9", "UTF-8")],
)
def test_a_file_that_holds_no_password_is_refused_without_being_quoted(
    tmp_path: Path, content: bytes, told: str
) -> None:
    status, said = settle(tmp_path, "M-1", "-", content)
    assert status == 2
    assert told in said
    assert "caf" not in said
    assert "two" not in said
