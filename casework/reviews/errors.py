"""What the rules of reviews answer when something is not to be done."""


class ReviewError(Exception):
    """The sentence says what is missing and what to do."""


class OrganisingError(Exception):
    """Departments or routes cannot be as asked; the sentence says why."""
