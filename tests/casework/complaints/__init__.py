"""Complaints: gate, form, closing, CAPA."""
