"""One e-mail all the way: mailbox, SIN form, case, flags, queue, summary; then acts of staff."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from factories import a_file, a_form, a_mail
from servers import Account, Dovecot

from tscp.demo.incidents import NO
from tscp.demo.telling import LONDON

from .personal import IDENTIFIES, leaks
from .running import Json, Service, deliver, mailbox
from .shapes import ANSWER, CASE, MESSAGE, POLLED, QUEUE, misfits

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@dataclass(frozen=True)
class Referred:
    """A referral without a lead consulted, mailed, polled and filed; its line of the register."""

    service: Service
    account: Account
    line: Json

    @property
    def case(self) -> Json:
        """Its case."""
        return self.service.case(self.line["case"])


@pytest.fixture(scope="module")
def referred(installation: Service, dovecot: Dovecot) -> Referred:
    """Shared by the tests here, which only add to it."""
    account = dovecot.account()
    service = installation
    service.set_up(mailbox(account))
    form = a_form(3, "injured-infant", YESTERDAY.date(), safeguarding_lead_consulted=NO)
    deliver(account, [a_mail("tgicft", attached=[a_file(form)], at=YESTERDAY)])
    polled = service.poll()
    assert misfits(polled, POLLED) == []
    assert (polled["filed"], polled["mailboxes"][0]["new"]) == (1, 1)
    (line,) = service.messages()
    return Referred(service, account, line)


def test_one_email_all_the_way(referred: Referred) -> None:
    """From the server to the queue, every key as the interface lists it."""
    line, (queued,), case = referred.line, referred.service.json("queue"), referred.case
    assert misfits(line, MESSAGE) == []
    assert (line["state"], line["kind"]) == ("filed", "new referral")
    assert line["uidvalidity"] == referred.account.uid_validity()
    assert line["received_at"] == YESTERDAY.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert misfits(queued, QUEUE) == []
    assert queued["reference"] == line["case"]
    assert {"no safeguarding lead consulted", "contribution missing"} <= set(queued["flags"])
    assert misfits(case, CASE) == []
    assert [m["id"] for m in case["messages"]] == [line["id"]]


def test_the_answers_on_a_case_are_those_of_the_form(referred: Referred) -> None:
    """What was typed, what it means, and where it stands."""
    case = referred.case
    answers = [*case["answers"].values(), *case["children"][0].values()]
    assert [wrong for answer in answers for wrong in misfits(answer, ANSWER)] == []
    assert all(any(a["evidence"][key] for key in ("page", "cell", "box")) for a in answers)
    aware = case["answers"]["la_aware_date"]
    assert aware["value"] == YESTERDAY.date().isoformat()
    assert aware["confidence"] > 0.9
    assert {"child_name", "date_of_birth", "postcode"} <= set(case["children"][0])
    clocks = {clock["name"]: clock for clock in case["clocks"]}
    assert clocks["notification"]["start_event"] == "la aware"
    assert clocks["acknowledgement"]["met_on"] is None


def test_the_summary_counts_it_and_names_nobody(referred: Referred) -> None:
    """References and counts only, as text and as HTML."""
    page = referred.service.folder / "summary.html"
    text = referred.service.run("summary", "--preview", "--html", str(page)).out
    case = referred.case
    told = [child[key]["text"] for child in case["children"] for key in IDENTIFIES if key in child]
    told += [case["answers"][key]["text"] for key in ("referrer_name", "incident_summary")]
    for summary in (text, page.read_text(encoding="utf-8")):
        assert referred.line["case"] in summary
        assert leaks(summary, [one.lower() for one in told]) == []
    assert re.search(r"1 received = 1 filed", text)


def test_an_acknowledgement_is_drafted_and_nothing_leaves(referred: Referred) -> None:
    """To the outbox, as a draft."""
    letters = [(one["kind"], one["state"]) for one in referred.case["letters"]]
    assert letters == [("acknowledgement", "draft")]


def test_the_same_mail_imported_from_disk_is_the_same_message(referred: Referred) -> None:
    """A file without a server goes the same way."""
    service = referred.service
    content = referred.account.content(referred.line["uid"])
    form = a_file(a_form(4, "fall", YESTERDAY.date()))
    for name, written in (("copy.eml", content), ("form.docx", form.content)):
        (service.folder / name).write_bytes(written)
    lines = service.json("import", "copy.eml", "form.docx")
    assert [misfits(line, MESSAGE) for line in lines] == [[], []]
    assert {line["mailbox"] for line in lines} == {"import"}
    ends = sorted((line["state"], line["kind"], line["reason"][-8:]) for line in lines)
    same = ("ignored", "duplicate", referred.line["id"])
    assert ends == [("filed", "new referral", ""), same]
    assert service.json("import", "copy.eml", "form.docx") == []


def test_acts_of_staff_are_kept_and_audited(referred: Referred) -> None:
    """Assigned, asked, answered, notified: each seen on the case at once."""
    service, reference = referred.service, referred.line["case"]
    as_ann, day = ("--as", "ann"), datetime.now(LONDON).date().isoformat()
    (case,) = service.json("assign", reference, "bob", *as_ann)
    assert (case["state"], case["assigned_to"]) == ("triage", "bob")
    service.run("contribution", reference, "gp", "requested", *as_ann)
    (case,) = service.json("contribution", reference, "gp", "not known to us", *as_ann)
    assert "not known to us" in [c["state"] for c in case["contributions"] if c["agency"] == "gp"]
    sent = ("--decided", "yes", "--sent-on", day, "--panel-reference", "CSI-1", "--why", "as told")
    (case,) = service.json("record", reference, "notification", *sent, *as_ann)
    assert case["notification"]["decided"] == "yes"
    (case,) = service.json("record", reference, "partners-told", "--on", day, *as_ann)
    met = {clock["name"]: clock["met_on"] for clock in case["clocks"]}
    assert met["notification"] == met["tell partners"] == day
    asked = f"SELECT count(*) FROM audit WHERE actor = 'ann' AND reference = '{reference}'"
    assert service.rows(asked) == [(5,)]


def test_an_answer_is_corrected_confirmed_and_taken_back(referred: Referred) -> None:
    """By path, with who and what it was; the case follows at once, and nothing tells a name."""
    service, reference, read = referred.service, referred.line["case"], referred.case
    act = ("--as", "cat", "--why", "rang the referrer")
    (case,) = service.json("correct", reference, "safeguarding_lead_consulted", "yes", *act)
    assert misfits(case["answers"]["safeguarding_lead_consulted"], ANSWER) == []
    assert "no safeguarding lead consulted" not in case["flags"]
    (case,) = service.json("correct", reference, "children.0.date_of_birth", "5/6/2021", *act)
    born = case["children"][0]["date_of_birth"]
    assert (born["value"], born["text"], born["corrected_by"]) == ("2021-06-05", "5/6/2021", "cat")
    assert born["was"]["value"] == read["children"][0]["date_of_birth"]["value"]
    more = f"children.{len(read['children'])}.child_name"
    (case,) = service.json("correct", reference, more, "Zoe Exampleton", *act)
    assert case["initials"][-1] == "Z.E."
    shown = service.run("case", reference).out
    assert "corrected by cat" in shown
    assert max(map(len, shown.splitlines())) <= 80
    for key in ("safeguarding_lead_consulted", "children.0.date_of_birth", more):
        (case,) = service.json("correct", reference, key, "--withdraw", *act)
    assert (case["children"], case["answers"]) == (read["children"], read["answers"])
    told = "".join(row[0] for row in service.rows("SELECT act FROM audit WHERE actor = 'cat'"))
    assert "corrected: children.0.date_of_birth" in told
    assert "Zoe" not in told


def test_a_case_moves_with_what_is_in_the_way_said_and_moves_back(referred: Referred) -> None:
    """People decide when it is ready; an end needs a reason."""
    service, reference = referred.service, referred.line["case"]
    ran = service.run("move", reference, "ready for panel", "--json", "--as", "cat")
    (case,) = ran.lines
    assert case["state"] == "ready for panel"
    told = " ".join(ran.err.split())
    assert case["in_the_way"]
    assert "; ".join(case["in_the_way"]) in told
    assert "say why" in service.run("move", reference, "withdrawn", expect=2).err
    service.run("move", reference, "withdrawn", "--why", "sent in error", "--as", "cat")
    assert reference not in [line["reference"] for line in service.json("queue")]
    for _ in range(2):
        (case,) = service.json("move", reference, "--undo", "--why", "a slip", "--as", "cat")
    assert (case["state"], case["moves"][-1]["by"]) == ("withdrawn", "cat")
    (case,) = service.json("move", reference, "triage", "--why", "reopened", "--as", "cat")
    assert reference in [line["reference"] for line in service.json("queue")]


def test_a_person_settles_what_the_rules_could_not(referred: Referred) -> None:
    """To a case, to a new one, or to nobody; each with its line."""
    service, account, reference = referred.service, referred.account, referred.line["case"]
    asks = [a_mail("housing", subject, "Hello.", at=YESTERDAY) for subject in ("A", "B", "C")]
    deliver(account, asks)
    assert service.poll()["needs_a_person"] == 3
    one, two, three = (line["id"] for line in service.messages("--state", "needs a person"))
    (line,) = service.json("settle", one, "--to-case", reference)
    assert (line["state"], line["cases"]) == ("filed", [reference])
    (line,) = service.json("settle", two, "--new-case")
    assert line["state"] == "filed"
    assert line["case"] not in (None, reference)
    (line,) = service.json("settle", three, "--not-for-us", "a mistake")
    assert line["state"] == "ignored"
    assert line["reason"]
    assert service.messages("--state", "needs a person") == []


def test_the_installation_is_sound(referred: Referred) -> None:
    """`check` says so; `migrate` changes nothing; an account can be made."""
    service = referred.service
    assert all(finding["ok"] for finding in service.json("check"))
    assert "as before" in service.run("migrate").out
    add = ("user", "add", "ann", "--role", "manager")
    assert "made" in service.run(*add, given="correct horse battery staple\n").out
    assert "new password" in service.run(*add, given="another horse battery staple\n").out
