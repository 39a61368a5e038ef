"""Whose confirmation an answer needs, and what a correction takes."""

import pytest

from casework.complaints.gate import Gravity, confirmer, covers, digest, lowering
from casework.rights import Right, may
from nlp.reading import Kind, Severity
from store.tables import Role

LIGHT, MODERATE, SEVERE = Severity
REPLY, CLAIM = Right.CONFIRM_REPLY, Right.CONFIRM_CLAIM


@pytest.mark.parametrize(
    ("severity", "claim", "right"),
    [
        (None, False, None),
        (LIGHT, False, None),
        (MODERATE, False, REPLY),
        (SEVERE, False, REPLY),
        (None, True, CLAIM),
        (LIGHT, True, CLAIM),
        (MODERATE, True, CLAIM),
        (SEVERE, True, CLAIM),
    ],
)
def test_it_knows_whose_confirmation_an_answer_needs(
    severity: Severity | None, claim: bool, right: Right | None
) -> None:
    assert confirmer(severity, claim) == right


@pytest.mark.parametrize(
    ("approved", "now", "holds"),
    [
        (Gravity(MODERATE, False), Gravity(MODERATE, False), True),
        (Gravity(SEVERE, False), Gravity(MODERATE, False), True),
        (Gravity(MODERATE, False), Gravity(SEVERE, False), False),
        (Gravity(SEVERE, False), Gravity(SEVERE, True), False),
        (Gravity(MODERATE, True), Gravity(MODERATE, False), True),
        (Gravity(None, True), Gravity(LIGHT, True), True),
        (Gravity(None, True), Gravity(MODERATE, True), False),
    ],
)
def test_it_voids_a_confirmation_when_the_complaint_becomes_graver(
    approved: Gravity, now: Gravity, holds: bool
) -> None:
    assert covers(approved, now) == holds


@pytest.mark.parametrize(
    ("kind", "before", "wanted_kind", "wanted", "right"),
    [
        (Kind.INQUIRY, Gravity(None, False), Kind.ORDER, Gravity(None, False), None),
        (Kind.INQUIRY, Gravity(None, False), Kind.COMPLAINT, Gravity(SEVERE, True), None),
        (Kind.COMPLAINT, Gravity(LIGHT, False), Kind.COMPLAINT, Gravity(SEVERE, False), None),
        (Kind.COMPLAINT, Gravity(LIGHT, False), Kind.ORDER, Gravity(None, False), REPLY),
        (Kind.COMPLAINT, Gravity(SEVERE, False), Kind.COMPLAINT, Gravity(MODERATE, False), REPLY),
        (Kind.COMPLAINT, Gravity(SEVERE, True), Kind.COMPLAINT, Gravity(SEVERE, False), CLAIM),
        (Kind.COMPLAINT, Gravity(SEVERE, True), Kind.COMPLAINT, Gravity(MODERATE, True), CLAIM),
        (Kind.COMPLAINT, Gravity(SEVERE, True), Kind.OTHER, Gravity(None, False), CLAIM),
        (Kind.INQUIRY, Gravity(None, True), Kind.INQUIRY, Gravity(None, False), CLAIM),
    ],
)
def test_it_takes_the_confirmers_right_to_make_a_complaint_lighter(
    kind: Kind, before: Gravity, wanted_kind: Kind, wanted: Gravity, right: Right | None
) -> None:
    assert lowering(kind, before, wanted_kind, wanted) == right


def test_it_binds_the_text_and_the_files_in_their_order() -> None:
    digests = {
        digest("a", ()),
        digest("a ", ()),
        digest("a", ("1",)),
        digest("a", ("1", "2")),
        digest("a", ("2", "1")),
    }
    assert len(digests) == 5


def test_it_agrees_with_the_guard_of_the_database_on_who_confirms() -> None:
    """store/guards.py spells the roles out, since a trigger cannot ask Python."""
    assert {role for role in Role if may(role, REPLY)} == {Role.HEAD, Role.MANAGER}
    assert {role for role in Role if may(role, CLAIM)} == {Role.MANAGER}
    assert {role for role in Role if may(role, Right.SIGN_CLOSING)} == {Role.HEAD, Role.MANAGER}
