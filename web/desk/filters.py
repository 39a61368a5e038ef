"""The queue's filters as they stand in its address, and what they ask of the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from store.desk import NOBODY, Wanted
from store.desk_counts import ALL
from store.tables import KINDS, SEVERITIES, CaseStatus
from web.inert import clean_input
from web.signed_in import Person

STATUSES = (*(status.value for status in CaseStatus), ALL)


@dataclass(frozen=True)
class Chosen:
    """The filters as they stand in the address."""

    status: str
    kind: str
    severity: str
    requirement: str
    owner: str
    q: str

    def address(self, **changes: str) -> str:
        """The queue with some filters changed; a filter set to what it is already is taken off."""
        values = dict(vars(self))
        for name, value in changes.items():
            values[name] = "" if values.get(name) == value and name != "status" else value
        query = urlencode({name: value for name, value in values.items() if value})
        return f"/desk?{query}" if query else "/desk"

    @property
    def query(self) -> str:
        """The filters as a saved view keeps them."""
        return urlencode({name: value for name, value in vars(self).items() if value})

    @property
    def narrowed(self) -> bool:
        """Whether anything but the status is filtered."""
        return any((self.kind, self.severity, self.requirement, self.owner, self.q))


def chosen_in(asked: Mapping[str, str]) -> Chosen:
    """The filters of an address as far as we know them; whoever searches, searches everywhere."""
    q, status, owner = (
        clean_input(asked.get("q", ""))[:200].strip(),
        asked.get("status", ""),
        asked.get("owner", ""),
    )
    kind, severity = asked.get("kind", ""), asked.get("severity", "")
    if status not in STATUSES:
        status = ALL if q else CaseStatus.OPEN.value
    known_owner = owner == NOBODY or (owner.isascii() and owner.isdigit() and len(owner) < 10)
    return Chosen(
        status=status,
        kind=kind if kind in KINDS else "",
        severity=severity if severity in SEVERITIES else "",
        requirement=clean_input(asked.get("requirement", "")[:40]),
        owner=owner if known_owner else "",
        q=q,
    )


def chosen_in_query(query: str) -> Chosen:
    """The same from the written form, such as a saved view's."""
    return chosen_in(dict(parse_qsl(query[:1000])))


def wanted_by(chosen: Chosen, person: Person) -> Wanted:
    """What this person gets to see with these filters."""
    return Wanted(
        status=None if chosen.status == ALL else chosen.status,
        kind=chosen.kind or None,
        severity=chosen.severity or None,
        requirement=chosen.requirement or None,
        owner=chosen.owner or None,
        q=chosen.q,
        sees_only=person.sees_only,
        band=chosen.status == CaseStatus.OPEN and not chosen.severity and not chosen.q,
    )
