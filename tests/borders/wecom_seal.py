"""How WeCom seals a callback, written anew from the published scheme: the tests must not lean on our own."""

import base64
import hashlib
import os
import struct
from urllib.parse import urlencode

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def seal(message: str, aes_key: str, receiver: str) -> str:
    """AES-256-CBC of random bytes, length, message and receiver, padded to 32 bytes, in base64."""
    key = base64.b64decode(aes_key + "=")
    content = message.encode()
    plain = os.urandom(16) + struct.pack(">I", len(content)) + content + receiver.encode()
    missing = 32 - len(plain) % 32
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    sealed = encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def signed_query(token: str, timestamp: int, sealed: str, **more: str) -> str:
    """The query of a callback: signature, time and nonce."""
    nonce = str(int.from_bytes(os.urandom(4), "big"))
    joined = "".join(sorted([token, str(timestamp), nonce, sealed]))
    signature = hashlib.sha1(joined.encode()).hexdigest()
    return urlencode({"msg_signature": signature, "timestamp": timestamp, "nonce": nonce} | more)
