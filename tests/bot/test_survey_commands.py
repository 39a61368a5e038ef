"""`huiyin survey …` and the dry run of its ring: plans listed, approved, sent, reminded, closed by hand."""

from pathlib import Path

import pytest
from sqlmodel import select

from bot.house import open_house
from bot.main import main
from bot.settings import load_settings
from store.engine import reading, writing
from store.tables import Channel, Role, SurveyInvitation
from tests.survey.people import add_customer, add_user


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An office with a manager, a salesman and two customers."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUIYIN_DATA_DIR", str(tmp_path / "data"))
    house = open_house(load_settings())
    add_user(house.engine, "陈总", Role.MANAGER)
    add_user(house.engine, "小李", Role.SALES)
    with writing(house.engine) as session:
        for name in ("甲", "乙"):
            add_customer(session, name, (Channel.EMAIL, f"{name}@one.example"), language="en")


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(list(words)) == 0
    return capsys.readouterr().out


def test_it_runs_a_survey_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    assert "draft\thalf_yearly\tsmt-100\t-\t半年度客户满意度调查" in said(capsys, "survey", "plan")
    assert said(capsys, "survey", "send") == "invited: 0\n"  # nobody has approved it
    assert main(["survey", "report"]) == 2
    assert "还没有调查" in capsys.readouterr().err
    assert main(["survey", "send", "--by", "小李"]) == 2
    assert "manager" in capsys.readouterr().err
    assert main(["survey", "send", "--by", "谁"]) == 2
    assert said(capsys, "survey", "send", "--by", "陈总") == "invited: 2\n"
    assert "approved" in said(capsys, "survey", "plan")
    assert said(capsys, "survey", "remind") == "reminded: 0\n"
    assert said(capsys, "survey", "close") == "closed: 0\n"
    assert "半年度客户满意度调查" in said(capsys, "survey", "report")
    assert main(["survey", "report", "9"]) == 2
    assert main(["survey", "close", "1"]) == 2
    assert main(["survey", "close", "9", "--by", "陈总"]) == 2
    assert said(capsys, "survey", "close", "1", "--by", "陈总") == "closed: 1\n"
    assert main(["survey", "close", "1", "--by", "陈总"]) == 2
    assert "结束" in capsys.readouterr().err


def test_a_dry_run_says_who_would_get_what_and_sends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "survey", "plan")
    said(capsys, "survey", "send", "--by", "陈总")
    said(capsys, "survey", "close", "1", "--by", "陈总")
    later = said(capsys, "jobs", "run", "surveys", "--at", "2031-01-09T09:00", "--dry-run")
    assert "# 半年度客户满意度调查\tsmt-100\t2031-H1\tmeant 2\tasked 2\tunreachable 0\tresting 0\n" in later
    assert "甲\t甲联系人\temail\t甲@one.example\ten\n" in later
    assert later.endswith("surveys: 3\n")  # one round, two invitations
    with reading(open_house(load_settings()).engine) as session:
        assert len(session.exec(select(SurveyInvitation)).all()) == 2
