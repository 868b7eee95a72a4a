"""What the desks stand on, put together once a process from its stores and tables."""

from dataclasses import dataclass

from app.factory.accounts import People, build_people
from app.factory.agent_desk import AgentWork, build_agent_desk
from app.factory.organisations import OrganisationWork, build_organisations
from app.factory.services import Services
from app.factory.tables import TableWork, build_tables
from app.services.audit import AuditDesk
from app.services.call_story import CallStories
from app.services.drafts import DraftDesk
from app.services.emergencies import Closing
from app.services.history import HistoryDesk
from app.services.rerouting import Rerouting
from app.services.sign_in import SignIn
from app.services.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases behind the desks' pages and the API."""

    services: Services
    people: People
    sign_in: SignIn
    tokens: Tokens
    tables: TableWork
    drafts: DraftDesk
    closing: Closing
    rerouting: Rerouting
    history: HistoryDesk
    audit: AuditDesk
    stories: CallStories
    organisations: OrganisationWork
    agents: AgentWork


def build_desk(services: Services) -> Desk:
    """Put the desks together over a process's services; nothing is asked of any store yet."""
    sql = services.sql
    tables = build_tables(sql, services.settings, services.clock, services.words)
    people = build_people(sql, services.settings)
    return Desk(
        services=services,
        people=people,
        sign_in=people.sign_in,
        tokens=people.tokens,
        tables=tables,
        drafts=tables.drafts,
        closing=Closing(sql.closings, services.tables, services.words.languages),
        rerouting=Rerouting(sql.reroutes, services.tables),
        history=HistoryDesk(sql.history, sql.tables),
        audit=AuditDesk(sql.audit),
        stories=CallStories(sql.stories, services.tables.version),
        organisations=build_organisations(services),
        agents=build_agent_desk(services),
    )
