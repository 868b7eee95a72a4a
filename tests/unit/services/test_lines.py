"""What the public is told of a country: its numbers, who answers when, what is closed."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from app.services.lines import Country, Lines, text_of
from app.services.offers import DepartmentHours
from app.services.telephone import tel_uri
from routing.compiled import RoutingTable
from routing.table import Emergency, Line, Overlay
from routing.tables import sample

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)  # Friday, 11:00 in Rome
TABLE = RoutingTable(sample(), 1)


@dataclass
class Live:
    """The sample as the calls would see it."""

    over: Overlay = field(default_factory=Overlay)

    def current(self) -> RoutingTable:
        return TABLE

    def overlay(self) -> Overlay:
        return self.over


def country(key: str, overlay: Overlay | None = None, now: datetime = NOW) -> Country:
    found = Lines(Live(overlay or Overlay())).country(key, now)
    assert found is not None
    return found


def department(found: Country, name: str, offer: int = 0) -> DepartmentHours:
    return next(one for one in found.offers[offer].departments if one.name == name)


def test_a_country_s_numbers_and_hours() -> None:
    """A country has its numbers, main one first, and each department's languages with this week's hours."""
    italy = country("IT")
    (offer,) = italy.offers
    assert [(one.number, one.alternative) for one in offer.telephones] == [
        ("+39800917919", False),
        ("+390269430746", True),
    ]
    billing = department(italy, "billing")
    assert billing.open
    assert billing.open_languages == ("it", "en")
    assert [start.isoformat() for start, _ in billing.desks[0].week][:2] == [
        "2026-11-16T09:00:00+01:00",
        "2026-11-17T09:00:00+01:00",
    ]


def test_a_closed_department_says_when_it_opens() -> None:
    """On Saturday billing is closed until Monday, and the technical desk of one language answers."""
    italy = country("IT", now=NOW + timedelta(days=1))
    billing, technical = department(italy, "billing"), department(italy, "technical")
    assert not billing.open
    assert billing.next_opening == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert technical.open
    assert technical.open_languages == ("en",)
    assert technical.desks[0].next_opening == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def test_variants_and_clouds_have_offers_of_their_own() -> None:
    """Each plan and each cloud is shown with its own numbers and hours, the global cloud first."""
    japan, germany = country("JP"), country("DE")
    assert [offer.variant.split(" (")[0] for offer in japan.offers] == [
        "Office 365 Enterprise",
        "Other plans",
    ]
    assert not {one.number for one in japan.offers[0].telephones} & {
        one.number for one in japan.offers[1].telephones
    }
    assert department(japan, "technical").open
    assert not department(japan, "technical", offer=1).open
    assert [offer.cloud for offer in germany.offers] == ["", "germany"]
    assert [group.key for group in country("IT").groups] == ["EEA"]


def test_a_country_without_a_line() -> None:
    """Where there is online support only, there is no number and no desk, and what to do instead is said."""
    nepal = country("NP")
    assert not nepal.has_line
    assert nepal.offers == ()
    assert nepal.territory.online_only
    assert Lines(Live()).country("XX", NOW) is None


def test_an_emergency_is_said_and_closes() -> None:
    """A closure in force is told where it reaches, closes the desks, and is cut out of the week's hours."""
    closure = Emergency(
        NOW - timedelta(hours=1), NOW + timedelta(hours=3), "IT", "billing", text={"en": "Storm."}
    )
    later = replace(closure, start=NOW + timedelta(days=1), end=NOW + timedelta(days=2))
    everywhere = replace(closure, territory="*", department="*", text={"it": "Ciao.", "en": "Hello."})
    overlay = Overlay((closure, later), (everywhere,))
    italy = country("IT", overlay)
    assert italy.closures == (closure,)
    assert italy.announcements == (everywhere,)
    billing = department(italy, "billing")
    assert not billing.open
    assert billing.next_opening == NOW + timedelta(hours=3)
    friday = [span for span in billing.desks[0].week if span[0].day == 20]
    assert [(start.hour, end.hour) for start, end in friday] == [(9, 10), (14, 17)]
    assert country("FR", overlay).closures == ()
    assert text_of(everywhere, "it") == ("Ciao.", "it")
    assert text_of(closure, "it") == ("Storm.", "en")


def test_the_list_says_who_answers_now() -> None:
    """Every country is listed with its numbers and the departments that answer at this instant."""
    listed = {one.territory.key: one for one in Lines(Live()).listed(NOW)}
    assert len(listed) == len(TABLE.document.territories)
    assert listed["IT"].open == ("technical", "billing")
    assert listed["US"].open == ("technical",)
    assert (listed["NP"].telephones, listed["NP"].open) == ((), ())


@pytest.mark.parametrize(
    ("line", "uri"),
    [
        (Line("a", "+39800917919", "800 917 919", ("IT",), "IT"), "tel:+39800917919"),
        (
            Line("b", "", "800 0123", ("HN",), "HN", post_dial_digits="877 635 7034"),
            "tel:8000123;phone-context=+504;postd=8776357034",
        ),
        (
            Line("c", "+5048000123", "800 0123", ("HN",), "HN", post_dial_digits="+1 877"),
            "tel:+5048000123;postd=1877",
        ),
        (Line("d", "", "+225 20 24 24 90", ("HN",), "HN"), ""),
        (Line("e", "", "ask the operator", ("HN",), "HN"), ""),
    ],
)
def test_what_a_telephone_is_asked_to_dial(line: Line, uri: str) -> None:
    """E.164 goes as it is, other digits in their country; a printed + that is no number is no link."""
    assert tel_uri(line, "HN") == uri
