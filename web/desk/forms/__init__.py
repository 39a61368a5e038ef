"""The procedures' forms, filled in from what is known and printed: a file a form."""
