"""The directory on SQL: organisations and contacts, made equal to the rows of an import."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine, Select, delete, select
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry, OrganisationNumber
from app.adapters.sql.locks import limit_keys, own_limits
from app.adapters.sql.profiles import Profile, plan
from app.adapters.sql.transactions import Transactions
from app.adapters.sql.verification_rows import AuditEntry
from app.faults import Fault, FaultCode
from app.ports import ContactRow, OrganisationRow
from app.verification.limits import Limits

_FIELDS = ("name", "country", "cloud", "language", "trust_caller_id", "code_digits", "priority")


class SqlDirectory:
    """``app.ports.Directory`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(self, engine: Engine, *, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._transactions = Transactions(engine)

    def replace(
        self,
        organisations: Sequence[OrganisationRow],
        contacts: Sequence[ContactRow],
        *,
        actor: Actor,
        now: datetime,
    ) -> tuple[int, int]:
        """Add or update all of them in one transaction; gives how many organisations were added and changed.

        Raises:
            Fault: BAD_INPUT, and nothing is changed, while an organisation whose contacts would change is on
                the line.
        """
        with self._transactions.writing() as session:
            known = _held(session, [row.account_number for row in organisations])
            profiles = [
                plan(session, row, known.get(row.account_number), _of(row, contacts)) for row in organisations
            ]
            self._refuse_open_calls(session, profiles, now)
            changed = [_write(session, profile, actor, now) for profile in profiles]
        added = len(organisations) - len(known)
        return added, sum(changed) - added

    def confirm(
        self, account: str, name: str, *, people: tuple[str, str], reason: str, now: datetime
    ) -> None:
        """Let a contact who was switched off receive codes again, 24 hours from now; two people decide.

        Raises:
            Fault: BAD_INPUT for one person in both places, no reason, or a contact who is not switched off.
        """
        if len({person.strip().casefold() for person in people} - {""}) < len(people) or not reason.strip():
            raise Fault(FaultCode.BAD_INPUT, "Two different people and a reason are needed.")
        with self._transactions.writing() as session:
            entry = session.scalars(_switched_off(account, name).with_for_update()).first()
            if entry is None:
                raise Fault(
                    FaultCode.BAD_INPUT, f"Account {account} has no contact {name} who is switched off."
                )
            entry.switched_off_at, entry.failures, entry.confirmed = None, 0, now
            session.add(
                AuditEntry(
                    at=now,
                    who=" and ".join(people),
                    what="contact_confirmed",
                    detail=reason,
                    organisation_id=entry.organisation_id,
                    contact_id=entry.id,
                )
            )

    def _refuse_open_calls(self, session: Session, profiles: Sequence[Profile], now: datetime) -> None:
        """Contacts of an organisation with an open call cannot be changed: nobody turns a code mid-call."""
        changing = [one.entry.id for one in profiles if one.entry is not None and one.changes_contacts]
        running = select(CallEntry.organisation_id).where(
            CallEntry.organisation_id.in_(changing),
            CallEntry.ended == "",
            CallEntry.started_at > now - self._limits.call_lasts,
        )
        busy = set(session.scalars(running))
        accounts = [one.row.account_number for one in profiles if one.entry and one.entry.id in busy]
        if accounts:
            raise Fault(
                FaultCode.BAD_INPUT,
                f"Contacts cannot be changed while their account is on the line: {', '.join(accounts)}.",
            )


def _switched_off(account: str, name: str) -> Select[ContactEntry]:
    return (
        select(ContactEntry)
        .join(OrganisationEntry, OrganisationEntry.id == ContactEntry.organisation_id)
        .where(
            OrganisationEntry.account_number == account,
            ContactEntry.name == name,
            ContactEntry.removed_at.is_(None),
            ContactEntry.switched_off_at.is_not(None),
        )
    )


def _held(session: Session, accounts: Sequence[str]) -> Mapping[str, OrganisationEntry]:
    """The organisations known already, by account; no code is issued for them meanwhile."""
    own_limits(session, ["directory"])
    which = select(OrganisationEntry).where(OrganisationEntry.account_number.in_(accounts))
    known = {entry.account_number: entry for entry in session.scalars(which)}
    own_limits(session, [key for entry in known.values() for key in limit_keys(None, entry.id, None)])
    return known


def _of(row: OrganisationRow, contacts: Sequence[ContactRow]) -> list[ContactRow]:
    return [contact for contact in contacts if contact.account_number == row.account_number]


def _write(session: Session, profile: Profile, actor: Actor, now: datetime) -> bool:
    """Make one organisation equal to its row; says whether that changed anything."""
    entry, row = profile.entry, profile.row
    wanted = {field: getattr(row, field) for field in _FIELDS}
    if entry is None:
        entry = OrganisationEntry(account_number=row.account_number, updated_at=now, **wanted)
        session.add(entry)
        session.flush()
        what = "organisation_added"
    else:
        what = "organisation_updated"
    changed = what == "organisation_added" or any(getattr(entry, field) != wanted[field] for field in _FIELDS)
    for field, value in wanted.items():
        setattr(entry, field, value)
    changed |= _write_numbers(session, entry.id, set(row.numbers))
    changed |= profile.write(session, entry, now)
    if changed:
        entry.updated_at = now
        write_act(session, actor, now, what, row.account_number, organisation=entry.id)
    return changed


def _write_numbers(session: Session, organisation: int, wanted: set[str]) -> bool:
    own = OrganisationNumber.organisation_id == organisation
    there = {
        entry.number + "*" * entry.is_range
        for entry in session.scalars(select(OrganisationNumber).where(own))
    }
    if there == wanted:
        return False
    session.execute(delete(OrganisationNumber).where(own))
    for number in sorted(wanted):
        is_range = number.endswith("*")
        session.add(
            OrganisationNumber(organisation_id=organisation, number=number.rstrip("*"), is_range=is_range)
        )
    return True
