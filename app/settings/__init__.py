"""Settings: read once from the environment, every fault reported together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Self

from app.faults import Fault, FaultCode
from app.settings.names import NAMES, Name

__all__ = ["NAMES", "Environment", "Settings"]


class Environment(StrEnum):
    """``CALLGATE_ENV``."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service was told. Whatever is or may hold a secret is left out of ``repr``.

    In development ``secret_key``, ``pin_keys`` and ``receipt_keys`` may be empty (see ``with_secrets``),
    ``redis_url`` empty means the embedded server, ``smtp_url`` and ``sms_from`` empty mean the development
    outbox.
    """

    environment: Environment
    public_url: str  # without a trailing slash
    secret_key: str = field(repr=False)
    pin_keys: str = field(repr=False)  # id:base64,...; checked
    receipt_keys: str = field(repr=False)  # id:base64,...; checked
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    twilio_account_sid: str
    twilio_auth_tokens: tuple[str, ...] = field(repr=False)  # the current, then the next
    twilio_api_url: str  # without a trailing slash
    sms_from: str
    smtp_url: str = field(repr=False)
    mail_from: str
    code_digits: int  # the least
    send_countries: frozenset[str] | None  # ISO 3166-1 alpha-2; None: every one
    sends_per_day: int
    transfer_countries: frozenset[str] | None  # ISO 3166-1 alpha-2; None: every one
    proxy_hops: int
    var: Path

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """The settings of an environment, blanks around values removed; an empty one counts as not given.

        Raises:
            Fault: SETTINGS, one sentence that names everything missing or wrong; it repeats no value.
        """
        given = {name: text.strip() for name, text in environ.items()}
        faults: list[str] = []
        production = given.get("CALLGATE_ENV") == Environment.PRODUCTION
        values = {name.name: _value(name, given, faults, production=production) for name in NAMES}
        if faults:
            raise Fault(FaultCode.SETTINGS, f"Settings: {'; '.join(faults)}.")
        var = Path(values["CALLGATE_VAR"])
        return cls(
            environment=Environment(values["CALLGATE_ENV"]),
            public_url=values["PUBLIC_URL"],
            secret_key=values["SECRET_KEY"],
            pin_keys=values["PIN_KEYS"],
            receipt_keys=values["RECEIPT_KEYS"],
            database_url=values["DATABASE_URL"] or f"sqlite:///{var / 'callgate.db'}",
            redis_url=values["REDIS_URL"],
            twilio_account_sid=values["TWILIO_ACCOUNT_SID"],
            twilio_auth_tokens=_listed(values["TWILIO_AUTH_TOKEN"]),
            twilio_api_url=values["TWILIO_API_URL"],
            sms_from=values["SMS_FROM"],
            smtp_url=values["SMTP_URL"],
            mail_from=values["MAIL_FROM"],
            code_digits=int(values["CODE_DIGITS"]),
            send_countries=frozenset(_listed(values["SEND_COUNTRIES"])) or None,
            sends_per_day=int(values["SENDS_PER_DAY"]),
            transfer_countries=frozenset(_listed(values["TRANSFER_COUNTRIES"])) or None,
            proxy_hops=int(values["PROXY_HOPS"]),
            var=var,
        )

    @property
    def production(self) -> bool:
        """Whether nothing may be assumed or shown."""
        return self.environment is Environment.PRODUCTION

    def with_secrets(self, *, secret_key: str, pin_keys: str, receipt_keys: str) -> Self:
        """The same settings, secrets that were not given filled with these."""
        return replace(
            self,
            secret_key=self.secret_key or secret_key,
            pin_keys=self.pin_keys or pin_keys,
            receipt_keys=self.receipt_keys or receipt_keys,
        )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _value(name: Name, given: Mapping[str, str], faults: list[str], *, production: bool) -> str:
    """The value of one name, or its default; what is wrong with it is added to ``faults``."""
    value = given.get(name.name, "")
    if not value:
        if production and not name.always and not name.optional:
            faults.append(f"{name.name} is not set")
        return name.always or name.development
    wrong = name.check(value) or (name.strict(value) if production else "")
    if wrong:
        faults.append(f"{name.name} {wrong}")
    return value
