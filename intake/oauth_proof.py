"""What shows a token endpoint who asks: a secret from a file, or a signature (RFC 7523).

Both are read anew each time, so that a new secret or certificate is used without a restart.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from intake.oauth_endpoint import NoToken, Proof

GOOD_FOR = timedelta(minutes=10)
SLOW_CLOCKS = timedelta(minutes=2)
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its key. `ends_at` is its notAfter, UTC."""

    key: rsa.RSAPrivateKey = field(repr=False)
    thumbprint: bytes
    ends_at: datetime


def by_secret(file: Path) -> Proof:
    """The secret in this file. Raises NoToken, when asked for, if it cannot be read."""

    def proof() -> Mapping[str, str]:
        try:
            secret = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise NoToken(f"the secret cannot be read from {file}") from None
        if not secret:
            raise NoToken(f"there is no secret in {file}")
        return {"client_secret": secret}

    return proof


def by_certificate(file: Path, client_id: str, audience: str, now: Callable[[], datetime]) -> Proof:
    """A signature by the key in this file, made for `audience`, the token endpoint's address.

    The form is that of Microsoft's 'application authentication certificate credentials' and of
    its own library: PS256, the certificate named by its SHA-256.
    """

    def proof() -> Mapping[str, str]:
        certificate, moment = certificate_of(file), now()
        if certificate.ends_at <= moment:
            ended = f"{certificate.ends_at:%-d %B %Y}"
            raise NoToken(f"the certificate in {file} ended on {ended}: make and register another")
        header = {"alg": "PS256", "typ": "JWT", "x5t#S256": _base64(certificate.thumbprint)}
        claims = {
            "aud": audience,
            "iss": client_id,
            "sub": client_id,
            "jti": str(uuid4()),
            "nbf": int((moment - SLOW_CLOCKS).timestamp()),
            "exp": int((moment + GOOD_FOR).timestamp()),
        }
        signed = ".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
        signature = certificate.key.sign(signed.encode(), pss, hashes.SHA256())
        assertion = f"{signed}.{_base64(signature)}"
        return {"client_assertion_type": _ASSERTION, "client_assertion": assertion}

    return proof


def certificate_of(file: Path) -> Certificate:
    """The key and the certificate that belongs to it, of a PEM file. Raises NoToken."""
    try:
        content = file.read_bytes()
        key = load_pem_private_key(content, None)
        found = x509.load_pem_x509_certificates(content)
    except OSError:
        raise NoToken(f"the certificate cannot be read from {file}") from None
    except TypeError:  # what cryptography says where a password is wanted
        raise NoToken(f"the key in {file} has a password: take it off (openssl pkey)") from None
    except (ValueError, UnsupportedAlgorithm):
        raise NoToken(f"{file} must hold a private key and its certificate, both as PEM") from None
    if not isinstance(key, rsa.RSAPrivateKey):
        raise NoToken(f"the key in {file} is not an RSA key, and Microsoft takes no other")
    ours = [one for one in found if one.public_key() == key.public_key()]
    if not ours:
        raise NoToken(f"the key in {file} and the certificate there do not belong together")
    return Certificate(key, ours[0].fingerprint(hashes.SHA256()), ours[0].not_valid_after_utc)


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
