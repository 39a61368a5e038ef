"""The sales desk: the queue, the case, and what else a day of answering needs."""
