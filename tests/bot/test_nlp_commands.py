"""`huiyin nlp`: what a changed lexicon changes, learning from corrections, words read anew while we run."""

import json
from pathlib import Path

import pytest

from bot.commands import nlp as commands
from bot.company_words import LOOK_EVERY, CompanyWords
from bot.house import House
from bot.main import main
from bot.settings import Settings
from casework.handling import correct
from nlp.entities import ENTITIES
from nlp.model import MODELS, WEIGHTS
from nlp.reading import Kind, Severity
from store.engine import writing
from store.tables import Case
from tests.office import Office

NOTE = "这个事就这么拍板了，照上回的来"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of its own, and nothing of this machine's settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUIYIN_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def lexicon(home: Path) -> Path:
    folder = home / "lexicon"
    folder.mkdir()
    (folder / "own.lex").write_text("[order.place]\n嘎啦\n[order.paper]\n嘎啦\n", encoding="utf-8")
    return folder


def _labelled(home: Path, *messages: dict[str, object]) -> Path:
    path = home / "labelled.jsonl"
    path.write_text("\n".join(json.dumps(message) for message in messages), encoding="utf-8")
    return path


def test_it_shows_what_a_changed_lexicon_changes(
    home: Path, lexicon: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    messages = _labelled(
        home,
        {"id": "a", "channel": "wecom", "text": "老李说嘎啦了", "kind": "order", "severity": None},
        {"id": "b", "channel": "wecom", "text": "请问单价多少？", "kind": "inquiry", "severity": None},
    )
    assert main(["nlp", "check", "--lexicon", str(lexicon), "--jsonl", str(messages)]) == 0
    shown = capfd.readouterr().out
    assert "嘎啦 (order)" in shown
    assert "\nb  " not in shown
    assert "2 messages, 1 read otherwise" in shown
    assert "of 2" in shown


def test_it_names_the_line_of_a_lexicon_it_cannot_understand(
    home: Path, lexicon: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (lexicon / "own.lex").write_text("[order.place]\n拍板\n||\n", encoding="utf-8")
    assert main(["nlp", "check", "--lexicon", str(lexicon)]) == 2
    assert "own.lex, line 3" in capfd.readouterr().err


def test_it_refuses_messages_that_are_none(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (home / "bad.jsonl").write_text('{"id": 1}\n')
    assert main(["nlp", "check", "--jsonl", str(home / "bad.jsonl")]) == 2
    assert "bad.jsonl, line 1" in capfd.readouterr().err


def test_it_learns_from_corrections_and_reads_with_what_it_learned(
    office: Office,
    home: Path,
    lexicon: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    # A few hundred shipped messages more would only take time.
    shipped = home / "shipped"
    shipped.mkdir()
    lines = (commands.SHIPPED / "messages.jsonl").read_text(encoding="utf-8").splitlines()[:40]
    (shipped / "messages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(commands, "SHIPPED", shipped)
    office.customer_says(NOTE)
    user, case = office.hire(), office.the_case()
    with writing(office.engine) as session:
        correct(
            session,
            session.get_one(Case, case.id),
            user,
            office.now,
            office.policy,
            kind=Kind.COMPLAINT,
            severity=Severity.MODERATE,
            claim=False,
            categories=("packaging",),
        )
    settings = Settings(data_dir=home)
    house = House(settings, office.policy, office.engine, office.files)
    assert commands.learn(house) == 0
    (kept,) = (home / "labelled" / "corrections.jsonl").read_text(encoding="utf-8").splitlines()
    message = json.loads(kept)
    assert (message["text"], message["kind"], message["severity"]) == (NOTE, "complaint", "moderate")
    assert message["special_requirements"] == ["packaging"]
    learned = {file.stem for file in (lexicon / "weights").iterdir()}
    assert learned == {*MODELS, *ENTITIES}
    assert house.words().reader().read("请报价500件").kind in Kind
    assert "1 corrected messages" in capfd.readouterr().out


def test_it_says_that_there_is_nothing_to_learn(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["nlp", "learn"]) == 0
    assert "nothing to learn" in capfd.readouterr().out


def test_it_reads_the_words_anew_when_a_file_changes(lexicon: Path) -> None:
    seconds = 0.0
    words = CompanyWords(lexicon, lambda: seconds)
    first = words.reader()
    file = lexicon / "own.lex"
    file.write_text("[order.place]\n拍板\n定下来\n", encoding="utf-8")
    assert words.reader() is first  # it has only just looked
    seconds += LOOK_EVERY
    second = words.reader()
    assert second is not first
    seconds += LOOK_EVERY
    assert words.reader() is second  # nothing changed


def test_it_keeps_the_words_as_they_were_when_a_file_is_broken(
    lexicon: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    seconds = 0.0
    words = CompanyWords(lexicon, lambda: seconds)
    first = words.reader()
    (lexicon / "own.lex").write_text("[order.place]\n拍板\nno | | word\n", encoding="utf-8")
    seconds += LOOK_EVERY
    assert words.reader() is first
    out, err = capfd.readouterr()
    assert "own.lex, line 3" in out + err


def test_it_starts_with_the_shipped_words_when_the_own_ones_are_broken(lexicon: Path) -> None:
    (lexicon / "own.lex").write_text("no section\n", encoding="utf-8")
    assert CompanyWords(lexicon).reader().read("请报价500件").kind is Kind.INQUIRY


def test_it_keeps_the_own_words_but_not_weights_learned_with_others(
    lexicon: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    weights = lexicon / "weights"
    weights.mkdir()
    for name in (*MODELS, *ENTITIES):
        learned = json.loads((WEIGHTS / f"{name}.json").read_text(encoding="utf-8"))
        (weights / f"{name}.json").write_text(json.dumps(learned | {"version": "1-old"}), encoding="utf-8")
    reading = CompanyWords(lexicon).reader().read("这个事就这么拍板了")
    assert "拍板" in {evidence.text for evidence in reading.evidence}
    out, err = capfd.readouterr()
    assert "huiyin nlp learn" in out + err
    assert main(["nlp", "check", "--lexicon", str(lexicon)]) == 2
    assert "huiyin nlp learn" in capfd.readouterr().err
