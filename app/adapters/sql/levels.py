"""Levels: how a call reaches one, who is told, and for how long it holds."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.directory_rows import OrganisationEntry
from app.adapters.sql.locks import own_call
from app.adapters.sql.reading import as_proof, contact_of, contacts_of, organisation_of
from app.adapters.sql.verification_rows import ChallengeEntry, LevelEntry
from app.adapters.sql.writing import About, add_audit, add_letter
from app.ports import Asker
from app.verification.limits import Limits
from app.verification.model import Level, Proof, Registration, Role


def level_of(session: Session, call_id: str, turn: int) -> Proof:
    """The level a step reached."""
    query = select(LevelEntry).where(LevelEntry.call_id == call_id, LevelEntry.turn == turn)
    return as_proof(session.scalars(query).one())


def reach_by_code(
    session: Session, asker: Asker, call: CallEntry, entry: ChallengeEntry, method: str = ""
) -> None:
    """Write the level a right code gives; tell the contact used and the organisation's owners."""
    contact, owner = contact_of(session, entry.contact_id), organisation_of(session, entry.organisation_id)
    if contact is None or owner is None:
        return
    level = LevelEntry(
        level=int(Level.CODE),
        method=method or entry.method,
        organisation_id=owner.id,
        contact_id=contact.id,
        contact_name=contact.name,
        role=contact.role.value,
        reached_at=asker.now,
    )
    _write(session, asker, call, level)
    about = About(owner, asker.ani, call.started_at, asker.now)
    owners = [one for one in contacts_of(session, owner.id) if one.role is Role.OWNER and one != contact]
    for told in [contact, *owners]:
        add_letter(session, about, told, "notice")


def reach_by_number(
    session: Session, asker: Asker, registration: Registration, proof: Proof, attestation: str
) -> None:
    """Write the level a registered number reached, once."""
    call = own_call(session, asker.call_id, asker.ani, asker.now)
    of_step = (LevelEntry.call_id == asker.call_id, LevelEntry.turn == asker.turn)
    if session.scalars(select(LevelEntry.id).where(*of_step)).first() is not None:
        return
    level = LevelEntry(
        level=int(proof.level),
        method=proof.method.value,
        organisation_id=registration.organisation.id,
        contact_id=proof.contact,
        contact_name=proof.contact_name,
        role=proof.role,
        reached_at=asker.now,
    )
    _write(session, asker, call, level, attestation)


def _write(session: Session, asker: Asker, call: CallEntry, level: LevelEntry, why: str = "") -> None:
    level.call_id, level.turn = asker.call_id, asker.turn
    session.add(level)
    session.flush()
    name = Level(level.level).name.lower()
    call.level, call.method, call.organisation_id = name, level.method, level.organisation_id
    detail = " ".join(word for word in (name, level.method, why) if word)
    organisation, contact = level.organisation_id, level.contact_id
    add_audit(session, asker, "level_reached", detail, organisation=organisation, contact=contact)


def proof(session: Session, call_id: str, now: datetime, limits: Limits) -> Proof | None:
    """The highest level of a call that runs still, while it holds."""
    return reached(session, call_id, CallEntry.ended == "", LevelEntry.reached_at > now - limits.level_lasts)


def reached(session: Session, call_id: str, *which: ColumnElement[bool]) -> Proof | None:
    """The highest level of a call, of those of which this is so."""
    query = (
        select(LevelEntry, OrganisationEntry.name)
        .join(CallEntry, CallEntry.id == LevelEntry.call_id)
        .join(OrganisationEntry, OrganisationEntry.id == LevelEntry.organisation_id)
        .where(LevelEntry.call_id == call_id, *which)
        .order_by(LevelEntry.level.desc(), LevelEntry.id.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return None if found is None else replace(as_proof(found[0]), organisation_name=found[1])
