"""The one filter every log line passes: no code, secret, address or number of a person gets through."""

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "[hidden]"
_SECRET_WORDS = frozenset({
    "auth", "authorization", "body", "code", "codes", "digits", "passwd", "password", "pin", "pins",
    "receipt", "receipts", "secret", "signature", "token", "tokens",
})  # fmt: skip
_HARMLESS = frozenset({"status_code", "country_code", "calling_code", "error_code"})
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029], " ")
_DEPTH = 6  # nested deeper than this, a value is left out altogether
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MAIL = re.compile(r"[^\s<>\"'(),:;@\[\]]+@(?=[\w.-]*\w)")
_NUMBER = re.compile(r"(\+|%2B)([1-9][0-9])[0-9]{3,11}([0-9]{2})(?![0-9])", re.IGNORECASE)
# Six to eight digits that stand alone are what a code looks like; SIDs, dates and versions do not.
_CODE = re.compile(r"(?<![\w.])[0-9]{6,8}(?![\w-]|\.[0-9])", re.ASCII)
_SPELT = re.compile(
    r"(?<![0-9])[0-9](?:[ ,.]{1,2}[0-9]){5,7}(?![0-9])", re.ASCII
)  # 1, 2, 3, ... as it is read out
_PAIR = re.compile(
    r"(?i)\b([\w-]*(?:digits|code|pin|token|receipt|password|secret|authorization|signature)[\"']?\s*[=:]\s*)"
    r"(?:(?:bearer|basic)\s+)?[^\s&;,)}]+"
)


def redact(_logger: object, _method: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """A structlog processor: the event without what must not be logged.

    Values under a name with a word such as code, digits, token or body go; in every other text, the local
    parts of mail addresses, the middle of phone numbers and what looks like a code, tracebacks included.
    """
    return {_text(str(key)): _entry(str(key), value) for key, value in event.items()}


def is_secret(key: str) -> bool:
    """Whether what stands under this name is never logged: ``Digits``, ``auth_token``, ``X-Signature``."""
    words = {word.lower() for word in _WORDS.findall(key)}
    return not words.isdisjoint(_SECRET_WORDS) and key.lower() not in _HARMLESS


def _entry(key: str, value: object) -> object:
    """A value of the event itself; only a traceback may have several lines, lest a text forge one."""
    if key in {"exception", "stack"}:
        return "\n".join(map(_text, str(value).splitlines()))
    return _value(key, value, _DEPTH)


def _value(key: str, value: object, depth: int) -> object:
    if depth == 0 or (is_secret(key) and value not in (None, "")):
        return HIDDEN
    match value:
        case None | bool() | int() | float():
            return value
        case bytes():
            return _text(value.decode("utf-8", "replace"))
        case Mapping():
            return {_text(str(name)): _value(str(name), item, depth - 1) for name, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_value("", item, depth - 1) for item in value]
        case _:
            return _text(str(value))


def _text(text: str) -> str:
    text = _PAIR.sub(rf"\1{HIDDEN}", text.translate(_CONTROLS))
    text = _MAIL.sub("***@", text)
    text = _NUMBER.sub(r"\1\2***\3", text)
    text = _SPELT.sub(HIDDEN, text)
    return _CODE.sub(HIDDEN, text)
