"""The pure rules of accounts: names, passwords, one-time codes, waits."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from app.access.hashing import Passwords
from app.access.model import (
    IDLE,
    LONGEST,
    RIGHTS,
    STRONG,
    Actor,
    Right,
    Role,
    is_over,
    roles_for,
    roles_within,
)
from app.access.names import folded, name_fault
from app.access.one_time import OneTimeCodes
from app.access.passwords import password_fault
from app.access.throttle import PER_NAME, network, wait
from app.services.sample_accounts import SAMPLE_PASSWORD

NOW = datetime(2026, 11, 20, 10, 0, 5, tzinfo=UTC)
CODES = OneTimeCodes(b"a secret for tests only")


@pytest.mark.parametrize(
    "password",
    [
        "three small words",
        "一二三四五六七八九十百千",  # twelve characters, whatever their bytes
        "k" * 60 + "lmnopqrstu",
        "Ärger über Öl",
        "aB3$x" * 25,
    ],
)
def test_a_long_password_of_ones_own_is_taken(password: str) -> None:
    """Twelve to 128 characters of any kind do, spaces and other scripts included."""
    assert password_fault(password, "anna") == ""


@pytest.mark.parametrize(
    "password",
    [
        "",
        "elevenchars",
        "x" * 129,
        "aaaabbbbccccdddd",
        "password1234",
        "Password-2024",
        "qwertyuiop123",
        "anna.rossi.anna.rossi",
        "callgateadmin12",
        SAMPLE_PASSWORD,
        "1234567890 1234567890",
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_in_words(password: str) -> None:
    """What is short, too long, repeats itself or is made of names and well-known words is refused."""
    assert password_fault(password, "anna.rossi").endswith(".")


def test_passwords_are_compared_however_a_keyboard_composes_them() -> None:
    """A letter with its accent apart is the same letter; another password, or no account, is not."""
    passwords = Passwords.cheap()
    kept = passwords.hashed("caf\u00e9 au lait noir")
    assert kept.startswith("$argon2id$")
    assert passwords.same(kept, "cafe\u0301 au lait noir")
    assert not passwords.same(kept, "cafe au lait noir")
    assert not passwords.same(None, "the password of nobody")
    assert not passwords.same("no hash at all", "x")
    assert not passwords.is_stale(kept)
    assert Passwords().is_stale(kept)


@pytest.mark.parametrize("name", ["", " ", "a b", "ünal", "-a", "x" * 65, "a\x00", "<b>"])
def test_a_name_nobody_can_type_is_refused_in_words(name: str) -> None:
    """Names are small letters, digits and few signs."""
    assert name_fault(folded(name)).endswith(".")


def test_names_are_one_however_they_are_typed() -> None:
    """Case and blanks around do not tell two names apart."""
    assert folded("  Anna.ROSSI@example.com ") == "anna.rossi@example.com"
    assert name_fault("anna.rossi@example.com") == ""


def test_a_code_counts_half_a_minute_and_its_neighbours() -> None:
    """The present code and the ones beside it are known by their step; older and later ones are none."""
    seconds = int(NOW.timestamp())
    app = pyotp.TOTP(CODES.seed("nonce"))
    steps = {by: CODES.step_of("nonce", app.at(seconds + 30 * by), NOW) for by in (-2, -1, 0, 1, 2)}
    assert steps == {-2: None, -1: seconds // 30 - 1, 0: seconds // 30, 1: seconds // 30 + 1, 2: None}


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "٠١٢٣٤٥", "1" * 1000, "\x00" * 6])
def test_what_is_no_code_is_none(typed: str) -> None:
    """Only six ASCII digits are compared; whatever else was typed is no code."""
    assert CODES.step_of("nonce", typed, NOW) is None


def test_codes_may_be_typed_in_two_groups() -> None:
    """Apps show codes as 123 456; so may people type them."""
    code = pyotp.TOTP(CODES.seed("nonce")).at(int(NOW.timestamp()))
    assert CODES.step_of("nonce", f" {code[:3]} {code[3:]} ", NOW) is not None


def test_each_nonce_and_each_secret_has_its_own_codes() -> None:
    """Neither another account nor another server has the same seed."""
    seeds = {CODES.seed("a"), CODES.seed("b"), OneTimeCodes(b"another secret").seed("a")}
    assert len(seeds) == 3
    assert CODES.address("a", "anna").startswith("otpauth://totp/Callgate:anna?")


def test_the_code_shown_is_the_earliest_not_used_yet() -> None:
    """After the present code the next one is taken, and then none until time moves on."""
    step = int(NOW.timestamp()) // 30
    shown = [CODES.code("nonce", NOW, used) for used in (0, step, step + 1)]
    assert [CODES.step_of("nonce", code, NOW) for code in shown if code] == [step, step + 1]
    assert shown[2] is None


def test_whoever_goes_on_waits_longer() -> None:
    """Five tries in a quarter of an hour, ten in an hour, twenty in six hours; then it is over by itself."""
    minute = timedelta(minutes=1)
    five = [NOW - by * minute for by in (0, 1, 2, 3, 4)]
    assert wait(PER_NAME, five[:4], NOW) == timedelta()
    assert wait(PER_NAME, five, NOW) == 11 * minute
    ten = [NOW - by * 5 * minute for by in range(10)]
    assert wait(PER_NAME, ten, NOW) == 15 * minute
    twenty = [NOW - by * 15 * minute for by in range(20)]
    assert wait(PER_NAME, twenty, NOW) == 75 * minute
    assert wait(PER_NAME, twenty, NOW + 75 * minute) == timedelta()


def test_one_subscriber_is_one_address() -> None:
    """An IPv6 subscriber has a whole /64, an IPv4 address may be written as IPv6; anything else is itself."""
    assert network("2001:db8::1") == network("2001:db8::ffff:2") != network("2001:db8:0:1::1")
    assert network("::ffff:192.0.2.1") == network("192.0.2.1") == "192.0.2.1"
    assert network("") == ""


def test_a_session_is_over_after_idleness_or_a_long_day() -> None:
    """Fifteen minutes without use end it, and twelve hours in any case."""
    assert not is_over(NOW - LONGEST + IDLE, NOW - IDLE + timedelta(seconds=1), NOW)
    assert is_over(NOW - IDLE, NOW - IDLE, NOW)
    assert is_over(NOW - LONGEST, NOW, NOW)


def test_each_role_is_a_set_of_rights() -> None:
    """Everybody keeps their own account, admins have every right, the others what their work needs."""
    assert {role: RIGHTS[role] - {Right.SELF} for role in Role} == {
        Role.VIEWER: {Right.VIEW},
        Role.EDITOR: {Right.VIEW, Right.EDIT},
        Role.PUBLISHER: {Right.VIEW, Right.EDIT, Right.PUBLISH},
        Role.AGENT: {Right.HANDLE},
        Role.SUPERVISOR: {Right.VIEW, Right.HANDLE, Right.SUPERVISE},
        Role.ADMIN: set(Right) - {Right.SELF},
    }
    assert roles_for(Right.SELF) == tuple(Role)
    assert roles_for(Right.HANDLE) == (Role.AGENT, Role.SUPERVISOR, Role.ADMIN)
    assert roles_within(RIGHTS[Role.SUPERVISOR]) == (Role.VIEWER, Role.AGENT, Role.SUPERVISOR)
    assert roles_within(frozenset()) == ()


@pytest.mark.parametrize("owner", Role)
@pytest.mark.parametrize("role", Role)
def test_a_token_has_the_rights_that_both_roles_have(role: Role, owner: Role) -> None:
    """Whatever became of its owner, a token has no right that its role or its owner's present one lacks."""
    token = Actor("anna (token t)", role, strong=True, lent_by=owner)
    for right in Right:
        assert token.may(right) == (right in RIGHTS[role] and right in RIGHTS[owner])
        if not token.may(right):
            assert right not in RIGHTS[token.role_without(right)]


def test_strong_rights_need_a_code() -> None:
    """Without a one-time code an admin may do all but publish, administer and supervise."""
    weak = Actor("root", Role.ADMIN)
    assert {right for right in Right if not weak.may(right)} == STRONG
    assert {Right.PUBLISH, Right.ADMINISTER, Right.SUPERVISE} == STRONG
    assert all(weak.has_role_for(right) for right in Right)
