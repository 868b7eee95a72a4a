"""From a draft to the calls: check, sign off, settle, publish; and what keeps it from it."""

import pytest

from app.access.model import Role
from tests.web.conftest import Desk
from tests.web.test_drafts import closing, opened

ELSEWHERE = {"name": "billing-fr", "target": "number:+390212345678", "unverified": "transfer"}


def row(desk: Desk, draft: str, section: str, cells: dict[str, str], revision: int = 1) -> None:
    """Add a row to a draft of the editor's, by its form."""
    form = {**cells, "revision": revision, "press": "save"}
    page = desk.as_(Role.EDITOR).post(f"{draft}/rows/{section}/new", form, follow=True)
    assert page.status_code == 200, page.words


def test_a_draft_goes_live(desk: Desk) -> None:
    """The change is shown in sentences; published, it is the next version for every new call."""
    editor, publisher = desk.as_(Role.EDITOR), desk.as_(Role.PUBLISHER)
    draft = opened(editor)
    closing(editor, draft)
    page = editor.get(f"{draft}/publish")
    assert "Closing days: 1" in page.words
    assert "Closure on 2026-12-24" in page.words
    assert not page.html.find("button", string=lambda text: bool(text and "Publish as" in text))
    assert "No change has these words" in editor.get(f"{draft}/publish?q=Sweden").words
    done = publisher.post(f"{draft}/publish", {"revision": 2}, follow=True)
    assert "Version 2 is live" in done.text
    assert done.html.find("a", href="/ops/history/2")
    desk.services.tables.refresh()
    assert desk.services.tables.current().version == 2


@pytest.mark.parametrize("strong", [True, False], ids=["editor", "publisher without a code"])
def test_publishing_needs_its_right(desk: Desk, strong: bool) -> None:
    """An editor, or a publisher without a one-time code, publishes nothing."""
    draft = opened(desk.as_(Role.EDITOR))
    reader = desk.as_(Role.EDITOR) if strong else desk.as_(Role.PUBLISHER, strong=False)
    assert reader.post(f"{draft}/publish", {"revision": 1}).status_code == 403
    assert desk.services.sql.tables.latest() == 1


def test_an_error_is_shown_at_its_row_and_blocks(desk: Desk) -> None:
    """The check links an error to the form of its row, and publishing leads back to the check."""
    editor = desk.as_(Role.EDITOR)
    draft = opened(editor)
    row(desk, draft, "queues", {"name": "night", "overflow": "nobody-there", "unverified": "transfer"})
    page = editor.get(f"{draft}/check")
    assert "1 error," in page.words
    assert page.html.find("a", href=f"{draft}/rows/queues/edit?key=queue/night")
    refused = desk.as_(Role.PUBLISHER).post(f"{draft}/publish", {"revision": 2})
    assert refused.status_code == 422
    assert "Not published" in refused.text
    assert desk.services.sql.tables.latest() == 1


def test_a_warning_is_signed_off_with_a_note(desk: Desk) -> None:
    """A new warning blocks until it is signed off; who did, and why, is shown; live warnings do not block."""
    editor, publisher = desk.as_(Role.EDITOR), desk.as_(Role.PUBLISHER)
    draft = opened(editor)
    row(desk, draft, "queues", {"name": "unused", "target": "queue:unused", "unverified": "transfer"})
    page = editor.get(f"{draft}/check")
    assert "1 warning to sign off" in page.words
    assert publisher.post(f"{draft}/publish", {"revision": 2}).status_code == 422
    mark = page.html.find("input", {"name": "mark"})
    assert mark
    form = {"mark": str(mark["value"]), "note": "for the spring", "press": "sign"}
    assert editor.post(f"{draft}/check", {**form, "revision": 1}).status_code == 409
    signed = editor.post(f"{draft}/check", {**form, "revision": 2}, follow=True)
    assert "Signed off by editor" in signed.words
    assert "for the spring" in signed.words
    withdrawn = editor.post(f"{draft}/check", {**form, "press": "withdraw", "revision": 2}, follow=True)
    assert "1 warning to sign off" in withdrawn.words
    editor.post(f"{draft}/check", {**form, "revision": 2})
    assert "Version 2 is live" in publisher.post(f"{draft}/publish", {"revision": 2}, follow=True).text


