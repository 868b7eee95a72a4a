"""Accounts: kept by admins, changed by their owners; what a change ends."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from app.access.model import Right, Role
from app.faults import Fault, FaultCode
from app.services.sign_in import Denied, SignedIn
from app.services.tokens import Made
from app.services.wrong import Wrong
from tests.integration.people import ELSEWHERE, HERE, OPERATOR, PASSWORD, People

NEW = "another long walk home"


@pytest.fixture
def people(engine: Engine) -> People:
    return People(engine)


def test_an_account_is_added_once_under_a_name_people_can_type(people: People) -> None:
    """What is wrong with name, password or clock is said at each; a second account of a name is refused."""
    now = people.clock.now()
    wrong = people.accounts.add("a b", "short", Role.VIEWER, actor=OPERATOR, now=now, zone="Atlantis/Capital")
    assert isinstance(wrong, Wrong)
    assert set(wrong.faults) == {"name", "password", "zone"}
    assert people.accounts.count("") == 0
    added = people.accounts.add("Anna", PASSWORD, Role.VIEWER, actor=OPERATOR, now=now, zone="Europe/Rome")
    assert not isinstance(added, Wrong)
    again = people.accounts.add("anna", PASSWORD, Role.ADMIN, actor=OPERATOR, now=now)
    assert isinstance(again, Wrong)
    assert set(again.faults) == {"name"}
    assert people.actor(people.enters().token).zone == "Europe/Rome"


def test_accounts_are_found_by_name_and_role(people: People) -> None:
    """The list is sorted by name, searched without regard to case, and given in parts."""
    for name, role in (("carla", Role.EDITOR), ("anna", Role.ADMIN), ("bruno_b", Role.EDITOR)):
        people.adds(name, role)
    assert [user.name for user in people.accounts.listed("EDIT", limit=9)] == ["bruno_b", "carla"]
    assert [user.name for user in people.accounts.listed("", limit=1, offset=1)] == ["bruno_b"]
    assert (people.accounts.count("edit"), people.accounts.count("%"), people.accounts.count("_")) == (
        2,
        0,
        1,
    )


def test_another_role_ends_the_sessions(people: People) -> None:
    """Whoever gets another role signs in again, to have it; the audit has both roles."""
    user, entered = people.adds(role=Role.EDITOR), people.enters()
    people.accounts.set_role(user.id, Role.PUBLISHER, actor=OPERATOR, now=people.clock.now())
    assert people.is_(entered.token) is None
    assert people.actor(people.enters().token).role is Role.PUBLISHER


def test_an_account_that_is_not_active_ends_everything(people: People) -> None:
    """Sessions and tokens of a deactivated account count no more, nor do they once it is active again."""
    user = people.adds(nonce="n")
    entered = people.enters_with_code()
    made = people.token_of(entered)
    for active in (False, True):
        people.accounts.set_active(user.id, active=active, actor=OPERATOR, now=people.clock.now())
        assert people.is_(entered.token) is None
        assert people.tokens.actor(made.token, HERE, people.clock.now()) is None
    people.waits(minutes=1)
    people.enters_with_code()


def test_the_last_active_admin_stays_one(people: People) -> None:
    """Of two admins that are demoted and deactivated at the same time one stays; the refusal says why."""
    first, second = people.adds("first", Role.ADMIN), people.adds("second", Role.ADMIN)

    def demotes() -> None:
        people.accounts.set_role(first.id, Role.VIEWER, actor=OPERATOR, now=people.clock.now())

    def deactivates() -> None:
        people.accounts.set_active(second.id, active=False, actor=OPERATOR, now=people.clock.now())

    with ThreadPoolExecutor(2) as pool:
        raised = [future.exception() for future in [pool.submit(demotes), pool.submit(deactivates)]]
    faults = [fault for fault in raised if isinstance(fault, Fault)]
    assert [fault.code for fault in faults] == [FaultCode.CONFLICT]
    assert "the last active admin" in faults[0].sentence
    assert sum(user.active and user.role is Role.ADMIN for user in people.accounts.listed("", limit=9)) == 1


def test_codes_are_set_up_by_a_code(people: People) -> None:
    """After the password and a right code they count: this session may publish, all others end."""
    people.adds()
    other, entered = people.enters(), people.enters()
    actor, now = people.actor(entered.token), people.clock.now()
    assert people.own.confirm_code("123456", actor=actor, now=now) is not None
    assert people.own.begin_code("not the password", actor=actor, now=now) is not None
    assert people.own.pending(actor) is None
    assert people.own.begin_code(PASSWORD, actor=actor, now=now) is None
    pending = people.own.pending(actor)
    assert pending is not None
    assert pending.seed in pending.address
    code = people.code()
    assert people.own.confirm_code(code[::-1] + "x", actor=actor, now=now) is not None
    assert not people.actor(entered.token).strong
    assert people.own.confirm_code(code, actor=actor, now=now) is None
    assert people.actor(entered.token).may(Right.PUBLISH)
    assert people.is_(other.token) is None
    assert isinstance(people.tries_to(), Denied)
    assert isinstance(people.tries_to(code=code), Denied)


def test_codes_that_are_being_renewed_count_until_then(people: People) -> None:
    """Beginning anew changes nothing; once the new ones are confirmed the old ones count no more."""
    people.adds(nonce="n")
    actor, now = people.actor(people.enters_with_code().token), people.clock.now()
    assert people.own.begin_code(PASSWORD, actor=actor, now=now) is None
    people.waits(minutes=1)
    people.enters_with_code()
    found = people.store.find("anna")
    assert found is not None
    people.waits(minutes=1)
    new = people.codes.code(found.pending, people.clock.now())
    assert people.own.confirm_code(new or "", actor=actor, now=people.clock.now()) is None
    people.waits(minutes=1)
    old = people.codes.code("n", people.clock.now())
    assert isinstance(people.tries_to(code=old or ""), Denied)
    people.enters_with_code()


def test_taking_codes_away_makes_the_session_weak(people: People) -> None:
    """Without codes nobody publishes, in the session at hand, either; an admin may take them away, too."""
    user = people.adds(nonce="n")
    entered, now = people.enters_with_code(), people.clock.now()
    actor = people.actor(entered.token)
    assert people.own.remove_code("not the password", actor=actor, now=now) is not None
    assert people.own.remove_code(PASSWORD, actor=actor, now=now) is None
    assert not people.actor(entered.token).strong
    people.accounts.reset_code(user.id, actor=OPERATOR, now=now)
    assert people.is_(entered.token) is None
    with pytest.raises(Fault) as caught:
        people.accounts.reset_code(user.id, actor=actor, now=now)
    assert caught.value.code is FaultCode.NOT_YOURS
    people.enters()


def test_a_new_password_ends_the_other_sessions(people: People) -> None:
    """The present password is asked for; the session at hand goes on, all others end."""
    people.adds()
    other, entered = people.enters(), people.enters()
    actor, now = people.actor(entered.token), people.clock.now()
    for present, new, again, fault in (
        ("not the password", NEW, NEW, "password"),
        (PASSWORD, NEW, NEW + ".", "again"),
        (PASSWORD, "short", "short", "new"),
    ):
        wrong = people.own.change_password(present, new, again, actor=actor, now=now)
        assert wrong is not None
        assert set(wrong.faults) == {fault}
    assert people.own.change_password(PASSWORD, NEW, NEW, actor=actor, now=now) is None
    assert people.is_(entered.token) is not None
    assert people.is_(other.token) is None
    assert isinstance(people.tries_to(), Denied)
    assert isinstance(people.tries_to(password=NEW), SignedIn)


def test_a_session_left_open_is_no_place_to_guess(people: People) -> None:
    """Wrong passwords typed into one's own account count like those of the sign-in."""
    people.adds()
    actor, now = people.actor(people.enters().token), people.clock.now()
    for _ in range(5):
        people.own.begin_code("guessed", actor=actor, now=now)
    wrong = people.own.begin_code(PASSWORD, actor=actor, now=now)
    assert wrong is not None
    assert wrong.faults["password"].startswith("Too many tries")


