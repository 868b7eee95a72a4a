"""Tables of the directory: organisations, their numbers, their contacts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.adapters.sql.row import Row


class OrganisationEntry(Row):
    """A customer organisation."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    country: Mapped[str]
    cloud: Mapped[str]
    language: Mapped[str]
    trust_caller_id: Mapped[str]
    code_digits: Mapped[int]
    priority: Mapped[int]
    updated_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0, server_default="0")  # counts changes, contacts' too
    source: Mapped[str] = mapped_column(default="", server_default="")  # which directory or file it is from
    source_confirmed_at: Mapped[datetime | None]  # when that source last said it is so


class OrganisationNumber(Row):
    """A number of an organisation; ``is_range``: every number that begins with it."""

    __tablename__ = "organisation_numbers"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number", "is_range"),
        Index("ix_organisation_numbers_number", "number", "is_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[str]
    is_range: Mapped[bool]


class ContactEntry(Row):
    """A person on a profile. Taken off the profile, the row stays for what refers to it."""

    __tablename__ = "contacts"
    __table_args__ = (Index("ix_contacts_organisation", "organisation_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    position: Mapped[int]  # the profile's order
    name: Mapped[str]
    role: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str] = mapped_column(index=True)
    phone_can_text: Mapped[bool]
    language: Mapped[str]
    confirmed: Mapped[datetime | None]  # as its source says, of both addresses
    changed_at: Mapped[datetime | None]  # when an address new to the organisation was given
    email_confirmed: Mapped[datetime | None]  # from when each address counts as confirmed; None: not
    phone_confirmed: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)  # wrong codes in a row
    switched_off_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    source: Mapped[str] = mapped_column(default="", server_default="")
    source_confirmed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]  # a person's data was erased; the row stays for what refers to it
