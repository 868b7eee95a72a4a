"""The processes that stay: the server with all it starts, the worker, and the phone that calls them."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

import pytest

from app.services.sample_accounts import SAMPLE_PASSWORD
from app.settings.development import ACCOUNT_SID, AUTH_TOKEN
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transport import over_http
from app.simulator.webhooks import Account
from tests.integration.cli.conftest import SCRIPT, Cli

ATTEMPTS = 1200  # a minute: the demo places a week of calls first


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(cli: Cli, port: int, command: str = "serve") -> Iterator[subprocess.Popen[str]]:
    """``callgate serve`` until the block ends; it must then stop by itself."""
    process = subprocess.Popen(
        [str(SCRIPT), command, "--port", str(port)],
        env=cli.environment(),
        cwd=cli.var,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        answered(process, f"http://127.0.0.1:{port}/readyz")
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=30)
        assert "Traceback" not in out, out


def answered(process: subprocess.Popen[str], url: str) -> str:
    """The first good answer of a server that is starting; fails at once when its process ends."""
    ask = over_http(timeout=2)
    for _ in range(ATTEMPTS):
        with suppress(OSError):
            answer = ask(url, [], {})
            if answer.status == 200:
                return answer.body.decode()
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
            break
    raise AssertionError(f"no answer from {url}; the process ended with {process.poll()}")


def phone_to(port: int) -> Phone:
    account = Account(token=AUTH_TOKEN, sid=ACCOUNT_SID, public_url=f"http://127.0.0.1:{port}")
    now = datetime.now(UTC)  # noqa: TID251 - a server's own clock runs
    return Phone(over_http(), account, SimulatedClock(now), seed=now.isoformat())


@pytest.mark.xdist_group("server")
def test_serve_takes_a_call_and_sees_a_publish(cli: Cli) -> None:
    """In a fresh folder the server starts all it needs, and serves a table published meanwhile."""
    port = free_port()
    with serving(cli, port) as process:
        call = phone_to(port).dials("+39800917919", ani="+390655550100")
        call.hears("Italia").hears_language("it")
        assert call.state == "language"
        call.hangs_up()
        assert "Italia" not in phone_to(port).dials("+13125550142", ani="+390655550100").said
        cli.succeeds("table", "export", str(cli.var / "table"))
        lines = cli.var / "table" / "lines.csv"
        lines.write_text(
            lines.read_text(encoding="utf-8").replace("+39800917919", "+13125550142"), encoding="utf-8"
        )
        cli.succeeds("table", "import", str(cli.var / "table"))
        for _ in range(ATTEMPTS):
            if "Italia" in phone_to(port).dials("+13125550142", ani="+390655550100").said:
                break
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        else:
            raise AssertionError("the published table is not served")
    assert "IT" in cli.succeeds("calls", "list")


@pytest.mark.xdist_group("server")
def test_serve_refuses_what_nobody_signed(cli: Cli) -> None:
    """Over real HTTP, too, an unsigned webhook gets 403 and unknown pages a plain sentence."""
    port = free_port()
    with serving(cli, port):
        for path, form, status in (("/voice/incoming", [("CallSid", "CA1")], 403), ("/nothing", [], 404)):
            answer = over_http()(f"http://127.0.0.1:{port}{path}", form, {})
            assert answer.status == status
            assert b"Traceback" not in answer.body


@pytest.mark.xdist_group("server")
def test_the_demo_stays_and_serves(cli: Cli) -> None:
    """The demo says first where the phone is, then desk and sign-in; it serves, and can be looked at."""
    port = free_port()
    with serving(cli, port, "demo") as process:
        assert process.stdout is not None
        said = "".join(takewhile(lambda line: "Callgate serves" not in line, process.stdout))
        phone_to(port).dials("+39800917919", ani="+390655550100").hears("Italia")
        listed = cli.succeeds("calls", "list", env={"CALLGATE_VAR": str(cli.var / "demo")})
    assert "Rossi Forniture" in listed
    where = [said.index(f"http://127.0.0.1:{port}/{page}") for page in ("phone", "desk", "ops")]
    assert where == sorted(where)
    assert "agent or supervisor" in said
    assert f"publisher. Password {SAMPLE_PASSWORD}" in said


def test_the_sample_call_ends_verified(cli: Cli) -> None:
    """The demo's call shows prompts, keys, mail, decision and whisper, and exits with 0."""
    said = cli.succeeds("demo", "--once")
    for piece in (
        "Paese: Italia",
        "presses    12345678#",
        "coverage/IT/technical/it",
        "email to giulia.conti@example.com",
        "Rossi Forniture, Giulia Conti",
        "Rossi Forniture: code by email, to technical-it; completed",
    ):
        assert piece in said


def test_a_call_from_the_command_line(cli: Cli) -> None:
    """``callgate call`` presses what it is told, and the call is listed with its timeline."""
    said = cli.succeeds("call", "--dnis", "+442079460999", "--ani", "+442079460100", "--press", "1")
    assert "fallback" in said
    said = cli.succeeds(
        "call", "--dnis", "+39800917919", "--ani", "+390655550100", "--press", "2 1 12345678# 1 1"
    )
    assert "email to giulia.conti@example.com" in said
    listed = cli.succeeds("calls", "list")
    assert "Rossi Forniture" in listed
    call_id = listed.split()[0]
    assert "look_up: looked_up" in cli.succeeds("calls", "show", call_id)
    assert "giulia.conti@example.com" in cli.succeeds("outbox")


def test_the_worker_sends_what_a_dead_process_left(cli: Cli, tmp_path: Path) -> None:
    """A letter committed by a process that died before sending goes out through ``callgate worker``."""
    cli.succeeds("call", "--dnis", "+39800917919", "--ani", "+390655550100", "--press", "2 1 12345678# 1")
    outbox = tmp_path / "outbox.jsonl"
    assert not outbox.exists()
    leave_a_letter(cli)
    process = subprocess.Popen(
        [str(SCRIPT), "worker"], env=cli.environment(), cwd=cli.var, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(ATTEMPTS):
            if outbox.exists() and "giulia.conti@example.com" in outbox.read_text(encoding="utf-8"):
                break
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        else:
            raise AssertionError("the letter was not sent")
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def leave_a_letter(cli: Cli) -> None:
    """Commit a challenge with its letter, as a webhook does, and send nothing."""
    from app.factory.stores import open_sql, with_secrets  # noqa: PLC0415 - only here
    from app.ports import Asker  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415
    from app.verification.model import Channel  # noqa: PLC0415

    now = datetime.now(UTC)  # noqa: TID251 - the worker's own clock runs
    sql = open_sql(with_secrets(Settings.from_env({"CALLGATE_VAR": str(cli.var)})), SimulatedClock(now))
    asker = Asker("a-call-that-died", 7, None, now)
    found = sql.ledger.look_up(asker, "12345678", (), at_most=3)
    assert found is not None
    assert found.organisation is not None
    sql.ledger.issue(asker, found.organisation.id, None, department="technical", channel=Channel.EMAIL)
    sql.engine.dispose()
