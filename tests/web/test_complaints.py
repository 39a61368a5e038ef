"""Complaints at the desk: the gate, the form, the list and the month, by HTTP and by role."""

import re

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from store.engine import reading, writing
from store.tables import (
    Attachment,
    Case,
    CaseStatus,
    Complaint,
    CorrectiveAction,
    CorrectiveMeasure,
    DraftState,
    NonconformityNotice,
    ReplyDraft,
)
from tests.web.conftest import Browser, on_both
from tests.web.test_case import COMPLAINT, MACHINE, ORDER, answer, case_of, replies, seen
from tests.web.test_queue import counting

WORDS = "李工您好，2,000 只换货明早发出。"
FORM = f"{COMPLAINT}/complaint"
SALES, HEAD, QUALITY, MANAGER = "王芳", "Grace Lin", "周工", "赵敏"


def drafts(engine: Engine) -> list[ReplyDraft]:
    with reading(engine) as session:
        return list(session.exec(select(ReplyDraft).order_by(col(ReplyDraft.id))))


def complaint_of(engine: Engine, number: int = 1) -> Complaint:
    with reading(engine) as session:
        return session.get_one(Complaint, number)


def decide(
    client: httpx.Client, engine: Engine, what: str, address: str = COMPLAINT, **more: str
) -> httpx.Response:
    with reading(engine) as session:
        data = {"seen": str(seen(session, int(address[-6:])))} | more
    return client.post(f"{address}/drafts/{drafts(engine)[-1].id}/{what}", data=data)


@on_both
def test_it_keeps_an_answer_until_the_manager_confirms_it(browser: Browser, engine: Engine) -> None:
    wang = browser(SALES)
    assert "提交确认" in wang.get(COMPLAINT).text
    for _time in range(2):
        assert answer(wang, engine, COMPLAINT, WORDS).status_code == 303
    (draft,) = drafts(engine)
    assert (draft.state, draft.text, replies(engine)) == (DraftState.WAITING, WORDS, [])
    page = wang.get(COMPLAINT).text
    assert "待确认的答复" in page
    assert "须由总经理或副总经理确认" in page
    assert "确认并发出" not in page
    boss = browser(MANAGER)
    assert WORDS[:20] in boss.get("/desk/complaints").text
    assert "确认并发出" in boss.get(COMPLAINT).text
    assert decide(boss, engine, "confirm").status_code == 303
    (owed,) = replies(engine)
    assert (owed.text, owed.recipient) == (WORDS, "li.min@huadong.example")
    assert case_of(engine, 1).status == CaseStatus.REPLIED
    assert "等我确认的答复" not in boss.get("/desk/complaints").text
    assert "确认答复" in boss.get(COMPLAINT).text
    assert decide(boss, engine, "confirm").status_code == 403


@pytest.mark.parametrize("name", [SALES, "陈志远", HEAD, QUALITY])
def test_it_lets_only_the_manager_confirm_an_answer_to_a_claim(
    browser: Browser, engine: Engine, name: str
) -> None:
    answer(browser(SALES), engine, COMPLAINT, WORDS)
    assert decide(browser(name), engine, "confirm").status_code == 403
    assert replies(engine) == []


def test_it_lets_nobody_confirm_his_own_words(browser: Browser, engine: Engine) -> None:
    boss = browser(MANAGER)
    answer(boss, engine, COMPLAINT, WORDS)
    refused = decide(boss, engine, "confirm")
    assert refused.status_code == 403
    assert "作者不能确认自己的答复" in refused.text
    assert replies(engine) == []


def test_it_makes_who_edits_the_author(browser: Browser, engine: Engine) -> None:
    wang, head, boss = browser(SALES), browser(HEAD), browser(MANAGER)
    with reading(engine) as session:
        data = {"text": "换货。", "seen": str(seen(session, 5))}
    upload = [("files", ("报告.pdf", b"8D", "application/pdf"))]
    wang.post(f"{MACHINE}/reply", data=data, files=upload)
    assert decide(head, engine, "edit", MACHINE, text="换货，今天发出。").status_code == 303
    assert [draft.state for draft in drafts(engine)] == [DraftState.REPLACED, DraftState.WAITING]
    assert decide(head, engine, "confirm", MACHINE).status_code == 403
    assert decide(boss, engine, "confirm", MACHINE).status_code == 303
    assert [owed.text for owed in replies(engine)] == ["换货，今天发出。"]
    with reading(engine) as session:
        newest_file = session.exec(select(Attachment).order_by(col(Attachment.id).desc())).first()
        assert newest_file is not None
        assert newest_file.name == "报告.pdf"


