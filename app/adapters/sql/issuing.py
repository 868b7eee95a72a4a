"""Issuing a challenge, and sending its code again: the same rows and looks whether it is void or not."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.adapters.sql import counting
from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.finding import is_registered
from app.adapters.sql.locks import limit_keys, own_call, own_limits
from app.adapters.sql.notes import note_letter
from app.adapters.sql.reading import as_challenge, contact_of, contacts_of, organisation_of
from app.adapters.sql.verification_rows import ChallengeEntry, Resending
from app.adapters.sql.writing import About, add_audit, add_code_letter
from app.callflow.happened import Happened
from app.ports import Asker, Issued, Resent
from app.verification.contact import address, choose, method
from app.verification.limits import LONG_CODE, Limits, digits_of, may_reach, may_resend, organisation_open
from app.verification.model import Channel, Contact, Organisation

_BUDGET = "budget"
_LIMITED = "sending limit"  # why a code was withheld


@dataclass(frozen=True, slots=True)
class Rules:
    """What issuing goes by: the numbers, the key that signs, and the countries of a phone number."""

    limits: Limits
    key_id: str
    regions: Callable[[str], Collection[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One sending step: its transaction, who asks, the rules, the call, and the channel chosen."""

    session: Session
    asker: Asker
    rules: Rules
    call: CallEntry
    channel: Channel
    decoy: float = 1.0  # draws the length of the code an unknown account would have

    @property
    def paid(self) -> tuple[str, ...]:
        """The limit all organisations share: mails are not paid from the budget."""
        return () if self.channel is Channel.EMAIL else (_BUDGET,)

    def about(self, organisation: int | None) -> About | None:
        """What a letter of this step is about."""
        owner = organisation_of(self.session, organisation)
        return About(owner, self.asker.ani, self.call.started_at, self.asker.now) if owner else None


def issue(
    session: Session,
    asker: Asker,
    organisation: int | None,
    keyed: int | None,
    *,
    department: str,
    channel: Channel,
    decoy: float,
    rules: Rules,
) -> Issued:
    """Make the challenge of this step, or give the one it made already."""
    call = own_call(session, asker.call_id, asker.ani, asker.now)
    stored = _challenge_of(session, asker)
    if stored is not None:
        return Issued(as_challenge(stored), contact_of(session, stored.contact_id))
    step = Step(session, asker, rules, call, channel, decoy)
    chosen = choose(
        contacts_of(session, organisation),
        keyed=keyed,
        department=department,
        channel=channel,
        now=asker.now,
        confirmed_for=rules.limits.confirmed_for,
    )
    owner = organisation_of(session, organisation)
    _tie(session, call, owner)
    why_not = _why_not(step, owner, chosen)
    receiver = None if why_not else chosen
    entry = _challenge(step, owner, receiver, department)
    _replace_challenges(session, asker, entry)
    _put_out(step, organisation, entry, receiver, why_not)
    _audit(step, entry, "code_withheld" if why_not else "code_issued", why_not or channel.value)
    return Issued(as_challenge(entry), receiver)


def _challenge_of(session: Session, asker: Asker) -> ChallengeEntry | None:
    of_step = (ChallengeEntry.call_id == asker.call_id, ChallengeEntry.turn == asker.turn)
    return session.scalars(select(ChallengeEntry).where(*of_step)).first()


def _tie(session: Session, call: CallEntry, owner: Organisation | None) -> None:
    """Note whom the call is about: its contacts stay as they are. Written either way, for equal time."""
    organisation = (owner.id, owner.name) if owner else (call.organisation_id, call.organisation_name)
    written = update(CallEntry).where(CallEntry.id == call.id)
    session.execute(written.values(organisation_id=organisation[0], organisation_name=organisation[1]))


def _audit(step: Step, entry: ChallengeEntry, what: str, detail: str = "") -> None:
    organisation, contact = entry.organisation_id, entry.contact_id
    add_audit(step.session, step.asker, what, detail, organisation=organisation, contact=contact)


