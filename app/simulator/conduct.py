"""How the carrier's REST API behaves with a request, and what it keeps of each."""

from dataclasses import dataclass, field
from enum import StrEnum


class Conduct(StrEnum):
    """What the carrier does with one request."""

    ACCEPTS = "accepts"
    TOO_MANY = "too_many"  # 429, nothing happens
    BREAKS = "breaks"  # 500, nothing happens
    HANGS = "hangs"  # accepts, and never answers
    DROPS = "drops"  # accepts, and closes the connection without an answer
    LOSES = "loses"  # never answers, and nothing happens


#: With these the application hears nothing.
SILENT = frozenset({Conduct.HANGS, Conduct.DROPS, Conduct.LOSES})


@dataclass(frozen=True, slots=True)
class Received:
    """One request: ``accepted`` if anything came of it, ``refused`` why the API would not take it."""

    method: str
    path: str
    form: list[tuple[str, str]] = field(repr=False)  # a text holds a code
    sid: str
    accepted: bool
    refused: str = ""
