"""The bot's side of a chat, whatever the channel: greeting, receipt, the few open questions, commands."""
