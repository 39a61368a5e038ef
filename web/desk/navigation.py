"""The way through the desk: its places in the bar at the top, and the rooms of the place one is in."""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.rights import Right
from web.i18n import _
from web.signed_in import Person


@dataclass(frozen=True)
class Room:
    """One page that a bar leads to."""

    address: str
    name: str
    right: Right | None = None

    def leads_to(self, path: str) -> bool:
        """Whether the page at this path belongs to the room."""
        return path == self.address or path.startswith(f"{self.address}/")


@dataclass(frozen=True)
class Place:
    """An entry of the bar at the top; `rooms` are the pages it holds, the first one first."""

    key: str
    name: str
    rooms: tuple[Room, ...]

    def holds(self, path: str) -> bool:
        """Whether one is there."""
        return any(room.leads_to(path) for room in self.rooms)


@dataclass(frozen=True)
class Bar:
    """The places open to a person, and the one that the page belongs to."""

    places: list[Place]
    here: Place | None


def bar_for(person: Person, path: str) -> Bar:
    """The bar above the page at this path; the queue holds what no other place does."""
    places = _open_to(person)
    inner = [place for place in places if place.key != "queue" and place.holds(path)]
    queue = [place for place in places if place.key == "queue"]
    return Bar(places, next(iter(inner + queue), None))


def _open_to(person: Person) -> list[Place]:
    """The places this person may enter, with the rooms open to them."""
    found = []
    for place in _places():
        rooms = tuple(room for room in place.rooms if room.right is None or person.may(room.right))
        if rooms:
            found.append(Place(place.key, place.name, rooms))
    return found


def _places() -> Iterator[Place]:
    yield Place("queue", _("队列"), (Room("/desk", _("队列")),))
    yield Place(
        "complaints",
        _("投诉处理"),
        (
            Room("/desk/complaints", _("投诉处理")),
            Room("/desk/complaints/summary", _("月度统计表"), Right.READ_REPORTS),
            Room("/desk/service-orders", _("服务通知单")),
        ),
    )
    yield Place(
        "reviews",
        _("订单评审"),
        (Room("/desk/reviews", _("合同台账")), Room("/desk/routes", _("评审方式与部门"))),
    )
    yield Place(
        "customers",
        _("客户档案"),
        (
            Room("/desk/customers", _("客户档案")),
            Room("/desk/requirements", _("特殊要求清单")),
            Room("/desk/plan", _("服务年度计划")),
        ),
    )
    yield Place(
        "surveys",
        _("满意度"),
        (
            Room("/desk/surveys", _("满意度")),
            Room("/desk/survey-actions", _("改进措施")),
            Room("/desk/dissatisfied", _("不满意的客户")),
            Room("/desk/questionnaires", _("问卷")),
            Room("/desk/deliveries", _("交付数据"), Right.READ_REPORTS),
        ),
    )
    yield Place(
        "reports",
        _("报表"),
        (
            Room("/desk/reports", _("报表"), Right.READ_REPORTS),
            Room("/desk/market", _("市场信息"), Right.READ_REPORTS),
        ),
    )
    yield Place("new", _("登记"), (Room("/desk/new", _("登记"), Right.ANSWER),))
    yield Place("notices", _("通知"), (Room("/desk/notices", _("通知")),))
    yield Place(
        "house",
        _("运行"),
        (
            Room("/desk/health", _("运行"), Right.KEEP_HOUSE),
            Room("/desk/quarantine", _("隔离区"), Right.KEEP_HOUSE),
            Room("/desk/log", _("操作日志"), Right.KEEP_HOUSE),
            Room("/desk/calendar", _("工作日历"), Right.DECIDE_POLICY),
        ),
    )