def test_it_sends_back_with_a_remark(browser: Browser, engine: Engine) -> None:
    wang, boss = browser(SALES), browser(MANAGER)
    answer(wang, engine, COMPLAINT, WORDS)
    assert decide(boss, engine, "back", remark=" ").status_code == 422
    assert decide(boss, engine, "back", remark="先写停线的处理").status_code == 303
    page = wang.get(COMPLAINT).text
    assert "被退回的答复" in page
    assert "先写停线的处理" in page
    assert page.count("退回答复") == 1  # in the log
    assert decide(wang, engine, "edit", text="停线：今天派人到场。").status_code == 303
    assert decide(wang, engine, "withdraw").status_code == 303
    assert drafts(engine)[-1].state == DraftState.REPLACED
    assert replies(engine) == []


def test_it_asks_to_read_what_the_customer_wrote_meanwhile(browser: Browser, engine: Engine) -> None:
    answer(browser(SALES), engine, COMPLAINT, WORDS)
    number = drafts(engine)[-1].id
    late = browser(MANAGER).post(f"{COMPLAINT}/drafts/{number}/confirm", data={"seen": "1"})
    assert late.status_code == 409
    assert "客户又来了新消息" in late.text
    assert replies(engine) == []


@on_both
def test_it_voids_a_confirmation_when_a_claim_comes_up(browser: Browser, engine: Engine) -> None:
    wang, head = browser(SALES), browser(HEAD)
    answer(wang, engine, MACHINE, "电话里说：今天换新机。", only_note="true")
    assert decide(head, engine, "confirm", MACHINE).status_code == 303
    assert "已照此告知客户" in wang.get(MACHINE).text
    worse = {"kind": "complaint", "severity": "moderate", "claim": "true", "requirement": "warranty"}
    assert wang.post(f"{MACHINE}/correct", data=worse).status_code == 303
    assert "这次确认已失效" in wang.get(MACHINE).text
    assert decide(wang, engine, "told", MACHINE).status_code == 409
    answer(wang, engine, MACHINE, "电话里说：今天换新机，赔 500 元。", only_note="true")
    assert decide(head, engine, "confirm", MACHINE).status_code == 403
    assert decide(browser(MANAGER), engine, "confirm", MACHINE).status_code == 303
    assert decide(wang, engine, "told", MACHINE).status_code == 303
    assert case_of(engine, 5).status == CaseStatus.REPLIED
    assert replies(engine) == []


def test_it_lets_only_confirmers_make_a_complaint_lighter(browser: Browser, engine: Engine) -> None:
    lighter = {"kind": "complaint", "severity": "light"}
    for name in (SALES, HEAD, QUALITY):
        refused = browser(name).post(f"{COMPLAINT}/correct", data=lighter)
        assert refused.status_code == 403
        # Quality does not correct cases at all; sales and the head do, but no claim.
        words = ("您没有查看或修改",) if name == QUALITY else ("您的角色不能这样做", "may do this")
        assert any(word in refused.text for word in words)
    assert browser(MANAGER).post(f"{COMPLAINT}/correct", data=lighter).status_code == 303
    case = case_of(engine, 1)
    assert (case.severity, case.claim) == ("light", False)
    assert answer(browser(SALES), engine, COMPLAINT, WORDS).status_code == 303
    assert len(replies(engine)) == 1


