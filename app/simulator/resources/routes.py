"""Which request is answered by what."""

import re
from collections.abc import Callable

from app.simulator.refused import Refused
from app.simulator.resources import calls, conferences, members, messages, numbers, participants, queues
from app.simulator.resources.asked import Answer, Asked

Route = Callable[[Asked], Answer]
_ROUTES: dict[tuple[str, str], Route] = {
    ("POST", "Calls"): calls.create,
    ("GET", "Calls"): calls.list_all,
    ("GET", "Calls/{Sid}"): calls.fetch,
    ("POST", "Calls/{Sid}"): calls.update,
    ("POST", "Queues"): queues.create,
    ("GET", "Queues"): queues.list_all,
    ("GET", "Queues/{Sid}"): queues.fetch,
    ("POST", "Queues/{Sid}"): queues.update,
    ("DELETE", "Queues/{Sid}"): queues.delete,
    ("GET", "Queues/{QueueSid}/Members"): members.list_all,
    ("GET", "Queues/{QueueSid}/Members/{CallSid}"): members.fetch,
    ("POST", "Queues/{QueueSid}/Members/{CallSid}"): members.update,
    ("POST", "Messages"): messages.create,
    ("GET", "Conferences"): conferences.list_all,
    ("GET", "Conferences/{Sid}"): conferences.fetch,
    ("POST", "Conferences/{Sid}"): conferences.update,
    ("GET", "Conferences/{ConferenceSid}/Participants"): participants.list_all,
    ("GET", "Conferences/{ConferenceSid}/Participants/{CallSid}"): participants.fetch,
    ("POST", "Conferences/{ConferenceSid}/Participants/{CallSid}"): participants.update,
    ("DELETE", "Conferences/{ConferenceSid}/Participants/{CallSid}"): participants.delete,
    ("POST", "IncomingPhoneNumbers"): numbers.create,
    ("GET", "IncomingPhoneNumbers"): numbers.list_all,
    ("GET", "IncomingPhoneNumbers/{Sid}"): numbers.fetch,
    ("POST", "IncomingPhoneNumbers/{Sid}"): numbers.update,
}
_PATTERNS = [
    (
        method,
        re.compile("/[^/]+/Accounts/[^/]+/" + re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", path) + r"\.json"),
        route,
    )
    for (method, path), route in _ROUTES.items()
]


def route_of(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """What answers a request, and the parameters in its path; raises ``Refused`` for others."""
    for verb, pattern, route in _PATTERNS:
        found = pattern.fullmatch(path) if verb == method else None
        if found is not None:
            return route, found.groupdict()
    raise Refused(f"{method} {path} is not simulated", 20004)
