"""WeCom's callback over real HTTP: it keeps the pull token, and refuses whatever WeCom has not sealed."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from store.engine import reading
from store.files import FileStore
from store.tables import WecomAccount
from tests.borders.wecom import WecomServer
from tests.borders.wecom_seal import seal, signed_query
from tests.borders.wecom_world import AES_KEY, CORP, KFID, TOKEN
from tests.office import Office
from tests.web.serving import served
from web.app import create_app

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def wecom(office: Office) -> Iterator[WecomServer]:
    with WecomServer(office.clock) as wecom:
        yield wecom


@pytest.fixture
def door(office: Office, wecom: WecomServer, tmp_path: Path) -> Iterator[str]:
    app = create_app(
        office.engine,
        FileStore(tmp_path / "files"),
        office.policy,
        wecom_account=wecom.account,
        clock=office.clock,
    )
    with served(app) as address:
        yield address


def rung(office: Office) -> WecomAccount | None:
    with reading(office.engine) as session:
        return session.get(WecomAccount, f"wecom:{KFID}")


def post(door: str, message: str, office: Office, *, aes_key: str = AES_KEY) -> httpx.Response:
    """A callback with this in it, signed as WeCom does."""
    sealed = seal(message, aes_key, CORP)
    query = signed_query(TOKEN, int(office.now.timestamp()), sealed)
    body = f"<xml><Encrypt>{sealed}</Encrypt></xml>"
    return httpx.post(f"{door}/wecom/callback?{query}", content=body, timeout=20)


def test_it_answers_wecom_when_the_address_is_set(door: str, wecom: WecomServer, office: Office) -> None:
    answer = wecom.verify(door, "1616140317555161061")
    assert (answer.status_code, answer.text) == (200, "1616140317555161061")
    assert answer.headers["content-type"].startswith("text/plain")
    office.pass_time(minutes=11)
    late = httpx.get(str(answer.url))
    assert (late.status_code, late.text) == (403, "The callback is not of now.")


def test_it_keeps_the_newest_pull_token_and_takes_a_replay_as_the_same(
    door: str, wecom: WecomServer, office: Office
) -> None:
    first = wecom.callback(door)
    office.pass_time(seconds=30)
    second = wecom.callback(door)
    for callback in (first, second, first, second):  # also again, and out of order
        answer = httpx.post(**callback, timeout=20)
        assert (answer.status_code, answer.text) == (200, "success")
    account = rung(office)
    assert account is not None
    assert (account.pull_token, account.rung_at) == ("pull-2", office.now)
    office.pass_time(minutes=11)
    assert httpx.post(**second, timeout=20).status_code == 403


def test_it_takes_no_notice_of_what_is_not_for_its_account(
    door: str, wecom: WecomServer, office: Office
) -> None:
    assert httpx.post(**wecom.callback(door, open_kfid="wk-other"), timeout=20).status_code == 200
    assert post(door, "<xml><Event>change_contact</Event></xml>", office).text == "success"
    assert rung(office) is None


GARBAGE = [
    (b"", 400),
    (b"\xff\xfe\x00", 400),
    (b"<xml>", 400),
    (b"<xml/>", 403),
    (b"<xml><Encrypt></Encrypt></xml>", 403),
    (b"<!DOCTYPE x [<!ENTITY a 'x'>]><xml><Encrypt>&a;</Encrypt></xml>", 400),
    (b"<xml><Encrypt>" + b"A" * 20_000 + b"</Encrypt></xml>", 413),
    (b'{"encrypt": "x"}', 400),
]


def test_it_refuses_garbage_plainly(door: str, wecom: WecomServer, office: Office) -> None:
    query = urlsplit(wecom.callback(door)["url"]).query
    with httpx.Client(base_url=door, timeout=20) as stranger:
        for asked in (query, "", "msg_signature=%ff&timestamp=-1&nonce=%00", "timestamp=" + "9" * 400):
            for body, status in GARBAGE:
                answer = stranger.post(f"/wecom/callback?{asked}", content=body)
                assert (answer.status_code, body) == (status, body)
                assert answer.headers["content-type"].startswith("text/plain")
            assert stranger.get(f"/wecom/callback?{asked}&echostr=%E4%BA%94").status_code == 403
    assert rung(office) is None


def test_it_refuses_what_is_sealed_with_another_key_or_holds_no_xml(door: str, office: Office) -> None:
    other_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    assert (
        post(door, "<xml><Event>kf_msg_or_event</Event></xml>", office, aes_key=other_key).status_code == 403
    )
    assert post(door, "hello", office).status_code == 400
    long = "<xml><Event>kf_msg_or_event</Event><Token>" + "x" * 500 + "</Token></xml>"
    assert post(door, long, office).status_code == 200
    account = rung(office)
    assert account is not None
    assert account.pull_token == ""


def test_it_is_no_page_without_the_settings(visitor: httpx.Client) -> None:
    assert visitor.get("/wecom/callback").status_code == 404
    assert visitor.post("/wecom/callback").status_code == 404
