"""Limits in force, and what two people do about one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.access.model import Actor, Role
from app.adapters.sql.lifting import SqlLifting
from app.faults import Fault, FaultCode
from app.ports.lifting import Wish
from app.services.lifting import LiftingDesk, Unclear
from app.verification.limits import DAY, LimitKind, Window
from app.verification.model import Accepted, Channel, Locked
from tests.integration.world import STRANGER, UNBOUNDED, World, contact, organisation, wrong

FIRST = Actor("paula", Role.PUBLISHER, "192.0.2.1", strong=True, user=1)
SECOND = Actor("peter", Role.PUBLISHER, "192.0.2.2", strong=True, user=2)
REASON = "they rang and were confused"


@pytest.fixture
def firm(world: World) -> World:
    world.profile([organisation()], [contact()])
    return world


def desk(world: World) -> LiftingDesk:
    return LiftingDesk(SqlLifting(world.engine, limits=world.limits), lambda _: True)


def kinds(world: World) -> list[LimitKind]:
    return [limit.kind for limit in desk(world).in_force(world.clock.now())]


def lift(world: World, kind: LimitKind) -> None:
    """Both steps, by two people."""
    now = world.clock.now()
    [limit] = [one for one in desk(world).in_force(now) if one.kind is kind]
    wish = desk(world).ask(FIRST, kind.value, limit.subject, REASON, now)
    assert isinstance(wish, Wish)
    assert desk(world).agree(SECOND, wish.id, now).state == "lifted"


def test_full_sending_limit_is_listed_with_its_end_and_lifted(firm: World) -> None:
    """A contact's full window is listed until the first letter leaves it; lifted, a code goes at once."""
    started = firm.clock.now()
    for number in range(3):
        assert firm.issue(f"call{number}", ani=None).contact is not None
        firm.clock.moves(timedelta(minutes=1))
    assert firm.issue("fourth", ani=None).contact is None
    [limit] = desk(firm).in_force(firm.clock.now())
    assert (limit.kind, limit.contact_name, limit.organisation_name) == (
        LimitKind.SENDS_TO_CONTACT,
        "Ada Admin",
        "Firm 12345678",
    )
    assert (limit.count, limit.most, limit.ends_at) == (3, 3, started + timedelta(minutes=15))
    lift(firm, LimitKind.SENDS_TO_CONTACT)
    assert kinds(firm) == []
    firm.clock.moves(timedelta(microseconds=1))
    assert firm.issue("fifth", ani=None).contact is not None
    assert firm.audited("limit_lift_asked") == firm.audited("limit_lifted") == 1


def test_lifted_limit_counts_anew(firm: World) -> None:
    """After lifting, the limit is as wide as ever, and no wider."""
    firm.limits = replace(UNBOUNDED, sends_per_organisation=(Window(2, DAY),))
    for number in range(2):
        firm.issue(f"call{number}")
    assert firm.issue("full").contact is None
    lift(firm, LimitKind.SENDS_OF_ORGANISATION)
    firm.clock.moves(timedelta(seconds=1))
    assert [firm.issue(f"anew{number}").contact is not None for number in range(3)] == [True, True, False]


def test_guesses_of_a_number_are_lifted(firm: World) -> None:
    """A calling number whose guesses are used up is compared again once its limit was lifted."""
    firm.limits = replace(UNBOUNDED, guesses_per_ani=Window(1, DAY))
    first = firm.issue("first").challenge
    firm.guess(first, 2, wrong(first))
    blocked = firm.issue("blocked").challenge
    assert isinstance(firm.guess(blocked, 2), Locked)
    [limit] = desk(firm).in_force(firm.clock.now())
    assert (limit.kind, limit.subject) == (LimitKind.GUESSES_OF_NUMBER, STRANGER)
    lift(firm, LimitKind.GUESSES_OF_NUMBER)
    firm.clock.moves(timedelta(seconds=1))
    assert isinstance(firm.guess(firm.issue("later").challenge, 2), Accepted)


def test_guesses_at_an_organisation_are_lifted(firm: World) -> None:
    """Strangers' guesses at an organisation count anew, too."""
    firm.limits = replace(UNBOUNDED, guesses_per_organisation=Window(1, DAY))
    challenge = firm.issue("first", ani=None).challenge
    firm.guess(challenge, 2, wrong(challenge), ani=None)
    assert firm.issue("full", ani=None).contact is None
    lift(firm, LimitKind.GUESSES_AT_ORGANISATION)
    firm.clock.moves(timedelta(seconds=1))
    assert firm.issue("after", ani=None).contact is not None


def test_budget_is_lifted(firm: World) -> None:
    """The budget of all organisations together can be lifted as well."""
    firm.limits = replace(UNBOUNDED, budget=Window(1, DAY))
    assert firm.issue("first", channel=Channel.PHONE).contact is not None
    assert firm.issue("second", channel=Channel.PHONE).contact is None
    lift(firm, LimitKind.BUDGET)
    firm.clock.moves(timedelta(seconds=1))
    assert firm.issue("third", channel=Channel.PHONE).contact is not None


def test_switched_off_contact_is_switched_on_by_two(firm: World) -> None:
    """A contact who was switched off is among the limits; lifted, codes go there a day later."""
    firm.limits = replace(firm.limits, failures_until_switched_off=1)
    challenge = firm.issue("first").challenge
    firm.guess(challenge, 2, wrong(challenge))
    assert kinds(firm) == [LimitKind.SWITCHED_OFF]
    lift(firm, LimitKind.SWITCHED_OFF)
    assert kinds(firm) == []
    assert firm.issue("early").contact is None
    firm.clock.moves(DAY)
    assert firm.issue("later").contact is not None


