"""Plain python-telegram-bot that sends every line back, without a database: the floor. `URL TOKEN`."""

import logging
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


def main() -> None:
    """Echo until the process is ended."""
    logging.disable(logging.CRITICAL)
    root, token = sys.argv[1:]
    application = Application.builder().token(token).base_url(f"{root}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.run_polling()


if __name__ == "__main__":
    main()
