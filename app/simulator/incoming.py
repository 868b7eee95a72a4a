"""A call to one of the account's numbers: which URLs are asked about it."""

from collections.abc import Callable
from urllib.parse import urljoin

from app.simulator.leg import Leg
from app.simulator.progress import END, Progress
from app.simulator.webhooks import Document


def asks_about(leg: Leg) -> Callable[[], Document]:
    """Set the leg's fallback and status callback; gives how its first document is had.

    They are the number's own where the REST API set a VoiceUrl, else the account's.
    """
    account = leg.exchange.webhooks.account
    number = leg.exchange.number(leg.called)
    if number is None or not number.get("VoiceUrl"):
        leg.fallback = _absolute(account.public_url, account.fallback)
        leg.progress = Progress(_absolute(account.public_url, account.status))
        return lambda: leg.fetch(account.voice)
    leg.fallback, leg.fallback_method = (
        number.get("VoiceFallbackUrl"),
        number.get("VoiceFallbackMethod", "POST"),
    )
    told = number.get("StatusCallback")
    leg.progress = Progress(told, frozenset({END}), number.get("StatusCallbackMethod", "POST"))
    url, method = number.get("VoiceUrl"), number.get("VoiceMethod", "POST")
    return lambda: leg.fetch(url, "", method)


def _absolute(base: str, path: str) -> str:
    return urljoin(base, path) if path else ""
