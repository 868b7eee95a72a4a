"""A draft on its way to be live: its check, warnings signed off one by one, and publishers' wishes."""

from dataclasses import dataclass
from datetime import datetime

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.ports.drafts import Approval, Draft, SignOff
from app.ports.tables import DraftMark
from app.services.drafts import DraftDesk, Stale, owns
from app.services.publishing import (
    Meanwhile,
    Outcome,
    Proposal,
    Publishing,
    SecondNeeded,
    new_destinations,
    require_publisher,
)
from app.services.standing import StillPublishes
from routing.remarks import Remark

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning about a draft, and whether it may pass."""

    remark: Remark
    sign_off: SignOff | None
    is_live: bool  # the version it stands on has it as well

    @property
    def passes(self) -> bool:
        """Whether it no longer keeps the draft from being published."""
        return self.is_live or self.sign_off is not None


@dataclass(frozen=True, slots=True)
class Checked:
    """What keeps a draft from being published, and what does not."""

    errors: tuple[Remark, ...]
    warnings: tuple[Warned, ...]
    destinations: tuple[str, ...]  # new ones, for which two publishers are needed
    approvals: tuple[str, ...] = ()  # who wants it so, of those whose word still counts

    @property
    def unsigned(self) -> tuple[Warned, ...]:
        """The warnings that wait for a signature."""
        return tuple(warned for warned in self.warnings if not warned.passes)


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """Another version was published meanwhile: the draft was kept, and stands on that one now."""

    meanwhile: Meanwhile
    draft: Draft


@dataclass(frozen=True, slots=True)
class DraftPublishing:
    """Check drafts, sign warnings off, publish. Every method may raise LEDGER_AWAY and NO_SUCH_DRAFT."""

    drafts: DraftDesk
    publishing: Publishing
    still_publishes: StillPublishes  # of who pressed earlier

    def check(self, draft: Draft) -> Checked:
        """Everything to be said about a draft before it is published."""
        live = self.publishing.accepted(draft.base)
        warnings = self.publishing.warnings(draft.document)
        base = self.drafts.document(draft.base)
        return Checked(
            errors=tuple(self.publishing.errors(draft.document)),
            warnings=tuple(Warned(one, draft.sign_offs.get(one.mark), one.mark in live) for one in warnings),
            destinations=new_destinations(base, draft.document) if draft.base else (),
            approvals=tuple(one.name for one in draft.approved if self.still_publishes(one.user)),
        )

    def sign_off(
        self, draft_id: int, revision: int, mark: str, note: str, actor: Actor, now: datetime
    ) -> Draft | Stale:
        """Let one warning pass, with a note if there is something to say.

        Raises:
            Fault: NOT_YOURS for anybody but its owner and publishers; CONFLICT when the warning is gone or
                the draft not open; BAD_INPUT for a note that is too long.
        """
        draft = self._signable(draft_id, actor)
        remark = next((one for one in self.publishing.warnings(draft.document) if one.mark == mark), None)
        if remark is None:
            raise Fault(FaultCode.CONFLICT, "This warning is gone: what it was about has changed.")
        if len(note) > LONGEST_NOTE:
            raise Fault(FaultCode.BAD_INPUT, f"The note: write at most {LONGEST_NOTE} characters.")
        sign_off = SignOff(actor.name, now, remark.sentence, note.strip())
        return self._sign(draft_id, revision, mark, sign_off, actor, now)

    def withdraw(self, draft_id: int, revision: int, mark: str, actor: Actor, now: datetime) -> Draft | Stale:
        """Take a signature back; raises as ``sign_off`` does."""
        self._signable(draft_id, actor)
        return self._sign(draft_id, revision, mark, None, actor, now)

    def publish(
        self, draft_id: int, revision: int, actor: Actor, now: datetime
    ) -> Outcome | CarriedOver | Stale:
        """Publish a draft at the revision the actor saw, or say what is in the way.

        A version published meanwhile carries the draft over to it. Where a second publisher is needed, the
        actor's wish is written down, and the next one's publishes.

        Raises:
            Fault: NOT_YOURS without the right to publish; CONFLICT when the draft is not open.
        """
        require_publisher(actor)
        draft = self.drafts.get(draft_id)
        if draft.state != "open" or draft.revision != revision:
            return self.drafts.stale(draft, revision)
        outcome = self.publishing.publish(self._proposal(draft, actor), actor=actor, now=now)
        match outcome:
            case Meanwhile():
                carried = self.drafts.rebase(draft_id, revision, actor, now)
                return carried if isinstance(carried, Stale) else CarriedOver(outcome, carried)
            case SecondNeeded(destinations=destinations):
                approval = Approval(actor.name, actor.user, now)
                approved = self.drafts.store.approve(draft_id, revision, approval, actor=actor)
                if approved is None:
                    return self.drafts.stale(self.drafts.get(draft_id), revision)
                if self._others(approved, actor):  # who pressed at the same moment
                    return self.publishing.publish(self._proposal(approved, actor), actor=actor, now=now)
                return SecondNeeded(destinations, approved.approvals)
            case _:
                return outcome

    def _sign(
        self, draft_id: int, revision: int, mark: str, sign_off: SignOff | None, actor: Actor, now: datetime
    ) -> Draft | Stale:
        signed = self.drafts.store.sign(draft_id, revision, mark, sign_off, actor=actor, now=now)
        return self.drafts.stale(self.drafts.get(draft_id), revision) if signed is None else signed

    def _signable(self, draft_id: int, actor: Actor) -> Draft:
        draft = self.drafts.get(draft_id)
        if not actor.may(Right.PUBLISH) and not (actor.may(Right.EDIT) and owns(actor, draft)):
            raise Fault(
                FaultCode.NOT_YOURS,
                f"Warnings are signed off by {draft.owner}, whose draft it is, or a publisher.",
            )
        return draft

    def _proposal(self, draft: Draft, actor: Actor) -> Proposal:
        return Proposal(
            document=draft.document,
            base=draft.base,
            signed=draft.signed_off,
            others=self._others(draft, actor),
            conflicts=draft.conflicts,
            draft=DraftMark(draft.id, draft.revision),
        )

    def _others(self, draft: Draft, actor: Actor) -> tuple[str, ...]:
        """Who else wants this revision live, of those who may still publish."""
        others = [approval for approval in draft.approved if _is_another(approval, actor)]
        return tuple(one.name for one in others if self.still_publishes(one.user))


def _is_another(approval: Approval, actor: Actor) -> bool:
    """Whether two people, not one: accounts are told apart by number, a token being its owner's."""
    if approval.user and actor.user:
        return approval.user != actor.user
    return approval.name != actor.name
