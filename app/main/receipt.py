"""``callgate receipt``: the proof that travels with a transfer."""

from pathlib import Path

import click

from app.adapters.clock import SystemClock
from app.adapters.key_set_source import fetch_key_set, issuer_of
from app.adapters.key_sets import PublishedKeys
from app.adapters.receipts import ReceiptSigner
from app.adapters.secrets import new_receipt_key
from app.faults import Fault, FaultCode
from app.main.context import settings
from app.main.files import read
from app.ports.receipts import Verifier
from app.settings import checks
from app.verification.model import Level
from app.verification.named_keys import is_key_id
from app.verification.receipt import Facts
from app.verification.receipt_check import SENTENCES, Checked, Refused
from app.verification.receipt_keys import ReceiptKeys


@click.group()
def receipt() -> None:
    """Receipts: what was proved of a caller, signed for whoever takes the call."""


@receipt.command()
@click.argument("token", metavar="TOKEN")
@click.option(
    "--jwks", metavar="URL|FILE", help="The issuer's published keys; those of this service if not given."
)
@click.option(
    "--issuer", metavar="URL", help="Who must have issued it: PUBLIC_URL, or the host the keys came from."
)
def verify(token: str, jwks: str | None, issuer: str | None) -> None:
    """Say what a receipt proves, or why it proves nothing.

    Exits with 0 when it holds, with 1 when it proves nothing, with 2 when it could not be looked at.
    """
    found = _verifier(jwks, issuer).verify(token.strip(), SystemClock().now())
    match found:
        case Checked():
            _tell(found)
        case Refused(reason=reason):
            click.echo(f"The receipt proves nothing: {SENTENCES[reason]}.", err=True)
            raise click.exceptions.Exit(1)


@receipt.command()
@click.argument("key_id", metavar="ID")
def key(key_id: str) -> None:
    """Print a new entry for RECEIPT_KEYS; ID names it, as in 2026a."""
    if not is_key_id(key_id):
        raise Fault(FaultCode.BAD_INPUT, "A key's id has 1 to 32 letters, digits, dots, _ or -.")
    click.echo(new_receipt_key(key_id))


def _verifier(jwks: str | None, issuer: str | None) -> Verifier:
    """By this service's own keys or, where they are told, by somebody's published ones."""
    if jwks is None:
        found = settings()
        return ReceiptSigner(ReceiptKeys.parse(found.receipt_keys), issuer or found.public_url)
    if "://" in jwks:
        wrong = checks.web_address(jwks) or checks.over_tls_or_here(jwks)
        if wrong:
            raise Fault(FaultCode.BAD_INPUT, f"--jwks {wrong.removesuffix(' in production')}.")
        return PublishedKeys.read(fetch_key_set(jwks), issuer or issuer_of(jwks))
    if issuer is None:
        raise Fault(FaultCode.BAD_INPUT, "A file does not say whose keys are in it: add --issuer URL.")
    return PublishedKeys.read(read(Path(jwks)), issuer)


def _tell(found: Checked) -> None:
    facts = found.facts
    for name, said in (
        ("level", facts.level.name.lower() + (f" by {facts.method}" if facts.method else "")),
        ("reached at", f"{facts.reached_at:%Y-%m-%d %H:%M:%S}Z" if facts.reached_at else ""),
        ("organisation", _organisation(facts)),
        ("queue", facts.queue),
        ("call", facts.call_id),
        ("table version", str(facts.table_version)),
        ("issued at", f"{facts.issued_at:%Y-%m-%d %H:%M:%S}Z"),
        ("receipt", found.receipt_id),
    ):
        if said:
            click.echo(f"{name:<14} {_printable(said)}")
    click.echo(f"Valid until {found.expires_at:%Y-%m-%d %H:%M:%S}Z.")


def _organisation(facts: Facts) -> str:
    named = ", ".join(filter(None, (facts.account, facts.organisation)))
    claimed = " (as the caller says; not proved)" if named and facts.level is Level.UNVERIFIED else ""
    return named + claimed


def _printable(text: str) -> str:
    """A text that moves nothing on the terminal."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
