"""Countries by what people call them: any of our languages, a code, a calling code; accents do not matter."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from babel import Locale

from app.services.lines import Listed
from routing.numbers import keyed_regions
from routing.table import Territory

_CALLING_CODE = re.compile(r"\+?[0-9 ]{1,18}")
# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """The text as it is compared: small letters and digits alone, without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    return "".join(letter for letter in apart if letter.isalnum())


def country_name(territory: Territory, language: str) -> str:
    """A country's name in a language: CLDR knows whole countries, a part of one goes by the table's name."""
    if territory.key != territory.country_code:
        return territory.name
    return _territories(language).get(territory.key, territory.name)


def by_name(countries: Iterable[Listed], language: str) -> list[Listed]:
    """The countries in the order of their names in a language."""
    return sorted(countries, key=lambda listed: folded(country_name(listed.territory, language)))


def search(countries: Iterable[Listed], query: str, languages: Iterable[str], shown_in: str) -> list[Listed]:
    """The countries a query may mean, the likeliest first: whole name or code, beginning, any part.

    What the reader sees, codes and English go before names in the other languages.

    ``languages`` are those whose names count. A number is read as a calling code, with an area code or not.
    """
    if _CALLING_CODE.fullmatch(query.strip()):
        regions = keyed_regions(re.sub("[^0-9]", "", query))
        return by_name((one for one in countries if one.territory.country_code in regions), shown_in)
    wanted, languages = folded(query), tuple(languages)
    if not wanted:
        return []
    ranked = [
        (rank, listed)
        for listed in by_name(countries, shown_in)
        if (rank := _likelihood(wanted, listed.territory, shown_in, languages)) is not None
    ]
    return [listed for _, listed in sorted(ranked, key=lambda found: found[0])]


@lru_cache(maxsize=4096)
def spellings(territory: Territory, languages: tuple[str, ...]) -> tuple[str, ...]:
    """All that a country is found by, folded: its codes first."""
    names = (country_name(territory, language) for language in languages)
    every = (territory.key, territory.country_code, territory.name, *names)
    return tuple(dict.fromkeys(folded(name) for name in every if name))


def _likelihood(wanted: str, territory: Territory, shown_in: str, languages: tuple[str, ...]) -> int | None:
    """0 to 2 for its codes and its name as it is shown or in English; 3 to 5 for one in another language."""
    own = _rank(wanted, spellings(territory, (shown_in,)))
    if own is not None:
        return own
    other = _rank(wanted, spellings(territory, languages))
    return None if other is None else other + 3


def _rank(wanted: str, known: tuple[str, ...]) -> int | None:
    if wanted in known:
        return 0
    if any(name.startswith(wanted) for name in known):
        return 1
    return 2 if any(wanted in name for name in known) else None


@lru_cache(maxsize=64)
def _territories(language: str) -> Mapping[str, str]:
    return {str(code): str(name) for code, name in Locale.parse(language).territories.items()}
