"""Why there is no token, or why a server refused one: the likely missing step, in a sentence.

The codes are Microsoft Entra's (learn.microsoft.com, 'Microsoft Entra authentication and
authorization error codes'); Microsoft may add others, for which its own page is named.
"""

from __future__ import annotations

import base64
import json
import re
import socket
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.error import URLError

STEPS = "docs/operations.md, 'Microsoft 365'"
BAD_CA_FILE = (
    "the file named by oauth.ca_file cannot be read as certificates. It must be PEM, and the"
    " service's user must have the right to read it"
)
_NO_TENANT = "it knows no such tenant. Set 'tenant' to the Directory (tenant) ID (step 2)"
_NO_SCOPE = (
    "it does not give tokens for Exchange Online to this application. Does the organisation have"
    " Exchange Online, and is 'tenant' the right one?"
)
_NOT_CONSENTED = (
    "nobody has granted admin consent. Add the application permissions IMAP.AccessAsApp and"
    " SMTP.SendAsApp and press 'Grant admin consent' (steps 3 and 4)"
)
_NO_SERVICE_PRINCIPAL = (
    "the application has no Enterprise application in this tenant. Granting admin consent makes"
    " it (step 4)"
)
_BAD_ASSERTION = "it does not take the certificate's signature for '{}'. Check 'tenant'" + (
    " and 'token_url', and this machine's clock"
)
_NOT_REGISTERED = (
    "the certificate in 'certificate_file' is not registered with the application, or is good no"
    " more. Upload its public part under 'Certificates & secrets' (step 5)"
)
_BY_CODE = {
    "7000215": "the secret is wrong. 'client_secret_file' must hold the secret's VALUE, not its"
    " Secret ID; if the value was not kept, make a new secret (step 5)",
    "7000222": "the secret has run out. Make a new one, put its value into 'client_secret_file',"
    " and note when it ends (step 5)",
    "700016": "it knows no such application in this tenant. Check 'client_id' (the Application"
    " (client) ID) and 'tenant' (step 2)",
    "7000229": _NO_SERVICE_PRINCIPAL,
    "90002": _NO_TENANT,
    "900023": _NO_TENANT,
    "70011": _NO_SCOPE,
    "1002012": _NO_SCOPE,
    "500011": _NO_SCOPE,
    "500014": _NO_SCOPE,
    "65001": _NOT_CONSENTED,
    "650056": _NOT_CONSENTED,
    "501051": _NOT_CONSENTED,
    "700027": _NOT_REGISTERED,
    "7000214": _NOT_REGISTERED,
    "1000502": _NOT_REGISTERED,
    "700024": "the proof's time is not now. Set this machine's clock right",
    "700023": _BAD_ASSERTION.format("audience"),
    "50012": _BAD_ASSERTION.format("signature or audience"),
    "50027": _BAD_ASSERTION.format("form"),
    "700025": "the application is registered as a public client. Under 'Authentication', switch"
    " 'Allow public client flows' off",
    "7000112": "the application is switched off. Under Enterprise applications, 'Properties', set"
    " 'Enabled for users to sign-in?' to Yes",
    "53003": "Conditional Access forbids it. Somebody who keeps those rules must let this"
    " application sign in from this machine's address",
}
# RFC 6749, 5.2, where no code of Microsoft's is given.
_BY_ERROR = {
    "invalid_client": "it does not know the application, or its secret or certificate is wrong."
    " Check 'client_id' (step 2) and 'client_secret_file' or 'certificate_file' (step 5)",
    "unauthorized_client": _NOT_CONSENTED,
    "access_denied": _NOT_CONSENTED,
    "invalid_scope": _NO_SCOPE,
    "invalid_resource": _NO_SCOPE,
}
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def refusal(said: Mapping[str, Any], host: str) -> str:
    """Why the endpoint refused the application; `said` is its answer (RFC 6749, 5.2)."""
    codes = [str(code) for code in _listed(said.get("error_codes")) if str(code).isdigit()]
    codes += re.findall(r"AADSTS(\d{2,9})", str(said.get("error_description", "")))
    known = next((code for code in codes if code in _BY_CODE), "")
    error = said["error"] if re.fullmatch(r"\w{1,40}", said["error"]) else "refused"
    shown = f"AADSTS{known or codes[0]}" if codes else error
    why = _BY_CODE.get(known) or (_BY_ERROR.get(error) if not codes else None)
    if why is None:
        page = f"https://login.microsoftonline.com/error?code={codes[0]}" if codes else STEPS
        why = f"for a reason not known here: see {page}"
    return f"{host} gives this application no token ({shown}): {why}. See {STEPS}"


