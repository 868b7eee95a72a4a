"""Facts put into the words of a language."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.callflow.model import Saying
from app.callflow.prompts import Prompt
from app.telephony.words import Spoken, Words

WORDS = Words.load()
ITALY = ["IT", "IT", "Italy"]
MORNING = "2026-11-23T09:00:00+01:00"
AFTERNOON = "2026-07-05T13:30:00-04:00"

Gap = str | int | list[str]


def say(prompt: str, tongue: str, /, **gaps: Gap) -> str:
    return WORDS.say(Saying(prompt, tongue, gaps)).text


def test_a_whole_whisper() -> None:
    """The agent hears level, person and desk, as the design has it word for word."""
    desk: dict[str, Gap] = {"department": "technical", "language": "it", "country": ITALY}
    assert say(Prompt.WHISPER_VERIFIED_CODE, "en", method="email") == "Verified by e-mail code."
    assert (
        say(
            Prompt.WHISPER_CONTACT, "en", organisation="Rossi Forniture", contact="Giulia Conti", role="admin"
        )
        == "Rossi Forniture, Giulia Conti, administrator."
    )
    assert say(Prompt.WHISPER_DESK, "en", **desk) == "Technical, Italian, Italy."
    assert say(Prompt.WHISPER_DESK, "it", **desk) == "Assistenza tecnica, italiano, Italia."
    assert say(Prompt.WHISPER_UNVERIFIED, "en") == "Not verified."
    assert say(Prompt.WHISPER_ACCEPT, "en") == "Press 1 to accept."


def test_whispers_name_the_agent() -> None:
    """An agent hears who handed a call over, who asks them to join, and for which language."""
    assert say(Prompt.WHISPER_TRANSFERRED, "en", agent="Anna") == "Handed over by Anna."
    asks = say(Prompt.WHISPER_INTERPRETER, "en", agent="Anna", language="it")
    assert asks == "Anna asks for an interpreter for Italian."
    assert say(Prompt.WHISPER_INTERPRETER, "fi", agent="Anna", language="it").endswith("Kieli: italia.")


@pytest.mark.parametrize(
    ("language", "country"),
    [
        ("en", "Germany"),
        ("it", "Germania"),
        ("fr", "Allemagne"),
        ("es", "Alemania"),
        ("de", "Deutschland"),
        ("pl", "Niemcy"),
        ("fi", "Saksa"),
    ],
)
def test_country(language: str, country: str) -> None:
    """A country is named in the language of the prompt."""
    assert country in say(Prompt.WELCOME, language, country=["DE", "DE", "Germany"])


def test_part_of_a_country() -> None:
    """A territory that is no whole country, or a group, goes by the table's own name in every language."""
    assert "Bonaire" in say(Prompt.WELCOME, "it", country=["BQ-BO", "BQ", "Bonaire"])
    assert "Rest of Europe" in say(Prompt.WELCOME, "it", country=["EEA", "", "Rest of Europe"])
    assert "Nowhere" in say(Prompt.WELCOME, "it", country=["QQ", "QQ", "Nowhere"])


@pytest.mark.parametrize(
    ("tag", "names"),
    [
        ("it", ["Italian", "italiano", "italien", "Italienisch", "włoski", "italia"]),
        ("cmn", ["Chinese", "cinese", "chinois", "Chinesisch", "chiński", "kiina"]),
        ("yue", ["Cantonese", "cantonese", "cantonais", "Kantonesisch", "kantoński", "kantoninkiina"]),
        ("pt-XX", ["Portuguese", "portoghese", "portugais", "Portugiesisch", "portugalski", "portugali"]),
    ],
)
def test_language_names(tag: str, names: list[str]) -> None:
    """A language is named in the language of the prompt; Mandarin as Chinese, a region's by its language."""
    for language, name in zip(["en", "it", "fr", "de", "pl", "fi"], names, strict=True):
        assert name in say(Prompt.LANGUAGE_OPTION_NAMED, language, language=tag, key=3)


