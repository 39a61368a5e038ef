"""Clocks of a case: which run, which is the nearest, what an answer and an interim reply do to them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.clock import rings
from bot.sending import SendError
from casework import clocks
from casework.calendar_days import add_own_day
from casework.clocks import ANSWERS
from casework.handling import close, correct, reopen
from casework.policy import REPLIES, Counted, ReplyTargets, Target
from casework.replies import ReplyError, interim
from casework.rights import NotAllowed
from nlp.reading import Kind, Severity
from store.engine import reading, writing
from store.tables import (
    AuditLog,
    Case,
    CaseStatus,
    Deadline,
    DeadlineKind,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Role,
    User,
)
from tests.office import Office, mail

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
FIRST, SOLUTION, FINAL = DeadlineKind.FIRST_REPLY, DeadlineKind.SOLUTION, DeadlineKind.FINAL_REPLY


def running(office: Office) -> dict[DeadlineKind, datetime]:
    return {clock.kind: clock.due_at for clock in office.all(Deadline) if clock.ended_at is None}


def is_nearest(office: Office) -> bool:
    """Whether the case names the nearest of its clocks."""
    case, waiting = office.the_case(), running(office)
    if case.due_at is None:
        return not waiting and case.due_clock is None
    return case.due_at == min(waiting.values()) == waiting[DeadlineKind(case.due_clock or "")]


def with_case(office: Office, user: User, work: Callable[[Session, Case, User], object]) -> None:
    with writing(office.engine) as session:
        work(session, session.get_one(Case, 1), session.get_one(User, user.id))


def say_interim(office: Office, user: User, final_by: datetime) -> None:
    def work(session: Session, case: Case, person: User) -> None:
        interim(
            session,
            case,
            person,
            final_by,
            office.now,
            office.policy,
            detail="模具要重新试",
            departments="技术、生产",
        )

    with_case(office, user, work)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("您好，请报价轴承座 500 件，谢谢。", "inquiry"),
        ("我们下单：轴承座 500 件，订单号 PO-1188，请确认。", "order"),
        ("投诉：上批轴承座有裂纹，要求换货。", "complaint"),
        ("建议贵司把包装箱改小一点，方便搬运。", "suggestion"),
    ],
)
def test_first_reply_and_solution_run_for_every_kind(office: Office, text: str, kind: str) -> None:
    office.mail_arrives(mail(subject="轴承座", text=text))
    assert office.the_case().kind == kind
    answers = {clock: due for clock, due in running(office).items() if clock in ANSWERS}
    assert answers == {FIRST: office.now + DAY, SOLUTION: office.now + DAY}
    assert (office.the_case().due_clock, is_nearest(office)) == ("first_reply", True)


def test_an_answer_meets_both(office: Office) -> None:
    office.mail_arrives(mail())
    office.pass_time(hours=3)
    office.answer(office.the_case(), office.hire(), "单价 12.5 元")
    assert {clock.met_at for clock in office.all(Deadline)} == {office.now}
    assert is_nearest(office)


def test_an_interim_reply_meets_the_first_clock_only_and_promises_the_answer(office: Office) -> None:
    office.mail_arrives(mail())
    office.pass_time(hours=3)
    sales, promised = office.hire(), office.now + 3 * DAY
    say_interim(office, sales, promised)
    assert running(office) == {FINAL: promised}
    met = {clock.kind: clock.met_at for clock in office.all(Deadline)}
    assert met == {FIRST: office.now, SOLUTION: None, FINAL: None}
    case = office.the_case()
    assert (case.status, case.owner_id, case.due_clock) == (CaseStatus.OPEN, sales.id, "final_reply")
    assert is_nearest(office)


def test_a_promise_within_the_target_leaves_the_solution_its_time(office: Office) -> None:
    office.mail_arrives(mail())
    arrived = office.now
    say_interim(office, office.hire(), arrived + 5 * HOUR)
    assert running(office) == {SOLUTION: arrived + DAY, FINAL: arrived + 5 * HOUR}
    assert is_nearest(office)
    office.answer(office.the_case(), office.all(User)[0], "单价 12.5 元")
    assert running(office) == {}


def test_it_tells_the_customer_the_date_and_nothing_of_the_departments(office: Office) -> None:
    office.mail_arrives(mail())
    say_interim(office, office.hire(), office.now + 3 * DAY)
    office.deliverer().deliver_all()
    letter = office.sender.letters[-1]
    assert letter.kind == OutgoingKind.INTERIM
    assert "2026-11-23 09:00（Asia/Shanghai）" in letter.text
    assert "HY-000001" in letter.subject
    assert "技术" not in letter.subject + letter.text
    assert not letter.automatic  # a person decided it
    assert letter.references == ("<1@kaimai.example>",)
    (line,) = [line for line in office.all(AuditLog) if line.action == "interim"]
    assert line.details == {
        "final_by": "2026-11-23 09:00",
        "departments": "技术、生产",
        "detail": "模具要重新试",
    }


@pytest.mark.parametrize(
    ("language", "words"), [("zh-Hant", "最終回覆"), ("en", "final answer"), ("zh", "最终答复")]
)
def test_it_says_so_in_the_customer_s_language(office: Office, language: str, words: str) -> None:
    office.mail_arrives(mail())
    with writing(office.engine) as session:
        session.get_one(Case, 1).language = language
    say_interim(office, office.hire(), office.now + DAY)
    assert words in office.all(Message)[-1].text


def test_a_later_promise_takes_the_place_of_the_earlier(office: Office) -> None:
    office.mail_arrives(mail())
    sales = office.hire()
    say_interim(office, sales, office.now + 2 * DAY)
    office.pass_time(hours=30)
    say_interim(office, sales, office.now + 2 * DAY)
    assert running(office) == {FINAL: office.now + 2 * DAY}
    assert is_nearest(office)


def test_who_writes_again_before_the_promised_day_is_answered_in_time(office: Office) -> None:
    office.mail_arrives(mail())
    sales, promised = office.hire(), office.now + 6 * DAY
    say_interim(office, sales, promised)
    office.pass_time(hours=30)
    chase = mail(
        message_id="<2@k.example>", text="请问价格出来了吗？", headers="In-Reply-To: <1@kaimai.example>\r\n"
    )
    office.mail_arrives(chase)
    assert running(office) == {FIRST: office.now + DAY, FINAL: promised}
    assert (office.the_case().due_clock, is_nearest(office)) == ("first_reply", True)


def test_an_interim_reply_that_never_arrived_leaves_the_first_clock_running(office: Office) -> None:
    office.mail_arrives(mail())
    arrived = office.now
    office.deliverer().deliver_all()
    say_interim(office, office.hire(), arrived + 3 * DAY)
    office.sender.failures = [SendError("550 no such user", permanent=True, no_such_address=True)]
    office.deliverer().deliver_all()
    assert running(office)[FIRST] == arrived + DAY
    assert is_nearest(office)


@pytest.mark.parametrize("ahead", [timedelta(0), -HOUR, timedelta(days=200)])
def test_it_promises_only_a_day_that_makes_sense(office: Office, ahead: timedelta) -> None:
    office.mail_arrives(mail())
    with pytest.raises(ReplyError, match="within 180 days"):
        say_interim(office, office.hire(), office.now + ahead)
    assert running(office)[FIRST]


def test_nobody_without_the_right_sends_one(office: Office) -> None:
    office.mail_arrives(mail())
    with pytest.raises(NotAllowed):
        say_interim(office, office.hire("质检", Role.QUALITY), office.now + DAY)


def test_closing_and_undoing_it_leaves_the_promise_as_it_was(office: Office) -> None:
    office.mail_arrives(mail())
    sales, promised = office.hire(), office.now + 3 * DAY
    say_interim(office, sales, promised)
    with_case(office, sales, lambda session, case, user: close(session, case, user, office.now))
    assert running(office) == {}
    office.pass_time(hours=1)
    with_case(
        office, sales, lambda session, case, user: reopen(session, case, user, office.now, office.policy)
    )
    assert running(office) == {FINAL: promised}
    assert (office.the_case().status, is_nearest(office)) == (CaseStatus.OPEN, True)


def test_an_answer_takes_back_no_reminder_of_another_matter(office: Office) -> None:
    sales = office.hire()
    office.mail_arrives(mail())
    with writing(office.engine) as session:
        clocks.start_by_target(session, DeadlineKind.NONCONFORMITY, office.now, office.policy, case_id=1)
    office.pass_time(hours=13)
    assert rings(office.engine, office.policy, office.clock)["reminders"]() == 2
    office.answer(office.the_case(), sales, "已报价")
    kept = [row for row in office.all(Outgoing) if row.kind == OutgoingKind.REMINDER]
    assert [(row.wording, row.state) for row in kept] == [
        ("reminder/nonconformity", OutgoingState.DUE),
        ("reminder/first_reply", OutgoingState.CANCELLED),
    ]
    office.deliverer().deliver_all()
    subjects = [letter.subject for letter in office.sender.letters]
    assert "已超时，请发出不合格品处置单：HY-000001 C-00001" in subjects


def test_the_targets_may_count_working_time_and_differ_by_kind(office: Office) -> None:
    hours = Target(8, Counted.WORKING_HOURS, "own")
    urgent = ReplyTargets(Target(4, Counted.HOURS, "own"), Target(2, Counted.WORKING_DAYS, "own"))
    office.policy = replace(
        office.policy,
        replies={**REPLIES, "inquiry": ReplyTargets(hours, hours), "complaint": urgent},
    )
    office.now = datetime.fromisoformat("2026-11-20T16:00:00+08:00")  # a Friday
    boss = office.hire("陈总", Role.MANAGER)
    with writing(office.engine) as session:
        day = datetime.fromisoformat("2026-11-23").date()
        add_own_day(session, session.get_one(User, boss.id), day, office.now, worked=False, remark="厂庆")
    office.mail_arrives(mail())
    shanghai = office.policy.timezone
    # An hour and a half on Friday; the Monday is off; the rest on Tuesday.
    assert f"{running(office)[FIRST].astimezone(shanghai):%m-%d %H:%M}" == "11-24 15:00"

    def is_complaint(session: Session, case: Case, user: User) -> None:
        correct(
            session,
            case,
            user,
            office.now,
            office.policy,
            kind=Kind.COMPLAINT,
            severity=Severity.LIGHT,
            claim=False,
            categories=(),
        )

    with_case(office, boss, is_complaint)
    assert running(office)[FIRST] == office.now + 4 * HOUR
    assert f"{running(office)[SOLUTION].astimezone(shanghai):%m-%d %H:%M}" == "11-25 16:00"
    assert is_nearest(office)
    office.pass_time(hours=2)
    assert rings(office.engine, office.policy, office.clock)["reminders"]() == 1


def test_a_deadline_that_leans_on_an_unpublished_year_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.working_days.WorkingDays.is_published", lambda _self, year: year < 2027)
    office.now = datetime.fromisoformat("2026-12-31T10:00:00+08:00")
    office.mail_arrives(mail())
    with writing(office.engine) as session:
        clocks.start_by_target(session, DeadlineKind.CORRECTIVE_ACTION, office.now, office.policy, case_id=1)
    with reading(office.engine):
        assumed = {clock.kind: clock.assumed for clock in office.all(Deadline)}
    assert assumed == {FIRST: False, SOLUTION: False, DeadlineKind.CORRECTIVE_ACTION: True}


@pytest.mark.parametrize("seed", range(4))
def test_the_case_always_names_the_nearest_of_its_clocks(office: Office, seed: int) -> None:
    """Whatever happens to it in whatever order."""
    slow = ReplyTargets(Target(3, Counted.WORKING_DAYS, "own"), Target(5, Counted.WORKING_DAYS, "own"))
    quick = ReplyTargets(Target(30, Counted.HOURS, "own"), Target(6, Counted.HOURS, "own"))
    office.policy = replace(office.policy, replies={**REPLIES, "order": slow, "complaint": quick})
    office.mail_arrives(mail())
    chance, policy = Random(seed), office.policy
    for _step in range(60):
        office.pass_time(hours=chance.randrange(1, 30))
        now = office.now
        with writing(office.engine) as session:
            case = session.get_one(Case, 1)
            step = chance.choice(("asks", "asks", "promise", "answer", "close", "undo", "kind"))
            if step == "asks":
                clocks.start_first_reply(session, case, now, policy)
            elif step == "promise":
                promised = now + chance.randrange(1, 100) * HOUR
                clocks.promise_answer(session, case, now, promised, policy)
            elif step == "undo" and case.closed_at is not None:
                clocks.resume_promise(session, case, policy)
                case.closed_at = None
            elif step == "kind":
                before, case.kind = case.kind, chance.choice(("inquiry", "order", "complaint"))
                clocks.change_kind(session, case, before, policy)
            elif step in ("answer", "close"):
                clocks.stop_clocks(session, case, now, met=step == "answer")
                case.closed_at = now if step == "close" else None
        assert is_nearest(office), step


@pytest.mark.parametrize("case_id", [1, None])
def test_one_clock_of_a_kind_runs_about_a_matter(office: Office, case_id: int | None) -> None:
    office.mail_arrives(mail())

    def begin(*abouts: str) -> None:
        with writing(office.engine) as session:
            for about in abouts:
                due = office.now + DAY
                kind = DeadlineKind.VISIT
                clocks.start(session, kind, office.now, due, office.policy, case_id=case_id, about=about)

    begin("visit:1", "visit:2")
    with pytest.raises(IntegrityError):
        begin("visit:1")
    with writing(office.engine) as session:
        clocks.end(session, DeadlineKind.VISIT, office.now, case_id=case_id, about="visit:1", met=True)
    begin("visit:1")
