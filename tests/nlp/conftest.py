"""One reader for all tests: it is built once in the program too."""

import pytest

from nlp.entities import ENTITIES
from nlp.model import Model, load_model
from nlp.reader import Reader, load_reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return load_reader()


@pytest.fixture(scope="session")
def models() -> dict[str, Model]:
    """The shipped weights of the entities, for messages whose kind is known."""
    return {name: load_model(name) for name in ENTITIES}
