"""How the company reviews, over HTTP: seen by everybody, decided by few, called as the company calls it."""

from sqlalchemy import Engine

from store.engine import writing
from tests.web.conftest import Browser
from tests.web.reviewers import hire_reviewers
from tests.web.test_queue import counting
from tests.web.test_review import CASE, FORM, posted

PAGE = "/desk/routes"


def test_it_asks_and_names_departments_as_the_company_decides(browser: Browser, engine: Engine) -> None:
    with writing(engine) as session:
        hire_reviewers(session)
    boss, wang = browser("赵敏"), browser("王芳")
    assert "恢复默认" not in boss.get(PAGE).text
    posted(boss, "/desk/departments", name="物流", judges="运输方式")
    posted(boss, "/desk/departments/technical", name="工程", active="true")
    posted(boss, f"{PAGE}/people/11", department="own-10")  # 库管老吴
    posted(boss, f"{PAGE}/special", asked="own-10", signer="sign_review", opinion_days="3")
    page = boss.get(PAGE).text
    for words in ("本公司已修改", "恢复默认", "3 个工作日", "修改评审方式", "增加部门“物流”"):
        assert words in page
    assert "库管老吴 的部门由“仓库”改为“物流”" in page
    posted(wang, f"{CASE}/order", **FORM)
    assert "部门主管签署" in wang.get(f"{CASE}/order").text
    review = posted(wang, f"{CASE}/order/review")
    sheet = browser("库管老吴").get(review).text
    assert "<b>物流</b>" in sheet
    assert "运输方式" in sheet
    assert "签署意见" in sheet
    posted(boss, f"{PAGE}/special/reset")
    assert "本公司已修改" not in boss.get(PAGE).text
    assert "恢复默认；原为：物流；部门主管签署；3 个工作日" in boss.get(PAGE).text
    assert "部门主管签署" in wang.get(review).text  # this one goes on as it began


def test_it_says_why_something_cannot_be_so(browser: Browser) -> None:
    boss = browser("赵敏")
    for path, data, words in (
        (f"{PAGE}/special", {"signer": "sign_review"}, "至少要问一个部门"),
        (f"{PAGE}/special", {"signer": "answer", "asked": "sales"}, "条款要求由更高的人签署"),
        (f"{PAGE}/unknown", {"signer": "answer"}, "没有这种评审方式"),
        (f"{PAGE}/large_tender", {"signer": "rule_on_review", "asked": "sales"}, "金额"),
        ("/desk/departments", {"name": " "}, "部门要有名称"),
        ("/desk/departments/finance", {"name": ""}, "请先在评审方式中去掉它"),
        ("/desk/departments/nobody", {"name": "x"}, "没有这个部门"),
        (f"{PAGE}/people/1", {"department": "nobody"}, "没有这个部门"),
    ):
        refused = boss.post(path, data=data)
        assert refused.status_code == 422, path
        assert words in refused.text
    assert boss.post(f"{PAGE}/special", data={"signer": "\x00", "opinion_days": "999"}).status_code == 422
    hostile = "<script>alert(1)</script>"
    assert boss.post("/desk/departments", data={"name": hostile[:40]}).status_code == 303
    assert "<script>alert" not in boss.get(PAGE).text


def test_it_asks_for_departments_once_a_page(browser: Browser, engine: Engine) -> None:
    wang = browser("王芳")
    page = wang.get(PAGE).text
    assert "由总经理或管理员修改" in page
    assert 'action="/desk/' not in page.partition("<main>")[2]
    with counting(engine) as queries:
        wang.get(PAGE)
    assert len(queries) <= 9
