"""One mail's bytes become what a salesperson sees: who wrote what, when, with which files."""
