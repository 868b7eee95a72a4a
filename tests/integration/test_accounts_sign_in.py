"""Signing in: what lets somebody in, what everybody else is told, how often it may be tried."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.access.hashing import Passwords
from app.access.model import Right, Role
from app.adapters.sql.account_rows import SessionEntry, TryEntry
from app.adapters.sql.verification_rows import LimitKey
from app.services.sign_in import Denied, SignedIn
from tests.integration.people import ELSEWHERE, HERE, OPERATOR, PASSWORD, People

WRONG = "not the password"


@pytest.fixture
def people(engine: Engine) -> People:
    return People(engine)


def test_password_alone_makes_a_session_that_cannot_publish(people: People) -> None:
    """Without one-time codes set up the password lets in, to everything but what needs a second factor."""
    people.adds()
    entered = people.enters("  ANNA ")
    actor = people.actor(entered.token)
    assert (actor.name, actor.strong, actor.where) == ("anna", False, HERE)
    assert actor.may(Right.EDIT)
    assert not actor.may(Right.PUBLISH)


def test_whoever_set_up_codes_needs_one(people: People) -> None:
    """Password and present code make a session that may publish; the password alone makes none."""
    people.adds(nonce="n")
    assert isinstance(people.tries_to(), Denied)
    entered = people.enters(code=people.code())
    assert entered.strong
    assert people.actor(entered.token).may(Right.PUBLISH)


def test_a_code_is_taken_once(people: People) -> None:
    """A code that let somebody in lets nobody in again, nor does one that was shown before it."""
    people.adds(nonce="n")
    before = people.code()
    people.waits(seconds=30)
    now = people.code()
    people.enters(code=now)
    assert isinstance(people.tries_to(code=now), Denied)
    assert isinstance(people.tries_to(code=before), Denied)
    people.waits(seconds=30)
    people.enters(code=people.code())


def test_everything_wrong_sounds_the_same(people: People) -> None:
    """An unknown name, a wrong password, a wrong code and an account not in use are told apart by nobody."""
    people.adds("anna", nonce="n")
    gone = people.adds("gone")
    people.store.set_active(gone.id, active=False, actor=OPERATOR, now=people.clock.now())
    outcomes = [
        people.tries_to("nobody"),
        people.tries_to("anna", WRONG, people.code()),
        people.tries_to("anna", PASSWORD, "000000"),
        people.tries_to("gone"),
        people.tries_to("", "", ""),
        people.tries_to("x" * 10_000, "\ud800\x00" * 500, "\x00"),
    ]
    assert outcomes == [Denied(0)] * 6
    assert Denied(0).sentence.startswith("Name, password or one-time code")


def test_names_that_nobody_has_are_counted_alike(people: People) -> None:
    """After five tries the sixth waits, the right password included, whether the name exists or not."""
    people.adds()
    for name in ("anna", "nobody"):
        for _ in range(5):
            assert people.tries_to(name, WRONG) == Denied(0)
        assert people.tries_to(name) == Denied(15 * 60)


def test_a_wait_ends_by_itself_and_grows(people: People) -> None:
    """Who waited may try again; ten wrong tries within an hour wait longer than five."""
    people.adds()
    for _ in range(5):
        people.tries_to(password=WRONG)
    people.waits(minutes=14, seconds=59)
    assert people.tries_to() == Denied(1)
    people.waits(seconds=1)
    for _ in range(5):
        people.tries_to(password=WRONG)
    assert people.tries_to() == Denied(45 * 60)
    people.waits(minutes=45)
    people.enters()


def test_many_names_from_one_address_wait_and_others_do_not(people: People) -> None:
    """Twenty wrong tries from one address make it wait, whatever the names; another address does not."""
    people.adds()
    for number in range(20):
        assert people.tries_to(f"name{number}", WRONG) == Denied(0)
    assert people.tries_to() == Denied(15 * 60)
    people.enters(where=ELSEWHERE)


def test_signing_in_forgives_this_address_only(people: People) -> None:
    """Who mistyped and then got in starts anew; what strangers tried elsewhere still counts."""
    people.adds()
    for _ in range(3):
        people.tries_to(password=WRONG, where=ELSEWHERE)
    people.tries_to(password=WRONG)
    people.enters()
    people.tries_to(password=WRONG)
    people.tries_to(password=WRONG)
    assert people.tries_to() == Denied(15 * 60)


def test_an_admin_lifts_the_wait(people: People) -> None:
    """Failed tries that an admin forgets hold nobody up, and the audit says who forgot them."""
    user = people.adds()
    for _ in range(5):
        people.tries_to(password=WRONG, where=ELSEWHERE)
    people.accounts.lift_wait(user.id, actor=OPERATOR, now=people.clock.now())
    people.enters()
    assert ("ops", "sign_in_wait_lifted", "command line") in people.audited()


def test_many_wrong_tries_at_once_get_no_further(people: People) -> None:
    """Of twenty tries at the same moment five are compared, however they are spread over threads."""
    people.adds()
    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(lambda _: people.tries_to(password=WRONG), range(20)))
    compared = [outcome for outcome in outcomes if outcome == Denied(0)]
    assert len(compared) == 5
    assert sum(what == "sign_in_refused" for _, what, _ in people.audited()) == 5


def test_one_code_makes_one_session_however_many_try(people: People) -> None:
    """The same right code used five times at once lets in once."""
    people.adds(nonce="n")
    code = people.code()
    with ThreadPoolExecutor(5) as pool:
        outcomes = list(pool.map(lambda _: people.tries_to(code=code), range(5)))
    assert sum(isinstance(outcome, SignedIn) for outcome in outcomes) == 1


def test_a_token_is_kept_as_its_hash_only(people: People) -> None:
    """Neither the database nor a representation holds what a session is known by; each is new."""
    people.adds()
    first, second = people.enters(), people.enters()
    assert first.token != second.token
    assert first.token not in repr(first)
    with Session(people.engine) as session:
        kept = session.scalars(select(SessionEntry)).all()
    assert {first.token, second.token}.isdisjoint(entry.token_hash for entry in kept)
    assert people.is_(kept[0].token_hash) is None


def test_idle_and_long_sessions_end(people: People) -> None:
    """Use keeps a session for twelve hours; a quarter of an hour without it ends one."""
    people.adds()
    idle, used = people.enters(), people.enters()
    for _ in range(71):
        people.waits(minutes=10)
        assert people.is_(used.token) is not None
    assert people.is_(idle.token) is None
    people.waits(minutes=10)
    assert people.is_(used.token) is None


def test_what_asks_by_itself_keeps_no_session(people: People) -> None:
    """A page that looks every second is answered until the idle limit, and does not move it."""
    user = people.adds(role=Role.AGENT)
    entered, start = people.enters(), people.clock.now()
    for _ in range(14):
        people.waits(minutes=1)
        assert people.is_(entered.token, used=False) is not None
    assert people.sessions.listed(user.id, people.clock.now())[0].seen_at == start
    assert people.is_(entered.token) is not None
    people.waits(minutes=14)
    assert people.is_(entered.token, used=False) is not None
    people.waits(minutes=1)
    assert people.is_(entered.token, used=False) is None


def test_use_is_written_once_a_minute(people: People) -> None:
    """A page a second does not write each time, and the idle limit still slides."""
    user = people.adds()
    entered, start = people.enters(), people.clock.now()
    people.waits(seconds=59)
    people.is_(entered.token)
    assert people.sessions.listed(user.id, people.clock.now())[0].seen_at == start
    people.waits(seconds=1)
    people.is_(entered.token)
    assert people.sessions.listed(user.id, people.clock.now())[0].seen_at == start + timedelta(minutes=1)


def test_signing_out_ends_the_session(people: People) -> None:
    """A token counts no more after its sign-out; one that was never given changes nothing."""
    people.adds()
    entered = people.enters()
    people.sign_in.sign_out("no such token", people.clock.now())
    people.sign_in.sign_out(entered.token, people.clock.now(), HERE)
    people.sign_in.sign_out(entered.token, people.clock.now(), HERE)
    assert people.is_(entered.token) is None
    assert [row for row in people.audited() if row[1] == "signed_out"] == [("anna", "signed_out", HERE)]


def test_sample_accounts_come_in_nowhere_but_in_development(engine: Engine) -> None:
    """In production neither a sample's password nor a session or token from before lets anybody in."""
    people = People(engine)
    people.samples.add(actor=OPERATOR, now=people.clock.now())
    people.samples.add(actor=OPERATOR, now=people.clock.now())
    admin = people.samples.shown(people.clock.now())[-1]
    assert (admin.name, admin.role) == ("admin", Role.ADMIN)
    assert {one.role for one in people.samples.shown(people.clock.now())} == set(Role)
    entered = people.sign_in.sign_in(admin.name, admin.password, admin.code or "", HERE, people.clock.now())
    assert isinstance(entered, SignedIn)
    production = People(engine, production=True, clock=people.clock)
    assert production.is_(entered.token) is None
    people.waits(minutes=1)
    code = people.code("admin")
    assert production.tries_to("admin", admin.password, code) == Denied(0)


