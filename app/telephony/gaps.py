"""What fills a prompt's gaps: facts -> words of one language, by Babel's rules (Unicode CLDR)."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location
from babel.numbers import format_decimal

from app.telephony.speakable import speakable

Fact = str | int | tuple[str, ...]

# CLDR names Mandarin by its macrolanguage.
_NAMED_AS = {"cmn": "zh"}
_YEAR_AT_THE_END = re.compile(r"[,\s]*(?:'\w+'\s+)?y+\.?$")


class Gaps:
    """Turns facts into words of one language; ``names`` are its words for departments and so on."""

    def __init__(self, language: str, names: Mapping[str, str]) -> None:
        self._locale = Locale.parse(language)
        self._names = names
        self._ways: dict[str, Callable[[Fact], str]] = {
            "country": self._country,
            "language": self._language,
            "department": lambda fact: self._name("DEPARTMENT", fact),
            "method": lambda fact: self._name("METHOD", fact),
            "role": lambda fact: self._name("ROLE", fact),
            "opening": self._opening,
            "place": self._place,
            "digits": lambda fact: ", ".join(speakable(str(fact))),
            "position": self._number,
            "low": self._number,
            "high": self._number,
            "minutes": self._number,
        }

    def words(self, gap: str, fact: Fact) -> str:
        """Give the words for one fact; a gap without a rule of its own holds text."""
        way = self._ways.get(gap)
        return speakable(way(fact) if way else str(fact))

    def moment(self, at: datetime) -> str:
        """Give weekday, date and time on the clock ``at`` carries: "Monday, November 23 at 9:00 AM"."""
        pattern = _YEAR_AT_THE_END.sub("", self._locale.date_formats["full"].pattern)
        day = format_date(at.date(), pattern, locale=self._locale)
        return speakable(self._names["OPENING"].format(day=day, time=self.time_of_day(at)))

    def time_of_day(self, at: datetime) -> str:
        """Give the time on the clock ``at`` carries: "9:00 AM", "09:00", "9.00"."""
        clock = at.time().replace(tzinfo=None)
        # CLDR parts the time from AM by a narrow no-break space, which not every phone can show.
        return format_time(clock, "short", locale=self._locale).replace("\u202f", " ")

    def _country(self, fact: Fact) -> str:
        """Name a territory: CLDR knows whole countries, a part of one goes by the table's English name."""
        key, iso, english = fact if isinstance(fact, tuple) else (fact, "", str(fact))
        return str(self._locale.territories.get(iso, english)) if key == iso else english

    def _language(self, fact: Fact) -> str:
        tag = str(fact)
        names = self._locale.languages
        return str(names.get(_NAMED_AS.get(tag, tag)) or names.get(tag.partition("-")[0]) or tag)

    def _name(self, kind: str, fact: Fact) -> str:
        return self._names.get(f"{kind}_{str(fact).upper()}") or str(fact)

    def _opening(self, fact: Fact) -> str:
        return self.moment(datetime.fromisoformat(str(fact)))

    def _place(self, fact: Fact) -> str:
        try:
            return get_timezone_location(str(fact), locale=self._locale, return_city=True)
        except LookupError:
            return str(fact).rpartition("/")[2].replace("_", " ")

    def _number(self, fact: Fact) -> str:
        return format_decimal(fact, locale=self._locale) if isinstance(fact, int) else str(fact)
