"""The table of letters to send. A code's text is in none of them: it is made while sending."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from app.adapters.sql.row import Row
from app.adapters.sql.types import Serial


class LetterEntry(Row):
    """A letter, and the count of it: sending limits are read from these rows.

    ``state``: due | claimed | sent | refused | expired | void (the letter of a void challenge: never due).
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "state", "due_at"),
        Index("ix_outbox_contact", "contact_id", "created_at"),
        Index("ix_outbox_organisation", "organisation_id", "created_at"),
        Index("ix_outbox_ani", "ani", "created_at"),
        Index("ix_outbox_channel", "channel", "created_at"),
        Index("ix_outbox_challenge", "challenge_id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str]  # code | notice | changed | confirm | missed
    channel: Mapped[str]  # email | text | voice
    recipient: Mapped[str]  # an e-mail address or E.164
    language: Mapped[str]
    challenge_id: Mapped[str | None] = mapped_column(ForeignKey("challenges.id"))
    organisation_id: Mapped[int | None]
    contact_id: Mapped[int | None]
    ani: Mapped[str | None]
    organisation_name: Mapped[str]
    contact_name: Mapped[str]
    call_started_at: Mapped[datetime]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[str]
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None]
    by_agent: Mapped[bool] = mapped_column(default=False, server_default=false())  # for a caller on the line