def _why_not(step: Step, owner: Organisation | None, chosen: Contact | None) -> str:
    """Why the challenge is void, for the audit; empty: it is not. Every rule is looked at every time."""
    session, asker, limits = step.session, step.asker, step.rules.limits
    organisation = owner.id if owner else None
    own_limits(session, [*step.paid, *limit_keys(asker.ani, organisation, chosen.id if chosen else None)])
    known = is_registered(session, asker.ani, organisation)
    tried = counting.strangers_guesses(session, organisation, asker.now, limits)
    reasons = {
        "the call is over": bool(step.call.ended),
        "unknown account": owner is None,
        "no contact may receive it": chosen is None,
        "guesses of the organisation used up": not organisation_open(limits, tried, registered=known),
        _LIMITED: not _may_send(step, chosen),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _may_send(step: Step, to: Contact | None) -> bool:
    """Whether the sending limits, the budget and the list of countries let a code go to this contact."""
    limits = step.rules.limits
    organisation, contact = (to.organisation, to.id) if to else (-1, -1)
    fits = counting.may_send(step.session, step.asker, organisation, contact, limits)
    affordable = counting.within_budget(step.session, step.asker.now, limits)
    if to is None or step.channel is Channel.EMAIL:
        return fits
    return fits and affordable and may_reach(limits, step.rules.regions(address(to, step.channel)))


def _challenge(step: Step, owner: Organisation | None, to: Contact | None, purpose: str) -> ChallengeEntry:
    """A void one has a length as others have: the organisation's, or the one an unknown account is given."""
    asker, limits = step.asker, step.rules.limits
    unknown = LONG_CODE if step.decoy < counting.share_of_long_codes(step.session) else 0
    return ChallengeEntry(
        id=uuid.uuid4().hex,
        call_id=asker.call_id,
        turn=asker.turn,
        organisation_id=to.organisation if to else None,
        contact_id=to.id if to else None,
        channel=step.channel.value,
        method=method(to, step.channel).value if to else "",
        purpose=purpose,
        digits=digits_of(limits, owner.code_digits if owner else unknown),
        key_id=step.rules.key_id,
        created_at=asker.now,
        expires_at=asker.now + limits.code_lasts,
        sends=1,
        last_sent_at=asker.now,
        ended=False,
    )


def _put_out(
    step: Step, organisation: int | None, entry: ChallengeEntry, to: Contact | None, why_not: str
) -> None:
    """The code's letter and its note, which costs the same where none is sent."""
    session = step.session
    letter = add_code_letter(session, step.about(organisation), entry, to)
    session.flush()
    if to is None:
        note_letter(session, letter, Happened.CODE_WITHHELD, entry.last_sent_at, why_not)
    else:
        note_letter(session, letter, Happened.CODE_QUEUED, entry.last_sent_at)


def _replace_challenges(session: Session, asker: Asker, entry: ChallengeEntry) -> None:
    """One challenge of a call lives at a time: a new one ends those before it."""
    before = update(ChallengeEntry).where(
        ChallengeEntry.call_id == asker.call_id, ChallengeEntry.ended.is_(False)
    )
    session.execute(before.values(ended=True))
    session.add(entry)
    session.flush()


def resend(session: Session, asker: Asker, challenge: str, rules: Rules) -> Resent:
    """Queue the same code again, or say that it is too soon; a sending limit is not told to the caller."""
    call = own_call(session, asker.call_id, asker.ani, asker.now)
    of_step = (Resending.call_id == asker.call_id, Resending.turn == asker.turn)
    stored = session.scalars(select(Resending).where(*of_step)).first()
    if stored is not None:
        return Resent(stored.outcome)
    entry = session.get(ChallengeEntry, challenge)
    again = entry is not None and entry.call_id == asker.call_id and _is_due(entry, asker, rules.limits)
    if entry is not None and again:
        _send_again(Step(session, asker, rules, call, Channel(entry.channel)), entry)
    outcome = Resent.SENT if again else Resent.TOO_SOON
    step = Resending(call_id=asker.call_id, turn=asker.turn, challenge_id=challenge, at=asker.now)
    step.outcome = outcome.value
    session.add(step)
    return outcome


def _is_due(entry: ChallengeEntry, asker: Asker, limits: Limits) -> bool:
    """Whether the code lives and may be sent once more now."""
    lives = not entry.ended and entry.used_at is None and asker.now < entry.expires_at
    return lives and may_resend(limits, entry.sends, entry.last_sent_at, asker.now)


def _send_again(step: Step, entry: ChallengeEntry) -> None:
    to = contact_of(step.session, entry.contact_id)
    keys = limit_keys(step.asker.ani, entry.organisation_id, entry.contact_id)
    own_limits(step.session, [*step.paid, *keys])
    receiver = to if _may_send(step, to) else None
    entry.sends += 1
    entry.last_sent_at = step.asker.now
    _put_out(step, entry.organisation_id, entry, receiver, _LIMITED)
    _audit(step, entry, "code_sent_again" if receiver else "code_not_sent_again")
