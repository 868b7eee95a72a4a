"""Writing organisations: new ones in one go, their own columns, their numbers, the record of who said so."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.batches import batches
from app.adapters.sql.directory_plan import OWN_FIELDS, Plan
from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry, OrganisationNumber
from app.ports import OrganisationRow


def add_missing(session: Session, plans: Sequence[Plan], now: datetime) -> list[OrganisationEntry]:
    """The entry of every plan, those that were not there made together."""
    entries = [plan.entry or new_entry(plan.row, now) for plan in plans]
    session.add_all(entries)
    session.flush()
    return entries


def new_entry(row: OrganisationRow, now: datetime) -> OrganisationEntry:
    """An organisation as its row says, without its numbers and contacts."""
    wanted = {field: getattr(row, field) for field in OWN_FIELDS}
    return OrganisationEntry(account_number=row.account_number, updated_at=now, revision=1, **wanted)


def write(session: Session, plan: Plan, entry: OrganisationEntry, actor: Actor, now: datetime) -> bool:
    """Make one organisation equal to its plan; says whether that changed anything."""
    cells = plan.cells
    if plan.entry is not None:
        for field in OWN_FIELDS:
            setattr(entry, field, getattr(plan.row, field))
    if plan.numbers != set(plan.row.numbers):
        write_numbers(session, entry.id, set(plan.row.numbers), had_some=bool(plan.numbers))
    changes_contacts = plan.profile.write(session, entry, now)
    changed = plan.entry is None or bool(cells) or changes_contacts
    if changed and plan.entry is not None:
        entry.updated_at, entry.revision = now, entry.revision + 1
    if changed:
        what = "organisation_added" if plan.entry is None else "organisation_updated"
        before = {cell.column: cell.before for cell in cells} or ""
        after = {cell.column: cell.after for cell in cells} or ""
        detail = plan.row.account_number + (", contacts" if changes_contacts else "")
        write_act(session, actor, now, what, detail, before=before, after=after, organisation=entry.id)
    return changed


def write_numbers(session: Session, organisation: int, wanted: set[str], *, had_some: bool) -> None:
    """Make an organisation's numbers and ranges these."""
    if had_some:
        own = OrganisationNumber.organisation_id == organisation
        session.execute(delete(OrganisationNumber).where(own))
    for number in sorted(wanted):
        is_range, bare = number.endswith("*"), number.rstrip("*")
        session.add(OrganisationNumber(organisation_id=organisation, number=bare, is_range=is_range))


def confirm_source(session: Session, organisations: Sequence[int], source: str, now: datetime) -> None:
    """Note that a source says these organisations and their contacts are so, now."""
    session.flush()
    said = {"source": source, "source_confirmed_at": now}
    for some in batches(organisations):
        on_profile = ContactEntry.organisation_id.in_(some) & ContactEntry.removed_at.is_(None)
        for noted in (
            update(OrganisationEntry).where(OrganisationEntry.id.in_(some)),
            update(ContactEntry).where(on_profile),
        ):
            session.execute(noted.values(said).execution_options(synchronize_session=False))
