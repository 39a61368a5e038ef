"""A complaint walks through the house in a real browser, from the customer's mail to the month's numbers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from store.files import FileStore
from tests.office import Office, mail
from tests.web.conftest import Clock
from tests.web.desks import Desk, desks, fits
from tests.web.filled import POLICY

CASE = "/desk/cases/HY-000009"
SALES, HEAD, QUALITY, MANAGER = "王芳", "Grace Lin", "周工", "赵敏"
CRACKED = (
    "贵司 11 月 12 日交付的轴承座 KX-3300（订单 PO-7781）有 12 件开裂，我司产线已停线。"
    "请立即处理，并提供 8D 报告。"
)
FIRST = "李工您好：12 件开裂轴承座今天换货发出，两个工作日内提供 8D 报告。"
CLAIM = "停线一天，我司要求赔偿停线损失 30000 元。"
SECOND = "李工您好：停线损失 30,000 元我司承担，从下月货款中扣除。"


@pytest.fixture
def desk(address: str) -> Iterator[Desk]:
    with desks(address) as desk:
        yield desk


@pytest.fixture
def office(engine: Engine, files: FileStore, home: Path, clock: Clock) -> Iterator[Office]:
    """Whatever receives and delivers, beside the filled desk."""
    office = Office(engine, home / "files")
    office.policy, office.now = POLICY, clock.now
    yield office
    office.close()


def letters(office: Office) -> list[str]:
    """What has left to the customer, but for receipts."""
    office.deliverer().deliver_all()
    left = [letter for letter in office.sender.letters if letter.recipient == "limin@kaimai.example"]
    return [letter.text for letter in left if not letter.automatic]


def fill(page: Page, section: str, **fields: str) -> None:
    """Fill in a section of the complaint's form, and keep it."""
    part = page.locator(f"section#{section}")
    for name, words in fields.items():
        field = part.locator(f"[name={name}]")
        is_choice = field.evaluate("field => field.tagName") == "SELECT"
        field.select_option(words) if is_choice else field.fill(words)
    part.get_by_role("button", name="保存", exact=True).click()
    expect(part.get_by_role("status")).to_have_text("已保存")


def write(page: Page, words: str) -> None:
    """Write an answer: it is not sent, it waits."""
    page.fill("#answer", words)
    page.get_by_role("button", name="提交确认").click()
    expect(page.locator(".draft")).to_contain_text("待确认的答复")
    expect(page.locator(".draft .words")).to_have_text(words)


