"""Saved views: whose they are, what they count, who may take them away."""

import re

import httpx
from sqlalchemy import Engine
from sqlmodel import select

from store.engine import reading
from store.tables import SavedView
from tests.web.conftest import Browser, on_both
from tests.web.test_queue import counting, more_cases

pytestmark = on_both
CHIP = re.compile(r'<a class="chip[^>]*>([^<]+?)(?: <small>[^<]*</small>)?(?:<b>([^<]*)</b>)?</a>')


def shown(client: httpx.Client, address: str = "/desk") -> dict[str, str]:
    """Views by name with their numbers."""
    part = client.get(address).text.partition('class="chips views"')[2].partition('class="tabs"')[0]
    return dict(
        re.findall(r'<a class="chip[^>]*>([^<]+?)(?: <small>[^<]*</small>)?(?:<b>([^<]*)</b>)?</a>', part)
    )


def save(client: httpx.Client, name: str, query: str, **more: str) -> httpx.Response:
    return client.post("/desk/views", data={"name": name, "query": query, **more})


def test_it_keeps_filters_under_a_name(wang: httpx.Client, browser: Browser) -> None:
    assert "保存为视图" not in wang.get("/desk").text
    assert "保存为视图" in wang.get("/desk?kind=order").text
    assert save(wang, "订单", "status=open&kind=order").headers["location"] == "/desk?status=open&kind=order"
    save(wang, "要标识", "requirement=labelling", shared="true")
    assert shown(wang) == {"订单": "2", "要标识": "2"}
    assert shown(browser("陈志远")) == {"要标识": "1"}  # counted as he sees it
    assert "保存为视图" not in wang.get("/desk?status=open&kind=order").text


def test_it_replaces_a_view_of_the_same_name_and_counts_no_search(wang: httpx.Client) -> None:
    save(wang, "我的", "kind=order")
    save(wang, "我的", "q=镀层")
    assert shown(wang) == {"我的": ""}


def test_it_lets_the_author_or_a_head_remove_a_view(
    wang: httpx.Client, browser: Browser, engine: Engine
) -> None:
    save(wang, "共用", "kind=order", shared="true")
    save(wang, "自己的", "kind=order")
    chen, grace = browser("陈志远"), browser("Grace Lin")
    assert chen.post("/desk/views/1/remove").status_code == 403
    assert grace.post("/desk/views/2/remove").status_code == 404
    assert grace.post("/desk/views/1/remove").status_code == 303
    assert wang.post("/desk/views/2/remove").status_code == 303
    with reading(engine) as session:
        assert session.exec(select(SavedView)).all() == []


def test_it_takes_no_nonsense(wang: httpx.Client) -> None:
    assert save(wang, "", "kind=order").status_code == 422
    save(wang, "<script>", "owner=99999999999&kind=x&next=//evil.example&after=1")
    page = wang.get("/desk").text
    assert "<script>&" not in page.partition('class="chips views"')[2][:400]
    assert "evil" not in page
    for number in range(25):
        answer = save(wang, f"v{number}", "kind=order")
    assert answer.status_code == 422


def test_it_counts_all_views_in_one_query(wang: httpx.Client, engine: Engine) -> None:
    save(wang, "a", "kind=order")
    with counting(engine) as one:
        wang.get("/desk")
    for name in "bcdef":
        save(wang, name, "kind=inquiry&owner=none")
    more_cases(engine, 30)
    with counting(engine) as six:
        wang.get("/desk")
    assert len(one) == len(six)
