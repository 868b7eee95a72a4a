"""The API as programs meet it: a token in a header, JSON in and out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from app.access.bearer import API, SHOWN, new_token, token_hash
from app.access.model import Actor
from tests.web.conftest import (
    NAMES,
    Desk,
    Shown,
    clock,
    desk,
    desk_database,
    log,
    sample_database,
    services,
    settings,
    var,
)

__all__ = ["clock", "desk", "desk_database", "log", "sample_database", "services", "settings", "var"]


@dataclass
class Program:
    """A program with a token, or without."""

    desk: Desk
    token: str = ""

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def get(self, path: str, **more: Any) -> Shown:
        return Shown(self.desk.app.test_client().get(f"/api/v1{path}", headers=self.headers(), **more))

    def post(self, path: str, body: Any = None, **more: Any) -> Shown:
        client = self.desk.app.test_client()
        return Shown(client.post(f"/api/v1{path}", json=body, headers=self.headers(), **more))


@pytest.fixture
def program(desk: Desk) -> Callable[..., Program]:
    """Programs by the name of their token's owner; ``strong``: made by a session with a one-time code."""
    return lambda owner, *, strong=True: Program(desk, token_of(desk, owner, strong=strong))


def token_of(desk: Desk, owner: str, *, strong: bool = True) -> str:
    sql, token = desk.services.sql, new_token(API)
    found = sql.accounts.find(owner)
    assert found is not None
    who = Actor(owner, NAMES[owner], "203.0.113.9", strong, found.user.id)
    now = desk.clock.now()
    sql.tokens.add(
        f"of {owner}", NAMES[owner], token[:SHOWN], token_hash(token), expires_at=None, actor=who, now=now
    )
    return token
