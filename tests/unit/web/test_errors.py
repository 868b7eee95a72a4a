import logging

import pytest
from flask import Flask, Response, abort, request
from flask.testing import FlaskClient

from app.web.errors import error_pages


@pytest.fixture
def client() -> FlaskClient:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 10
    app.register_blueprint(error_pages())

    @app.post("/form")
    def form() -> str:
        return request.get_data(as_text=True)

    @app.get("/fails")
    def fails() -> str:
        raise RuntimeError("hush: 483920")

    @app.get("/teapot")
    def teapot() -> Response:
        abort(418, description="hush")

    return app.test_client()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("GET", "/form", 405), ("GET", "/teapot", 418), ("GET", "/fails", 500)],
)
def test_each_error_is_a_plain_sentence(client: FlaskClient, method: str, path: str, status: int) -> None:
    """An error page says one sentence, with the right status, and nothing of the inside."""
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert answer.text.count("<p>") == 1
    for inside in ("hush", "483920", "Traceback", "RuntimeError", "werkzeug"):
        assert inside not in answer.text


def test_a_large_body_is_refused(client: FlaskClient) -> None:
    """A body beyond the cap is answered with 413."""
    answer = client.post("/form", data="x" * 11)
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_what_a_method_needs_stays_in_the_headers(client: FlaskClient) -> None:
    """A 405 names the methods that are allowed."""
    assert "POST" in client.get("/form").headers["Allow"]


def test_an_unexpected_exception_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """What nobody expected is in the log with its traceback, once."""
    with caplog.at_level(logging.ERROR):
        client.get("/fails")
    assert [record.exc_info is not None for record in caplog.records] == [True]
