"""Text in, Reading out: what a message is, how serious, what it requires, and why. No database, no clock."""