@on_both
def test_it_fills_in_the_form_signs_and_closes(browser: Browser, engine: Engine) -> None:
    wang, head, zhou = browser(SALES), browser(HEAD), browser(QUALITY)
    page = wang.get(FORM).text
    assert all(word in page for word in ("KX-2208", "PO-20261102-7", "2000 只", "镀层起泡", "换货 2,000 只"))
    cause = {"unit": "电镀车间", "cause": "温控失效", "met_on": "2026-11-20", "standard_updated": "yes"}
    assert zhou.post(FORM, data=cause).status_code == 303
    assert wang.post(FORM, data=cause | {"unit": "x"}).status_code == 403
    assert wang.post(FORM, data={"countermeasure": "全检换货"}).status_code == 303
    for client in (wang, head):
        assert client.post(f"{COMPLAINT}/sign").status_code == 303
    assert head.post(f"{COMPLAINT}/settle").status_code == 403
    refused = head.post(f"{COMPLAINT}/close")
    assert refused.status_code == 403
    assert "effect is recorded" in refused.text or "实施效果" in refused.text
    assert (
        zhou.post(FORM, data={"effect": "两批无不良", "effective": "yes", "satisfied": "no"}).status_code
        == 303
    )
    assert wang.post(f"{COMPLAINT}/settle", data={"reason": "x"}).status_code == 403
    assert head.post(f"{COMPLAINT}/settle").status_code == 403
    assert head.post(f"{COMPLAINT}/settle", data={"reason": "客户要求超出合同"}).status_code == 303
    assert case_of(engine, 1).status == CaseStatus.CLOSED
    page = wang.get(FORM).text
    assert "客户要求超出合同" in page
    assert "<textarea" not in page
    assert "HY-000001" in wang.get("/desk/complaints?closed=1").text
    assert wang.post(FORM, data={"effect": "x"}).status_code == 403
    assert "签字：关闭投诉" in wang.get(COMPLAINT).text


def test_it_writes_nothing_over_that_a_colleague_changed_meanwhile(browser: Browser, engine: Engine) -> None:
    wang, zhou = browser(SALES), browser(QUALITY)
    page = wang.get(FORM).text
    shown = dict(re.findall(r'name="(shown-\w+)" value="(\w+)"', page))
    assert zhou.post(FORM, data={"in_stock": "隔离 12,400 只"}).status_code == 303
    # Only what she changed is written; the stocks stand as quality wrote them.
    untouched = {"at_line": "", "in_stock": "", "at_customer": "", "sold_on": ""}
    assert wang.post(FORM, data=shown | untouched | {"countermeasure": "换货"}).status_code == 303
    assert (complaint_of(engine).in_stock, complaint_of(engine).countermeasure) == ("隔离 12,400 只", "换货")
    refused = wang.post(FORM, data=shown | untouched | {"in_stock": "没有"})
    assert refused.status_code == 409
    assert "被同事改过" in refused.text
    assert complaint_of(engine).in_stock == "隔离 12,400 只"


@pytest.mark.parametrize(
    "wrong",
    [
        {"met_on": "yesterday"},
        {"cause": "x" * 4001},
        {"product": "x" * 301},
    ],
)
def test_it_refuses_what_no_form_sends(browser: Browser, engine: Engine, wrong: dict[str, str]) -> None:
    assert browser(MANAGER).post(FORM, data=wrong).status_code == 422
    assert complaint_of(engine).part_no == "KX-2208"


def test_it_shows_no_form_of_what_is_no_complaint_or_not_ones_own(browser: Browser) -> None:
    assert browser(SALES).get(f"{ORDER}/complaint").status_code == 404
    other = browser("陈志远")
    assert other.get(FORM).status_code == 403
    assert other.post(FORM, data={"product": "x"}).status_code == 403
    assert "HY-000001" not in other.get("/desk/complaints").text
    assert "HY-000005" in other.get("/desk/complaints").text


def test_it_issues_a_capa_and_verifies_its_measures(browser: Browser, engine: Engine) -> None:
    zhou = browser(QUALITY)
    assert "D4 根本原因" in zhou.get(FORM).text
    empty = zhou.post(f"{COMPLAINT}/capa", data={"issue": "yes"})
    assert empty.status_code == 403
    assert "根本原因和纠正措施" in empty.text
    filled = {"eight_d": "yes", "cause": "温控失效", "action": "加装报警", "issue": "yes"}
    assert zhou.post(f"{COMPLAINT}/capa", data=filled).status_code == 303
    due = {"measure": "装报警器", "department": "电镀", "responsible": "赵强", "due_on": "2026-12-01"}
    assert zhou.post(f"{COMPLAINT}/measures", data=due).status_code == 303
    with reading(engine) as session:
        measure = session.exec(select(CorrectiveMeasure)).one()
        assert session.get_one(CorrectiveAction, 1).issued_at is not None
    done = {"done_on": "2026-11-30", "verification": "已装"}
    assert zhou.post(f"{COMPLAINT}/measures/{measure.id}", data=done).status_code == 303
    assert zhou.post(f"{MACHINE}/measures/{measure.id}", data=done).status_code == 404
    verified = {"verification": "两周无异常", "effective": "yes"}
    assert zhou.post(f"{COMPLAINT}/capa/verify", data=verified).status_code == 303
    assert "两周无异常" in zhou.get(FORM).text
    wang = browser(SALES)
    for path in ("capa", "capa/verify", "measures", f"measures/{measure.id}"):
        assert wang.post(f"{COMPLAINT}/{path}", data=filled | due | verified).status_code == 403


