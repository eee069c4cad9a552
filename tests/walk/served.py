"""`tscp run` on real servers: started, watched by its log, stopped or killed, and its letters."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

from factories import a_file, a_form, a_mail
from servers import Account, free_port
from servers_smtp import MailSink

from tscp.demo.mails import Sent

from .running import Ran, Service, alive, children_of, mailbox, within

NOW = datetime.now(UTC)
LIVE = (NOW - timedelta(days=9)).isoformat(timespec="seconds")
NUMBERS = itertools.count()
QUICK = "0.2s"


def live(
    service: Service, account: Account, sink: MailSink, every: str = QUICK, first: str = ""
) -> int:
    """Settings under which letters leave and no limit is reached; the port of the desk."""
    secret, port = sink.folder / "password", free_port()
    secret.write_text(sink.password, encoding="utf-8")
    limits = "\n".join(f"most_per_{what} = 100000" for what in ("case", "domain", "hour"))
    service.set_up(
        mailbox(account),
        first=first,
        more=f"""live_from = "{LIVE}"
{limits}
[poll]
every = "{every}"
[web]
listen = "127.0.0.1:{port}"
[smtp]
host = "localhost"
port = {sink.starttls_port}
ca_file = "{sink.ca_file}"
username = "{sink.username}"
password_file = "{secret}"
sender = "TSCP <tscp@tscp.example>"
""",
    )
    return port


class Running:
    """A `tscp run`, from its start to its end, however that comes."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._log = service.folder / f"run {next(NUMBERS)}.log"
        nothing = subprocess.DEVNULL
        with self._log.open("w") as log:
            self.process = service.start("run", stdin=nothing, stdout=nothing, stderr=log)

    def log(self) -> str:
        """All it has said so far."""
        return self._log.read_text(encoding="utf-8")

    def events(self) -> list[str]:
        """The names of its log events; what is no event is there as it is."""
        lines = self.log().splitlines()
        return [json.loads(one)["event"] if one.endswith("}") else one for one in lines]

    def says(self, event: str, times: int = 1, seconds: float = 60) -> bool:
        """Whether it logs this so many times in that time."""
        return within(seconds, lambda: self.events().count(event) >= times or not self.is_up())

    def is_up(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def stop(self, seconds: float = 10) -> Ran:
        """SIGTERM; it has so long to end well."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(seconds)
        ran = self._service.ended(self.process, "", self.log())
        assert ran.status == 0, ran
        assert self.events()[-1] == "service_stopped"
        return ran

    def kill(self) -> None:
        """kill -9; its worker ends by itself."""
        workers = children_of(self.process.pid)
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._service.ended(self.process, "", self.log())
        assert within(15, lambda: not any(map(alive, workers))), "a worker outlived its parent"


@contextmanager
def running(service: Service) -> Iterator[Running]:
    """A service that is surely gone at the end."""
    started = Running(service)
    try:
        yield started
    finally:
        if started.is_up():
            started.kill()


def referrals(count: int, at: datetime | None = None) -> list[Sent]:
    """Each of another child, from an agency whose acknowledgement leaves by itself."""
    made = []
    for number in itertools.islice(NUMBERS, count):
        when = at or NOW - timedelta(days=1) + timedelta(minutes=number)
        form = a_form(7000 + number, "fall", when.date())
        made.append(a_mail("tgicft", f"SIN form {number}", attached=[a_file(form)], at=when))
    return made


def copies(sink: MailSink) -> Counter[str]:
    """How many letters the mail server has accepted in answer to each mail, by its Message-ID."""
    return Counter(str(mail.message["In-Reply-To"]) for mail in sink.mails())


def answered(sink: MailSink, mails: Sequence[Sent], seconds: float = 90) -> bool:
    """Whether each of these mails is answered in that time."""
    return within(seconds, lambda: {mail.message_id for mail in mails} <= set(copies(sink)))


def each_once(
    service: Service, sink: MailSink, mails: Sequence[Sent], unsure: bool = False
) -> None:
    """Every mail is filed to a case of its own at the first attempt that counts, and answered once.

    `unsure`: a letter may be 'perhaps sent', and then it has left once or not at all.
    """
    assert service.rows("SELECT state, attempts FROM messages") == [("filed", 1)] * len(mails)
    assert service.rows("SELECT count(*) FROM cases") == [(len(mails),)]
    once = "SELECT count(DISTINCT message), count(*) FROM facts WHERE kind = 'mail'"
    assert service.rows(once) == [(len(mails), len(mails))]
    letters = service.rows("SELECT state FROM letters WHERE kind = 'acknowledgement'")
    sent, perhaps = letters.count(("sent",)), letters.count(("perhaps sent",))
    assert sent + perhaps == len(letters) == len(mails)
    assert unsure or not perhaps
    left = copies(sink)
    assert set(left) <= {mail.message_id for mail in mails}
    assert set(left.values()) <= {1}
    assert sent <= len(left) <= len(mails)


def nothing_waits(service: Service) -> bool:
    """Neither a message nor a letter."""
    time.sleep(0.2)
    messages = "SELECT count(*) FROM messages WHERE state = 'received'"
    letters = "SELECT count(*) FROM letters WHERE state = 'waiting'"
    return service.rows(messages) == service.rows(letters) == [(0,)]


def desk_answers(port: int) -> bool:
    """Whether the desk is served there."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5) as page:
            return bool(page.status == 200)
    except OSError:
        return False
