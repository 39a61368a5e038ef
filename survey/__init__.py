"""Asking customers how satisfied they are: questionnaires, campaigns, links, answers and scores. No pages."""
