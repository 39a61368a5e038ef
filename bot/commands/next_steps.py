"""What to do about it: the steps that `huiyin doctor` names after what is wrong."""

import tomllib
from functools import cache
from pathlib import Path

STEPS = Path(__file__).with_suffix(".toml")


def next_step(sentence: str, language: str) -> str | None:
    """What a person should do about what the sentence tells (in English); None if we know of nothing."""
    step = next((step for beginning, step in steps().items() if sentence.startswith(beginning)), {})
    return step.get(language)


@cache
def steps() -> dict[str, dict[str, str]]:
    """By how the sentence begins, in each language; the first that fits counts."""
    return tomllib.loads(STEPS.read_text("utf-8"))
