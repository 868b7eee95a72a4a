"""The desks as their readers meet them: the whole application, the sample data, a clock to move."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.access.bearer import new_token, token_hash
from app.access.hashing import Passwords
from app.access.model import Role, operator
from app.adapters.carrier_control import CarrierControl
from app.adapters.local_carrier import LocalHttp
from app.adapters.outbox_file import DevelopmentOutbox
from app.adapters.sql.accounts import SqlAccounts
from app.adapters.sql.engine import open_engine
from app.factory.application import create_app
from app.factory.desk import Desk as UseCases
from app.factory.desk import build_desk
from app.factory.services import Services, build
from app.settings import Settings
from app.simulator.clock import SimulatedClock
from tests.calls.conftest import (
    FRIDAY,
    clock,
    inbox,
    line_to_carrier,
    log,
    phone,
    sample_database,
    settings,
    var,
)

__all__ = [
    "PASSWORD",
    "clock",
    "inbox",
    "line_to_carrier",
    "log",
    "phone",
    "sample_database",
    "settings",
    "var",
]

#: The accounts there are; ``second`` is another publisher.
NAMES = {
    "viewer": Role.VIEWER,
    "editor": Role.EDITOR,
    "publisher": Role.PUBLISHER,
    "second": Role.PUBLISHER,
    "agent": Role.AGENT,
    "supervisor": Role.SUPERVISOR,
    "admin": Role.ADMIN,
}
PASSWORD = "correct horse battery staple"


class Shown:
    """An answer, and its page parsed."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status_code = response.status_code
        self.headers = response.headers
        self.data = response.data
        self.history = response.history
        self.request = response.request

    @property
    def text(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def json(self) -> Any:
        return self.response.get_json()

    @property
    def html(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html.parser")

    @property
    def words(self) -> str:
        """What a reader reads: the text of the page's main part, blanks made single."""
        part = self.html.find("main") or self.html
        return re.sub(r"\s+", " ", part.get_text(" ")).strip()


@dataclass
class Reader:
    """Somebody with a browser."""

    client: FlaskClient
    csrf: str = ""

    def get(self, path: str, *, follow: bool = False, **more: Any) -> Shown:
        return Shown(self.client.get(path, follow_redirects=follow, **more))

    def post(
        self, path: str, data: Mapping[str, Any] | None = None, *, follow: bool = False, **more: Any
    ) -> Shown:
        """Send a form, with the token its page would have."""
        if not self.csrf:
            page = Shown(self.client.get("/ops/account")).html
            found = page.find("input", {"name": "csrf_token"})
            self.csrf = str(found["value"]) if found else ""
        form = {**(data or {}), "csrf_token": self.csrf}
        return Shown(self.client.post(path, data=form, follow_redirects=follow, **more))


@dataclass
class Desk:
    """The application, and whoever looks at it."""

    app: Flask
    services: Services
    use_cases: UseCases
    clock: SimulatedClock
    readers: dict[tuple[str, bool], Reader] = field(default_factory=dict)
    steps: Iterator[int] = field(default_factory=lambda: count(1))

    def anybody(self) -> Reader:
        """Somebody who did not sign in."""
        return Reader(self.app.test_client())

    def as_(self, who: Role | str, *, strong: bool = True) -> Reader:
        """Somebody signed in, by role or by an account's name; the same session each time."""
        name = str(who)
        if (name, strong) not in self.readers:
            reader = self.readers[name, strong] = self.anybody()
            with reader.client.session_transaction() as session:
                session["token"] = self.session_token(name, strong=strong)
        return self.readers[name, strong]

    def session_token(self, name: str, *, strong: bool = True) -> str:
        """The token of a new session, as the sign-in page would give it."""
        sql, token = self.services.sql, new_token()
        proof = sql.accounts.find(name)
        assert proof is not None
        step = next(self.steps) if strong else None
        started = sql.sessions.start(
            proof,
            token_hash(token),
            step=step,
            device="test",
            actor=operator(name),
            now=self.clock.now(),
        )
        assert started
        return token


@pytest.fixture(scope="session")
def desk_database(sample_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample database with accounts; their password is ``PASSWORD``."""
    file = tmp_path_factory.mktemp("desk") / "desk.db"
    shutil.copy(sample_database, file)
    engine = open_engine(f"sqlite:///{file}")
    accounts = SqlAccounts(engine)
    hashed = Passwords.cheap().hashed(PASSWORD)
    for name, role in NAMES.items():
        accounts.add(name, role, hashed, actor=operator("test"), now=FRIDAY, nonce=f"nonce of {name}")
    engine.dispose()  # so that the file holds everything
    return file


@pytest.fixture
def services(
    settings: Settings,
    clock: SimulatedClock,
    tmp_path: Path,
    desk_database: Path,
    line_to_carrier: LocalHttp,
) -> Iterator[Services]:
    """The application's services over a database of this test's own."""
    shutil.copy(desk_database, tmp_path / "calls.db")
    posted = DevelopmentOutbox(tmp_path / "outbox.jsonl", clock.now)
    deliver = dict.fromkeys(("email", "text", "voice"), posted)
    account, tokens = settings.twilio_account_sid, settings.twilio_auth_tokens
    carrier = CarrierControl(account, tokens, line_to_carrier, clock.now)
    built = build(settings, clock=clock, wake=lambda: None, deliver=deliver, carrier=carrier)
    built.tables.refresh()
    yield built
    built.close()


@pytest.fixture
def desk(services: Services, clock: SimulatedClock) -> Desk:
    """The desks over the sample data, with an account of each role."""
    return Desk(create_app(services.settings, services), services, build_desk(services), clock)
