"""What a call hears when its desk is closed, and that hours are kept on each desk's own clock."""

from dataclasses import replace
from datetime import UTC, datetime

from app.factory.services import Services
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from routing.table import Closure
from routing.tables import sample
from tests.calls.ways import (
    FINLAND,
    FRENCH_SPEAKING,
    ITALY,
    JAPAN_ENTERPRISE,
    JAPAN_OTHER,
    NORTH_AMERICA,
    UNREGISTERED,
    publish,
)

POLYNESIAN = "+68940412345"


def on(clock: SimulatedClock, *instant: int) -> None:
    """Let time pass until an instant in UTC."""
    clock.advance((datetime(*instant, tzinfo=UTC) - clock.now()).total_seconds())  # type: ignore[arg-type, misc] # year, month, day, ...


def only_office_hours(services: Services, territory: str) -> None:
    """Publish a table in which nobody answers this territory at night."""
    coverage = tuple(
        replace(row, hours="Mo-Fr 09:00-17:00", schedule="") if row.territory == territory else row
        for row in sample().coverage
    )
    publish(services, coverage=coverage)


def test_closed_here_but_open_in_english(phone: Phone, clock: SimulatedClock) -> None:
    """At night the Italian desk is closed until morning; the English one is offered, in Italian."""
    on(clock, 2026, 11, 20, 21, 30)
    call = phone.dials(ITALY, ani=UNREGISTERED).presses("1").presses("1")
    call.hears("assistenza tecnica in italiano al momento è chiuso").hears(
        "lunedì 23 novembre alle ore 08:00"
    )
    call.hears("Il nostro servizio in inglese è aperto adesso: prema 1").presses("1").hears("numero cliente")
    call.presses("0#").is_transferred_to("technical-en", level="unverified")


def test_a_verified_caller_at_the_english_desk(phone: Phone, clock: SimulatedClock) -> None:
    """The agent hears the whisper of the desk's language; the caller stays in their own."""
    on(clock, 2026, 11, 20, 21, 30)
    call = (
        phone.dials(ITALY, ani="+46701740612")
        .follows("39# 1 1 1 1")
        .hears("servizio di assistenza tecnica in inglese")
    )
    call.is_transferred_to("technical-en", level="number_matched")


def test_another_department_is_open(phone: Phone, clock: SimulatedClock) -> None:
    """Billing closed in every language: the technical desk is offered; 1 goes there."""
    on(clock, 2026, 11, 20, 17, 0)
    call = phone.dials(ITALY, ani=UNREGISTERED).presses("1").presses("2")
    call.hears("Il servizio di fatturazione al momento è chiuso").hears("assistenza tecnica è aperto adesso")
    call.presses("1").hears("numero cliente").presses("0#").is_transferred_to("technical-it")


def test_the_hours_of_the_department_asked_for(phone: Phone, clock: SimulatedClock) -> None:
    """2 hears when the department that was asked for opens: weekday, date, the country's own clock."""
    on(clock, 2026, 11, 20, 17, 0)
    call = phone.dials(ITALY, ani=UNREGISTERED).presses("1").presses("2").presses("2")
    call.hears("Il servizio di fatturazione apre lunedì 23 novembre alle ore 09:00").does_not_hear(
        "ora locale"
    )


def test_everything_closed_ends_politely(phone: Phone, services: Services, clock: SimulatedClock) -> None:
    """Nobody is there: the caller hears when the desk opens, may hear it again, and silence ends the call."""
    only_office_hours(services, "IT")
    on(clock, 2026, 11, 21, 10, 0)
    call = phone.dials(ITALY, ani=UNREGISTERED).presses("1").presses("1")
    call.hears("chiuso").hears("apre lunedì 23 novembre alle ore 09:00").presses("*").hears(
        "lunedì 23 novembre"
    )
    call.stays_silent().stays_silent().stays_silent().hears("Grazie e arrivederci").is_over()


def test_everything_closed_and_a_person_wanted(
    phone: Phone, services: Services, clock: SimulatedClock
) -> None:
    """0 reaches the fallback queue even when every desk is closed."""
    only_office_hours(services, "IT")
    on(clock, 2026, 11, 21, 10, 0)
    call = phone.dials(ITALY, ani=UNREGISTERED).presses("1").presses("1").presses("0")
    call.hears("Le darà assistenza").is_transferred_to("fallback", level="unverified")


