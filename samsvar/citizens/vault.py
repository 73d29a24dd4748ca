"""The vault's keys: CPR numbers are encrypted with AES-GCM under a key with an id, and found by an HMAC blind index.

Keys come from the environment, never from the database (house.md, Identity). Rotation: put the new key first.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


@lru_cache(maxsize=4)
def _keys(text: str) -> dict[str, AESGCM]:
    keys = {}
    for pair in filter(None, text.split(",")):
        key_id, _, encoded = pair.partition(":")
        keys[key_id.strip()] = AESGCM(base64.b64decode(encoded))
    return keys


def encrypt(plain: str, bound_to: bytes) -> tuple[bytes, str]:
    """Cipher and key id of a text, bound to the row it stands in so that it cannot be moved to another."""
    keys = _keys(settings.VAULT_KEYS)
    key_id, key = next(iter(keys.items()))
    nonce = os.urandom(NONCE_BYTES)
    return nonce + key.encrypt(nonce, plain.encode(), bound_to), key_id


def decrypt(cipher: bytes, key_id: str, bound_to: bytes) -> str:
    """The text again. Raises KeyError for an unknown key, InvalidTag for a cipher that was moved or changed."""
    cipher = bytes(cipher)
    return _keys(settings.VAULT_KEYS)[key_id].decrypt(cipher[:NONCE_BYTES], cipher[NONCE_BYTES:], bound_to).decode()


def blind_index(cpr: str) -> bytes:
    """32 bytes by which the same number is found again, and nothing else can be learnt."""
    return hmac.new(base64.b64decode(settings.BLIND_INDEX_KEY), normalised(cpr).encode(), hashlib.sha256).digest()


def normalised(cpr: str) -> str:
    """Ten digits, or the X-/D-eCPR letters, without the dash."""
    return cpr.replace("-", "").replace(" ", "").upper()
