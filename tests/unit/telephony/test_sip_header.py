import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.telephony.sip_header import LONGEST_HEADERS, sip_with_receipt
from app.verification.receipt import LONGEST
from routing.fields import target

TOKEN = "eyJ.e30.c2ln"
_WORD = st.text("abcXYZ019._-", min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("sip:desk@example.com", "sip:desk@example.com?X-Callgate-Receipt=eyJ.e30.c2ln"),
        (
            "sips:desk@example.com:5061;transport=tls",
            "sips:desk@example.com:5061;transport=tls?X-Callgate-Receipt=eyJ.e30.c2ln",
        ),
        (
            "sip:desk@example.com?X-Level=code",
            "sip:desk@example.com?X-Level=code&X-Callgate-Receipt=eyJ.e30.c2ln",
        ),
        ("sip:desk@example.com?", "sip:desk@example.com?X-Callgate-Receipt=eyJ.e30.c2ln"),
        ("sip:what?@example.com", "sip:what?@example.com?X-Callgate-Receipt=eyJ.e30.c2ln"),
        (
            "sip:desk@example.com?x-callgate-RECEIPT=old&X-A=1",
            "sip:desk@example.com?X-A=1&X-Callgate-Receipt=eyJ.e30.c2ln",
        ),
    ],
)
def test_a_receipt_is_a_header_of_the_address(uri: str, expected: str) -> None:
    """It follows the headers that are there, and no other header of its name is left."""
    assert sip_with_receipt(uri, TOKEN) == expected


def test_without_a_receipt_the_address_stays() -> None:
    """No token, no header; one that the table brings along is nobody's receipt."""
    assert sip_with_receipt("sip:desk@example.com?X-A=1", "") == "sip:desk@example.com?X-A=1"
    assert sip_with_receipt("sip:desk@example.com?X-Callgate-Receipt=x", "") == "sip:desk@example.com"


def test_what_a_header_may_not_hold_is_escaped() -> None:
    """Signs that would end the value or the header are percent-encoded (RFC 3261, section 19.1.1)."""
    found = sip_with_receipt("sip:desk@example.com", "a&b=c d;e\r\nX-Evil: 1?ü")
    assert found == "sip:desk@example.com?X-Callgate-Receipt=a%26b%3Dc%20d%3Be%0D%0AX-Evil%3A%201%3F%C3%BC"


def test_headers_that_leave_no_room_keep_their_place() -> None:
    """Where the headers would be too long together, the call goes on without a receipt."""
    full = f"sip:desk@example.com?X-A={'a' * 1000}"
    assert sip_with_receipt(full, TOKEN) == full
    assert sip_with_receipt("sip:desk@example.com", "a" * 2000) == "sip:desk@example.com"
    edge = LONGEST_HEADERS - len("X-Callgate-Receipt=")
    assert sip_with_receipt("sip:d@example.com", "a" * edge).endswith("a" * edge)
    assert sip_with_receipt("sip:d@example.com", "a" * (edge + 1)) == "sip:d@example.com"


@given(
    user=_WORD,
    parameter=_WORD,
    headers=st.dictionaries(_WORD, _WORD, max_size=6),
    token=st.text("abcXYZ019._-", min_size=1, max_size=LONGEST),
)
def test_beside_any_target_of_a_table_there_is_room(
    user: str, parameter: str, headers: dict[str, str], token: str
) -> None:
    """Whatever headers a table's SIP target has, a receipt of any length fits beside them."""
    own = "&".join(f"X-{name}={value}" for name, value in headers.items())
    uri = f"sip:{user}@example.com;{parameter}" + (f"?{own}" if own else "")
    if target(uri):
        return
    found = sip_with_receipt(uri, token)
    assert found.endswith(f"X-Callgate-Receipt={token}")
    assert len(found.partition("?")[2]) <= LONGEST_HEADERS
    assert found.startswith(uri)
