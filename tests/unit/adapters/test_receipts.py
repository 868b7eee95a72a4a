"""Receipts, signed and told from anything else."""

import base64
import json
import string
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey, OctKey

from app.adapters.key_sets import PublishedKeys
from app.adapters.receipts import ReceiptSigner
from app.adapters.secrets import new_receipt_key
from app.faults import Fault, FaultCode
from app.verification.receipt import LONGEST, header, payload
from app.verification.receipt_check import Checked, Reason, Refused
from app.verification.receipt_keys import ReceiptKeys
from tests.unit.verification.test_receipt import CHINESE, ISSUED, ISSUER, PROVED

OLD, NEW = new_receipt_key("2026a"), new_receipt_key("2026b")
SIGNER = ReceiptSigner(ReceiptKeys.parse(OLD), ISSUER)
TOKEN = SIGNER.sign(PROVED)
CLAIMS = payload(PROVED, issuer=ISSUER, receipt_id="r1", key_id="2026a")
_SYMBOLS = string.ascii_letters + string.digits + "-_."


def signer(*keys: str) -> ReceiptSigner:
    return ReceiptSigner(ReceiptKeys.parse(",".join(keys)), ISSUER)


def public(who: ReceiptSigner) -> PublishedKeys:
    """Somebody who fetched the published keys."""
    return PublishedKeys.read(json.dumps(who.published()).encode(), ISSUER)


def private(entry: str = OLD) -> ECKey:
    number = int.from_bytes(base64.b64decode(entry.partition(":")[2]), "big")
    return ECKey.import_key(ec.derive_private_key(number, ec.SECP256R1()))


def signed(head: dict[str, Any], claims: bytes = CLAIMS, entry: str = OLD) -> str:
    """A token as somebody who has a key may word it."""
    return jws.serialize_compact(head, claims, private(entry), algorithms=["ES256"])


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def refused(token: str) -> Reason:
    """Why neither the service nor somebody with its published keys believes a token."""
    ours, theirs = SIGNER.verify(token, ISSUED), public(SIGNER).verify(token, ISSUED)
    assert ours == theirs
    assert isinstance(ours, Refused)
    return ours.reason


def test_a_receipt_holds_here_and_elsewhere() -> None:
    """The service itself and whoever fetched its published keys read the same facts."""
    ours, theirs = SIGNER.verify(TOKEN, ISSUED), public(SIGNER).verify(TOKEN, ISSUED)
    assert isinstance(ours, Checked)
    assert ours == theirs
    assert (ours.facts.level, ours.facts.organisation) == (PROVED.level, "Rossi Forniture")


def test_the_signature_is_es256_as_anybody_computes_it() -> None:
    """ECDSA over P-256 and SHA-256, the two numbers one after the other (RFC 7518, section 3.4)."""
    head, claims, signature = TOKEN.split(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    first, second = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    private().public_key.verify(
        encode_dss_signature(first, second), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())
    )


def test_each_receipt_has_an_id_of_its_own() -> None:
    """Two receipts of the same facts can be told apart."""
    ids = set()
    for token in (SIGNER.sign(PROVED), SIGNER.sign(PROVED)):
        found = SIGNER.verify(token, ISSUED)
        assert isinstance(found, Checked)
        ids.add(found.receipt_id)
    assert len(ids) == 2


@given(name=st.text(max_size=120))
def test_every_token_is_short_and_needs_no_escape(name: str) -> None:
    """At most 800 characters, none of which a URL or a SIP header would have to escape."""
    token = SIGNER.sign(replace(PROVED, organisation=name))
    assert len(token) <= LONGEST
    assert set(token) <= set(_SYMBOLS)


def test_a_hundred_chinese_letters_fit() -> None:
    """An organisation with the longest name there may be has a receipt that holds."""
    token = SIGNER.sign(replace(PROVED, organisation=CHINESE))
    assert len(token) <= LONGEST
    assert isinstance(SIGNER.verify(token, ISSUED), Checked)


def test_published_keys_are_public_halves() -> None:
    """The key set names use and algorithm, and nothing private."""
    keys = signer(NEW, OLD).published()["keys"]
    assert [key["kid"] for key in keys] == ["2026b", "2026a"]
    for key in keys:
        assert key.keys() == {"kid", "use", "alg", "kty", "crv", "x", "y"}
        assert (key["use"], key["alg"], key["crv"]) == ("sig", "ES256", "P-256")


def test_a_key_is_changed_without_a_failed_check() -> None:
    """Listed second, then first, then alone: every receipt holds wherever the keys were fetched in time."""
    before, announced, swapped, after = signer(OLD), signer(OLD, NEW), signer(NEW, OLD), signer(NEW)
    by_old, by_announced, by_new = before.sign(PROVED), announced.sign(PROVED), swapped.sign(PROVED)
    for token in (by_old, by_announced):
        for who in (before, announced, swapped, public(before), public(announced), public(swapped)):
            assert isinstance(who.verify(token, ISSUED), Checked)
    for who in (announced, swapped, after, public(announced), public(swapped), public(after)):
        assert isinstance(who.verify(by_new, ISSUED), Checked)
    assert public(before).verify(by_new, ISSUED) == Refused(Reason.UNKNOWN_KEY)
    assert after.verify(by_old, ISSUED) == Refused(Reason.UNKNOWN_KEY)


def test_a_key_of_the_same_name_is_another_key() -> None:
    """A name alone signs nothing: with another key under the same id the receipt is refused."""
    assert signer(new_receipt_key("2026a")).verify(TOKEN, ISSUED) == Refused(Reason.BAD_SIGNATURE)


