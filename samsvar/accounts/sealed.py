"""Encryption of what belongs to one person: texts kept over a lapsed session, and the secrets of their keys.

The key is derived from the server's own, so that a copy of the database opens nothing.
"""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


def _cipher(purpose: str) -> AESGCM:
    return AESGCM(hmac.new(settings.SECRET_KEY.encode(), f"sealed|{purpose}".encode(), hashlib.sha256).digest())


def seal(text: str, purpose: str, bound_to: bytes) -> bytes:
    """AES-GCM of a text, bound to a row or person so that it opens nowhere else."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(purpose).encrypt(nonce, text.encode(), bound_to)


def unseal(sealed: bytes, purpose: str, bound_to: bytes) -> str | None:
    """The text; None when the server's key is another, or the bytes have been moved, changed or cut."""
    if len(sealed) <= _NONCE:
        return None
    try:
        return _cipher(purpose).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to).decode()
    except InvalidTag:
        return None


def seal_text(text: str, purpose: str) -> str:
    """As `seal`, as base64 and bound to nothing but the purpose."""
    return base64.b64encode(seal(text, purpose, purpose.encode())).decode()


def unseal_text(sealed: str, purpose: str) -> str | None:
    """What `seal_text` sealed."""
    return unseal(base64.b64decode(sealed), purpose, purpose.encode())
