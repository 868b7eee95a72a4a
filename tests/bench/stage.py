"""The stage of one run: a folder, a Valkey, the sample's database, and many calls at the department menu."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from redis import Redis

from app.access.model import operator
from app.adapters.clock import SystemClock
from app.adapters.embedded import EmbeddedValkey
from app.adapters.sql import schema
from app.factory.stores import Sql, open_sql, with_secrets
from app.main.sample import load_sample
from app.ports import ContactRow, OrganisationRow
from app.settings import Settings
from routing.compiled import RoutingTable
from routing.decide import Facts, Kind, decide
from routing.table import Overlay
from routing.tables import sample
from tests.bench.load import blast
from tests.bench.servers import CLIENT_CORE, pinned
from tests.bench.webhooks import Caller, in_state


@dataclass(frozen=True, slots=True)
class Stage:
    """Where servers find their stores."""

    settings: Settings
    var: Path
    redis_url: str

    def environ(self, **more: str) -> dict[str, str]:
        """The environment of a server on this stage."""
        return {
            "CALLGATE_ENV": "development",
            "CALLGATE_VAR": str(self.var),
            "DATABASE_URL": self.settings.database_url,
            "REDIS_URL": self.redis_url,
            "PUBLIC_URL": self.settings.public_url,
            "TWILIO_ACCOUNT_SID": self.settings.twilio_account_sid,
            "TWILIO_AUTH_TOKEN": self.settings.twilio_auth_tokens[0],
            "SMTP_URL": "",
            "SMS_FROM": "",
            **more,
        }


@contextmanager
def staged(var: Path) -> Iterator[Stage]:
    """A Valkey on the client's core and a filled database, both in ``var``."""
    with pinned(CLIENT_CORE), EmbeddedValkey.start(var, SystemClock().monotonic) as valkey:
        yield stage(var, valkey.url, "callgate.db")


def stage(var: Path, redis_url: str, database: str, *, organisations: int = 0) -> Stage:
    """A database of this name in ``var`` with the sample, and organisations whose callers need a code."""
    url = f"sqlite:///{var / database}"
    environ = {
        "CALLGATE_VAR": str(var),
        "DATABASE_URL": url,
        "REDIS_URL": redis_url,
        "PUBLIC_URL": "https://phone.example.com",
    }
    settings = with_secrets(Settings.from_env(environ))
    sql = open_sql(settings, SystemClock())
    schema.upgrade(sql.engine)
    load_sample(sql)
    _add(sql, organisations)
    sql.engine.dispose()
    return Stage(settings, var, redis_url)


def number_of(organisation: int) -> str:
    """The registered number of the n-th organisation; its callers must prove themselves by a code."""
    return f"+45321{organisation:05d}"


def dnis() -> str:
    """A line of one territory and one prompt language whose technical desk is open now."""
    table, now = RoutingTable(sample(), 1), SystemClock().now()
    for line in table.document.lines:
        if line.number and len(line.territories) == 1 and table.prompt_languages(line.default) == ("en",):
            facts = Facts(line.number, territory=line.default, department="technical", language="en")
            if decide(table, Overlay(), facts, now).kind is Kind.TRANSFER:
                return line.number
    raise LookupError("no line of the sample has one territory and one prompt language")


@dataclass(frozen=True, slots=True)
class Standing:
    """Calls that stand at the department menu, and the request of each that presses 1 there.

    ``put_back`` lets them all stand there again, so that the same requests can be measured repeatedly.
    """

    requests: list[bytes]
    _redis: Any
    _snapshot: dict[bytes, bytes]

    def put_back(self) -> None:
        """Write each running call as it stood."""
        with self._redis.pipeline(transaction=False) as pipeline:
            pipeline.mset(self._snapshot)
            pipeline.execute()


def standing(where: Stage, port: int, count: int) -> Standing:
    """Let ``count`` strangers call a line through the server at ``port``, which is not measured."""
    line = dnis()
    callers = [Caller(number, f"+4533{number:06d}", line) for number in range(count)]
    requests = [caller.incoming(where.settings) for caller in callers]
    answers = blast(port, requests, in_state("department")).answers
    presses = [
        caller.presses(where.settings, answer, "1") for caller, answer in zip(callers, answers, strict=True)
    ]
    redis: Any = Redis.from_url(where.redis_url)
    keys = redis.keys("callgate:*:call")
    return Standing(presses, redis, dict(zip(keys, redis.mget(keys), strict=True)))


def _add(sql: Sql, count: int) -> None:
    now = SystemClock().now()
    long_ago = now - timedelta(days=30)
    rows = [
        OrganisationRow(f"{70000000 + n}", f"Firm {n}", "DK", "", "en", "never", 6, 0, (number_of(n),))
        for n in range(count)
    ]
    contacts = [
        ContactRow(
            row.account_number, "Ada", "admin", f"ada{n}@example.com", number_of(n), True, "en", long_ago
        )
        for n, row in enumerate(rows)
    ]
    sql.directory.replace(rows, contacts, actor=operator("bench"), now=now - timedelta(days=10))
