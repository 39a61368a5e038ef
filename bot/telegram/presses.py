"""Buttons under our messages: how they are shown, and what stands there after a press."""

from collections.abc import Sequence

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, TelegramError

from bot.telegram.api import without_token
from bot.telegram.updates import Pressed
from survey.answering.by_buttons import Button, Screen, Shown

LONGEST_NOTICE = 200
_NOT_MODIFIED = "not modified"  # what was pressed stands there already

logger = structlog.get_logger()


def keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram wants them; None if there are none."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.mark) for button in row] for row in rows]
    )


async def show(bot: Bot, token: str, pressed: Pressed, shown: Shown) -> None:
    """Answer the press, and let its message show what is next.

    What was chosen is kept by now. If this fails, or we die before it, the old question stands there: pressed
    again it changes nothing and shows the next.
    """
    try:
        if shown.screen is not None:
            await _edit(bot, pressed, shown.screen)
        await bot.answer_callback_query(pressed.id, text=shown.notice[:LONGEST_NOTICE] or None)
    except TelegramError as error:
        logger.warning("press_not_shown", reason=without_token(error, token))


async def _edit(bot: Bot, pressed: Pressed, screen: Screen) -> None:
    text = f"{screen.text}\n\n{screen.link}" if screen.link else screen.text
    try:
        await bot.edit_message_text(
            text, chat_id=pressed.chat, message_id=pressed.message_id, reply_markup=keyboard(screen.rows)
        )
    except BadRequest as error:
        if _NOT_MODIFIED not in str(error):
            raise