def not_a_token(status: int, host: str) -> str:
    """Why an answer with this status is no token."""
    if status == 429 or status >= 500:
        return f"{host} gives no tokens just now ({status}). The next round tries again"
    if 300 <= status < 400:
        return (
            f"{host} was not reached: somebody in between sent us elsewhere ({status}), as a"
            " proxy's sign-in page does. Let this machine reach it, or set HTTPS_PROXY"
        )
    return (
        f"what {host} answered ({status}) is no token. Check 'token_url', and whether a proxy"
        " answers in its place"
    )


def not_reached(error: BaseException, host: str, by_proxy: bool) -> str:
    """Why the endpoint could not be asked."""
    if isinstance(error, URLError) and isinstance(error.reason, BaseException):
        error = error.reason
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(error.verify_code, host)
    tunnel = re.match(r"Tunnel connection failed: (\d{3})", str(error))
    if tunnel:
        return _no_tunnel(tunnel.group(1), host)
    if by_proxy and not isinstance(error, ssl.SSLError):
        return (
            f"the proxy set in the environment (HTTPS_PROXY) does not answer as one, so {host}"
            " cannot be reached. Check its name and port; NO_PROXY names what needs no proxy"
        )
    return next(why for kind, why in _REASONS if isinstance(error, kind)).format(host=host)


def missing_step(token: str, role: str) -> str:
    """What is likely missing where a server refused this token of Microsoft's; '' is none.

    The token is only looked into: it says which permissions it carries, and for which Enterprise
    application. Whatever cannot be read of it is left out.
    """
    claims = _claims(token)
    roles = _listed(claims.get("roles"))
    if claims and role not in roles:
        return (
            f"The token carries no permission {role}: add it to the application as an APPLICATION"
            f" permission and grant admin consent ({STEPS}, steps 3 and 4)"
        )
    object_id = str(claims.get("oid", ""))
    named = f", which is {object_id}" if _GUID.fullmatch(object_id) else ""
    protocol, switched = (
        ("IMAP", "-ImapEnabled $true")
        if role.startswith("IMAP")
        else ("SMTP AUTH", "-SmtpClientAuthenticationDisabled $false")
    )
    return (
        "In Microsoft 365 one of these is missing: New-ServicePrincipal with the object id of the"
        f" ENTERPRISE application{named} (not that of the app registration), Add-MailboxPermission"
        f" for it on this mailbox, or {protocol} is off for it (Set-CASMailbox {switched}). What"
        f" was just changed may take an hour ({STEPS}, steps 6 to 8)"
    )


def _claims(token: str) -> dict[str, Any]:
    parts = token.split(".")
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=="))
    except (IndexError, ValueError, RecursionError):
        return {}
    return claims if isinstance(claims, dict) else {}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _no_tunnel(status: str, host: str) -> str:
    if status == "407":
        return (
            "the proxy set in the environment (HTTPS_PROXY) wants a login. Put user name and"
            " password into its address, or have it let this machine through"
        )
    return (
        f"the proxy set in the environment (HTTPS_PROXY) does not connect to {host} ({status})."
        " Its administrators must allow it, or name the host in NO_PROXY"
    )


def _certificate(code: int, host: str) -> str:
    if code in (9, 10):  # OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID, …_HAS_EXPIRED
        return f"the certificate of {host} is not valid now. Check this machine's clock"
    if code in (62, 64):
        return f"the certificate of {host} is for another name. Check 'token_url'"
    return (
        f"the certificate of {host} is signed by nobody known here. If a proxy opens TLS on the"
        " way, name the file of its CA in oauth.ca_file"
    )


# In this order: each is a case of one below it, or of none.
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "no server is known by the name of {host}. Check this machine's DNS, and"
                      " 'token_url' if it is set"),
    (ConnectionRefusedError, "{host} refuses connections. Check 'token_url' and the firewall"),
    (TimeoutError, "{host} did not answer in time. Check the firewall (port 443), and whether this"
                   " machine needs a proxy (HTTPS_PROXY)"),
    (ssl.SSLError, "{host} and this service found no common TLS. Check 'token_url', and whether a"
                   " proxy answers in its place"),
    (OSError, "{host} cannot be reached, or the connection broke. The next round tries again; if"
              " it stays so, check the network and the firewall (port 443)"),
    (BaseException, "{host} gave an answer that is not HTTP. Check 'token_url'"),
)  # fmt: skip
