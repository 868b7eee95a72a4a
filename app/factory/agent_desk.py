"""The agents' desk put together over a process's services, for its pages."""

from dataclasses import dataclass

from app.adapters.sql.desk_reading import SqlDeskReading
from app.adapters.sql.interpreters import SqlInterpreters
from app.adapters.sql.profile_desk import SqlProfiles
from app.factory.handover import HandoverStores
from app.factory.services import Services
from app.factory.stores import limits
from app.services.agent_codes import AgentCodes
from app.services.agent_desk import AgentDesk
from app.services.conversation import Conversations


@dataclass(frozen=True, slots=True)
class AgentWork:
    """The use cases around agents."""

    stores: HandoverStores
    desk: AgentDesk
    conversations: Conversations
    codes: AgentCodes


def build_agent_desk(services: Services) -> AgentWork:
    """Put it together; nothing is asked of the database yet."""
    sql, stores, clock = services.sql, services.handover.stores, services.clock
    interpreters, numbers = SqlInterpreters(sql.engine), limits(services.settings)
    return AgentWork(
        stores=stores,
        desk=AgentDesk(
            agents=stores.agents,
            handovers=stores.handovers,
            waiting=stores.waiting,
            callbacks=stores.callbacks,
            voicemails=stores.voicemails,
            interpreters=interpreters,
            tables=services.tables,
            carrier=services.handover.carrier_state,
            clock=clock,
            destinations=services.settings.transfer_countries,
            wake=services.wake_carrier,
        ),
        conversations=Conversations(
            handovers=stores.handovers,
            ledger=sql.ledger,
            reading=SqlDeskReading(sql.engine),
            profiles=SqlProfiles(sql.engine, limits=numbers),
            agents=stores.agents,
            interpreters=interpreters,
            waiting=stores.waiting,
            clock=clock,
            limits=numbers,
        ),
        codes=services.agent_codes,
    )
