"""The case page and what can be done there."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from store.engine import reading, writing
from store.tables import (
    Attachment,
    AuditLog,
    Case,
    CaseStatus,
    Channel,
    ContactAddress,
    Correction,
    Customer,
    CustomerStatus,
    Direction,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    User,
)
from tests.web.conftest import Browser, Clock, on_both
from tests.web.filled import NOW
from tests.web.test_queue import counting

pytestmark = on_both
COMPLAINT = "/desk/cases/HY-000001"
ORDER = "/desk/cases/HY-000003"
MACHINE = "/desk/cases/HY-000005"  # another complaint
CALL = "/desk/cases/HY-000007"


def seen(session: Session, case_id: int) -> int:
    """The newest message, as the page of this moment carries it."""
    found = select(Message).where(col(Message.case_id) == case_id)
    return max(message.id or 0 for message in session.exec(found))


def answer(client: httpx.Client, engine: Engine, address: str, text: str, **more: str) -> httpx.Response:
    with reading(engine) as session:
        data = {"text": text, "seen": str(seen(session, int(address[-6:])))} | more
    return client.post(f"{address}/reply", data=data)


def replies(engine: Engine) -> list[Outgoing]:
    with reading(engine) as session:
        wanted = select(Outgoing).where(
            col(Outgoing.kind) == OutgoingKind.REPLY, col(Outgoing.state) == OutgoingState.DUE
        )
        return list(session.exec(wanted))


def case_of(engine: Engine, number: int) -> Case:
    with reading(engine) as session:
        return session.get_one(Case, number)


def test_it_shows_the_conversation_with_the_words_that_decided(wang: httpx.Client) -> None:
    page = wang.get(COMPLAINT).text
    assert '<mark class="kind" tabindex="0" data-why="类别“投诉”：外观缺陷">镀层起泡</mark>' in page
    assert 'data-why="投诉级别：停线"' in page or "停线</mark>" in page
    assert page.index("镀层起泡</mark>") < page.index("方案出来了吗")
    assert "发件人: 王芳" in page[page.index("引用的历史和签名") :]
    assert "起泡照片-01.png" in page
    assert "C-00001" in page


def test_it_reads_a_case_in_a_fixed_number_of_queries(wang: httpx.Client, engine: Engine) -> None:
    with counting(engine) as short:
        wang.get(MACHINE)
    with counting(engine) as long:
        wang.get(COMPLAINT)
    # A complaint that names no goods is not asked for similar ones.
    assert len(short) + 1 == len(long) <= 30
    with counting(engine) as order:
        wang.get(ORDER)
    assert len(order) <= 30


def test_it_shows_beside_the_words_of_a_chat_what_they_answer(wang: httpx.Client, engine: Engine) -> None:
    with writing(engine) as session:
        said = select(Message).where(col(Message.case_id) == 1, col(Message.direction) == Direction.IN)
        message = session.exec(said).first()
        assert message is not None
        message.channel, message.text = Channel.TELEGRAM, f"{message.new_text}\n\n[回复: “<b>交期</b>”]"
    page = wang.get(COMPLAINT).text
    assert '<div class="words muted small">[回复: “&lt;b&gt;交期&lt;/b&gt;”]</div>' in page
    assert "引用的历史和签名" not in page


def test_it_hides_a_case_of_a_colleague_from_sales(browser: Browser) -> None:
    chen = browser("陈志远")
    assert chen.get(COMPLAINT).status_code == 403
    assert "由另一位同事负责" in chen.get(COMPLAINT).text
    for action in ("close", "reopen", "assign", "existing"):
        assert chen.post(f"{COMPLAINT}/{action}").status_code == 403
    assert chen.post(f"{COMPLAINT}/reply", data={"text": "x", "seen": "99"}).status_code == 403
    assert browser("赵敏").get(COMPLAINT).status_code == 200


def test_it_leads_to_the_customers_page_whom_it_may_lead_there(browser: Browser, engine: Engine) -> None:
    leads = '<a href="/desk/customers/1"><bdi>华东精密'
    assert leads in browser("王芳").get(COMPLAINT).text
    with writing(engine) as session:
        session.get_one(Case, 1).owner_id = None  # the customer is still 王芳's
    page = browser("陈志远").get(COMPLAINT).text
    assert "华东精密" in page
    assert leads not in page


@pytest.mark.parametrize("number", ["HY-000099", "HY-0", "HY-99999999999999999999", "1", "HY-1%00"])
def test_it_says_when_there_is_no_such_case(wang: httpx.Client, number: str) -> None:
    page = wang.get(f"/desk/cases/{number}")
    assert page.status_code == 404
    assert "没有" in page.text


def test_it_owes_the_answer_to_the_customer_and_stops_the_clock(wang: httpx.Client, engine: Engine) -> None:
    assert answer(wang, engine, ORDER, "林先生，訂單收到。").status_code == 303
    (owed,) = replies(engine)
    assert owed.recipient == "contact1@customer.example"
    assert owed.subject.endswith("[HY-000003]")
    case = case_of(engine, 3)
    assert (case.status, case.due_at) == (CaseStatus.REPLIED, None)
    assert "等待发送" in wang.get(ORDER).text


def test_it_sends_one_answer_when_the_form_comes_twice(wang: httpx.Client, engine: Engine) -> None:
    with reading(engine) as session:
        data = {"text": "您好，\r\n已安排。", "seen": str(seen(session, 3))}
    for _time in range(3):
        assert wang.post(f"{ORDER}/reply", data=data).status_code == 303
    assert len(replies(engine)) == 1


def test_it_keeps_the_draft_when_the_customer_wrote_meanwhile(wang: httpx.Client, engine: Engine) -> None:
    page = wang.post(f"{COMPLAINT}/reply", data={"text": "我的草稿", "seen": "1"})
    assert page.status_code == 409
    assert "来了新消息" in page.text
    assert "我的草稿</textarea>" in page.text
    assert replies(engine) == []


def test_it_sends_files_along(wang: httpx.Client, engine: Engine) -> None:
    with reading(engine) as session:
        data = {"text": "报告见附件", "seen": str(seen(session, 3))}
    upload = [("files", ("8D 报告\u202efdp.exe", b"8D", "application/pdf"))]
    assert wang.post(f"{ORDER}/reply", data=data, files=upload).status_code == 303
    with reading(engine) as session:
        file = session.exec(select(Attachment).order_by(col(Attachment.id).desc())).first()
        assert file is not None
        assert (file.name, file.size) == ("8D 报告�fdp.exe", 2)


def test_it_takes_the_empty_file_field_of_a_browser_as_no_file(wang: httpx.Client, engine: Engine) -> None:
    fields = {"text": "收到。", "seen": "99"}
    parts = [f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    parts.append('--b\r\nContent-Disposition: form-data; name="files"; filename=""\r\n')
    parts.append("Content-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n")
    kind = {"content-type": "multipart/form-data; boundary=b"}
    sent = wang.post(f"{ORDER}/reply", content="".join(parts).encode(), headers=kind)
    assert sent.status_code == 303
    with reading(engine) as session:
        assert "octet" not in str(session.exec(select(Attachment.type)).all())


def test_it_refuses_an_empty_answer(wang: httpx.Client, engine: Engine) -> None:
    page = answer(wang, engine, COMPLAINT, " \n ")
    assert page.status_code == 422
    assert "答复还没有写内容" in page.text


def test_it_notes_an_answer_by_phone_and_sends_nothing(wang: httpx.Client, engine: Engine) -> None:
    assert "系统只记录，不发送" in wang.get(CALL).text
    assert answer(wang, engine, CALL, "已电话答复，采纳建议。").status_code == 303
    assert replies(engine) == []
    assert case_of(engine, 7).status == CaseStatus.REPLIED


def test_it_says_when_no_address_is_known(wang: httpx.Client, engine: Engine) -> None:
    with writing(engine) as session:
        contact = session.get_one(Case, 3).contact_id
        address = select(ContactAddress).where(col(ContactAddress.contact_id) == contact)
        session.delete(session.exec(address).one())
    page = answer(wang, engine, ORDER, "收到订单")
    assert page.status_code == 422
    assert "无法发送" in page.text
    assert "收到订单</textarea>" in page.text
    assert answer(wang, engine, ORDER, "收到订单", only_note="true").status_code == 303


def test_it_keeps_a_correction_as_labelled_data(wang: httpx.Client, engine: Engine) -> None:
    data = {"kind": "inquiry", "severity": "severe", "requirement": ["delivery", "made-up"]}
    assert wang.post(f"{ORDER}/correct", data=data).status_code == 303
    case = case_of(engine, 3)
    assert (case.kind, case.severity, case.requirement_categories) == ("inquiry", None, ["delivery"])
    with reading(engine) as session:
        fields = session.exec(select(Correction.field).where(col(Correction.case_id) == 3)).all()
    assert sorted(fields) == ["kind", "special_requirements"]
    assert "类别由“订单”改为“咨询”" in wang.get(ORDER).text


def test_it_closes_and_undoes_closing(wang: httpx.Client, engine: Engine) -> None:
    wang.post(f"{ORDER}/close")
    assert case_of(engine, 3).status == CaseStatus.CLOSED
    assert "撤销关闭" in wang.get(ORDER).text
    wang.post(f"{ORDER}/reopen")
    case = case_of(engine, 3)
    assert (case.status, case.due_at) == (CaseStatus.OPEN, NOW - timedelta(hours=20.6) + timedelta(hours=24))


def test_it_hands_the_case_over_and_then_shows_the_queue(wang: httpx.Client, engine: Engine) -> None:
    with reading(engine) as session:
        chen = session.exec(select(User.id).where(col(User.name) == "陈志远")).one()
    gone = wang.post(f"{ORDER}/assign", data={"owner": str(chen)})
    assert gone.headers["location"] == "/desk"
    assert case_of(engine, 3).owner_id == chen


def test_it_gives_the_case_back_to_everybody(wang: httpx.Client, engine: Engine) -> None:
    assert wang.post(f"{ORDER}/assign", data={"owner": ""}).status_code == 303
    assert case_of(engine, 3).owner_id is None


def test_it_makes_a_stranger_an_existing_customer_once(wang: httpx.Client, engine: Engine) -> None:
    for _time in range(2):
        wang.post(f"{ORDER}/existing")
    with reading(engine) as session:
        customer = session.get_one(Customer, case_of(engine, 3).customer_id)
        assert customer.status == CustomerStatus.EXISTING
        logged = select(AuditLog).where(col(AuditLog.action) == "customer_existing")
        assert len(session.exec(logged).all()) == 1


@pytest.mark.parametrize(("action", "state"), [("again", OutgoingState.DUE), ("sent", OutgoingState.SENT)])
def test_it_lets_a_person_decide_about_an_uncertain_letter(
    wang: httpx.Client, engine: Engine, action: str, state: OutgoingState
) -> None:
    answer(wang, engine, ORDER, "方案见附件")
    (owed,) = replies(engine)
    with writing(engine) as session:
        letter = session.get_one(Outgoing, owed.id)
        letter.state, letter.error = OutgoingState.UNCERTAIN, "The connection broke after the final dot."
    assert "不能确定是否已经发出" in wang.get(ORDER).text
    for _time in range(2):
        assert wang.post(f"{ORDER}/letters/{owed.id}/{action}").status_code == 303
    with reading(engine) as session:
        assert session.get_one(Outgoing, owed.id).state == state


def test_it_does_not_touch_a_letter_of_another_case(wang: httpx.Client, engine: Engine) -> None:
    answer(wang, engine, ORDER, "方案见附件")
    (owed,) = replies(engine)
    assert wang.post(f"{COMPLAINT}/letters/{owed.id}/again").status_code == 404


def test_it_tells_an_open_page_of_news(wang: httpx.Client, engine: Engine, clock: Clock) -> None:
    assert "新消息" not in wang.get(f"{COMPLAINT}/news?after=9999").text
    assert "有 2 条新消息" in wang.get(f"{COMPLAINT}/news?after=0").text
    with reading(engine) as session:
        inbound = select(Message).where(col(Message.direction) == Direction.IN, col(Message.case_id) == 1)
        assert len(session.exec(inbound).all()) == 2


def test_it_shows_the_mail_that_was_attached_as_evidence(wang: httpx.Client, engine: Engine) -> None:
    inner = {"name": "梁工", "address": "liang@huadong.example", "subject": "短少", "text": "少了十二件。"}
    with writing(engine) as session:
        message = session.exec(select(Message).where(col(Message.case_id) == 1)).first()
        assert message is not None
        message.forwarded = [inner]
    page = wang.get(COMPLAINT).text
    assert "附上的邮件" in page
    assert all(f"{value}<" in page for value in inner.values())


def test_it_makes_a_colleague_of_a_stranger_with_one_click(browser: Browser, engine: Engine) -> None:
    with writing(engine) as session:
        ours = select(Message).where(col(Message.case_id) == 8, col(Message.author_id).is_not(None))
        theirs = select(Message).where(col(Message.case_id) == 2, col(Message.direction) == Direction.IN)
        session.exec(theirs).one().references = [session.exec(ours).one().message_id or ""]
    stranger, offer = "/desk/cases/HY-000002", "是该客户的人，加为联系人"
    other = browser("陈志远")  # of sales, who may not see the case of 王芳 that is answered
    assert offer not in other.get(stranger).text
    other.post(f"{stranger}/colleague")
    wang = browser("王芳")
    assert offer in wang.get(stranger).text
    for _time in range(2):
        assert wang.post(f"{stranger}/colleague").status_code == 303
    page = wang.get(stranger).text
    assert offer not in page
    assert "将发件人加为客户的联系人" in page
    assert case_of(engine, 2).customer_id == case_of(engine, 8).customer_id
