"""The ways in that are not chat, and `receive`: what arrived becomes a message in a case."""
