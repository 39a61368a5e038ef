"""One reader for all tests: it is built once in the program too."""

import pytest

from nlp.reader import Reader, load_reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return load_reader()
