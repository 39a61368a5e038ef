"""How well and how fast messages are read, on labelled messages the reader did not learn from."""
