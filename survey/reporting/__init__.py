"""Reckoning and reporting what customers said."""
