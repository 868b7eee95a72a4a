from datetime import UTC, datetime

from app.faults import Fault, FaultCode
from app.services.worker import Done, Worker

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


def test_each_chore_has_its_turn_at_one_instant() -> None:
    """A tick gives every chore the same instant, in order, and says what each did."""
    seen: list[datetime] = []

    def count(now: datetime) -> int:
        seen.append(now)
        return len(seen)

    assert Worker({"outbox": count, "expiries": count}).tick(NOW) == (Done("outbox", 1), Done("expiries", 2))
    assert seen == [NOW, NOW]


def test_a_fault_of_one_keeps_no_other_from_its_turn() -> None:
    """A chore that cannot go on is reported with its fault, and the next one still runs."""
    fault = Fault(FaultCode.LEDGER_AWAY, "away")

    def failing(now: datetime) -> int:
        raise fault

    assert Worker({"outbox": failing, "expiries": lambda _: 4}).tick(NOW) == (
        Done("outbox", 0, fault),
        Done("expiries", 4),
    )
