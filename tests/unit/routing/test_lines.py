from dataclasses import replace

import pytest

from routing import tables
from routing.compiled import RoutingTable
from routing.lines import Many, One, Several, Unknown, by_calling_code, territories_for
from routing.table import Notice, Queue
from tests.unit.routing.building import DESK, FRANCE, ITALY, LINE, table

SAMPLE = RoutingTable(tables.sample(), 1)
FRENCH, ENGLISH, SHARED = "+13128435147", "+13128435145", "+18008659408"


def served(number: str) -> tuple[str, ...]:
    line = SAMPLE.line(number)
    assert line is not None
    return line.territories


@pytest.mark.parametrize(
    ("dnis", "ani", "expected"),
    [
        ("+611800197503", None, One("AU", guessed=False)),
        (FRENCH, "+50934123456", One("HT", guessed=True)),
        (FRENCH, "+590590123456", Several(("GP", "BL", "MF"))),
        (ENGLISH, "+5997153456", Several(("BQ-SA", "BQ-SE"))),
        (SHARED, "+18005551234", Several(("CA", "US"))),
        (SHARED, "+18765551234", One("JM", guessed=True)),
        ("+13128435149", "+4779123456", Several(("NO-22", "NO-21"))),
        ("+390000000000", "+393331234567", Unknown()),
    ],
)
def test_what_a_line_means_for_a_caller(dnis: str, ani: str | None, expected: object) -> None:
    """One territory is meant, or told by the caller's region; two in that region are a matter of a menu."""
    assert territories_for(SAMPLE, dnis, ani) == expected


@pytest.mark.parametrize("ani", [None, "+390212345678", "+99912345678"])
def test_a_caller_from_elsewhere_keys_a_calling_code(ani: str | None) -> None:
    """Nothing tells a shared line's territories when the caller's number is withheld or of none of them."""
    assert territories_for(SAMPLE, FRENCH, ani) == Many(served(FRENCH))


@pytest.mark.parametrize(
    ("dnis", "digits", "expected"),
    [
        (FRENCH, "509", ("HT",)),
        (FRENCH, "00509", ("HT",)),
        (FRENCH, "590", ("GP", "BL", "MF")),
        (FRENCH, "262", ("TF", "YT", "RE")),
        (FRENCH, "39", ()),
        (FRENCH, "", ()),
        (SHARED, "1876", ("JM",)),
        (SHARED, "1787", ("PR",)),
        ("+13128435149", "47", ("NO-22", "NO-21", "BV")),
        ("+4969380789305", "33", ("EEA",)),
        ("+4969380789305", "49", ("DE",)),
    ],
)
def test_a_keyed_calling_code_narrows(dnis: str, digits: str, expected: tuple[str, ...]) -> None:
    """A calling code leaves the territories of that code; none: there is no such country on the line."""
    assert set(by_calling_code(SAMPLE, served(dnis), digits)) == set(expected)


@pytest.mark.parametrize("number", ["+13128435147", "sip:+13128435147@carrier.example.com"])
def test_a_line_is_reached_by_number_or_sip_address(number: str) -> None:
    """A line is known by its number, and by a SIP address with that number."""
    assert SAMPLE.line(number) is not None


def test_a_line_is_reached_by_its_other_addresses() -> None:
    """What the carrier really delivers, a DID or a SIP address in any case, reaches the line."""
    line = replace(LINE, reached_as=("sip:Desk@example.com", "+390287654321"))
    where = table(lines=(line,))
    for dnis in ("sip:desk@EXAMPLE.com", "+390287654321", LINE.number):
        assert where.line(dnis) == line
    assert where.line("sip:other@example.com") is None


def test_a_line_without_a_number_is_reached_by_nothing() -> None:
    """A line that is only printed has no address, so that an empty one finds nothing."""
    assert table(lines=(replace(LINE, number=""),)).line("") is None


def test_a_queue_has_a_row_or_the_carriers_own() -> None:
    """A queue without a row is the carrier's queue of the same name."""
    where = table(queues=(Queue("a", "sip:a@example.com"),))
    assert where.queue("a").target == "sip:a@example.com"
    assert where.queue("b") == Queue("b", "queue:b")


def test_prompt_languages_are_ops_own_then_the_desks() -> None:
    """Callers are offered what ops named, then their desks' languages in row order, default rows last."""
    assert SAMPLE.prompt_languages("FI") == ("fi", "en")
    assert SAMPLE.prompt_languages("IT") == ("it", "en")
    assert SAMPLE.prompt_languages("MX") == ("es", "en")
    assert SAMPLE.prompt_languages("NP") == ()
    assert SAMPLE.prompt_languages("XX") == ()


def test_a_notice_is_the_territorys_own_in_the_callers_language() -> None:
    """One notice a kind: the territory's before the one for all, the caller's language before English."""
    notices = tuple(
        Notice(territory, kind, language, f"{territory} {kind} {language}")
        for territory in ("*", "IT")
        for kind in ("privacy", "service")
        for language in ("en", "it")
        if (territory, kind, language) not in {("IT", "service", "it"), ("IT", "service", "en")}
    )
    where = table(notices=notices, territories=(ITALY, FRANCE))
    assert [row.text for row in where.notices("IT", "it")] == ["IT privacy it", "* service it"]
    assert [row.text for row in where.notices("FR", "fr")] == ["* privacy en", "* service en"]
    assert table(DESK).notices("IT", "it") == ()
