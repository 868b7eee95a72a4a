"""The published keys, as somebody else's program fetches them."""

from app.adapters.key_sets import PublishedKeys
from app.services.receipts import facts_of
from app.verification.receipt_check import Checked
from tests.unit.services.test_receipts import PROVED
from tests.web.conftest import Desk

KEYS = "/.well-known/jwks.json"


def test_a_receipt_is_checked_by_the_published_keys(desk: Desk) -> None:
    """Whoever fetches the keys can check a receipt of this service, and needs nothing else."""
    now = desk.clock.now()
    call = PROVED.having(proved_at=now.isoformat())
    token = desk.services.signer.sign(facts_of(call, now))
    keys = PublishedKeys.read(desk.anybody().get(KEYS).data, desk.services.settings.public_url)
    found = keys.verify(token, now)
    assert isinstance(found, Checked)
    assert found.facts.account == "12345678"


def test_the_keys_are_kept_for_five_minutes(desk: Desk) -> None:
    """A key set of its own media type, which caches keep for as long as a new key waits before it signs."""
    answer = desk.anybody().get(KEYS)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/jwk-set+json"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    again = desk.anybody().get(KEYS, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_only_public_halves_are_published(desk: Desk) -> None:
    """No private number is in the answer."""
    (key,) = desk.anybody().get(KEYS).json["keys"]
    assert "d" not in key
    secret = desk.services.settings.receipt_keys.partition(":")[2].rstrip("=")
    assert secret not in desk.anybody().get(KEYS).text
