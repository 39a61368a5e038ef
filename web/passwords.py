"""Passwords are kept only as argon2id hashes."""

from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher


def hash_password(plain: str) -> str:
    """What is kept of a password."""
    return _argon2id().hash(plain)


def is_password(plain: str, kept: str | None) -> bool:
    """Whether this is the password. Takes as long when there is none, so that time betrays no account."""
    try:
        right = _argon2id().verify(plain, kept or _nobody())
    except UnknownHashError:
        return False
    return right and kept is not None


@cache
def _argon2id() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@cache
def _nobody() -> str:
    return hash_password("nobody has this password")
