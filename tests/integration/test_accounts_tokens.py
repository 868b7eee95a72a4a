"""API tokens: whom they act as, and until when."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from app.access.model import RIGHTS, Right, Role
from app.faults import Fault, FaultCode
from app.services.tokens import Made
from app.services.wrong import Wrong
from tests.integration.people import ELSEWHERE, HERE, OPERATOR, People


@pytest.fixture
def people(engine: Engine) -> People:
    return People(engine)


def test_a_token_acts_as_its_owner_and_never_as_more(people: People) -> None:
    """It has its own role until its owner has a lesser one; a session without a code makes none."""
    user = people.adds(role=Role.ADMIN, nonce="n")
    people.adds("root", Role.ADMIN)
    entered = people.enters_with_code()
    made = people.token_of(entered, Role.PUBLISHER)
    actor = people.tokens.actor(made.token, ELSEWHERE, people.clock.now())
    assert actor is not None
    assert (actor.name, actor.role, actor.user) == ("anna (token nightly)", Role.PUBLISHER, user.id)
    assert actor.may(Right.PUBLISH)
    people.accounts.set_role(user.id, Role.EDITOR, actor=OPERATOR, now=people.clock.now())
    lesser = people.tokens.actor(made.token, ELSEWHERE, people.clock.now())
    assert lesser is not None
    assert lesser.rights == RIGHTS[Role.EDITOR]
    assert lesser.role_without(Right.PUBLISH) is Role.EDITOR
    weak = people.actor(people.enters("root").token)
    with pytest.raises(Fault) as caught:
        people.tokens.make("t", Role.VIEWER, None, actor=weak, now=people.clock.now())
    assert caught.value.code is FaultCode.NOT_YOURS
    with pytest.raises(Fault):
        people.tokens.make("t", Role.VIEWER, None, actor=actor, now=people.clock.now())


def test_a_token_does_what_two_unlike_roles_have_in_common(people: People) -> None:
    """A publisher's token whose owner takes calls by now sees and changes nothing; it may still be shown."""
    user = people.adds(role=Role.PUBLISHER, nonce="n")
    made = people.token_of(people.enters_with_code(), Role.PUBLISHER)
    for role, rights in (
        (Role.SUPERVISOR, {Right.SELF, Right.VIEW}),
        (Role.AGENT, {Right.SELF}),
        (Role.ADMIN, RIGHTS[Role.PUBLISHER]),
    ):
        people.accounts.set_role(user.id, role, actor=OPERATOR, now=people.clock.now())
        actor = people.tokens.actor(made.token, ELSEWHERE, people.clock.now())
        assert actor is not None
        assert actor.rights == rights


def test_a_token_is_made_of_roles_that_add_nothing(people: People) -> None:
    """A supervisor makes tokens that view, take calls or supervise; an editor's rights are not theirs."""
    people.adds(role=Role.SUPERVISOR, nonce="n")
    actor, now = people.actor(people.enters_with_code().token), people.clock.now()
    for role in (Role.VIEWER, Role.AGENT, Role.SUPERVISOR):
        assert isinstance(people.tokens.make("t", role, None, actor=actor, now=now), Made)
    for role in (Role.EDITOR, Role.PUBLISHER, Role.ADMIN):
        wrong = people.tokens.make("t", role, None, actor=actor, now=now)
        assert isinstance(wrong, Wrong)
        assert wrong.faults["role"].endswith("choose one of viewer, agent, supervisor.")


def test_what_is_wrong_with_a_token_is_said_at_each_field(people: People) -> None:
    """A token needs a name, at most its owner's role, and a day to come, if any."""
    people.adds(role=Role.EDITOR, nonce="n")
    actor, now = people.actor(people.enters_with_code().token), people.clock.now()
    wrong = people.tokens.make(" ", Role.PUBLISHER, now, actor=actor, now=now)
    assert isinstance(wrong, Wrong)
    assert set(wrong.faults) == {"name", "role", "expires"}
    assert people.tokens.count(actor, everybodys=True) == 0


def test_a_token_counts_until_it_expires_or_is_revoked(people: People) -> None:
    """Both end it for good; only its prefix and hash are kept, and when it was last used."""
    people.adds(nonce="n")
    actor, now = people.actor(people.enters_with_code().token), people.clock.now()
    made = people.tokens.make("short", Role.VIEWER, now + timedelta(hours=1), actor=actor, now=now)
    assert isinstance(made, Made)
    assert made.token.startswith(made.row.prefix)
    assert made.token not in repr(made)
    assert people.tokens.actor(made.token, HERE, now) is not None
    assert people.tokens.listed(actor, everybodys=False, limit=9)[0].last_used_at == now
    people.waits(hours=1)
    assert people.tokens.actor(made.token, HERE, people.clock.now()) is None
    other = people.tokens.make("long", Role.VIEWER, None, actor=actor, now=now)
    assert isinstance(other, Made)
    people.tokens.revoke(other.row.id, actor=actor, now=now)
    assert people.tokens.actor(other.token, HERE, now) is None
    for nonsense in ("", "cg_", "cg_\x00\ud800", "Bearer", other.token[3:]):
        assert people.tokens.actor(nonsense, HERE, now) is None


def test_others_tokens_are_an_admins_business(people: People) -> None:
    """For anybody but its owner and an admin a token is not there."""
    for name, role in (("anna", Role.EDITOR), ("bruno", Role.PUBLISHER), ("root", Role.ADMIN)):
        people.adds(name, role, nonce="n" + name)
    made = people.token_of(people.enters_with_code("anna"), Role.VIEWER)
    bruno = people.actor(people.enters_with_code("bruno").token)
    root = people.actor(people.enters_with_code("root").token)
    with pytest.raises(Fault) as caught:
        people.tokens.revoke(made.row.id, actor=bruno, now=people.clock.now())
    assert caught.value.code is FaultCode.NOT_FOUND
    assert people.tokens.count(bruno, everybodys=True) == 0
    assert [row.owner.name for row in people.tokens.listed(root, everybodys=True, limit=9)] == ["anna"]
    people.tokens.revoke(made.row.id, actor=root, now=people.clock.now())
    assert people.tokens.actor(made.token, HERE, people.clock.now()) is None
