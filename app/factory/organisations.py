"""The organisations desk put together: profiles, confirmations, limits, people's data, imports."""

from dataclasses import dataclass

from app.adapters.sql.confirmation_codes import ConfirmationRules
from app.adapters.sql.confirming import SqlConfirmations
from app.adapters.sql.importing import SqlImports
from app.adapters.sql.lifting import SqlLifting
from app.adapters.sql.persons import SqlPersons
from app.adapters.sql.profile_desk import SqlProfiles
from app.factory.services import Services
from app.factory.stores import limits
from app.ports import Directory
from app.services.confirmations import ConfirmationDesk
from app.services.directory_imports import DirectoryImports
from app.services.lifting import LiftingDesk
from app.services.organisations import OrganisationDesk
from app.services.persons import PersonDesk
from app.services.standing import Standing
from routing.numbers import sendable_regions


@dataclass(frozen=True, slots=True)
class OrganisationWork:
    """The use cases around organisations."""

    organisations: OrganisationDesk
    confirmations: ConfirmationDesk
    lifting: LiftingDesk
    persons: PersonDesk
    imports: DirectoryImports
    directory: Directory


def build_organisations(services: Services) -> OrganisationWork:
    """Put them together over a process's services; nothing is asked of the database yet."""
    sql, numbers = services.sql, limits(services.settings)
    rules = ConfirmationRules(numbers, sql.keys.signing, sendable_regions)

    def wake() -> None:
        for thread in services.sender_threads:
            thread.wake()

    return OrganisationWork(
        organisations=OrganisationDesk(SqlProfiles(sql.engine, limits=numbers)),
        confirmations=ConfirmationDesk(SqlConfirmations(sql.engine, rules), sql.keys, wake),
        lifting=LiftingDesk(SqlLifting(sql.engine, limits=numbers), Standing(sql.accounts).publishes),
        persons=PersonDesk(SqlPersons(sql.engine, limits=numbers)),
        imports=DirectoryImports(SqlImports(sql.engine), sql.directory),
        directory=sql.directory,
    )
