"""The links handed to the carrier: which turn they answer, and where the call was going.

A link carries nothing personal. Its nonce is an HMAC over all of it, so that a call whose running state was
lost can trust what its own link says, and a repeated webhook gets a byte-equal answer.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, quote

from app.callflow.model import Call

#: The query keys a link has, in order; any other key is refused by the guard.
KEYS = ("c", "k", "t", "d", "l", "q", "n")
_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*")  # what a URL takes as it is: nearly always everything


@dataclass(frozen=True, slots=True)
class Link:
    """What one link says."""

    call_id: str
    turn: int
    territory: str = ""
    department: str = ""
    language: str = ""
    queue: str = ""
    nonce: str = ""


def query(secret: bytes, call: Call) -> str:
    """The query string of the link that answers the call's present turn."""
    facts = (call.call_id, str(call.turn), call.territory, call.department, call.language, call.queue)
    shown = facts if _PLAIN.fullmatch("".join(facts)) else [quote(fact) for fact in facts]
    parts = [f"{key}={fact}" for key, fact in zip(KEYS, shown, strict=False) if fact]
    return "&".join((*parts, f"n={_nonce(secret, facts)}"))


def read(secret: bytes, args: Mapping[str, str]) -> Link | None:
    """The link behind query arguments; None when its nonce does not belong to them."""
    facts = tuple(args.get(key, "") for key in KEYS[:-1])
    nonce = args.get("n", "")
    if not nonce.isascii() or not hmac.compare_digest(nonce, _nonce(secret, facts)):
        return None
    call_id, turn, territory, department, language, queue = facts
    return Link(call_id, int(turn), territory, department, language, queue, nonce)


def _nonce(secret: bytes, facts: tuple[str, ...]) -> str:
    """128 bits over length-prefixed facts, so that no two sets of facts read alike."""
    message = "".join(f"{len(fact)}:{fact}" for fact in facts).encode("utf-8", "surrogatepass")
    keyed = _keyed(secret).copy()
    keyed.update(message)
    return keyed.digest()[:16].hex()


@lru_cache(maxsize=4)
def _keyed(secret: bytes) -> hmac.HMAC:
    """The HMAC before its message. ``hmac.digest`` would do, but lets other threads in between each time."""
    return hmac.new(secret, digestmod="sha256")


def code_query(secret: bytes, challenge: str) -> str:
    """The query string of the link under which the carrier fetches a code to speak."""
    return f"x={quote(challenge)}&n={_nonce(secret, ('code', challenge))}"


def read_code(secret: bytes, args: Mapping[str, str]) -> str | None:
    """The challenge's id behind a code link's arguments; None when its nonce does not belong to it."""
    challenge, nonce = args.get("x", ""), args.get("n", "")
    genuine = nonce.isascii() and hmac.compare_digest(nonce, _nonce(secret, ("code", challenge)))
    return challenge if genuine else None


#: The query keys of a link about somebody who is rung for a conversation, or about the conversation.
LEG_KEYS = ("g", "n")


def leg_query(secret: bytes, leg: str) -> str:
    """The query string of a leg's link."""
    return f"g={quote(leg)}&n={_nonce(secret, ('leg', leg))}"


def read_leg(secret: bytes, args: Mapping[str, str]) -> str | None:
    """The leg behind a link's arguments; None when its nonce does not belong to it."""
    leg, nonce = args.get("g", ""), args.get("n", "")
    genuine = nonce.isascii() and hmac.compare_digest(nonce, _nonce(secret, ("leg", leg)))
    return leg if genuine and leg else None


def parse(secret: bytes, text: str) -> Link | None:
    """The link behind a query string that was kept."""
    return read(secret, dict(parse_qsl(text, keep_blank_values=True)))
