"""The words of the pages, and who gets which."""

import re

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from jinja2 import Environment

from app.telephony.words import Words
from app.web.words import CATALOGUES, PageWords
from tests.docs.page_words import POT, PUBLIC, extracted, pot

WORDS = PageWords.load()
TRANSLATED = [language for language in WORDS.languages if language != "en"]
GAP = re.compile(r"%\((\w+)\)s")


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def test_pages_speak_what_the_calls_speak() -> None:
    """There are words for the pages in each language there are prompts in, English first."""
    assert WORDS.languages[0] == "en"
    assert set(WORDS.languages) == set(Words.load().languages)


def test_the_template_is_current() -> None:
    """``pages.pot`` holds the words of the pages: ``.venv/bin/python -m tests.docs`` writes it anew."""
    assert POT.read_text(encoding="utf-8") == pot()


@pytest.mark.parametrize("language", TRANSLATED)
def test_public_pages_are_whole_in_every_language(language: str) -> None:
    """Each word of the public pages has a translation with the same gaps, and nothing else is kept."""
    with (CATALOGUES / language / "LC_MESSAGES" / "pages.po").open("rb") as file:
        kept: dict[object, Message] = {message.id: message for message in read_po(file) if message.id}
    needed = {message.id for message in extracted(PUBLIC) if message.id}
    assert set(kept) == needed
    for message in kept.values():
        assert not message.fuzzy
        asked = set(GAP.findall(forms(message.id)[-1]))
        for form in forms(message.string):
            assert form.strip()
            assert set(GAP.findall(form)) == asked, message.id


@pytest.mark.parametrize(
    ("header", "language", "region"),
    [
        (None, "en", None),
        ("", "en", None),
        ("it-IT,it;q=0.9,en;q=0.8", "it", "IT"),
        ("pt-BR, fr;q=0.5, de;q=0.7", "de", "BR"),
        ("DE-at", "de", "AT"),
        ("zh-Hant-TW", "en", "TW"),
        ("de;q=0, fi", "fi", None),
        ("*", "en", None),
        (";;q=,é\x00-,en;q=abc", "en", None),
    ],
)
def test_the_best_language_and_a_likely_country(
    header: str | None, language: str, region: str | None
) -> None:
    """A browser's header gives the best language there is and a likely country, whatever stands in it."""
    assert WORDS.best(header) == (language, region)


def test_numbers_take_their_language_s_form() -> None:
    """Polish has a form of its own for 2 to 4, and a language we do not have reads English."""
    one, many = "%(num)s country matches “%(query)s”.", "%(num)s countries match “%(query)s”."
    polish, unknown = WORDS.ngettext("pl"), WORDS.ngettext("xx")
    assert len({polish(one, many, number) for number in (1, 3, 5)}) == 3
    assert polish(one, many, 22) == polish(one, many, 3)
    assert (unknown(one, many, 1), unknown(one, many, 2)) == (one, many)


def test_templates_fill_gaps_with_escaped_values() -> None:
    """What stands in a gap is a value like any other, in whichever language is asked for at that moment."""
    asked = ["de"]
    environment = Environment(autoescape=True)
    WORDS.install(environment, lambda: asked[0])
    template = environment.from_string('{{ _("Call %(number)s", number=number) }}')
    assert template.render(number="<1>") == "&lt;1&gt; anrufen"
    asked[0] = "en"
    assert template.render(number="<1>") == "Call &lt;1&gt;"