def test_one_letter_changed_is_another_token() -> None:
    """Whichever letter of a receipt is changed, it proves nothing."""
    for place in range(0, len(TOKEN), 7):
        other = "A" if TOKEN[place] != "A" else "B"
        found = SIGNER.verify(TOKEN[:place] + other + TOKEN[place + 1 :], ISSUED)
        assert isinstance(found, Refused), place


@pytest.mark.parametrize(
    "head",
    [
        {"alg": "ES256", "kid": "2026a"},
        {"alg": "ES256", "kid": "2026a", "typ": "JWT"},
        {"alg": "ES256", "typ": "callgate-receipt+jwt"},
        {**header("2026a"), "cty": "JWT"},
        {**header("2026a"), "jku": "https://evil.example.com/jwks.json"},
        {**header("2026a"), "jwk": json.loads(json.dumps(private().as_dict()))},
    ],
)
def test_a_token_of_another_kind_is_refused(head: dict[str, Any]) -> None:
    """Signed by our key or not: a header that is not a receipt's own makes it a token of another kind."""
    assert refused(signed(head)) is Reason.OTHER_KIND


def test_other_algorithms_are_refused() -> None:
    """Neither unsigned tokens nor ones signed with the public key as a shared secret are receipts."""
    head, claims, signature = TOKEN.split(".")
    for algorithm in ("none", "HS256", "ES384", "es256", None, ["ES256"]):
        other = {**header("2026a"), "alg": algorithm}
        assert refused(f"{part(other)}.{claims}.{signature}") is Reason.OTHER_KIND
    assert refused(f"{head}.{claims}.") is Reason.MALFORMED
    shared = OctKey.import_key(json.dumps(SIGNER.published()["keys"][0]))
    forged = jws.serialize_compact({**header("2026a"), "alg": "HS256"}, CLAIMS, shared, algorithms=["HS256"])
    assert isinstance(SIGNER.verify(forged, ISSUED), Refused)


@pytest.mark.parametrize("key_id", ["2026z", "", "../2026a", "a" * 33, 7, None, ["2026a"], {"a": 1}])
def test_a_key_nobody_published_is_unknown(key_id: Any) -> None:
    """A token under any other id, or under what is no id, is refused before anything is computed."""
    _, claims, signature = TOKEN.split(".")
    token = f"{part({**header('2026a'), 'kid': key_id})}.{claims}.{signature}"
    assert refused(token) in {Reason.UNKNOWN_KEY, Reason.OTHER_KIND}


def test_another_services_receipt_is_refused() -> None:
    """Signed by the same key but for another issuer, a receipt is not ours."""
    there = ReceiptSigner(ReceiptKeys.parse(OLD), "https://other.example.com")
    assert refused(there.sign(PROVED)) is Reason.OTHER_ISSUER


_SEGMENT = st.one_of(
    st.text("ABCabc019-_", max_size=90),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=10) | st.just("ES256"),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["alg", "kid", "typ"]), inner)
        ),
    ).map(part),
    st.just(base64.urlsafe_b64encode(b"[" * 2000).decode().rstrip("=")),
    st.sampled_from(TOKEN.split(".")),
)


@given(st.one_of(st.text(), st.lists(_SEGMENT, max_size=5).map(".".join), st.text("e.yJ", max_size=4200)))
def test_any_text_is_judged(text: str) -> None:
    """Whatever is given for a receipt, it is refused with a reason, by the service and by anybody else."""
    if text != TOKEN:
        refused(text)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<html>",
        b"\xff",
        b"[]",
        b"{}",
        b'{"keys": 7}',
        b'{"keys": [null, 7, {}]}',
        b"[" * 5000,
        b'{"keys": [{"kty": "RSA", "kid": "a", "n": "AQAB", "e": "AQAB"}]}',
        b'{"keys": [{"kty": "EC", "crv": "P-256", "kid": "a", "x": "AAAA", "y": "AAAA"}]}',
        b'{"keys": [{"kty": "EC", "crv": "P-256", "kid": "a"}]}',
        b'{"keys": [{"kty": "EC", "crv": "P-256", "kid": "a", "x": 7, "y": null}]}',
    ],
)
def test_what_is_no_key_set_is_said(text: bytes) -> None:
    """A text in which no receipt's key is found is told, not taken for a set that knows nobody."""
    with pytest.raises(Fault) as caught:
        PublishedKeys.read(text, ISSUER)
    assert caught.value.code is FaultCode.BAD_INPUT


@pytest.mark.parametrize("change", [{"use": "enc"}, {"alg": "ES384"}, {"kid": None}, {"crv": "P-384"}])
def test_keys_for_something_else_are_passed_over(change: dict[str, Any]) -> None:
    """A key that is published for another use signs no receipts; the others of the set still do."""
    (key,) = SIGNER.published()["keys"]
    other = signer(NEW).published()["keys"]
    found = PublishedKeys.read(json.dumps({"keys": [{**key, **change}, *other]}).encode(), ISSUER)
    assert found.verify(TOKEN, ISSUED) == Refused(Reason.UNKNOWN_KEY)


def test_a_new_key_is_a_key() -> None:
    """Every entry that is made can be read, and no two are the same."""
    entries = {new_receipt_key("a") for _ in range(50)}
    assert len(entries) == 50
    assert all(ReceiptKeys.parse(entry).signing == "a" for entry in entries)


def test_nothing_secret_is_shown() -> None:
    """Neither the keys nor who signs with them show the private number."""
    keys = ReceiptKeys.parse(OLD)
    shown = f"{keys!r} {ReceiptSigner(keys, ISSUER)!r}"
    assert OLD.partition(":")[2] not in shown
    assert str(keys.numbers["2026a"]) not in shown
