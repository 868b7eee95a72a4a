"""Which codes of countries and languages there are, by Unicode CLDR as Babel carries it."""

import re
from collections.abc import Iterable
from functools import lru_cache

from babel import Locale

# CLDR names more than ISO 3166-1 has assigned: codes reserved for islands and unions, a few of its own, two
# for tests and "unknown region" (https://www.unicode.org/reports/tr35/#unicode_region_subtag_validity).
# The reserved AC and TA, and XK for Kosovo, are left in: the table has lines for them.
_NO_COUNTRIES = frozenset({"CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "UN", "XA", "XB", "ZZ"})
# ISO 639-2: several languages, an unknown one, none at all.
_NO_LANGUAGES = frozenset({"mul", "und", "zxx"})
_MORE_LANGUAGES = frozenset({"cmn"})  # Mandarin, which CLDR has as zh and the table by its own name
_TAG = re.compile(r"([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|[0-9]{3}))?")


def is_country(code: str) -> bool:
    """Whether this is an ISO 3166-1 alpha-2 code that is assigned, or one of AC, TA and XK."""
    return len(code) == 2 and code in _territories() and code not in _NO_COUNTRIES


def is_language(tag: str) -> bool:
    """Whether this BCP-47 tag is a language CLDR knows, with or without a script and a region it knows."""
    found = _TAG.fullmatch(tag)
    if found is None:
        return False
    language, script, region = found.groups()
    return (
        language in _languages()
        and (script is None or script in _scripts())
        and (region is None or _is_region(region))
    )


def _is_region(code: str) -> bool:
    """A country, or a part of the world by its three digits in UN M.49."""
    return is_country(code) or (len(code) == 3 and code in _territories())


@lru_cache(maxsize=1)
def _territories() -> frozenset[str]:
    return _codes(Locale("en").territories)


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    return (_codes(Locale("en").languages) | _MORE_LANGUAGES) - _NO_LANGUAGES


@lru_cache(maxsize=1)
def _scripts() -> frozenset[str]:
    return _codes(Locale("en").scripts)


def _codes(names: Iterable[object]) -> frozenset[str]:
    return frozenset(str(code) for code in names)
