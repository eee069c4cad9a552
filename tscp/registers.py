"""The data files (agencies, clocks, bank holidays) as the domain's objects.

Built-in files come first; files named in the settings add to them and win by id, name or date.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from triage.agencies import AgencyRegister, PartnerAgency, register_of
from triage.problem import Explained
from triage.today import ClockRule
from triage.working_days import Calendar

YEARS = range(2015, 2041)
"""The years whose bank holidays are known to the service."""


class DataFileWrong(Explained):
    """A data file cannot be used; the text names the file, the entry and what would be right."""


def agencies_of(files: Sequence[Path]) -> AgencyRegister:
    """The register; an agency that a later file names again takes that file's values."""
    found: dict[str, PartnerAgency] = {}
    shared: list[str] = []
    for file in files:
        content = _toml(file)
        shared += content.get("shared_domains", [])
        for entry in _entries(content, "agency", file):
            known = found.get(str(entry.get("id", "")))
            found[_text(entry, "id", file)] = _agency(entry, known, file)
    return register_of(list(found.values()), shared)


def _agency(entry: Mapping[str, Any], known: PartnerAgency | None, file: Path) -> PartnerAgency:
    def texts(key: str, before: tuple[str, ...]) -> tuple[str, ...]:
        value = entry.get(key)
        if value is None:
            return before
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise DataFileWrong(f"{file}: agency {entry['id']}: {key} is a list of texts")
        return tuple(value)

    known = known or PartnerAgency("", "")
    return PartnerAgency(
        id=_text(entry, "id", file),
        name=entry["name"] if "name" in entry else known.name or _text(entry, "name", file),
        aliases=texts("aliases", known.aliases),
        domains=tuple(d.lower().lstrip("@") for d in texts("domains", known.domains)),
        addresses=tuple(a.lower() for a in texts("addresses", known.addresses)),
        contacts=tuple(_bare(a, entry, file) for a in texts("contacts", known.contacts)),
        manager=_bare(entry["manager"], entry, file) if entry.get("manager") else known.manager,
    )


def _bare(text: object, entry: Mapping[str, Any], file: Path) -> str:
    """The address in 'Name <address>', lower case."""
    address = parseaddr(text)[1].lower() if isinstance(text, str) else ""
    if not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", address):
        right = 'contacts and manager are e-mail addresses such as "safeguarding@example.org"'
        raise DataFileWrong(f"{file}: agency {entry['id']}: {right}")
    return address


def clocks_of(files: Sequence[Path]) -> Mapping[str, ClockRule]:
    """The clocks by name."""
    found: dict[str, ClockRule] = {}
    for file in files:
        for entry in _entries(_toml(file), "clock", file):
            days = entry.get("days")
            if not isinstance(days, int) or days < 1:
                raise DataFileWrong(f"{file}: clock {entry.get('name')}: days is a number from 1")
            name = _text(entry, "name", file)
            found[name] = ClockRule(
                name=name,
                start_event=_text(entry, "start_event", file),
                days=days,
                source=_text(entry, "source", file),
                local_days=entry.get("local_days"),
            )
    return found


def calendar_of(files: Sequence[Path]) -> Calendar:
    """England's bank holidays from the `holidays` package, corrected by the files."""
    import holidays

    days = set(holidays.country_holidays("GB", subdiv="ENG", years=YEARS))
    for file in files:
        content = _toml(file)
        days |= set(_dates(content, "add", file))
        days -= set(_dates(content, "remove", file))
    return Calendar(frozenset(days))


def _dates(content: Mapping[str, Any], key: str, file: Path) -> Iterable[date]:
    value = content.get(key, [])
    if not isinstance(value, list) or not all(type(item) is date for item in value):
        raise DataFileWrong(f"{file}: {key} is a list of dates such as 2027-05-08")
    return value


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataFileWrong(f"{file}: cannot be read as TOML: {error}") from None


def _entries(content: Mapping[str, Any], noun: str, file: Path) -> list[dict[str, Any]]:
    entries = content.get(noun, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise DataFileWrong(f"{file}: each {noun} is a [[{noun}]] table")
    return entries


def _text(entry: Mapping[str, Any], key: str, file: Path) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value:
        raise DataFileWrong(f"{file}: an entry has no {key}: every one needs it as a text")
    return value
