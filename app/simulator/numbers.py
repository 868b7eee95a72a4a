"""A phone number of the carrier's account, and what is set for it."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True, eq=False)
class Number:
    """``phone`` is E.164; ``fields`` are the REST API's, by their names there (VoiceUrl, ...)."""

    sid: str
    phone: str
    created: datetime
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the account's owner calls it, else the number itself."""
        return self.fields.get("FriendlyName") or self.phone

    def get(self, field_name: str, default: str = "") -> str:
        """What a field is set to."""
        return self.fields.get(field_name) or default
