"""What the account at the carrier lacks for the live table."""

from dataclasses import dataclass, field, replace

import pytest

from app.ports.carrier_account import CarrierQueue, Done, Outcome, OwnedNumber, Webhook, Webhooks
from app.services.carrier_actions import AddQueue, PointNumber, ResizeQueue
from app.services.carrier_check import QUEUE_HOLDS, Finding, FindingCode, Wanted, compare
from routing.compiled import RoutingTable
from routing.table import Coverage, Document, Line, Queue, Territory

URL = "https://phone.example.com"
ROME, MILAN, DID = "+390655550101", "+390255550102", "+12025550123"


def line(number: str, *reached_as: str) -> Line:
    return Line(number, number, number, ("IT",), "IT", reached_as=reached_as)


TABLE = RoutingTable(
    Document(
        territories=(Territory("IT", "IT", "Italy"),),
        lines=(line(ROME), line(MILAN, DID)),
        coverage=(
            Coverage("IT", "technical", "it", hours="24/7"),
            Coverage("IT", "technical", "en", hours="24/7"),
            Coverage("IT", "billing", "it", hours="24/7", queue="money"),
        ),
        queues=(
            Queue("technical-it", target="number:+390655550199", overflow="night"),
            Queue("night", target=""),
            Queue("money", target="queue:accounts"),
            Queue("unused", target="queue:nobody"),
        ),
    ),
    1,
)
WANTED = Wanted(TABLE, URL, sender=DID)
HERE = WANTED.webhooks


@dataclass
class Account:
    """A ``CarrierAccount`` in memory, as it should be unless a test says otherwise."""

    owned: list[OwnedNumber] = field(
        default_factory=lambda: [OwnedNumber("PN1", ROME, HERE), OwnedNumber("PN2", DID, HERE)]
    )
    named: list[CarrierQueue] = field(
        default_factory=lambda: [
            CarrierQueue(f"QU{name}", name, QUEUE_HOLDS)
            for name in ("accounts", "fallback", "night", "technical-en")
        ]
    )

    def numbers(self) -> list[OwnedNumber]:
        return self.owned

    def queues(self) -> list[CarrierQueue]:
        return self.named

    def point(self, sid: str, webhooks: Webhooks) -> Outcome:
        self.owned = [replace(one, webhooks=webhooks) if one.sid == sid else one for one in self.owned]
        return Done()

    def add_queue(self, name: str, max_size: int) -> Outcome:
        self.named.append(CarrierQueue(f"QU{name}", name, max_size))
        return Done()

    def resize_queue(self, sid: str, max_size: int) -> Outcome:
        self.named = [replace(one, max_size=max_size) if one.sid == sid else one for one in self.named]
        return Done()


def only(account: Account, wanted: Wanted = WANTED) -> Finding:
    """The one difference there is."""
    (finding,) = compare(wanted, account)
    return finding


def test_an_account_as_it_should_be() -> None:
    """Where every number asks us and every queue is large enough, nothing is found."""
    assert compare(WANTED, Account()) == ()


def test_the_webhooks_are_those_of_the_page() -> None:
    """Incoming calls, the fallback and the status go to three addresses of this service, by POST."""
    assert (
        Webhooks(
            Webhook(f"{URL}/voice/incoming", "POST"),
            Webhook(f"{URL}/voice/fallback", "POST"),
            Webhook(f"{URL}/voice/status", "POST"),
        )
        == HERE
    )


@pytest.mark.parametrize(
    ("has", "said"),
    [
        (replace(HERE, incoming=Webhook()), '"a call comes in" asks nothing instead of POST'),
        (
            replace(HERE, incoming=Webhook(HERE.incoming.url, "GET")),
            f"GET {URL}/voice/incoming instead of POST",
        ),
        (replace(HERE, incoming=Webhook(f"{URL}/voice/incoming/", "POST")), "/voice/incoming/ instead of"),
        (
            replace(HERE, fallback=Webhook("https://old.example.com/x", "POST")),
            '"primary handler fails" POST',
        ),
        (replace(HERE, status=Webhook()), '"call status changes" asks nothing'),
    ],
)
def test_a_webhook_that_differs_is_told_and_can_be_set(has: Webhooks, said: str) -> None:
    """Address and method must be right, letter by letter; what stands there now is said."""
    found = only(Account(owned=[OwnedNumber("PN1", ROME, has), OwnedNumber("PN2", DID, HERE)]))
    assert found.code is FindingCode.WEBHOOKS
    assert found.sentence.startswith(f"{ROME}: ")
    assert said in found.sentence
    assert found.action == PointNumber("PN1", ROME, HERE, "")


def test_an_address_of_a_line_is_held_against_the_same() -> None:
    """The number a forwarded line arrives at must ask us, too."""
    account = Account(owned=[OwnedNumber("PN1", ROME, HERE), OwnedNumber("PN2", DID, Webhooks())])
    assert only(account).sentence.startswith(f"{DID}: ")


