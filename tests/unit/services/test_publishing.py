"""The one way to publish: what is in the way, in which order, and who must want it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from app.access.model import Actor, Role
from app.faults import Fault, FaultCode
from app.ports import VersionRow
from app.ports.tables import DraftMark
from app.services.publishing import (
    Meanwhile,
    Proposal,
    Published,
    Publishing,
    Refused,
    SecondNeeded,
    Unsettled,
    Unsigned,
    marks,
    new_destinations,
)
from app.services.table_desk import TableDesk
from routing.rebase import Conflict
from routing.table import Closure, Coverage, Document, Line, Overlay, Queue, Territory

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
BEN = Actor("ben", Role.PUBLISHER, "192.0.2.2", strong=True, user=2)
LIVE = Document(
    territories=(Territory("IT", "IT", "Italy", zones=("Europe/Rome",), prompt_languages=("it",)),),
    lines=(Line("+390212345678", "+390212345678", "02 12345678", ("IT",), "IT"),),
    coverage=tuple(
        Coverage("IT", department, "it", hours="24/7", zone="Europe/Rome")
        for department in ("technical", "billing")
    ),
    queues=(Queue("technical-it", target="number:+390212345670"),),
)
CLOSED = replace(LIVE, closures=(Closure(date(2026, 12, 24), territory="IT"),))
FAULTY = replace(LIVE, closures=(Closure(date(2026, 12, 24), territory="XX"),))
SILENT = replace(LIVE, coverage=LIVE.coverage[:1])  # nobody answers billing: a warning
ELSEWHERE = replace(LIVE, queues=(*LIVE.queues, Queue("billing-it", target="number:+33123456789")))


@dataclass
class Versions:
    """Versions in memory."""

    kept: list[Document] = field(default_factory=list)
    rows: list[VersionRow] = field(default_factory=list)

    def latest(self) -> int:
        return len(self.kept)

    def read(self, version: int) -> Document:
        return self.kept[version - 1]

    def publish(
        self,
        document: Document,
        *,
        actor: Actor,
        now: datetime,
        sentences: Iterable[str],
        expecting: int,
        author: str = "",
        draft: DraftMark | None = None,
    ) -> int:
        if expecting != self.latest():
            raise Fault(FaultCode.BAD_INPUT, "another was published meanwhile")
        self.kept.append(document)
        self.rows.append(VersionRow(len(self.kept), author or actor.name, now, tuple(sentences)))
        return len(self.kept)

    def history(self, *, limit: int, offset: int = 0) -> Sequence[VersionRow]:
        return self.rows[::-1][offset : offset + limit]

    def overlay(self) -> Overlay:
        return Overlay()


@pytest.fixture
def store() -> Versions:
    return Versions([LIVE])


def publish(
    store: Versions, proposal: Proposal, actor: Actor = BEN, countries: frozenset[str] | None = None
) -> object:
    return Publishing(store, ("it", "en"), countries).publish(proposal, actor=actor, now=NOW)


def signed(document: Document, **more: object) -> Proposal:
    proposal = Proposal(document, 1, signed=())
    return replace(proposal, **more)  # type: ignore[arg-type]  # fields by name, checked by the dataclass


def test_what_changed_is_published_in_sentences(store: Versions) -> None:
    """A proposal with nothing in the way is the next version, with its difference in sentences."""
    outcome = publish(store, signed(CLOSED))
    assert isinstance(outcome, Published)
    assert (outcome.version, store.latest()) == (2, 2)
    assert [sentence for sentence in outcome.sentences if "2026-12-24" in sentence]


@pytest.mark.parametrize(
    "actor", [replace(BEN, strong=False), replace(BEN, role=Role.EDITOR)], ids=["no code", "editor"]
)
def test_the_right_is_asked_first(store: Versions, actor: Actor) -> None:
    """Without the right to publish nothing else is said, whatever is wrong with the table."""
    with pytest.raises(Fault) as caught:
        publish(store, signed(FAULTY, base=0), actor)
    assert caught.value.code is FaultCode.NOT_YOURS


def test_each_obstacle_stands_before_the_next(store: Versions) -> None:
    """First errors, then a newer version, rows to settle, warnings, and last the second publisher."""
    conflict = Conflict("closures", "closure/2026-12-24/IT", None, {}, {})
    both = replace(SILENT, queues=ELSEWHERE.queues)
    steps = [
        (signed(replace(both, closures=FAULTY.closures), base=0, conflicts=(conflict,)), Refused),
        (signed(both, base=0, conflicts=(conflict,)), Meanwhile),
        (signed(both, conflicts=(conflict,)), Unsettled),
        (signed(both), Unsigned),
        (signed(both, signed=marks(Publishing(store, ("it", "en"), None).warnings(both))), SecondNeeded),
    ]
    assert [type(publish(store, proposal)) for proposal, _ in steps] == [kind for _, kind in steps]
    assert store.latest() == 1


def test_warnings_of_the_live_version_pass(store: Versions) -> None:
    """A warning that the live version has as well needs no signature; one that reads otherwise does."""
    store.kept.append(SILENT)
    closed = replace(SILENT, closures=CLOSED.closures)
    assert isinstance(publish(store, signed(closed, base=2)), Published)
    worse = replace(SILENT, coverage=(), closures=CLOSED.closures)
    assert isinstance(publish(store, signed(worse, base=3)), Unsigned)


def test_a_new_destination_needs_two(store: Versions) -> None:
    """A number no live queue has is published by two, who both stand in the history."""
    outcome = publish(store, signed(ELSEWHERE, signed=None))
    assert outcome == SecondNeeded(("number:+33123456789",), ("ben",))
    assert isinstance(publish(store, signed(ELSEWHERE, signed=None, others=("cleo",))), Published)
    assert store.history(limit=1)[0].author == "cleo and ben"


def test_destinations_are_numbers_and_sip_addresses() -> None:
    """A queue of the carrier's own is no destination; a changed target, even of a queue there was, is one."""
    changed = replace(
        LIVE, queues=(Queue("technical-it", "sip:desk@example.com"), Queue("billing-it", "queue:billing"))
    )
    assert new_destinations(LIVE, changed) == ("sip:desk@example.com",)
    assert new_destinations(changed, changed) == ()


