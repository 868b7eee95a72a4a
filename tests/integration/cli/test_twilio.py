"""``callgate twilio``, against an account on this machine."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.simulator.carrier import Conduct
from tests.integration.cli.conftest import Cli
from tests.integration.platform.account_carrier import AccountCarrier

ACCOUNT = "AC0123456789abcdef0123456789abcdef"
TOKEN = "5f0c9e1b7a2d48365f0c9e1b7a2d4836"
URL = "https://phone.example.com"
OFFICE, SENDER, ELSEWHERE = "+12025550123", "+12025550199", "+12025550188"
TABLE = {
    "territories.csv": (
        "key,country_code,name,zones,prompt_languages\nUS,US,United States,America/New_York,en\n"
    ),
    "lines.csv": (
        "name,number,printed,territories,default,reached_as\n"
        f"{OFFICE},{OFFICE},(202) 555-0123,US,US,\n"
        f"{ELSEWHERE},{ELSEWHERE},(202) 555-0188,US,US,\n"
    ),
    "coverage.csv": "territory,department,language,hours\nUS,technical,en,24/7\nUS,billing,en,24/7\n",
    "queues.csv": "name,target,overflow\nbilling-en,number:+12025550142,\n",
}


@pytest.fixture
def carrier() -> Iterator[AccountCarrier]:
    with AccountCarrier(ACCOUNT, TOKEN) as found:
        found.has_number(OFFICE, VoiceUrl="https://demo.example.com/welcome", VoiceMethod="POST")
        found.has_number(SENDER)
        found.has_queue("fallback")
        yield found


@pytest.fixture(scope="session")
def with_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a table that needs two numbers and two queues is published."""
    var = tmp_path_factory.mktemp("twilio")
    table = var / "table"
    table.mkdir()
    for name, text in TABLE.items():
        (table / name).write_text(text, encoding="utf-8")
    Cli(var).succeeds("table", "import", str(table))
    return var


@pytest.fixture
def env(carrier: AccountCarrier, cli: Cli, with_table: Path) -> dict[str, str]:
    """Settings for the account, and the table."""
    shutil.copytree(with_table, cli.var, dirs_exist_ok=True)
    return {
        "PUBLIC_URL": URL,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_URL": carrier.url,
        "SMS_FROM": SENDER,
    }


def test_what_differs_is_told_and_nothing_is_changed(
    cli: Cli, carrier: AccountCarrier, env: dict[str, str]
) -> None:
    """Each difference is a sentence; a line of another carrier is a warning; exit code 1."""
    ran = cli("twilio", "check", env=env)
    assert ran.code == 1
    faults = [line for line in ran.err.splitlines() if line.startswith("fault: ")]
    assert [line.split()[1] for line in faults] == [f"{OFFICE}:", "The", "The"]
    assert "https://demo.example.com/welcome" in faults[0]
    assert f"warning: {ELSEWHERE}" in ran.err
    assert "3 faults, 1 warning." in ran.out
    assert carrier.changes() == 0


def test_setting_up_makes_it_so_once(cli: Cli, carrier: AccountCarrier, env: dict[str, str]) -> None:
    """The plan is shown and done; then check finds nothing to do, and setting up again does nothing."""
    said = cli.succeeds("twilio", "setup", "--yes", env=env)
    assert said.count("done: ") == 3
    number = carrier.number(OFFICE)
    assert (number["VoiceUrl"], number["VoiceMethod"]) == (f"{URL}/voice/incoming", "POST")
    assert number["VoiceFallbackUrl"] == f"{URL}/voice/fallback"
    assert number["StatusCallback"] == f"{URL}/voice/status"
    assert carrier.queue_sizes() == [("fallback", 1000), ("technical-en", 1000)]
    assert "VoiceUrl" not in carrier.number(SENDER)
    assert "0 faults, 1 warning." in cli.succeeds("twilio", "check", env=env)
    changes = carrier.changes()
    assert "nothing to set up" in cli.succeeds("twilio", "setup", "--yes", env=env)
    assert carrier.changes() == changes
    assert all(one.accepted for one in carrier.received)


