"""Reminders reach whose matter it is, then the managers, then the head, and always somebody."""

from datetime import timedelta

import pytest

from bot.clock import rings
from casework import clocks
from casework.reminding import Matter, reminded
from casework.wording import words as wording_of
from store.engine import writing
from store.tables import Channel, DeadlineKind, Outgoing, OutgoingKind, Role, User
from tests.office import MORNING, POLICY, Office, mail, noticed

LIN, WANG, HEAD, BOSS, ADMIN, QUALITY = range(1, 7)


def person(number: int, role: Role, *, on_duty: bool = True) -> User:
    return User(
        id=number, name=str(number), role=role, on_duty=on_duty, password_hash="-", created_at=MORNING
    )


EVERYBODY = [
    person(LIN, Role.SALES),
    person(WANG, Role.SALES),
    person(HEAD, Role.HEAD),
    person(BOSS, Role.MANAGER),
    person(ADMIN, Role.ADMIN),
    person(QUALITY, Role.QUALITY),
]
NOBODY_ON_DUTY = [person(one.id or 0, one.role, on_duty=False) for one in EVERYBODY]


@pytest.mark.parametrize(
    ("people", "matter", "told"),
    [
        (EVERYBODY, Matter(LIN, overdue=False, repeated=False), [LIN]),
        (EVERYBODY, Matter(QUALITY, overdue=False, repeated=False), [QUALITY]),
        (EVERYBODY, Matter(LIN, overdue=True, repeated=False), [LIN, BOSS]),
        (EVERYBODY, Matter(LIN, overdue=True, repeated=True), [LIN, HEAD, BOSS]),
        (EVERYBODY, Matter(None, overdue=False, repeated=False), [LIN, WANG, HEAD]),
        (EVERYBODY, Matter(None, overdue=True, repeated=False), [LIN, WANG, HEAD, BOSS]),
        (EVERYBODY, Matter(99, overdue=False, repeated=False), [LIN, WANG, HEAD]),  # has left
        (NOBODY_ON_DUTY, Matter(LIN, overdue=False, repeated=False), [LIN, HEAD]),
        (NOBODY_ON_DUTY, Matter(None, overdue=False, repeated=False), [HEAD, BOSS]),
        (NOBODY_ON_DUTY[:2] + NOBODY_ON_DUTY[4:], Matter(None, overdue=True, repeated=True), [ADMIN]),
        (NOBODY_ON_DUTY[5:], Matter(None, overdue=True, repeated=False), [QUALITY]),
    ],
)
def test_it_reminds_the_right_people(people: list[User], matter: Matter, told: list[int]) -> None:
    assert [one.id for one in reminded(people, matter)] == told


def reminders(office: Office) -> list[Outgoing]:
    rings(office.engine, office.policy, office.clock)["reminders"]()
    return [row for row in office.all(Outgoing) if row.kind == OutgoingKind.REMINDER]


def test_it_escalates_step_by_step(office: Office) -> None:
    office.hire("小林")
    office.hire("陈总", Role.MANAGER)
    head = office.hire("主管", Role.HEAD)
    with writing(office.engine) as session:
        session.get_one(User, head.id).on_duty = False
    office.mail_arrives(mail())
    told: list[str] = []
    for hours in (12, 8, 4, 24):
        office.pass_time(hours=hours)
        before = len(told)
        told += [row.recipient for row in reminders(office)][before:]
    assert told == ["小林", "小林", "小林", "陈总", "小林", "陈总", "主管"]


def test_after_seventy_two_hours_down_there_is_one_reminder_for_everybody(office: Office) -> None:
    office.hire("小林")
    office.hire("陈总", Role.MANAGER)
    office.hire("主管", Role.HEAD)
    office.mail_arrives(mail())
    office.pass_time(hours=72)
    assert [row.recipient for row in reminders(office)] == ["小林", "陈总", "主管"]
    assert len(reminders(office)) == 3


def test_a_clock_for_a_person_reminds_that_person(office: Office) -> None:
    office.hire("小林")
    quality = office.hire("质检", Role.QUALITY)
    office.mail_arrives(mail())
    with writing(office.engine) as session:
        due = office.now + timedelta(hours=8)
        clocks.start(
            session,
            DeadlineKind.OPINION,
            office.now,
            due,
            office.policy,
            case_id=1,
            about="opinion:1",
            user_id=quality.id,
        )
    office.pass_time(hours=4)
    (reminder,) = reminders(office)
    assert reminder.recipient == "质检"
    assert noticed(reminder).subject == "请填写评审意见：HY-000001 C-00001"


def test_a_visit_has_no_case_and_leads_to_the_plan(office: Office) -> None:
    lin = office.hire("小林", email="lin@factory.example")
    office.mail_arrives(mail())
    with writing(office.engine) as session:
        clocks.start(
            session,
            DeadlineKind.VISIT,
            office.now,
            office.now + timedelta(days=2),
            office.policy,
            customer_id=1,
            about="visit:1",
            user_id=lin.id,
        )
    office.pass_time(hours=24)
    visit = next(row for row in reminders(office) if row.case_id is None)
    assert noticed(visit).subject == "计划中的拜访：C-00001"
    assert "对客户 C-00001 的计划拜访须在 2026-11-22 09:00 前完成" in noticed(visit).text
    office.deliverer().deliver_all()
    (mailed,) = [
        letter
        for letter in office.sender.letters
        if letter.channel == Channel.EMAIL and "拜访" in letter.subject
    ]
    assert f"{office.policy.public_url}/desk/plan" in mailed.text


def test_a_reminder_is_worded_in_its_reader_s_zone(office: Office) -> None:
    berlin = office.hire("Anna", email="anna@factory.example")
    with writing(office.engine) as session:
        user = session.get_one(User, berlin.id)
        user.timezone, user.language = "Europe/Berlin", "en"
    office.mail_arrives(mail())  # due at nine in Shanghai, two at night in Berlin
    office.pass_time(hours=12)
    reminders(office)
    office.deliverer().deliver_all()
    (mailed,) = [letter for letter in office.sender.letters if letter.recipient == "anna@factory.example"]
    assert "needs an answer by 2026-11-21 02:00." in mailed.text


def test_no_mail_goes_to_who_does_not_want_it(office: Office) -> None:
    lin = office.hire("小林", email="lin@factory.example")
    with writing(office.engine) as session:
        session.get_one(User, lin.id).mail_notices = False
    office.mail_arrives(mail())
    office.pass_time(hours=12)
    assert [row.channel for row in reminders(office)] == [Channel.DESK]


@pytest.mark.parametrize("kind", sorted(set(DeadlineKind) - {DeadlineKind.SOLUTION}))
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("overdue", [False, True])
def test_every_kind_of_clock_has_words_of_its_own(kind: DeadlineKind, language: str, overdue: bool) -> None:
    values = {
        "number": "HY-000001",
        "customer_code": "C-00001",
        "due_at": "2026-11-20T01:00:00+00:00",
        "overdue": overdue,
        "unassigned": True,
    }
    words = wording_of(f"reminder/{kind}", language, timezone=POLICY.timezone, link="", **values)
    assert "C-00001" in words.subject
    assert "2026-11-20 09:00" in words.text
    assert words.text.isascii() is (language == "en")
