"""A draft of the editor's, and what is done to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import Tag

from app.access.model import Actor, Role
from app.services.drafts import Draft
from routing.table import Document
from tests.web.conftest import Desk, Reader, Shown


@dataclass
class Opened:
    """An open draft, and its owner's browser."""

    desk: Desk
    number: int
    reader: Reader

    @property
    def draft(self) -> Draft:
        return self.desk.use_cases.drafts.get(self.number)

    @property
    def document(self) -> Document:
        return self.draft.document

    def get(self, path: str, *, follow: bool = False) -> Shown:
        return self.reader.get(f"/ops/drafts/{self.number}{path}", follow=follow)

    def post(
        self, path: str, data: Mapping[str, Any], *, revision: int | None = None, follow: bool = False
    ) -> Shown:
        form = {"revision": self.draft.revision if revision is None else revision, **data}
        return self.reader.post(f"/ops/drafts/{self.number}{path}", form, follow=follow)


@pytest.fixture
def opened(desk: Desk) -> Opened:
    """A new draft of the editor's over the sample table."""
    account = desk.services.sql.accounts.find("editor")
    assert account is not None
    owner = Actor("editor", Role.EDITOR, user=account.user.id)
    draft = desk.use_cases.drafts.open(owner, "A change", desk.clock.now())
    return Opened(desk, draft.id, desk.as_(Role.EDITOR))


def part(shown: Shown, name: str) -> Tag:
    """The one part of a page with this id."""
    found = shown.html.find(id=name)
    assert found is not None
    return found


def value(shown: Shown, name: str) -> str:
    """What an input holds."""
    return str(part(shown, name)["value"])


def words(shown: Shown, name: str) -> str:
    """What a part of a page says."""
    return part(shown, name).text.strip()
