"""The agents' desk put together: the waiting list, handovers, what is asked of the carrier."""

from collections.abc import Callable
from dataclasses import dataclass

from app.adapters.carrier_control import CarrierControl
from app.adapters.carrier_http import CarrierHttp
from app.adapters.sql.aftercare import SqlCallbacks, SqlSurveys, SqlVoicemails
from app.adapters.sql.agents import SqlAgents
from app.adapters.sql.handovers import SqlHandovers
from app.adapters.sql.requests import SqlRequests
from app.adapters.sql.transfers import SqlTransfers
from app.adapters.sql.waits import SqlWaitingList
from app.factory.stores import Sql, limits
from app.ports import Clock
from app.ports.carrier import Carrier
from app.ports.receipts import Signer
from app.services.asking import Asking
from app.services.carrier_state import CarrierState
from app.services.line import Line
from app.services.lobby import Lobby
from app.services.proofs import Proofs
from app.services.staffing import Staffing
from app.settings import Settings, development
from app.telephony.sip_header import sip_with_receipt
from app.verification.limits import Limits, may_reach
from routing.numbers import can_be_dialled, sendable_regions


@dataclass(frozen=True, slots=True)
class HandoverStores:
    """What the agents' desk keeps."""

    agents: SqlAgents
    waiting: SqlWaitingList
    handovers: SqlHandovers
    requests: SqlRequests
    callbacks: SqlCallbacks
    voicemails: SqlVoicemails
    surveys: SqlSurveys
    transfers: SqlTransfers

    @classmethod
    def on(cls, sql: Sql, numbers: Limits) -> "HandoverStores":
        """Over one database; nothing is asked of it yet."""
        engine = sql.engine
        return cls(
            SqlAgents(engine),
            SqlWaitingList(engine),
            SqlHandovers(engine),
            SqlRequests(engine),
            SqlCallbacks(engine),
            SqlVoicemails(engine),
            SqlSurveys(engine),
            SqlTransfers(engine, numbers),
        )


@dataclass(frozen=True, slots=True)
class HandoverWork:
    """What calls need of it."""

    stores: HandoverStores
    staffing: Staffing
    line: Line
    lobby: Lobby
    asking: Asking
    carrier_state: CarrierState
    proofs: Proofs


def build_handover(
    sql: Sql,
    settings: Settings,
    clock: Clock,
    carrier: Carrier | None,
    signer: Signer,
    wake: Callable[[], None],
) -> HandoverWork:
    """Put it together over the stores; ``carrier``: another one than the settings name."""
    secret, numbers = settings.secret_key.encode(), limits(settings)
    stores = HandoverStores.on(sql, numbers)
    staffing, proofs = Staffing(stores.agents), Proofs(signer, stores.transfers)

    def may_call(number: str) -> bool:
        return may_reach(numbers, sendable_regions(number))

    def exists(number: str) -> bool:
        """Development's callers have numbers kept for fiction, which no plan has."""
        return can_be_dialled(number) or not settings.production

    return HandoverWork(
        stores=stores,
        staffing=staffing,
        line=Line(stores.waiting, stores.handovers, secret, wake),
        lobby=Lobby(staffing, stores.callbacks, stores.voicemails, stores.surveys, may_call, exists),
        asking=Asking(
            stores.requests,
            carrier or control(settings, clock),
            settings.public_url,
            settings.sms_from or development.CALLER_ID,
            proofs,
            sip_with_receipt,
            secret,
        ),
        carrier_state=CarrierState(stores.requests),
        proofs=proofs,
    )


def control(settings: Settings, clock: Clock) -> Carrier:
    """The carrier the settings name."""
    http = CarrierHttp(settings.twilio_api_url)
    return CarrierControl(settings.twilio_account_sid, settings.twilio_auth_tokens, http, clock.now)
