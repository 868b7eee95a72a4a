import base64
import re
from pathlib import Path

import pytest

from app.faults import Fault, FaultCode
from app.settings import NAMES, Environment, Settings
from app.verification.code import Keys
from app.verification.receipt_keys import ReceiptKeys

TOKEN = "5f0c9e1b7a2d4836"
SECRET = "r8Vn2Qx7Lk4Tz9Wc5Yb1Hd6Jf3Mg0Ps-"
PIN_KEY = base64.b64encode(bytes(range(32))).decode()
OTHER_PIN_KEY = base64.b64encode(bytes(range(32, 64))).decode()
RECEIPT_KEY = base64.b64encode(bytes(range(64, 96))).decode()
OTHER_RECEIPT_KEY = base64.b64encode(bytes(range(96, 128))).decode()
PRODUCTION = {
    "CALLGATE_ENV": "production",
    "PUBLIC_URL": "https://phone.example.com",
    "SECRET_KEY": SECRET,
    "PIN_KEYS": f"a:{PIN_KEY},b:{OTHER_PIN_KEY}",
    "RECEIPT_KEYS": f"a:{RECEIPT_KEY},b:{OTHER_RECEIPT_KEY}",
    "DATABASE_URL": "postgresql://callgate:hush-db@db.example.com/callgate",
    "REDIS_URL": "rediss://:hush-redis@redis.example.com:6380/0",
    "TWILIO_ACCOUNT_SID": "AC0123456789abcdef0123456789abcdef",
    "TWILIO_AUTH_TOKEN": TOKEN * 2,
    "SMS_FROM": "+12025550142",
    "SMTP_URL": "smtp+starttls://user:hush-mail@mail.example.com:587",
    "MAIL_FROM": "Support <support@example.com>",
}


def refusal(**changes: str) -> str:
    with pytest.raises(Fault) as caught:
        Settings.from_env({**PRODUCTION, **changes})
    assert caught.value.code is FaultCode.SETTINGS
    return caught.value.sentence


def test_development_needs_nothing() -> None:
    """Without any variable the settings are development's, with sensible defaults under var."""
    settings = Settings.from_env({})
    assert settings.environment is Environment.DEVELOPMENT
    assert not settings.production
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.database_url == "sqlite:///var/callgate.db"
    assert settings.twilio_api_url == "https://api.twilio.com"
    assert settings.var == Path("var")
    assert re.fullmatch("AC[0-9a-f]{32}", settings.twilio_account_sid)
    assert settings.twilio_auth_tokens
    given_later = (
        settings.secret_key,
        settings.pin_keys,
        settings.receipt_keys,
        settings.redis_url,
        settings.smtp_url,
        settings.sms_from,
    )
    assert given_later == ("",) * 6


def test_folder_of_development_moves_its_database() -> None:
    """CALLGATE_VAR moves the default database."""
    assert Settings.from_env({"CALLGATE_VAR": "/srv/x"}).database_url == "sqlite:////srv/x/callgate.db"


def test_production_reads_every_name() -> None:
    """A production environment with every name set is taken as it stands, tokens and keys in their order."""
    settings = Settings.from_env({**PRODUCTION, "TWILIO_AUTH_TOKEN": f"{TOKEN * 2} , {TOKEN[::-1] * 2}"})
    assert settings.production
    assert settings.twilio_auth_tokens == (TOKEN * 2, TOKEN[::-1] * 2)
    assert Keys.parse(settings.pin_keys).signing == "a"
    assert ReceiptKeys.parse(settings.receipt_keys).signing == "a"
    assert settings.sms_from == "+12025550142"
    assert settings.database_url == PRODUCTION["DATABASE_URL"]


def test_sending_is_limited_by_settings() -> None:
    """Countries, budget and the length of codes are read; by default every country may be sent to."""
    settings = Settings.from_env({"SEND_COUNTRIES": "IT, FR", "SENDS_PER_DAY": "50", "CODE_DIGITS": "8"})
    assert (settings.send_countries, settings.sends_per_day, settings.code_digits) == (
        frozenset({"IT", "FR"}),
        50,
        8,
    )
    assert Settings.from_env({}).send_countries is None


def test_production_names_all_that_is_missing_at_once() -> None:
    """An empty production environment is refused in one sentence that names every missing setting."""
    with pytest.raises(Fault) as caught:
        Settings.from_env({"CALLGATE_ENV": "production"})
    for name in NAMES:
        assert (f"{name.name} is not set" in caught.value.sentence) == (not name.always and not name.optional)


def test_missing_and_bad_are_reported_together() -> None:
    """What is missing and what is wrong stand in the same sentence, each once."""
    sentence = refusal(PUBLIC_URL="http://phone.example.com", SECRET_KEY="", MAIL_FROM="nobody")
    assert "PUBLIC_URL must start with https://" in sentence
    assert "SECRET_KEY is not set" in sentence
    assert sentence.count("MAIL_FROM") == 1
    assert sentence.count("SECRET_KEY") == 1


