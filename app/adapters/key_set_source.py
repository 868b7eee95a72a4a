"""Fetching the keys another service published."""

import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from app.faults import Fault, FaultCode

SECONDS = 3.0
LARGEST = 64 * 1024  # bytes; a key has about 200


def fetch_key_set(url: str, *, seconds: float = SECONDS) -> bytes:
    """What stands at an address. Redirects are not followed: they may lead to somebody else's keys.

    Args:
        url: http or https, with a host.
        seconds: how long connecting, and how long each read may take.

    Raises:
        Fault: BAD_INPUT, in a sentence that says what was met instead of keys.
    """
    parts = urlsplit(url)
    connection = _connection(parts, seconds)
    try:
        connection.request("GET", parts.path or "/", headers={"Accept": "application/jwk-set+json"})
        with connection.getresponse() as answer:
            text = answer.read(LARGEST + 1)
    except (OSError, HTTPException, UnicodeError) as error:
        raise _bad(f"{url} does not answer ({type(error).__name__})") from error
    finally:
        connection.close()
    if answer.status != 200:
        raise _bad(f"{url} answers {answer.status}; redirects are not followed")
    if len(text) > LARGEST:
        raise _bad(f"What stands at {url} is larger than keys are")
    return text


def issuer_of(url: str) -> str:
    """The service an address belongs to: its scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _connection(parts: SplitResult, seconds: float) -> HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "http":
        return HTTPConnection(host, parts.port, timeout=seconds)
    return HTTPSConnection(host, parts.port, timeout=seconds, context=ssl.create_default_context())


def _bad(what: str) -> Fault:
    return Fault(FaultCode.BAD_INPUT, f"{what}.")
