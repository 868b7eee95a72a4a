"""A message as the bytes of a mail."""

from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from app.ports import Message


def build(message: Message, sender: str, *, date: str, message_id: str) -> bytes:
    """The mail, ready for SMTP's DATA but for its dots: CRLF, ASCII only.

    No text can add a header: control characters become blanks, and the email package refuses line ends.

    Args:
        message: the recipient's bare address, subject and text.
        sender: an address, with or without a name.
        date: as RFC 5322 writes it.
        message_id: with its angle brackets; a new one each time, since mail programs hide a second mail that
            has the first one's.

    Raises:
        ValueError: the recipient's address cannot be written in ASCII, or is none.
    """
    mail = EmailMessage(policy=SMTP)
    name, address = parseaddr(sender)
    mail["From"] = Address(display_name=name, addr_spec=address)
    mail["To"] = _recipient(message.to)
    mail["Subject"] = _one_line(message.subject)
    mail["Date"] = date
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notices, please
    mail.set_content(_speakable(message.text), cte="quoted-printable")
    if language := _one_line(message.language):
        mail["Content-Language"] = language
    return mail.as_bytes()


def _recipient(address: str) -> Address:
    if not address.isascii() or not address.isprintable() or address.count("@") != 1:
        raise ValueError("not an address of one mailbox in ASCII")
    try:
        return Address(addr_spec=address)
    except (
        HeaderParseError,
        IndexError,
        AttributeError,
    ) as error:  # the parser's answers to some that are none
        raise ValueError("not an address") from error


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in _speakable(text)).split())


def _speakable(text: str) -> str:
    """The text without lone surrogates, which no encoding carries."""
    return text.encode("utf-8", "replace").decode("utf-8")
