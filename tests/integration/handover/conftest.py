import pytest
from sqlalchemy import Engine

from tests.integration.handover.desk import Desk


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """The stores of the handover on one database."""
    return Desk(engine)


@pytest.fixture
def desks(desk: Desk, processes: list[Engine]) -> list[Desk]:
    """The same desk, as several processes see it."""
    return [desk.on(engine) for engine in processes]
