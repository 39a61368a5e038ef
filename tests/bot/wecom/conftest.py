"""One small WeCom for each test, and the way from it to the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.borders.wecom import WecomServer
from tests.bot.wecom.chats import Chats
from tests.office import MORNING


@pytest.fixture
def chats(engine: Engine, tmp_path: Path) -> Iterator[Chats]:
    chats: Chats | None = None
    with WecomServer(lambda: chats.now if chats else MORNING) as wecom:
        chats = Chats(wecom, engine, tmp_path / "files")
        yield chats


@pytest.fixture
def wecom(chats: Chats) -> WecomServer:
    return chats.wecom
