"""Telegram: customers write to the company's bot, and our answers go back the same way."""
