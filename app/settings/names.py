"""The names a setting is read from, in the order they are documented, with what each must be."""

from collections.abc import Callable
from dataclasses import dataclass

from app.settings import checks, development

Check = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Name:
    """One setting: what it means, its defaults, and what would be wrong with a value."""

    name: str
    meaning: str
    development: str = ""
    always: str = ""  # the default in production, too
    check: Check = checks.anything
    strict: Check = checks.anything  # production only
    optional: bool = False  # may be empty in production, too


NAMES = (
    Name(
        "CALLGATE_ENV",
        "development or production; in production nothing below is assumed",
        always="development",
        check=checks.environment,
    ),
    Name(
        "PUBLIC_URL",
        "the address the carrier reaches this service at; signatures are checked against it",
        development="http://127.0.0.1:8000",
        check=checks.without_path,
        strict=checks.over_tls,
    ),
    Name("SECRET_KEY", "signs what leaves this service", strict=checks.secret),
    Name(
        "PIN_KEYS",
        "the keys codes are derived from, id:base64,...; the first signs",
        check=checks.pin_keys,
        strict=checks.varied_keys,
    ),
    Name(
        "RECEIPT_KEYS",
        "the keys receipts are signed with, id:base64,...; the first signs, all are published",
        check=checks.receipt_keys,
        strict=checks.varied_keys,
    ),
    Name("DATABASE_URL", "sqlite:///FILE or postgresql://...", check=checks.database_address),
    Name("REDIS_URL", "the running calls: redis://, rediss:// or unix://", check=checks.redis_address),
    Name(
        "TWILIO_ACCOUNT_SID",
        "the carrier account whose calls are answered",
        development=development.ACCOUNT_SID,
        check=checks.account_sid,
        strict=checks.own_account_sid,
    ),
    Name(
        "TWILIO_AUTH_TOKEN",
        "its token; during a rotation the current, a comma, the next",
        development=development.AUTH_TOKEN,
        check=checks.auth_tokens,
        strict=checks.strong_auth_tokens,
    ),
    Name(
        "TWILIO_API_URL",
        "where texts, calls and conferences are asked for",
        always="https://api.twilio.com",
        check=checks.web_address,
        strict=checks.over_tls_or_here,
    ),
    Name(
        "SMS_FROM",
        "the number texts, code calls and calls to agents and callers come from, E.164",
        check=checks.phone_number,
    ),
    Name(
        "SMTP_URL", "smtp://, smtp+starttls:// or smtps://USER:PASSWORD@HOST:PORT", check=checks.mail_server
    ),
    Name(
        "MAIL_FROM",
        "the sender of mails",
        development="Callgate <callgate@localhost>",
        check=checks.mail_sender,
    ),
    Name(
        "CODE_DIGITS",
        "the least digits of a code: 6, or 8 while failures are far above the day's norm",
        always="6",
        check=checks.code_digits,
    ),
    Name(
        "SEND_COUNTRIES",
        "the countries texts, code calls and call backs may go to, as in IT,FR; empty: every one",
        check=checks.countries,
        optional=True,
    ),
    Name(
        "SENDS_PER_DAY",
        "texts and code calls of all organisations together, in any 24 hours",
        always="1000",
        check=checks.count,
    ),
    Name(
        "TRANSFER_COUNTRIES",
        "the countries whose numbers queues, agents and interpreters may have, as in IT,FR; empty: every one",
        check=checks.countries,
        optional=True,
    ),
    Name(
        "PROXY_HOPS",
        "proxies in front that add the reader's address to X-Forwarded-For; pages only, never webhooks",
        always="0",
        check=checks.count,
    ),
    Name("CALLGATE_VAR", "the folder for what development keeps", always="var"),
)
