"""Departments: who judges what in a review (S0 3.2, S1 4.1 to 4.7). Data: a company has its own."""

from sqlmodel import Session, col, select

from casework.reviews.errors import ReviewError
from casework.rights import Right, demand, may
from store.tables import Department, Role, User

TECHNICAL, PRODUCTION, PURCHASING = "technical", "production", "purchasing"
QUALITY, FINANCE, SALES = "quality", "finance", "sales"
PLANNING, EQUIPMENT, WAREHOUSE = "planning", "equipment", "warehouse"
# As shipped, in the order of the form; what each judges is worded at the desk.
DEPARTMENTS = (
    *(TECHNICAL, PRODUCTION, PURCHASING, QUALITY, FINANCE, SALES),
    *(PLANNING, EQUIPMENT, WAREHOUSE),
)
# Told of every accepted order, whoever reviewed it: production and delivery (S1 5.3.2).
CARRY_OUT = (PRODUCTION, WAREHOUSE)
_OF_ROLE = {Role.SALES: SALES, Role.HEAD: SALES, Role.QUALITY: QUALITY}


def departments(session: Session) -> list[Department]:
    """All there are, in the order of the form."""
    return list(session.exec(select(Department).order_by(col(Department.place), col(Department.key))))


def working(session: Session) -> tuple[str, ...]:
    """The keys of those that are asked and told, in the order of the form."""
    return tuple(department.key for department in departments(session) if department.active)


def department_of(user: User) -> str | None:
    """A person's department: the one that stands with the name, else the one of the role."""
    return user.department or department_of_role(user.role)


def department_of_role(role: Role) -> str | None:
    """Where people of this role work unless it is said otherwise."""
    return _OF_ROLE.get(role)


def people_of(session: Session, departments: tuple[str, ...]) -> dict[str, list[User]]:
    """The active people of each department."""
    found: dict[str, list[User]] = {department: [] for department in departments}
    for user in session.exec(select(User).where(col(User.active)).order_by(col(User.id))):
        department = department_of(user)
        if department in found:
            found[department].append(user)
    return found


def voices(session: Session, user: User, departments: tuple[str, ...]) -> set[str]:
    """For which of these departments this person may sign.

    A manager speaks for a department that has nobody: else its review could never end.
    """
    if not may(user.role, Right.GIVE_OPINION):
        return set()
    own = {department for department in departments if department == department_of(user)}
    if user.role != Role.MANAGER:
        return own
    return own | {name for name, people in people_of(session, departments).items() if not people}


def demand_voice(session: Session, user: User, department: str) -> None:
    """Go on only if this person speaks for the department; raises NotAllowed or ReviewError."""
    demand(user, Right.GIVE_OPINION)
    if department not in voices(session, user, (department,)):
        raise ReviewError("Only people of this department may sign for it.")
