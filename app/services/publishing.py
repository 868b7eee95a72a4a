"""The one way a table goes live: from a page, the API or the command line.

In this order: whether the actor may publish at all; errors; another version published meanwhile, or rows
that still differ from it; warnings nobody signed off; a new transfer destination without a second publisher.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.ports import TableStore
from app.ports.tables import DraftMark
from routing import check, diff
from routing.compiled import RoutingTable
from routing.rebase import Conflict
from routing.remarks import Origins, Remark
from routing.table import Document
from routing.targets import destinations


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document somebody wants live, and what stands behind it."""

    document: Document
    base: int  # the version it was made on
    signed: Collection[str] | None = None  # marks of the warnings let pass; None: the actor lets all pass
    others: tuple[str, ...] = ()  # publishers beside the actor who want exactly this document live
    conflicts: tuple[Conflict, ...] = ()  # rows that differ from the version it stands on, not settled
    first: str = ""  # a sentence before those of the difference
    returns: bool = False  # to what was live before: needs neither signatures nor a second publisher
    origins: Origins | None = None  # where its rows stand in the files they came from
    draft: DraftMark | None = None  # closed as published in the same step


@dataclass(frozen=True, slots=True)
class Published:
    """A new version, what it changed, and what should be looked at."""

    version: int
    sentences: tuple[str, ...]
    warnings: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed, and why: each fault cannot work."""

    faults: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Another version was published since: nothing was changed."""

    latest: int
    base: int


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Rows that somebody else published otherwise are not settled yet: nothing was changed."""

    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Warnings that nobody signed off and the live version does not have: nothing was changed."""

    warnings: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class SecondNeeded:
    """Calls would go somewhere new, so that another publisher has to want it, too."""

    destinations: tuple[str, ...]
    approvals: tuple[str, ...]  # who wants it so far


Outcome = Published | Refused | Meanwhile | Unsettled | Unsigned | SecondNeeded


@dataclass(frozen=True, slots=True)
class Publishing:
    """``languages``: those with prompts. ``countries``: where calls may be sent to; None: anywhere."""

    store: TableStore
    languages: Collection[str]
    countries: frozenset[str] | None
    _accepted: dict[int, frozenset[str]] = field(default_factory=dict, repr=False)  # a version never changes

    def publish(self, proposal: Proposal, *, actor: Actor, now: datetime) -> Outcome:
        """Make a proposal the next version, or say what is in the way.

        Raises:
            Fault: NOT_YOURS without the right to publish; CONFLICT when the draft changed meanwhile;
                LEDGER_AWAY.
        """
        require_publisher(actor)
        latest = self.store.latest()
        live = self.store.read(latest) if latest else Document()
        found = self._in_the_way(proposal, latest, live, actor)
        if found is not None:
            return found
        changed = diff.sentences(live, proposal.document)
        sentences = (*filter(None, [proposal.first]), *(changed or ["Nothing differs."]))
        try:
            version = self.store.publish(
                proposal.document,
                actor=actor,
                now=now,
                sentences=sentences,
                expecting=latest,
                author=_together(proposal.others, actor),
                draft=proposal.draft,
            )
        except Fault as fault:
            if fault.code is FaultCode.BAD_INPUT:  # somebody was quicker between our two looks
                return Meanwhile(self.store.latest(), latest)
            raise
        return Published(version, sentences, tuple(self.warnings(proposal.document, proposal.origins)))

    def errors(self, document: Document, origins: Origins | None = None) -> list[Remark]:
        """What cannot work: nothing with any of these goes live."""
        return check.errors(RoutingTable(document, 0), origins, destinations=self.countries)

    def warnings(self, document: Document, origins: Origins | None = None) -> list[Remark]:
        """What works, but somebody should look at."""
        return check.warnings(RoutingTable(document, 0), self.languages, origins)

    def accepted(self, version: int) -> frozenset[str]:
        """The marks of the warnings a published version has: they need no new signature."""
        if not version:
            return frozenset()
        known = self._accepted.get(version)
        if known is None:
            known = marks(self.warnings(self.store.read(version)))
            self._accepted.clear()  # one version is asked for again and again: the one that drafts stand on
            self._accepted[version] = known
        return known

    def _in_the_way(self, proposal: Proposal, latest: int, live: Document, actor: Actor) -> Outcome | None:
        errors = self.errors(proposal.document, proposal.origins)
        if errors:
            return Refused(tuple(errors))
        if proposal.base != latest:
            return Meanwhile(latest, proposal.base)
        if proposal.conflicts:
            return Unsettled(proposal.conflicts)
        if proposal.returns:
            return None
        if unsigned := self._unsigned(proposal, live):
            return Unsigned(unsigned)
        new = new_destinations(live, proposal.document) if latest else ()
        return SecondNeeded(new, (actor.name,)) if new and not proposal.others else None

    def _unsigned(self, proposal: Proposal, live: Document) -> tuple[Remark, ...]:
        if proposal.signed is None:
            return ()
        passed = frozenset(proposal.signed)
        open_ = [remark for remark in self.warnings(proposal.document) if remark.mark not in passed]
        known = marks(self.warnings(live)) if open_ else frozenset()
        return tuple(remark for remark in open_ if remark.mark not in known)


def marks(remarks: Iterable[Remark]) -> frozenset[str]:
    """What remarks are known by."""
    return frozenset(remark.mark for remark in remarks)


def new_destinations(live: Document, document: Document) -> tuple[str, ...]:
    """Numbers and SIP addresses that a document sends calls to and the live one does not."""
    before, after = (
        dict.fromkeys(destination for queue in table.queues for _, destination in destinations(queue))
        for table in (live, document)
    )
    return tuple(destination for destination in after if destination not in before)


def require_publisher(actor: Actor) -> None:
    """Pass for whoever may publish now; Fault NOT_YOURS for everybody else."""
    if actor.may(Right.PUBLISH):
        return
    missing = "sign in with a one-time code" if actor.has_role_for(Right.PUBLISH) else "ask one of them"
    raise Fault(FaultCode.NOT_YOURS, f"Publishers and admins publish, with a one-time code: {missing}.")


def _together(others: tuple[str, ...], actor: Actor) -> str:
    return " and ".join((*others, actor.name))
