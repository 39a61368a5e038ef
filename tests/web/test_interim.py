"""The interim reply and the clocks on the case page, and the queue's word for what is due."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select, update

from store.engine import reading, writing
from store.tables import AuditLog, Case, Deadline, DeadlineKind, Message, Outgoing, OutgoingKind, User
from tests.web.conftest import Browser, Clock, on_both
from tests.web.filled import NOW

pytestmark = on_both
ORDER = "/desk/cases/HY-000003"
CALL = "/desk/cases/HY-000007"
GIVEN = {"final_by": "2026-11-25T17:30", "departments": "技术、品质", "detail": "热处理要外协，等报价"}


def send(client: httpx.Client, engine: Engine, address: str = ORDER, **changes: str) -> httpx.Response:
    seen = str(newest(engine, int(address[-6:])))
    return client.post(f"{address}/interim", data=GIVEN | {"seen": seen} | changes)


def newest(engine: Engine, case_id: int) -> int:
    """The newest message, as the page of this moment carries it."""
    with reading(engine) as session:
        found = session.exec(select(Message).where(col(Message.case_id) == case_id))
        return max(message.id or 0 for message in found)


def interims(engine: Engine) -> list[Outgoing]:
    with reading(engine) as session:
        return list(session.exec(select(Outgoing).where(col(Outgoing.kind) == OutgoingKind.INTERIM)))


def test_it_sends_the_fixed_words_and_the_case_waits_for_the_promised_day(
    wang: httpx.Client, engine: Engine
) -> None:
    assert send(wang, engine).headers["location"] == f"{ORDER}?sent=1#end"
    (letter,) = interims(engine)
    assert "2026-11-25 17:30" in letter.text
    assert "品質" not in letter.text
    assert "外协" not in letter.text
    page = wang.get(ORDER).text
    assert "已答应 2026-11-25 17:30 前给最终答复" in page
    assert '<span class="tag">先行答复</span>' in page
    assert "先行答复：答应 2026-11-25 17:30 前最终答复；会同 技术、品质；热处理要外协，等报价" in page
    assert '<span class="by">最终答复</span>' in wang.get("/desk").text


def test_the_form_sent_twice_is_one_interim_reply(wang: httpx.Client, engine: Engine) -> None:
    seen = newest(engine, 3)
    for _time in range(2):
        assert send(wang, engine, seen=str(seen)).status_code == 303
    assert len(interims(engine)) == 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"final_by": "soon"}, "请选择最终答复的日期和时间"),
        ({"final_by": "9999-12-31T23:59"}, "请选择最终答复的日期和时间"),
        ({"final_by": "2026-11-19T10:00"}, "必须晚于现在"),
        ({"departments": " "}, "请写明会同的部门"),
        ({"detail": ""}, "请写明会同的部门"),
    ],
)
def test_it_says_what_is_missing_and_keeps_the_rest(
    wang: httpx.Client, engine: Engine, changes: dict[str, str], problem: str
) -> None:
    answer = send(wang, engine, **changes)
    assert answer.status_code == 422
    assert problem in answer.text
    assert '<details class="interim" id="interim" open>' in answer.text
    assert (GIVEN | changes)["detail"] in answer.text
    assert interims(engine) == []


def test_it_lets_a_message_that_just_came_be_read_first(wang: httpx.Client, engine: Engine) -> None:
    answer = send(wang, engine, seen="0")
    assert answer.status_code == 409
    assert GIVEN["detail"] in answer.text
    assert interims(engine) == []


def test_by_telephone_it_is_only_noted(wang: httpx.Client, engine: Engine) -> None:
    assert "系统只记录，不发送" in wang.get(CALL).text
    assert send(wang, engine, CALL).status_code == 303
    assert interims(engine) == []
    with reading(engine) as session:
        assert session.get_one(Case, 7).due_clock == "final_reply"


def test_the_promised_time_is_read_in_the_zone_of_who_promises(browser: Browser, engine: Engine) -> None:
    with writing(engine) as session:
        session.exec(update(User).where(col(User.name) == "王芳").values(timezone="Europe/Berlin"))
    berlin = browser("王芳")
    assert "最终答复时间（Europe/Berlin）" in berlin.get(ORDER).text
    assert send(berlin, engine, final_by="2026-11-25T10:00").status_code == 303
    with reading(engine) as session:
        assert session.get_one(Case, 3).due_at == datetime(2026, 11, 25, 9, tzinfo=UTC)


def test_only_those_who_answer_may_send_one(browser: Browser, engine: Engine) -> None:
    with writing(engine) as session:
        session.exec(update(User).where(col(User.name) == "Grace Lin").values(role="quality"))
    quality = browser("Grace Lin")
    assert "interim" not in quality.get(ORDER).text
    assert send(quality, engine).status_code == 403
    assert send(browser("陈志远"), engine).status_code == 403  # another's case
    assert interims(engine) == []


def test_it_shows_every_clock_of_the_case_and_which_leans_on_an_unpublished_year(
    wang: httpx.Client, engine: Engine
) -> None:
    with writing(engine) as session:
        session.add(
            Deadline(
                case_id=3,
                kind=DeadlineKind.CORRECTIVE_ACTION,
                user_id=1,
                started_at=NOW,
                due_at=NOW + timedelta(days=45),
                assumed=True,
            )
        )
    page = wang.get(ORDER).text
    side = page[page.index('<section class="clocks">') :]
    assert [side.index(words) for words in ("首次答复", "解决", "纠正和预防措施")] == sorted(
        side.index(words) for words in ("首次答复", "解决", "纠正和预防措施")
    )
    assert "按周一至周五推算：计算时 2027 年的放假安排尚未公布" in side


def test_times_stand_in_the_zone_of_who_looks_also_over_summer_time(
    browser: Browser, engine: Engine, clock: Clock
) -> None:
    moment = datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )  # half past two in Berlin, for the first time that night
    with writing(engine) as session:
        session.exec(update(User).where(col(User.name) == "赵敏").values(timezone="Europe/Berlin"))
        for later in (0, 1):
            log = AuditLog(at=moment + timedelta(hours=later), action="closed", case_id=3, user_id=1)
            session.add(log)
    berlin, shanghai = browser("赵敏").get(ORDER).text, browser("王芳").get(ORDER).text
    assert berlin.count('<time title="2026-10-25 02:30">') == 2
    assert '<time title="2026-10-25 08:30">' in shanghai
    assert '<time title="2026-10-25 09:30">' in shanghai
