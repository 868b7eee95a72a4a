"""Whether the carrier sent a webhook: the X-Twilio-Signature check."""

import hmac
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import ParseResult, urlparse

# What ``urlparse(url).geturl()`` gives back unchanged: the addresses we hand out ourselves.
_PLAIN = re.compile(r"(https?)://([A-Za-z0-9.-]+)(:[1-9][0-9]{0,3})?(/[!-\"$-:<->@-~]*(?:\?[!-\"$-~]+)?)")


def signature(token: str, url: str, params: Mapping[str, Sequence[str]]) -> str:
    """Give the signature of a form posted to exactly this URL: base64 HMAC-SHA1 under the account's token.

    The signed text is the URL, then each field's name and value, in order of names; a value given twice
    counts once (https://www.twilio.com/docs/usage/security#validating-requests).
    """
    return _sign(token, url, _flat(params)).decode("ascii")


def is_signed(tokens: Sequence[str], header: str, url: str, params: Mapping[str, Sequence[str]]) -> bool:
    """Say whether ``header`` is the signature under one of the tokens (two while they are rotated).

    ``url`` is the public address the carrier was given; like Twilio's validator it is tried with and without
    the default port, because the carrier signs either. Never raises: an odd header or URL is not signed.
    """
    given = header.encode("utf-8", "surrogatepass")
    flat = _flat(params)
    for variant in _variants(url):
        for token in tokens:
            # An empty token would let anybody sign; a comparison takes the same time wherever it differs.
            if token and hmac.compare_digest(_sign(token, variant, flat), given):
                return True
    return False


def _sign(token: str, url: str, flat: str) -> bytes:
    text = (url + flat).encode("utf-8", "surrogatepass")
    keyed = _keyed(token).copy()
    keyed.update(text)
    return b64encode(keyed.digest())


@lru_cache(maxsize=4)
def _keyed(token: str) -> hmac.HMAC:
    """The HMAC before its text. ``hmac.digest`` would do, but lets other threads in between each time."""
    return hmac.new(token.encode("utf-8", "surrogatepass"), digestmod="sha1")


def _flat(params: Mapping[str, Sequence[str]]) -> str:
    return "".join([_field(name, values) for name, values in sorted(params.items()) if values])


def _field(name: str, values: Sequence[str]) -> str:
    return name + (values[0] if len(values) == 1 else name.join(sorted(set(values))))


def _variants(url: str) -> tuple[str, ...]:
    """Give the URL without and with a port, as Twilio's own validator rebuilds them."""
    plain = _PLAIN.fullmatch(url)
    if plain is None:
        return _odd_variants(url)
    scheme, host, port, rest = plain.groups()
    return f"{scheme}://{host}{rest}", f"{scheme}://{host}{port or _default_port(scheme)}{rest}"


def _odd_variants(url: str) -> tuple[str, ...]:
    try:
        parts = urlparse(url)
        port = parts.port
    except ValueError:
        return ()
    if port:
        return _with_host(parts, parts.netloc.split(":")[0]), parts.geturl()
    return parts.geturl(), _with_host(parts, parts.netloc + _default_port(parts.scheme))


def _with_host(parts: ParseResult, host: str) -> str:
    return parts._replace(netloc=host).geturl()


def _default_port(scheme: str) -> str:
    return ":443" if scheme == "https" else ":80"
