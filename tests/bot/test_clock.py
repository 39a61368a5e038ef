"""The clock rings what is due, each thing once, however many processes ring at the same moment."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import rings
from casework.clocks import start
from store.engine import writing
from store.tables import (
    Channel,
    Customer,
    CustomerStatus,
    Deadline,
    DeadlineKind,
    Outgoing,
    OutgoingKind,
    Role,
    SurveyInvitation,
    SurveyPlan,
)
from survey.asking.plans import approve
from tests.office import Office, mail, noticed


def ring(office: Office, name: str) -> int:
    return rings(office.engine, office.policy, office.clock)[name]()


def ring_in_processes(database_url: str, folder: Path, name: str, at: datetime) -> None:
    """The same ring in three processes at once, as `huiyin jobs run` gives it."""
    command = [sys.executable, "-m", "bot.main", "jobs", "run", name, "--at", at.isoformat()]
    environment = os.environ | {"HUIYIN_DATABASE_URL": database_url, "HUIYIN_DATA_DIR": str(folder)}
    processes = [subprocess.Popen(command, env=environment, cwd=folder) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]


def of(office: Office, kind: OutgoingKind) -> list[Outgoing]:
    return [row for row in office.all(Outgoing) if row.kind == kind]


def test_it_reminds_once_when_many_ring_at_once(office: Office) -> None:
    office.hire()
    for number in range(12):
        office.mail_arrives(mail(message_id=f"<{number}@k.example>", subject=f"询价 {number}"))
    office.pass_time(hours=12)
    with ThreadPoolExecutor(4) as pool:
        rang = sum(pool.map(lambda _: ring(office, "reminders"), range(8)))
    assert rang == 12
    assert len(of(office, OutgoingKind.REMINDER)) == 12


def test_it_reminds_and_asks_once_when_processes_ring_at_once(
    office: Office, database_url: str, tmp_path: Path
) -> None:
    boss = office.hire("陈总", Role.MANAGER)
    office.hire()
    for number in range(20):
        office.mail_arrives(mail(sender=f"<c{number}@k.example>", message_id=f"<{number}@k.example>"))
    with writing(office.engine) as session:
        for customer in office.all(Customer):
            session.merge(customer).status = CustomerStatus.EXISTING
    ring(office, "surveys")
    with writing(office.engine) as session:
        approve(session, session.merge(office.all(SurveyPlan)[0]), boss, office.now)
    with writing(office.engine) as session:  # visits, which have no case
        for number in range(5):
            due, visit = office.now + timedelta(hours=20), f"visit:{number}"
            start(session, DeadlineKind.VISIT, office.now, due, office.policy, about=visit, user_id=boss.id)
    office.pass_time(hours=12)
    ring_in_processes(database_url, tmp_path, "reminders", office.now)
    ring_in_processes(database_url, tmp_path, "surveys", office.now)
    assert len(of(office, OutgoingKind.REMINDER)) == 25
    assert len(of(office, OutgoingKind.SURVEY)) == len(office.all(SurveyInvitation)) == 20


def test_it_reminds_at_half_time_at_twenty_hours_at_the_deadline_and_then_daily(office: Office) -> None:
    office.hire()
    office.mail_arrives(mail())
    arrived, rang = office.now, []
    while office.now < arrived + timedelta(hours=75):
        if ring(office, "reminders"):
            rang.append((office.now - arrived).total_seconds() / 3600)
        office.pass_time(hours=0.5)
    assert rang == [12, 20, 24, 48, 72]


def test_it_gives_one_reminder_for_all_that_were_missed(office: Office) -> None:
    office.hire()
    office.mail_arrives(mail())
    office.pass_time(hours=72)
    assert ring(office, "reminders") == 1
    assert ring(office, "reminders") == 0
    assert len(of(office, OutgoingKind.REMINDER)) == 1


def test_it_reminds_the_owner_alone_until_the_deadline_and_then_the_manager_too(office: Office) -> None:
    owner = office.hire("小林")
    office.hire("小王")
    office.hire("陈总", Role.MANAGER, email="boss@factory.example")
    office.mail_arrives(mail())
    with writing(office.engine) as session:
        case = session.merge(office.the_case())
        case.owner_id = owner.id
    office.pass_time(hours=12)
    ring(office, "reminders")
    assert [row.recipient for row in of(office, OutgoingKind.REMINDER)] == ["小林"]
    office.pass_time(hours=12)
    ring(office, "reminders")
    assert [(row.channel, row.recipient) for row in of(office, OutgoingKind.REMINDER)][1:] == [
        (Channel.DESK, "小林"),
        (Channel.DESK, "陈总"),
        (Channel.EMAIL, "boss@factory.example"),
    ]
    first_reply, solution = office.all(Deadline)
    assert (first_reply.reminders, solution.reminders) == (3, 0)


def test_it_shows_a_colleague_the_customer_s_code_and_not_its_name(office: Office) -> None:
    office.hire()
    office.mail_arrives(mail())
    office.pass_time(hours=12)
    ring(office, "reminders")
    (reminder,) = of(office, OutgoingKind.REMINDER)
    words = noticed(reminder)
    assert "C-00001" in words.subject
    assert "李敏" not in words.subject + words.text


def test_it_asks_every_existing_customer_once_a_half_year(office: Office) -> None:
    boss = office.hire("陈总", Role.MANAGER)
    for number in range(5):
        office.mail_arrives(mail(sender=f"<c{number}@k.example>", message_id=f"<{number}@k.example>"))
    with writing(office.engine) as session:
        for customer in office.all(Customer)[:3]:
            session.merge(customer).status = CustomerStatus.EXISTING
    ring(office, "surveys")
    (plan,) = office.all(SurveyPlan)  # it waits for a person
    assert office.all(SurveyInvitation) == []
    with writing(office.engine) as session:
        approve(session, session.merge(plan), boss, office.now)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ring(office, "surveys"), range(8)))
    assert len(office.all(SurveyInvitation)) == 3
    office.deliverer().deliver_all()
    letters = [letter for letter in office.sender.letters if letter.kind == OutgoingKind.SURVEY]
    assert len({letter.recipient for letter in letters}) == len(letters) == 3
    assert all(f"{office.policy.public_url}/survey/" in letter.text for letter in letters)
    links = {line for letter in letters for line in letter.text.splitlines() if line.startswith("http")}
    assert len(links) == 3
    assert all(row.text == "" for row in of(office, OutgoingKind.SURVEY))

    office.pass_time(days=45)  # another half-year, but too soon after
    ring(office, "surveys")
    assert len(office.all(SurveyInvitation)) == 3
    office.pass_time(days=60)
    ring(office, "surveys")
    assert len(office.all(SurveyInvitation)) == 6
