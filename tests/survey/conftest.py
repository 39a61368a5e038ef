"""An empty database of each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from store.engine import open_engine
from store.schema import upgrade
from tests.borders.postgres import PostgresServer, postgres

__all__ = ["postgres"]


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'huiyin.db'}"
    else:
        url = request.getfixturevalue("template_copy")
    engine = open_engine(url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def template(postgres: PostgresServer) -> str:
    """A database with its tables, from which each test gets a copy."""
    url = postgres.fresh_database()
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def template_copy(postgres: PostgresServer, template: str) -> Iterator[str]:
    url = postgres.clone(template)
    yield url
    postgres.drop(url)
