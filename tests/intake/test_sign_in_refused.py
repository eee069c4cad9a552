"""Only an account that is not let in for good is told at once; a busy server is not that."""

import pytest
from imapclient.exceptions import IMAPClientAbortError, LoginError

from intake.imap_reasons import refuses_sign_in


@pytest.mark.parametrize(
    ("error", "refused"),
    [
        (LoginError("b'[AUTHENTICATIONFAILED] Authentication failed.'"), True),
        (LoginError("b'LOGIN failed.'"), True),
        (LoginError("b'[UNAVAILABLE] Temporary authentication failure.'"), False),
        (LoginError("b'[LIMIT] Too many connections.'"), False),
        (IMAPClientAbortError("socket error: EOF"), False),
        (TimeoutError(), False),
    ],
)
def test_an_account_is_refused_where_trying_again_does_not_help(error, refused):
    assert refuses_sign_in(error) is refused
