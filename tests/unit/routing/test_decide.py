from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing import tables
from routing.compiled import RoutingTable
from routing.decide import Facts, Kind, decide
from routing.table import Coverage, Line, Schedule, Territory
from tests.unit.routing.building import BILLING, DESK, LINE, NOBODY, asked, opens, table

SAMPLE = RoutingTable(tables.sample(), 7)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ENGLISH = replace(DESK, language="en", hours="24/7")


def told(**facts: str) -> tuple[str, str]:
    found = decide(SAMPLE, NOBODY, Facts(**facts), NOON)
    return found.kind.value, found.because[-1]


def test_an_open_desk_takes_the_call() -> None:
    """The desk asked for, open, takes the call: its queue, the open languages, and the rows that decided."""
    found = asked(table(DESK, ENGLISH), "2026-11-20 10:00")
    assert (found.kind, found.queue, found.open) == (Kind.TRANSFER, "technical-it", True)
    assert (found.languages, found.next_opening, found.other_department) == (("it", "en"), None, "")
    assert found.because == ("territory/IT", "coverage/IT/technical/it")
    assert found.version == 1


def test_a_closed_desk_tells_what_is_left() -> None:
    """A closed desk gives its queue, its own next opening, the open languages and the other department."""
    night = replace(BILLING, hours="Mo-Su 18:00-23:00")
    found = asked(table(DESK, ENGLISH, night), "2026-11-20 19:00")
    assert (found.kind, found.language, found.queue) == (Kind.CLOSED, "it", "technical-it")
    assert (found.languages, found.other_department) == (("en",), "billing")
    assert opens(found) == "2026-11-23 09:00"


def test_a_language_nobody_speaks_is_closed_loudly() -> None:
    """A language without a desk is closed and never opens, and the reason says that there is no such desk."""
    found = asked(table(), "2026-11-20 10:00", language="fr")
    assert (found.kind, found.queue, found.next_opening) == (Kind.CLOSED, "", None)
    assert found.languages == ("it",)
    assert "missing/coverage/IT/technical/fr" in found.because


def test_a_department_nobody_has_is_closed_loudly() -> None:
    """A department without a desk is closed, never open."""
    found = asked(table(), "2026-11-20 10:00", department="sales", language="")
    assert (found.kind, found.because[-1]) == (Kind.CLOSED, "missing/coverage/IT/sales")
    assert found.other_department == "technical"


def test_without_a_language_the_first_open_desk_takes_the_call() -> None:
    """Row order decides between open desks when no language was asked for."""
    assert asked(table(DESK, ENGLISH), "2026-11-20 10:00", language="").language == "it"
    assert asked(table(DESK, ENGLISH), "2026-11-20 20:00", language="").queue == "technical-en"


def test_without_a_language_the_earliest_opening_is_told() -> None:
    """With all desks closed the earliest opening counts, on the clock of the desk that opens."""
    london = replace(DESK, language="en", hours="Mo-Fr 07:00-17:00", zone="Europe/London")
    found = asked(table(DESK, london), "2026-11-20 20:00", language="")
    assert opens(found) == "2026-11-23 07:00"
    assert found.next_opening is not None
    assert found.next_opening.utcoffset() == timedelta(0)
    assert (found.language, found.queue) == ("", "technical-it")


@pytest.mark.parametrize("language", ["it-IT", "IT"])
def test_a_longer_tag_means_its_language(language: str) -> None:
    """A caller's tag with a region, or in capitals, finds the desk of the language."""
    assert asked(table(), "2026-11-20 10:00", language=language).language == "it"


def test_no_department_is_asked_for() -> None:
    """With the territory known and no department the caller is asked for it."""
    found = asked(table(), "2026-11-20 10:00", department="")
    assert (found.kind, found.question, found.territory) == (Kind.ASK, "department", "IT")


def test_an_unknown_line_goes_to_the_fallback() -> None:
    """A number that is no line, or none at all, goes to the fallback queue."""
    assert told(dnis="+390000000") == ("fallback", "unknown/line/+390000000")
    assert told() == ("fallback", "unknown/line/")


def test_an_unknown_territory_is_asked_for() -> None:
    """A territory the table does not have is asked for, and the reason says so."""
    assert told(territory="XX") == ("ask", "unknown/territory/XX")


def test_a_guess_is_called_one() -> None:
    """A territory that only the caller's number told is a guess; line and region are reasons."""
    facts = Facts(dnis="+13128435147", ani="+50934123456", department="billing")
    found = decide(SAMPLE, NOBODY, facts, NOON + timedelta(hours=10))
    assert (found.territory, found.guessed) == ("HT", True)
    assert found.because[:3] == ("line/+13128435147", "region/HT", "territory/HT")
    assert opens(found) == "2026-11-23 03:00"


