"""The stores of one process: SQL for every right, Redis for the running call."""

from dataclasses import dataclass, field

from sqlalchemy import Engine

from app.adapters.clock import SystemClock
from app.adapters.embedded import EmbeddedValkey
from app.adapters.redis import RedisCallStore
from app.adapters.redis_link import RedisLink
from app.adapters.secrets import DevelopmentSecrets
from app.adapters.sql.accounts import SqlAccounts
from app.adapters.sql.audit import SqlAudit
from app.adapters.sql.closings import SqlClosings
from app.adapters.sql.directory import SqlDirectory
from app.adapters.sql.draft_imports import SqlDraftImportStore
from app.adapters.sql.drafts import SqlDraftStore
from app.adapters.sql.engine import open_engine
from app.adapters.sql.enrolments import SqlEnrolments
from app.adapters.sql.history import SqlHistory
from app.adapters.sql.ledger import SqlLedger
from app.adapters.sql.outbox import SqlOutbox
from app.adapters.sql.records import SqlRecords
from app.adapters.sql.rerouting import SqlReroutes
from app.adapters.sql.sessions import SqlSessions
from app.adapters.sql.stories import SqlStories
from app.adapters.sql.tables import SqlTableStore
from app.adapters.sql.tokens import SqlTokens
from app.adapters.sql.tries import SqlTries
from app.ports import Clock
from app.settings import Settings
from app.verification.code import Keys
from app.verification.limits import DAY, Limits, Window


@dataclass(frozen=True, slots=True)
class Sql:
    """The stores on SQL: all that most commands need."""

    engine: Engine
    ledger: SqlLedger
    outbox: SqlOutbox
    records: SqlRecords
    stories: SqlStories
    tables: SqlTableStore
    history: SqlHistory
    closings: SqlClosings
    reroutes: SqlReroutes
    audit: SqlAudit
    drafts: SqlDraftStore
    draft_imports: SqlDraftImportStore
    directory: SqlDirectory
    accounts: SqlAccounts
    enrolments: SqlEnrolments
    sessions: SqlSessions
    tokens: SqlTokens
    tries: SqlTries
    keys: Keys = field(repr=False)


@dataclass(frozen=True, slots=True)
class Redis:
    """The store of running calls, and the embedded server behind it where development started one."""

    link: RedisLink
    calls: RedisCallStore
    embedded: EmbeddedValkey | None

    def close(self) -> None:
        """Give back the connections, and stop the embedded server if this process started it."""
        self.link.close()
        if self.embedded is not None:
            self.embedded.stop()


def with_secrets(settings: Settings) -> Settings:
    """The settings; in development, secrets that were not given are made and kept under CALLGATE_VAR."""
    if settings.production or (settings.secret_key and settings.pin_keys and settings.receipt_keys):
        return settings
    made = DevelopmentSecrets.kept_in(settings.var)
    return settings.with_secrets(
        secret_key=made.secret_key, pin_keys=made.pin_keys, receipt_keys=made.receipt_keys
    )


def open_sql(settings: Settings, clock: Clock) -> Sql:
    """Open the database; nothing is asked of it yet. ``settings`` must have their secrets."""
    engine = open_engine(settings.database_url)
    keys = Keys.parse(settings.pin_keys)
    return Sql(
        engine=engine,
        ledger=SqlLedger(engine, key_id=keys.signing, clock=clock, limits=limits(settings)),
        outbox=SqlOutbox(engine, clock=clock),
        records=SqlRecords(engine),
        stories=SqlStories(engine),
        tables=SqlTableStore(engine),
        history=SqlHistory(engine),
        closings=SqlClosings(engine),
        reroutes=SqlReroutes(engine),
        audit=SqlAudit(engine),
        drafts=SqlDraftStore(engine),
        draft_imports=SqlDraftImportStore(engine),
        directory=SqlDirectory(engine),
        accounts=SqlAccounts(engine),
        enrolments=SqlEnrolments(engine),
        sessions=SqlSessions(engine),
        tokens=SqlTokens(engine),
        tries=SqlTries(engine),
        keys=keys,
    )


def limits(settings: Settings) -> Limits:
    """The rules' numbers, those that operators may set taken from the settings."""
    return Limits(
        least_digits=settings.code_digits,
        budget=Window(settings.sends_per_day, DAY),
        destinations=settings.send_countries,
    )


def open_redis(settings: Settings) -> Redis:
    """Open the store of running calls; in development without REDIS_URL on the embedded Valkey."""
    monotonic = SystemClock().monotonic
    embedded = None if settings.redis_url else EmbeddedValkey.start(settings.var, monotonic)
    link = RedisLink(embedded.url if embedded else settings.redis_url, monotonic)
    return Redis(link, RedisCallStore(link), embedded)
