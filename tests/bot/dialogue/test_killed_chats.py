"""Killed at any point of a conversation and started again: no line lost, none answered twice."""

from pathlib import Path

from tests.bot.dialogue.killed_chats import talk_under_kills


def test_no_line_is_lost_and_none_is_answered_twice(database_url: str, tmp_path: Path) -> None:
    outcome = talk_under_kills(3, database_url, tmp_path / "files")
    assert (outcome.lost, outcome.doubled, outcome.out_of_order) == (0, 0, 0), outcome
    assert (outcome.sent_twice, outcome.unanswered) == (0, 0), outcome
    assert outcome.kills >= 10, outcome