def test_the_territory_given_decides() -> None:
    """A territory in the facts counts more than the line and the caller's number."""
    found = decide(SAMPLE, NOBODY, Facts(dnis="+13128435147", ani="+50934123456", territory="PF"), NOON)
    assert (found.territory, found.guessed) == ("PF", False)


@pytest.mark.parametrize(
    "name",
    [
        "JP:other-plans",
        "JP:Other plans (such as Microsoft 365 Business Basic, Business Standard or Business Premium)",
        "jp:other-plans",
    ],
)
def test_a_variant_by_short_or_printed_name(name: str) -> None:
    """A variant is named by its short name or as printed; reasons name the short one."""
    assert (
        told(territory=name, department="technical", language="ja")[1]
        == "coverage/JP:other-plans/technical/ja"
    )


@pytest.mark.parametrize(
    "name", ["JP", "JP:enterprise", "JP:Office 365 Enterprise", "JP:office-365-enterprise"]
)
def test_the_first_variant_serves_when_none_is_known(name: str) -> None:
    """Without a variant the first listed serves."""
    assert (
        told(territory=name, department="technical", language="ja")[1]
        == "coverage/JP:enterprise/technical/ja"
    )


def test_an_unknown_variant_is_told_and_the_first_serves() -> None:
    """A variant the territory does not have is named in the reasons; its first variant serves."""
    found = decide(SAMPLE, NOBODY, Facts(territory="JP:gold", department="technical"), NOON)
    assert "unknown/variant/JP:gold" in found.because
    assert "coverage/JP:enterprise/technical/ja" in found.because


def test_the_line_tells_the_variant() -> None:
    """Variant and cloud come from the line dialled."""
    plans = Facts(dnis="+81120628860", department="technical", language="ja")
    assert decide(SAMPLE, NOBODY, plans, NOON).because[-1] == "coverage/JP:other-plans/technical/ja"
    german = Facts(dnis="+498005892330", department="billing", language="de")
    assert decide(SAMPLE, NOBODY, german, NOON).because[-1] == "coverage/DE@germany/billing/de"


def test_the_global_cloud_serves_unless_another_is_named() -> None:
    """Without a cloud the global rows serve; a territory that has none of them is served by its own cloud."""
    assert told(territory="DE", department="technical", language="de")[1] == "coverage/DE/technical/de"
    assert (
        told(territory="DE", cloud="germany", department="technical")[1] == "coverage/DE@germany/technical/de"
    )
    assert (
        told(territory="EEA", department="technical", language="de")[1] == "coverage/EEA@germany/technical/de"
    )


def test_the_lowest_severity_serves_when_none_is_known() -> None:
    """Higher severities are a matter of contract: without one the last on offer serves."""
    facts = {"territory": "CN", "cloud": "21vianet", "department": "technical", "language": "en"}
    assert told(**facts)[1] == "coverage/CN@21vianet/technical/en/C"
    assert told(**facts, severity="A")[1] == "coverage/CN@21vianet/technical/en/A"
    assert told(**facts, severity="Z")[1] == "coverage/CN@21vianet/technical/en/C"


def test_a_row_for_any_severity_goes_before_the_lowest() -> None:
    """A row without severity serves every call whose severity is not known."""
    rows = [replace(DESK, severity="C", queue="c"), DESK, replace(DESK, severity="A", queue="a")]
    assert asked(table(*rows), "2026-11-20 10:00").queue == "technical-it"
    assert asked(table(*rows), "2026-11-20 10:00", severity="A").queue == "a"
    assert asked(table(*rows), "2026-11-20 10:00", severity="B").queue == "technical-it"


def test_default_rows_fill_the_gaps() -> None:
    """A default row serves a territory without that department and language, on its own clock."""
    default = Coverage("*", "billing", "en", "Mo-Fr 09:00-17:00")
    where = table(DESK, default)
    found = asked(where, "2026-11-20 18:00", department="billing", language="en")
    assert found.because[-1] == "coverage/*/billing/en"
    assert opens(found) == "2026-11-23 09:00"
    own = table(DESK, default, replace(BILLING, language="en", hours="24/7"))
    assert asked(own, "2026-11-20 18:00", department="billing", language="en").open


def test_default_rows_serve_nobody_without_telephone_support() -> None:
    """A territory with online support only has no desk, default rows or not."""
    found = decide(SAMPLE, NOBODY, Facts(territory="NP", department="technical", language="en"), NOON)
    assert (found.kind, found.queue, found.languages) == (Kind.CLOSED, "", ())
    assert "online_only/NP" in found.because