def test_people_end_their_own_sessions_only(people: People) -> None:
    """One's other sessions are ended one by one or all at once; somebody else's are as good as not there."""
    people.adds("anna")
    people.adds("bruno")
    mine, other, third = people.enters(), people.enters(where=ELSEWHERE), people.enters()
    theirs = people.actor(people.enters("bruno").token)
    actor, now = people.actor(mine.token), people.clock.now()
    with pytest.raises(Fault) as caught:
        people.own.end_session(theirs.session, actor=actor, now=now)
    assert caught.value.code is FaultCode.NOT_FOUND
    rows = people.own.listed(actor, now)
    assert [(row.place, row.device) for row in rows] == [
        (HERE, "a browser"),
        (ELSEWHERE, "a browser"),
        (HERE, "a browser"),
    ]
    people.own.end_session(rows[1].id, actor=actor, now=now)
    assert people.is_(other.token) is None
    assert people.own.end_others(actor=actor, now=now) == 1
    assert people.is_(third.token) is None
    assert people.is_(mine.token) is not None


def test_every_act_is_written_down(people: People) -> None:
    """Each change of an account stands in the audit with who made it and from where."""
    user, now = people.adds(role=Role.ADMIN), people.clock.now()
    people.adds("root", Role.ADMIN)
    actor = people.actor(people.enters().token)
    people.own.set_zone("Europe/Rome", actor=actor, now=now)
    people.own.begin_code(PASSWORD, actor=actor, now=now)
    people.own.confirm_code(people.code(), actor=actor, now=now)
    actor = people.actor(people.enters(code=_next_code(people)).token)
    made = people.tokens.make("t", Role.VIEWER, None, actor=actor, now=people.clock.now())
    assert isinstance(made, Made)
    people.tokens.revoke(made.row.id, actor=actor, now=now)
    people.own.remove_code(PASSWORD, actor=actor, now=now)
    people.accounts.set_password(user, NEW, actor=OPERATOR, now=now)
    people.accounts.set_role(user.id, Role.VIEWER, actor=OPERATOR, now=now)
    people.accounts.set_active(user.id, active=False, actor=OPERATOR, now=now)
    people.accounts.end_sessions(user.id, actor=OPERATOR, now=now)
    acts = [(who, what) for who, what, _ in people.audited()]
    assert acts == [
        ("ops", "account_added"),
        ("ops", "account_added"),
        *(("anna", what) for what in ("signed_in", "clock_changed", "code_set_up", "signed_in")),
        *(("anna", what) for what in ("token_made", "token_revoked", "code_taken_away")),
        *(("ops", what) for what in ("password_changed", "role_changed", "account_deactivated")),
        ("ops", "signed_out_everywhere"),
    ]


def _next_code(people: People) -> str:
    people.waits(minutes=1)
    return people.code()