def test_the_place_is_named_where_there_are_several_clocks(
    phone: Phone, services: Services, clock: SimulatedClock
) -> None:
    """The United States have many clocks: the opening is told in the first one's, and that is named."""
    only_office_hours(services, "US")
    on(clock, 2026, 11, 21, 15, 0)
    call = phone.dials(NORTH_AMERICA, ani="+12025550199").presses("2")
    call.hears("opens on Monday, November 23 at 9:00 AM, local time in New York")


def test_overnight_windows(phone: Phone, clock: SimulatedClock) -> None:
    """French Polynesia's Friday window runs on till Saturday morning; the next opens on Monday night."""
    on(clock, 2026, 11, 21, 19, 58)  # Saturday, 09:58 in Papeete
    call = phone.dials(FRENCH_SPEAKING, ani=POLYNESIAN).hears("Polynésie française").presses("1").presses("1")
    call.hears("numéro de client").presses("0#").is_transferred_to("technical-fr")
    on(clock, 2026, 11, 21, 20, 0)
    call = phone.dials(FRENCH_SPEAKING, ani=POLYNESIAN).presses("1").presses("1").hears("fermé")
    call.hears("lundi 23 novembre à 21:00").hears("heure locale à Tahiti").hears(
        "anglais est ouvert maintenant"
    )


def test_hours_keep_to_the_wall_clock_when_it_changes(phone: Phone, clock: SimulatedClock) -> None:
    """At 06:30 UTC Italy's desk is closed in winter, and open from the Monday on when clocks went forward."""
    on(clock, 2027, 3, 26, 6, 30)
    phone.dials(ITALY, ani=UNREGISTERED).presses("1").presses("1").hears("venerdì 26 marzo alle ore 08:00")
    on(clock, 2027, 3, 29, 6, 30)
    phone.dials(ITALY, ani=UNREGISTERED).presses("1").presses("1").hears("numero cliente")


def test_a_dated_closure(phone: Phone, services: Services, clock: SimulatedClock) -> None:
    """A closed day sends callers to the next working day of their desk."""
    publish(
        services,
        closures=(Closure(datetime(2026, 11, 20, tzinfo=UTC).date(), territory="IT", language="it"),),
    )
    call = phone.dials(ITALY, ani=UNREGISTERED).presses("1").presses("1").hears("chiuso")
    call.hears("lunedì 23 novembre alle ore 08:00").hears("inglese è aperto adesso")


def test_a_finnish_caller_is_guided_in_finnish(phone: Phone) -> None:
    """Finland's desks speak English: no Finnish desk is called closed, and the prompts stay Finnish."""
    call = (
        phone.dials(FINLAND, ani="+358401234567")
        .hears("asioida suomeksi, painakaa 1")
        .presses("1")
        .presses("1")
    )
    call.does_not_hear("suljettu").hears("avoinna tällä kielellä: englanti").presses("1").hears(
        "asiakasnumeronne"
    )
    call.presses("0#").is_transferred_to("technical-en", level="unverified")


def test_a_finnish_caller_at_night(phone: Phone, clock: SimulatedClock) -> None:
    """Without a Finnish desk, the next opening is that of the desk there is."""
    on(clock, 2026, 11, 20, 20, 0)
    call = phone.dials(FINLAND, ani="+358401234567").presses("1").presses("2").presses("2")
    call.hears("laskutus").hears("maanantai").hears("kello 9.00").does_not_hear("ei ole nyt tiedossa")


def test_a_japanese_caller_is_guided_in_english(phone: Phone) -> None:
    """No prompts in Japanese: the desk is offered by name, and reached, in English words."""
    call = (
        phone.dials(JAPAN_ENTERPRISE, ani="+81312345678").hears("For Japanese, press 1").hears_language("en")
    )
    call.presses("1").hears("technical support").presses("1").hears("account number")
    call.presses("0#").is_transferred_to("technical-ja", level="unverified")


def test_japans_lines_are_two_plans(phone: Phone) -> None:
    """The line dialled is the plan: at 19:00 in Tokyo one answers, the other does not."""
    phone.dials(JAPAN_ENTERPRISE, ani="+81312345678").presses("1").presses("1").hears("account number")
    call = phone.dials(JAPAN_OTHER, ani="+81312345678").presses("1").presses("1")
    call.hears("closed").hears("Monday, November 23 at 9:00 AM")
