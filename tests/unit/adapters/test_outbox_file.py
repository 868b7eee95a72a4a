import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.adapters.outbox_file import DevelopmentOutbox
from app.ports import Message, Sent

AT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
MESSAGE = Message(1, "text", "+12025550142", "", "Codice\n483920", "it")


def outbox(path: Path) -> DevelopmentOutbox:
    return DevelopmentOutbox(path, lambda: AT)


def test_what_is_sent_is_listed_in_order(tmp_path: Path) -> None:
    """Messages are read back as they were sent, oldest first, with their instant, by any process."""
    path = tmp_path / "var" / "outbox.jsonl"
    second = replace(MESSAGE, letter=2, channel="email")
    assert outbox(path).send(MESSAGE) is Sent.SENT
    assert outbox(path).send(second) is Sent.SENT
    posted = outbox(path).read()
    assert [entry.message for entry in posted] == [MESSAGE, second]
    assert posted[0].at == "2026-11-20T16:00:00+00:00"


def test_nothing_sent_is_nothing_listed(tmp_path: Path) -> None:
    """Before the first message the outbox is empty."""
    assert outbox(tmp_path / "outbox.jsonl").read() == ()


def test_the_file_is_for_this_user_alone(tmp_path: Path) -> None:
    """The file shows codes, so nobody else may read it."""
    path = tmp_path / "outbox.jsonl"
    outbox(path).send(MESSAGE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_parallel_senders_do_not_mix_lines(tmp_path: Path) -> None:
    """Long messages sent at once are all there, whole."""
    path = tmp_path / "outbox.jsonl"
    messages = [replace(MESSAGE, letter=number, text="x" * 20_000) for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda message: outbox(path).send(message), messages)) == {Sent.SENT}
    assert sorted(entry.message.letter for entry in outbox(path).read()) == list(range(40))


def test_a_line_cut_short_is_left_out(tmp_path: Path) -> None:
    """What a full disk cut short does not hide the other messages."""
    path = tmp_path / "outbox.jsonl"
    outbox(path).send(MESSAGE)
    with path.open("ab") as file:
        file.write(b'{"at":"2026\n[]\nnull\n{"at":1}\n')
    outbox(path).send(MESSAGE)
    assert len(outbox(path).read()) == 2


def test_a_disk_that_takes_nothing_means_later(tmp_path: Path) -> None:
    """A file that cannot be written is a passing refusal, not a traceback."""
    (tmp_path / "file").write_text("")
    assert outbox(tmp_path / "file" / "outbox.jsonl").send(MESSAGE) is Sent.LATER


def test_a_text_that_no_encoding_carries_is_refused(tmp_path: Path) -> None:
    """A lone surrogate is refused for good."""
    assert outbox(tmp_path / "o").send(replace(MESSAGE, text="\ud800")) is Sent.REFUSED
