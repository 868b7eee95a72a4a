import io
import logging
from collections.abc import Iterator

import orjson
import pytest
import structlog

from app.adapters.log import configure_logging

CODE = "483920"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Each test leaves the process's logging as it found it."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [orjson.loads(line) for line in stream.getvalue().splitlines()]


def test_production_writes_json_lines() -> None:
    """In production each event is one JSON line with its level, logger, time and facts."""
    stream = io.StringIO()
    configure_logging(production=True, stream=stream)
    structlog.get_logger("callgate").info("turn answered", call_id="x", turn=3)
    (line,) = lines(stream)
    assert line["event"] == "turn answered"
    assert (line["level"], line["logger"], line["call_id"], line["turn"]) == ("info", "callgate", "x", 3)
    assert str(line["timestamp"]).endswith("Z")


def test_libraries_pass_the_same_filter() -> None:
    """What a library logs through the standard library is filtered and written alike."""
    stream = io.StringIO()
    configure_logging(production=True, stream=stream)
    logging.getLogger("library").warning(
        "keyed %s by %s", CODE, "giulia@example.com", extra={"token": "hush"}
    )
    (line,) = lines(stream)
    assert line["event"] == "keyed [hidden] by ***@example.com"
    assert line["token"] == "[hidden]"


@pytest.mark.parametrize("production", [True, False])
def test_a_forced_exception_shows_no_code(*, production: bool) -> None:
    """A traceback is written, without the code its message held, by our logger and a library's."""
    stream = io.StringIO()
    configure_logging(production=production, stream=stream)
    try:
        int(f"x{' '}{CODE}")
    except ValueError:
        structlog.get_logger("callgate").exception("failed", digits=CODE)
        logging.getLogger("library").exception("failed with %s", CODE)
    assert stream.getvalue().count("ValueError") == 2
    assert CODE not in stream.getvalue()


def test_development_writes_for_people() -> None:
    """In development a line is readable, and a name cannot forge another one."""
    stream = io.StringIO()
    configure_logging(production=False, stream=stream)
    structlog.get_logger("callgate").info("hello", name="Eve\nforged")
    assert "hello" in stream.getvalue()
    assert len(stream.getvalue().splitlines()) == 1


def test_setting_up_again_writes_once() -> None:
    """Set up twice, an event is still one line."""
    stream = io.StringIO()
    configure_logging(production=True, stream=io.StringIO())
    configure_logging(production=True, stream=stream)
    structlog.get_logger("callgate").info("once")
    assert len(lines(stream)) == 1
