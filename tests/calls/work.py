"""How much the database does for a call: the statements of each turn, counted."""

from app.factory.services import Services
from app.simulator.phone import Phone
from tests.calls.course import ITALY, UNREGISTERED, goes_on
from tests.calls.inbox import Inbox
from tests.calls.trouble import Wire

#: Known; unknown; known by a contact's number; known, its contact without a phone; known by its own number,
#: by a range; a number of two organisations; a number of nobody.
ACCOUNTS = (
    *("12345678", "99999999", "+46701740612", "4650", "300400"),
    *("+442079460100", "+442079460255", "+12025550177", "+442079470255"),
)
#: After the account: confirm, channel, a wrong code, again (30 s later), the other way, two wrong codes more.
SCRIPT = ("1", "{channel}", "000000#", "1#", "2#", "000001#", "000002#", "12345#")


def statements_of_each_turn(
    services: Services, phone: Phone, inbox: Inbox, account: str, channel: str
) -> list[tuple[str, list[str]]]:
    """Each act, and the kinds of statements its webhook took, in order."""
    phone.clock.advance(7 * 24 * 3600)  # past every limit, and within working hours again
    wire, found = Wire(services.sql.engine), []
    call = goes_on(phone.dials(ITALY, ani=UNREGISTERED), inbox, until="account")
    call.keys(account.removeprefix("+"))
    for act in SCRIPT:
        call.waits(31)
        wire.statements.clear()
        if call.listens:
            call.presses(act.format(channel=channel))
        found.append((act, [" ".join(statement.split()[:3]) for statement in wire.statements]))
    call.hangs_up()
    return found
