"""Answering: by link, by buttons or typed in, and what an answer sets off."""
