"""The numbers the call tests dial, and the beginnings many calls share."""

from dataclasses import replace
from typing import Any

from app.access.model import operator
from app.factory.services import Services
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from app.telephony.inbound import call_id_of
from routing.tables import sample

ITALY = "+39800917919"
FRANCE = "+33805540594"
GERMANY = "+498005892332"
BRITAIN = "+448000326417"
FINLAND = "+35880098462"
POLAND = "+48800702320"
NORTH_AMERICA = "+18008659408"  # the United States, Canada, Jamaica and five more
FRENCH_SPEAKING = "+13128435147"  # Haiti, Guadeloupe, French Polynesia and 23 more
JAPAN_ENTERPRISE = "+81120996680"
JAPAN_OTHER = "+81120628860"

#: Rome numbers that nobody has registered.
UNREGISTERED = "+390655550100"
#: The sample's firm in Italy.
ACCOUNT = "12345678"


def asks_who(phone: Phone, ani: str | None = UNREGISTERED) -> CallInProgress:
    """An Italian call to technical support, at the question for the account."""
    return phone.dials(ITALY, ani=ani).presses("1").presses("1").hears("numero cliente")


def asks_channel(phone: Phone, account: str = ACCOUNT, ani: str | None = UNREGISTERED) -> CallInProgress:
    """The same call with an account keyed, at the question which way the code shall come."""
    return asks_who(phone, ani).keys(account).presses("1").hears("codice monouso")


def awaits_code(
    phone: Phone, account: str = ACCOUNT, *, by: str = "1", ani: str | None = UNREGISTERED
) -> CallInProgress:
    """The same call with a code on its way by mail (``1``) or phone (``2``)."""
    return asks_channel(phone, account, ani).presses(by).hears("Quando ha il codice")


def publish(services: Services, **sections: Any) -> int:
    """Publish the sample with some of its sections replaced, at once in force; gives the version."""
    latest = services.sql.tables.latest()
    version = services.sql.tables.publish(
        replace(sample(), **sections),
        actor=operator("test"),
        now=services.clock.now(),
        sentences=["For a test."],
        expecting=latest,
    )
    services.tables.refresh()
    return version


def story(services: Services, call: CallInProgress) -> list[str]:
    """What the call's timeline says, as people read it: ``what detail``."""
    notes = services.sql.ledger.timeline(call_id(services, call))
    return [f"{note.what} {note.detail}".strip() for note in notes]


def call_id(services: Services, call: CallInProgress) -> str:
    """The call's id in our words."""
    return call_id_of(services.settings.twilio_account_sid, call.sid)
