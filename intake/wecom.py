"""A WeCom customer service account of the settings, and the callbacks that WeCom seals with its keys.

As published (developer.work.weixin.qq.com, 加解密方案说明): the signature is the SHA-1 of token, timestamp,
nonce and ciphertext, sorted and joined; the ciphertext is AES-256-CBC, its key the EncodingAESKey, its first
vector the key's first half, padded to 32 bytes (PKCS#7); inside lie 16 random bytes, a length, the message,
and the id of the company.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

FRESH = timedelta(minutes=10)  # as long as the pull token in it is good for
BLOCK = 32  # bytes to which WeCom pads
RANDOM, LENGTH = 16, 4  # bytes before the message


class ForgedError(Exception):
    """WeCom has not sealed this for us, or not just now."""


@dataclass(frozen=True)
class Wecom:
    """What the settings say of one customer service account (客服帐号)."""

    corp_id: str
    secret: str = field(repr=False)
    open_kfid: str
    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    api_url: str

    @property
    def name(self) -> str:
        """Its listener's name."""
        return f"wecom:{self.open_kfid}"


def unseal(wecom: Wecom, sealed: str, signature: str, timestamp: str, nonce: str, now: datetime) -> str:
    """The message of a callback; ForgedError unless WeCom has sealed it for this company, just now."""
    signed = signature_of(wecom.token, timestamp, nonce, sealed)
    if not compare_digest(signed.encode(), signature.encode("utf-8", "replace")):
        raise ForgedError("The signature is not WeCom's.")
    if abs(now - sealed_at(timestamp)) > FRESH:
        raise ForgedError("The callback is not of now.")
    message, receiver = _open(sealed, key_of(wecom.aes_key))
    if receiver != wecom.corp_id:
        raise ForgedError("The callback is for another company.")
    return message


def signature_of(token: str, timestamp: str, nonce: str, sealed: str) -> str:
    """How WeCom signs a callback."""
    parts = sorted((token, timestamp, nonce, sealed))
    return hashlib.sha1("".join(parts).encode("utf-8", "replace")).hexdigest()  # noqa: S324 - WeCom's choice


def sealed_at(timestamp: str) -> datetime:
    """The moment that a callback names; ForgedError if it names none."""
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 10):
        raise ForgedError("The callback has no time.")
    return datetime.fromtimestamp(int(timestamp), UTC)


def key_of(aes_key: str) -> bytes:
    """The 32 bytes of an EncodingAESKey; ValueError if it is none."""
    try:
        key = base64.b64decode(f"{aes_key}=", validate=True)
    except binascii.Error as problem:
        raise ValueError("is no EncodingAESKey") from problem
    if len(key) != 32:
        raise ValueError("is no EncodingAESKey")
    return key


def _open(sealed: str, key: bytes) -> tuple[str, str]:
    """The message and whom it is for."""
    try:
        ciphertext = base64.b64decode(sealed, validate=True)
        opener = Cipher(AES(key), CBC(key[:16])).decryptor()
        plain = opener.update(ciphertext) + opener.finalize()
        padding = plain[-1]
        start = RANDOM + LENGTH
        end = start + int.from_bytes(plain[RANDOM:start], "big")
        if not 1 <= padding <= BLOCK or end > len(plain) - padding:
            raise ForgedError("The callback is damaged.")
        return plain[start:end].decode(), plain[end:-padding].decode()
    except (ValueError, IndexError) as problem:  # also what is no base64, no UTF-8, no whole blocks
        raise ForgedError("The callback is damaged.") from problem
