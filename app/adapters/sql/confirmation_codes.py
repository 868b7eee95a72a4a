"""Making a code that confirms an address: whether one may be sent, its challenge and its letter."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql import counting
from app.adapters.sql.desk_rows import ConfirmationEntry
from app.adapters.sql.directory_rows import ContactEntry
from app.adapters.sql.reading import as_contact, organisation_of
from app.adapters.sql.verification_rows import ChallengeEntry
from app.adapters.sql.writing import About, add_code_letter
from app.faults import Fault, FaultCode
from app.verification.confirmation import PURPOSE, ConfirmationLimits
from app.verification.contact import address, method
from app.verification.limits import Limits, digits_of, may_reach
from app.verification.model import Channel

_OWN = ConfirmationLimits()


@dataclass(frozen=True, slots=True)
class ConfirmationRules:
    """What confirming goes by: its numbers, those it shares with calls, the key, a number's countries."""

    limits: Limits
    key_id: str
    regions: Callable[[str], Collection[str]]
    own: ConfirmationLimits = _OWN


def why_not_sent(
    session: Session, entry: ContactEntry, channel: Channel, rules: ConfirmationRules, now: datetime
) -> str:
    """Why no code is sent, in words; empty: one is."""
    to, limits = address(as_contact(entry), channel), rules.limits
    if not to:
        return "There is no such address on the profile."
    if not counting.may_confirm(session, entry.id, now, rules.own):
        return "This contact got as many codes as one may; wait a while before sending another."
    if channel is Channel.PHONE and not counting.within_budget(session, now, limits):
        return "The day's budget of texts and code calls is used up."
    if channel is Channel.PHONE and not may_reach(limits, rules.regions(to)):
        return "Texts and code calls do not go to numbers of this country or kind."
    return ""


def make(
    session: Session,
    actor: Actor,
    entry: ContactEntry,
    channel: Channel,
    rules: ConfirmationRules,
    now: datetime,
) -> ChallengeEntry:
    """A challenge for one of a contact's addresses, beside no call, and its letter."""
    owner, to = organisation_of(session, entry.organisation_id), as_contact(entry)
    if owner is None:
        raise Fault(FaultCode.NOT_FOUND, "There is no such organisation.")
    challenge = ChallengeEntry(
        id=uuid.uuid4().hex,
        call_id=f"desk:{uuid.uuid4().hex}",
        turn=0,
        organisation_id=owner.id,
        contact_id=entry.id,
        channel=channel.value,
        method=method(to, channel).value,
        purpose=PURPOSE,
        digits=digits_of(rules.limits, owner.code_digits),
        key_id=rules.key_id,
        created_at=now,
        expires_at=now + rules.own.lasts(channel),
        sends=1,
        last_sent_at=now,
        ended=False,
    )
    session.add(challenge)
    session.flush()
    made = ConfirmationEntry(challenge_id=challenge.id, contact_id=entry.id, channel=channel.value, guesses=0)
    made.asked_by, made.asked_at = actor.name, now
    session.add(made)
    add_code_letter(session, About(owner, None, now, now), challenge, to, kind="confirm")
    return challenge


def _asked(challenge: ChallengeEntry, who: str) -> ConfirmationEntry:
    return ConfirmationEntry(
        challenge_id=challenge.id,
        contact_id=challenge.contact_id,
        channel=challenge.channel,
        asked_by=who,
        asked_at=challenge.created_at,
        guesses=0,
    )
