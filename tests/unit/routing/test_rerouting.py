"""A queue whose calls go elsewhere for now: where they end, and that a decision says so."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from routing.decide import Facts, Kind, decide
from routing.explain import sentences
from routing.rerouting import followed, rerouted
from routing.table import Overlay, Reroute
from tests.unit.routing.building import DESK, at, table

NOW = at("2026-11-20 10:00")
HOUR = timedelta(hours=1)
QUEUES = st.sampled_from("abcdef")
SPANS = st.integers(-2, 2).map(lambda hours: NOW + hours * HOUR)
REROUTES = st.lists(st.builds(Reroute, QUEUES, QUEUES, SPANS, SPANS), max_size=12).map(tuple)


def overlay(*pairs: str) -> Overlay:
    """Re-routes in force, each as in ``a b``."""
    sent = [pair.split() for pair in pairs]
    return Overlay(reroutes=tuple(Reroute(queue, to, NOW, NOW + HOUR) for queue, to in sent))


def test_a_chain_is_followed_to_its_end() -> None:
    """Calls of a queue that is sent to one that is itself sent elsewhere end where that one's end."""
    sent = overlay("b c", "a b", "x y")
    assert (rerouted(sent, "a", NOW), rerouted(sent, "b", NOW), rerouted(sent, "c", NOW)) == ("c", "c", "c")
    assert [row.queue for row in followed(sent, "a", NOW)] == ["a", "b"]


def test_a_re_route_holds_from_its_start_until_before_its_end() -> None:
    """Before its start and from its end on a queue keeps its calls."""
    sent = overlay("a b")
    instants = (NOW - timedelta(seconds=1), NOW, NOW + HOUR - timedelta(seconds=1), NOW + HOUR)
    assert [rerouted(sent, "a", instant) for instant in instants] == ["a", "b", "b", "a"]


def test_the_one_made_last_holds() -> None:
    """Where two are in force for one queue, the later one is meant."""
    assert rerouted(overlay("a b", "a c"), "a", NOW) == "c"


def test_queues_in_a_circle_keep_their_calls() -> None:
    """Queues sent to each other take their own calls; one sent into the circle ends where it enters it."""
    sent = overlay("a b", "b c", "c a", "x b")
    assert [rerouted(sent, queue, NOW) for queue in "abcx"] == ["a", "b", "c", "b"]


@given(REROUTES, QUEUES)
def test_asking_again_changes_nothing(rows: tuple[Reroute, ...], queue: str) -> None:
    """Whatever is sent where, the queue given takes its own calls, and each re-route is followed once."""
    sent = Overlay(reroutes=rows)
    end = rerouted(sent, queue, NOW)
    assert rerouted(sent, end, NOW) == end
    steps = followed(sent, queue, NOW)
    assert len({row.queue for row in steps}) == len(steps)
    assert [row.to for row in steps[:-1]] == [row.queue for row in steps[1:]]
    assert all(row in rows and row.start <= NOW < row.end for row in steps)


def test_a_decision_gives_the_queue_calls_are_sent_to() -> None:
    """An open desk's call goes where its queue is sent, each step is a reason, and people are told."""
    where, facts = table(replace(DESK, hours="24/7")), Facts(territory="IT", department="technical")
    sent = overlay("technical-it north", "north south")
    decision = decide(where, sent, facts, NOW)
    assert (decision.queue, decision.language) == ("south", "it")
    assert decision.because[-2:] == ("reroute/technical-it", "reroute/north")
    told = sentences(where, facts, decision, NOW)
    assert "For now the calls of technical-it are sent to north [reroute/technical-it]." in told
    assert "For now the calls of north are sent to south [reroute/north]." in told
    assert "Its calls go to queue:south, then to fallback." in told
    assert decide(where, sent, facts, NOW + HOUR) == decide(where, Overlay(), facts, NOW + HOUR)


def test_a_closed_desk_is_not_sent_elsewhere() -> None:
    """A re-route opens no desk: closed stays closed, for the same reasons."""
    where, facts = table(replace(DESK, hours="off")), Facts(territory="IT", department="technical")
    decision = decide(where, overlay("technical-it north"), facts, NOW)
    assert (decision.kind, decision) == (Kind.CLOSED, decide(where, Overlay(), facts, NOW))
