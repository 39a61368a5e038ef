"""Through a mail server that fails, by a program that is killed: each letter ends in a known state (P7)."""

from pathlib import Path

from tests.bot.killed_delivery import deliver_under_kills


def test_each_letter_ends_sent_or_uncertain_and_repeats_bear_the_same_id(
    database_url: str, tmp_path: Path
) -> None:
    damage = deliver_under_kills(1_000, 20, database_url, tmp_path, lambda kills: None)
    assert not damage.breaks_a_promise, damage
