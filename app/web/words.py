"""The words of the pages: one gettext file per language, read once at start."""

from collections.abc import Callable
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

CATALOGUES = Path(__file__).parent / "catalogues"
ENGLISH = "en"


class Preferred(NamedTuple):
    """What a browser says of its reader: the best language we have, and a country that is likely theirs."""

    language: str
    region: str | None


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of every language. English needs no file: what templates and code say is English."""

    translations: dict[str, NullTranslations]

    @classmethod
    def load(cls, folder: Path = CATALOGUES) -> "PageWords":
        """Read every ``<language>/LC_MESSAGES/pages.po`` below the folder."""
        return cls({ENGLISH: NullTranslations()} | {file.parts[-3]: _read(file) for file in _files(folder)})

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are words in, English first."""
        return tuple(self.translations)

    def gettext(self, language: str) -> Callable[[str], str]:
        """Give what turns a sentence into this language; English for one we do not have."""
        return self._of(language).gettext

    def ngettext(self, language: str) -> Callable[[str, str, int], str]:
        """Give the same for words that depend on a number."""
        return self._of(language).ngettext

    def install(self, environment: Environment, language: Callable[[], str]) -> None:
        """Give templates ``_`` and ``ngettext``; ``language`` is asked at each word, so one serves all.

        The gaps of a sentence are named, ``_("%(n)s calls", n=3)``, and are escaped like any value.
        """
        # Jinja adds the function when its extension is loaded, so its type is not on Environment.
        environment.add_extension("jinja2.ext.i18n")
        install: Callable[..., None] = environment.install_gettext_callables  # type: ignore[attr-defined]
        install(
            lambda word: self._of(language()).gettext(word),
            lambda one, many, number: self._of(language()).ngettext(one, many, number),
            newstyle=True,
        )

    def best(self, accept_language: str | None) -> Preferred:
        """Choose from an ``Accept-Language`` header, however odd: the best language we have, else English."""
        tags = [tag for tag, quality in parse_accept_header(accept_language, LanguageAccept) if quality]
        known = (tag.split("-")[0].lower() for tag in tags)
        regions = (region for tag in tags if (region := _region(tag)))
        return Preferred(
            language=next((tag for tag in known if tag in self.translations), ENGLISH),
            region=next(regions, None),
        )

    def _of(self, language: str) -> NullTranslations:
        return self.translations.get(language) or self.translations[ENGLISH]


def shipped() -> tuple[str, ...]:
    """The languages the program comes with words in, English first; no file is read for it."""
    return (ENGLISH, *(file.parts[-3] for file in _files(CATALOGUES)))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/LC_MESSAGES/pages.po"))


def _read(file: Path) -> NullTranslations:
    with file.open("rb") as po:
        return _compiled(read_po(po))


def _compiled(catalogue: Catalog) -> NullTranslations:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _region(tag: str) -> str | None:
    # "zh-Hant-TW": the region is the part of two letters after the language.
    parts = [part for part in tag.split("-")[1:] if len(part) == 2 and part.isascii() and part.isalpha()]
    return parts[0].upper() if parts else None