def test_a_number_that_an_application_takes_is_left_to_people() -> None:
    """Where an application or a trunk takes the calls webhooks count for nothing, and none is set."""
    taken = OwnedNumber("PN1", ROME, HERE, taken_by="the application AP1")
    found = only(Account(owned=[taken, OwnedNumber("PN2", DID, HERE)]))
    assert (found.code, found.action) == (FindingCode.TAKEN, None)
    assert "the application AP1 takes its calls" in found.sentence


def test_a_number_that_is_no_line_is_told() -> None:
    """A number whose calls come here without a line leads to the fallback queue; others are free."""
    stray = OwnedNumber("PN3", "+12025550177", replace(HERE, fallback=Webhook()))
    elsewhere = OwnedNumber(
        "PN4", "+12025550178", Webhooks(Webhook("https://shop.example.com/voice/", "POST"))
    )
    alike = OwnedNumber("PN5", "+12025550179", Webhooks(Webhook(f"{URL}.evil.example/voice/", "POST")))
    account = Account()
    account.owned += [stray, elsewhere, alike]
    found = only(account)
    assert (found.code, found.action) == (FindingCode.NO_LINE, None)
    assert "+12025550177" in found.sentence


def test_a_line_of_another_carrier_is_a_warning() -> None:
    """A line the account does not own may be forwarded: said, but no fault."""
    found = only(Account(owned=[OwnedNumber("PN2", DID, HERE)]))
    assert (found.code, found.action) == (FindingCode.LINE_NOT_OWNED, None)
    assert found.is_warning
    assert ROME in found.sentence


def test_a_line_that_arrives_elsewhere_needs_no_number() -> None:
    """A line whose calls come by an owned address or over SIP is as it should be; so is one only printed."""
    lines = (
        line(ROME),
        line(MILAN, "sip:support@example.sip.twilio.com"),
        replace(line(""), printed="12 34"),
    )
    table = RoutingTable(replace(TABLE.document, lines=lines), 1)
    account = Account(owned=[OwnedNumber("PN1", ROME, HERE)])
    assert compare(Wanted(table, URL), account) == ()


def test_an_address_that_is_not_ours_is_a_fault() -> None:
    """What a line's reached_as names and the account does not own brings no call."""
    account = Account(owned=[OwnedNumber("PN1", ROME, HERE)])
    findings = compare(replace(WANTED, sender=""), account)
    assert [found.code for found in findings] == [FindingCode.ADDRESS_NOT_OWNED, FindingCode.LINE_NOT_OWNED]
    assert DID in findings[0].sentence


def test_the_queues_are_those_that_callers_wait_in() -> None:
    """Targets queue:NAME, queues without a target or a row, overflows and the fallback; not numbers."""
    assert WANTED.queues == ("accounts", "fallback", "night", "technical-en")


def test_a_missing_queue_is_made_large_enough() -> None:
    """A queue that is not there is to be made; one that is too small is to grow, one that is larger stays."""
    account = Account()
    account.named = [
        replace(account.named[0], max_size=100),
        replace(account.named[1], max_size=5000),
        *account.named[2:3],
    ]
    assert [(found.code, found.action) for found in compare(WANTED, account)] == [
        (FindingCode.SMALL_QUEUE, ResizeQueue("QUaccounts", "accounts", QUEUE_HOLDS)),
        (FindingCode.NO_QUEUE, AddQueue("technical-en", QUEUE_HOLDS)),
    ]


def test_the_sender_must_be_ours() -> None:
    """Texts are refused from a number of another account; without SMS_FROM there is nothing to own."""
    found = only(Account(), replace(WANTED, sender="+12025550199"))
    assert (found.code, found.action) == (FindingCode.SENDER_NOT_OWNED, None)
    assert compare(replace(WANTED, sender=""), Account()) == ()


@pytest.mark.parametrize(
    ("texts", "calls", "lacks"),
    [
        (False, True, "send texts:"),
        (True, False, "place calls:"),
        (False, False, "send texts or place calls:"),
    ],
)
def test_the_sender_must_be_able_to(*, texts: bool, calls: bool, lacks: str) -> None:
    """Texts go out from it, and agents are rung from it: a number that cannot do both is found."""
    sender = OwnedNumber("PN9", "+12025550199", Webhooks(), texts=texts, calls=calls)
    account = Account()
    account.owned.append(sender)
    found = only(account, replace(WANTED, sender=sender.number))
    assert (found.code, found.action) == (FindingCode.SENDER_NOT_ABLE, None)
    assert f"cannot {lacks}" in found.sentence


def test_each_number_is_told_once() -> None:
    """A number that several lines of several clouds have is one finding."""
    lines = (line(ROME), replace(line(ROME), cloud="germany"))
    table = RoutingTable(replace(TABLE.document, lines=lines), 1)
    account = Account(owned=[])
    found = compare(Wanted(table, URL), account)
    assert [one.code for one in found] == [FindingCode.LINE_NOT_OWNED]
