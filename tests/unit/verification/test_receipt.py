"""What a receipt says, how long it holds, and what is believed of one."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.verification.model import Level, Method
from app.verification.receipt import LASTS, LONGEST, Facts, expires_at, header, payload
from app.verification.receipt_check import LEEWAY, SENTENCES, Checked, Reason, Refused, check, key_id_of

REACHED = datetime(2026, 11, 20, 16, 0, 0, 400_000, tzinfo=UTC)
ISSUED = REACHED + timedelta(minutes=5)
ISSUER = "https://phone.example.com"
PROVED = Facts(
    call_id="3f1c5a9e-0000-5000-8000-123456789abc",
    level=Level.CODE,
    issued_at=ISSUED,
    table_version=12,
    method=Method.EMAIL,
    reached_at=REACHED,
    account="12345678",
    organisation="Rossi Forniture",
    queue="technical-it",
)
UNPROVED = Facts(PROVED.call_id, Level.UNVERIFIED, ISSUED, 12)
CHINESE = "株式会社" * 25


def written(facts: Facts = PROVED, **more: str) -> bytes:
    return payload(facts, **{"issuer": ISSUER, "receipt_id": "r1", "key_id": "2026a", **more})


def judged(now: datetime = ISSUED, **changes: Any) -> Checked | Refused:
    """What is believed of a receipt in which some claims are others, or None: not there."""
    claims = {**json.loads(written()), **changes}
    text = json.dumps({name: value for name, value in claims.items() if value is not None})
    return check(text.encode(), issuer=ISSUER, now=now)


def token_length(text: bytes, key_id: str) -> int:
    """Of the whole token: three parts in base64 without padding, two dots; RFC 7515, section 7.1."""
    head = len(json.dumps(header(key_id), separators=(",", ":")))
    return -(-head * 4 // 3) + -(-len(text) * 4 // 3) + 86 + 2


def test_the_claims_of_a_receipt() -> None:
    """Call, organisation, level, method, instants, queue and table version, under the names of the page."""
    assert json.loads(written()) == {
        "iss": ISSUER,
        "sub": PROVED.call_id,
        "jti": "r1",
        "iat": int(ISSUED.timestamp()),
        "exp": int(REACHED.timestamp()) + 3600,
        "account": "12345678",
        "organisation": "Rossi Forniture",
        "level": "code",
        "method": "email",
        "reached_at": int(REACHED.timestamp()),
        "queue": "technical-it",
        "table_version": 12,
    }


def test_what_is_not_known_is_left_out() -> None:
    """Of a stranger a receipt says only that nothing is proved."""
    assert json.loads(written(UNPROVED)).keys() == {
        *("iss", "sub", "jti", "iat", "exp", "level", "table_version")
    }


def test_a_receipt_ends_with_its_level() -> None:
    """However late it is made, it counts for nothing 60 minutes after the level was reached."""
    assert expires_at(PROVED) == REACHED + LASTS == REACHED + timedelta(minutes=60)
    late = replace(PROVED, issued_at=REACHED + timedelta(minutes=59))
    assert expires_at(late) == REACHED + LASTS


def test_a_receipt_without_a_level_ends_too() -> None:
    """An unverified one lasts as long, from the moment it is made."""
    assert expires_at(UNPROVED) == ISSUED + LASTS


def test_it_is_read_as_it_was_written() -> None:
    """A receipt gives its facts back, instants in whole seconds."""
    found = check(written(), issuer=ISSUER, now=ISSUED)
    whole = replace(
        PROVED, issued_at=ISSUED.replace(microsecond=0), reached_at=REACHED.replace(microsecond=0)
    )
    assert found == Checked(whole, "r1", REACHED.replace(microsecond=0) + LASTS)


@given(
    name=st.text(max_size=120),
    queue=st.text("abcdefghijklmnopqrstuvwxyz-", max_size=64),
    key_id=st.text("abcXYZ019_.-", min_size=1, max_size=32),
    host=st.integers(1, 112),
    version=st.integers(0, 10**9),
    level=st.sampled_from(Level),
)
def test_every_receipt_fits(
    name: str, queue: str, key_id: str, host: int, version: int, level: Level
) -> None:
    """Whatever the organisation is called, the token has at most 800 characters; only its name is cut."""
    facts = replace(PROVED, organisation=name, queue=queue, table_version=version, account="1" * 12)
    facts = replace(facts, level=level, reached_at=REACHED if level else None)
    issuer = f"https://{'h' * host}"
    text = written(facts, issuer=issuer, key_id=key_id, receipt_id="x" * 12)
    assert token_length(text, key_id) <= LONGEST
    found = check(text, issuer=issuer, now=ISSUED)
    assert isinstance(found, Checked)
    assert (found.facts.queue, found.facts.account) == (facts.queue, facts.account)
    sayable = name.encode("utf-8", "replace").decode()
    said = found.facts.organisation
    assert said == sayable or (said.endswith("…") and sayable.startswith(said[:-1])) or said == ""


def test_a_long_name_is_cut_where_it_must_be() -> None:
    """A hundred Latin letters stay whole; a hundred Chinese ones end in an ellipsis, most of them kept."""
    latin, chinese = "Ünï" * 33, json.loads(written(replace(PROVED, organisation=CHINESE)))["organisation"]
    assert json.loads(written(replace(PROVED, organisation=latin)))["organisation"] == latin
    assert chinese.endswith("…")
    assert CHINESE.startswith(chinese[:-1])
    assert len(chinese) > 40


def test_a_receipt_ends_to_the_second() -> None:
    """It holds until the second before its end, and not at it; for the end there is no leeway."""
    end = REACHED.replace(microsecond=0) + LASTS
    assert isinstance(judged(end - timedelta(milliseconds=1)), Checked)
    assert judged(end) == Refused(Reason.EXPIRED)


def test_a_clock_that_is_behind_may_be_a_minute_behind() -> None:
    """A receipt from the future is believed up to a minute ahead, for clocks differ; not further."""
    issued = ISSUED.replace(microsecond=0)
    assert isinstance(judged(issued - LEEWAY), Checked)
    assert judged(issued - LEEWAY - timedelta(seconds=1)) == Refused(Reason.NOT_YET)


@pytest.mark.parametrize("issuer", ["https://phone.example.com/", "https://evil.example.com", "", None, 7])
def test_another_issuers_receipt_is_refused(issuer: object) -> None:
    """The issuer must be named exactly."""
    assert judged(iss=issuer) == Refused(Reason.OTHER_ISSUER)


@pytest.mark.parametrize(
    "changes",
    [
        {"sub": None},
        {"sub": 7},
        {"jti": None},
        {"iat": "now"},
        {"iat": True},
        {"iat": -1},
        {"iat": 1e9},
        {"exp": None},
        {"exp": 10**20},
        {"exp": int(REACHED.timestamp()) + 3601},  # longer than its level holds
        {"level": "certain"},
        {"level": None},
        {"level": "unverified"},  # with an instant
        {"reached_at": None},  # a level that was never reached
        {"method": "guess"},
        {"method": ["email"]},
        {"table_version": "12"},
        {"queue": 1},
        {"account": 12345678},
        {"organisation": {"name": "Rossi"}},
    ],
)
def test_odd_claims_are_refused(changes: dict[str, Any]) -> None:
    """A claim that is missing, of another type or against another one makes the whole receipt worthless."""
    assert judged(**changes) == Refused(Reason.ODD_CLAIMS)


@given(
    st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(st.sampled_from(["iss", "sub", "jti", "iat", "exp", "level"]), inner)
            ),
        ).map(lambda value: json.dumps(value).encode()),
        st.just(b"[" * 3000),
    )
)
def test_any_claims_are_judged(text: bytes) -> None:
    """Whatever was signed, judging it ends in a reason."""
    assert isinstance(check(text, issuer=ISSUER, now=ISSUED), Refused)


@given(st.text(max_size=300))
def test_any_text_is_looked_at(text: str) -> None:
    """Whatever stands in a token's place, looking for its key ends in a reason."""
    assert isinstance(key_id_of(text), Refused)


def test_every_reason_is_said() -> None:
    """For each reason there is a sentence."""
    assert set(SENTENCES) == set(Reason)
