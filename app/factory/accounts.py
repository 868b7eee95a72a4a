"""Accounts put together: who may come in, and as whom. The command line needs no more than this."""

from dataclasses import dataclass

from app.access.hashing import Passwords
from app.access.one_time import OneTimeCodes
from app.factory.stores import Sql
from app.services.accounts import AccountDesk
from app.services.gate import Gate
from app.services.own_account import OwnAccount
from app.services.sample_accounts import SampleAccounts
from app.services.sign_in import SignIn
from app.services.tokens import Tokens
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class People:
    """The use cases around accounts."""

    sign_in: SignIn
    accounts: AccountDesk
    own: OwnAccount
    tokens: Tokens
    samples: SampleAccounts


def build_people(sql: Sql, settings: Settings, passwords: Passwords | None = None) -> People:
    """Put them together over the stores; ``settings`` must have their secrets. Nothing is asked yet."""
    passwords = passwords or Passwords()
    secret, production = settings.secret_key.encode(), settings.production
    gate, codes = Gate(sql.tries, secret), OneTimeCodes(secret)
    proofs = (sql.accounts, sql.enrolments, sql.sessions, gate, passwords)
    return People(
        sign_in=SignIn(sql.accounts, sql.sessions, sql.tries, gate, passwords, codes, production),
        accounts=AccountDesk(*proofs),
        own=OwnAccount(*proofs, codes),
        tokens=Tokens(sql.tokens, production),
        samples=SampleAccounts(sql.accounts, passwords, codes),
    )
