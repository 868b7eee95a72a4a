"""English words for what the table's codes stand for, in explanations and diffs."""

from functools import lru_cache

from babel import Locale


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    return {str(tag): str(name) for tag, name in Locale("en").languages.items()}


def language(tag: str) -> str:
    """``Polish`` for ``pl``; the tag itself where CLDR has no name for it."""
    return _languages().get(tag, tag)


def department(name: str) -> str:
    """``Technical`` for ``technical``, ``Every department`` for ``*``."""
    return "Every department" if name == "*" else name.capitalize()
