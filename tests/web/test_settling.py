"""Minutes of a joint review and settlements with suppliers, at the desk."""

from sqlalchemy import Engine

from store.engine import writing
from tests.web.conftest import Browser
from tests.web.reviewers import hire_reviewers
from tests.web.test_review import CASE, FORM, give_all_opinions, posted

WRITTEN = {"held_on": "2026-11-20", "participants": "六部门、<b>总经理", "words": "可以做"}


def test_it_concludes_with_minutes_and_after_the_supplier_is_settled_with(
    browser: Browser, engine: Engine
) -> None:
    with writing(engine) as session:
        hire_reviewers(session)
    wang, boss = browser("王芳"), browser("赵敏")
    posted(wang, f"{CASE}/order", **(FORM | {"marks": "foreign_trade"}))
    review = posted(wang, f"{CASE}/order/review")
    give_all_opinions(browser, engine, review, wang)
    assert "先写会议记录" in boss.get(review).text
    assert wang.post(f"{review}/minutes", data=WRITTEN | {"held_on": "2026-11-21"}).status_code == 422
    posted(wang, f"{review}/minutes", **WRITTEN)
    assert "六部门、&lt;b&gt;总经理" in boss.get(review).text
    posted(wang, f"{review}/settlements", supplier="宏达钢材", difference="厚度只能做到 2.1 mm")
    assert "先三方协调" in boss.get(review).text
    refused = boss.post(f"{review}/conclude", data={"verdict": "passed"})
    assert (refused.status_code, "请先协调或存档" in refused.text) == (409, True)
    here = f"{review}/settlements/1"
    posted(wang, here, act="file")
    assert "签署：通过" not in boss.get(review).text
    posted(wang, here, act="again")
    posted(wang, here, act="terms", words="2.1 mm，降价 2%")
    posted(wang, here, act="customer", words="林小姐，郵件", on="2026-11-20")
    assert wang.post(here, data={"act": "supplier", "words": "陈总", "on": "2027-01-01"}).status_code == 422
    assert wang.post(here, data={"act": "supplier", "words": "陈总"}).status_code == 409
    posted(wang, here, act="supplier", words="陈总", on="2026-11-19")
    page = boss.get(review).text
    assert "三方已确认" in page
    assert "签署：通过" in page
    posted(boss, f"{review}/conclude", verdict="passed", words="接单")
    story = wang.get(CASE).text
    for words in (
        "供应商 宏达钢材 有异议",
        "客户确认了三方商定的要求：林小姐",
        "写下集中评审 26-1 的会议记录",
    ):
        assert words in story
    assert wang.post(f"{review}/settlements/2", data={"act": "file"}).status_code == 404
