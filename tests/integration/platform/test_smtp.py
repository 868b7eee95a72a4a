import socket
import time
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from app.adapters.email import MailServer, SmtpDelivery
from app.ports import Message, Sent
from tests.integration.platform.mail_server import Script, mail_server
from tests.integration.platform.scripted_server import answering

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
MESSAGE = Message(
    1, "email", "giulia.conti@example.com", "Il suo codice", "Codice:\n.483920\n..\nCittà", "it"
)
SENDER = "Support <support@example.com>"


def send(url: str, message: Message = MESSAGE, *, seconds: float = 5.0) -> Sent:
    return SmtpDelivery(MailServer.parse(url), SENDER, lambda: NOW, seconds=seconds).send(message)


def test_a_mail_arrives_as_written() -> None:
    """An accepted mail is SENT and arrives whole: envelope, headers, leading dots, letters beyond ASCII."""
    script = Script()
    with mail_server(script) as port:
        assert send(f"smtp://127.0.0.1:{port}") is Sent.SENT
    (envelope,) = script.took
    assert envelope.mail_from == "support@example.com"
    assert envelope.rcpt_tos == ["giulia.conti@example.com"]
    assert isinstance(envelope.content, bytes)
    mail = message_from_bytes(envelope.content, policy=default)
    assert mail["Subject"] == "Il suo codice"
    assert mail["Date"] == "Fri, 20 Nov 2026 16:00:00 +0000"
    assert mail["Message-ID"].endswith("@example.com>")
    text = mail.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.decode().split() == MESSAGE.text.split()


def test_each_mail_has_an_id_of_its_own() -> None:
    """The same code sent again is another mail, so that no mail program hides it."""
    script = Script()
    with mail_server(script) as port:
        send(f"smtp://127.0.0.1:{port}")
        send(f"smtp://127.0.0.1:{port}")
    contents = [envelope.content for envelope in script.took]
    assert len({message_from_bytes(each)["Message-ID"] for each in contents if isinstance(each, bytes)}) == 2


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("421 4.3.2 shutting down", Sent.LATER),
        ("451 4.7.1 greylisted", Sent.LATER),
        ("452 4.2.2 mailbox full", Sent.LATER),
        ("550 5.1.1 no such user", Sent.REFUSED),
        ("552 5.2.2 mailbox full", Sent.REFUSED),
    ],
)
@pytest.mark.parametrize("step", ["recipient", "data"])
def test_a_refusal_says_whether_to_try_again(step: str, reply: str, outcome: Sent) -> None:
    """4xx is LATER and 5xx REFUSED, of the recipient and of the text alike."""
    script = Script(recipient=reply) if step == "recipient" else Script(data=reply)
    with mail_server(script) as port:
        assert send(f"smtp://127.0.0.1:{port}") is outcome


@pytest.mark.parametrize("after_data", ["hang", "drop"])
def test_silence_after_the_text_counts_as_sent(after_data: str) -> None:
    """A server that hangs, or drops the line, after it has the whole text may have sent it: SENT."""
    script = Script(after_data=after_data)
    began = time.monotonic()
    with mail_server(script) as port:
        assert send(f"smtp://127.0.0.1:{port}", seconds=0.3) is Sent.SENT
        assert time.monotonic() - began < 3
    assert len(script.took) == 1


@pytest.mark.parametrize("greeting", [None, b"421 too busy\r\n", b"554 go away\r\n", b"\x00\xff\r\n"])
def test_a_server_that_does_not_greet_means_later(greeting: bytes | None) -> None:
    """Silence, a refusal or nonsense before the text was handed over is LATER."""
    with answering(greeting, speaks_first=True) as port:
        assert send(f"smtp://127.0.0.1:{port}", seconds=0.2) is Sent.LATER


def test_nobody_there_means_later() -> None:
    """A refused connection is LATER; so is a name that leads nowhere."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert send(f"smtp://127.0.0.1:{port}") is Sent.LATER
    assert send("smtp://nowhere.invalid") is Sent.LATER


def test_login_with_reserved_characters() -> None:
    """User and password are percent-decoded from the address; wrong ones are LATER, being ours to mend."""
    script = Script(login=("us er@example.com", "p/w:d"))
    with mail_server(script) as port:
        assert send(f"smtp://us%20er%40example.com:p%2Fw%3Ad@127.0.0.1:{port}") is Sent.SENT
        assert send(f"smtp://us%20er%40example.com:wrong@127.0.0.1:{port}") is Sent.LATER
    assert len(script.took) == 1


def test_encryption_asked_for_is_insisted_on() -> None:
    """Where STARTTLS or TLS is asked for and not to be had, nothing is sent: LATER."""
    script = Script()
    with mail_server(script) as port:
        assert send(f"smtp+starttls://127.0.0.1:{port}", seconds=0.5) is Sent.LATER
        assert send(f"smtps://127.0.0.1:{port}", seconds=0.5) is Sent.LATER
    assert script.took == []


@pytest.mark.parametrize(
    "to", ["giulia", "a@b.it\r\nRCPT TO:<c@example.com>", "<a@b.it> NOTIFY=NEVER", "è@è.it"]
)
def test_an_odd_address_is_refused_before_anything_is_asked(to: str) -> None:
    """What is no plain address never reaches the server."""
    script = Script()
    with mail_server(script) as port:
        assert send(f"smtp://127.0.0.1:{port}", Message(1, "email", to, "s", "t", "it")) is Sent.REFUSED
    assert script.took == []


def test_ports_follow_the_scheme() -> None:
    """Without a port the scheme's own is taken, and a password is in no repr."""
    assert MailServer.parse("smtp://mail.example.com").port == 25
    assert MailServer.parse("smtp+starttls://mail.example.com").port == 587
    server = MailServer.parse("smtps://user:hush@mail.example.com")
    assert server.port == 465
    assert "hush" not in repr(server)
