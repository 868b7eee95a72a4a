"""Logging: every line, ours or a library's, passes the one redaction filter and ends in one place."""

import logging
import sys
from typing import TextIO

import orjson
import structlog
from structlog.typing import EventDict, Processor

from app.adapters.redaction import redact


def configure_logging(*, production: bool, stream: TextIO | None = None) -> None:
    """Set up structlog and the standard library's logging, for the whole process; may be repeated.

    Args:
        production: JSON lines, UTC; else lines for people.
        stream: where to; standard error when not given.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(shared, production=production))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # its every step is no news
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _formatter(shared: list[Processor], *, production: bool) -> structlog.stdlib.ProcessorFormatter:
    last: Processor = _json if production else structlog.dev.ConsoleRenderer(colors=False)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact,  # after everything that adds, before the one that writes
            last,
        ],
    )


def _json(_logger: object, _method: str, event: EventDict) -> str:
    return orjson.dumps(event, default=str).decode("utf-8", "replace")
