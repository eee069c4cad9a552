"""The register of partner agencies: who they are and which addresses are theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PARTNERS = ("csc", "gmp", "icb")
"""The three safeguarding partners (Children Act 2004 s16E): always expected to contribute."""


@dataclass(frozen=True, slots=True)
class PartnerAgency:
    """One agency. `domains` and `addresses` are lower case; shared domains are left out.

    `contacts` are bare addresses to write to, the first before its deputies; `manager` is whom
    to turn to when no answer comes, '' if not known.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    manager: str = ""


@dataclass(frozen=True, slots=True)
class AgencyRegister:
    """Every agency by id, in the order of the file."""

    agencies: Mapping[str, PartnerAgency]
    shared_domains: frozenset[str] = frozenset()

    def name(self, agency: str) -> str:
        """The agency's name; the id itself for one no longer in the register."""
        known = self.agencies.get(agency)
        return known.name if known else agency

    def aliases(self) -> Mapping[str, str]:
        """Id, name and every alias of each agency -> its id."""
        return {
            alias: agency.id
            for agency in self.agencies.values()
            for alias in (agency.id, agency.name, *agency.aliases)
        }

    def contact(self, agency: str, manager: bool = False) -> str:
        """The address to write to; with `manager` the manager's, if known. '' if there is none."""
        known = self.agencies.get(agency)
        if known is None:
            return ""
        first = known.contacts[0] if known.contacts else ""
        return known.manager or first if manager else first

    def of_address(self, address: str) -> str | None:
        """The agency an e-mail address belongs to: by full address, else by its domain.

        Domains that many bodies share (nhs.net) count by full address only.
        """
        address = address.lower()
        for agency in self.agencies.values():
            if address in (*agency.addresses, *agency.contacts, agency.manager):
                return agency.id
        domain = address.rpartition("@")[2]
        if not domain or domain in self.shared_domains:
            return None
        return self._of_domain(domain)

    def _of_domain(self, domain: str) -> str | None:
        for agency in self.agencies.values():
            if any(domain == own or domain.endswith("." + own) for own in agency.domains):
                return agency.id
        return None

    def called(self, text: str) -> str | None:
        """The agency with this id, name or alias, however it is spaced or capitalised."""
        wanted = _folded(text)
        for agency in self.agencies.values():
            if wanted in map(_folded, (agency.id, agency.name, *agency.aliases)):
                return agency.id
        return None


def register_of(agencies: Sequence[PartnerAgency], shared: Sequence[str]) -> AgencyRegister:
    """A register of these agencies; ids must differ (ValueError names the repeated one)."""
    by_id = {agency.id: agency for agency in agencies}
    if len(by_id) != len(agencies):
        ids = [agency.id for agency in agencies]
        raise ValueError(f"agency ids given twice: {sorted({i for i in ids if ids.count(i) > 1})}")
    return AgencyRegister(by_id, frozenset(shared))


def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
