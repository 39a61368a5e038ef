"""The bot's commands in Telegram's own menu, in each language that the dialogue speaks."""

from contextlib import suppress

from telegram import Bot
from telegram.error import TelegramError

from bot.dialogue.commands import MENU
from bot.dialogue.phrases import phrase

_CODES = {"zh": None, "en": "en"}  # whoever's Telegram speaks another language sees the first


async def offer_commands(bot: Bot) -> None:
    """Show what can be said to the bot. Without it everything works as well, so a refusal is no trouble."""
    with suppress(TelegramError):
        for language, code in _CODES.items():
            commands = [(name, phrase(f"buttons.{name}", language)) for name in MENU]
            await bot.set_my_commands(commands, language_code=code)
