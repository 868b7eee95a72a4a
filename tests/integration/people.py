"""People who sign in, over the stores of accounts on one database, with a clock to move."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.access.hashing import Passwords
from app.access.model import Actor, Role, operator
from app.access.one_time import OneTimeCodes
from app.adapters.sql.accounts import SqlAccounts
from app.adapters.sql.enrolments import SqlEnrolments
from app.adapters.sql.sessions import SqlSessions
from app.adapters.sql.tokens import SqlTokens
from app.adapters.sql.tries import SqlTries
from app.adapters.sql.verification_rows import AuditEntry
from app.ports.accounts import User
from app.services.accounts import AccountDesk
from app.services.gate import Gate
from app.services.own_account import OwnAccount
from app.services.sample_accounts import SampleAccounts
from app.services.sign_in import Denied, SignedIn, SignIn
from app.services.tokens import Made, Tokens
from tests.integration.world import Hands

PASSWORD = "a long walk home"
HERE = "192.0.2.7"
ELSEWHERE = "198.51.100.9"
OPERATOR = operator("ops")


@dataclass
class People:
    """The use cases around accounts, and short ways to use them."""

    engine: Engine
    production: bool = False
    clock: Hands = field(default_factory=Hands)
    codes: OneTimeCodes = field(default_factory=lambda: OneTimeCodes(b"a secret for tests only"))
    passwords: Passwords = field(default_factory=Passwords.cheap)

    def __post_init__(self) -> None:
        self.store, self.enrolments = SqlAccounts(self.engine), SqlEnrolments(self.engine)
        self.sessions, self.tries = SqlSessions(self.engine), SqlTries(self.engine)
        gate = Gate(self.tries, self.codes.secret)
        proofs = (self.store, self.enrolments, self.sessions, gate, self.passwords)
        self.accounts, self.own = AccountDesk(*proofs), OwnAccount(*proofs, self.codes)
        self.tokens = Tokens(SqlTokens(self.engine), self.production)
        self.samples = SampleAccounts(self.store, self.passwords, self.codes)
        self.sign_in = SignIn(
            self.store, self.sessions, self.tries, gate, self.passwords, self.codes, self.production
        )

    def adds(self, name: str = "anna", role: Role = Role.PUBLISHER, *, nonce: str = "") -> User:
        added = self.store.add(
            name,
            role,
            self.passwords.hashed(PASSWORD),
            actor=OPERATOR,
            now=self.clock.now(),
            nonce=nonce,
        )
        assert added is not None
        return added

    def tries_to(
        self, name: str = "anna", password: str = PASSWORD, code: str = "", where: str = HERE
    ) -> SignedIn | Denied:
        return self.sign_in.sign_in(name, password, code, where, self.clock.now(), "a browser")

    def enters(self, name: str = "anna", code: str = "", where: str = HERE) -> SignedIn:
        outcome = self.tries_to(name, code=code, where=where)
        assert isinstance(outcome, SignedIn)
        return outcome

    def enters_with_code(self, name: str = "anna") -> SignedIn:
        return self.enters(name, self.code(name))

    def token_of(self, entered: SignedIn, role: Role = Role.EDITOR) -> Made:
        made = self.tokens.make("nightly", role, None, actor=self.actor(entered.token), now=self.clock.now())
        assert isinstance(made, Made)
        return made

    def code(self, name: str = "anna") -> str:
        found = self.store.find(name)
        assert found is not None
        shown = self.codes.code(found.nonce or found.pending, self.clock.now(), found.used_step)
        assert shown is not None
        return shown

    def is_(self, token: str, *, used: bool = True) -> Actor | None:
        return self.sign_in.actor(token, HERE, self.clock.now(), used=used)

    def actor(self, token: str) -> Actor:
        found = self.is_(token)
        assert found is not None
        return found

    def waits(self, **span: float) -> None:
        self.clock.moves(timedelta(**span))

    def audited(self) -> list[tuple[str, str, str]]:
        """Who did what from where, oldest first."""
        with Session(self.engine) as session:
            rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
            return [(row.who, row.what, row.place) for row in rows]
