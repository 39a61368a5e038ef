"""A major loss and the month's evaluation at the desk."""

from sqlalchemy import Engine

from tests.web.acts import LOSS, MEETING
from tests.web.conftest import Browser
from tests.web.test_complaints import FORM, HEAD, QUALITY, SALES

HERE = FORM.removesuffix("/complaint")
SUMMARY = "/desk/complaints/summary"


def test_it_holds_a_major_loss_open_until_its_meeting_is_signed(browser: Browser) -> None:
    wang, head, zhou = browser(SALES), browser(HEAD), browser(QUALITY)
    chinese = {"accept-language": "zh"}
    assert "列为重大损失" not in wang.get(FORM).text
    assert head.post(f"{HERE}/loss", data=LOSS.form).status_code == 303
    assert "等品质召集评审" in wang.get(HERE, headers=chinese).text
    wang.post(FORM, data={"effect": "两批无不良", "satisfied": "yes"})
    page = head.get(FORM).text
    assert "Sign and close" not in page
    assert "a major loss" in page.lower()
    refused = head.post(f"{HERE}/settle")
    assert refused.status_code == 403
    assert head.post(f"{HERE}/loss/meeting", data=MEETING).status_code == 403
    early = zhou.post(f"{HERE}/loss/meeting", data=MEETING | {"done_by": "2026-11-01"})
    assert (early.status_code, "不能早于会议日期" in early.text) == (403, True)
    assert zhou.post(f"{HERE}/loss/meeting", data=MEETING | {"cause": "<b>x"}).status_code == 303
    page = zhou.get(FORM).text
    assert "&lt;b&gt;x" in page
    assert "周工、李厂长" in page
    assert "不是重大损失，撤销" not in page
    assert head.post(f"{HERE}/settle").status_code == 303
    assert "签字：重大损失评审的会议记录" in wang.get(HERE).text


def test_it_shows_the_months_evaluation_with_its_signature(browser: Browser, engine: Engine) -> None:
    zhou = browser(QUALITY)
    words = {"month": "2026-11", "words": "镀层起泡集中在一条线。"}
    assert "还没有写" in zhou.get(SUMMARY).text
    assert zhou.post(SUMMARY, data=words).status_code == 303
    page = zhou.get(f"{SUMMARY}?month=2026-11").text
    assert "镀层起泡集中在一条线。" in page
    assert "<b>周工</b> <time>2026-11-20 10:30</time>" in page
    late = zhou.post(SUMMARY, data=words | {"words": "别的"})  # from a page of before
    assert (late.status_code, "同事刚刚写了" in late.text) == (409, True)
    assert zhou.post(SUMMARY, data=words | {"month": "2026-12"}).status_code == 422
    assert zhou.post(SUMMARY, data=words | {"month": "x"}).status_code == 404
