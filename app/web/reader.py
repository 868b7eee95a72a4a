"""Whoever reads a public page: their language, a country that is likely theirs, and their clock.

All from the request itself; nothing is looked up and nothing is kept of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from app.web.words import PageWords
from routing.zones import names

_LONGEST = 100  # characters of an argument that are looked at


@dataclass(frozen=True, slots=True)
class Reader:
    """What one request tells of its reader."""

    language: str
    region: str | None  # ISO 3166-1
    zone: str  # IANA; empty: not said
    asked_zone: str  # as it was said, also where it is none
    chosen: str  # a language chosen on the page, which its links keep; empty: the browser's serves

    @classmethod
    def of(cls, args: Mapping[str, str], accept_language: str | None, words: PageWords) -> Self:
        """The reader behind a request's arguments (``lang``, ``zone``) and its ``Accept-Language``."""
        preferred = words.best(accept_language)
        chosen = args.get("lang", "")
        chosen = chosen if chosen in words.languages else ""
        zone = args.get("zone", "")[:_LONGEST].strip()
        return cls(
            language=chosen or preferred.language,
            region=preferred.region,
            zone=zone if zone in names() else "",
            asked_zone=zone,
            chosen=chosen,
        )

    @property
    def zone_is_unknown(self) -> bool:
        """Whether a clock was asked for that does not exist."""
        return bool(self.asked_zone) and not self.zone

    @property
    def kept(self) -> dict[str, str]:
        """What the links of a page carry on to the next."""
        kept = {"lang": self.chosen, "zone": self.zone}
        return {name: value for name, value in kept.items() if value}