def test_unknown_language_name() -> None:
    """A tag that CLDR has no name for is said as it is."""
    assert "zzz" in say(Prompt.LANGUAGE_OPTION_NAMED, "en", language="zzz", key=3)


@pytest.mark.parametrize(
    ("language", "morning", "afternoon"),
    [
        ("en", "Monday, November 23 at 9:00 AM", "Sunday, July 5 at 1:30 PM"),
        ("it", "lunedì 23 novembre alle ore 09:00", "domenica 5 luglio alle ore 13:30"),
        ("fr", "lundi 23 novembre à 09:00", "dimanche 5 juillet à 13:30"),
        ("es", "lunes, 23 de noviembre a las 9:00 horas", "domingo, 5 de julio a las 13:30 horas"),
        ("de", "Montag, 23. November um 09:00 Uhr", "Sonntag, 5. Juli um 13:30 Uhr"),
        ("pl", "poniedziałek, 23 listopada, godzina 09:00", "niedziela, 5 lipca, godzina 13:30"),
        ("fi", "maanantai 23. marraskuuta kello 9.00", "sunnuntai 5. heinäkuuta kello 13.30"),
    ],
)
def test_openings(language: str, morning: str, afternoon: str) -> None:
    """An opening is told on the desk's own clock, by the rules of each language, without the year."""
    assert morning in say(Prompt.OPENS_AT, language, department="technical", opening=MORNING)
    assert afternoon in say(Prompt.OPENS_AT, language, department="technical", opening=AFTERNOON)


@pytest.mark.parametrize("language", WORDS.languages)
def test_a_call_back_tells_the_opening(language: str) -> None:
    """Who is called once a desk opens hears the opening in the same words as who asks for it."""
    opening = WORDS.gaps(language).words("opening", MORNING)
    assert opening in say(Prompt.CALLBACK_BOOKED_OPENING, language, opening=MORNING)
    assert opening in say(Prompt.OPENS_AT, language, department="technical", opening=MORNING)


@pytest.mark.parametrize(
    ("zone", "language", "city"),
    [
        ("Europe/Rome", "fi", "Rooma"),
        ("America/New_York", "pl", "Nowy Jork"),
        ("America/Argentina/Buenos_Aires", "en", "Buenos Aires"),
        ("Mars/Olympus_Mons", "en", "Olympus Mons"),
    ],
)
def test_places(zone: str, language: str, city: str) -> None:
    """A zone is told by its city's name in the language, else by the last part of its own."""
    gaps: dict[str, Gap] = {"department": "billing", "opening": MORNING, "place": zone}
    assert city in say(Prompt.OPENS_AT_PLACE, language, **gaps)


@pytest.mark.parametrize("language", WORDS.languages)
@pytest.mark.parametrize("role", ["admin", "billing_admin", "owner", "user"])
@pytest.mark.parametrize("method", ["email", "text", "voice", "agent"])
@pytest.mark.parametrize("department", ["technical", "billing"])
def test_names_are_words(language: str, role: str, method: str, department: str) -> None:
    """Roles, methods and departments are said in words, never by their names in the code."""
    contact = say(Prompt.WHISPER_CONTACT, language, organisation="A", contact="B", role=role)
    heard = [
        contact.removeprefix("A, B, ").removesuffix("."),
        say(Prompt.WHISPER_VERIFIED_CODE, language, method=method),
        say(Prompt.DEPARTMENT_CLOSED, language, department=department),
    ]
    assert "_" not in "".join(heard)
    assert heard[0] == say(f"ROLE_{role.upper()}", language)
    assert say(f"METHOD_{method.upper()}", language) in heard[1]
    assert say(f"DEPARTMENT_{department.upper()}", language).lower() in heard[2].lower()


def test_digits_are_read_one_by_one() -> None:
    """An account number is read digit by digit."""
    assert "0, 0, 7, 1" in say(Prompt.CONFIRM_DIGITS, "en", digits="0071")


