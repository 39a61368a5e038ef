"""Telegram's webhook over real HTTP: only Telegram is believed; an update is committed before the answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from intake.telegram import HEADER, Webhook
from store.tables import TelegramUpdate
from tests.office import Office
from tests.web.serving import served
from web.app import create_app
from web.public.telegram import LARGEST

WEBHOOK = Webhook("telegram:110201543", "https://huiyin.example/telegram", "s3cret_-X")
OURS = {HEADER: WEBHOOK.secret}
UPDATE = '{"update_id": 870000001, "message": {"text": "你好\\u0000\\ud800"}}'
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def door(office: Office) -> Iterator[httpx.Client]:
    app = create_app(office.engine, office.files, office.policy, telegram_webhook=WEBHOOK)
    with served(app) as address, httpx.Client(base_url=address, timeout=20) as door:
        yield door


def test_it_keeps_an_update_as_it_came_however_often_it_comes(door: httpx.Client, office: Office) -> None:
    def bring(_: int) -> int:
        return door.post("/telegram", content=UPDATE.encode(), headers=OURS).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(bring, range(16))) == {200}
    (row,) = office.all(TelegramUpdate)
    assert (row.source, row.update_id, row.raw) == (WEBHOOK.name, 870000001, UPDATE)


@ON_SQLITE
def test_it_believes_nobody_without_the_secret(door: httpx.Client, office: Office) -> None:
    forged: list[dict[str, str]] = [
        {},
        {HEADER: ""},
        {HEADER: "s3cret_-x"},
        {HEADER: "s3cret_-X2"},
        {HEADER: "s3cret"},
    ]
    for headers in (*forged, {"Authorization": WEBHOOK.secret}, {HEADER: "%E9"}):
        for body in (UPDATE.encode(), b"x" * (LARGEST + 1), b""):
            assert door.post("/telegram", content=body, headers=headers).status_code == 403
    assert door.get("/telegram").status_code == 405
    assert office.all(TelegramUpdate) == []


@ON_SQLITE
def test_it_refuses_plainly_what_is_no_update(door: httpx.Client, office: Office) -> None:
    garbage = (b"", b"{", b"[]", b"null", b"\xff\xfe", b'"update_id"', b"[" * 100_000)
    numbers = ('"7"', "true", "1.5", "-1", "9223372036854775808", "1" * 5000, "null")
    for body in (*garbage, *(f'{{"update_id": {number}}}'.encode() for number in numbers)):
        answer = door.post("/telegram", content=body, headers=OURS)
        assert (answer.status_code, answer.text) == (400, "This is no update."), body
    large = b'{"update_id": 1, "x": "' + b"x" * LARGEST + b'"}'
    assert door.post("/telegram", content=large, headers=OURS).status_code == 413
    assert office.all(TelegramUpdate) == []


@ON_SQLITE
def test_it_is_no_page_without_the_setting(visitor: httpx.Client) -> None:
    assert visitor.post("/telegram", headers={HEADER: ""}).status_code == 404
