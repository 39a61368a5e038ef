"""A sentence from below is told in Chinese; each that can reach the desk is known."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.i18n import speaking
from web.told import told

HOUSE = Path(__file__).parents[2]
# The rooms whose sentences the desk shows as they come.
TELLING = [
    *(HOUSE / "intake").rglob("*.py"),
    *(HOUSE / "casework" / "customer_book").glob("*.py"),
    HOUSE / "casework" / "requirements.py",
    *(HOUSE / "bot" / "telegram").glob("*.py"),
    *(HOUSE / "bot" / "wecom").glob("*.py"),
    *(HOUSE / "bot" / "mail").glob("*.py"),
    HOUSE / "casework" / "sealing.py",
    *(HOUSE / "casework" / "complaints").glob("*.py"),
    HOUSE / "casework" / "handling.py",
    HOUSE / "casework" / "rights.py",
    *(HOUSE / "casework" / "reviews").glob("*.py"),
    *(HOUSE / "survey").rglob("*.py"),
    HOUSE / "bot" / "deliver.py",
    HOUSE / "bot" / "commands" / "doctor.py",
    HOUSE / "bot" / "commands" / "cases.py",
    HOUSE / "bot" / "commands" / "office.py",
    HOUSE / "bot" / "commands" / "surveys.py",
]


def sentences(path: Path) -> Iterator[str]:
    """The string literals of a file that read as sentences, docstrings aside; values as {}."""
    tree = ast.parse(path.read_text("utf-8"))
    aside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    aside |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in aside:
            continue
        said = ""
        if isinstance(node, ast.JoinedStr):
            said = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = node.value
        if said[:1].isupper() and said.count(" ") >= 2 and not said.startswith("SELECT"):
            yield said


def test_it_knows_every_sentence_that_the_rooms_below_can_tell() -> None:
    said = {sentence for path in TELLING for sentence in sentences(path)}
    assert len(said) > 20
    with speaking("zh"):
        assert [sentence for sentence in sorted(said) if told(sentence).isascii()] == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh", "邮件各部分的嵌套超过 64 层。"), ("en", "The parts of the mail are nested more than 64 deep.")],
)
def test_it_tells_the_value_with_the_sentence(language: str, expected: str) -> None:
    with speaking(language):
        assert told("The parts of the mail are nested more than 64 deep.") == expected


def test_it_tells_what_it_does_not_know_as_it_is() -> None:
    with speaking("zh"):
        assert told("550 5.1.1 no such user") == "550 5.1.1 no such user"