@pytest.mark.parametrize("language", WORDS.languages)
def test_a_number_to_call_is_read_digit_by_digit(language: str) -> None:
    """The number we shall call is read back digit by digit in every language."""
    assert "3, 9, 0, 2" in say(Prompt.CONFIRM_CALLBACK, language, digits="3902")


def test_numbers() -> None:
    """Numbers are written as the language writes them."""
    assert "1,234" in say(Prompt.WAIT_POSITION, "en", position=1234)
    assert "1.234" in say(Prompt.WAIT_POSITION, "de", position=1234)
    assert "5 to 10 minutes" in say(Prompt.WAIT_RANGE, "en", low=5, high=10)


def test_a_name_keeps_its_letters() -> None:
    """A sentence that begins with our word gets a capital; one that begins with a name keeps the name."""
    assert say(Prompt.WHISPER_ORGANISATION, "en", organisation="eBay") == "eBay."
    assert say(Prompt.DEPARTMENT_CLOSED, "fi", department="billing").startswith("Laskutus ")
    assert say(Prompt.WHISPER_JOIN, "en", agent="anna").startswith("anna asks ")


def test_a_name_is_no_template() -> None:
    """Braces in a name are said, not filled."""
    assert (
        say(Prompt.WHISPER_ORGANISATION, "en", organisation="{0} {country} {x.y}") == "{0} {country} {x.y}."
    )


@pytest.mark.parametrize("language", ["ja", "", "tlh-Latn", "EN"])
def test_no_catalogue(language: str) -> None:
    """Where there are no prompts the sentence is English, and says that it is."""
    assert WORDS.say(Saying(Prompt.GOODBYE, language)) == WORDS.say(Saying(Prompt.GOODBYE, "en"))
    spoken = WORDS.say(Saying(Prompt.WELCOME, language, {"country": ITALY}))
    assert spoken == Spoken("Welcome to customer support, Italy.", "en")


def test_regional_tag() -> None:
    """A regional tag is served by its language's prompts."""
    assert WORDS.say(Saying(Prompt.GOODBYE, "it-CH")) == WORDS.say(Saying(Prompt.GOODBYE, "it"))
    assert WORDS.nearest("it-CH") == "it"


@pytest.mark.parametrize("language", ["it", "ja", "ar"])
def test_ops_words_keep_their_language(language: str) -> None:
    """A notice is spoken in the language it was written in, with prompts or without."""
    assert WORDS.say(Saying(Prompt.TEXT, language, {"text": "a & b"})) == Spoken("a & b", language)


@pytest.mark.parametrize("language", WORDS.languages)
@pytest.mark.parametrize("other", WORDS.languages)
def test_language_option_in_its_own_language(language: str, other: str) -> None:
    """A language's option is a sentence of its own, different from every other language's."""
    same = say(Prompt.LANGUAGE_OPTION, language, key=2) == say(Prompt.LANGUAGE_OPTION, other, key=2)
    assert same == (language == other)


@given(st.sampled_from(WORDS.languages), st.permutations(range(3)))
def test_order_of_gaps(language: str, order: list[int]) -> None:
    """The order in which gaps are given changes nothing."""
    gaps: list[tuple[str, Gap]] = [("department", "billing"), ("language", "it"), ("country", ITALY)]
    shuffled = dict(gaps[place] for place in order)
    assert WORDS.say(Saying(Prompt.WHISPER_DESK, language, shuffled)).text == say(
        Prompt.WHISPER_DESK, language, **dict(gaps)
    )


def _sayings() -> Iterator[Saying]:
    for language in WORDS.languages:
        for position in range(1, 60):
            yield Saying(Prompt.WAIT_POSITION, language, {"position": position})
            yield Saying(Prompt.OPENS_AT, language, {"department": "billing", "opening": MORNING})


def test_threads() -> None:
    """Many threads at once get what one thread gets."""
    expected = [WORDS.say(saying) for saying in _sayings()]
    fresh = Words.load()
    with ThreadPoolExecutor(8) as pool:
        for answers in pool.map(lambda _: [fresh.say(saying) for saying in _sayings()], range(8)):
            assert answers == expected
