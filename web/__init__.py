"""Every HTTP page: the desk for our own people, the web chat, the survey answer page."""
