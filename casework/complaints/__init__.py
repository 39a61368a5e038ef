"""Complaints (S3 4.3, S1 5.6): who confirms an answer, the form and its steps, CAPA, closing."""
