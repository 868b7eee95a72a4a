"""Limits in force as two publishers see and lift them."""

from dataclasses import replace

from app.access.model import Role
from app.ports import Asker
from app.verification.limits import LimitKind
from app.verification.model import Channel
from tests.web.conftest import Desk


def fill(desk: Desk) -> None:
    """Send one contact as many codes as one may get."""
    ledger, now = desk.services.sql.ledger, desk.clock.now()
    for number in range(3):
        asker = Asker(f"call-{number}", 1, None, now)
        found = ledger.look_up(replace(asker, turn=0), "12345678", [], at_most=1)
        assert found is not None
        assert found.organisation is not None
        ledger.issue(asker, found.organisation.id, None, department="billing", channel=Channel.EMAIL)


def test_limit_is_lifted_by_two_publishers(desk: Desk) -> None:
    """One asks with a reason, cannot agree alone; another agrees, and it is in force no more."""
    first, second = desk.as_(Role.PUBLISHER), desk.as_("second")
    assert "No limit holds anybody up" in first.get("/ops/limits").words
    fill(desk)
    page = desk.as_(Role.VIEWER).get("/ops/limits")
    assert "codes to one contact" in page.words
    assert "Ask to lift" not in page.words
    subject = first.get("/ops/limits").html.find("input", {"name": "subject"})
    assert subject is not None
    wanted = {"kind": LimitKind.SENDS_TO_CONTACT.value, "subject": str(subject["value"])}
    wrong = first.post("/ops/limits", wanted | {"reason": "write to a@example.com"})
    assert wrong.status_code == 422
    assert "leave names, addresses and numbers out" in wrong.words
    assert 'value="write to a@example.com"' in wrong.text
    asked = first.post("/ops/limits", wanted | {"reason": "they rang"}, follow=True)
    assert "A second person has to agree." in asked.words
    agree = "/ops/limits/1/agree"
    assert first.post(agree).status_code == 403
    assert desk.as_(Role.EDITOR).post(agree).status_code == 403
    assert desk.as_(Role.PUBLISHER, strong=False).post(agree).status_code == 403
    assert "Agree and lift" in second.get("/ops/limits").words
    done = second.post(agree, follow=True)
    assert "No limit holds anybody up" in done.words
    assert "Asked by publisher, decided by second" in done.words
    assert second.post(agree).status_code == 409
    assert second.post("/ops/limits/99/agree").status_code == 404


def test_organisations_page_shows_its_limits(desk: Desk) -> None:
    """What holds an organisation's contacts up stands on its own page, too."""
    assert "Limits in force None." in desk.as_(Role.VIEWER).get("/ops/organisations/1").words
    fill(desk)
    assert "codes to one contact" in desk.as_(Role.VIEWER).get("/ops/organisations/1").words
