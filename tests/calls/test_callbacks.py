"""Asking to be called back: when it is offered, which numbers are called, and the place that is kept."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.faults import Fault
from app.handover.model import WaitKind
from app.ports.waiting import Wait
from app.settings import Settings
from app.simulator.call import CallInProgress
from app.simulator.person import Person
from app.simulator.phone import Phone
from tests.calls.desk import AgentAtWork, CallCentre
from tests.calls.ways import FRANCE, UNREGISTERED

OTHER = "+390655550101"
#: "To be called back, press 1", in French; and the same of a desk that is closed.
OFFER = "demander un rappel"
WHEN_OPEN = "appelions à l'ouverture"
BOOKED = "Nous vous rappellerons"
#: From Friday 11:00 in Paris.
TO_CLOSING = 9 * 3600 + 50 * 60  # ten minutes before the technical desk closes
TO_EVENING = 7 * 3600  # billing is closed in all its languages
MONDAY_AT_9 = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def waits(phone: Phone, ani: str | None = UNREGISTERED) -> CallInProgress:
    """A caller in the queue of France's technical desk."""
    return phone.dials(FRANCE, ani=ani).follows("1 1 0#").is_transferred_to("technical-fr")


def booked(centre: CallCentre) -> list[Wait]:
    return [wait for wait in centre.waiting() if wait.kind is WaitKind.CALLBACK]


def test_the_number_is_read_back(phone: Phone, ana: AgentAtWork, centre: CallCentre) -> None:
    """The number calling is read digit by digit, and nothing is booked before a key confirms it."""
    call = waits(phone).hears(OFFER).presses("1").hears("3, 9, 0, 6, 5, 5, 5, 5, 0, 1, 0, 0")
    assert booked(centre) == []
    call.presses("1").hears(BOOKED).is_over()
    [wait] = centre.waiting()
    assert (wait.kind, wait.number, wait.queue) == (WaitKind.CALLBACK, UNREGISTERED, "technical-fr")


def test_another_number_is_keyed(phone: Phone, ana: AgentAtWork, centre: CallCentre) -> None:
    """2 asks for another number, in the country's own form or with its code; that one is confirmed, too."""
    call = waits(phone).presses("1").presses("2").keys("0639980077").hears("3, 3, 6, 3, 9, 9, 8, 0, 0, 7, 7")
    call.presses("2").keys("00390655550101").hears("3, 9, 0, 6, 5, 5, 5, 5, 0, 1, 0, 1").presses("1")
    assert [wait.number for wait in booked(centre)] == [OTHER]


def test_a_withheld_number(phone: Phone, ana: AgentAtWork, centre: CallCentre) -> None:
    """Whoever hides their number is asked for one."""
    waits(phone, None).presses("1").hears("indicatif du pays").keys("390655550101").presses("1").hears(BOOKED)
    assert [wait.number for wait in booked(centre)] == [OTHER]


@pytest.mark.parametrize(
    "keyed", ["1234", "0899123456", "00390000", "0044", "00882999123456", "00447012345678"]
)
def test_a_number_nobody_may_be_called_at(
    phone: Phone, ana: AgentAtWork, centre: CallCentre, keyed: str
) -> None:
    """What is no number, costs whoever calls it, or is of no country is refused at the key; then the line."""
    call = waits(phone).presses("1").presses("2").keys(keyed).hears("ne pouvons pas appeler ce numéro")
    call.stays_silent().stays_silent().stays_silent()
    call.hears("votre place").is_transferred_to("technical-fr")
    assert booked(centre) == []


class TestPolicy:
    """Numbers may be of Italy and Britain only."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Those of development, but for the countries."""
        return replace(settings, send_countries=frozenset({"IT", "GB"}))

    def test_a_country_off_the_list(self, phone: Phone, ana: AgentAtWork, centre: CallCentre) -> None:
        """A number calling from there is not proposed, and one keyed from there is refused."""
        call = waits(phone, "+33639980077").presses("1").hears("indicatif du pays")
        call.keys("0639980077").hears("ne pouvons pas appeler ce numéro")
        call.keys("390655550101").presses("1").hears(BOOKED)
        assert [wait.number for wait in booked(centre)] == [OTHER]


def test_nobody_on_duty(phone: Phone, centre: CallCentre) -> None:
    """Without an agent on duty nothing is offered, and the key leads nowhere."""
    waits(phone).does_not_hear(OFFER).presses("1").is_transferred_to("technical-fr")
    assert booked(centre) == []


