"""What the sample week's callers do at each prompt: they see what a caller sees, and the codes they get."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType

from app.callflow.model import Call
from app.factory.services import Services
from app.main.week_plan import Planned, Temper
from app.ports import Message, Sent
from app.simulator.call import CallInProgress
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.telephony.inbound import call_id_of

_NOBODY = "99887766"  # an account number that the sample does not have
_CODE = re.compile(r"^\D*(\d{6,8})(?!\d)", re.MULTILINE)


@dataclass(slots=True)
class Inbox:
    """What reaches people: kept until it is read."""

    new: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> Sent:
        """Take everything."""
        self.new.append(message)
        return Sent.SENT


@dataclass(slots=True)
class Scene:
    """The phone of a week, and what its callers see of the world."""

    services: Services
    clock: SimulatedClock
    phone: Phone
    inbox: Inbox
    rng: Random
    wrong: int = 0  # codes the present caller keyed wrongly

    def stored(self, call: CallInProgress) -> Call | None:
        """The running call, for what its menu offers."""
        account_sid = self.services.settings.twilio_account_sid
        found = self.services.redis.calls.load(call_id_of(account_sid, call.sid))
        return found.call if found else None

    def code(self) -> str:
        """The code that just arrived; empty when none did."""
        self.delivers()
        found = [match[1] for message in self.inbox.new if (match := _CODE.search(message.text))]
        return found[-1] if found else ""

    def delivers(self) -> None:
        """Send what is due."""
        self.services.sender.tick(self.clock.now())


def _chooses(scene: Scene, call: CallInProgress, planned: Planned) -> None:
    """A menu of countries or languages: the caller's own language, else the first that is offered."""
    stored = scene.stored(call)
    options = stored.options if stored else ()
    own = planned.place.language
    call.presses(str(options.index(own) + 1 if own in options[:8] else 1))


def _department(_scene: Scene, call: CallInProgress, planned: Planned) -> None:
    call.presses("1" if planned.department == "technical" else "2")


def _offered(scene: Scene, call: CallInProgress, _planned: Planned) -> None:
    """Something else is open: most take it."""
    if scene.rng.random() < 0.6:
        call.presses("1")
    else:
        call.hangs_up()


def _leaves(_scene: Scene, call: CallInProgress, _planned: Planned) -> None:
    call.waits(8).hangs_up()


def _account(scene: Scene, call: CallInProgress, planned: Planned) -> None:
    if planned.temper is Temper.LEAVES:
        call.hangs_up()
    elif planned.temper is Temper.ASKS_FOR_A_PERSON:
        _to_a_person(scene, call, planned)
    else:
        forgot = planned.temper is Temper.FORGOT_THE_NUMBER
        call.keys(_NOBODY if forgot else scene.rng.choice(planned.place.accounts))


def _to_a_person(_scene: Scene, call: CallInProgress, planned: Planned) -> None:
    if planned.temper is Temper.TIRES:
        call.will_hang_up_in(10)
    call.presses("0#" if call.state in {"account", "enter_code"} else "0")


def _confirms(_scene: Scene, call: CallInProgress, _planned: Planned) -> None:
    call.presses("1")


def _channel(_scene: Scene, call: CallInProgress, planned: Planned) -> None:
    call.presses("2" if planned.by_phone else "1")


def _keys_code(scene: Scene, call: CallInProgress, planned: Planned) -> None:
    code = scene.code()
    if not code:
        call.waits(40)
        _to_a_person(scene, call, planned)
        return
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    mistakes = {Temper.MISTYPES: 1, Temper.GUESSES: 9}.get(planned.temper, 0)
    call.waits(scene.rng.randrange(5, 15))
    if planned.temper is Temper.TIRES:
        call.will_hang_up_in(12)
    scene.wrong += 1
    call.keys(wrong if scene.wrong <= mistakes else code)


Act = Callable[[Scene, CallInProgress, Planned], None]
#: What is done in which state of the script.
ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "country_menu": _chooses,
        "language": _chooses,
        "department": _department,
        "offer_language": _offered,
        "offer_department": _offered,
        "closed": _leaves,
        "account": _account,
        "confirm_account": _confirms,
        "channel": _channel,
        "enter_code": _keys_code,
    }
)
