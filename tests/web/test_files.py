"""What customers sent is handed out so that it can harm nobody."""

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from store.engine import writing
from store.files import FileStore
from store.tables import Attachment
from tests.web.conftest import Browser
from web.mail_html import MOST_TAGS, safe_html


def test_it_hands_out_a_file_only_to_be_saved(wang: httpx.Client) -> None:
    file = wang.get("/desk/attachments/2")
    assert file.content.startswith("批号".encode("gb18030"))
    assert file.headers["content-type"].startswith("text/csv")
    assert file.headers["content-disposition"] == (
        "attachment; filename=\"____.csv\"; filename*=UTF-8''%E4%B8%8D%E8%89%AF%E7%BB%9F%E8%AE%A1.csv"
    )
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-security-policy"].startswith("sandbox;")


@pytest.mark.parametrize(
    ("name", "kind", "given"),
    [
        ("page.html", "text/html", "application/octet-stream"),
        ("image.svg", "image/svg+xml", "application/octet-stream"),
        ("a.js", "text/javascript", "application/octet-stream"),
        ('x"; filename=evil.html\r\nX-Evil: 1', "text/html\r\nX-Evil: 1", "application/octet-stream"),
        ("../../etc/passwd", "", "application/octet-stream"),
        ("报告.PDF", "APPLICATION/PDF; name=x", "application/pdf"),
    ],
)
def test_it_believes_no_name_and_no_type(
    wang: httpx.Client, engine: Engine, files: FileStore, name: str, kind: str, given: str
) -> None:
    with writing(engine) as session:
        file = Attachment(message_id=1, name=name, type=kind, size=1, sha256=files.put(b"<script>"))
        session.add(file)
    answer = wang.get(f"/desk/attachments/{file.id}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == given
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert "x-evil" not in answer.headers
    assert "/" not in answer.headers["content-disposition"]


def test_it_keeps_files_from_those_who_may_not_see_the_case(browser: Browser, stranger: httpx.Client) -> None:
    chen = browser("陈志远")
    for address in ("/desk/attachments/1", "/desk/messages/1/html", "/desk/messages/1/text"):
        assert chen.get(address).status_code == 403
        assert stranger.get(address).status_code == 303


def test_it_says_when_the_bytes_are_gone(wang: httpx.Client, engine: Engine) -> None:
    with writing(engine) as session:
        file = session.exec(select(Attachment)).first()
        assert file is not None
        file.sha256 = "0" * 64
    page = wang.get(f"/desk/attachments/{file.id}")
    assert page.status_code == 404
    assert "不在文件库里" in page.text


@pytest.mark.parametrize("row", ["0", "-1", "99999999999999999999", "x", "404"])
def test_it_knows_no_other_numbers(wang: httpx.Client, row: str) -> None:
    assert wang.get(f"/desk/attachments/{row}").status_code == 404
    assert wang.get(f"/desk/messages/{row}/html").status_code == 404


def test_it_shows_a_mail_in_its_layout_without_anything_active(wang: httpx.Client) -> None:
    frame = wang.get("/desk/messages/1/html")
    assert "<b>KX-2208</b>" in frame.text
    for active in ("<script", "<img", "style=", "owned"):
        assert active not in frame.text
    policy = frame.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(
    "html",
    [
        "<svg onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<form action=//evil.example><input></form>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<link rel=stylesheet href=//evil.example><style>@import '//evil.example'</style>",
        "<table background=//evil.example><td background=//evil.example>",
        "<base href=//evil.example>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<div style='background:url(//evil.example)'>x</div>",
    ],
)
def test_it_leaves_nothing_that_runs_or_loads(html: str) -> None:
    safe = safe_html(html)
    assert safe is not None
    for bad in ("evil.example", "javascript", "data:", "onload", "onerror", "alert(1)>"):
        assert bad not in safe


def test_it_gives_up_on_a_layout_that_would_take_too_long(
    wang: httpx.Client, engine: Engine, files: FileStore
) -> None:
    assert safe_html("<div>" * (MOST_TAGS + 1)) is None
    assert safe_html("x" * 3_000_000) is None
