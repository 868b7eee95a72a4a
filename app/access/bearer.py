"""Secrets that whoever bears them is known by: session and API tokens. Stores keep their hashes only."""

import hashlib
import secrets

_BYTES = 32  # 256 random bits: their plain hash tells nothing
API = "cg_"
SHOWN = len(API) + 6  # characters to recognise an API token by


def new_token(beginning: str = "") -> str:
    """A new token."""
    return beginning + secrets.token_urlsafe(_BYTES)


def new_nonce() -> str:
    """What makes an account's one-time codes differ from another's, and from its own former ones."""
    return secrets.token_hex(16)


def token_hash(token: str) -> str:
    """What a store keeps of a token, and looks for it by."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
