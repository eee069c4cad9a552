"""A mailbox that takes tokens only, from settings to filed; and what is said when it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from servers import Account
from servers_oauth import TokenServer
from servers_smtp import MailSink

from .running import Service


def set_up(service: Service, account: Account, server: TokenServer, credential: str) -> str:
    """A mailbox signed in to with tokens, by this credential; returns how, for [smtp.oauth]."""
    oauth = f"""
tenant = "{server.tenant}"
client_id = "{server.client_id}"
{credential}
token_url = "{server.url}"
ca_file = "{server.ca_file}"
"""
    service.set_up(
        f"""[[mailbox]]
name = "tscp"
host = "{account.host}"
port = {account.imaps_port}
ca_file = "{account.ca_file}"
username = "{account.username}"
[mailbox.oauth]{oauth}"""
    )
    return oauth


def sending(sink: MailSink, account: Account, server: TokenServer, oauth: str) -> str:
    """The sending server, which asks the same endpoint about tokens, with the same application."""
    asks = {"url": server.introspection, "ca": str(server.ca_file)}
    sink.set(mechanisms=["XOAUTH2"], introspect=asks)
    return f"""
[smtp]
host = "localhost"
port = {sink.starttls_port}
ca_file = "{sink.ca_file}"
username = "{account.username}"
sender = "TSCP <tscp@tscp.example>"
[smtp.oauth]{oauth}"""


def found(service: Service, expect: int) -> dict[str, Any]:
    """What `tscp check` says of each thing."""
    return {line["what"]: line for line in service.run("check", "--json", expect=expect).lines}


def test_a_certificate_signs_in_to_mailbox_and_sending_server_and_its_end_is_foretold(
    on_sqlite: Service, token_account: Account, token_server: TokenServer, mail_sink: MailSink
) -> None:
    """One token for both; the key stays where it is: not in a log, not in the data."""
    file = token_server.register(on_sqlite.folder / "tscp.pem", days=20)
    oauth = set_up(on_sqlite, token_account, token_server, 'certificate_file = "tscp.pem"')
    with on_sqlite.config.open("a") as settings:
        settings.write(sending(mail_sink, token_account, token_server, oauth))
    token_account.append(b"Subject: one\r\n\r\nhello\r\n")
    assert on_sqlite.poll()["mailboxes"][0]["new"] == 1
    said = found(on_sqlite, expect=1)
    assert not said["certificate tscp.pem"]["ok"]
    assert "ends on" in said["certificate tscp.pem"]["said"]
    assert (said["mailbox tscp"]["ok"], said["sending server"]["ok"]) == (True, True)
    assert len(token_server.given) == 2  # one a command
    token_server.register(file, days=40)
    assert found(on_sqlite, expect=0)["certificate tscp.pem"]["ok"]
    kept_to_itself(on_sqlite, file.read_text().splitlines()[1], *token_server.given)


def test_a_secret_that_has_run_out_is_said(
    on_sqlite: Service, token_account: Account, token_server: TokenServer
) -> None:
    """Status 75, the cause and the cure; with a new secret all is well again."""
    credential = f'client_secret_file = "{token_server.secret_file}"'
    set_up(on_sqlite, token_account, token_server, credential)
    token_account.append(b"Subject: one\r\n\r\nhello\r\n")
    token_server.refuse(7000222)
    (box,) = on_sqlite.poll(expect=75)["mailboxes"]
    assert (box["ok"], "secret has run out" in box["reason"]) == (False, True)
    token_server.behave()
    assert on_sqlite.poll()["mailboxes"][0]["new"] == 1
    kept_to_itself(on_sqlite, token_server.secret, *token_server.given)


def kept_to_itself(service: Service, *secrets: str) -> None:
    """Neither in what any command printed nor in what lies in the data."""
    printed = "".join(ran.out + ran.err for ran in service.said)
    files = [path for path in Path(service.folder).rglob("*") if path.suffix not in (".pem",)]
    kept = b"".join(path.read_bytes() for path in files if path.is_file())
    assert len(secrets) > 1
    assert [one for one in secrets if one in printed or one.encode() in kept] == []
