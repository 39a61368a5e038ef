"""By four processes, two of them killed: one invitation and one Message-ID each, each delivered (P7, P33)."""

from pathlib import Path

from tests.bot.killed_dispatch import dispatch_under_kills


def test_each_customer_is_invited_once_and_written_to_under_one_id(database_url: str, tmp_path: Path) -> None:
    found = dispatch_under_kills(240, database_url, tmp_path)
    assert not found.breaks_a_promise, found
    assert found.repeats <= 2  # one for each process that was killed
