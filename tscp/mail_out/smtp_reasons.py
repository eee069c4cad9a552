"""Why letters cannot leave, or why this one was refused: the cause and the cure, in a sentence.

Nothing that the server said is repeated but its codes: its words may hold somebody's address.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl

from tscp.mail_out.smtp_connection import MailServer, NoLogin, NoStartTls, NoXoauth2
from tscp.mail_out.token_reasons import token_refused

IN_CLEAR = (
    'smtp.tls = "none" would send letters and the password for all to read. Set it to "starttls"'
    ' or "implicit"; "none" is for this machine itself only'
)
NO_CERTIFICATES = (
    "the file named by smtp.ca_file cannot be read as certificates. It must be PEM, and the"
    " service's user must have the right to read it"
)
_NOT_UNDERSTOOD = (
    "{at} gave an answer that is not understood. Is it a mail server? Check 'smtp.port'"
)
_ENHANCED = re.compile(rb"([245])\.(\d{1,3})\.(\d{1,3})(?!\S)")
# What is wrong with us, whoever the letter is for: asking for a login, and Exchange's and
# RFC 3463's words for a sender that may not send.
_LOGIN_WANTED = (530, 534, 535, 538)
_OURS = ("1.7", "1.8", "2.252", "7.57", "7.60", "7.705", "7.708")
# RFC 3463, RFC 7505 and Exchange Online's own, by subject and detail, then by subject.
_MEANINGS = {
    "1.1": "there is no such address",
    "1.2": "there is no such organisation after the '@'",
    "1.3": "the address is not written rightly",
    "1.6": "the person has moved to another address",
    "1.10": "there is no such address",
    "2.1": "the mailbox is switched off",
    "2.2": "the mailbox is full",
    "2.3": "the letter is too big for the mailbox",
    "3.4": "the letter is too big for the mail server",
    "4.1": "the receiving mail server takes no mail for this address, or does not answer",
    "1": "the address cannot be used",
    "2": "the mailbox takes no mail",
    "3": "the mail server is in trouble",
    "4": "there is no way to the receiving mail server",
    "5": "the mail servers do not understand each other",
    "6": "the mail server cannot take a letter of this form",
    "7": "it is refused by policy; ask the receiving organisation's mail administrators",
}
_MEANINGS_OF_CODES = {
    450: "the mailbox cannot be used now",
    451: "the mail server is in trouble",
    452: "the mail server or the mailbox has no room",
    550: "the mailbox does not exist or may not be used",
    551: "the mailbox is elsewhere",
    552: "the mailbox is full, or the letter too big",
    553: "the address is not written as the mail server wants it",
    554: "no reason was given",
}


def refusal(code: int, text: bytes) -> str:
    """What a refusal of a letter means, with its codes."""
    status = _status(text)
    number = f"{code} {'5' if code >= 500 else '4'}.{status}" if status else str(code)
    meaning = (
        _MEANINGS.get(status)
        or _MEANINGS.get(status.partition(".")[0])
        or _MEANINGS_OF_CODES.get(code, "no reason was given")
    )
    return f"The mail server refused the letter ({number}): {meaning}"


def about_us(code: int, text: bytes) -> bool:
    """Whether a refusal is about our account, sender or connection: no letter would leave."""
    return code == 421 or code in _LOGIN_WANTED or (code >= 500 and _status(text) in _OURS)


def why_none(code: int, text: bytes, server: MailServer) -> str:
    """Why no letter at all is taken, for an administrator."""
    at = f"{server.host}:{server.port}"
    if not 400 <= code < 600:
        return _NOT_UNDERSTOOD.format(at=at)
    status = _status(text)
    said = f"({code} {str(code)[0]}.{status})" if status else f"({code})"
    if code in _LOGIN_WANTED:
        return (
            f"{at} takes no letters without another login {said}. Check 'smtp.username',"
            " 'smtp.password_file' and 'smtp.tls'"
        )
    if 400 <= code < 500:
        return f"{at} takes no letters just now {said}. The next round tries again"
    return (
        f"{at} does not let us send {said}. Check that the account in 'smtp.username' may send as"
        " the address in 'smtp.sender', and that it is not blocked"
    )


def _status(text: bytes) -> str:
    """'1.1' of an enhanced status code (RFC 2034), '' if there is none."""
    found = _ENHANCED.match(text.strip())
    return f"{int(found.group(2))}.{int(found.group(3))}" if found else ""


# In this order: each is a case of one below it, or of none.
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (
        NoStartTls,
        '{at} does not offer STARTTLS, so nothing was sent to it. Set smtp.tls to "implicit" if'
        " the port speaks TLS at once (465); else somebody between here and there may be taking"
        " the offer away: ask the network's administrators",
    ),
    (
        NoXoauth2,
        "{at} takes no tokens (XOAUTH2). Check 'smtp.host' and 'smtp.port': Microsoft 365 takes"
        " letters at smtp.office365.com, port 587. For another server use smtp.password_file",
    ),
    (
        NoLogin,
        "{at} offers no way to log in (or none for a password that is not ASCII). Check"
        " 'smtp.port': letters are handed in at 587 or 465 as a rule, not at 25",
    ),
    (
        socket.gaierror,
        "no server is known by the name of {at}. Check 'smtp.host', and this machine's DNS",
    ),
    (
        ConnectionRefusedError,
        "{at} refuses connections. Check 'smtp.host' and 'smtp.port', and whether it is up",
    ),
    (
        TimeoutError,
        "{at} did not answer in time. Check 'smtp.host', 'smtp.port' and 'smtp.tls', the firewall,"
        " and whether the server is overloaded",
    ),
    (
        smtplib.SMTPServerDisconnected,
        "{at} broke off the connection. The next round tries again; if it stays so, check"
        " 'smtp.port' and 'smtp.tls', and ask the mail server's administrators",
    ),
    (
        OSError,
        "{at} cannot be reached, or the connection broke. The next round tries again; if it stays"
        " so, check 'smtp.host', 'smtp.port' and the network",
    ),
    (BaseException, _NOT_UNDERSTOOD),
)
# Codes of OpenSSL's X509_V_ERR_….
_CERTIFICATE_REASONS = {
    9: "is not valid yet. Check this machine's clock",
    10: "has run out. The mail server's administrators must renew it; check this machine's clock",
    62: "is for another name. Set 'smtp.host' to the name in the certificate",
    64: "is for another address. Set 'smtp.host' to the name in the certificate",
}
_UNKNOWN_SIGNER = (
    "is signed by nobody known here. If the server has a CA of its own, name that CA's file"
    " in 'smtp.ca_file'"
)


def why(error: BaseException, server: MailServer) -> str:
    """The sentence for an error while connecting, logging in or handing in."""
    at = f"{server.host}:{server.port}"
    # smtplib turns a silence into a broken connection; the silence is behind it.
    if isinstance(error.__context__, OSError) and isinstance(error, smtplib.SMTPException):
        error = error.__context__
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = _CERTIFICATE_REASONS.get(error.verify_code, _UNKNOWN_SIGNER)
        return f"the certificate of {at} {reason}"
    if isinstance(error, ssl.SSLError):
        return (
            f'{at} and this service found no common TLS. Set smtp.tls to "starttls" if the port'
            ' speaks plainly first (587), to "implicit" if it does not (465)'
        )
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _why_no_login(error, server)
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return why_none(error.smtp_code, said if isinstance(said, bytes) else b"", server)
    return next(said for kind, said in _REASONS if isinstance(error, kind)).format(at=at)


def _why_no_login(error: smtplib.SMTPAuthenticationError, server: MailServer) -> str:
    if 400 <= error.smtp_code < 500:
        return f"{server.host} can let nobody in just now. The next round tries again"
    if server.tokens is not None:
        said = error.smtp_error
        return token_refused(
            server.username, said if isinstance(said, bytes) else b"", server.tokens
        )
    account = f"the account '{server.username}' (smtp.username)"
    if server.host.lower().endswith((".office365.com", ".outlook.com")):
        return (
            f"Microsoft 365 refused {account}. Handing in with a password (SMTP AUTH) is off by"
            " default from the end of December 2026: use an app registration ([smtp.oauth]), or"
            " have it allowed for this mailbox; else check 'smtp.password_file'"
        )
    return (
        f"{server.host} refused {account}. Check it and the password in 'smtp.password_file', and"
        " whether the account may hand in mail (SMTP AUTH)"
    )
