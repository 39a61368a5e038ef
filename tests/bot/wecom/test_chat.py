"""A customer's whole way by WeCom: callback, case, receipt, answer, and what happens when none can arrive."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.deliver import Deliverer
from store.files import FileStore
from store.tables import Case, CaseStatus, Channel, DialogueAnswer, Outgoing, OutgoingKind, OutgoingState
from tests.borders.wecom import WecomServer
from tests.bot.wecom.chats import Chats
from tests.crashing import killed_at
from tests.office import Office, noticed
from tests.web.serving import served
from web.app import create_app


class Counter:
    """The office, with WeCom connected."""

    def __init__(self, office: Office, wecom: WecomServer, folder: Path) -> None:
        self.office = office
        self.wecom = wecom
        self.chats = Chats(wecom, office.engine, folder)

    def hear(self) -> None:
        """What was written becomes messages."""
        self.chats.now = self.office.now
        self.chats.pull()
        self.office.receiver().receive_all()

    def deliver(self) -> None:
        """What is due leaves, by WeCom for real and by all else as noted."""
        self.chats.now = self.office.now
        with self.chats.sender() as sender:
            senders = {Channel.WECOM: sender, Channel.DESK: self.office.sender}
            Deliverer(self.office.engine, senders, self.office.policy, self.office.clock).deliver_all()

    def case(self) -> Case:
        (case,) = self.office.all(Case)
        return case

    def replies(self) -> list[Outgoing]:
        return [row for row in self.office.all(Outgoing) if row.kind == OutgoingKind.REPLY]


@pytest.fixture
def counter(office: Office, tmp_path: Path) -> Iterator[Counter]:
    with WecomServer(office.clock) as wecom:
        yield Counter(office, wecom, tmp_path / "files")


def test_it_goes_from_the_callback_to_a_case_and_back(counter: Counter, tmp_path: Path) -> None:
    office, wecom = counter.office, counter.wecom
    app = create_app(
        office.engine,
        FileStore(tmp_path / "files"),
        office.policy,
        wecom_account=wecom.account,
        clock=office.clock,
    )
    counter.chats.now = office.now
    with served(app) as address, counter.chats.listening():
        wecom.customer_says("wm-1", "您好，请报价轴承座 6205 共 500 件", name="李工")
        assert wecom.call_back(address).status_code == 200
        counter.chats.wait_for(counter.chats.rows)
    office.receiver().receive_all()
    case = counter.case()
    assert (case.channel, case.conversation, case.status) == (Channel.WECOM, "wm-1", CaseStatus.OPEN)

    counter.deliver()
    (receipt,) = wecom.sent
    assert case.number in receipt.text
    office.answer(case, office.hire(), "单价 12.5 元，交期 15 天。")
    counter.deliver()
    counter.deliver()
    assert [(sent.customer, sent.text) for sent in wecom.sent[1:]] == [("wm-1", "单价 12.5 元，交期 15 天。")]

    office.pass_time(minutes=5)
    wecom.customer_says("wm-1", "好的，请安排")
    counter.hear()
    counter.deliver()
    assert len(counter.office.all(Case)) == 1
    assert len(wecom.sent) == 2  # one receipt a case


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_said_long_before_it_was_connected_is_filed_until_the_customer_writes_again(
    counter: Counter,
) -> None:
    wecom = counter.wecom
    wecom.customer_says("wm-1", "请报价轴承座 500 件", at=counter.office.now - timedelta(hours=30))
    counter.hear()
    counter.deliver()
    assert (counter.case().status, wecom.sent) == (CaseStatus.FILED, [])
    wecom.customer_says("wm-1", "报价出来了吗？")
    counter.hear()
    assert counter.case().status == CaseStatus.OPEN


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_answer_after_48_hours_is_none_and_sales_are_told(counter: Counter) -> None:
    office, wecom = counter.office, counter.wecom
    lin = office.hire()
    wecom.customer_says("wm-1", "请报价轴承座 500 件")
    counter.hear()
    counter.deliver()
    office.pass_time(hours=49)
    office.answer(counter.case(), lin, "单价 12.5 元。")
    counter.deliver()
    (reply,) = counter.replies()
    assert (reply.state, counter.case().status) == (OutgoingState.FAILED, CaseStatus.OPEN)
    (notice,) = [row for row in office.all(Outgoing) if row.wording == "undelivered"]
    assert "48 小时" in noticed(notice).text
    assert "换一种方式" in noticed(notice).text
    assert "48 hours" in noticed(notice, "en").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_answer_that_wecom_could_not_deliver_after_all_is_none(counter: Counter) -> None:
    office, wecom = counter.office, counter.wecom
    lin = office.hire()
    wecom.customer_says("wm-1", "请报价轴承座 500 件")
    counter.hear()
    office.answer(counter.case(), lin, "单价 12.5 元。")
    counter.deliver()
    failed = wecom.sent[-1].msgid
    not_ours = ((f"hy{10**9}-0-abcdef01", "wm-1"), (f"hy{10**17}-0-abcdef01", "wm-1"), (failed, "wm-2"))
    for msgid, customer in (*not_ours, ("hy1", "wm-1")):
        wecom.tells("msg_send_fail", external_userid=customer, fail_msgid=msgid, fail_type=6)
    counter.hear()
    assert counter.replies()[0].state == OutgoingState.SENT
    for _ in range(2):
        wecom.tells("msg_send_fail", external_userid="wm-1", fail_msgid=failed, fail_type=6)
    counter.hear()
    assert counter.replies()[0].state == OutgoingState.FAILED
    assert counter.case().status == CaseStatus.OPEN
    (notice,) = [row for row in office.all(Outgoing) if row.wording == "undelivered"]
    assert "最多只能发五条" in noticed(notice).text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("point", ["letter_claimed", "letter_sent"])
def test_an_answer_reaches_the_customer_once_wherever_we_are_killed(
    counter: Counter, database_url: str, point: str
) -> None:
    office, wecom = counter.office, counter.wecom
    wecom.customer_says("wm-1", "请报价轴承座 500 件")
    counter.hear()
    counter.deliver()
    office.answer(counter.case(), office.hire(), "单价 12.5 元。")
    office.engine.dispose()
    assert killed_at(point, 1, counter.deliver)
    counter.deliver()
    assert [sent.text for sent in wecom.sent[1:]] == ["单价 12.5 元。"]
    assert counter.replies()[0].state == OutgoingState.SENT


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whoever_comes_in_is_greeted_once_a_day_and_not_again_by_the_receipt(counter: Counter) -> None:
    office, wecom = counter.office, counter.wecom
    assert wecom.customer_comes_in("wm-1")
    counter.hear()
    counter.deliver()
    (hello,) = wecom.sent
    assert hello.text.startswith("您好，我是回音机械的自动助理。")
    assert "找人工" in dict(hello.menu)
    wecom.tells("enter_session", external_userid="wm-1", welcome_code="welcome-again")
    wecom.customer_says("wm-1", "轴承座能做吗？")
    counter.hear()
    counter.deliver()
    assert [sent.text.splitlines()[0] for sent in wecom.sent[1:]] == ["收到您的咨询，编号 HY-000001。"]
    wecom.customer_clicks(hello, "查进度")
    counter.hear()
    counter.deliver()
    assert "HY-000001" in wecom.sent[-1].text
    wecom.customer_comes_in("wm-2")
    office.pass_time(seconds=21)  # we were away: the code is good for nothing now
    counter.hear()
    counter.deliver()
    assert len(wecom.sent) == 3
    assert {row.state for row in office.all(Outgoing)} == {OutgoingState.SENT}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_asks_nothing_and_then_says_nothing_when_few_messages_are_left(counter: Counter) -> None:
    """All in one second, so that WeCom sees one last message of the customer's."""
    office, wecom = counter.office, counter.wecom
    wecom.customer_says("wm-1", "订 200 套法兰")
    counter.hear()
    counter.deliver()
    answers = ("下个月15号前", "送到苏州工业园区星湖街 8 号", "月结30天", "/help", "/new", "法兰有划伤")
    for answer in answers:
        wecom.customer_says("wm-1", answer)
        counter.hear()
        counter.deliver()
    # The receipt with a question, two questions; then silence, but for the receipt of the new matter.
    assert [len(sent.menu) for sent in wecom.sent] == [4, 2, 2, 0]
    assert wecom.sent[-1].text.startswith("很抱歉给您添了麻烦。已经登记，编号 HY-000002。")
    assert {row.state for row in office.all(Outgoing) if row.channel == Channel.WECOM} == {OutgoingState.SENT}
    assert "payment" in {row.question for row in office.all(DialogueAnswer)}  # kept all the same
    office.answer(office.all(Case)[0], office.hire(), "单价 12.5 元。")
    counter.deliver()
    assert wecom.sent[-1].text == "单价 12.5 元。"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_receipt_that_cannot_arrive_any_more_is_told_to_people(counter: Counter) -> None:
    office, wecom = counter.office, counter.wecom
    office.hire()
    counter.chats.now = office.now
    counter.chats.pull()
    wecom.customer_says("wm-1", "请报价轴承座 500 件")
    office.pass_time(hours=49)  # nobody listened
    counter.hear()
    counter.deliver()
    assert wecom.sent == []
    assert [row.wording for row in office.all(Outgoing) if row.wording == "undelivered"] == ["undelivered"]