def test_a_desk_about_to_close(phone: Phone, ana: AgentAtWork, centre: CallCentre) -> None:
    """A desk that closes within a quarter of an hour promises nobody a call any more."""
    phone.clock.advance(TO_CLOSING)
    waits(phone).does_not_hear(OFFER).presses("1").is_transferred_to("technical-fr")
    assert booked(centre) == []


def test_the_agent_leaves_meanwhile(phone: Phone, ana: AgentAtWork, centre: CallCentre) -> None:
    """Who has heard the offer, and presses the key once nobody is there any more, goes on waiting."""
    call = waits(phone).hears(OFFER)
    phone.chores.remove(ana.is_here)
    call.waits(70).presses("1").is_transferred_to("technical-fr")
    assert booked(centre) == []


def test_the_place_is_kept(phone: Phone, ana: AgentAtWork, caller: Person) -> None:
    """Who is called back is taken by when the first call began: after those before it, before those after."""
    first = waits(phone, "+390655550102")
    phone.passes(30)
    waits(phone).presses("1").presses("1").is_over()
    phone.passes(30)
    last = waits(phone, OTHER).hears("position dans la file d'attente : 3")
    for is_called in (False, True, False):
        ana.takes()
        assert caller.rings is is_called
        if is_called:
            caller.answers().presses("1").talks_with(ana.person).hangs_up()
        ana.person.hangs_up()
        ana.is_available()
    first.is_over()
    last.is_over()


def test_one_for_a_request(phone: Phone, ana: AgentAtWork, centre: CallCentre) -> None:
    """The confirming key that the carrier posts again books nothing more; nor does a fourth call in a day."""
    call = waits(phone).presses("1").presses("1").hears(BOOKED)
    call.repeat_last()
    assert len(booked(centre)) == 1
    for _ in range(2):
        waits(phone).presses("1").presses("1").hears(BOOKED)
    waits(phone).presses("1").presses("1").hears("ne pouvons pas vous rappeler").hears("votre place")
    assert len(booked(centre)) == 3


def test_ten_for_a_caller(phone: Phone, ana: AgentAtWork, centre: CallCentre) -> None:
    """Who has other numbers called is stopped at ten in a day, whatever the numbers; others are not."""
    for number in range(10):
        waits(phone).presses("1").presses("2").keys(f"3906555502{number:02}").presses("1").hears(BOOKED)
    call = waits(phone).presses("1").presses("2").keys("390655550299").presses("1")
    call.hears("ne pouvons pas vous rappeler").hears("votre place")
    assert len(booked(centre)) == 10
    phone.dials(FRANCE, ani=OTHER).follows("1 1 0#").presses("1").presses("1").hears(BOOKED)


def test_when_the_desk_opens(phone: Phone, centre: CallCentre, caller: Person) -> None:
    """A department closed in all its languages offers a call at its opening; it is due then, not before."""
    ana = centre.agent("ana", "fr")
    phone.clock.advance(TO_EVENING)
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 2").does_not_hear(WHEN_OPEN).presses("2")
    call.hears(WHEN_OPEN).presses("1").presses("1").hears("à partir du lundi 23 novembre").is_over()
    [wait] = booked(centre)
    assert (wait.queue, wait.department, wait.due_at) == ("billing-fr", "billing", MONDAY_AT_9)
    phone.runs_until(MONDAY_AT_9.replace(hour=7, minute=59))
    ana.is_here()
    assert ana.takes_next() is None
    with pytest.raises(Fault, match="for later"):
        ana.work.desk.take(ana.actor, wait.id)
    phone.passes(60)
    ana.takes()
    caller.answers().presses("1").talks_with(ana.person)


@pytest.mark.parametrize("skills", [("technical", "fr"), ("billing", "de")])
def test_no_agent_for_the_closed_desk(phone: Phone, centre: CallCentre, skills: tuple[str, str]) -> None:
    """Where nobody has the desk's department and language no call at the opening is offered."""
    centre.agent("bob", skills[1], departments=(skills[0],))
    phone.clock.advance(TO_EVENING)
    phone.dials(FRANCE, ani=UNREGISTERED).follows("1 2 2").hears("lundi 23 novembre").does_not_hear(WHEN_OPEN)


def test_who_is_called_later_is_before_nobody(phone: Phone, ana: AgentAtWork, caller: Person) -> None:
    """A call that is not due yet counts for no place: the next caller is told to be the first."""
    waits(phone).presses("1").presses("1").is_over()
    ana.takes()
    caller.declines()
    waits(phone, OTHER).hears("position dans la file d'attente : 1")
    phone.passes(600)
    waits(phone, "+390655550102").hears("position dans la file d'attente : 3")