def test_a_new_destination_waits_for_a_second_publisher(desk: Desk) -> None:
    """The page names the destination and who published so far; the second publisher makes it live."""
    draft = opened(desk.as_(Role.EDITOR))
    row(desk, draft, "queues", ELSEWHERE)
    first = desk.as_(Role.PUBLISHER).post(f"{draft}/publish", {"revision": 2}, follow=True)
    assert "number:+390212345678" in first.words
    assert "publisher did; another publisher is needed" in first.words
    again = desk.as_(Role.PUBLISHER).post(f"{draft}/publish", {"revision": 2}, follow=True)
    assert "another publisher is needed" in again.words
    assert desk.services.sql.tables.latest() == 1
    assert (
        "Version 2 is live" in desk.as_("second").post(f"{draft}/publish", {"revision": 2}, follow=True).text
    )
    assert desk.services.sql.tables.history(limit=1)[0].author == "publisher and second"


def test_a_version_published_meanwhile_is_merged_and_settled(desk: Desk) -> None:
    """Two drafts change one row: the second is kept, shown side by side, settled, and published."""
    editor, publisher = desk.as_(Role.EDITOR), desk.as_(Role.PUBLISHER)
    mine, theirs = opened(editor, "mine"), opened(publisher, "theirs")
    form = {"day": "2026-12-24", "effect": "closed", "territory": "IT", "press": "save", "revision": 1}
    editor.post(f"{mine}/rows/closures/new", {**form, "reason": "an early feast"})
    publisher.post(f"{theirs}/rows/closures/new", {**form, "reason": "a late feast"})
    publisher.post(f"{theirs}/publish", {"revision": 2})
    page = publisher.post(f"{mine}/publish", {"revision": 2}, follow=True)
    assert "version 2 was published meanwhile" in page.text
    assert "an early feast" in page.words
    assert "a late feast" in page.words
    settle = {"section": "closures", "key": "closure/2026-12-24/IT", "press": "mine"}
    assert publisher.post(f"{mine}/conflicts", {**settle, "revision": 3}).status_code == 403
    blocked = publisher.post(f"{mine}/publish", {"revision": 3}, follow=True)
    assert "settle the rows below" in blocked.text
    editor.post(f"{mine}/conflicts", {**settle, "revision": 3})
    assert "Version 3 is live" in publisher.post(f"{mine}/publish", {"revision": 4}, follow=True).text
    live = desk.services.sql.tables.read(3)
    assert [closure.reason for closure in live.closures] == ["an early feast"]


def test_an_owner_carries_a_draft_over(desk: Desk) -> None:
    """A draft behind the live version says so and is carried over by one button."""
    editor, publisher = desk.as_(Role.EDITOR), desk.as_(Role.PUBLISHER)
    mine, theirs = opened(editor, "mine"), opened(publisher, "theirs")
    closing(publisher, theirs)
    publisher.post(f"{theirs}/publish", {"revision": 2})
    assert "Version 2 was published since" in editor.get(mine).words
    page = editor.post(f"{mine}/rebase", {"revision": 1}, follow=True)
    assert "stands on version 2 now" in page.text
    assert "Nothing: it says the same." in page.words


@pytest.mark.parametrize("act", ["role", "deactivate", "reset-code"])
def test_who_may_publish_no_more_is_no_first_publisher(desk: Desk, act: str) -> None:
    """A wish of somebody who lost role, account or code meanwhile does not make another's the second."""
    draft = opened(desk.as_(Role.EDITOR))
    row(desk, draft, "queues", ELSEWHERE)
    desk.as_(Role.PUBLISHER).post(f"{draft}/publish", {"revision": 2})
    found = desk.services.sql.accounts.find("publisher")
    assert found is not None
    done = desk.as_(Role.ADMIN).post(f"/ops/users/{found.user.id}/{act}", {"role": "editor"})
    assert done.status_code == 303
    page = desk.as_("second").post(f"{draft}/publish", {"revision": 2}, follow=True)
    assert "Your wish is written down" in page.text
    assert desk.services.sql.tables.latest() == 1
