"""Our small WeCom answers as the published documentation of customer service says."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.borders.wecom import WecomServer
from tests.borders.wecom_world import CORP, KFID, SECRET

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


class Company:
    """A program that knows the company's secret, and the time that WeCom goes by."""

    def __init__(self) -> None:
        self.now = NOW
        self.wecom = WecomServer(lambda: self.now)
        self.token = ""

    def get(self, method: str, **query: str) -> Any:
        return httpx.get(f"{self.wecom.account.api_url}/cgi-bin/{method}", params=query).json()

    def sign_in(self) -> None:
        self.token = self.get("gettoken", corpid=CORP, corpsecret=SECRET)["access_token"]

    def post(self, method: str, body: dict[str, object]) -> Any:
        url = f"{self.wecom.account.api_url}/cgi-bin/{method}"
        return httpx.post(url, params={"access_token": self.token}, json=body).json()

    def send(self, msgid: str, **more: object) -> Any:
        text: dict[str, object] = {"msgtype": "text", "text": {"content": "您好"}}
        return self.post("kf/send_msg", text | {"touser": "wm-1", "open_kfid": KFID, "msgid": msgid} | more)

    def sync(self, **more: object) -> Any:
        return self.post("kf/sync_msg", {"open_kfid": KFID} | more)


@pytest.fixture
def company() -> Iterator[Company]:
    company = Company()
    with company.wecom:
        company.sign_in()
        yield company


def test_it_gives_the_same_access_token_until_that_ends(company: Company) -> None:
    again = company.get("gettoken", corpid=CORP, corpsecret=SECRET)
    assert (again["access_token"], again["expires_in"]) == (company.token, 7200)
    assert company.get("gettoken", corpid=CORP, corpsecret="x")["errcode"] == 40001
    assert company.get("gettoken", corpid="x", corpsecret=SECRET)["errcode"] == 40013
    company.now += timedelta(hours=2)
    assert company.sync()["errcode"] == 42001
    company.token = "made up"
    assert company.sync()["errcode"] == 40014


def test_it_gives_messages_page_by_page_for_three_days(company: Company) -> None:
    ids = [company.wecom.customer_says("wm-1", str(number)) for number in range(3)]
    page = company.sync(limit=2, token=company.wecom.world.pull_token())
    assert [message["msgid"] for message in page["msg_list"]] == ids[:2]
    assert (page["msg_list"][0]["origin"], page["msg_list"][0]["send_time"]) == (3, int(NOW.timestamp()))
    assert page["has_more"] == 1
    last = company.sync(cursor=page["next_cursor"])
    assert [message["text"]["content"] for message in last["msg_list"]] == ["2"]
    assert last["has_more"] == 0
    assert company.sync(cursor=last["next_cursor"])["msg_list"] == []
    assert company.sync(cursor="made up")["errcode"] == 40058
    assert company.sync(open_kfid="wk-other")["errcode"] == 95000
    old = company.wecom.world.pull_token()
    company.now += timedelta(minutes=11)
    assert company.sync(token=old)["errcode"] == 95007
    company.now += timedelta(days=3)
    company.sign_in()
    assert company.sync()["msg_list"] == []


def test_it_takes_five_messages_within_48_hours_of_the_customer_s(company: Company) -> None:
    assert company.send("a")["errcode"] == 40096  # nobody has written yet
    company.wecom.customer_says("wm-1", "在吗")
    assert [company.send(msgid)["errcode"] for msgid in "abcdef"] == [0, 0, 0, 0, 0, 95001]
    assert company.send("a") == {"errcode": 0, "errmsg": "ok", "msgid": "a"}  # the same again
    company.wecom.customer_says("wm-1", "还有")
    assert company.send("f")["errcode"] == 0
    assert len(company.wecom.sent) == 6
    company.now += timedelta(hours=48, seconds=1)
    company.sign_in()
    assert company.send("g")["errcode"] == 95002
    assert company.send("not allowed")["errcode"] == 40058
    assert company.send("g", text={"content": "长" * 683})["errcode"] in (40058, 95002)


def test_it_says_who_wrote_and_which_accounts_there_are(company: Company) -> None:
    company.wecom.customer_says("wm-1", "在吗", name="李工")
    told = company.post("kf/customer/batchget", {"external_userid_list": ["wm-1", "wm-2"]})
    assert told["customer_list"] == [{"external_userid": "wm-1", "nickname": "李工"}]
    assert told["invalid_external_userid"] == ["wm-2"]
    assert company.post("kf/account/list", {})["account_list"][0]["open_kfid"] == KFID


def test_it_carries_files_both_ways(company: Company) -> None:
    company.wecom.customer_sends_file("wm-1", "file", "图纸 A1.pdf", b"%PDF-1.7")
    (message,) = company.sync()["msg_list"]
    url = f"{company.wecom.account.api_url}/cgi-bin/media"
    wanted = {"access_token": company.token, "media_id": message["file"]["media_id"]}
    file = httpx.get(f"{url}/get", params=wanted)
    assert file.content == b"%PDF-1.7"
    assert "%E5%9B%BE%E7%BA%B8" in file.headers["content-disposition"]
    assert httpx.get(f"{url}/get", params=wanted | {"media_id": "x"}).json()["errcode"] == 40007
    form = {"media": ("8D报告.pdf", b"%PDF-8D", "application/pdf")}
    query = {"access_token": company.token, "type": "file"}
    media_id = httpx.post(f"{url}/upload", params=query, files=form).json()["media_id"]
    assert company.send("a", msgtype="file", file={"media_id": media_id})["errcode"] == 0
    (sent,) = company.wecom.sent
    assert (sent.file_name, sent.content) == ("8D报告.pdf", b"%PDF-8D")


def test_it_fails_as_told_and_then_works_again(company: Company) -> None:
    company.wecom.customer_says("wm-1", "在吗")
    company.wecom.fail_next("kf/send_msg", 45009, "api freq out of limit")
    assert company.send("a") == {"errcode": 45009, "errmsg": "api freq out of limit"}
    company.wecom.hang_up_next("kf/send_msg")
    with pytest.raises(httpx.RemoteProtocolError):
        company.send("a")
    assert [sent.msgid for sent in company.wecom.sent] == ["a"]
