"""Which country a call is for: the line, the caller's number, the calling code keyed, the menu, 9."""

from dataclasses import replace

import pytest

from app.factory.services import Services
from app.simulator.phone import Phone
from routing.tables import sample
from tests.calls.ways import FRANCE, FRENCH_SPEAKING, ITALY, NORTH_AMERICA, UNREGISTERED, publish

RUSSIAN_SPEAKING = "+74999228623"
HAITIAN = "+50934110001"


def test_a_shared_line_by_the_callers_region(phone: Phone) -> None:
    """A Haitian number means Haiti; the guess is said, and so is the way out of it."""
    call = (
        phone.dials(FRENCH_SPEAKING, ani=HAITIAN).hears("Haïti").hears("un autre pays").hears_language("fr")
    )
    call.presses("1").presses("1").presses("0#").is_transferred_to("technical-fr", level="unverified")


@pytest.mark.parametrize("keyed", ["509", "00509", "011509"])
def test_a_shared_line_by_the_calling_code(phone: Phone, keyed: str) -> None:
    """A withheld caller keys the calling code; the country is no guess then."""
    call = phone.dials(FRENCH_SPEAKING).hears("indicatif").hears_language("en").keys(keyed)
    call.hears("Haïti").does_not_hear("un autre pays").presses("1").presses("1").presses("0#")
    call.is_transferred_to("technical-fr")


def test_a_shared_line_by_menu(phone: Phone) -> None:
    """A +590 number may be of three islands: a menu asks, and each lands in its own hours."""
    call = phone.dials(FRENCH_SPEAKING, ani="+590690301234")
    call.hears("Guadeloupe : appuyez sur 1").hears("Saint-Barthélemy : appuyez sur 2").hears(
        "Saint-Martin : appuyez sur 3"
    )
    call.presses("2").hears("Pays : Saint-Barthélemy").does_not_hear("un autre pays").presses("1").presses(
        "1"
    )
    call.presses("0#").is_transferred_to("technical-fr")


def test_the_islands_of_one_code_have_their_own_hours(phone: Phone) -> None:
    """At 05:00 on the islands Saint Barthélemy's billing desk is open, Guadeloupe's opens an hour later."""
    phone.clock.advance(3 * 24 * 3600 - 3600)  # Monday, 09:00 UTC
    closed = phone.dials(FRENCH_SPEAKING, ani="+590690301234").presses("1").presses("1").presses("2")
    closed.hears("fermé").presses("2").hears("lundi 23 novembre à 06:00")
    open_now = phone.dials(FRENCH_SPEAKING, ani="+590690301234").presses("2").presses("1").presses("2")
    open_now.hears("numéro de client").presses("0#").is_transferred_to("billing-fr")


def test_a_menu_that_has_not_the_right_country(phone: Phone) -> None:
    """9 in the menu means another country: the calling code is asked for."""
    call = phone.dials(FRENCH_SPEAKING, ani="+590690301234").presses("9").hears("indicatif").keys("509")
    call.hears("Haïti")


def test_a_wrong_guess_is_corrected(phone: Phone) -> None:
    """9 after a guess asks for the calling code; the other country is greeted and is no guess."""
    call = (
        phone.dials(NORTH_AMERICA, ani="+12025550199")
        .hears("United States")
        .hears("another country, press 9")
    )
    call.presses("9").hears("calling code").keys("1876").hears("Jamaica").does_not_hear("another country")


def test_a_correction_offers_the_other_countrys_languages(phone: Phone) -> None:
    """The United States have one language; corrected to Canada, French is on offer."""
    call = phone.dials(NORTH_AMERICA, ani="+12025550199").presses("9").keys("1514").hears("Canada")
    call.hears("Pour le français").presses("2").hears("assistance technique")


def test_a_plus_one_caller_keys_the_area_code(phone: Phone) -> None:
    """Under +1 the calling code alone is of several countries; with the area code it is Jamaica's."""
    call = phone.dials(NORTH_AMERICA).keys("1876").hears("Jamaica").presses("1").presses("0#")
    call.is_transferred_to("technical-en", level="unverified")


