"""What ``/api/v1/organisations`` takes and gives; the same schemas judge what is sent."""

from app.access.model import Right
from app.verification.model import Role, TrustPolicy
from app.web.api.operation import Operation
from app.web.api.schema import (
    COUNT,
    FLAG,
    INSTANT,
    INSTANT_OR_NONE,
    PAGE,
    TEXT,
    Schema,
    listing,
    page_of,
    text,
    thing,
)

_TAG = "organisations"
_PATH = "/api/v1/organisations/{account}"
_ACCOUNT = {"account": text(12, least=1)}
_MOST_CONTACTS = 200
_MOST_NUMBERS = 1000
_LARGEST = 256 * 1024  # bytes

_CONTACT: Schema = {
    "role": {"type": "string", "enum": [role.value for role in Role]},
    "email": text(254),
    "phone": text(16),
    "phone_can_text": FLAG,
    "language": text(35),
    "confirmed": INSTANT_OR_NONE,
}
_ORGANISATION: Schema = {
    "cloud": text(32),
    "language": text(35),
    "trust_caller_id": {"type": "string", "enum": [policy.value for policy in TrustPolicy]},
    "code_digits": {"type": "integer", "enum": [6, 8]},
    "priority": {"type": "integer", "minimum": 0, "maximum": 9},
    "numbers": listing(text(17, least=1), maxItems=_MOST_NUMBERS),
}
_NAMED: Schema = {"name": text(100, least=1)}
_PUT = thing(
    {
        "source": text(60, least=1),
        **_NAMED,
        "country": text(2, least=2),
        "contacts": listing(thing({**_NAMED, "role": _CONTACT["role"]}, _CONTACT), maxItems=_MOST_CONTACTS),
    },
    _ORGANISATION,
)
_SAID: Schema = {"source": TEXT, "source_confirmed_at": INSTANT_OR_NONE}
_SHOWN_CONTACT = thing(
    {
        "name": TEXT,
        "role": TEXT,
        "email": TEXT,
        "phone": TEXT,
        "phone_can_text": FLAG,
        "language": TEXT,
        "confirmed": INSTANT_OR_NONE,
        "email_confirmed": INSTANT_OR_NONE,
        "phone_confirmed": INSTANT_OR_NONE,
        "switched_off": FLAG,
        **_SAID,
    }
)
_OWN: Schema = {"account_number": TEXT, "name": TEXT, "country": TEXT, "trust_caller_id": TEXT}
_SHOWN = thing(
    {
        **_OWN,
        "cloud": TEXT,
        "language": TEXT,
        "code_digits": COUNT,
        "priority": COUNT,
        "numbers": listing(TEXT),
        "updated_at": INSTANT,
        **_SAID,
        "contacts": listing(_SHOWN_CONTACT),
    }
)
_STORED = thing(
    {"result": {"type": "string", "enum": ["added", "changed", "unchanged"]}, "organisation": _SHOWN}
)

LISTED = Operation(
    "listOrganisations",
    "GET",
    "/api/v1/organisations",
    "Organisations by name, or those a search finds: name, account, number, a contact's name or address.",
    _TAG,
    Right.VIEW,
    page_of("organisations", thing({**_OWN, "contacts": COUNT, **_SAID})),
    query={"q": text(200), **PAGE},
)
ONE = Operation(
    "showOrganisation",
    "GET",
    _PATH,
    "One organisation with its contacts, and when its source last confirmed each.",
    _TAG,
    Right.VIEW,
    _SHOWN,
    places=_ACCOUNT,
)
STORED = Operation(
    "putOrganisation",
    "PUT",
    _PATH,
    "Make an organisation and its contacts equal to what a directory says; the same again changes nothing, "
    "and confirms each record anew.",
    _TAG,
    Right.EDIT,
    _STORED,
    places=_ACCOUNT,
    body=_PUT,
    largest=_LARGEST,
    others={201: ("The organisation was added.", _STORED)},
)
OPERATIONS = (LISTED, ONE, STORED)