def test_nobody_agrees_with_themselves(firm: World) -> None:
    """Who asked cannot agree, not through an API token of theirs either; nor can an editor."""
    firm.limits = replace(UNBOUNDED, sends_per_ani=(Window(1, DAY),))
    firm.issue()
    now = firm.clock.now()
    wish = desk(firm).ask(FIRST, "sends_of_number", STRANGER, REASON, now)
    assert isinstance(wish, Wish)
    for who in (
        FIRST,
        replace(FIRST, name="paula (token nightly)"),
        replace(FIRST, name=" Paula", user=0),
        replace(SECOND, role=Role.EDITOR),
        replace(SECOND, strong=False),
    ):
        with pytest.raises(Fault) as caught:
            desk(firm).agree(who, wish.id, now)
        assert caught.value.code is FaultCode.NOT_YOURS
    assert kinds(firm) == [LimitKind.SENDS_OF_NUMBER]
    assert desk(firm).refuse(SECOND, wish.id, now).state == "refused"
    with pytest.raises(Fault) as caught:
        desk(firm).agree(SECOND, wish.id, now)
    assert caught.value.code is FaultCode.CONFLICT
    assert firm.audited("limit_lifted") == 0


@pytest.mark.parametrize(
    "reason",
    ["", "  ", "x" * 301, "Ada Admin rang", "write to a@example.com", "they ring from +1 202 555 0190"],
)
def test_reason_is_needed_and_names_nobody(firm: World, reason: str) -> None:
    """A reason stays in the audit for good: it is there, and holds no name, address or number."""
    for number in range(3):
        firm.issue(f"call{number}", ani=None)
    now = firm.clock.now()
    [limit] = desk(firm).in_force(now)
    assert isinstance(desk(firm).ask(FIRST, limit.kind.value, limit.subject, reason, now), Unclear)


def test_limit_that_is_over_is_only_noted(firm: World) -> None:
    """What ended by itself before the second person looked is not lifted; nor is what never was in force."""
    for number in range(3):
        firm.issue(f"call{number}", ani=None)
    now = firm.clock.now()
    [limit] = desk(firm).in_force(now)
    wish = desk(firm).ask(FIRST, limit.kind.value, limit.subject, REASON, now)
    assert isinstance(wish, Wish)
    assert desk(firm).ask(SECOND, limit.kind.value, limit.subject, REASON, now) == wish
    firm.clock.moves(timedelta(minutes=15))
    assert desk(firm).agree(SECOND, wish.id, firm.clock.now()).state == "over"
    assert [one.state for one in desk(firm).decided()] == ["over"]
    with pytest.raises(Fault) as caught:
        desk(firm).ask(FIRST, limit.kind.value, limit.subject, REASON, firm.clock.now())
    assert caught.value.code is FaultCode.NOT_FOUND


def test_wish_nobody_answered_is_over_after_a_day(firm: World) -> None:
    """Nobody agrees to what was asked about yesterday; it can be asked for anew."""
    firm.limits = replace(firm.limits, failures_until_switched_off=1)
    challenge = firm.issue().challenge
    firm.guess(challenge, 2, wrong(challenge))
    old = desk(firm).ask(FIRST, "switched_off", "1", REASON, firm.clock.now())
    assert isinstance(old, Wish)
    firm.clock.moves(DAY)
    now = firm.clock.now()
    assert [one.wish for one in desk(firm).in_force(now)] == [None]
    anew = desk(firm).ask(FIRST, "switched_off", "1", REASON, now)
    assert isinstance(anew, Wish)
    assert anew.id != old.id
    firm.clock.moves(DAY)
    assert desk(firm).agree(SECOND, anew.id, firm.clock.now()).state == "over"
    assert kinds(firm) == [LimitKind.SWITCHED_OFF]


def test_limits_of_one_organisation(firm: World) -> None:
    """An organisation's page lists its own limits and its contacts', not those of others."""
    other = contact("0042", email="bea@example.com", phone="+12025550120")
    firm.profile([organisation("0042")], [other])
    firm.clock.moves(2 * DAY)
    for number in range(3):
        firm.issue(f"call{number}", ani=None)
    now = firm.clock.now()
    assert len(desk(firm).in_force(now, organisation=firm.organisation_id())) == 1
    assert desk(firm).in_force(now, organisation=firm.organisation_id("0042")) == []


def test_wish_of_somebody_who_may_publish_no_more_lifts_nothing(firm: World) -> None:
    """Two who may publish have to want it: a wish counts no more once its author may not."""
    firm.limits = replace(UNBOUNDED, sends_per_ani=(Window(1, DAY),))
    firm.issue()
    now = firm.clock.now()
    wish = desk(firm).ask(FIRST, "sends_of_number", STRANGER, f"{REASON}\x00", now)
    assert isinstance(wish, Wish)
    assert wish.reason == REASON  # a NUL, which PostgreSQL refuses, is left out
    demoted = replace(desk(firm), still_publishes=lambda user: user != FIRST.user)
    assert demoted.agree(SECOND, wish.id, now).state == "over"
    assert kinds(firm) == [LimitKind.SENDS_OF_NUMBER]
