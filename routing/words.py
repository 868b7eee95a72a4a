"""English words for what the table's codes stand for, in explanations and diffs."""

from functools import lru_cache

from babel import Locale


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    names = {str(tag): str(name) for tag, name in Locale("en").languages.items()}
    return {"cmn": "Mandarin Chinese", **names}  # CLDR files it under zh; the table goes by what is spoken


def language(tag: str) -> str:
    """``Polish`` for ``pl``; the tag itself where CLDR has no name for it."""
    return _languages().get(tag, tag)


def counted(number: int, one: str, many: str = "") -> str:
    """``1 row`` or ``3 rows``; ``many`` where it is more than ``one`` with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def department(name: str) -> str:
    """``Technical`` for ``technical``, ``Every department`` for ``*``."""
    return "Every department" if name == "*" else name.capitalize()
