"""Numbers with words: what the browser phone's caller may dial, and whose telephones ring."""

from collections.abc import Mapping, Sequence

from app.factory.services import Services
from routing.compiled import RoutingTable
from routing.table import Line
from routing.targets import NUMBER, destinations


def dialled_lines(table: RoutingTable) -> Sequence[tuple[str, str]]:
    """Every line with a number, by the name of the first of its countries."""
    named = {territory.key: territory.name for territory in table.document.territories}
    found = {line.number: _words(line, named) for line in table.document.lines if line.number}
    return sorted(found.items(), key=lambda pair: (pair[1], pair[0]))


def names(services: Services) -> Mapping[str, str]:
    """Whose each telephone is: the queue that rings there, or the agent who is reached there."""
    queues = services.tables.current().document.queues
    found = {
        address.removeprefix(NUMBER): queue.name for queue in queues for _, address in destinations(queue)
    }
    agents = services.handover.stores.agents.listed()
    return found | {one.reach.removeprefix(NUMBER): one.name for one in agents if one.reach}


def _words(line: Line, named: Mapping[str, str]) -> str:
    where = ", ".join(named.get(key, key) for key in line.territories[:3])
    more = "…" if len(line.territories) > 3 else ""
    beside = ", ".join(part for part in (line.cloud, line.variant) if part)
    return f"{where}{more}: {line.number}{f' ({beside})' if beside else ''}"
