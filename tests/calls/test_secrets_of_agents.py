"""Codes that agents run, keyed by callers or typed by agents, and guesses at them: nothing keeps any."""

import io
import json
from pathlib import Path

import pytest

from app.adapters.log import configure_logging
from app.factory.desk import build_desk
from app.factory.services import Services
from app.ports.handovers import Handover
from app.services.call_story import as_json
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from app.verification.model import Level, Method
from routing.table import Queue
from tests.calls.desk import AgentAtWork, CallCentre
from tests.calls.evidence import files, keys, rows, times
from tests.calls.inbox import Inbox
from tests.calls.ways import asks_channel, publish

KEYED, TYPED = "918273", "736455"


@pytest.fixture(params=[True, False], ids=["production", "development"])
def log(request: pytest.FixtureRequest, log: io.StringIO) -> io.StringIO:
    """What the process logs, as it does in production and in development."""
    configure_logging(production=request.param, stream=log)
    return log


@pytest.fixture
def ana(centre: CallCentre, services: Services) -> AgentAtWork:
    """An agent at her desk, for callers who wait."""
    publish(services, queues=(Queue("technical-it"),))
    return centre.agent("ana", "it").stays()


def sends(ana: AgentAtWork, inbox: Inbox, by: Method, *, by_key: bool) -> str:
    """The code the agent has sent, as its receiver reads it."""
    ana.sends_code(by, by_key=by_key)
    return inbox.code()


def proved(services: Services, talk: Handover) -> tuple[Level, Method]:
    found = services.sql.ledger.proof(talk.call_id)
    assert found is not None
    return found.level, found.method


def waits(phone: Phone, ani: str) -> CallInProgress:
    return asks_channel(phone, ani=ani).presses("0")


def test_nothing_keeps_a_code_that_an_agent_ran(
    phone: Phone, inbox: Inbox, services: Services, ana: AgentAtWork, log: io.StringIO, tmp_path: Path
) -> None:
    """Whole conversations: no log, row, file, key, timeline or its JSON has a right or a wrong code."""
    services.redis.link.ask("FLUSHALL")
    first = waits(phone, "+390655550100")
    talk = ana.takes()
    codes = [sends(ana, inbox, Method.EMAIL, by_key=True)]
    first.keys(KEYED).keys(codes[0]).hears("verifica è riuscita").talks_with(ana.person)
    assert proved(services, talk) == (Level.CODE, Method.EMAIL)
    ana.person.hangs_up()
    ana.is_available()
    second = waits(phone, "+390655550188")
    other = ana.takes()
    codes.append(sends(ana, inbox, Method.TEXT, by_key=False))
    for typed in (TYPED, codes[1][:3], codes[1]):
        said = ana.work.codes.typed(other.id, typed, actor=ana.actor)
        assert times(codes[1], f"{said!r}") == 0
    assert proved(services, other) == (Level.CODE, Method.AGENT)
    second.talks_with(ana.person)
    stories = [build_desk(services).stories.story(one.call_id) for one in (talk, other)]
    told = "\n".join(f"{json.dumps(as_json(one))} {one!r}" for one in stories if one is not None)
    assert told.count("code_step") >= 2
    held = f"{ana.handover!r} {ana.work.conversations.of(other.id, ana.actor)!r}"
    evidence = "\n".join(
        (log.getvalue(), rows(services), files(tmp_path, "calls.db"), keys(services), told, held)
    )
    for digits in (*codes, KEYED, TYPED):
        assert times(digits, evidence) == 0
