"""A prompt's name and its facts -> the sentence that is spoken or written."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, Self

from app.callflow.model import Saying
from app.callflow.prompts import Prompt
from app.telephony.catalogues import Catalogue, read_catalogues
from app.telephony.gaps import Fact, Gaps
from app.telephony.speakable import speakable

# Facts that come back call after call. All others, codes and account numbers among them, are never kept.
_RECURRING = frozenset(
    {
        "country",
        "key",
        "language",
        "department",
        "method",
        "role",
        "opening",
        "place",
        "position",
        "low",
        "high",
    }
)
_KEPT = 8192  # sentences: each country, desk and opening in each language several times over


class Spoken(NamedTuple):
    """A sentence, and the BCP-47 tag of the language it is in."""

    text: str
    language: str


class Words:
    """Every sentence in every language there are prompts for. Immutable but for its cache; thread-safe."""

    def __init__(self, catalogues: Iterable[Catalogue]) -> None:
        self._sentences = {one.language: one.sentences for one in catalogues}
        self._gaps = {language: Gaps(language, names) for language, names in self._sentences.items()}
        self._fixed = {
            (language, name): Spoken(sentence, language)
            for language, sentences in self._sentences.items()
            for name, sentence in sentences.items()
        }
        self._kept = lru_cache(maxsize=_KEPT)(self._fill)

    @classmethod
    def load(cls) -> Self:
        """Read the catalogues that come with the program."""
        return cls(read_catalogues())

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are prompts in, English first."""
        return tuple(self._sentences)

    def say(self, saying: Saying) -> Spoken:
        """Give the sentence in its language, or in English where there is no catalogue.

        Ops' own words (TEXT) stay in the language they were written in.
        """
        prompt, language, gaps = saying.prompt, saying.language, saying.gaps
        if not gaps:
            return self._fixed.get((language, prompt)) or self._fixed[self.nearest(language), prompt]
        if prompt == Prompt.TEXT:
            return Spoken(speakable(str(gaps["text"])), language)
        facts = tuple([(gap, tuple(fact) if isinstance(fact, list) else fact) for gap, fact in gaps.items()])
        if gaps.keys() <= _RECURRING:
            return self._kept(prompt, language, facts)
        return self._fill(prompt, language, facts)

    def gaps(self, language: str) -> Gaps:
        """Give what turns facts into words of a language, or of English where there is no catalogue."""
        return self._gaps[self.nearest(language)]

    def nearest(self, language: str) -> str:
        """Give the language whose prompts serve a BCP-47 tag: its own, its primary one's, else English."""
        if language in self._sentences:
            return language
        primary = language.partition("-")[0]
        return primary if primary in self._sentences else "en"

    def _fill(self, prompt: str, language: str, facts: tuple[tuple[str, Fact], ...]) -> Spoken:
        language = self.nearest(language)
        gaps = self._gaps[language]
        sentence = self._sentences[language][prompt]
        text = sentence.format_map({gap: gaps.words(gap, fact) for gap, fact in facts})
        # A sentence that begins with one of our own words begins with a capital; a name stays as it is.
        return Spoken(text[:1].upper() + text[1:] if sentence.startswith("{department}") else text, language)
