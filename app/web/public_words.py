"""A public page's facts in its reader's words: countries, languages, places and times, by CLDR's rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from markupsafe import Markup

from app.telephony.gaps import Gaps
from app.telephony.words import Words
from app.web.country_search import country_name, folded
from app.web.reader import Reader
from routing.table import Territory
from routing.zones import clocks_of, zone


@dataclass(frozen=True, slots=True)
class PublicWords:
    """What templates say facts with. Languages and places go by the names callers hear."""

    language: str
    zone: str  # the reader's own clock; empty: not known
    gaps: Gaps

    @classmethod
    def of(cls, words: Words, reader: Reader) -> "PublicWords":
        """The words of one reader."""
        return cls(reader.language, reader.zone, words.gaps(reader.language))

    def country(self, territory: Territory) -> str:
        """``Italien``."""
        return country_name(territory, self.language)

    def languages(self, tags: tuple[str, ...]) -> str:
        """``Deutsch, Englisch``, each named once."""
        return ", ".join(self.gaps.words("language", tag) for tag in tags)

    def place(self, zone_key: str) -> str:
        """The city a clock is known by: ``Rom``."""
        return _place(self.gaps, zone_key)

    def moment(self, at: datetime, zone_key: str) -> Markup:
        """Day and time on a clock, which a program can read, too."""
        local = at.astimezone(zone(zone_key))
        return self._time(local, self.gaps.moment(local))

    def time(self, at: datetime) -> Markup:
        """The time of day on the clock the instant carries."""
        return self._time(at, self.gaps.time_of_day(at))

    def yours(self, start: datetime, end: datetime) -> str:
        """A stretch of time on the reader's clock; empty where theirs shows the same, or is not known."""
        if not self.zone:
            return ""
        mine = [at.astimezone(zone(self.zone)) for at in (start, end)]
        if mine[0].utcoffset() == start.utcoffset():
            return ""
        first, last = (self.gaps.time_of_day(at) for at in mine)
        day = (
            f"{format_date(mine[0], 'EEE', locale=self.language)} " if mine[0].date() != start.date() else ""
        )
        return f"{day}{first}–{last}"

    def day(self, day: date) -> str:
        """``Fr., 20. Nov.``."""
        return format_skeleton("MMMEd", day, locale=self.language)

    def own_name(self, language: str) -> str:
        """A language's name in itself: ``Deutsch``."""
        return _own_name(language)

    def zones(self, territories: tuple[Territory, ...]) -> Mapping[str, str]:
        """The clocks a reader may choose from, by the names of their cities, in the order of these."""
        keys = {key for one in territories if one.zones for key in clocks_of(one.country_code, one.zones[0])}
        named = {key: _place(self.gaps, key) for key in keys | ({self.zone} - {""})}
        return dict(sorted(named.items(), key=lambda pair: folded(pair[1])))

    def _time(self, at: datetime, words: str) -> Markup:
        return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="minutes"), words)


@lru_cache(maxsize=8192)
def _place(gaps: Gaps, zone_key: str) -> str:
    return gaps.words("place", zone_key)


@lru_cache(maxsize=64)
def _own_name(language: str) -> str:
    name = Locale.parse(language).get_display_name(language) or language
    return name[:1].upper() + name[1:]
