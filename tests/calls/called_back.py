"""Callers who asked to be called back."""

from sqlalchemy import text

from app.factory.services import Services
from app.simulator.phone import Phone
from tests.calls.ways import FRANCE, UNREGISTERED

AMELIA = "+447700900142"  # a confirmed contact who takes texts
OWEN = "+442079460111"  # a confirmed contact who takes none


def books(phone: Phone, number: str = UNREGISTERED) -> None:
    """A stranger in the queue of France's technical desk asks to be called back at a number."""
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#").presses("1")
    if number != UNREGISTERED:
        call.presses("2").keys(number.removeprefix("+"))
    call.presses("1").hears("Nous vous rappellerons").is_over()


def rows(services: Services, query: str) -> list[tuple[object, ...]]:
    """What the database answers."""
    with services.sql.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]
