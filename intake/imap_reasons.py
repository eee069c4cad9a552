"""Why a mail server cannot be used now: the likely cause and the cure, a sentence each.

Nothing that the server said is repeated: it may quote a subject or an account's name.
"""

from __future__ import annotations

import socket
import ssl

from imapclient.exceptions import CapabilityError, IMAPClientAbortError, LoginError

# In this order: each is a case of the one below it, or of none.
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (
        socket.gaierror,
        "no server is known by the name of {at}. Check 'host', and this machine's DNS",
    ),
    (
        ConnectionRefusedError,
        "{at} refuses connections. Check 'host' and 'port', and whether the server is up",
    ),
    (
        TimeoutError,
        "{at} did not answer in time. Check 'host', 'port' and 'tls', the firewall, and whether"
        " the server is overloaded",
    ),
    (
        CapabilityError,
        "{at} does not offer what is needed to sign in safely (STARTTLS, PLAIN for a password that"
        ' is not ASCII, or XOAUTH2 for a token). Set tls to "implicit", with port 993 as a rule',
    ),
    (
        IMAPClientAbortError,
        "{at} broke off the connection. The next poll tries again; if it stays so, check 'port'"
        " and 'tls', and ask the mail server's administrator",
    ),
    (
        OSError,
        "{at} cannot be reached, or the connection broke. The next poll tries again; if it stays"
        " so, check 'host', 'port' and the network",
    ),
    (
        BaseException,
        "{at} gave an answer that is not understood. Is it an IMAP server? Check 'port'",
    ),
)
# Codes of OpenSSL's X509_V_ERR_….
_CERTIFICATE_REASONS = {
    9: "is not valid yet. Check this machine's clock",
    10: "has run out. The mail server's administrator must renew it; check this machine's clock",
    62: "is for another name. Set 'host' to the name in the certificate",
    64: "is for another address. Set 'host' to the name in the certificate",
}
_UNKNOWN_SIGNER = (
    "is signed by nobody known here. If the server has a CA of its own, name that CA's file"
    " in 'ca_file'"
)


NOT_CONNECTED = (
    "the server signed us in and then did not open the mailbox '{user}'. Is there a mailbox of"
    " this name, and is IMAP on for it?"
)


def token_not_taken(username: str, status: str, missing: str) -> str:
    """The sentence where the token is good and the server does not let the account in."""
    said = f" ({status})" if status else ""
    return f"there is a token, but the server refused the mailbox '{username}'{said}. {missing}"


def why(error: BaseException, host: str, port: int, username: str) -> str:
    """The sentence for an error while connecting, signing in or asking."""
    at = f"{host}:{port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = _CERTIFICATE_REASONS.get(error.verify_code, _UNKNOWN_SIGNER)
        return f"the certificate of {at} {reason}"
    if isinstance(error, ssl.SSLError):
        return (
            f"{at} and this service found no common TLS. If the port speaks plain IMAP first"
            ' (143), set tls to "starttls"'
        )
    if isinstance(error, LoginError):
        return _why_no_login(error, host, username)
    return next(said for kind, said in _REASONS if isinstance(error, kind)).format(at=at)


def refuses_sign_in(error: BaseException) -> bool:
    """Whether the account was not let in, and will not be by trying again."""
    return isinstance(error, LoginError) and not _for_now(error)


def _for_now(error: LoginError) -> bool:
    said = str(error).upper()
    return any(f"[{code}]" in said for code in ("UNAVAILABLE", "INUSE", "LIMIT"))  # RFC 5530


def _why_no_login(error: LoginError, host: str, username: str) -> str:
    if _for_now(error):
        return "the server cannot let anybody in just now. The next poll tries again"
    if host.lower().endswith((".office365.com", ".outlook.com")):
        return (
            "Microsoft 365 refused the sign-in. It takes no passwords over IMAP any more: an app"
            " registration is needed ([mailbox.oauth])"
        )
    return (
        f"the server refused the account '{username}'. Check 'username' and the password in"
        " 'password_file', and whether the account may use IMAP"
    )
