"""Why a mail server does not let us hand in letters with a token that is good."""

from __future__ import annotations

from tscp.mail_out.smtp_token import TokenSource

_STEP = "(docs/operations.md, 'Microsoft 365', step 8)"
# What Exchange Online says beside 535 5.7.139.
_TOLD = (
    (
        b"disabled for the tenant",
        "handing in mail (SMTP AUTH) is off for the whole organisation. An administrator can allow"
        " it for this one mailbox: Set-CASMailbox -SmtpClientAuthenticationDisabled $false",
    ),
    (
        b"disabled for the mailbox",
        "handing in mail (SMTP AUTH) is off for this mailbox: Set-CASMailbox"
        " -SmtpClientAuthenticationDisabled $false",
    ),
    (
        b"security defaults",
        "the organisation's security defaults forbid SMTP AUTH. Whoever keeps them must decide;"
        " otherwise another mail server must be used",
    ),
    (
        b"did not meet the criteria",
        "a rule of the organisation (Conditional Access, an authentication policy) forbids it."
        " Whoever keeps those rules must let this application in",
    ),
)


def token_refused(username: str, said: bytes, tokens: TokenSource) -> str:
    """The sentence for a refusal of AUTH XOAUTH2; `said` is the server's, and not repeated."""
    start = f"there is a token, but the mail server refused '{username}' (smtp.username)"
    known = next((why for words, why in _TOLD if words in said.lower()), "")
    if known:
        return f"{start}: {known} {_STEP}"
    return f"{start}. {tokens.likely_missing('SMTP.SendAsApp')}"
