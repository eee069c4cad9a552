"""What a machine may not open: encrypted mail, and links to where a document really lies."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from triage.problem import Problem

# Where a link leads to a document, by host and, where the host has other pages, by path.
# Mimecast's and Microsoft's rewritten links (protect-*.mimecast.com, safelinks) are no such places.
_SHARES: tuple[tuple[str, str, str], ...] = (
    ("Egress secure mail", r"(.*\.)?egress\.com", r"/."),
    ("Mimecast secure messaging", r"login[\w.-]*\.mimecast\.com", r"(?i).*secure"),
    ("Mimecast secure messaging", r"securemsg[\w.-]*\.mimecast\.com", r""),
    ("Criminal Justice Secure Mail", r"(.*\.)?cjsm\.net", r"/."),
    ("Microsoft's encrypted mail", r"outlook\.office(365)?\.com", r"(?i)/encryption"),
    (
        "SharePoint or OneDrive",
        r".*\.sharepoint\.com",
        r"(?i)/:[a-z]:/|.*/(guestaccess|_layouts/15/d)",
    ),
    ("OneDrive", r"1drv\.ms|onedrive\.live\.com", r"/."),
    ("WeTransfer", r"we\.tl|(.*\.)?wetransfer\.com", r"/(t-|downloads/|[A-Za-z0-9]{6,})"),
    ("Dropbox", r"(www\.)?dropbox\.com", r"/(s|sh|scl|t|transfer|l)/"),
    ("Google Drive", r"(drive|docs)\.google\.com", r"/(file|document|drive|open|uc|spreadsheets)"),
    ("Cisco secure mail", r"(.*\.)?res\.cisco\.com", r""),
    ("Galaxkey secure mail", r"(.*\.)?galaxkey\.com", r"/."),
    ("Objective Connect", r"(.*\.)?objectiveconnect\.(co\.uk|com)", r"/."),
    ("ShareFile", r"(.*\.)?sharefile\.(com|eu)", r"/(d|f|share)"),
    ("Kiteworks", r"(.*\.)?kiteworks\.com", r"/."),
    ("Zivver", r"(.*\.)?zivver\.(com|eu|nl)", r"/."),
)
_LINK = re.compile(r"https?://[^\s<>\"'\])]{4,2000}", re.IGNORECASE)
MOST_LINKS = 300

_CURE = "open it in the mailbox and save the form, or ask the sender for the form as an attachment"


def share_of(link: str) -> str:
    """The name of the service a link leads to, '' if it is no place of documents."""
    try:
        parts = urlsplit(link.strip()[:4000])
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if host.endswith("safelinks.protection.outlook.com"):
        inner = parse_qs(parts.query, max_num_fields=None).get("url", [""])[0]
        return "" if "safelinks" in inner else share_of(inner)
    for service, hosts, paths in _SHARES:
        if re.fullmatch(hosts, host) and re.match(paths, parts.path or "/"):
            return service
    return ""


def leads_to_documents(link: str) -> bool:
    """Whether a link is one that staff must follow to get at a document."""
    return bool(link) and link[:4].lower() == "http" and bool(share_of(link))


def protected_text(text: str) -> tuple[Problem, ...]:
    """What the new text of a mail says of protected content elsewhere."""
    found = {share_of(link): None for link in _LINK.findall(text)[:MOST_LINKS]}
    problems = [_elsewhere(service) for service in found if service]
    if "-----BEGIN PGP MESSAGE-----" in text:
        problems.append(encrypted("The text of the message"))
    return tuple(problems)


def _elsewhere(service: str) -> Problem:
    return Problem(
        f"The message links to a document on {service}, which cannot be fetched from here",
        what_to_do="follow the link from the mailbox and save the form, or ask the sender for"
        " the form as an attachment",
        kind="protected",
    )


def encrypted(what: str) -> Problem:
    """The problem of a message, part or file that only a person with its key can open."""
    return Problem(f"{what} is encrypted", what_to_do=_CURE, kind="protected")


def protected_document(name: str, media_type: str, content: bytes) -> Problem | None:
    """Whether an attachment is an envelope around an encrypted mail."""
    lower = name.lower()
    if lower.endswith(".rpmsg") or media_type == "application/x-microsoft-rpmsg-message":
        return encrypted("The message (Microsoft rights management, .rpmsg)")
    if media_type == "application/pgp-encrypted" or _is_pgp(lower, content):
        return encrypted("An attachment (PGP)")
    if lower.endswith(".p7m") or media_type in _PKCS7:
        return _SIGNED if _SIGNED_DATA in content[:80] else encrypted("The message (S/MIME)")
    if media_type == "text/html" or lower.endswith((".html", ".htm")):
        return _envelope_page(lower, content)
    return None


# The identifier of signed-data (RFC 5652, 5.1), as against enveloped-data.
_SIGNED_DATA = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_SIGNED = Problem(
    "The message is signed in a way that hides its content (S/MIME)",
    what_to_do=_CURE,
    kind="protected",
)
_PKCS7 = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_ENVELOPE = re.compile(
    rb"outlook\.office(365)?\.com/encryption|microsoft purview message encryption|"
    rb"(office|microsoft) 365 message encryption|microsoft exchange hosted encryption|"
    rb"res\.cisco\.com|securedoc|zix(corp|mail)|proofpoint encryption",
    re.IGNORECASE,
)


def _is_pgp(name: str, content: bytes) -> bool:
    return name.endswith((".pgp", ".gpg")) or content[:40].lstrip().startswith(
        b"-----BEGIN PGP MESSAGE-----"
    )


def _envelope_page(name: str, content: bytes) -> Problem | None:
    """Secure mail that comes as a web page: message.html, securedoc.html."""
    if name.startswith(("securedoc", "message_v")) or _ENVELOPE.search(content[:200_000]):
        return encrypted("The message (secure mail that comes as a web page)")
    return None
