"""Requests to the carrier's REST API, held against its published description."""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from app.simulator import twiml
from app.simulator.api import Operation, Shape, operations
from app.simulator.refused import Refused

LONGEST_MESSAGE = 1600  # characters, twilio.com/docs/api/errors/21617
LONGEST_TWIML = 4000  # characters of a Calls request's Twiml
_E164 = r"\+[1-9][0-9]{6,14}"
_FORMATS = {
    "phone-number": re.compile(rf"(whatsapp:)?{_E164}|[0-9]{{3,8}}|(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{{1,11}}"),
    "endpoint": re.compile(rf"{_E164}|client:\S+|sips?:[^\s@]+@\S+"),
}
_TYPES = {
    "integer": re.compile("-?[0-9]+"),
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    "boolean": re.compile("true|false"),
}
_MISSING = {"To": 21201, "From": 21213}
_WRONG = {"To": 21211, "From": 21212, "Url": 21205}


def check_request(method: str, path: str, form: Sequence[tuple[str, str]]) -> None:
    """Raise ``Refused`` unless Twilio's REST API would take the request.

    ``path`` begins with ``/2010-04-01`` and has no query; ``form`` holds the fields of the body, of a GET
    the query's. A field the description does not know is refused, though Twilio ignores it: it is a slip.
    """
    operation = _operation(method, path)
    given: dict[str, list[str]] = {}
    for name, value in form:
        given.setdefault(name, []).append(value)
    for name, values in given.items():
        if name not in operation.fields:
            raise Refused(f"{method} {path} has no parameter {name}")
        _check_field(name, operation.fields[name], values)
    for name in sorted(operation.required - given.keys()):
        raise Refused(f"{method} {path} needs {name}", _MISSING.get(name, 20001))
    _check_together(method, path, {name: values[0] for name, values in given.items()})


def _operation(method: str, path: str) -> Operation:
    known = False
    for operation in operations():
        found = operation.path.fullmatch(path)
        if found is None:
            continue
        known = True
        if operation.method == method and _fits_path(operation, found):
            return operation
    raise Refused(f"{method} {path}", 20004 if known else 20404)


def _fits_path(operation: Operation, found: re.Match[str]) -> bool:
    return all(
        re.fullmatch(operation.in_path.get(name, {}).get("pattern", ".*"), value)
        for name, value in found.groupdict().items()
    )


def _check_field(name: str, shape: Shape, values: list[str]) -> None:
    if shape.get("type") == "array":
        shape = shape["items"]
    elif len(values) > 1:
        raise Refused(f"{name} is given {len(values)} times")
    for value in values:
        fault = _fault(shape, value)
        if fault:
            raise Refused(f"{name}={value[:60]!r} {fault}", _WRONG.get(name, 20001))


def _fault(shape: Shape, value: str) -> str:
    if "enum" in shape and value not in shape["enum"]:
        return f"is none of {', '.join(shape['enum'])}"
    pattern = _TYPES.get(shape.get("type", ""))
    if pattern is not None and not pattern.fullmatch(value):
        return f"is no {shape['type']}"
    if "pattern" in shape and not re.fullmatch(shape["pattern"], value):
        return f"does not match {shape['pattern']}"
    return "" if _fits_format(shape.get("format", ""), value) else f"is no {shape['format']}"


def _fits_format(name: str, value: str) -> bool:
    if name in _FORMATS:
        return _FORMATS[name].fullmatch(value) is not None
    if name == "uri":
        return _is_absolute(value)
    if name in ("date-time", "date"):
        return _is_instant(value)
    if name == "twiml":
        twiml.parse(value.encode(), "text/xml")
    return True


def _is_absolute(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", value)


def _is_instant(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _check_together(method: str, path: str, given: dict[str, str]) -> None:
    """What the description cannot say: one of several fields, and how much text."""
    if method != "POST":
        return
    if path.endswith("/Messages.json"):
        if not re.fullmatch(rf"(whatsapp:)?{_E164}", given["To"]):
            raise Refused(f"To={given['To'][:60]!r} is no E.164 number", 21211)  # a sender may be a name
        if not given.keys() & {"From", "MessagingServiceSid"}:
            raise Refused("a message needs From or MessagingServiceSid", 21603)
        if not given.keys() & {"Body", "MediaUrl", "ContentSid"} or given.get("Body") == "":
            raise Refused("a message needs Body, MediaUrl or ContentSid", 21602)
        if len(given.get("Body", "")) > LONGEST_MESSAGE:
            raise Refused(f"the body has {len(given['Body'])} characters; at most {LONGEST_MESSAGE}", 21617)
    elif path.endswith("/Calls.json"):
        if not given.keys() & {"Url", "Twiml", "ApplicationSid"}:
            raise Refused("a call needs Url, Twiml or ApplicationSid", 21205)
        if len(given.get("Twiml", "")) > LONGEST_TWIML:
            raise Refused(f"Twiml has {len(given['Twiml'])} characters; at most {LONGEST_TWIML}")
