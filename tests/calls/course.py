"""The course of a whole call: what a caller who wants technical support in Italy does at each prompt."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy import text

from app.callflow.model import Saying
from app.callflow.prompts import Prompt
from app.factory.services import Services
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from app.telephony.inbound import call_id_of
from tests.calls.inbox import Inbox

ITALY = "+39800917919"
UNREGISTERED = "+390655550100"
ACCOUNT = "12345678"  # Rossi Forniture; its administrator is Giulia Conti

#: A prompt's state -> what this caller does there.
ACTS: Mapping[str, Callable[[CallInProgress, Inbox], CallInProgress]] = MappingProxyType(
    {
        "language": lambda call, _: call.presses("1"),
        "department": lambda call, _: call.presses("1"),
        "account": lambda call, _: call.keys(ACCOUNT),
        "confirm_account": lambda call, _: call.presses("1"),
        "channel": lambda call, _: call.presses("1"),
        "enter_code": lambda call, inbox: call.keys(inbox.code()),
    }
)
STATES = tuple(ACTS)


def comes_to(state: str, phone: Phone, inbox: Inbox) -> CallInProgress:
    """A call that stands at this prompt."""
    return goes_on(phone.dials(ITALY, ani=UNREGISTERED), inbox, until=state)


def goes_on(call: CallInProgress, inbox: Inbox, *, until: str = "") -> CallInProgress:
    """Answer each prompt until the call stands at one, or asks nothing any more."""
    for _ in range(20):
        if call.state == until or call.state not in ACTS:
            return call
        ACTS[call.state](call, inbox)
    raise AssertionError(f"the call does not come to {until or 'an end'}\n{call.transcript}")


def words(services: Services, prompt: Prompt, language: str = "it") -> str:
    """A prompt's words, for sentences without gaps."""
    return services.words.say(Saying(prompt, language)).text


def count(services: Services, table: str, where: str = "1 = 1") -> int:
    """How many rows a table has."""
    with services.sql.engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table} WHERE {where}")).scalar_one())  # noqa: S608 - our own names


def call_id(services: Services, call: CallInProgress) -> str:
    """Our own id of a call."""
    return call_id_of(services.settings.twilio_account_sid, call.sid)