def test_default_rows_serve_their_own_cloud_only() -> None:
    """A cloud with rules of its own is not served by the global default rows."""
    found = decide(SAMPLE, NOBODY, Facts(territory="EEA", department="technical", language="fr"), NOON)
    assert found.because[-1] == "missing/coverage/EEA@germany/technical/fr"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (replace(DESK, hours="", schedule="gone"), "unknown schedule 'gone'"),
        (replace(DESK, hours="Jan 09:00-10:00"), "not weekly"),
        (replace(DESK, zone="Europe/Roma"), "unknown zone 'Europe/Roma'"),
        (replace(DESK, calendar="gone"), "unknown calendar 'gone'"),
        (replace(DESK, hours=""), "not opening_hours notation"),
    ],
)
def test_a_row_that_cannot_work_is_closed_loudly(row: Coverage, reason: str) -> None:
    """A desk with unknown schedule, hours, zone or calendar never opens, and the reason says why."""
    found = asked(table(row), "2026-11-20 10:00")
    assert (found.open, found.next_opening) == (False, None)
    assert reason in found.because[-1]
    assert found.because[-1].startswith("broken/coverage/IT/technical/it: ")


def test_a_line_of_two_clouds_is_the_global_one() -> None:
    """A number in two clouds is the global line unless the facts name the other cloud."""
    lines = (replace(LINE, cloud="north"), LINE)
    where = table(DESK, replace(DESK, cloud="north", queue="north"), lines=lines)
    when, number = "2026-11-20 10:00", LINE.number
    assert asked(where, when, territory="", dnis=number).queue == "technical-it"
    assert asked(where, when, territory="", dnis=number, cloud="north").queue == "north"


def test_a_group_is_found_by_its_members() -> None:
    """A group of countries is meant by a caller from any of them."""
    found = decide(SAMPLE, NOBODY, Facts(dnis="+4969380789305", ani="+33142345678"), NOON)
    assert (found.territory, found.guessed) == ("EEA", True)
    assert decide(SAMPLE, NOBODY, Facts(dnis="+4969380789305", ani="+4930123456"), NOON).territory == "DE"


def test_a_line_of_a_territory_that_is_not_there_goes_to_the_fallback() -> None:
    """A faulty table never ends a call: a line to nowhere goes to the fallback queue, with the reason."""
    where = table(
        lines=(Line("+3902", "+390212345678", "", ("XX",), "XX"),), territories=(Territory("IT", "IT", "I"),)
    )
    found = asked(where, "2026-11-20 10:00", territory="", dnis="+390212345678")
    assert (found.kind, found.because[-1]) == (Kind.FALLBACK, "unknown/territory/XX")


def test_a_schedule_is_shared() -> None:
    """A row may name a schedule instead of hours."""
    where = table(
        replace(DESK, hours="", schedule="office"), schedules=(Schedule("office", "Sa 10:00-11:00"),)
    )
    assert asked(where, "2026-11-21 10:30").open


def test_instants_in_any_zone_are_the_same() -> None:
    """The zone an instant is given in makes no difference."""
    facts = Facts(territory="PF", department="billing", language="fr")
    there = NOON.astimezone(timezone(timedelta(hours=-9, minutes=-30)))
    assert decide(SAMPLE, NOBODY, facts, NOON) == decide(SAMPLE, NOBODY, facts, there)


TEXT = st.text(max_size=20)


@given(
    st.builds(
        Facts,
        st.one_of(TEXT, st.sampled_from(["+13128435147", "+39800917919"])),
        st.sampled_from([None, "+393331234567", "+590590123456", "+99912345678"]),
        st.one_of(TEXT, st.sampled_from(["", "IT", "JP:x", "NP", ":"])),
        st.one_of(TEXT, st.sampled_from(["technical", "billing"])),
        TEXT,
        TEXT,
        TEXT,
        TEXT,
    ),
    st.datetimes(timezones=st.just(UTC)),
)
def test_any_facts_end_in_exactly_one_place(facts: Facts, instant: datetime) -> None:
    """Whatever the facts and the instant: one outcome, open only with a queue, and always a reason."""
    found = decide(SAMPLE, NOBODY, facts, instant)
    assert found.because
    assert all(len(reason) < 120 and reason.isprintable() for reason in found.because)
    assert found.open == (found.kind is Kind.TRANSFER)
    assert bool(found.question) == (found.kind is Kind.ASK)
    assert found.queue or not found.open
    assert not (found.open and found.next_opening)
