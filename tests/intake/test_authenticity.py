"""What our own server said of the sender, and only that."""

import pytest

from intake.opening import open_message

TRUSTED = ("mx.tameside.example", "")


def said(*results: str, trusted=TRUSTED) -> bool | None:
    fields = "".join(f"Authentication-Results: {result}\n" for result in results)
    message = f"{fields}From: jane@council.example\n\nText".encode()
    return open_message(message, trusted).correspondence.authenticated


@pytest.mark.parametrize(
    ("result", "verdict"),
    [
        ("dmarc=pass header.from=council.example", True),
        ("spf=fail smtp.mailfrom=x.example; dmarc=pass", True),
        ("dmarc=fail", False),
        ("dkim=pass header.d=council.example; dmarc=fail", False),
        ("dkim=pass header.d=council.example", True),
        ("dkim=pass header.i=@mail.council.example", True),
        ("dkim=pass header.d=evil.example", None),
        ("spf=pass smtp.mailfrom=jane@council.example", True),
        ("spf=pass smtp.mailfrom=evil.example; dkim=fail", False),
        ("spf=softfail smtp.mailfrom=council.example", False),
        ("none", None),
    ],
)
def test_verdicts(result, verdict):
    assert said(f"mx.tameside.example 1; {result}") is verdict


def test_only_our_own_servers_count_and_only_the_topmost_field():
    assert said("mx.evil.example; dmarc=pass") is None
    assert said("mx.evil.example; dmarc=fail", "mx.tameside.example; dmarc=pass") is None
    assert said("mx.tameside.example; dmarc=pass", trusted=()) is None


def test_microsoft_writes_no_name():
    result = "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=council.example; dmarc=pass"
    assert said(result) is True
    assert said(result, trusted=("mx.tameside.example",)) is None
