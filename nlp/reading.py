"""What we understood of one message, and the words that told us so.

Plain values only: importing this module loads nothing else of the reader.
"""

from datetime import date
from enum import StrEnum
from typing import Any, Literal, NamedTuple

Field = Literal["subject", "text"]


class Kind(StrEnum):
    """What the customer wants of us."""

    INQUIRY = "inquiry"
    ORDER = "order"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    OTHER = "other"


class Severity(StrEnum):
    """How serious a complaint is: 轻度, 中度, 重度."""

    LIGHT = "light"
    MODERATE = "moderate"
    SEVERE = "severe"

    @property
    def rank(self) -> int:
        """0 for light, 2 for severe."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


def higher(first: Severity, second: Severity) -> Severity:
    """The graver of two severities."""
    return max(first, second, key=_RANKS.__getitem__)


class Source(StrEnum):
    """Where a requirement comes from: 明示, 隐含, 法律法规, 组织附加."""

    STATED = "stated"
    IMPLIED = "implied"
    STATUTORY = "statutory"
    OWN = "own"


class Evidence(NamedTuple):
    """The words behind one label. Offsets count code points of the text as it came."""

    label: str
    field: Field
    start: int
    end: int
    text: str
    rule: str

    def as_json(self) -> dict[str, Any]:
        """The shape `huiyin read --jsonl` promises."""
        return self._asdict()


class Requirement(NamedTuple):
    """One thing the sender requires us to meet, in the sentence that says so."""

    category: str
    source: Source
    sentence: str
    deadline: date | None = None


class Entities(NamedTuple):
    """What the message names. What is not clear is None: no entity rather than a wrong one.

    All are words of the message except `quantity`, a plain number (2万 → 20000), and `due_date`,
    which is `due_date_text` resolved against the message's own date.
    """

    product: str | None = None
    part_no: str | None = None
    order_no: str | None = None
    quantity: int | float | None = None
    quantity_unit: str | None = None
    due_date_text: str | None = None
    due_date: date | None = None
    claim_amount: str | None = None

    def as_json(self) -> dict[str, Any]:
        """All eight names; a date as YYYY-MM-DD."""
        return self._asdict() | {"due_date": self.due_date.isoformat() if self.due_date else None}


class Reading(NamedTuple):
    """What one message is, how serious, what it requires, what it names — and why."""

    language: str
    kind: Kind
    confidence: float
    severity: Severity | None = None
    requirements: tuple[Requirement, ...] = ()
    entities: Entities = Entities()
    auto_generated: str | None = None
    order_change: bool = False
    claim: bool = False
    evidence: tuple[Evidence, ...] = ()

    @property
    def special_requirements(self) -> tuple[str, ...]:
        """The categories required, each once, in the order met."""
        return tuple(dict.fromkeys(requirement.category for requirement in self.requirements))

    def as_json(self) -> dict[str, Any]:
        """The shape `huiyin read --jsonl` promises, without the id."""
        return {
            "language": self.language,
            "kind": self.kind.value,
            "confidence": round(self.confidence, 3),
            "severity": self.severity.value if self.severity else None,
            "special_requirements": list(self.special_requirements),
            "entities": self.entities.as_json(),
            "auto_generated": self.auto_generated,
            "evidence": [evidence.as_json() for evidence in self.evidence],
        }
