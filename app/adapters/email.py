"""Mail by SMTP, with outcomes told apart by how far the exchange came."""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, make_msgid, parseaddr
from functools import partial
from urllib.parse import unquote, urlsplit

from app.adapters.mail_message import build
from app.ports import Message, Sent

SECONDS = 10.0  # for each answer of the server
_GO_AHEAD = 354
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}  # RFC 5321, RFC 6409, RFC 8314


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server's address, as ``SMTP_URL`` gives it."""

    scheme: str  # smtp | smtp+starttls | smtps
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> "MailServer":
        """The server of an address that the settings found well; user and password percent-decoded."""
        parts = urlsplit(url)
        return cls(
            scheme=parts.scheme,
            host=parts.hostname or "",
            port=parts.port or _PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )


class SmtpDelivery:
    """The ``Delivery`` port for e-mail: one connection a message, since codes come one by one."""

    def __init__(
        self, server: MailServer, sender: str, now: Callable[[], datetime], *, seconds: float = SECONDS
    ) -> None:
        """Nothing is connected yet.

        Args:
            server: where to.
            sender: ``MAIL_FROM``, with or without a name.
            now: gives the present instant, aware.
            seconds: how long the server may take for each answer.
        """
        self._server = server
        self._sender = sender
        self._address = parseaddr(sender)[1]
        self._now = now
        self._seconds = seconds

    def send(self, message: Message) -> Sent:
        """Send. Refused before the text was handed over: LATER or REFUSED; silence after it: SENT."""
        domain = self._address.rpartition("@")[2]
        date, message_id = format_datetime(self._now()), make_msgid(domain=domain)
        try:
            mail = build(message, self._sender, date=date, message_id=message_id)
        except ValueError:
            return Sent.REFUSED  # not an address any server would take
        try:
            with closing(self._connect(domain)) as smtp:
                code = self._announce(smtp, message.to)
                return _hand_over(smtp, mail) if code == _GO_AHEAD else _outcome(code)
        except (OSError, smtplib.SMTPException):
            return Sent.LATER  # not reached, gone before the text, or without what we insist on

    def _connect(self, domain: str) -> smtplib.SMTP:
        """A greeted server, encrypted and authenticated where the address says so."""
        server, context = self._server, ssl.create_default_context()
        smtp: smtplib.SMTP
        if server.scheme == "smtps":
            smtp = smtplib.SMTP_SSL(server.host, server.port, domain, timeout=self._seconds, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, domain, timeout=self._seconds)
        try:
            if server.scheme == "smtp+starttls":
                smtp.starttls(context=context)
            if server.user:
                smtp.login(server.user, server.password)
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _announce(self, smtp: smtplib.SMTP, to: str) -> int:
        """The server's answer to sender, recipient and DATA: 354, or the code of the first refusal."""
        for ask in (partial(smtp.mail, self._address), partial(smtp.rcpt, to)):
            code = ask()[0]
            if code // 100 != 2:
                return code
        return smtp.docmd("DATA")[0]


def _hand_over(smtp: smtplib.SMTP, mail: bytes) -> Sent:
    """Hand over the text; from its last dot on the mail may be on its way, whatever is heard after."""
    smtp.send(_LEADING_DOT.sub(b"..", mail) + b".\r\n")  # RFC 5321, section 4.5.2
    try:
        code = smtp.getreply()[0]
    except (OSError, smtplib.SMTPException):
        return Sent.SENT
    with suppress(OSError, smtplib.SMTPException):
        smtp.putcmd("QUIT")  # a courtesy whose answer nobody waits for
    return _outcome(code)


def _outcome(code: int) -> Sent:
    """What a reply code means: RFC 5321, section 4.2.1."""
    return {2: Sent.SENT, 5: Sent.REFUSED}.get(code // 100, Sent.LATER)
