"""Seals text so that the database alone cannot read it: AES-GCM under PERENNIAL_SECRET_KEY."""

import base64
import hashlib
import hmac
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV

from bot import plain
from bot.errors import WrongSetting

NONCE_BYTES = 12
KEY_ID_BYTES = 4


def new_key() -> str:
    """A fresh random key, as it is written into PERENNIAL_SECRET_KEY: 32 bytes, URL-safe base64."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def read_key(text: str) -> bytes:
    """The 32 bytes behind one key as it is written in the setting."""
    try:
        key = base64.urlsafe_b64decode(text.strip().encode())
    except ValueError as error:
        raise WrongSetting(
            "PERENNIAL_SECRET_KEY must hold 32 bytes in base64. Make one with: perennial new-key"
        ) from error
    if len(key) != 32:
        raise WrongSetting("PERENNIAL_SECRET_KEY must hold 32 bytes in base64. Make one with: perennial new-key")
    return key


class Vault:
    """Seals with the newest key and opens with any of them, so keys can be rotated."""

    def __init__(self, keys: list[bytes]) -> None:
        if not keys:
            raise WrongSetting("PERENNIAL_SECRET_KEY is empty. Make one with: perennial new-key")
        self._ciphers = {hashlib.sha256(key).digest()[:KEY_ID_BYTES]: AESGCM(key) for key in keys}
        self._newest = hashlib.sha256(keys[0]).digest()[:KEY_ID_BYTES]
        # By the oldest key, so that what was found under it is still found once a newer one is put before it.
        self._marking = hashlib.sha256(b"fingerprint" + keys[-1]).digest()
        self._veiling = hashlib.sha512(b"veil" + keys[-1]).digest()

    @classmethod
    def from_setting(cls, text: str) -> "Vault":
        """Read PERENNIAL_SECRET_KEY: one key or several, newest first, parted by commas."""
        return cls([read_key(part) for part in text.split(",") if part.strip()])

    def seal(self, plain: bytes, about: str = "") -> bytes:
        """Key id, nonce and ciphertext; `about` must be given again to open it."""
        nonce = os.urandom(NONCE_BYTES)
        return self._newest + nonce + self._ciphers[self._newest].encrypt(nonce, plain, about.encode())

    def open(self, sealed: bytes, about: str = "") -> bytes:
        """The plain bytes; raises WrongSetting where no key of ours fits."""
        key_id, nonce = sealed[:KEY_ID_BYTES], sealed[KEY_ID_BYTES : KEY_ID_BYTES + NONCE_BYTES]
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise WrongSetting("PERENNIAL_SECRET_KEY does not open what is stored. Add the key it was sealed with.")
        try:
            return cipher.decrypt(nonce, sealed[KEY_ID_BYTES + NONCE_BYTES :], about.encode())
        except InvalidTag as error:
            raise WrongSetting(
                "Something stored was damaged or sealed for another place; it cannot be read."
            ) from error

    def fingerprint(self, text: str, about: str) -> bytes:
        """Always the same 16 bytes for the same text, which tell nothing to whoever lacks the key."""
        return hmac.digest(self._marking, f"{about}\0{text}".encode(), "sha256")[:16]

    def veil(self, text: str, about: str) -> str:
        """Always the same letters for the same text, from which only the key leads back (AES-SIV, RFC 5297).

        For ids that must be compared in the database and must not be read there.
        """
        return AESSIV(self._veiling).encrypt(text.encode(), [about.encode()]).hex()

    def unveil(self, veiled: str, about: str) -> str:
        """The text behind `veil`; raises WrongSetting where it was not veiled with this key for this purpose."""
        try:
            return AESSIV(self._veiling).decrypt(bytes.fromhex(veiled), [about.encode()]).decode()
        except (InvalidTag, ValueError) as error:
            raise WrongSetting("PERENNIAL_SECRET_KEY does not open what is stored.") from error

    def seal_json(self, value: Any, about: str = "") -> bytes:
        """The same for a plain value."""
        return self.seal(plain.to_bytes(value), about)

    def open_json(self, sealed: bytes, about: str = "") -> Any:
        """The plain value that `seal_json` was given."""
        return plain.read(self.open(sealed, about))
