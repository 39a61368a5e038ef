"""One small Telegram for each test, and a line from it to the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.borders.botapi import BotApiServer
from tests.bot.telegram.listening import Line


@pytest.fixture
def telegram() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
def line(telegram: BotApiServer, engine: Engine, tmp_path: Path) -> Line:
    return Line(telegram, engine, tmp_path / "files")
