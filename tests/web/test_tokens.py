"""API tokens in the pages."""

import pytest

from app.access.model import RIGHTS, Right, Role
from tests.web.conftest import PASSWORD, Desk, Shown


def made(answer: Shown) -> str:
    field = answer.html.find(id="made")
    assert field is not None
    return str(field["value"])


def test_a_token_is_shown_once_and_counts_until_it_is_revoked(desk: Desk) -> None:
    """The page that makes it shows it, no other does; revoking it ends it."""
    reader, tokens = desk.as_(Role.PUBLISHER), desk.use_cases.tokens
    answer = reader.post("/ops/tokens", {"name": "nightly", "role": "editor", "expires": "2026-11-20"})
    token = made(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    actor = tokens.actor(token, "", desk.clock.now())
    assert actor is not None
    assert (actor.name, actor.rights) == ("publisher (token nightly)", RIGHTS[Role.EDITOR])
    page = reader.get("/ops/tokens")
    assert "2026-11-21 00:00 UTC" in page.words
    assert token not in page.text
    form = next(found for found in page.html.find_all("form") if str(found["action"]).endswith("/revoke"))
    assert "counts no more" in reader.post(str(form["action"]), follow=True).text
    assert tokens.actor(token, "", desk.clock.now()) is None


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "", "role": "viewer"}, "A name of 1 to 64 characters"),
        (
            {"name": "t", "role": "admin"},
            "A token cannot do more than you: choose one of viewer, editor, publisher.",
        ),
        ({"name": "t", "role": "emperor"}, "Choose one of the roles."),
        ({"name": "t", "role": "viewer", "expires": "tomorrow"}, "This is no date"),
        ({"name": "t", "role": "viewer", "expires": "9999-12-31"}, "This is no date"),
        ({"name": "t", "role": "viewer", "expires": "2026-11-18"}, "This is past"),
    ],
)
def test_a_token_that_cannot_be_is_said_at_its_field(desk: Desk, form: dict[str, str], said: str) -> None:
    """What is wrong stands at its field, the rest of the form is kept, and no token is made."""
    answer = desk.as_(Role.PUBLISHER).post("/ops/tokens", form)
    assert answer.status_code == 422
    assert said in answer.words
    field = answer.html.find("input", {"name": "name"})
    assert field is not None
    assert field["value"] == form["name"]
    assert "There are none yet." in answer.words


def test_tokens_need_a_code_and_belong_to_somebody(desk: Desk) -> None:
    """Without a one-time code none is made; others' tokens are an admin's to see and to revoke."""
    weak = desk.as_(Role.EDITOR, strong=False)
    assert "sign in with a one-time code" in weak.get("/ops/tokens").words
    assert weak.post("/ops/tokens", {"name": "t", "role": "viewer"}).status_code == 403
    made(desk.as_(Role.EDITOR).post("/ops/tokens", {"name": "t", "role": "viewer"}))
    for role, status in ((Role.PUBLISHER, 404), (Role.ADMIN, 303)):
        reader = desk.as_(role)
        owners = [cell.get_text() for cell in reader.get("/ops/tokens?all=1").html.select("td:nth-child(2)")]
        assert owners == (["editor"] if role is Role.ADMIN else [])
        assert reader.post("/ops/tokens/1/revoke", {"all": "1"}).status_code == status


def test_a_token_publishes_no_longer_than_its_owner_has_codes(desk: Desk) -> None:
    """Whoever takes the one-time codes away publishes by no token either, until codes are set up again."""
    reader, tokens = desk.as_(Role.PUBLISHER), desk.use_cases.tokens
    token = made(reader.post("/ops/tokens", {"name": "nightly", "role": "publisher"}))
    actor = tokens.actor(token, "", desk.clock.now())
    assert actor is not None
    assert actor.may(Right.PUBLISH)
    reader.post("/ops/account/code/remove", {"remove_password": PASSWORD})
    actor = tokens.actor(token, "", desk.clock.now())
    assert actor is not None
    assert actor.may(Right.EDIT)
    assert not actor.may(Right.PUBLISH)
