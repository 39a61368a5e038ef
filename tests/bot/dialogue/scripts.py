"""Conversations as readable scripts, a line each:

    客户：    what the customer writes; lines in a row come within the pause
    按钮：    a button that the customer presses, by its label
    照片：    a photo that the customer sends
    语音：    a voice message
    回音：    what the bot says; lines below it that are indented go on, [buttons] come last
    同事：    what one of us answers at the desk
    过了：    time that passes, such as 5 seconds or 1 days

After whatever the customer does, everything that the bot says has to stand in the script, and nothing else.
"""

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / "conversations"
_WHO = ("客户", "按钮", "照片", "语音", "回音", "同事", "过了")


class Step(NamedTuple):
    """One line of a script."""

    who: str
    text: str


def scripts() -> list[str]:
    """The names of all scripts."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def steps(name: str) -> list[Step]:
    """The lines of a script; # begins a remark."""
    found: list[Step] = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("  "):
            found[-1] = Step(found[-1].who, f"{found[-1].text}\n{line.strip()}")
            continue
        who, _, text = line.partition("：")
        assert who in _WHO, f"{name}: {line}"
        found.append(Step(who, text.strip()))
    return found