def test_an_older_hash_is_made_anew_by_signing_in(people: People) -> None:
    """When the parameters of hashing change, each password's hash follows at its next use."""
    people.adds()
    people.sign_in = type(people.sign_in)(
        people.store,
        people.sessions,
        people.tries,
        people.accounts.gate,
        Passwords(),
        people.codes,
        production=False,
    )
    people.enters()
    found = people.store.find("anna")
    assert found is not None
    assert "m=65536" in found.password
    people.enters()


def test_tries_leave_little_behind(people: People) -> None:
    """However many names are tried, what counts no more is swept away and few rows are kept to lock."""
    for number in range(30):
        people.tries_to(f"name{number}", WRONG, where=f"2001:db8:{number:x}::1")
    people.waits(hours=6)
    people.tries_to("nobody", WRONG)
    with Session(people.engine) as session:
        assert session.scalars(select(func.count()).select_from(TryEntry)).one() == 1
        assert session.scalars(select(func.count()).select_from(LimitKey)).one() <= 62


def test_what_was_typed_as_a_name_is_kept_nowhere(people: People) -> None:
    """A password typed into the wrong field stands neither in the tries nor in the audit."""
    typed = "my own password"
    people.tries_to(typed, "")
    with Session(people.engine) as session:
        assert typed not in repr([vars(entry) for entry in session.scalars(select(TryEntry))])
    assert people.audited() == [("nobody known", "sign_in_refused", HERE)]
