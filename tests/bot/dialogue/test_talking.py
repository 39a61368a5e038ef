"""What the dialogue leaves behind: answers, notices, drafts; and where it falls silent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogue.times import spoken, zone
from casework.chat_codes import code_for_contact
from casework.customers import add_contact
from casework.reviews.writing_up import read_terms
from store.engine import reading, writing
from store.tables import (
    AuditLog,
    Case,
    Channel,
    Complaint,
    Customer,
    CustomerStatus,
    Dialogue,
    DialogueAnswer,
    Direction,
    Incoming,
    IncomingState,
    Message,
    Outgoing,
    OutgoingKind,
    Role,
)
from tests.office import MORNING, POLICY, Office, noticed

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def said_by_bot(office: Office) -> list[str]:
    kinds = (OutgoingKind.ACKNOWLEDGEMENT, OutgoingKind.DIALOGUE)
    return [row.text for row in office.all(Outgoing) if row.kind in kinds]


@ON_SQLITE
def test_answers_are_messages_of_the_case_and_stand_in_the_draft_of_the_order(office: Office) -> None:
    for line in ("下单轴承座 500 件", "下个月15号前", "送到苏州", "月结30天", "改成预付30%"):
        office.customer_says(line)
    case = office.the_case()
    answers = [(row.question, row.words) for row in office.all(DialogueAnswer) if row.question == "payment"]
    assert answers == [("payment", "月结30天"), ("payment", "改成预付30%")]
    said = [row.text for row in office.all(Message) if row.direction == Direction.IN]
    assert said == ["下单轴承座 500 件", "下个月15号前", "送到苏州", "月结30天", "改成预付30%"]
    with reading(office.engine) as session:
        terms = read_terms(session, case)
    assert (terms.product, terms.quantity, terms.address) == ("轴承座", 500, "送到苏州")
    assert terms.payment == "改成预付30%"


@ON_SQLITE
def test_a_person_is_told_at_once_and_the_clock_runs(office: Office) -> None:
    office.hire()
    office.customer_says("/person")
    case = office.the_case()
    assert case.due_at is not None
    (notice,) = [row for row in office.all(Outgoing) if row.wording == "person_wanted"]
    assert case.number in noticed(notice).subject
    assert "person" in noticed(notice, "en").subject
    office.customer_says("/person")
    office.customer_says("在吗？轴承座 500 件")
    assert len(said_by_bot(office)) == 1
    assert [row.action for row in office.all(AuditLog)].count("person_wanted") == 1


@ON_SQLITE
def test_it_says_no_more_than_so_many_things_an_hour(office: Office) -> None:
    office.policy = replace(office.policy, dialogue_per_hour=3)
    office.customer_says("订法兰 20 件")
    for _ in range(6):
        office.customer_says("/help")
        office.customer_says("什么时候能发货？")
    assert len(said_by_bot(office)) == 1 + 3
    assert len([row for row in office.all(Message) if row.direction == Direction.IN]) == 7
    office.pass_time(hours=2)
    office.customer_says("/help")
    assert len(said_by_bot(office)) == 1 + 3 + 1


def test_lines_wait_for_the_pause_and_no_longer_than_the_longest(office: Office) -> None:
    office.policy = replace(office.policy, pause=timedelta(seconds=2))
    for second in range(5):
        office.customer_says(f"第 {second} 行")
        office.pass_time(seconds=1)
    assert {row.state for row in office.all(Incoming)} == {IncomingState.NEW}
    for second in range(5, 12):
        office.customer_says(f"第 {second} 行")
        office.pass_time(seconds=1)
    (message,) = [row for row in office.all(Message) if row.direction == Direction.IN]
    assert message.text == "\n".join(f"第 {second} 行" for second in range(11))
    office.pass_time(seconds=2)
    office.receiver().receive_all()
    assert [row.text for row in office.all(Message) if row.direction == Direction.IN][1:] == ["第 11 行"]
    assert len(office.all(Dialogue)) == 1


@ON_SQLITE
def test_a_night_is_no_working_time(office: Office) -> None:
    office.pass_time(hours=33.5)  # Saturday, half past six in the evening
    office.customer_says("轴承座能做吗？")
    (said,) = said_by_bot(office)
    assert "同事后天（11月23日）08:30（北京时间）上班后" in said
    assert "18:30" not in said


@ON_SQLITE
def test_of_a_grave_complaint_people_are_told_at_once_and_again_while_nobody_answers(office: Office) -> None:
    office.hire()
    office.hire("head", Role.HEAD)
    office.customer_says("你们的轴承座装上去就裂了，产线停了一上午！！")
    assert said_by_bot(office)[0].count("？") == 0
    called = [row for row in office.all(Outgoing) if row.wording == "person_wanted"]
    assert len({row.user_id for row in called}) == 2
    assert {noticed(row).subject.partition("：")[0] for row in called} == {"严重投诉，请马上接手"}
    assert "at once" in noticed(called[0], "en").subject
    assert [row.action for row in office.all(AuditLog)].count("grave_complaint") == 1
    office.customer_says("人呢")
    assert len(said_by_bot(office)) == 1
    office.pass_time(minutes=16)
    office.customer_says("人呢")
    assert "再叫了同事" in said_by_bot(office)[-1]
    assert len([row for row in office.all(Outgoing) if row.wording == "person_wanted"]) == 2 * len(called)


@ON_SQLITE
@pytest.mark.parametrize(
    ("text", "grave"),
    [
        ("法兰表面有划伤", False),
        ("太过分了，又是划伤", True),
        ("法兰漏油，工人烫伤了", True),
        ("下单垃圾桶 20 个", False),
    ],
)
def test_it_tells_a_grave_complaint_from_a_calm_one(office: Office, text: str, grave: bool) -> None:
    office.customer_says(text)
    assert ("非常抱歉" in said_by_bot(office)[0]) == grave


@pytest.mark.parametrize(
    ("hours", "zh", "en"),
    [
        (3, "今天12:00", "12:00 today"),
        (24, "明天（11月21日）09:00", "09:00 tomorrow (21 November)"),
        (48, "后天（11月22日）09:00", "09:00 on Sunday (22 November)"),
        (96, "周二（11月24日）09:00", "09:00 on Tuesday (24 November)"),
        (24 * 12, "12月2日09:00", "09:00 on 2 December"),
        (-24, "11月19日09:00", "09:00 on 19 November"),
    ],
)
def test_it_says_times_as_people_do(hours: int, zh: str, en: str) -> None:
    at = MORNING + timedelta(hours=hours)
    assert spoken(at, MORNING, POLICY, "zh") == zh
    assert spoken(at, MORNING, POLICY, "en") == en
    assert zone(POLICY, "zh-Hant") == "北京時間"


@ON_SQLITE
def test_answers_to_a_complaint_stand_in_its_form_where_nobody_has_written(office: Office) -> None:
    office.customer_says("上个月收到的法兰表面有划伤")
    office.customer_says("订单号 PO-8812")
    office.customer_says("要退货")
    (form,) = office.all(Complaint)
    assert (form.order_no, form.defect, form.demand) == ("PO-8812", "划伤", "要退货")
    with writing(office.engine) as session:
        session.get_one(Complaint, form.case_id).demand = "退货并补发"
    office.customer_says("不是退货，是换货")
    (form,) = office.all(Complaint)
    assert form.demand == "退货并补发"


@ON_SQLITE
def test_a_code_of_sales_says_who_is_writing_once_and_never_in_a_group(office: Office) -> None:
    boss = office.hire(role=Role.HEAD)
    with writing(office.engine) as session:
        customer = Customer(name="开迈机械", status=CustomerStatus.EXISTING, created_at=office.now)
        session.add(customer)
        session.flush()
        contact = add_contact(session, customer, Channel.EMAIL, "buyer@k.example", "李敏", "zh", office.now)
        session.flush()
        code = code_for_contact(session, contact, boss, office.now)
        contact_id, customer_id = contact.id, customer.id
    for telegram_chat in ("-77", "42"):
        office.customer_says("轴承座 500 件多少钱？", channel=Channel.TELEGRAM, chat=telegram_chat)
        office.customer_says(f"/start {code}", channel=Channel.TELEGRAM, chat=telegram_chat)
    office.customer_says(f"/code {code}", channel=Channel.WECOM, chat="wm-1")
    answers = [words.split("，")[0] for words in said_by_bot(office)]
    assert answers[1] == "代码请在单独的聊天里发给我"
    assert answers[3:] == ["好的", "这个代码无效或已过期"]
    of_group, of_chat = office.all(Case)
    assert (of_chat.contact_id, of_chat.customer_id) == (contact_id, customer_id)
    assert of_group.customer_id != customer_id
    office.customer_says("下单 500 件，下个月交货", channel=Channel.TELEGRAM, chat="42")
    office.customer_says("送到苏州，月结30天", channel=Channel.TELEGRAM, chat="42")
    assert not [words for words in said_by_bot(office)[4:] if "怎么称呼" in words]
    assert [row.action for row in office.all(AuditLog)].count("chat_recognised") == 1
