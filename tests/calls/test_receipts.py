"""A receipt of a real call: what its state, as the store keeps it, lets a receipt say."""

from app.factory.services import Services
from app.services.receipts import facts_of
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from app.verification.model import Level, Method
from app.verification.receipt import LASTS, Facts
from app.verification.receipt_check import Checked
from tests.calls.course import ACCOUNT, call_id, comes_to, goes_on
from tests.calls.inbox import Inbox
from tests.calls.ways import BRITAIN, asks_who


def receipt(services: Services, call: CallInProgress) -> Facts:
    """What whoever is given the call's receipt now reads in it."""
    stored = services.redis.calls.load(call_id(services, call))
    assert stored is not None
    now = services.clock.now()
    found = services.signer.verify(services.signer.sign(facts_of(stored.call, now)), now)
    assert isinstance(found, Checked)
    assert found.expires_at <= now + LASTS
    return found.facts


def test_a_code_is_told(phone: Phone, services: Services, inbox: Inbox) -> None:
    """Once a code was keyed, the receipt says so, with account, name, queue and table version."""
    call = goes_on(comes_to("enter_code", phone, inbox), inbox).is_transferred_to("technical-it")
    facts = receipt(services, call)
    assert (facts.level, facts.method) == (Level.CODE, Method.EMAIL)
    assert (facts.account, facts.organisation) == (ACCOUNT, "Rossi Forniture")
    assert (facts.queue, facts.table_version) == ("technical-it", services.tables.current().version)


def test_a_registered_number_is_told(phone: Phone, services: Services) -> None:
    """A caller who keys nothing has the account their number is registered with."""
    call = phone.dials(BRITAIN, ani="+442079460100").presses("1").is_transferred_to("technical-en")
    facts = receipt(services, call)
    assert (facts.level, facts.method) == (Level.NUMBER_MATCHED, Method.NUMBER)
    assert (facts.account, facts.organisation) == ("0042", "Brightwater Instruments")


def test_a_stranger_is_told(phone: Phone, services: Services) -> None:
    """Who asks for a person at once is nobody, unverified."""
    facts = receipt(services, asks_who(phone).presses("0#"))
    assert (facts.level, facts.account, facts.organisation) == (Level.UNVERIFIED, "", "")


def test_another_account_leaves_nothing_of_the_first(phone: Phone, services: Services, inbox: Inbox) -> None:
    """A caller who keys an account that nobody has, after a known one, is nobody known."""
    call = comes_to("enter_code", phone, inbox)
    assert receipt(services, call).account == ACCOUNT
    call.keys("3").keys("99999999").presses("1")
    facts = receipt(services, call)
    assert (facts.account, facts.organisation) == ("", "")
