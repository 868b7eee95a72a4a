"""``callgate emergency``: closing now, and saying why."""

import json

import pytest

from tests.integration.cli.conftest import Cli

ITALIAN_BILLING = ("explain", "--territory", "IT", "--department", "billing", "--language", "it", "--json")
NOON = "2035-11-21T12:00:00+01:00"  # a Wednesday


@pytest.mark.usefixtures("published")
def test_an_emergency_closes_a_desk_until_its_end(cli: Cli) -> None:
    """A closure of one country's department holds from its start to its end, and nowhere else."""
    assert json.loads(cli.succeeds(*ITALIAN_BILLING, "--at", NOON))["open"]
    said = cli.succeeds(
        *("emergency", "close", "--territory", "IT", "--department", "billing", "--reason", "flood"),
        *("--from", "2035-11-21T11:00+01:00", "--until", "2035-11-21T13:00+01:00"),
    )
    assert "IT, billing" in said
    closed = json.loads(cli.succeeds(*ITALIAN_BILLING, "--at", NOON))
    assert not closed["open"]
    assert closed["next_opening"] == "2035-11-21T13:00:00+01:00"
    assert any(why.startswith("emergency/") for why in closed["because"])
    assert json.loads(cli.succeeds(*ITALIAN_BILLING, "--at", "2035-11-21T13:00:00+01:00"))["open"]
    assert "flood" in cli.succeeds("emergency", "list")


@pytest.mark.usefixtures("published")
def test_an_emergency_can_be_undone(cli: Cli) -> None:
    """A closure that was a mistake is ended by its number, at once; ending it twice is refused."""
    ask = ("explain", "--territory", "IT", "--department", "technical", "--language", "en", "--json")
    cli.succeeds("emergency", "close", "--reason", "mistake", "--until", "2035-01-01T00:00Z")
    assert not json.loads(cli.succeeds(*ask))["open"]
    number = cli.succeeds("emergency", "list").split()[0]
    assert "mistake" in cli.succeeds("emergency", "end", number)
    assert json.loads(cli.succeeds(*ask))["open"]
    assert cli.succeeds("emergency", "list") == ""
    assert "number" in cli.refuses("emergency", "end", number)


@pytest.mark.usefixtures("published")
def test_an_emergency_has_an_end_and_a_known_place(cli: Cli) -> None:
    """Without an end, with one in the past, for an unknown territory or without words: refused."""
    later = ("--until", "2035-01-01T00:00Z", "--reason", "x")
    assert "--until" in cli.refuses("emergency", "close", "--reason", "x")
    assert "later" in cli.refuses("emergency", "close", "--reason", "x", "--until", "2020-01-01T00:00Z")
    assert "no territory ZZ" in cli.refuses("emergency", "close", "--territory", "ZZ", *later)
    assert "--say" in cli.refuses("emergency", "announce", *later)
    assert "LANGUAGE=TEXT" in cli.refuses("emergency", "announce", "--say", "hello", *later)
    assert cli.succeeds("emergency", "list") == ""


@pytest.mark.usefixtures("published")
def test_an_announcement_names_its_incident(cli: Cli) -> None:
    """An announcement belongs to the incident that is named, or to one of its reason's name."""
    rest = ("--until", "2035-01-01T00:00Z", "--reason", "slow mail", "--say", "en=Delays.")
    assert "[Storm]" in cli.succeeds("emergency", "announce", "--incident", "Storm", *rest)
    assert "[slow mail]" in cli.succeeds("emergency", "announce", *rest)
    assert "There is no voice for tlh" in cli.refuses("emergency", "announce", *rest, "--say", "tlh=Qapla")
