"""Asking: plans, their campaigns, invitations and letters."""
