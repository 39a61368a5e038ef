"""What is done to many lines of the queue at once, and the word about it with its undo."""

from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from casework.bulk import assign_all, close_all, reopen_all
from casework.cases import hold
from casework.rights import Right
from store.desk import NOBODY, PAGE, may_see
from store.engine import writing
from store.tables import User
from web.desk.filters import chosen_in, chosen_in_query
from web.desk.page import desk_router
from web.errors import Refusal
from web.forms import LARGEST_ID
from web.i18n import _
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()
MOST = 2 * PAGE
# What the queue's address says was just done.
DONE, CASES, LEFT = "done", "cases", "left"


@dataclass(frozen=True)
class Toast:
    """What was just done, in a sentence, and the cases it can be undone for."""

    sentence: str
    undo: tuple[int, ...]
    back: str


@router.post("/bulk", dependencies=[holding(Right.ANSWER)])
def do_to_all(
    office: AtWork,
    person: SignedIn,
    act: Annotated[Literal["assign", "close", "reopen"], Form()],
    case: Annotated[list[int], Form(max_length=MOST)] = [],  # noqa: B006  # FastAPI copies it
    owner: Annotated[str, Form(max_length=10)] = "",
    back: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Assign, close, or undo closing. Cases that this person may not see stay as they are."""
    now = office.clock()
    with writing(office.engine) as session:
        held = hold(session, [case_id for case_id in case if 0 < case_id <= LARGEST_ID])
        cases = [one for one in held.values() if may_see(one.owner_id, person.sees_only)]
        user = session.get_one(User, person.id)
        if act == "assign":
            colleague = None if owner == NOBODY else _colleague(session.get(User, _id(owner)))
            done = {DONE: "assigned", CASES: str(len(assign_all(session, cases, colleague, user, now)))}
        elif act == "close":
            closed = close_all(session, cases, user, now)
            done = {DONE: "closed", CASES: ",".join(map(str, closed.cases)), LEFT: str(closed.complaints)}
        else:
            reopened = reopen_all(session, cases, user, now, office.policy)
            done = {DONE: "reopened", CASES: str(reopened)}
    return RedirectResponse(f"/desk?{chosen_in_query(back).query}&{urlencode(done)}", 303)


def toast_of(request: Request) -> Toast | None:
    """The word about what was just done; whoever forges its address can undo what may be undone anyway."""
    asked = request.query_params
    ids = [
        int(number)
        for number in asked.get(CASES, "")[:1000].split(",")
        if number.isascii() and number.isdigit()
    ]
    back = chosen_in(asked).query
    match asked.get(DONE):
        case "assigned" if ids:
            return Toast(_("已指派 %(count)d 个案件。", count=min(ids[0], MOST)), (), back)
        case "reopened" if ids:
            return Toast(_("已重新打开 %(count)d 个案件。", count=min(ids[0], MOST)), (), back)
        case "closed":
            left = asked.get(LEFT, "")
            said = [_("已关闭 %(count)d 个案件。", count=len(ids[:MOST]))]
            if left.isascii() and left.isdigit() and left.strip("0"):
                said.append(_("%(count)d 个投诉没有关闭：投诉要逐个处理。", count=min(int(left[:3]), MOST)))
            return Toast(" ".join(said), tuple(ids[:MOST]), back)
    return None


def _id(number: str) -> int:
    if not (number.isascii() and number.isdigit()):
        raise Refusal(422, _("请选择负责人，再点“指派”。"))
    return min(int(number), LARGEST_ID)


def _colleague(user: User | None) -> User:
    if user is None or not user.active:
        raise Refusal(422, _("请选择负责人，再点“指派”。"))
    return user
