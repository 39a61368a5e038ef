"""Killed at any point of a conversation and started again: no line lost, none answered twice."""

import os
from pathlib import Path

import pytest

from tests.bot.dialogue.killed_chats import talk_under_kills

MOMENTS = int(os.environ.get("KILLS", "2"))  # random ones, besides the named points


@pytest.mark.parametrize("channel", ["telegram", "webchat", "wecom"])
def test_no_line_is_lost_and_none_is_answered_twice(database_url: str, tmp_path: Path, channel: str) -> None:
    found = talk_under_kills(channel, database_url, tmp_path / "files", MOMENTS)
    assert (found.lost, found.doubled, found.out_of_order) == ([], [], 0), found
    assert (found.sent_twice, found.never_sent) == ([], []), found
    if channel != "wecom":  # which takes five lines: what waited while we were dead may be more
        assert (found.unanswered, found.refused) == (0, 0), found
    assert found.uncertain >= 1, found  # killed while it was sent: the desk's page of health shows it
    assert found.kills >= 7, found  # a channel may have no point before the rows
