"""A small world around the SQL adapters: a clock to move, organisations to call for, calls to make."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.access.model import operator
from app.adapters.sql.directory import SqlDirectory
from app.adapters.sql.ledger import SqlLedger
from app.adapters.sql.outbox import SqlOutbox
from app.adapters.sql.verification_rows import AuditEntry
from app.callflow.model import Call
from app.ports import Asker, ContactRow, Issued, OrganisationRow
from app.verification.code import Keys, derive, matches
from app.verification.limits import DAY, Limits, Window
from app.verification.model import Challenge, Channel, Judgement

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEYS = Keys.parse("test:" + "a2V5cy1mb3ItdGVzdHMtb25seS0wMTIzNDU2Nzg5YWI=")
STRANGER = "+12025550190"
ADMIN_PHONE = "+12025550114"
WIDE = Window(1_000_000, DAY)
UNBOUNDED = Limits(
    sends_per_contact=(WIDE,), sends_per_organisation=(WIDE,), sends_per_ani=(WIDE,), budget=WIDE
)


@dataclass
class Hands:
    """A clock that moves when told."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def moves(self, by: timedelta) -> None:
        self.at += by


def organisation(account: str = "12345678", **changes: object) -> OrganisationRow:
    row = OrganisationRow(account, f"Firm {account}", "US", "", "en", "match", 6, 0, ())
    return replace(row, **changes)  # type: ignore[arg-type]  # fields by name, checked by the dataclass


def contact(account: str = "12345678", name: str = "Ada Admin", **changes: object) -> ContactRow:
    row = ContactRow(
        account, name, "admin", "ada@example.com", ADMIN_PHONE, True, "en", START - timedelta(days=30)
    )
    return replace(row, **changes)  # type: ignore[arg-type]  # fields by name, checked by the dataclass


@dataclass
class World:
    """The adapters on one database, and short ways to use them."""

    engine: Engine
    limits: Limits = field(default_factory=Limits)
    clock: Hands = field(default_factory=Hands)

    @property
    def ledger(self) -> SqlLedger:
        return SqlLedger(self.engine, key_id="test", clock=self.clock, limits=self.limits)

    @property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self.engine, clock=self.clock)

    @property
    def directory(self) -> SqlDirectory:
        return SqlDirectory(self.engine, limits=self.limits)

    def profile(
        self, organisations: list[OrganisationRow], contacts: list[ContactRow], days_ago: int = 10
    ) -> tuple[int, int]:
        """Import as of some days ago, so that addresses changed by it may receive codes."""
        now = self.clock.now() - timedelta(days=days_ago)
        return self.directory.replace(organisations, contacts, actor=operator("ops"), now=now)

    def asker(self, call_id: str, turn: int, ani: str | None = STRANGER) -> Asker:
        return Asker(call_id, turn, ani, self.clock.now())

    def organisation_id(self, account: str = "12345678") -> int:
        """The id of an account, asked for in a call of its own."""
        found = self.ledger.look_up(self.asker(f"asks-{account}", 0, None), account, [], at_most=1)
        assert found is not None
        assert found.organisation is not None
        return found.organisation.id

    def issue(
        self,
        call_id: str = "call",
        turn: int = 1,
        *,
        account: str | None = "12345678",
        channel: Channel = Channel.EMAIL,
        ani: str | None = STRANGER,
        keyed: int | None = None,
        department: str = "technical",
    ) -> Issued:
        owner = None if account is None else self.organisation_id(account)
        asker = self.asker(call_id, turn, ani)
        return self.ledger.issue(asker, owner, keyed, department=department, channel=channel)

    def guess(
        self,
        challenge: Challenge,
        turn: int,
        digits: str | None = None,
        *,
        call_id: str | None = None,
        ani: str | None = STRANGER,
    ) -> Judgement:
        """Judge a guess: the right code, unless digits are given."""
        keyed = derive(KEYS, challenge) if digits is None else digits
        asker = self.asker(call_id or challenge.call_id, turn, ani)
        return self.ledger.judge(asker, challenge.id, lambda stored: matches(KEYS, stored, keyed))

    def audited(self, what: str) -> int:
        """How many audit rows of this kind there are."""
        with Session(self.engine) as session:
            return len(session.scalars(select(AuditEntry).where(AuditEntry.what == what)).all())

    def letters(self, kind: str = "code") -> int:
        """How many letters of this kind are due now; they are claimed by asking."""
        return sum(letter.kind == kind for letter in self.outbox.claim(self.clock.now(), limit=1000))


def wrong(challenge: Challenge) -> str:
    """Digits of the right length that are not the code."""
    code = derive(KEYS, challenge)
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def a_call(call_id: str = "call", **changes: object) -> Call:
    call = Call(call_id, "AC1", "CA1", "+390000", STRANGER, START.isoformat(), 1)
    return replace(call, **changes)  # type: ignore[arg-type]  # fields by name, checked by the dataclass
