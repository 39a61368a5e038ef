"""Bytes are kept under a name that leads to them again, alone or many in one file."""

from pathlib import Path

import pytest

from store.files import FileStore

RAWS = [b"first", b"", b"second" * 1000]


def kept(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_it_keeps_many_in_one_file_and_gives_back_each(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    names = files.put_together(RAWS)
    assert [files.get(name) for name in names] == RAWS
    assert len(kept(tmp_path)) == 1


def test_it_keeps_the_same_once(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    assert files.put_together(RAWS) == files.put_together(RAWS)
    assert files.put(b"third") == files.put(b"third")
    assert len(kept(tmp_path)) == 2


def test_it_makes_no_file_of_nothing(tmp_path: Path) -> None:
    assert FileStore(tmp_path).put_together([]) == []
    assert kept(tmp_path) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "../../etc/passwd:0+9", ""])
def test_it_takes_no_path_for_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        FileStore(tmp_path).get(name)
