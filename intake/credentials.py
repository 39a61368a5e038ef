"""What token servers gave us, shared by all processes, and sealed: a stolen row opens nothing."""

import base64
import json
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlmodel import Session

from store.tables import Credential


def kept(session: Session, name: str, secret_key: bytes) -> dict[str, Any]:
    """What is kept under this name; empty if nothing is, or HUIYIN_SECRET_KEY has changed since."""
    row = session.get(Credential, name)
    if row is None:
        return {}
    try:
        values = json.loads(_box(secret_key).decrypt(row.sealed.encode()))
    except InvalidToken:
        return {}
    assert isinstance(values, dict)
    return values


def keep(session: Session, name: str, secret_key: bytes, values: dict[str, Any], now: datetime) -> None:
    """Keep it in place of what was there."""
    sealed = _box(secret_key).encrypt(json.dumps(values).encode()).decode()
    session.merge(Credential(name=name, sealed=sealed, changed_at=now))


def _box(secret_key: bytes) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"huiyin credentials").derive(secret_key)
    return Fernet(base64.urlsafe_b64encode(derived))
