"""`huiyin customer import` brings a table in, or only says what it would change."""

from pathlib import Path

import pytest

from bot.main import main


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of its own with two tables in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUIYIN_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "客户.csv").write_bytes("客户,邮箱\n甲,a@x.example\n乙,abc@\n".encode("gb18030"))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\xff\xff\xff\xff")
    return tmp_path


def test_it_writes_unless_it_is_a_dry_run(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = ["customer", "import", "客户.csv"]
    for more, said in (
        (["--dry-run"], "new customers: 1"),
        ([], "new customers: 1"),
        ([], "new customers: 0"),
    ):
        assert main([*table, *more]) == 1
        printed = capsys.readouterr().out
        assert "row 3: “abc@”不是邮箱地址。" in printed
        assert said in printed
    (home / "客户.csv").write_bytes("客户,邮箱\n甲,a@x.example\n".encode())
    assert main(table) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["没有.csv"], "读不了"),
        (["picture.png"], "文件既不是 Excel"),
    ],
)
def test_it_says_why_it_cannot(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["customer", "import", *words]) == 2
    assert said in capsys.readouterr().err