def test_what_takes_over_is_a_destination() -> None:
    """An overflow's or backup's number is new unless the live version sends calls there from any column."""
    other = Queue("billing-it", overflow="sip:desk@example.com", backup="number:+33123456789")
    added = replace(LIVE, queues=(*LIVE.queues, other))
    assert new_destinations(LIVE, added) == ("sip:desk@example.com", "number:+33123456789")
    moved = replace(LIVE, queues=(Queue("technical-it", overflow="number:+390212345670"),))
    assert new_destinations(LIVE, moved) == ()
    voicemail = replace(LIVE, queues=(*LIVE.queues, Queue("billing-it", overflow="voicemail")))
    assert new_destinations(LIVE, voicemail) == ()


def test_the_first_publication_needs_no_second() -> None:
    """Where nothing was ever published, every destination is new, and one publisher is enough."""
    assert isinstance(publish(Versions(), Proposal(ELSEWHERE, 0)), Published)


def test_a_destination_outside_the_policy_is_an_error(store: Versions) -> None:
    """Where only some countries may be called, a queue to another one refuses the table."""
    outcome = publish(store, signed(ELSEWHERE, others=("cleo",)), countries=frozenset({"IT"}))
    assert isinstance(outcome, Refused)
    assert "FR" in str(outcome.faults) or "+33" in str(outcome.faults)


def test_going_back_needs_no_signature_and_no_second(store: Versions) -> None:
    """An earlier version comes back with its warnings and destinations, but not with an error of today."""
    store.kept += [replace(ELSEWHERE, coverage=SILENT.coverage), LIVE]
    desk = TableDesk(store, Publishing(store, ("it", "en"), None), Document())
    outcome = desk.roll_back(2, actor=BEN, now=NOW)
    assert isinstance(outcome, Published)
    assert outcome.sentences[0] == "Rolled back to version 2."
    assert isinstance(desk.roll_back(1, actor=BEN, now=NOW, expecting=3), Meanwhile)
    strict = TableDesk(store, Publishing(store, ("it", "en"), frozenset({"IT"})), Document())
    assert isinstance(strict.roll_back(2, actor=BEN, now=NOW), Refused)
    assert store.latest() == 4
