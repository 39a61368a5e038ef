"""The tables, by subject. Everybody imports them from here."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

# Names that both databases and Alembic agree on, so that a later migration can find what it changes.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

from store.tables.cases import (  # noqa: E402
    KINDS,
    SEVERITIES,
    Attachment,
    Case,
    CaseStatus,
    Correction,
    Deadline,
    DeadlineKind,
    Direction,
    Message,
    MessageReading,
    RequirementStatus,
    SpecialRequirement,
    case_number,
)
from store.tables.history import AuditLog, Event  # noqa: E402
from store.tables.people import (  # noqa: E402
    Channel,
    Contact,
    ContactAddress,
    Customer,
    CustomerStatus,
    Role,
    User,
    UserSession,
    customer_code,
)
from store.tables.queues import (  # noqa: E402
    Credential,
    Incoming,
    IncomingState,
    Listener,
    Outgoing,
    OutgoingKind,
    OutgoingState,
)
from store.tables.surveys import (  # noqa: E402
    CampaignState,
    SurveyCampaign,
    SurveyInvitation,
    SurveyResponse,
)

metadata: MetaData = SQLModel.metadata

__all__ = [
    "KINDS",
    "SEVERITIES",
    "Attachment",
    "AuditLog",
    "CampaignState",
    "Case",
    "CaseStatus",
    "Channel",
    "Contact",
    "ContactAddress",
    "Correction",
    "Credential",
    "Customer",
    "CustomerStatus",
    "Deadline",
    "DeadlineKind",
    "Direction",
    "Event",
    "Incoming",
    "IncomingState",
    "Listener",
    "Message",
    "MessageReading",
    "Outgoing",
    "OutgoingKind",
    "OutgoingState",
    "RequirementStatus",
    "Role",
    "SpecialRequirement",
    "SurveyCampaign",
    "SurveyInvitation",
    "SurveyResponse",
    "User",
    "UserSession",
    "case_number",
    "customer_code",
    "metadata",
]
