"""The directory on SQL: organisations and contacts, made equal to the rows of an import."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from app.access.model import Actor, operator
from app.adapters.sql import directory_plan, directory_writing
from app.adapters.sql.acts import write_act
from app.adapters.sql.batches import batches
from app.adapters.sql.directory_plan import Plan
from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry
from app.adapters.sql.locks import limit_keys, own_limits
from app.adapters.sql.open_calls import organisations_on_the_line
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports import Change, ContactRow, OrganisationRow, Preview
from app.ports.directory import FILES, unseen
from app.verification.limits import Limits

_PORTION = 1000
DIRECTORY = "directory"  # the key whose holder is the only one to change organisations and contacts


class SqlDirectory:
    """``app.ports.Directory`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(self, engine: Engine, *, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._transactions = Transactions(engine)

    def preview(self, organisations: Sequence[OrganisationRow], contacts: Sequence[ContactRow]) -> Preview:
        """What ``replace`` would do now; nothing is changed."""
        with self._transactions.reading() as session:
            changes = _changes(directory_plan.plans(session, organisations, contacts))
        return Preview(tuple(changes), directory_plan.mark_of(changes))

    def replace(
        self,
        organisations: Sequence[OrganisationRow],
        contacts: Sequence[ContactRow],
        *,
        actor: Actor,
        now: datetime,
        source: str = FILES,
        expecting: str = "",
        progress: Callable[[int], None] = unseen,
    ) -> tuple[int, int]:
        """Add or update all of them in one transaction; gives how many organisations were added and changed.

        Raises:
            Fault: CONFLICT, and nothing is changed, while an organisation whose contacts would change is on
                the line, or when this would do something else than the preview said.
        """
        with self._transactions.writing() as session:
            own_limits(session, [DIRECTORY])
            plans = directory_plan.plans(session, organisations, contacts)
            if expecting and directory_plan.mark_of(_changes(plans)) != expecting:
                sentence = "The organisations have changed since this was shown: look at it once more."
                raise Fault(FaultCode.CONFLICT, sentence)
            self._refuse_open_calls(session, plans, now)
            entries = directory_writing.add_missing(session, plans, now)
            updated = 0
            for done, (plan, entry) in enumerate(zip(plans, entries, strict=True), start=1):
                updated += (
                    directory_writing.write(session, plan, entry, actor, now) and plan.entry is not None
                )
                if done % _PORTION == 0:
                    session.flush()  # so that the server does not take a long import for an idle one
                progress(done)
            directory_writing.confirm_source(session, [entry.id for entry in entries], source, now)
        return sum(plan.entry is None for plan in plans), updated

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
            switch_on(entry, now)
            both, owner = operator(" and ".join(people)), entry.organisation_id
            write_act(session, both, now, "contact_confirmed", reason, organisation=owner, contact=entry.id)

    def _refuse_open_calls(self, session: Session, plans: Sequence[Plan], now: datetime) -> None:
        """Contacts of an organisation with an open call cannot be changed: nobody turns a code mid-call."""
        changing = {plan.entry.id: plan for plan in plans if plan.entry is not None and plan.profile.changes}
        for some in batches(sorted(key for one in changing for key in limit_keys(None, one, None))):
            own_limits(session, some)  # no code is issued for them meanwhile
        busy = organisations_on_the_line(session, list(changing), now - self._limits.call_lasts)
        if busy:
            accounts = sorted(changing[one].row.account_number for one in busy)
            raise Fault(
                FaultCode.CONFLICT,
                f"Contacts cannot be changed while their account is on the line: {', '.join(accounts)}.",
            )


def switch_on(entry: ContactEntry, now: datetime) -> None:
    """Let a contact receive codes again, at the addresses that were confirmed, a day from now."""
    entry.switched_off_at, entry.failures, entry.changed_at = None, 0, now
    entry.email_confirmed = entry.email_confirmed and now
    entry.phone_confirmed = entry.phone_confirmed and now


def _changes(plans: Sequence[Plan]) -> list[Change]:
    return [change for plan in plans for change in plan.changes()]


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
