"""A long answer becomes several messages that Telegram takes."""

from bot.cut import cut_into

LONGEST = 4096  # UTF-16 units in one Telegram message; a character outside the basic plane counts as two


def cut(text: str, longest: int = LONGEST) -> list[str]:
    """The parts in order, none blank, none longer than Telegram takes."""
    return cut_into(text, 2 * longest, "utf-16-le")
