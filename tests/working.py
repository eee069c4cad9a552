"""Cases and mails on a desk where tests act: each test takes some that no other has seen."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count

from cases import FilingRoom, a_paper, a_sin_form
from factories import a_mail, somebody

from intake.mailbox import RawMessage
from storage import audit
from storage.cases import load
from storage.database import reading
from tscp.acts.chase import chase
from tscp.acts.poll import receive
from tscp.acts.process import process_waiting

FIRST = ("Ada", "Bela", "Cleo", "Dora", "Edie", "Fern", "Gwen", "Hope", "Isla", "Joan", "Kate")
LAST = ("Quillon", "Brindle", "Cragford", "Dovestock", "Elmwright", "Fenbury", "Garrow")
NUMBERS = count()
LIVE = datetime(2026, 1, 1, tzinfo=UTC)


def with_live_letters(desk):
    """The same desk: letters leave since January, and every agency has an address."""
    agencies = {
        id: replace(agency, contacts=(f"desk@{id}.example",))
        for id, agency in desk.register.agencies.items()
    }
    register = replace(desk.register, agencies=agencies)
    return replace(desk, register=register, letters=replace(desk.letters, live_from=LIVE))


def a_new_case(served, **answers):
    """The reference of a case that only this test knows; its child has a name of its own."""
    number = next(NUMBERS)
    child = {
        "child_name": f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}",
        "date_of_birth": date(2010 + number % 12, 1 + number % 11, 1 + number % 28),
    }
    form = a_sin_form([child], incident_date=date(2026, 2, 1 + number % 27), **answers)
    before = set(served.room.cases())
    served.room.file(a_paper(form))
    (reference,) = set(served.room.cases()) - before
    return reference


def the_case(served, reference):
    """A case as it stands."""
    with reading(served.desk.engine) as session:
        return load(session, served.desk.keys, [reference])[reference]


def acts_on(served, about):
    """Who did what about a case or message, without the looks, oldest first."""
    with reading(served.desk.engine) as session:
        rows = audit.about(session, about)
    return [(actor, act) for _, actor, act in rows if " seen" not in act]


def arrives(served, subject="A question", **how):
    """A mail from a stranger is delivered and read; its number."""
    who = replace(somebody(), email="somebody@elsewhere.example")
    mail = a_mail(who, subject, at=datetime.now(UTC), **how)
    found = receive(served.desk, "tscp", RawMessage(f"mail {next(NUMBERS)}", mail.at, mail.content))
    list(process_waiting(served.desk))
    return f"M-{found[0]:06d}"


def drafted(served, reference):
    """The numbers of a case's drafts, its requests among them."""
    chase(served.desk)
    return [letter.id for letter in the_case(served, reference).letters if letter.state == "draft"]


def room_of(served):
    """Where cases are filed by hand."""
    return FilingRoom(served.desk.engine, served.desk.keys)
