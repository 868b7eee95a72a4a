import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.call_codec import decode, encode
from app.callflow.model import Call, Note, State
from app.ports import Stored

CALL = Call(
    call_id="6f1c8b1e-0000-5000-8000-000000000001",
    account_sid="AC" + "0" * 32,
    call_sid="CA" + "0" * 32,
    dnis="+13128435147",
    ani="+390555550100",
    started_at="2026-11-20T16:00:00+00:00",
    table_version=3,
    state=State.ENTER_CODE,
    turn=7,
    options=("IT", "FR"),
    tried=("technical-it",),
    organisation=4,
    notes=(Note("2026-11-20T16:00:01+00:00", "arrived"), Note("2026-11-20T16:00:09+00:00", "keyed", "menu")),
)
STORED = Stored(CALL, "n" * 32, "<Response><Say>Città</Say></Response>")


def changed(**changes: object) -> bytes:
    """The bytes of the call after somebody else's version changed its JSON."""
    head, mark, text = encode(STORED, mark="m").split(b":", 2)
    document = orjson.loads(text)
    for name, value in changes.items():
        if value is None:
            del document["call"][name]
        else:
            document["call"][name] = value
    return b":".join([head, mark, orjson.dumps(document)])


def test_what_is_written_is_read() -> None:
    """A call comes back as it was, types included."""
    back = decode(encode(STORED, mark="m"))
    assert back == STORED
    assert isinstance(back.call.state, State)
    assert isinstance(back.call.options, tuple)
    assert isinstance(back.call.notes[0], Note)


@given(answer=st.text(), keyed=st.text(), options=st.lists(st.text()))
def test_any_text_survives(answer: str, keyed: str, options: list[str]) -> None:
    """Whatever text a call holds, it comes back equal; what JSON cannot carry is refused as a value error."""
    call = Call("id", "a", "c", "d", None, "t", 1, keyed=keyed, options=tuple(options))
    stored = Stored(call, "", answer)
    try:
        data = encode(stored, mark="m")
    except ValueError:
        assert any("\ud800" <= c <= "\udfff" for c in answer + keyed + "".join(options))
    else:
        assert decode(data) == stored


def test_bytes_begin_with_the_turn_and_the_mark() -> None:
    """The store's script finds the turn, and a writer its mark, without reading JSON."""
    assert encode(STORED, mark="abc").startswith(b"7:abc:{")


def test_unknown_fields_of_a_newer_version_are_dropped() -> None:
    """A call that a newer version wrote can be read."""
    assert decode(changed(mood="cheerful", notes=[{"at": "t", "what": "w", "by": "x"}])).call.notes == (
        Note("t", "w"),
    )


def test_fields_an_older_version_did_not_write_take_their_defaults() -> None:
    """A call that an older version wrote can be read."""
    call = decode(changed(tried=None, notes=None, state=None, level=None)).call
    assert (call.tried, call.notes, call.state, call.level) == ((), (), State.ARRIVED, "unverified")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"7",
        b"7:m:",
        b"7:m:{}",
        b"7:m:[]",
        b"7:m:null",
        b'7:m:{"call":{},"spent":"","answer":""}',
        b'7:m:{"call":[],"spent":"","answer":""}',
        changed(state="levitating"),
        changed(call_id=None),
        changed(notes=[1]),
    ],
)
def test_bytes_of_no_call_are_a_value_error(data: bytes) -> None:
    """Whatever else stands in the store is refused as a value error, never otherwise."""
    with pytest.raises(ValueError, match="no call"):
        decode(data)
