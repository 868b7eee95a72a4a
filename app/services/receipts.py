"""What the receipt of a running call says; no store is asked."""

from datetime import datetime

from app.callflow.model import Call
from app.services.identity import as_it_holds
from app.verification.model import Level, Method
from app.verification.receipt import Facts


def facts_of(call: Call, now: datetime) -> Facts:
    """What a receipt says of a call; never the contact's name, nor a number that was called or keyed."""
    call = as_it_holds(call, now)
    reached = datetime.fromisoformat(call.proved_at) if call.proved_at else None
    return Facts(
        call_id=call.call_id,
        level=Level[call.level.upper()] if reached else Level.UNVERIFIED,
        issued_at=now,
        table_version=call.table_version,
        method=Method(call.method) if reached else Method.NONE,
        reached_at=reached,
        account=call.account,
        organisation=call.organisation_name,
        queue=call.queue,
    )