def test_plus_one_alone_is_a_menu(phone: Phone) -> None:
    """1 and hash leaves the line's +1 countries: at most eight of them are offered."""
    call = phone.dials(NORTH_AMERICA).keys("1").hears("Canada: press 1").hears("United States: press 2")
    call.presses("2").hears("Welcome to customer support, United States")


def test_a_calling_code_of_one_digit(phone: Phone) -> None:
    """7 and hash is a whole calling code."""
    call = phone.dials(RUSSIAN_SPEAKING).keys("7").hears("Russia").hears_language("en")
    call.hears("For Russian, press 1").hears("For English, press 2").presses("2").hears("technical support")


def test_no_such_country_twice(phone: Phone) -> None:
    """No match is said once; the second time it is the line's default country, said as a guess."""
    call = (
        phone.dials(FRENCH_SPEAKING)
        .keys("39")
        .hears("aucun pays")
        .keys("81")
        .hears("Saint-Pierre-et-Miquelon")
    )
    call.hears("un autre pays, appuyez sur 9").presses("9").keys("509").hears("Haïti")


def test_no_code_keyed_at_all(phone: Phone) -> None:
    """Silence at the calling code: asked again twice, then a person."""
    call = phone.dials(FRENCH_SPEAKING).stays_silent().hears("Pardon").stays_silent().stays_silent()
    call.hears("a colleague will help").is_transferred_to("fallback", level="unverified")


def test_a_line_of_one_country_asks_nothing(phone: Phone) -> None:
    """A line with one territory means it, whoever calls; there is nothing to correct."""
    call = phone.dials(FRANCE, ani="+81312345678").hears("Pays : France").does_not_hear("autre pays")
    call.presses("9").hears("cette touche n'a pas de fonction")


def test_an_unknown_line(phone: Phone) -> None:
    """Whatever reaches us on a number nobody knows is taken by the fallback queue."""
    call = phone.dials("+390699999999", ani=UNREGISTERED).hears("a colleague will help")
    call.is_transferred_to("fallback", level="unverified")


def test_a_forwarded_toll_free_line(phone: Phone) -> None:
    """Where the number reached is nobody's, the number it was forwarded from tells the line."""
    phone.dials("+390699999999", ani=UNREGISTERED, forwarded_from=FRANCE).hears("Pays : France")


def test_a_line_reached_by_a_sip_address(phone: Phone, services: Services) -> None:
    """A line may be delivered under other addresses: a DID, a SIP URI."""
    document = sample()
    lines = tuple(
        replace(line, reached_as=("sip:france@callgate.sip.example.com", "+12025550188"))
        if line.number == FRANCE
        else line
        for line in document.lines
    )
    publish(services, lines=lines)
    for address in (
        "sip:france@callgate.sip.example.com",
        "sip:France@callgate.sip.example.com",
        "+12025550188",
    ):
        call = phone.dials(address, ani=UNREGISTERED).hears("Pays : France").presses("1").presses("1")
        call.presses("0#").is_transferred_to("technical-fr")


def test_a_line_dialled_as_sip_number(phone: Phone) -> None:
    """A SIP URI that carries the line's own number means the line."""
    phone.dials(f"sip:{FRANCE}@callgate.sip.example.com", ani=None).hears("Pays : France")


def test_the_vatican_has_no_number_of_its_own_on_the_italian_line(phone: Phone) -> None:
    """+39 is of two countries on the line: the code keyed leaves a menu of both."""
    call = (
        phone.dials(ITALY)
        .keys("39")
        .hears("Italia: prema 1")
        .hears("Città del Vaticano: prema 2")
        .presses("2")
    )
    call.hears("Paese: Città del Vaticano")


def test_a_caller_is_greeted_before_being_asked(phone: Phone) -> None:
    """Where only the caller can tell the country, they are welcomed first, once."""
    call = phone.dials(FRENCH_SPEAKING).hears("Bienvenue à l'assistance clientèle. Veuillez composer")
    call.keys("9999").does_not_hear("Bienvenue")