def test_unknown_environment_is_refused() -> None:
    """CALLGATE_ENV is development or production, nothing else."""
    assert "CALLGATE_ENV" in refusal(CALLGATE_ENV="staging")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "https://phone.example.com/"),
        ("PUBLIC_URL", "https://phone.example.com?x=1"),
        ("PUBLIC_URL", "https://example.com/phone"),
        ("PUBLIC_URL", "https://phone.example.com?"),
        ("PUBLIC_URL", "https://phone.example.com#x"),
        ("PUBLIC_URL", "https://user@phone.example.com"),
        ("PUBLIC_URL", "https://phone.example.com:99999"),
        ("PUBLIC_URL", "https://[::1"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "phone.example.com"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 64),
        ("SECRET_KEY", f"changeme{SECRET}"),
        ("PIN_KEYS", PIN_KEY),
        ("PIN_KEYS", "a:notbase64!"),
        ("PIN_KEYS", f"a:{base64.b64encode(b'0123456789abcdef').decode()}"),
        ("PIN_KEYS", f"a:{base64.b64encode(bytes(32)).decode()}"),
        ("PIN_KEYS", f"a:{PIN_KEY},a:{OTHER_PIN_KEY}"),
        ("PIN_KEYS", f"a:{PIN_KEY},b:{PIN_KEY}"),
        ("RECEIPT_KEYS", RECEIPT_KEY),
        ("RECEIPT_KEYS", "a:notbase64!"),
        ("RECEIPT_KEYS", f"a:{base64.b64encode(bytes(range(31))).decode()}"),
        ("RECEIPT_KEYS", f"a:{base64.b64encode(bytes(range(33))).decode()}"),
        ("RECEIPT_KEYS", f"a:{base64.b64encode(bytes(32)).decode()}"),
        ("RECEIPT_KEYS", f"a:{base64.b64encode(bytes([255] * 32)).decode()}"),
        ("RECEIPT_KEYS", f"a:{base64.b64encode(bytes([7] * 32)).decode()}"),
        ("RECEIPT_KEYS", f"a:{RECEIPT_KEY},a:{OTHER_RECEIPT_KEY}"),
        ("RECEIPT_KEYS", f"a:{RECEIPT_KEY},b:{RECEIPT_KEY}"),
        ("DATABASE_URL", "mysql://db.example.com/callgate"),
        ("REDIS_URL", "http://redis.example.com"),
        ("REDIS_URL", "redis://"),
        ("TWILIO_ACCOUNT_SID", "AC123"),
        ("TWILIO_ACCOUNT_SID", "AC" + "G" * 32),
        ("TWILIO_AUTH_TOKEN", "short"),
        ("TWILIO_AUTH_TOKEN", f"{TOKEN * 2},"),
        ("TWILIO_AUTH_TOKEN", f"{TOKEN * 2},{TOKEN * 2},{TOKEN * 2}"),
        ("TWILIO_API_URL", "http://api.twilio.com"),
        ("TWILIO_API_URL", "https://api.twilio.com/"),
        ("SMS_FROM", "12025550142"),
        ("SMS_FROM", "+٣٣٣٣٣٣٣٣"),
        ("SMTP_URL", "mail.example.com"),
        ("SMTP_URL", "smtp://mail.example.com/path"),
        ("CODE_DIGITS", "7"),
        ("SEND_COUNTRIES", "Italy"),
        ("SEND_COUNTRIES", "IT,"),
        ("SENDS_PER_DAY", "-1"),
        ("MAIL_FROM", "Support <>"),
        ("MAIL_FROM", "a@b@c"),
        ("MAIL_FROM", "a@:"),
        ("MAIL_FROM", "@"),
        ("MAIL_FROM", "support@"),
        ("MAIL_FROM", "support@example.com\nBcc: all@example.com"),
    ],
)
def test_bad_values_are_refused_by_name(name: str, value: str) -> None:
    """A malformed or weak value is refused in production, by its name; a secret one is not repeated."""
    sentence = refusal(**{name: value})
    assert sentence.startswith(f"Settings: {name} ")
    assert (
        name not in {"SECRET_KEY", "PIN_KEYS", "RECEIPT_KEYS", "TWILIO_AUTH_TOKEN"} or value not in sentence
    )


def test_developments_account_is_no_production_account() -> None:
    """The SID and token that everybody has in development are refused in production."""
    development = Settings.from_env({})
    sentence = refusal(
        TWILIO_ACCOUNT_SID=development.twilio_account_sid, TWILIO_AUTH_TOKEN=development.twilio_auth_tokens[0]
    )
    assert "TWILIO_ACCOUNT_SID" in sentence
    assert "TWILIO_AUTH_TOKEN" in sentence


def test_api_on_this_machine_may_be_plain() -> None:
    """In production the carrier's API may be plain http only on this very machine, as for a proxy."""
    url = "http://127.0.0.1:9000"
    assert Settings.from_env({**PRODUCTION, "TWILIO_API_URL": url}).twilio_api_url == url


def test_development_takes_weak_secrets_but_no_malformed_ones() -> None:
    """Development does not ask for strong secrets; what cannot be read is refused there, too."""
    assert Settings.from_env({"SECRET_KEY": "dev"}).secret_key == "dev"
    for name in ("PIN_KEYS", "RECEIPT_KEYS"):
        with pytest.raises(Fault):
            Settings.from_env({name: "dev"})


def test_blanks_and_empty_values_count_as_not_given() -> None:
    """Blanks around a value are not part of it, and an empty value is none."""
    settings = Settings.from_env({"PUBLIC_URL": "  https://a.example.com \n", "CALLGATE_VAR": ""})
    assert settings.public_url == "https://a.example.com"
    assert settings.var == Path("var")


def test_repr_shows_no_secret() -> None:
    """Nothing secret is in the settings' repr, credentials in addresses included."""
    text = repr(Settings.from_env(PRODUCTION))
    for secret in (SECRET, PIN_KEY, RECEIPT_KEY, TOKEN, "hush-db", "hush-redis", "hush-mail"):
        assert secret not in text


def test_secrets_given_are_kept_and_missing_ones_filled() -> None:
    """Development's secrets fill only what was not given."""
    given = Settings.from_env({"SECRET_KEY": "mine"})
    settings = given.with_secrets(secret_key="x", pin_keys="y", receipt_keys="z")
    assert (settings.secret_key, settings.pin_keys, settings.receipt_keys) == ("mine", "y", "z")
