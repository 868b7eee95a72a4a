"""``callgate receipt``, as somebody with a token in hand uses it."""

import json
from datetime import datetime, timedelta

import pytest

from app.adapters.clock import SystemClock
from app.adapters.receipts import ReceiptSigner
from app.adapters.secrets import new_receipt_key
from app.verification.model import Level, Method
from app.verification.receipt import Facts
from app.verification.receipt_keys import ReceiptKeys
from tests.integration.cli.conftest import Cli
from tests.integration.platform.scripted_server import answering

ISSUER = "https://phone.example.com"
ENTRY = new_receipt_key("2026a")
OURS = {"PUBLIC_URL": ISSUER, "RECEIPT_KEYS": ENTRY}
SIGNER = ReceiptSigner(ReceiptKeys.parse(ENTRY), ISSUER)


def token(
    *, issued: datetime | None = None, who: str = "Rossi Forniture", signer: ReceiptSigner = SIGNER
) -> str:
    at = issued or SystemClock().now()
    return signer.sign(Facts("3f1c", Level.CODE, at, 4, Method.EMAIL, at, "12345678", who, "technical-it"))


def test_a_receipt_that_holds(cli: Cli) -> None:
    """Its facts are printed, and until when it holds."""
    said = cli.succeeds("receipt", "verify", token(), env=OURS)
    for words in ("code by email", "12345678, Rossi Forniture", "technical-it", "3f1c", "Valid until 20"):
        assert words in said


def test_an_unverified_callers_organisation_is_a_claim(cli: Cli) -> None:
    """Who is not proved only claims to be somebody, and that is said."""
    claimed = Facts("3f1c", Level.UNVERIFIED, SystemClock().now(), 4, organisation="Rossi Forniture")
    assert "not proved" in cli.succeeds("receipt", "verify", SIGNER.sign(claimed), env=OURS)


def test_a_receipt_that_proves_nothing(cli: Cli) -> None:
    """Expired, another's, or no receipt at all: one sentence, and exit code 1."""
    stranger = ReceiptSigner(ReceiptKeys.parse(new_receipt_key("2026a")), ISSUER)
    past = SystemClock().now() - timedelta(minutes=61)
    for given, why in (
        (token(issued=past), "expired"),
        (token(signer=stranger), "signature"),
        ("nonsense", "no receipt"),
    ):
        ran = cli("receipt", "verify", given, env=OURS)
        assert ran.code == 1
        assert why in ran.err
        assert len(ran.err.strip().splitlines()) == 1
        assert ran.out == ""


def test_somebody_elses_machine_checks_by_file(cli: Cli) -> None:
    """With the published keys in a file and the issuer's name, no setting is needed."""
    keys = cli.var / "jwks.json"
    keys.write_text(json.dumps(SIGNER.published()))
    arguments = ("receipt", "verify", token(), "--jwks", str(keys))
    assert "Valid until" in cli.succeeds(*arguments, "--issuer", ISSUER)
    assert cli(*arguments, "--issuer", "https://other.example.com").code == 1
    assert "--issuer" in cli.refuses(*arguments)
    assert [path.name for path in cli.var.iterdir()] == ["jwks.json"]


def test_somebody_elses_machine_checks_by_address(cli: Cli) -> None:
    """From an address the keys and the issuer's name come together."""
    body = json.dumps(SIGNER.published()).encode()
    answer = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    with answering(answer) as port:
        here = f"http://127.0.0.1:{port}"
        ours = ReceiptSigner(ReceiptKeys.parse(ENTRY), here)
        where = ("--jwks", f"{here}/.well-known/jwks.json")
        assert "Valid until" in cli.succeeds("receipt", "verify", token(signer=ours), *where)
        assert "another service" in cli("receipt", "verify", token(), *where).err
        assert "Valid until" in cli.succeeds("receipt", "verify", token(), *where, "--issuer", ISSUER)


@pytest.mark.parametrize(
    "where",
    [
        "http://phone.example.com/.well-known/jwks.json",
        "ftp://phone.example.com/keys",
        "https://",
        "https://user:secret@phone.example.com/keys",
        "missing.json",
    ],
)
def test_keys_that_cannot_be_had_are_told(cli: Cli, where: str) -> None:
    """An address in the clear, one that is none, or no file: a sentence, and exit code 2."""
    said = cli.refuses("receipt", "verify", token(), "--jwks", where, "--issuer", ISSUER)
    assert len(said.strip().splitlines()) == 1


def test_a_name_moves_nothing_on_the_terminal(cli: Cli) -> None:
    """Control characters in a claim are shown as such."""
    said = cli.succeeds("receipt", "verify", token(who="Rossi\x1b[2J\nlevel  code"), env=OURS)
    assert "\x1b" not in said
    assert "Rossi\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}level" in said


def test_a_new_key_is_taken_by_the_settings(cli: Cli) -> None:
    """What ``receipt key`` prints stands in RECEIPT_KEYS as it is, before the old one."""
    entry = cli.succeeds("receipt", "key", "2026b").strip()
    assert ReceiptKeys.parse(entry).signing == "2026b"
    both = {**OURS, "RECEIPT_KEYS": f"{entry},{ENTRY}"}
    assert "Valid until" in cli.succeeds("receipt", "verify", token(), env=both)
    assert "1 to 32" in cli.refuses("receipt", "key", "a b")


def test_development_keeps_its_key(cli: Cli) -> None:
    """Without RECEIPT_KEYS, development's receipts are checked by the key it made and kept."""
    cli("receipt", "verify", "x")
    kept = (cli.var / "receipt-keys").read_text()
    ours = ReceiptSigner(ReceiptKeys.parse(kept), "http://127.0.0.1:8000")
    assert "Valid until" in cli.succeeds("receipt", "verify", token(signer=ours))
