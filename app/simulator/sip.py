"""SIP URIs and the headers that may stand in them (twilio.com/docs/voice/twiml/sip#custom-headers)."""

import re
from urllib.parse import parse_qsl

from app.simulator.refused import Refused

LONGEST_URI = 254  # characters, without the headers
LONGEST_HEADERS = 1023  # characters, as they are written in the URI
# Besides those that begin with X-, whatever the case.
_STANDARD = frozenset({"user-to-user", "remote-party-id", "p-preferred-identity", "p-called-party-id"})


def without_headers(address: str) -> str:
    """``sip:ana@desk.example`` of ``sip:ana@desk.example?X-Name=value``; a number as it is."""
    return address.partition("?")[0] if is_sip(address) else address


def address_of(address: str) -> str:
    """Where an address leads: without headers and parameters (``;transport=tls``)."""
    return without_headers(address).partition(";")[0] if is_sip(address) else address


def is_sip(address: str) -> bool:
    """Whether it is a SIP URI."""
    return address.startswith(("sip:", "sips:"))


def sip_headers(address: str) -> dict[str, str]:
    """The headers in a SIP URI, decoded; none in a number."""
    written = address.partition("?")[2] if is_sip(address) else ""
    return dict(parse_qsl(written, keep_blank_values=True))


def check_sip(address: str, code: int) -> None:
    """Raise ``Refused`` with ``code`` for a SIP URI that Twilio does not dial."""
    if not is_sip(address):
        return
    uri, _, written = address.partition("?")
    if not re.fullmatch(r"sips?:[^\s@<>]+@[^\s@<>]+", uri):
        raise Refused(f"{uri[:60]!r} is not a SIP URI", code)
    if len(uri) > LONGEST_URI:
        raise Refused(f"the SIP URI has {len(uri)} characters; at most {LONGEST_URI}", code)
    if len(written) > LONGEST_HEADERS:
        raise Refused(f"the SIP headers have {len(written)} characters; at most {LONGEST_HEADERS}", code)
    for name in sip_headers(address):
        if not name.lower().startswith("x-") and name.lower() not in _STANDARD:
            raise Refused(f"the SIP header {name[:60]!r} does not begin with X-", code)
