"""Signing in and out."""

import httpx
from sqlalchemy import Engine
from sqlmodel import select

from store.engine import reading
from store.tables import UserSession
from tests.web.conftest import Browser
from tests.web.filled import PASSWORD


def try_in(client: httpx.Client, name: str = "王芳", password: str = PASSWORD, **more: str) -> int:
    return client.post("/sign-in", data={"name": name, "password": password, **more}).status_code


def test_it_sends_a_stranger_to_the_sign_in_page_and_back(stranger: httpx.Client) -> None:
    answer = stranger.get("/desk?kind=order")
    assert answer.status_code == 303
    address = answer.headers["location"]
    assert address == "/sign-in?next=%2Fdesk%3Fkind%3Dorder"
    assert 'value="/desk?kind=order"' in stranger.get(address).text


def test_it_shows_the_queue_after_signing_in(wang: httpx.Client) -> None:
    page = wang.get("/desk")
    assert page.status_code == 200
    assert "HY-000001" in page.text


def test_it_refuses_a_wrong_password_and_an_unknown_name_alike(stranger: httpx.Client) -> None:
    wrong = stranger.post("/sign-in", data={"name": "王芳", "password": "guess"})
    unknown = stranger.post("/sign-in", data={"name": "nobody", "password": "guess"})
    assert wrong.status_code == unknown.status_code == 422
    assert "姓名或密码不对" in wrong.text
    assert "姓名或密码不对" in unknown.text


def test_it_makes_a_new_key_each_time_and_forgets_the_old_one(wang: httpx.Client, engine: Engine) -> None:
    before = wang.cookies["huiyin"]
    assert try_in(wang) == 303
    assert wang.cookies["huiyin"] != before
    with reading(engine) as session:
        assert len(session.exec(select(UserSession)).all()) == 1


def test_it_keeps_no_key_in_the_database(wang: httpx.Client, engine: Engine) -> None:
    with reading(engine) as session:
        kept = session.exec(select(UserSession.key_hash)).one()
    assert wang.cookies["huiyin"] not in kept


def test_it_ends_the_session_when_signing_out(wang: httpx.Client) -> None:
    key = wang.cookies["huiyin"]
    assert wang.post("/sign-out").status_code == 303
    assert wang.get("/desk", headers={"cookie": f"huiyin={key}"}).status_code == 303


def test_it_slows_down_guesses_but_not_a_known_browser(wang: httpx.Client, browser: Browser) -> None:
    stranger = browser()
    codes = [try_in(stranger, password=f"guess {number}") for number in range(12)]
    assert codes == [422] * 10 + [429] * 2
    assert try_in(stranger) == 429
    assert try_in(wang) == 303


def test_it_leads_nowhere_but_to_our_own_pages(stranger: httpx.Client) -> None:
    for evil in ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        answer = stranger.post("/sign-in", data={"name": "王芳", "password": PASSWORD, "next": evil})
        assert answer.headers["location"] == "/desk"


def test_it_keeps_the_chosen_language_for_the_person(wang: httpx.Client, browser: Browser) -> None:
    assert wang.post("/language", data={"language": "en", "back": "/desk"}).status_code == 303
    assert 'lang="en"' in wang.get("/desk").text
    assert 'lang="en"' in browser("王芳").get("/desk").text
