"""WeCom's callbacks are opened as published, and nothing else is."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.flat_xml import NoFlatXmlError, read_flat_xml
from intake.wecom import ForgedError, Wecom, key_of, signature_of, unseal
from tests.borders.wecom_seal import seal

# Tencent's own sample (Sample.py, Sample.cs, Sample.php of 加解密库, "Copyright (c) 1998-2014 Tencent Inc.").
SAMPLE = Wecom(
    corp_id="wx5823bf96d3bd56c7",
    secret="",
    open_kfid="",
    token="QDG6eK",
    aes_key="jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    api_url="",
)
ECHO = {
    "sealed": "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
    "signature": "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
    "timestamp": "1409659589",
    "nonce": "263014780",
}
MESSAGE = {
    "sealed": (
        "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W"
        "/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+H"
        "MZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB"
        "3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVK"
        "n28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
    ),
    "signature": "477715d11cdb4164915debcba66cb864d751f3e6",
    "timestamp": "1409659813",
    "nonce": "1372623149",
}
THEN = datetime.fromtimestamp(1409659600, UTC)


def test_it_opens_what_the_published_sample_seals() -> None:
    assert unseal(SAMPLE, **ECHO, now=THEN) == "1616140317555161061"
    told = read_flat_xml(unseal(SAMPLE, **MESSAGE, now=THEN))
    assert told == {
        "ToUserName": "wx5823bf96d3bd56c7",
        "FromUserName": "mycreate",
        "CreateTime": "1409659813",
        "MsgType": "text",
        "Content": "hello",
        "MsgId": "4561255354251345929",
        "AgentID": "218",
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"signature": "0" * 40},
        {"signature": ""},
        {"signature": "五" * 40},
        {"nonce": "263014781"},
        {"timestamp": "1409659590"},
        {"sealed": MESSAGE["sealed"]},
    ],
)
def test_it_refuses_what_was_changed_on_the_way(changed: dict[str, str]) -> None:
    with pytest.raises(ForgedError, match="signature"):
        unseal(SAMPLE, **(ECHO | changed), now=THEN)


@pytest.mark.parametrize("now", [THEN + timedelta(minutes=11), THEN - timedelta(minutes=11)])
def test_it_refuses_what_is_not_of_now(now: datetime) -> None:
    with pytest.raises(ForgedError, match="not of now"):
        unseal(SAMPLE, **ECHO, now=now)


def opened(sealed: str, timestamp: str = "1409659600") -> str:
    """What is in it, if WeCom's own key signed it."""
    return unseal(SAMPLE, sealed, signature_of(SAMPLE.token, timestamp, "1", sealed), timestamp, "1", THEN)


def sealed_raw(plain: bytes) -> str:
    key = base64.b64decode(SAMPLE.aes_key + "=")
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def test_it_opens_what_others_seal_by_the_published_scheme() -> None:
    for text in ("", "问" * 500, "x" * 12):
        assert opened(seal(text, SAMPLE.aes_key, SAMPLE.corp_id)) == text
    with pytest.raises(ForgedError, match="another company"):
        opened(seal("x", SAMPLE.aes_key, "ww-another"))


@pytest.mark.parametrize(
    "sealed",
    [
        "",
        "no base64",
        "AAAA",
        base64.b64encode(bytes(range(48))).decode(),  # sealed with no key of ours
        sealed_raw(bytes(32)),  # padding of length 0
        sealed_raw(bytes(31) + b"\x21"),  # padding longer than a block
        sealed_raw(bytes(16) + b"\xff\xff\xff\xff" + b"\x01" * 12),  # a message longer than there is
        sealed_raw(bytes(16) + b"\x00\x00\x00\x02\xff\xfe" + b"\x0a" * 10),  # no UTF-8
    ],
)
def test_it_refuses_what_is_signed_and_damaged(sealed: str) -> None:
    with pytest.raises(ForgedError):
        opened(sealed)


@pytest.mark.parametrize("timestamp", ["", "-1", "１４０９６５９６００", "9" * 30, "1e9", "now"])
def test_it_refuses_a_callback_without_a_time(timestamp: str) -> None:
    with pytest.raises(ForgedError):
        opened(seal("x", SAMPLE.aes_key, SAMPLE.corp_id), timestamp)


def test_it_knows_an_encoding_aes_key() -> None:
    assert len(key_of("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")) == 32
    for wrong in ("", "short", "?" * 43, "a" * 42, "a" * 44):
        with pytest.raises(ValueError, match="EncodingAESKey"):
            key_of(wrong)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>'
OUTSIDE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><xml><Encrypt>x</Encrypt></xml>'


@pytest.mark.parametrize(
    "text",
    [BOMB, OUTSIDE, "", "hello", "<xml>", "<a></b>", "\x00", "&x;", "<xml><a>&b;</a></xml>", "<a/><b/>"],
)
def test_it_reads_no_xml_that_could_grow_or_fetch_or_is_none(text: str) -> None:
    with pytest.raises(NoFlatXmlError):
        read_flat_xml(text)


def test_it_reads_the_texts_below_the_root() -> None:
    text = '<?xml version="1.0" encoding="gb2312"?><xml><a>1</a><b><![CDATA[<二>]]></b><c><d>x</d></c></xml>'
    assert read_flat_xml(text) == {"a": "1", "b": "<二>", "c": ""}
    assert read_flat_xml("<a>" * 5000 + "</a>" * 5000) == {"a": ""}


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text(), st.text(), st.text())
def test_it_never_stumbles(sealed: str, signature: str, timestamp: str, nonce: str) -> None:
    with pytest.raises(ForgedError):
        unseal(SAMPLE, sealed, signature, timestamp, nonce, THEN)
    with pytest.raises(ForgedError):
        opened(sealed)
    try:
        read_flat_xml(sealed)
    except NoFlatXmlError:
        return
