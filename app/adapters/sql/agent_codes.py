"""Codes that agents run for a caller on the line: to a contact they chose, under an allowance of its own."""

import uuid

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.adapters.sql import counting
from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.issuing import Rules
from app.adapters.sql.locks import own_call, own_limits
from app.adapters.sql.notes import add_note, note_letter
from app.adapters.sql.reading import as_challenge, contact_of, organisation_of
from app.adapters.sql.verification_rows import ChallengeEntry
from app.adapters.sql.writing import About, add_audit, add_code_letter
from app.callflow.happened import Happened
from app.ports import Asker, NotIssued
from app.verification.contact import address, may_receive
from app.verification.limits import digits_of, may_reach
from app.verification.model import Challenge, Channel, Contact, Method, Organisation

PURPOSE = "agent"
_BUDGET = "budget"


def issue(
    session: Session, asker: Asker, organisation: int, contact: int, by: Method, rules: Rules
) -> Challenge | NotIssued:
    """Make a challenge and its letter; it ends the one before of this call."""
    call = own_call(session, asker.call_id, asker.ani, asker.now)
    owner, to = organisation_of(session, organisation), contact_of(session, contact)
    if owner is None or to is None or to.organisation != owner.id:
        return NotIssued("This contact is not on the organisation's profile any more.")
    channel = Channel.EMAIL if by is Method.EMAIL else Channel.PHONE
    paid = () if channel is Channel.EMAIL else (_BUDGET,)
    own_limits(session, [*paid, f"organisation:{owner.id}", f"contact:{to.id}"])
    why_not = _why_not(session, asker, call, to, by, channel, rules)
    if why_not:
        add_audit(session, asker, "code_withheld", why_not, organisation=owner.id, contact=to.id)
        return NotIssued(why_not)
    entry = _challenge(asker, owner, to, by, channel, rules)
    before = ChallengeEntry.call_id == asker.call_id, ChallengeEntry.ended.is_(False)
    session.execute(update(ChallengeEntry).where(*before).values(ended=True))
    session.add(entry)
    session.flush()
    tied = update(CallEntry).where(CallEntry.id == call.id)
    session.execute(tied.values(organisation_id=owner.id, organisation_name=owner.name))
    about = About(owner, asker.ani, call.started_at, asker.now)
    letter = add_code_letter(session, about, entry, to, by=by)
    session.flush()
    detail, mark = f"{asker.who}: sent", f"code step {asker.turn} sent"
    add_note(session, call.id, Happened.CODE_STEP, detail, asker.now, mark)
    note_letter(session, letter, Happened.CODE_QUEUED, asker.now)
    add_audit(session, asker, "code_issued", f"{by.value}, by an agent", organisation=owner.id, contact=to.id)
    return as_challenge(entry)


def _why_not(
    session: Session, asker: Asker, call: CallEntry, to: Contact, by: Method, channel: Channel, rules: Rules
) -> str:
    """Why no code goes there, for the agent; empty: nothing stands against it."""
    limits = rules.limits
    fits = counting.agents_may_send(session, to.organisation, to.id, asker.now, limits)
    paid = channel is Channel.PHONE
    reasons = {
        "The call is over.": bool(call.ended),
        "This contact may receive no codes that way: the address is not confirmed, or switched off.": (
            not may_receive(to, channel, asker.now, limits.confirmed_for)
        ),
        "This number takes no texts: let the code be spoken in a call.": (
            by is Method.TEXT and not to.phone_can_text
        ),
        "As many codes went there as may in this time: try another contact, or later.": not fits,
        "No codes go to numbers of this country or kind.": (
            paid and not may_reach(limits, rules.regions(address(to, channel)))
        ),
        "The day's texts and calls are used up: send it by e-mail.": (
            paid and not counting.within_budget(session, asker.now, limits)
        ),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _challenge(
    asker: Asker, owner: Organisation, to: Contact, by: Method, channel: Channel, rules: Rules
) -> ChallengeEntry:
    return ChallengeEntry(
        id=uuid.uuid4().hex,
        call_id=asker.call_id,
        turn=asker.turn,
        organisation_id=owner.id,
        contact_id=to.id,
        channel=channel.value,
        method=by.value,
        purpose=PURPOSE,
        digits=digits_of(rules.limits, owner.code_digits),
        key_id=rules.key_id,
        created_at=asker.now,
        expires_at=asker.now + rules.limits.code_lasts,
        sends=1,
        last_sent_at=asker.now,
        by_agent=True,
        ended=False,
    )
