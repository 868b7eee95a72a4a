"""The pages of the agents' desk, and what each is given."""

from flask import Blueprint

from app.adapters.sql.desk_reading import SqlDeskReading
from app.adapters.sql.interpreters import SqlInterpreters
from app.adapters.sql.profile_desk import SqlProfiles
from app.factory.agent_desk import AgentWork
from app.factory.desk import Desk
from app.factory.stores import limits
from app.services.call_card import CallCards
from app.services.supervising import Supervising
from app.web.desk import announcements, board, call, supervise, talk
from app.web.ops.closures import Closures


def agent_pages(desk: Desk) -> list[Blueprint]:
    """The board, conversations and calls, and what supervisors see."""
    services, work = desk.services, desk.agents
    languages, now = tuple(services.words.languages), services.clock.now
    cards = _cards(desk)
    return [
        board.blueprint(board.BoardPages(work.desk)),
        talk.blueprint(talk.TalkPages(work.desk, work.conversations, services.agent_codes, cards)),
        call.blueprint(call.CardPages(cards, services.settings.public_url)),
        supervise.blueprint(supervise.SupervisePages(_supervising(desk, work), now)),
        announcements.blueprint(announcements.Announcements(Closures(desk.closing, languages, now))),
    ]


def _cards(desk: Desk) -> CallCards:
    services, stores = desk.services, desk.agents.stores
    engine = services.sql.engine
    return CallCards(
        stories=desk.stories,
        ledger=services.sql.ledger,
        reading=SqlDeskReading(engine),
        profiles=SqlProfiles(engine, limits=limits(services.settings)),
        handovers=stores.handovers,
        transfers=stores.transfers,
        verifier=services.signer,
        clock=services.clock,
    )


def _supervising(desk: Desk, work: AgentWork) -> Supervising:
    services = desk.services
    engine = services.sql.engine
    return Supervising(
        reading=SqlDeskReading(engine),
        agents=work.stores.agents,
        interpreters=SqlInterpreters(engine),
        rerouting=desk.rerouting,
        tables=services.tables,
        clock=services.clock,
        destinations=work.desk.destinations,
    )
