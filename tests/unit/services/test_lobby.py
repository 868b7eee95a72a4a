"""Which number a caller means who keys one to be called back at."""

from datetime import UTC, datetime
from typing import cast

import pytest

from app.callflow.model import Call, Cue
from app.ports.aftercare import Callbacks, Surveys, Voicemails
from app.services.lobby import Lobby
from app.services.moment import Moment
from app.services.staffing import Staffing
from routing.compiled import RoutingTable
from routing.numbers import can_be_dialled, sendable_regions
from routing.table import Document, Overlay, Territory

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
BOTH = Territory("EU", "", "both countries", members=("FR", "IT"))
TABLE = RoutingTable(Document(territories=(BOTH,)), 1)


def lobby() -> Lobby:
    nothing = object()
    return Lobby(
        cast("Staffing", nothing),
        cast("Callbacks", nothing),
        cast("Voicemails", nothing),
        cast("Surveys", nothing),
        may_call=lambda number: bool(sendable_regions(number)),
        exists=can_be_dialled,
    )


@pytest.mark.parametrize(
    ("keyed", "number"),
    [
        ("0612345678", "+33612345678"),
        ("0655550101", "+33655550101"),
        ("00390655550101", "+390655550101"),
        ("0899123456", ""),  # premium in France, somebody's telephone in Italy
        ("899123", ""),  # as long as a number may be, and none
        ("0044700999", ""),
    ],
)
def test_the_number_meant(keyed: str, number: str) -> None:
    """The likeliest number that there is decides: where it may not be called, no other reading is tried."""
    call = Call("call", "AC1", "CA1", "+1", None, NOW.isoformat(), 1, territory="EU", keyed=keyed)
    heard = lobby().check_number(call, Moment(NOW, TABLE, Overlay()))
    assert heard.cue is (Cue.NUMBER_TAKEN if number else Cue.NUMBER_REFUSED)
    assert heard.changes.get("callback_number", "") == number
