"""What our own server found out about the sender: SPF, DKIM, DMARC (RFC 8601)."""

from __future__ import annotations

import re
from collections.abc import Collection

from intake.fields import Fields

_RESULT = re.compile(r"\b(dmarc|dkim|spf|compauth)\s*=\s*([a-z]+)([^;]*)", re.IGNORECASE)
_DOMAIN = re.compile(
    r"\b(?:header\.(?:d|i|from)|smtp\.mailfrom|smtp\.helo)\s*=\s*\"?(?:[^\s@;\"]*@)?([\w.-]+)", re.I
)


def authenticated(fields: Fields, sender: str, trusted: Collection[str]) -> bool | None:
    """True or False as our server says in its topmost Authentication-Results, else None.

    Anybody can write that field, so only one that names a server of ours counts (RFC 8601, 5).
    Microsoft 365 writes no name: '' among the trusted names stands for it.
    """
    stated = next(iter(fields.all("authentication-results")), "")
    server, _, results = stated.partition(";")
    name = server.split()[0].lower() if server.strip() else ""
    if "=" in name:
        name, results = "", stated
    if name not in {known.lower() for known in trusted} or not stated:
        return None
    return _verdict(results, sender.rpartition("@")[2])


def _verdict(results: str, domain: str) -> bool | None:
    found = [
        (method.lower(), said.lower(), rest) for method, said, rest in _RESULT.findall(results)
    ]
    dmarc = [said for method, said, _ in found if method == "dmarc"]
    if any(said in ("pass", "bestguesspass") for said in dmarc):
        return True
    if "fail" in dmarc:
        return False
    # Without DMARC a pass counts only for the domain the reader sees (RFC 7489, 3.1).
    if any(said == "pass" and _is_for(rest, domain) for _, said, rest in found):
        return True
    return False if any(said in ("fail", "softfail") for _, said, _ in found) else None


def _is_for(details: str, domain: str) -> bool:
    named = [found.lower().strip(".") for found in _DOMAIN.findall(details)]
    return any(
        domain == other or domain.endswith("." + other) or other.endswith("." + domain)
        for other in named
        if "." in other and "." in domain
    )
