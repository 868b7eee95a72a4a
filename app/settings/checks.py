"""What is wrong with a setting's text: each check gives words that follow the name, or "" when it is well.

No check ever repeats the value: it may be a secret.
"""

import base64
import re
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from app.faults import Fault
from app.settings import development
from app.verification.code import Keys
from app.verification.receipt_keys import ReceiptKeys

SECRET_LENGTH = 32  # characters; 128 bits even when each is a hexadecimal digit
DISTINCT = 8  # different characters a secret has at least; a random hexadecimal one of 32 has about 14
_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_ACCOUNT_SID = re.compile(r"AC[0-9a-fA-F]{32}", re.ASCII)  # as Twilio's API description has it
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,9}", re.ASCII)
_PRINTABLE = re.compile(r"[\x21-\x7e]+", re.ASCII)
_SAMPLES = ("changeme", "change-me", "change_me", "password", development.AUTH_TOKEN)


def anything(text: str) -> str:
    """Every text is well."""
    return "" if text.isprintable() else "must not hold control characters"


def environment(text: str) -> str:
    """One of the two there are."""
    return "" if text in {"development", "production"} else "must be development or production"


def web_address(text: str) -> str:
    """An http or https address of a host, without what a path cannot follow."""
    url = _split(text)
    if url is None or url.scheme not in {"http", "https"} or not url.hostname:
        return "must be an address such as https://phone.example.com"
    if text.endswith("/"):
        return "must not end with a slash"
    if url.query or url.fragment or "?" in text or "#" in text:
        return "must not have a query or a fragment"
    return "must not have a user name" if "@" in url.netloc else ""


def without_path(text: str) -> str:
    """An address of a host alone: the links handed out start at its root."""
    url = _split(text)
    return web_address(text) or ("must not have a path" if url is not None and url.path else "")


def over_tls(text: str) -> str:
    """An https address."""
    return "" if text.startswith("https://") else "must start with https:// in production"


def over_tls_or_here(text: str) -> str:
    """An https address, or one of this very machine."""
    url = _split(text)
    return "" if url is not None and _is_loopback(url.hostname or "") else over_tls(text)


def secret(text: str) -> str:
    """A secret long and varied enough to be a random one."""
    if len(text) < SECRET_LENGTH:
        return f"must be random and at least {SECRET_LENGTH} characters long"
    return _weak(text)


def pin_keys(text: str) -> str:
    """``id:base64,...``: named keys of 32 bytes or more; the first signs, the others are still known."""
    try:
        Keys.parse(text)
    except Fault as fault:
        return fault.sentence.removeprefix("PIN_KEYS: ").rstrip(".")
    return ""


def receipt_keys(text: str) -> str:
    """``id:base64,...``: named private keys of P-256; the first signs, the others are still published."""
    try:
        ReceiptKeys.parse(text)
    except Fault as fault:
        return fault.sentence.removeprefix("RECEIPT_KEYS: ").rstrip(".")
    return ""


def varied_keys(text: str) -> str:
    """Keys that may be random ones, no two the same."""
    keys = [base64.b64decode(part.partition(":")[2]) for part in text.split(",")]
    if len(set(keys)) < len(keys):
        return "must not hold the same key twice"
    return "" if all(len(set(key)) >= DISTINCT for key in keys) else "must hold random keys"


def database_address(text: str) -> str:
    """An address SQLAlchemy opens with the drivers that come with this product."""
    schemes = ("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")
    return "" if text.startswith(schemes) else "must start with sqlite:/// or postgresql://"


def redis_address(text: str) -> str:
    """An address of Redis or Valkey, plain, over TLS or at a Unix socket."""
    url = _split(text)
    well = url is not None and (
        (url.scheme in {"redis", "rediss"} and bool(url.hostname))
        or (url.scheme == "unix" and bool(url.path))
    )
    return "" if well else "must start with redis://, rediss:// or unix://"


def account_sid(text: str) -> str:
    """A Twilio account's SID."""
    return "" if _ACCOUNT_SID.fullmatch(text) else "must be AC and 32 hexadecimal digits"


def own_account_sid(text: str) -> str:
    """Not the one everybody has in development."""
    return "must be your own account's, not development's" if text == development.ACCOUNT_SID else ""


def auth_tokens(text: str) -> str:
    """One token, or the present one and the next, separated by a comma."""
    tokens = [token.strip() for token in text.split(",")]
    well = len(tokens) <= 2 and all(_PRINTABLE.fullmatch(token) for token in tokens)
    return "" if well else "must be one token, or the current and the next separated by a comma"


def strong_auth_tokens(text: str) -> str:
    """Tokens as long and varied as Twilio's own, which are 32 hexadecimal digits."""
    return next(filter(None, (secret(token.strip()) for token in text.split(","))), "")


def phone_number(text: str) -> str:
    """An E.164 number."""
    return "" if _E164.fullmatch(text) else "must be a number such as +12025550142"


def mail_server(text: str) -> str:
    """``smtp://``, ``smtp+starttls://`` or ``smtps://``, with user and password where the server asks."""
    url = _split(text)
    if url is None or url.scheme not in {"smtp", "smtps", "smtp+starttls"} or not url.hostname:
        return "must start with smtp://, smtp+starttls:// or smtps:// and name a host"
    return "" if url.path in {"", "/"} and not url.query else "must not have a path or a query"


def mail_sender(text: str) -> str:
    """An address, with or without a name: ``Support <support@example.com>``."""
    name, address = parseaddr(text)
    try:
        Address(display_name=name, addr_spec=address)
    except (HeaderParseError, ValueError, IndexError, AttributeError):
        address = ""
    well = text.isprintable() and address.count("@") == 1 and not address.startswith("@")
    return "" if well and not address.endswith("@") else "must be an address such as support@example.com"


def code_digits(text: str) -> str:
    """How long a code may be."""
    return "" if text in {"6", "8"} else "must be 6 or 8"


def countries(text: str) -> str:
    """ISO 3166-1 alpha-2 codes, separated by commas."""
    well = all(_COUNTRY.fullmatch(country.strip()) for country in text.split(","))
    return "" if well else "must be countries such as IT,FR"


def count(text: str) -> str:
    """A whole number from 0."""
    return "" if _COUNT.fullmatch(text) else "must be a whole number"


def _weak(text: str) -> str:
    known = any(sample in text.lower() for sample in _SAMPLES)
    return "must be random, not a sample" if known or len(set(text)) < DISTINCT else ""


def _split(text: str) -> SplitResult | None:
    """The parts of an address; None when it cannot be one, its port included."""
    try:
        url = urlsplit(text)
        in_range = url.port is None or url.port > 0
    except ValueError:
        return None
    well = in_range and text.isprintable() and " " not in text and unquote(url.hostname or "").isprintable()
    return url if well else None


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
