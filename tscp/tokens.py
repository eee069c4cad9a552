"""Who signs in with which tokens: one source for all that use the same application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from config.mail_settings import OAuthSettings
from config.settings import Settings
from triage.problem import Explained

if TYPE_CHECKING:
    from intake.oauth import Tokens

TELL_BEFORE = timedelta(days=30)


class CertificateEnds(Explained):
    """A certificate ends soon; the text says when, and what to do."""


@lru_cache
def tokens_of(oauth: OAuthSettings, now: Callable[[], datetime]) -> Tokens:
    """The tokens of these settings, for as long as the program runs.

    Mailboxes and mailers are made anew each round; a token should outlast them.
    """
    from intake.oauth import Tokens
    from intake.oauth_endpoint import Endpoint
    from intake.oauth_proof import by_certificate, by_secret

    url, client_id, certificate = oauth.endpoint, oauth.client_id, oauth.certificate_file
    if certificate is not None:
        proof = by_certificate(certificate, client_id, url, now)
    else:
        assert oauth.client_secret_file is not None
        proof = by_secret(oauth.client_secret_file)
    return Tokens(Endpoint(url, client_id, proof, oauth.ca_file))


def certificates_of(
    settings: Settings, now: Callable[[], datetime]
) -> Iterator[tuple[str, Callable[[], str]]]:
    """What each certificate is called, and a look at it that raises Explained if it ends soon."""
    asked = [*(box.oauth for box in settings.mailbox), settings.smtp and settings.smtp.oauth]
    files = [oauth.certificate_file for oauth in asked if oauth]
    for file in dict.fromkeys(file for file in files if file is not None):
        yield f"certificate {file.name}", lambda file=file: _looked_at(file, now())  # type: ignore[misc]


def _looked_at(file: Path, moment: datetime) -> str:
    from intake.oauth_proof import certificate_of

    ends_at = certificate_of(file).ends_at
    if ends_at - moment <= TELL_BEFORE:
        raise CertificateEnds(
            f"{file} ends on {ends_at:%-d %B %Y}. Make another, register it beside this one, and"
            " put it in its place (docs/operations.md, 'Microsoft 365', step 10)"
        )
    return f"good until {ends_at:%-d %B %Y}"
