"""What is wanted of the carrier, as it is stored until it was asked for."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.handover.wishes import Adjust, Close, Dequeue, HangUp, Ring, Send, Wish, facts, wish

KINDS = (Ring, Dequeue, Send, HangUp, Adjust, Close)
WISHES = st.one_of(*(st.builds(kind) for kind in KINDS))


@given(WISHES)
def test_every_wish_survives_its_stored_form(wanted: Wish) -> None:
    """What is read back from the JSON that was stored is the wish that was meant."""
    kind, stored = facts(wanted)
    assert wish(kind, json.loads(json.dumps(stored))) == wanted


def test_every_kind_has_a_name_of_its_own() -> None:
    """No two kinds of wish are taken for each other."""
    samples: list[Wish] = [
        Ring("l"),
        HangUp("l"),
        Close("h"),
        Send("c", "/p", "q"),
        Dequeue("Q", "c", "q"),
        Adjust("h", "c"),
    ]
    assert len({facts(one)[0] for one in samples}) == len(KINDS)


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        ("dance", {}),
        ("", {"leg": "l"}),
        ("ring", {}),
        ("ring", {"leg": "l", "loud": True}),
        ("send", {"leg": "l"}),
    ],
)
def test_a_broken_stored_form_is_refused(kind: str, stored: dict[str, Any]) -> None:
    """An unknown kind, a fact too few or too many is no wish."""
    with pytest.raises(ValueError, match="no wish of the kind"):
        wish(kind, stored)
