"""What the bot says, from words.toml, in the customer's language."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = {"zh": "简体中文", "zh-Hant": "繁體中文", "en": "English"}


def phrase(name: str, language: str, **values: object) -> str:
    """The phrase of this name (`questions.address`), filled in; an unknown language reads zh."""
    found: Any = _phrases()
    for part in name.split("."):
        found = found[part]
    return str(found[language if language in LANGUAGES else "zh"]).format(**values)


@cache
def _phrases() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