def test_it_walks_from_the_mail_over_gate_and_capa_to_the_summary(desk: Desk, office: Office) -> None:
    office.mail_arrives(mail(subject="轴承座开裂，产线停线", text=CRACKED))
    wang, head, quality, boss = desk[SALES], desk[HEAD], desk[QUALITY], desk[MANAGER]

    # It stands in the queue as a severe complaint, with its reasons.
    wang.goto("/desk")
    line = wang.locator("#HY-000009")
    for words in ("投诉", "重度", "无人负责", "轴承座开裂"):
        expect(line).to_contain_text(words)
    line.get_by_role("link").click()
    expect(wang.locator("mark.severity", has_text="停线").first).to_have_attribute(
        "data-why", "投诉级别：停线"
    )
    expect(wang.locator(".case-head")).to_contain_text("应在 2026-11-21 10:30 前答复")
    wang.get_by_role("button", name="由我负责").click()

    # The answer is held until the head confirms exactly these words.
    write(wang, FIRST)
    assert letters(office) == []
    head.goto("/desk/complaints")
    waiting = head.locator(".waiting")
    expect(waiting).to_contain_text("12 件开裂轴承座")
    waiting.get_by_role("link", name="HY-000009").click()
    expect(head.locator(".draft .words")).to_have_text(FIRST)
    head.get_by_role("button", name="Confirm and send").click()
    assert letters(office) == [FIRST]
    wang.goto(CASE)
    expect(wang.locator(".message.ours").last).to_contain_text("已发送")
    expect(wang.locator(".case-head .state")).to_have_text("已答复")

    # The customer claims money: the head may not confirm the next answer, the general manager may.
    again = "In-Reply-To: <1@kaimai.example>\r\nReferences: <1@kaimai.example>\r\n"
    office.mail_arrives(
        mail(subject="Re: 轴承座开裂，产线停线", text=CLAIM, message_id="<2@kaimai.example>", headers=again)
    )
    wang.goto(CASE)
    expect(wang.locator(".case-head")).to_contain_text("索赔")
    write(wang, SECOND)
    head.goto(CASE)
    expect(head.locator(".draft .words")).to_have_text(SECOND)
    expect(head.get_by_role("button", name="Confirm and send")).to_have_count(0)
    boss.goto("/desk/complaints")
    boss.locator(".waiting").get_by_role("link", name="HY-000009").click()
    assert letters(office) == [FIRST]
    boss.get_by_role("button", name="确认并发出").click()
    assert letters(office) == [FIRST, SECOND]

    # Quality investigates, and issues an 8D with measures.
    quality.goto("/desk/complaints")
    quality.locator("tr", has_text="HY-000009").get_by_role("link", name="查明原因").click()
    assert fits(quality)
    fill(quality, "check", in_production="no", stopped="no", isolated="yes", isolated_quantity="340 件")
    fill(
        quality,
        "cause",
        unit="铸造车间",
        met_on="2026-11-20",
        cause="浇注温度过低",
        prevention="温度自动报警",
    )
    capa = quality.locator("#capa")
    capa.locator("[name=eight_d]").select_option("yes")
    capa.get_by_role("button", name="保存").click()
    for name, words in {
        "team": "周工、铸造车间主任",
        "problem": "12 件轴承座开裂",
        "containment": "隔离 340 件",
        "cause": "浇注温度过低",
        "action": "加装温度报警",
    }.items():
        capa.locator(f"[name={name}]").fill(words)
    capa.get_by_role("button", name="发给各部门").click()
    expect(capa).to_contain_text("发出：周工")
    for name, words in {"measure": "加装报警器", "department": "铸造", "responsible": "老赵"}.items():
        capa.locator(f".measure [name={name}]").fill(words)
    capa.locator(".measure [name=due_on]").fill("2026-11-27")
    capa.get_by_role("button", name="增加措施").click()
    capa.get_by_label("验证结果").fill("已装")
    capa.get_by_role("button", name="完成").click()
    expect(capa.locator("tr", has_text="加装报警器")).to_contain_text("2026-11-20 已装")
    capa.get_by_label("有效性验证").fill("两批 600 件无开裂")
    capa.get_by_role("button", name="有效", exact=True).click()
    expect(capa).to_contain_text("有效性验证：有效 两批 600 件无开裂")

    # Sales and head sign the countermeasure; the effect is told to the customer and recorded.
    wang.goto(f"{CASE}/complaint")
    fill(wang, "countermeasure", countermeasure="换货 12 件，赔偿停线损失")
    for page in (wang, head):
        page.goto(f"{CASE}/complaint")
        page.locator("#countermeasure form").get_by_role("button").last.click()
    expect(head.locator("#countermeasure .signatures")).to_contain_text(SALES)
    expect(head.locator("#countermeasure .signatures")).to_contain_text(HEAD)
    wang.goto(f"{CASE}/complaint")
    fill(wang, "effect", effect="换货后无开裂", effective="yes", satisfied="yes", told_on="2026-11-20")
    expect(wang.locator("#effect")).to_contain_text("等部门主管签字关闭")

    # The head signs, the case is closed, the month counts it.
    head.goto(f"{CASE}/complaint")
    head.get_by_role("button", name="Sign and close").click()
    wang.goto(CASE)
    expect(wang.locator(".steps .did")).to_have_count(6)
    expect(wang.locator(".case-head .state")).to_have_text("已关闭")
    boss.goto("/desk/complaints/summary")
    row = boss.locator("tr", has_text="HY-000009")
    for words in ("重度 · 索赔", "铸造车间", "浇注温度过低", "换货 12 件", "换货后无开裂"):
        expect(row).to_contain_text(words)
    assert fits(boss)
