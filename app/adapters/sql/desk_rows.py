"""Tables of the organisations desk: addresses being confirmed, limits lifted, files on their way in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.adapters.sql.row import Row
from app.adapters.sql.types import Serial


class ConfirmationEntry(Row):
    """A code on its way to one address of a contact, so that the address counts as confirmed."""

    __tablename__ = "confirmations"
    __table_args__ = (Index("ix_confirmations_contact", "contact_id", "asked_at"),)

    challenge_id: Mapped[str] = mapped_column(ForeignKey("challenges.id"), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    channel: Mapped[str]  # email | phone
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    guesses: Mapped[int]
    confirmed_at: Mapped[datetime | None]


class LiftedLimit(Row):
    """From when on a limit counts anew: what happened before does not fill it any more."""

    __tablename__ = "lifted_limits"

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)  # an id, a calling number, or empty for the budget
    lifted_at: Mapped[datetime]


class LiftRequest(Row):
    """One person's wish to lift a limit, and what a second one made of it."""

    __tablename__ = "lift_requests"
    __table_args__ = (Index("ix_lift_requests_state", "state", "asked_at"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    organisation_id: Mapped[int | None]
    contact_id: Mapped[int | None]
    reason: Mapped[str]
    asked_by: Mapped[str]
    asked_by_id: Mapped[int]
    asked_at: Mapped[datetime]
    state: Mapped[str]  # open | lifted | refused | over
    decided_by: Mapped[str]
    decided_at: Mapped[datetime | None]


class DirectoryImport(Row):
    """Two uploaded files, what they would change, and how far that is; emptied once applied or given up."""

    __tablename__ = "directory_imports"
    __table_args__ = (Index("ix_directory_imports_created_at", "created_at"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    author: Mapped[str]
    author_id: Mapped[int]
    created_at: Mapped[datetime]
    state: Mapped[str]  # reading | ready | faulty | applying | applied | failed | discarded
    done: Mapped[int]
    total: Mapped[int]
    source: Mapped[str]
    organisations_name: Mapped[str]
    organisations: Mapped[bytes] = mapped_column(LargeBinary)
    contacts_name: Mapped[str]
    contacts: Mapped[bytes] = mapped_column(LargeBinary)
    mark: Mapped[str]
    sentence: Mapped[str]  # what to say of it: why it failed, or what was done
    lines: Mapped[list[Any]] = mapped_column(JSON)
