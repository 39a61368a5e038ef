"""The departments of the filled desk: those who review an order."""

from sqlmodel import Session

from store.tables import Role, User
from tests.web.filled import NOW, PASSWORD_HASH

DEPARTMENTS = {
    "孙工": (Role.REVIEWER, "technical"),
    "李厂长": (Role.REVIEWER, "production"),
    "何采购": (Role.REVIEWER, "purchasing"),
    "杨品质": (Role.QUALITY, None),
    "钱会计": (Role.REVIEWER, "finance"),
    "库管老吴": (Role.REVIEWER, "warehouse"),
    "副总周强": (Role.MANAGER, None),
}


def hire_reviewers(session: Session) -> None:
    """Everybody whose opinion an order may need."""
    session.add_all(
        User(
            name=name,
            role=role,
            department=department,
            password_hash=PASSWORD_HASH,
            created_at=NOW,
        )
        for name, (role, department) in DEPARTMENTS.items()
    )
