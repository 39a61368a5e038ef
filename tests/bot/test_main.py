"""The `huiyin` command does what its words say, and refuses with a sentence."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.main import main
from tests.borders.imap import ImapServer
from tests.office import mail

SAMPLES = Path(__file__).parents[2] / "examples" / "mail"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of its own, and nothing of this machine's settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUIYIN_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def run(capfd: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    """What the command printed, as JSON lines."""
    assert main(words) in (0, 1)
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogateescape"))))


def test_it_reads_messages_and_goes_on_after_a_bad_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = [
        json.dumps({"id": "a", "channel": "email", "subject": None, "text": "请报价轴承座500件"}),
        "{broken",
        json.dumps({"id": "c", "channel": "phone", "text": "客户投诉：面环有划伤"}),
    ]
    typed(monkeypatch, "\n".join(lines))
    first, broken, third = run(capfd, "read", "--jsonl")
    assert (first["id"], first["kind"], first["entities"]["quantity"]) == ("a", "inquiry", 500)
    assert broken["error"]
    assert (third["id"], third["kind"]) == ("c", "complaint")
    assert set(first) == {
        "id",
        "language",
        "kind",
        "confidence",
        "severity",
        "special_requirements",
        "entities",
        "auto_generated",
        "evidence",
    }


def test_it_reads_all_of_standard_input_as_one_message(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "我要投诉\n你们的货迟到了三天")
    (reading,) = run(capfd, "read")
    assert reading["kind"] == "complaint"


def test_it_shows_a_mail_as_json(capfd: pytest.CaptureFixture[str], home: Path) -> None:
    (home / "a.eml").write_bytes(mail())
    (shown,) = run(capfd, "parse", "--json", str(home / "a.eml"))
    assert shown["from"] == "limin@kaimai.example"
    assert shown["subject"] == "询价：轴承座"
    assert shown["may_answer"] is True


def test_it_imports_mail_as_history_and_exports_it_all(capfd: pytest.CaptureFixture[str]) -> None:
    (result,) = run(capfd, "import", "--json", str(SAMPLES))
    assert result["found"] == result["received"] + result["duplicate"] + result["quarantined"] == 32
    assert result["duplicate"] == result["quarantined"] == 1
    (again,) = run(capfd, "import", "--json", str(SAMPLES))
    assert again["new"] == 0
    lines = run(capfd, "export", "--jsonl")
    assert len(lines) == result["received"]  # nothing was answered
    assert {line["direction"] for line in lines} == {"in"}
    assert all(line["message_id"].startswith("<") for line in lines if line["message_id"])
    assert run(capfd, "cases", "--json") == []


def test_it_imports_mail_as_new_when_told(capfd: pytest.CaptureFixture[str], home: Path) -> None:
    (home / "a.eml").write_bytes(mail())
    run(capfd, "import", "--live", "--json", str(home / "a.eml"))
    (case,) = run(capfd, "cases", "--json")
    assert (case["number"], case["kind"], case["status"]) == ("HY-000001", "inquiry", "open")
    assert case["due_at"]
    assert run(capfd, "cases", "--json", "--overdue") == []
    assert run(capfd, "cases", "--json", "--kind", "order") == []


def test_it_imports_an_mbox_and_a_maildir(capfd: pytest.CaptureFixture[str], home: Path) -> None:
    one, two, three = (mail(message_id=f"<{n}@k.example>", subject=f"询价 {n}") for n in range(3))
    (home / "box.mbox").write_bytes(
        b"From a Fri Nov 20 09:00:00 2026\n" + one.replace(b"\r\n", b"\n") + b"\n"
    )
    (home / "maildir" / "cur").mkdir(parents=True)
    (home / "maildir" / "new").mkdir()
    (home / "maildir" / "cur" / "1:2,S").write_bytes(two)
    (home / "maildir" / "new" / "2").write_bytes(three)
    (result,) = run(capfd, "import", "--json", str(home / "box.mbox"), str(home / "maildir"))
    assert (result["found"], result["received"]) == (3, 3)


def test_it_fetches_a_mailbox_once_and_sends_nothing(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ImapServer() as server:
        server.append(mail())
        monkeypatch.setenv("HUIYIN_MAILBOXES", json.dumps([{"url": server.url}]))
        (result,) = run(capfd, "fetch", "--json")
        assert (result["fetched"], result["new"], result["error"]) == (1, 1, None)
        (again,) = run(capfd, "fetch", "--json")
        assert (again["fetched"], again["new"]) == (0, 0)
    assert main(["fetch", "--json"]) == 1
    assert "cannot be reached" in json.loads(capfd.readouterr().out)["error"]


def test_it_adds_a_user_and_refuses_a_second_of_that_name(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["user", "add", "小林", "--role", "sales", "--password-stdin"]
    typed(monkeypatch, "correct horse battery\n")
    assert main(words) == 0
    typed(monkeypatch, "correct horse battery\n")
    assert main(words) == 2
    assert "小林" in capfd.readouterr().err
    typed(monkeypatch, "short\n")
    assert main(["user", "add", "小王", "--role", "sales", "--password-stdin"]) == 2
    typed(monkeypatch, "correct horse battery\n")
    assert main(["user", "add", "小王", "--role", "king", "--password-stdin"]) == 2
    hired = ["user", "add", "老吴", "--role", "reviewer", "--password-stdin", "--department"]
    for department, code in (("物流", 2), ("warehouse", 0)):
        typed(monkeypatch, "correct horse battery\n")
        assert main([*hired, department]) == code
    assert "There is no department '物流'" in capfd.readouterr().err


def test_it_rings_by_hand_at_a_given_time(capfd: pytest.CaptureFixture[str], home: Path) -> None:
    (home / "a.eml").write_bytes(mail())
    main(["import", "--live", str(home / "a.eml")])
    capfd.readouterr()
    for words in (["--dry-run"], ["--dry-run"], []):
        assert main(["jobs", "run", "reminders", "--at", "2999-01-01T09:00", *words]) == 0
        assert capfd.readouterr().out == "reminders: 1\n"
    assert main(["jobs", "run", "reminders", "--at", "2999-01-01T09:00"]) == 0
    assert capfd.readouterr().out == "reminders: 0\n"
    assert main(["jobs", "run", "deliver", "--dry-run"]) == 2
    assert main(["jobs", "run", "coffee"]) == 2


def test_it_says_which_path_has_no_mail(capfd: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["import", str(home / "nowhere.mbox")]) == 2
    assert "nowhere.mbox does not exist" in capfd.readouterr().err


def test_it_imports_nothing_when_a_file_is_no_mail(capfd: pytest.CaptureFixture[str], home: Path) -> None:
    (home / "a.eml").write_bytes(mail())
    (home / "report.pdf").write_bytes(b"%PDF-1.7\n\nFrom: nobody")
    assert main(["import", str(home / "a.eml"), str(home / "report.pdf")]) == 2
    assert "report.pdf is no mail" in capfd.readouterr().err
    assert run(capfd, "export") == []


@pytest.mark.parametrize("name", ["kind", "severity", "status"])
def test_it_names_what_cases_can_be_asked_for(capfd: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["cases", f"--{name}", "foo"]) == 2
    chinese, english = capfd.readouterr().err.splitlines()
    assert english.startswith(f"huiyin: There is no {name} 'foo'; there are ")
    assert "没有" in chinese


def test_it_adds_nobody_with_an_address_that_is_none(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "correct horse battery\n")
    assert (
        main(["user", "add", "小林", "--role", "sales", "--email", "lin at factory", "--password-stdin"]) == 2
    )
    assert "'lin at factory' is no mail address" in capfd.readouterr().err
