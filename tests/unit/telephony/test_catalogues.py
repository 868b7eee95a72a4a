"""The prompt catalogues: complete, with the documented gaps, and fit to be heard."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from babel.messages.pofile import read_po

import app.callflow.prompts
import app.telephony.catalogues
from app.callflow.prompts import Prompt
from app.faults import Fault, FaultCode
from app.telephony.catalogues import PROMPTS, read_catalogues

LANGUAGES = ["de", "en", "es", "fi", "fr", "it", "pl"]
WRITTEN = {
    name for name in Prompt if name.startswith(("MAIL_", "TEXT_", "NOTICE", "CHANGED", "ADDRESS", "MISSED"))
}
# Nothing but names and gaps, or a word these languages share with English.
ALIKE = {Prompt.TEXT, Prompt.WHISPER_ORGANISATION, Prompt.WHISPER_CONTACT, Prompt.WHISPER_DESK}
COUNTS = re.compile(
    r"\bdigits?\b|\bcifr|\bchiffre|ziffer|stellig|\bdígitos?\b|\bcyfr|numeroi|[4-8]|"
    r"\b(?:four|six|eight|quattro|sei|otto|quatre|six|huit|cuatro|seis|ocho|vier|sechs|acht|"
    r"cztery|sześć|osiem|neljä|kuusi|kahdeksan)\b",
    re.IGNORECASE,
)
# Spelled on the phone letter by letter, or not at all.
ABBREVIATIONS = r"\b(?:e\.g|i\.e|etc|min|max|Nr|no|tel|ca|z\.B|np|itd|esim|ecc|p\.ex|SMS|PIN|OTP|ID)\."
ALL_CAPITALS = re.compile(r"\b(?!UTC\b)[A-Z]{2,}\b")
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


def documented() -> dict[str, set[str]]:
    """The gaps of each prompt: the words its comment begins with."""
    lines = Path(app.callflow.prompts.__file__).read_text(encoding="utf-8").splitlines()
    found = (re.fullmatch(r'    ([A-Z_]+) = "\1"(?:  # (.*))?', line) for line in lines)
    return {match[1]: _gaps(match[2] or "") for match in found if match}


def _gaps(comment: str) -> set[str]:
    listed = re.fullmatch(r"([a-z]+(?:, [a-z]+)*)(?:[;:] .*)?", comment)
    return set(listed[1].split(", ")) if listed else set()


def entries(language: str) -> dict[str, tuple[str, str]]:
    with (PROMPTS / language / "LC_MESSAGES" / "prompts.po").open("rb") as po:
        return {
            str(one.context): (str(one.id), str(one.string)) for one in read_po(po, locale=language) if one.id
        }


def gaps_of(sentence: str) -> set[str]:
    parts = list(Formatter().parse(sentence))
    assert not any(spec or conversion for _, _, spec, conversion in parts)
    return {name for _, name, _, _ in parts if name is not None}


def test_languages() -> None:
    """Prompts are there for the seven languages, English first, each of them known to CLDR."""
    languages = [catalogue.language for catalogue in read_catalogues()]
    assert languages[0] == "en"
    assert sorted(languages) == LANGUAGES
    assert all(Locale.parse(language).language == language for language in languages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_complete(language: str) -> None:
    """Each name is in each catalogue once, in order, and nothing else; the file says its own language."""
    file = PROMPTS / language / "LC_MESSAGES" / "prompts.po"
    names = re.findall(r'^msgctxt "(.*)"$', file.read_text(encoding="utf-8"), re.MULTILINE)
    assert names == [name.value for name in Prompt]
    with file.open("rb") as po:
        assert str(read_po(po).locale) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps(language: str) -> None:
    """Each sentence has exactly the gaps documented beside its name, in English and in translation."""
    gaps = documented()
    for name, (english, sentence) in entries(language).items():
        assert gaps_of(english) == gaps_of(sentence) == gaps[name], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_english(language: str) -> None:
    """Every catalogue translates the same English; English is its own."""
    english = {name: one[1] for name, one in entries("en").items()}
    assert {name: one[0] for name, one in entries(language).items()} == english


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_english_left(language: str) -> None:
    """Nothing is left in English but what has no words of its own."""
    left = {name for name, (english, sentence) in entries(language).items() if english == sentence}
    assert left == ALIKE


@pytest.mark.parametrize("language", LANGUAGES)
def test_code_length_is_not_told(language: str) -> None:
    """No sentence about a code says how many digits it has."""
    for name, (_, sentence) in entries(language).items():
        if "CODE" in name:
            assert not COUNTS.search(re.sub(r"\{\w+\}", "", sentence)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_speakable(language: str) -> None:
    """What is heard is whole sentences on one line: no markup, no abbreviations, nothing in capitals."""
    for name, (_, sentence) in entries(language).items():
        assert sentence == sentence.strip() or name in WRITTEN, name
        assert not re.search(ABBREVIATIONS, sentence), name
        assert not ALL_CAPITALS.search(sentence), name
        assert not re.search(r"[<>&*#@/\\_\[\]|~^`]|  ", sentence), name
        if name not in WRITTEN:
            assert "\n" not in sentence, name
        if name.startswith(("WELCOME", "KEY", "CODE", "WHICH", "WAIT", "WHISPER_UN", "GOODBYE")):
            assert sentence[-1] in ".!", name


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys(language: str) -> None:
    """The keys a sentence speaks of are the English one's: none is lost or added in translation."""
    for name, (english, sentence) in entries(language).items():
        if name not in WRITTEN:
            assert sorted(re.findall(r"[0-9]", sentence)) == sorted(re.findall(r"[0-9]", english)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_subjects_are_one_line(language: str) -> None:
    """A mail's subject is one line, and holds neither code nor name."""
    for name, (_, sentence) in entries(language).items():
        if name.endswith("_SUBJECT"):
            assert "\n" not in sentence
            assert not gaps_of(sentence)


@pytest.mark.parametrize("language", ["de", "en", "fi", "fr", "it"])
def test_text_fits_one_message(language: str) -> None:
    """Where the language's letters allow it, the text with the code is one message of 160 GSM characters."""
    text = entries(language)[Prompt.TEXT_CODE][1]
    filled = text.format(code="12345678", organisation="Rossi Forniture", started="12:24 PM UTC")
    assert set(filled) <= GSM
    assert len(filled) <= 160 + (len("12:24 PM UTC") - len("16:24 UTC")) * (language != "en")


@pytest.mark.parametrize("language", ["de", "en", "fi", "fr", "it"])
def test_missed_text_fits_one_message(language: str) -> None:
    """The text after three calls back that nobody answered is one message too, where the letters allow it."""
    filled = entries(language)[Prompt.MISSED_TEXT][1].format(organisation="Rossi Forniture")
    assert set(filled) <= GSM
    assert len(filled) <= 160


def test_an_incomplete_catalogue_stops_the_start(tmp_path: Path) -> None:
    """A catalogue that lacks prompts is a fault that names the file and each missing prompt."""
    folder = tmp_path / "xx" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "prompts.po").write_text('msgctxt "WELCOME"\nmsgid "Hello."\nmsgstr "Hei."\n', encoding="utf-8")
    with pytest.raises(Fault) as fault:
        read_catalogues(tmp_path)
    assert fault.value.code is FaultCode.SETTINGS
    assert "xx" in fault.value.sentence
    assert "GOODBYE" in fault.value.sentence
    assert "WELCOME" not in fault.value.sentence