@pytest.mark.parametrize("typed", ["n\n", "", "\n"])
def test_without_a_yes_nothing_is_done(
    cli: Cli, carrier: AccountCarrier, env: dict[str, str], typed: str
) -> None:
    """Whoever does not say yes has seen the plan, and changed nothing."""
    ran = cli("twilio", "setup", env=env, typed=typed)
    assert ran.code == 1
    assert f"Point {OFFICE} here" in ran.out
    assert carrier.changes() == 0


def test_with_a_yes_it_is_done(cli: Cli, carrier: AccountCarrier, env: dict[str, str]) -> None:
    """The question is answered with y."""
    assert cli("twilio", "setup", env=env, typed="y\n").code == 0
    assert carrier.changes() == 3


def test_an_answer_that_is_lost_is_looked_up(cli: Cli, carrier: AccountCarrier, env: dict[str, str]) -> None:
    """A change that was carried out without an answer is found done, and not asked for again."""
    carrier.will(Conduct.ACCEPTS, Conduct.ACCEPTS, Conduct.ACCEPTS, Conduct.ACCEPTS, Conduct.DROPS)
    assert cli.succeeds("twilio", "setup", "--yes", env=env).count("done: ") == 3
    assert carrier.changes() == 3
    assert [name for name, _ in carrier.queue_sizes()] == ["fallback", "technical-en"]


def test_what_is_not_done_is_told(cli: Cli, carrier: AccountCarrier, env: dict[str, str]) -> None:
    """What the carrier does not do is said with its reason, the rest is done; exit code 1."""
    carrier.will(Conduct.ACCEPTS, Conduct.ACCEPTS, Conduct.BREAKS)
    ran = cli("twilio", "setup", "--yes", env=env)
    assert ran.code == 1
    assert ran.out.count("done: ") == 2
    assert f"not done: Point {OFFICE} here" in ran.err
    assert "500" in ran.err


def test_what_people_have_to_do_is_left(cli: Cli, carrier: AccountCarrier, env: dict[str, str]) -> None:
    """A number an application takes, a sender that is not ours: told after setting up, exit code 1."""
    carrier.number(OFFICE)["VoiceApplicationSid"] = "AP0123456789abcdef0123456789abcdef"
    ran = cli("twilio", "setup", "--yes", env={**env, "SMS_FROM": "+12025550177"})
    assert ran.code == 1
    assert "the application AP0123456789abcdef0123456789abcdef" in ran.err
    assert "SMS_FROM" in ran.err
    assert carrier.number(OFFICE)["VoiceUrl"] == "https://demo.example.com/welcome"


@pytest.mark.parametrize("command", [("check",), ("setup", "--yes")])
@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"TWILIO_AUTH_TOKEN": "another-token-another-token-12345"}, "TWILIO_AUTH_TOKEN"),
        ({"TWILIO_API_URL": "http://127.0.0.1:1"}, "cannot be reached"),
        ({"PUBLIC_URL": "http://127.0.0.1:8000"}, "PUBLIC_URL"),
        ({"TWILIO_ACCOUNT_SID": "", "TWILIO_API_URL": ""}, "no account"),
    ],
)
def test_an_account_that_cannot_be_asked_is_one_sentence(
    cli: Cli,
    carrier: AccountCarrier,
    env: dict[str, str],
    command: tuple[str, ...],
    change: dict[str, str],
    word: str,
) -> None:
    """A token not taken, a carrier out of reach, development's own account: what to do, exit code 2."""
    said = cli.refuses("twilio", *command, env={**env, **change})
    assert word in said
    assert len(said.strip().splitlines()) == 1
    assert carrier.changes() == 0


def test_without_a_table_there_is_nothing_to_compare(cli: Cli) -> None:
    """Before the first table is published, that is what is said."""
    env = {"PUBLIC_URL": URL, "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN}
    assert "callgate table import" in cli.refuses("twilio", "check", env=env)
