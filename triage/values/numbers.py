"""NHS numbers, postcodes, telephone numbers and e-mail addresses, as typed on forms."""

from __future__ import annotations

import re
from typing import NamedTuple


class Number(NamedTuple):
    """A value or None, how sure it is (0..1), and why not surer."""

    value: str | None
    confidence: float
    doubt: str


_NHS = re.compile(r"(?<!\d)(?:\d[ \-.\u2010-\u2015\u00a0]*){9}\d(?!\d)")
_POSTCODE = re.compile(
    r"(?<![A-Z0-9])(GIR\s?0AA|[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])",
    re.IGNORECASE,
)
_LOOSE_POSTCODE = re.compile(
    r"(?<![A-Z0-9])([A-Z]{1,2}[\dOI][A-Z\d]?)\s*([\dOI][A-Z]{2})(?![A-Z0-9])", re.IGNORECASE
)
_PHONE = re.compile(
    r"(?:\+|\(|\b)\d[\d\s().\-\u2010-\u2015]{7,}\d(?:\s*(?:ext?n?\.?|extension|x|#)\s*:?\s*\d{1,6})?",
    re.IGNORECASE,
)
# An address whose domain does not end as domains do goes on in the next word.
_ENDINGS = r"(?:uk|com|org|net|example|info|eu|biz|test|invalid|ie|scot|wales|cymru|nhs|education)"
_BROKEN = re.compile(rf"@(?!\S*\.{_ENDINGS}[,;.)]?$)[\w.\-]*$|@\S*[.\-]$", re.IGNORECASE)
_BEGINNING = re.compile(r"^[a-z][a-z'\-]*[._][a-z0-9.'\-]+$")
_DOMAIN_PART = re.compile(r"^[a-z0-9\-]*\.?[a-z0-9.\-]+[,;.)]?$")
_EMAIL = re.compile(r"[A-Z0-9._%+'\-]+@[A-Z0-9\-]+(?:\.[A-Z0-9\-]+)+", re.IGNORECASE)


def nhs_check_digit(first_nine: str) -> int | None:
    """The tenth digit by modulus 11; None where it would be 10, which is never given."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True)
    )
    check = (11 - total % 11) % 11
    return None if check == 10 else check


def nhs_number(text: str) -> Number:
    """Ten digits. One that fails its check digit is kept as typed, with a doubt."""
    match = _NHS.search(text)
    if match is None:
        digits = re.sub(r"\D", "", text)
        if 8 <= len(digits) <= 11:
            return Number(digits, 0.5, "an NHS number has ten digits")
        return Number(None, 0.4, "no NHS number could be read")
    digits = re.sub(r"\D", "", match[0])
    if any(re.sub(r"\D", "", other[0]) != digits for other in _NHS.finditer(text)):
        return Number(digits, 0.7, "more than one NHS number is given")
    if nhs_check_digit(digits[:9]) != int(digits[9]):
        return Number(digits, 0.7, "the NHS number's check digit is wrong")
    return Number(digits, 0.99, "")


def postcode(text: str) -> Number:
    """A UK postcode, alone or the last one in an address, as 'SK14 1AA'."""
    if found := _POSTCODE.findall(text):
        several = len({_spaced(code) for code in found}) > 1
        doubt = "more than one postcode is given" if several else ""
        return Number(_spaced(found[-1]), 0.8 if several else 0.99, doubt)
    if loose := _LOOSE_POSTCODE.findall(text):
        outward, inward = loose[-1]
        fixed = outward[:1] + outward[1:].upper().replace("O", "0").replace("I", "1")
        inner = inward[:1].upper().replace("O", "0").replace("I", "1") + inward[1:]
        return Number(f"{fixed.upper()} {inner.upper()}", 0.7, "the postcode is not quite in form")
    return Number(None, 0.4, "no postcode could be read")


def telephone(text: str) -> Number:
    """Digits of a telephone number; an extension follows as ' ext 123', a second after ' / '."""
    found = [_digits(match[0]) for match in _PHONE.finditer(text)]
    if not found:
        return Number(None, 0.4, "no telephone number could be read")
    sure = all(_usual(n.split(" ")[0]) for n in found)
    return Number(" / ".join(found), 0.98 if sure else 0.7, "" if sure else "not a usual length")


def _usual(digits: str) -> bool:
    """As long as numbers are: here ten or eleven digits, mobiles eleven; more with +44 or 0044."""
    if digits.startswith("07"):
        return len(digits) == 11
    return 10 <= len(digits.lstrip("+")) <= (14 if digits.startswith("00") else 13)


def mended_email(text: str) -> str:
    """A text in which an e-mail address that a narrow column broke is whole again."""
    words = re.sub(r"\s*@\s*", "@", text).split(" ")
    at = 0
    while at < len(words) - 1:
        if _goes_on(words[at], words[at + 1]):
            words[at : at + 2] = [words[at] + words[at + 1]]
        else:
            at += 1
    return " ".join(words)


def _goes_on(word: str, after: str) -> bool:
    """Whether a word is the beginning of an address and the next its end."""
    if "@" in word:
        broken = _BROKEN.search(word) or after.startswith(".")
        return bool(broken and _DOMAIN_PART.match(after))
    return bool(_BEGINNING.match(word) and re.match(r"^[a-z0-9.\-]{0,12}@", after))


def email(text: str) -> Number:
    """The first e-mail address."""
    found = _EMAIL.findall(mended_email(text))
    if not found:
        return Number(None, 0.4, "no e-mail address could be read")
    if len(set(found)) > 1:
        return Number(found[0], 0.8, "more than one e-mail address is given")
    address = found[0].strip(".'")
    if not re.search(rf"\.{_ENDINGS}$", address, re.IGNORECASE):
        return Number(address, 0.9, "this address does not end as addresses do")
    return Number(address, 0.99, "")


def _spaced(code: str) -> str:
    close = re.sub(r"\s", "", code).upper()
    return f"{close[:-3]} {close[-3:]}"


def _digits(typed: str) -> str:
    number, *extension = re.split(
        r"\s*(?:ext?n?\.?|extension|x|#)\s*:?\s*", typed, maxsplit=1, flags=re.I
    )
    digits = ("+" if number.startswith("+") else "") + re.sub(r"\D", "", number)
    return f"{digits} ext {extension[0]}" if extension else digits
