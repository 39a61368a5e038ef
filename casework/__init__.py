"""The rules of a case once it exists, and the wording of everything we send."""
