"""Words that stand in Python, in the language of whoever reads the page.

The names are gettext's own, so that extractors and linters know what is marked. Gaps are named, as in the
templates: ``gettext("Version %(version)s is live.", version=3)``.
"""

from gettext import NullTranslations

from flask import Flask, current_app, g, has_app_context

from app.web.words import ENGLISH, PageWords

_WORDS = "callgate-page-words"
_AS_WRITTEN = PageWords({ENGLISH: NullTranslations()})


def keep_words(app: Flask, words: PageWords) -> None:
    """Give the application's pages their words, in templates and in Python."""
    app.extensions[_WORDS] = words
    words.install(app.jinja_env, language)


def language() -> str:
    """The language a page is being made in; English unless its view chose another for its reader."""
    return str(g.get("language", ENGLISH)) if has_app_context() else ENGLISH


def gettext(sentence: str, **gaps: object) -> str:
    """A sentence in the reader's language, its gaps filled; outside the application as it is written."""
    return _words().gettext(language())(sentence) % gaps


def ngettext(one: str, many: str, number: int, **gaps: object) -> str:
    """The same for words that depend on a number, which fills the gap ``num``."""
    return _words().ngettext(language())(one, many, number) % {"num": number, **gaps}


def gettext_noop(sentence: str) -> str:
    """Mark a sentence that is kept for later: ``gettext`` gets it when it is shown."""
    return sentence


def _words() -> PageWords:
    kept: PageWords | None = current_app.extensions.get(_WORDS) if has_app_context() else None
    return kept or _AS_WRITTEN
