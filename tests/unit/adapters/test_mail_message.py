from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.mail_message import build
from app.ports import Message

HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language"}
MIME = {"MIME-Version", "Content-Type", "Content-Transfer-Encoding"}
DATE = "Fri, 20 Nov 2026 16:00:00 +0000"


def mail(**changes: str) -> EmailMessage:
    facts = {
        "to": "giulia.conti@example.com",
        "subject": "Il suo codice",
        "text": "Città: 1",
        "language": "it",
    }
    facts.update(changes)
    message = Message(letter=1, channel="email", **facts)
    data = build(message, "Support <support@example.com>", date=DATE, message_id="<1@example.com>")
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    parsed = message_from_bytes(data, policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_a_mail_says_what_it_is() -> None:
    """Sender, recipient, subject, date, id, language and that a machine wrote it stand in the headers."""
    parsed = mail()
    assert parsed["From"] == "Support <support@example.com>"
    assert parsed["To"] == "giulia.conti@example.com"
    assert parsed["Subject"] == "Il suo codice"
    assert parsed["Date"] == DATE
    assert parsed["Message-ID"] == "<1@example.com>"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["Content-Language"] == "it"
    assert parsed.get_content().strip() == "Città: 1"


@given(subject=st.text(), text=st.text(), language=st.text(max_size=8))
def test_no_text_adds_a_header(subject: str, text: str, language: str) -> None:
    """Whatever text goes in, the mail has exactly the headers it always has, each once."""
    parsed = mail(subject=f"{subject}\r\nBcc: all@example.com", text=text, language=language)
    assert sorted({*parsed.keys(), "Content-Language"}) == sorted(HEADERS | MIME)
    assert len(parsed.keys()) == len(set(parsed.keys()))


@given(
    to=st.one_of(st.text(), st.text().map(lambda t: f"{t}@example.com"), st.text().map(lambda t: f"a@{t}"))
)
def test_an_odd_address_is_one_recipient_or_refused(to: str) -> None:
    """An address is written as that one recipient, or refused as a value error."""
    try:
        parsed = mail(to=to)
    except ValueError:
        return
    assert len(parsed["To"].addresses) == 1
    assert set(parsed.keys()) == HEADERS | MIME


@pytest.mark.parametrize(
    "to", ["", "giulia", "a@b@c", "a@example.com, b@example.com", "a@ex\r\nBcc: b@c", "è@è.it"]
)
def test_what_is_no_single_ascii_address_is_refused(to: str) -> None:
    """Two recipients, none, line ends and addresses beyond ASCII are refused."""
    with pytest.raises(ValueError, match=""" """):
        mail(to=to)
