"""Whatever is done at the agents' desk is written down: in the audit, or in the timeline of its call."""

from collections import Counter

from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from tests.web.conftest import Desk
from tests.web.desk.acts import AGENT_STEPS, Floor
from tests.web.desk.conftest import Seat


def test_every_form_of_the_agents_desk_is_written_down(
    desk: Desk, phone: Phone, seat: Seat, caller: CallInProgress
) -> None:
    """What changes the desk stands in the audit; what happens in a call, in its timeline."""
    on, missing = Floor(desk, phone, seat, caller), []
    ways = desk.app.url_map.bind("")
    for endpoint, (what, act) in AGENT_STEPS.items():
        before = written(desk)[what]
        answer = act(on)
        assert ways.match(answer.request.path, method=answer.request.method)[0] == endpoint
        if written(desk)[what] == before:
            missing.append((endpoint, what, answer.status_code))
    assert not missing


def written(desk: Desk) -> Counter[str]:
    """What the audit and all timelines say, and how often."""
    with desk.services.sql.engine.connect() as connection:
        acts = connection.exec_driver_sql("SELECT what FROM audit ORDER BY id").scalars().all()
        notes = connection.exec_driver_sql("SELECT what FROM timeline ORDER BY id").scalars().all()
    return Counter([*acts, *notes])
