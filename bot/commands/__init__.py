"""What the `huiyin` command can do, one file a subject; bot/main.py reads the words."""
