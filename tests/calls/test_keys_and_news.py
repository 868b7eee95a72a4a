"""Keys that mean one thing everywhere, languages, notices, announcements, tables that change meanwhile."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.access.model import operator
from app.factory.services import Services
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from routing.table import Emergency, Notice
from routing.tables import sample
from tests.calls.inbox import Inbox
from tests.calls.ways import BRITAIN, FRANCE, FRENCH_SPEAKING, ITALY, UNREGISTERED, publish

#: How to get to each place where a call listens, and what is heard there.
PLACES = {
    "country_code": (FRENCH_SPEAKING, None, "", "indicatif"),
    "country_menu": (FRENCH_SPEAKING, "+590690301234", "", "Saint-Martin"),
    "language": (ITALY, UNREGISTERED, "", "Per l'italiano"),
    "department": (ITALY, UNREGISTERED, "1", "fatturazione"),
    "account": (ITALY, UNREGISTERED, "1 1", "numero cliente"),
    "confirm_account": (ITALY, UNREGISTERED, "1 1 12345678#", "1, 2, 3, 4, 5, 6, 7, 8"),
    "channel": (ITALY, UNREGISTERED, "1 1 12345678# 1", "codice monouso"),
    "enter_code": (ITALY, UNREGISTERED, "1 1 12345678# 1 1", "Quando ha il codice"),
}
NUMBERS = {"country_code", "account", "enter_code"}  # where # ends what is keyed


@pytest.mark.parametrize("place", PLACES)
def test_star_repeats(phone: Phone, place: str) -> None:
    """* says again what was said, as often as one likes, wherever keys are heard."""
    dnis, ani, keys, words = PLACES[place]
    call = phone.dials(dnis, ani=ani).follows(keys).hears(words)
    for _ in range(4):
        call.presses("*#" if place in NUMBERS else "*").hears(words)
        assert call.state == place


@pytest.mark.parametrize("place", PLACES)
def test_zero_is_a_person(phone: Phone, place: str) -> None:
    """0 reaches somebody from everywhere, unverified, without another question."""
    dnis, ani, keys, _ = PLACES[place]
    call = phone.dials(dnis, ani=ani).follows(keys).presses("0#" if place in NUMBERS else "0")
    assert call.state == "transfer_unverified" or call.leg.connected_to.startswith("queue:")
    queue = "fallback" if place.startswith("country") else "technical-it"
    call.is_transferred_to(queue, level="unverified")


@pytest.mark.parametrize("place", sorted(PLACES.keys() - {"enter_code"}))
def test_silence_is_asked_twice(phone: Phone, place: str) -> None:
    """Silence: the prompt again, twice, then a person."""
    dnis, ani, keys, words = PLACES[place]
    call = phone.dials(dnis, ani=ani).follows(keys)
    for _ in range(2):
        call.stays_silent().hears(words)
        assert call.state == place
    call.stays_silent().is_transferred_to("fallback" if place.startswith("country") else "technical-it")


@pytest.mark.parametrize("place", sorted(PLACES.keys() - NUMBERS))
def test_wrong_keys_are_asked_twice(phone: Phone, place: str) -> None:
    """A key without a meaning: said so and asked again, twice, then a person."""
    dnis, ani, keys, words = PLACES[place]
    call = phone.dials(dnis, ani=ani).follows(keys)
    for key in ("7", "#"):
        call.presses(key).hears(words)
        assert call.state == place
    call.presses("8").is_transferred_to("fallback" if place.startswith("country") else "technical-it")


def test_a_right_key_makes_up_for_wrong_ones(phone: Phone) -> None:
    """Two misses at one prompt are forgotten at the next."""
    call = phone.dials(ITALY, ani=UNREGISTERED).presses("7").stays_silent().presses("1")
    call.presses("7").stays_silent().presses("1").hears("numero cliente")


def test_a_caller_who_keys_ahead(phone: Phone, inbox: Inbox) -> None:
    """Whoever knows the way keys it without hearing a prompt out."""
    call = phone.dials(ITALY, ani=UNREGISTERED).presses("1112345678#11").hears("Quando ha il codice")
    call.keys(inbox.code()).is_transferred_to("technical-it", level="code")


def test_a_known_contacts_own_language_first(phone: Phone) -> None:
    """A known contact hears French first on a line that offers it later."""
    call = (
        phone.dials(FRENCH_SPEAKING, ani="+33639980012").keys("509").hears("Pour le français, appuyez sur 1")
    )
    assert call.said.index("Pour le français") < call.said.index("For English")
    call = (
        phone.dials(FRANCE, ani="+442079460111")
        .hears("For English, press 1")
        .hears("Pour le français, appuyez sur 2")
    )
    call.hears_language("en").presses("1").hears("technical support")


def test_notices_before_the_department(phone: Phone, services: Services) -> None:
    """A territory's privacy notice is said once, in the caller's language, English where there is none."""
    notices = (
        Notice("IT", "privacy", "it", "La chiamata non viene registrata."),
        Notice("*", "privacy", "en", "This call is not recorded."),
    )
    publish(services, notices=notices)
    call = (
        phone.dials(ITALY, ani=UNREGISTERED)
        .does_not_hear("registrata")
        .presses("1")
        .hears("non viene registrata")
    )
    call.presses("*").does_not_hear("registrata")
    phone.dials(BRITAIN, ani="+442055550100").hears("This call is not recorded.").hears_language("en")


def test_live_announcements_in_their_scope(phone: Phone, services: Services, clock: SimulatedClock) -> None:
    """An announcement reaches the country, department and language it is for, while it is in force."""
    announce(services, clock, "Everybody.")
    announce(services, clock, "Italy only.", territory="IT")
    announce(services, clock, "Billing only.", department="billing")
    announce(services, clock, "French speakers only.", language="fr")
    announce(services, clock, "Tomorrow.", starts_in=timedelta(days=1))
    british = phone.dials(BRITAIN, ani="+442055550100").hears("Everybody.")
    for other in ("Italy only.", "Billing only.", "French speakers", "Tomorrow."):
        british.does_not_hear(other)
    british.presses("2").hears("Billing only.").hears("account number")
    italian = phone.dials(ITALY, ani=UNREGISTERED).presses("1").hears("Everybody.").hears("Italy only.")
    italian.presses("1").does_not_hear("only")
    phone.dials(FRANCE, ani=UNREGISTERED).presses("1").hears("French speakers only.")


def test_an_announcement_in_the_callers_language(
    phone: Phone, services: Services, clock: SimulatedClock
) -> None:
    """An announcement has a text per language; a caller without one hears the English."""
    announce(services, clock, "We are moving.", italian="Stiamo traslocando.")
    phone.dials(ITALY, ani=UNREGISTERED).presses("1").hears("Stiamo traslocando.").does_not_hear("moving")
    phone.dials(FRANCE, ani=UNREGISTERED).presses("1").hears("We are moving.")


def test_an_emergency_closure_reaches_a_call_that_began_before(
    phone: Phone, services: Services, clock: SimulatedClock
) -> None:
    """A desk closed while a call is on is closed for it, too; why, and till when, is said."""
    call = phone.dials(ITALY, ani=UNREGISTERED).presses("1")
    close(services, clock, "Our Italian desk is being evacuated.")
    call.presses("1").hears("is being evacuated").hears("chiuso").hears("venerdì 20 novembre alle ore 14:00")
    call.hears("inglese è aperto adesso").presses("1").does_not_hear("evacuated").presses("0#")
    call.is_transferred_to("technical-en")


def test_a_call_keeps_its_table(phone: Phone, services: Services) -> None:
    """A table published while a call is on serves new calls only."""
    running = phone.dials(ITALY, ani=UNREGISTERED).presses("1")
    coverage = tuple(
        replace(row, hours="Su 03:00-03:01", schedule="") if row.territory == "IT" else row
        for row in sample().coverage
    )
    version = publish(services, coverage=coverage)
    running.presses("1").hears("numero cliente").presses("0#").is_transferred_to("technical-it")
    phone.dials(ITALY, ani=UNREGISTERED).presses("1").presses("1").hears("chiuso").hears("domenica")
    assert version == 2


def announce(
    services: Services,
    clock: SimulatedClock,
    english: str,
    *,
    italian: str = "",
    starts_in: timedelta = timedelta(hours=-1),
    **scope: str,
) -> None:
    start: datetime = clock.now() + starts_in
    text = {"en": english} | ({"it": italian} if italian else {})
    row = Emergency(start, start + timedelta(hours=8), text=text, **scope)
    services.sql.closings.add(row, closes=False, incident="", actor=operator("test"), now=clock.now())
    services.tables.refresh()


def close(services: Services, clock: SimulatedClock, english: str) -> None:
    """Close the Italian desks in Italy until 13:00 UTC."""
    end = clock.now().replace(hour=13, minute=0, second=0, microsecond=0)
    row = Emergency(clock.now(), end, "IT", "*", "it", "fire alarm", {"en": english})
    services.sql.closings.add(row, closes=True, incident="", actor=operator("test"), now=clock.now())
    services.tables.refresh()
