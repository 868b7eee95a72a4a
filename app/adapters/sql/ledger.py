"""The ledger on SQL: each method one transaction. The rules live in the modules it calls."""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import Engine

from app.adapters.sql import agent_codes, finding, issuing, judging, levels, recording
from app.adapters.sql.locks import own_call
from app.adapters.sql.notes import add_note
from app.adapters.sql.reading import as_challenge
from app.adapters.sql.transactions import Transactions
from app.adapters.sql.verification_rows import ChallengeEntry
from app.adapters.sql.writing import add_audit
from app.callflow.model import Call, Note
from app.ports import Asker, CallRow, Clock, Found, Issued, NotIssued, Resent
from app.verification.limits import Limits
from app.verification.model import Challenge, Channel, Judgement, Method, Proof, Registration
from routing.numbers import sendable_regions


class SqlLedger:
    """``app.ports.Ledger`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(
        self,
        engine: Engine,
        *,
        key_id: str,
        clock: Clock,
        limits: Limits | None = None,
        regions: Callable[[str], Collection[str]] = sendable_regions,
    ) -> None:
        """Take the engine, the id of the key that signs new codes, and the numbers to go by.

        ``clock`` tells whether a level still holds; ``regions`` gives the countries (ISO 3166-1) an E.164
        number may belong to.
        """
        self._limits = limits or Limits()
        self._rules = issuing.Rules(self._limits, key_id, regions)
        self._clock = clock
        self._transactions = Transactions(engine)

    def registrations(self, ani: str) -> Sequence[Registration]:
        """Every contact and organisation this E.164 number is registered with, exact numbers and ranges."""
        with self._transactions.reading() as session:
            return finding.registrations(session, ani)

    def prove_by_number(
        self, asker: Asker, registration: Registration, proof: Proof, attestation: str
    ) -> None:
        """Record the level a registered number reached, with its audit row."""
        with self._transactions.writing() as session:
            levels.reach_by_number(session, asker, registration, proof, attestation)

    def audit(self, asker: Asker, what: str, detail: str) -> None:
        """Record an event that changed no right in audit and timeline, once per step and kind."""
        with self._transactions.writing() as session:
            own_call(session, asker.call_id, asker.ani, asker.now)
            add_audit(session, asker, recording.storable(what), recording.storable(detail))
            add_note(session, asker.call_id, what, detail, asker.now, f"{asker.turn} {what}")

    def look_up(self, asker: Asker, account: str, numbers: Sequence[str], *, at_most: int) -> Found | None:
        """Find by account number, else by a contact's number; None when the call's look-ups are used up."""
        with self._transactions.writing() as session:
            return finding.look_up(session, asker, account, numbers, at_most=at_most)

    def issue(
        self,
        asker: Asker,
        organisation: int | None,
        contact: int | None,
        *,
        department: str,
        channel: Channel,
        decoy: float = 1.0,
    ) -> Issued:
        """Choose the contact, make a challenge and its letter, if every limit allows; else a void one."""
        with self._transactions.writing() as session:
            return issuing.issue(
                session,
                asker,
                organisation,
                contact,
                department=department,
                channel=channel,
                decoy=decoy,
                rules=self._rules,
            )

    def issue_for_agent(
        self, asker: Asker, organisation: int, contact: int, by: Method
    ) -> Challenge | NotIssued:
        """Send a code to the contact an agent chose, if every limit allows."""
        with self._transactions.writing() as session:
            return agent_codes.issue(session, asker, organisation, contact, by, self._rules)

    def challenge(self, challenge: str) -> Challenge | None:
        """A challenge's facts."""
        with self._transactions.reading() as session:
            entry = session.get(ChallengeEntry, challenge)
            return None if entry is None else as_challenge(entry)

    def resend(self, asker: Asker, challenge: str) -> Resent:
        """Queue the same code again, at most as often as the rules say."""
        with self._transactions.writing() as session:
            return issuing.resend(session, asker, challenge, self._rules)

    def judge(
        self,
        asker: Asker,
        challenge: str,
        matches: Callable[[Challenge], bool],
        *,
        method: Method | None = None,
    ) -> Judgement:
        """Count, then compare, then consume, record level and audit: in one transaction."""
        with self._transactions.writing() as session:
            way = method.value if method is not None else ""
            return judging.judge(session, asker, challenge, matches, self._limits, way)

    def proof(self, call_id: str) -> Proof | None:
        """The highest level this call reached, if it still holds: the call runs, and 60 minutes at most."""
        with self._transactions.reading() as session:
            return levels.proof(session, call_id, self._clock.now(), self._limits)

    def reached(self, call_id: str) -> Proof | None:
        """The highest level this call reached, whether it holds still or not."""
        with self._transactions.reading() as session:
            return levels.reached(session, call_id)

    def record(self, call: Call, *, ended: str = "") -> None:
        """Write the call's row and its pending notes; ``ended`` is its final state: it ends its codes."""
        with self._transactions.writing() as session:
            recording.record(session, call, ended)

    def timeline(self, call_id: str) -> Sequence[Note]:
        """A call's timeline, oldest first, by its id or a unique beginning of it (else Fault BAD_INPUT)."""
        with self._transactions.reading() as session:
            return recording.timeline(session, call_id)

    def calls(self, *, limit: int, offset: int = 0) -> Sequence[CallRow]:
        """The latest calls, newest first."""
        with self._transactions.reading() as session:
            return recording.calls(session, limit=limit, offset=offset)

    def ping(self) -> None:
        """Raise LEDGER_AWAY when the database does not answer."""
        self._transactions.ping()
