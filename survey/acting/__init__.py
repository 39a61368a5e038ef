"""Acting on what a survey found."""
