"""The table's use cases over the stores of one process: files, drafts, and the one way to publish."""

from dataclasses import dataclass

from app.adapters.clock import SystemClock
from app.factory.stores import Sql
from app.ports import Clock
from app.services.draft_imports import DraftImports
from app.services.draft_publishing import DraftPublishing
from app.services.drafts import DraftDesk
from app.services.publishing import Publishing
from app.services.standing import Standing
from app.services.table_desk import TableDesk
from app.settings import Settings
from app.telephony.words import Words
from routing.tables import starting_document


@dataclass(frozen=True, slots=True)
class TableWork:
    """Everything that is done with tables at the desks and from the command line."""

    publishing: Publishing
    desk: TableDesk
    drafts: DraftDesk
    draft_publishing: DraftPublishing
    imports: DraftImports


def build_tables(
    sql: Sql, settings: Settings, clock: Clock | None = None, words: Words | None = None
) -> TableWork:
    """Put them together; nothing is asked of any store yet."""
    languages = (words or Words.load()).languages
    publishing = Publishing(sql.tables, languages, settings.transfer_countries)
    drafts = DraftDesk(sql.drafts, sql.tables, starting_document())
    return TableWork(
        publishing=publishing,
        desk=TableDesk(sql.tables, publishing, starting_document()),
        drafts=drafts,
        draft_publishing=DraftPublishing(drafts, publishing, Standing(sql.accounts).publishes),
        imports=DraftImports(sql.draft_imports, drafts, publishing.errors, clock or SystemClock()),
    )
