import threading
import time

from flask import Flask
from flask.testing import FlaskClient

from app.faults import Fault, FaultCode
from app.web.health import Ping, health


def client(**pings: Ping) -> FlaskClient:
    app = Flask(__name__)
    app.register_blueprint(health(pings))
    return app.test_client()


def well() -> None:
    """Answers."""


def away() -> None:
    raise Fault(FaultCode.STORE_AWAY, "redis://:hush@redis.example.com is away")


def test_alive_whatever_is_down() -> None:
    """A process that answers is alive, its dependencies aside."""
    answer = client(redis=away).get("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, {"alive": True})


def test_ready_when_all_answer() -> None:
    """With every dependency answering the process is ready, and no cache keeps that."""
    answer = client(redis=well, database=well).get("/readyz")
    assert (answer.status_code, answer.get_json()) == (200, {"ready": True, "down": []})
    assert answer.headers["Cache-Control"] == "no-store"


def test_not_ready_names_what_is_down_and_nothing_else() -> None:
    """Status 503 names each dependency that is down and reveals nothing of why."""
    answer = client(redis=away, database=well, other=away).get("/readyz")
    assert (answer.status_code, answer.get_json()) == (503, {"ready": False, "down": ["other", "redis"]})
    assert "hush" not in answer.text


def test_what_hangs_is_down_after_a_second_all_together() -> None:
    """Dependencies are asked at the same time, and one that hangs is down after a second."""
    go_on = threading.Event()

    def hang() -> None:
        go_on.wait(20)

    began = time.monotonic()
    answer = client(redis=hang, database=hang, mail=well).get("/readyz")
    assert answer.get_json()["down"] == ["database", "redis"]
    assert time.monotonic() - began < 1.8
    go_on.set()


def test_many_questions_start_one_ping() -> None:
    """While a ping hangs, no other is started: questions cannot pile up threads."""
    go_on = threading.Event()
    started: list[int] = []

    def hang() -> None:
        started.append(1)
        go_on.wait(20)

    asker = client(redis=hang)
    assert [asker.get("/readyz").status_code for _ in range(2)] == [503, 503]
    assert len(started) == 1
    go_on.set()


def test_up_again_is_ready_again() -> None:
    """A dependency that answers again is asked again."""
    calls: list[int] = []

    def sometimes() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise OSError

    asker = client(redis=sometimes)
    assert [asker.get("/readyz").status_code for _ in range(2)] == [503, 200]


def test_only_reading_is_allowed() -> None:
    """Health is asked for, not posted to."""
    assert client().post("/readyz").status_code == 405
