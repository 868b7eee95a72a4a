"""The webhook signature, held against Twilio's own validator."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from app.telephony.signature import is_signed, signature

TOKEN = "12345"
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
PUBLISHED = {
    "CallSid": ("CA1234567890ABCDE",),
    "Caller": ("+14158675309",),
    "Digits": ("1234",),
    "From": ("+14158675309",),
    "To": ("+18005551212",),
}
PUBLISHED_SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="

ADDRESSES = [
    "https://example.com/voice/turn",
    "https://example.com:443/voice/turn",
    "https://example.com:8443/voice/turn?turn=3&nonce=abc",
    "https://example.com:50123/voice/turn",
    "http://example.com/",
    "http://example.com:80/voice?b=2&a=1&b=1",
    "https://example.com",
    "https://example.com?x=1",
    "https://example.com/voice?",
    "https://example.com/voice?x=#part",
    "https://example.com/voice;p?x=1;y=2",
    "https://example.com/voice;?x",
    "https://user:secret@example.com/voice",
    "https://user:secret@example.com:8443/voice",
    "HTTPS://Example.COM/Voice",
    "https://example.com/caf\u00e9?q=\u65e5\u672c",
    "https://example.com:0/voice",
    "https://[2001:db8::1]:8443/voice",
    "https://[2001:db8::1]/voice",
    "//example.com/voice",
    "",
]

fields = st.dictionaries(
    st.text(max_size=8), st.lists(st.text(max_size=12), min_size=1, max_size=3), max_size=6
)


class Posted(dict[str, Sequence[str]]):
    """A form as Twilio's validator reads the ones of web frameworks."""

    def getlist(self, name: str) -> list[str]:
        return list(self[name])


def theirs(token: str, header: str, url: str, params: dict[str, Sequence[str]]) -> bool:
    return bool(RequestValidator(token).validate(url, Posted(params), header))


def signed_by_them(token: str, url: str, params: dict[str, Sequence[str]]) -> str:
    return str(RequestValidator(token).compute_signature(url, Posted(params)))


def test_published_vector() -> None:
    """Twilio's published example has the published signature, and passes."""
    assert signature(TOKEN, URL, PUBLISHED) == PUBLISHED_SIGNATURE
    assert is_signed([TOKEN], PUBLISHED_SIGNATURE, URL, PUBLISHED)


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("place", [0, -1])
def test_one_byte_changed(name: str, place: int) -> None:
    """One byte changed in any parameter's value breaks the signature."""
    value = list(PUBLISHED[name][0])
    value[place] = "7" if value[place] != "7" else "8"
    assert not is_signed([TOKEN], PUBLISHED_SIGNATURE, URL, {**PUBLISHED, name: ("".join(value),)})


@pytest.mark.parametrize("change", [URL + "3", URL.replace("https", "http"), URL.replace("myapp", "other")])
def test_another_address(change: str) -> None:
    """A signature for one address is none for another."""
    assert not is_signed([TOKEN], PUBLISHED_SIGNATURE, change, PUBLISHED)


def test_a_field_more_or_less() -> None:
    """A field added or taken away breaks the signature."""
    less = {name: PUBLISHED[name] for name in PUBLISHED if name != "Digits"}
    assert not is_signed([TOKEN], PUBLISHED_SIGNATURE, URL, {**PUBLISHED, "StirVerstat": ("x",)})
    assert not is_signed([TOKEN], PUBLISHED_SIGNATURE, URL, less)


@pytest.mark.parametrize("url", ADDRESSES)
@pytest.mark.parametrize("signed", ADDRESSES)
def test_addresses_as_twilio(url: str, signed: str) -> None:
    """Each address accepts the signatures of just those addresses that Twilio's validator accepts for it."""
    header = signed_by_them(TOKEN, signed, {"A": ["1"]})
    assert is_signed([TOKEN], header, url, {"A": ["1"]}) == theirs(TOKEN, header, url, {"A": ["1"]})


@given(fields, st.sampled_from(ADDRESSES), st.text(min_size=1, max_size=12), st.booleans())
def test_forms_as_twilio(params: dict[str, Sequence[str]], url: str, token: str, genuine: bool) -> None:
    """Any form, with blank, repeated and unicode values, is judged as Twilio's validator judges it."""
    header = signed_by_them(token if genuine else token + "x", url, params)
    assert signature(token, url, params) == signed_by_them(token, url, params)
    assert is_signed([token], header, url, params) == theirs(token, header, url, params)


@given(st.text(max_size=40), st.sampled_from(["", ":443", ":8443", ":99999", ":x"]), st.booleans())
def test_any_address_as_twilio(path: str, port: str, slash: bool) -> None:
    """Any address is judged as Twilio's validator judges it; where that one raises, it is not signed."""
    url = f"https://example.com{port}{'/' if slash else ''}{path}"
    header = signed_by_them(TOKEN, url, {})
    try:
        expected = theirs(TOKEN, header, url, {})
    except ValueError:
        expected = False
    assert is_signed([TOKEN], header, url, {}) == expected


@pytest.mark.parametrize(
    "header",
    [
        "",
        "x",
        "é" * 28,
        "\udcff" * 28,
        "\x00",
        PUBLISHED_SIGNATURE[:-1],
        PUBLISHED_SIGNATURE + "=",
        "=" * 9999,
    ],
)
def test_odd_headers(header: str) -> None:
    """An empty, short, long or non-ASCII header is not a signature, and never raises."""
    assert not is_signed([TOKEN], header, URL, PUBLISHED)


def test_lone_surrogates() -> None:
    """Text that is no Unicode is judged like any other: it never raises."""
    assert not is_signed([TOKEN], PUBLISHED_SIGNATURE, URL + "\ud800", {"\udfff": ["\ud800"]})


def test_two_tokens() -> None:
    """While tokens are rotated a signature under either passes, and under no third."""
    assert is_signed(["next", TOKEN], PUBLISHED_SIGNATURE, URL, PUBLISHED)
    assert is_signed([TOKEN, "next"], PUBLISHED_SIGNATURE, URL, PUBLISHED)
    assert not is_signed(["next", "other"], PUBLISHED_SIGNATURE, URL, PUBLISHED)


def test_no_token_signs_nothing() -> None:
    """An empty token, which anybody could sign with, is none; nor is there a signature without tokens."""
    header = signature("", URL, PUBLISHED)
    assert not is_signed([""], header, URL, PUBLISHED)
    assert not is_signed([], header, URL, PUBLISHED)
