"""One request to the REST API, as the resources read it."""

from dataclasses import dataclass
from typing import Any

from app.simulator.exchange import Exchange
from app.simulator.refused import Refused

Payload = dict[str, Any]
Answer = tuple[int, Payload]
VERSION = "2010-04-01"


@dataclass(frozen=True, slots=True)
class Asked:
    """``path`` has no query, ``names`` are the parameters in it; ``form``: the body's or query's fields."""

    exchange: Exchange
    account: str
    path: str
    names: dict[str, str]
    form: list[tuple[str, str]]

    def get(self, name: str, default: str = "") -> str:
        """A field's (first) value."""
        return next((value for key, value in self.form if key == name), default)

    def has(self, name: str) -> bool:
        """Whether a field was given, be it empty."""
        return any(key == name for key, _ in self.form)

    def boolean(self, name: str) -> bool | None:
        """A field that is true or false; None: not given."""
        return self.get(name) == "true" if self.has(name) else None

    def uri(self, rest: str) -> str:
        """A resource's uri, relative to the API's host."""
        return f"/{VERSION}/Accounts/{self.account}/{rest}.json"

    def not_found(self) -> Refused:
        """There is no such resource."""
        return Refused(f"The requested resource {self.path} was not found", 20404)
