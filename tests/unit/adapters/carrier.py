"""The port to the carrier's REST API over the simulated carrier, and one order of each kind."""

from app.adapters.carrier_control import CarrierControl
from app.adapters.local_carrier import LocalHttp
from app.ports.carrier import (
    ChangeParticipant,
    EndCall,
    EndConference,
    Order,
    PlaceCall,
    SendCall,
    TakeFromQueue,
)
from app.simulator.phone import Phone
from app.simulator.rest_door import RestDoor
from tests.unit.simulator.meeting import ROOM

URL = "https://callgate.example"
AGENT, CALLER_ID = "+390655550101", "+390212345678"
PLACE = PlaceCall(AGENT, CALLER_ID, f"{URL}/news", f"{URL}/told", 25)
NEVER = "CA" + "f" * 32
EACH: list[Order] = [
    PLACE,
    TakeFromQueue("QU" + "f" * 32, NEVER, f"{URL}/new"),
    SendCall(NEVER, f"{URL}/new"),
    EndCall(NEVER),
    ChangeParticipant(ROOM, NEVER, muted=True),
    EndConference(ROOM),
]


def control(phone: Phone, *tokens: str) -> CarrierControl:
    http = LocalHttp(RestDoor(phone.rest))
    return CarrierControl(phone.account.sid, tokens or ("token",), http, phone.clock.now)
