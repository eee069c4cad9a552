"""The new text of a mail told from what it quotes, its signature and its disclaimers."""

from __future__ import annotations

import re
from itertools import takewhile

_QUOTED = re.compile(r"\s{0,3}>(?!\s?\d)")
_QUOTED_AFTER_QUOTE = re.compile(r"\s{0,3}>")
_WROTE = re.compile(
    r"\s*(?:on|le|am|el|op)\b.{5,300}\b(?:wrote|a écrit|schrieb|escribió|schreef)\s*:\s*$",
    re.IGNORECASE | re.DOTALL,
)
_DIVIDER = re.compile(
    r"\s*(?:-{2,}\s*(?:original message|original appointment|forwarded message|forwarded by\b.*)"
    r"\s*-*|begin forwarded message:|_{20,})\s*$",
    re.IGNORECASE,
)
_FROM_LINE = re.compile(r"\s*\*?from\s*:\*?\s*\S", re.IGNORECASE)
_HEADER_LINE = re.compile(r"\s*\*?(sent|date|to|cc|subject|importance)\s*:\*?", re.IGNORECASE)
_SIGNATURE = re.compile(r"-- ?$")
_SENT_FROM = re.compile(
    r"\s*(?:sent from (?:my|outlook|yahoo|mail)\b.{0,60}|get outlook for .{0,60})$", re.IGNORECASE
)
LONGEST_SIGNATURE = 12
LONGEST_NEW_TEXT = 300_000

_BANNER = re.compile(
    r"\W*(?:caution|warning|external|\[external\])\b.{0,120}"
    r"(?:originated|outside|external|unknown sender|came from)",
    re.IGNORECASE | re.DOTALL,
)
_DISCLAIMER = re.compile(
    r"\W*(?:(?:confidentiality|legal|privacy) (?:notice|disclaimer)|disclaimer\b"
    r"|(?:important:?\s+|please note:?\s+)?(?:this|the information (?:contained )?in this)\s+"
    r"(?:e-?mail|message|communication|transmission)\b.{0,200}"
    r"(?:confidential|intended|privileged|virus|monitor|disclos|solely))",
    re.IGNORECASE | re.DOTALL,
)
_MORE_DISCLAIMER = re.compile(
    r"intended recipient|confidential|privileged|virus|malware|monitored|unauthori[sz]ed|"
    r"disclos|freedom of information|data protection|privacy notice|registered (?:office|in)|"
    r"before printing|received (?:this|it|the message) in error|views expressed|^[\s*_=-]+$",
    re.IGNORECASE,
)


def new_text(text: str) -> str:
    """The text without quoted mails, signature and disclaimers; answers between quotes stay."""
    lines = _unquoted(text[:LONGEST_NEW_TEXT].split("\n"))
    lines = _without_signature(lines)
    return _without_disclaimers("\n".join(lines)).strip()


def _unquoted(lines: list[str]) -> list[str]:
    kept: list[str] = []
    at, after_quote = 0, False
    while at < len(lines):
        line = lines[at]
        if (_QUOTED_AFTER_QUOTE if after_quote else _QUOTED).match(line):
            after_quote = True
            at += 1
            continue
        after_quote = after_quote and not line.strip()
        if _starts_quoted_mail(lines, at):
            break
        attribution = _attribution(lines, at)
        if attribution and not _quote_follows(lines, at + attribution):
            break
        at += attribution or 1
        if not attribution:
            kept.append(line)
    return kept


def _starts_quoted_mail(lines: list[str], at: int) -> bool:
    """Outlook's way: a divider, or From: with Sent:, To:, Subject: below; all after is old."""
    line = lines[at]
    if _DIVIDER.match(line):
        # A line of underscores is also drawn by people: only with a header below does it count.
        return "_" not in line or _header_within(lines, at + 1)
    return bool(_FROM_LINE.match(line)) and _header_below(lines, at)


def _header_within(lines: list[str], at: int) -> bool:
    return any(
        _FROM_LINE.match(lines[i]) and _header_below(lines, i)
        for i in range(at, min(at + 3, len(lines)))
    )


def _header_below(lines: list[str], at: int) -> bool:
    below = [line for line in lines[at + 1 : at + 12] if line.strip()][:6]
    names = {found.group(1).lower() for line in below if (found := _HEADER_LINE.match(line))}
    return bool(names & {"sent", "date"}) and bool(names & {"to", "subject"})


def _attribution(lines: list[str], at: int) -> int:
    """How many lines 'On … wrote:' takes up here; 0 if it is none."""
    if not lines[at].strip():
        return 0
    for count in (1, 2, 3):
        if _WROTE.match("\n".join(line[:300] for line in lines[at : at + count])):
            return count
    return 0


def _quote_follows(lines: list[str], at: int) -> bool:
    rest = (line for line in lines[at : at + 5] if line.strip())
    return bool(_QUOTED_AFTER_QUOTE.match(next(rest, "")))


def _without_signature(lines: list[str]) -> list[str]:
    """Cut at the last '-- ' (RFC 3676, 4.3) if what follows is as short as a signature."""
    marks = [i for i, line in enumerate(lines) if _SIGNATURE.match(line)]
    if marks and sum(bool(line.strip()) for line in lines[marks[-1] + 1 :]) <= LONGEST_SIGNATURE:
        lines = lines[: marks[-1]]
    dull = len(list(takewhile(_is_dull, reversed(lines))))
    return lines[: len(lines) - dull]


def _is_dull(line: str) -> bool:
    return not line.strip() or bool(_SENT_FROM.match(line))


def _without_disclaimers(text: str) -> str:
    """Paragraph by paragraph, and only what is worded like one: content may stand below it."""
    kept: list[str] = []
    inside = False
    for paragraph in re.split(r"\n[ \t]*\n", text):
        start = paragraph.strip()[:600]
        inside = bool(_DISCLAIMER.match(start)) or (
            inside and bool(_MORE_DISCLAIMER.search(start)) and len(start) > 20
        )
        if not inside and not _BANNER.match(start):
            kept.append(paragraph)
    return "\n\n".join(kept)
