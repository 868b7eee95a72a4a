"""A tiny application that answers with hand-written TwiML, and a phone to call it with."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import pytest

from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.refused import Refused
from app.simulator.transport import over_wsgi
from app.simulator.webhooks import Account

Answer = str | tuple[int, str] | Callable[[dict[str, str]], str]


class Application:
    """Answers each path with its document; records what was posted."""

    def __init__(self, documents: dict[str, Answer]) -> None:
        self.documents = {"/voice/status": "<Response/>", **documents}
        self.posted: list[tuple[str, dict[str, str]]] = []
        self.requests: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        form = parse_qsl(body, keep_blank_values=True)
        self.requests.append({**environ, "form": form})
        self.posted.append((environ["PATH_INFO"], dict(form)))
        answer = self.documents.get(environ["PATH_INFO"], (404, "not here"))
        if callable(answer):
            answer = answer(dict(form))
        status, text = answer if isinstance(answer, tuple) else (200, answer)
        start(f"{status} -", [("Content-Type", "text/xml"), ("X-Call-State", environ["PATH_INFO"][1:])])
        return [text.encode()]

    def forms(self, path: str) -> list[dict[str, str]]:
        return [form for where, form in self.posted if where == path]

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.posted]


class Line:
    """A phone and the application it calls."""

    def __init__(self, documents: dict[str, Answer], **options: Any) -> None:
        self.app = Application(documents)
        self.clock = SimulatedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
        account = Account(token="token", public_url="https://callgate.example")
        self.phone = Phone(over_wsgi(self.app), account, self.clock, **options)

    def dials(self, **options: Any) -> Any:
        return self.phone.dials("+390212345678", ani="+390698765432", **options)


@pytest.fixture
def line() -> type[Line]:
    return Line


@pytest.fixture
def raises_refused() -> Callable[[Callable[[], Any]], int]:
    def code_of(act: Callable[[], Any]) -> int:
        with pytest.raises(Refused) as caught:
            act()
        return caught.value.code

    return code_of