def test_it_issues_or_drops_a_nonconformity_notice(browser: Browser, engine: Engine) -> None:
    wang = browser(SALES)
    assert "停用" in wang.get(FORM).text  # the message told of a line stop
    issued = {"act": "issue", "goods": "KX-2208", "quantity": "2000", "disposition": "隔离、换货"}
    assert browser(QUALITY).post(f"{COMPLAINT}/nonconformity", data=issued).status_code == 403
    assert wang.post(f"{COMPLAINT}/nonconformity", data=issued).status_code == 303
    assert wang.post(f"{COMPLAINT}/nonconformity", data={"act": "drop"}).status_code == 403
    started = {"act": "expect", "reason": "return"}
    assert wang.post(f"{MACHINE}/nonconformity", data=started).status_code == 303
    assert wang.post(f"{MACHINE}/nonconformity", data={"act": "drop"}).status_code == 303
    with reading(engine) as session:
        assert session.get_one(NonconformityNotice, 1).issued_at is not None
        assert session.get_one(NonconformityNotice, 5).dropped_at is not None


@on_both
def test_it_counts_the_month_for_those_who_read_reports(browser: Browser) -> None:
    page = browser(HEAD).get("/desk/complaints/summary?month=2026-11", headers={"accept-language": "en"}).text
    assert "HY-000001" in page
    assert "镀层起泡" in page
    boss = browser(MANAGER)
    assert "没有受理投诉" in boss.get("/desk/complaints/summary?month=2026-10").text
    for wrong in ("2026-13", "x", "0001-01", "9999-12"):
        assert boss.get(f"/desk/complaints/summary?month={wrong}").status_code == 404
    assert browser(SALES).get("/desk/complaints/summary").status_code == 403


@on_both
def test_it_lists_complaints_in_a_fixed_number_of_queries(wang: httpx.Client, engine: Engine) -> None:
    with counting(engine) as few:
        wang.get("/desk/complaints?closed=1")
    with counting(engine) as more:
        wang.get("/desk/complaints")
    assert len(few) == len(more) <= 6


def test_it_says_what_to_do_when_there_is_no_complaint(browser: Browser, engine: Engine) -> None:
    with writing(engine) as session:
        for case in session.exec(select(Case)):
            case.status = CaseStatus.FILED
    assert "没有处理中的投诉" in browser(SALES).get("/desk/complaints").text


def test_it_shows_hostile_words_as_words(browser: Browser, engine: Engine) -> None:
    boss, evil = browser(MANAGER), "<script>alert(1)</script>\u202e"
    boss.post(FORM, data={"defect": evil, "demand": evil})
    answer(browser(SALES), engine, COMPLAINT, evil)
    for path in (FORM, COMPLAINT, "/desk/complaints", "/desk/complaints/summary"):
        page = boss.get(path).text
        assert "<script>alert" not in page
        assert "\u202e" not in page


@pytest.mark.parametrize(
    "fields",
    [
        {"product": "\x00" * 9, "demand": "\x00"},
        {"demand": "\ud800".encode("utf-8", "surrogatepass"), "shown-registration": "x"},
        {"effective": "perhaps", "eight_d": "x", "cause": "\ud800".encode("utf-8", "surrogatepass")},
        {"act": "x", "reason": "y", "measure": "\x00", "due_on": "0000-00-00"},
        {"text": "\ud800".encode("utf-8", "surrogatepass"), "remark": "\x00", "seen": "-1"},
    ],
)
def test_it_never_fails_on_an_odd_form(
    browser: Browser, engine: Engine, fields: dict[str, str | bytes]
) -> None:
    answer(browser(SALES), engine, COMPLAINT, WORDS)
    boss, number = browser(MANAGER), drafts(engine)[-1].id
    paths = ["complaint", "sign", "settle", "capa", "capa/verify", "measures", "measures/1", "nonconformity"]
    paths += [f"drafts/{number}/{act}" for act in ("edit", "back", "withdraw", "told", "confirm")]
    for path in paths:
        assert boss.post(f"{COMPLAINT}/{path}", data=fields).status_code < 500, path
