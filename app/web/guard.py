"""The door every carrier webhook comes through: size first, then signature, then whose call it is."""

from dataclasses import dataclass, field

from app.faults import Fault, FaultCode
from app.telephony.inbound import Form, read_form
from app.telephony.signature import is_signed

#: Larger bodies are not read. Twilio's are about 1 kB; 64 kB of digits must still get a spoken answer.
LARGEST_BODY = 256 * 1024
_LONGEST_QUERY = 2048


@dataclass(frozen=True, slots=True)
class Admitted:
    """A webhook the carrier signed: its form fields and the arguments of its URL."""

    form: Form = field(repr=False)  # a code may have been keyed
    args: dict[str, str]
    query: str = ""  # its arguments as sent


@dataclass(frozen=True, slots=True)
class Guard:
    """Checks webhooks against PUBLIC_URL, never against Host or X-Forwarded-*."""

    public_url: str
    tokens: tuple[str, ...] = field(repr=False)
    accounts: frozenset[str]

    def admit(self, path: str, query: str, signature: str, body: bytes, allowed: frozenset[str]) -> Admitted:
        """The webhook, if the carrier signed it for one of our accounts.

        Args:
            path: the URL's path.
            query: the URL's query string as sent.
            signature: the header ``X-Twilio-Signature``, empty when missing.
            body: the form as sent.
            allowed: the query keys this endpoint knows; form fields are the carrier's to add.

        Raises:
            Fault: TOO_LARGE for a body, a field or a key over its cap; FORGED for everything else.
        """
        if len(body) > LARGEST_BODY or len(query) > _LONGEST_QUERY:
            raise Fault(FaultCode.TOO_LARGE, "The request is larger than any the carrier sends.")
        form = read_form(body)
        url = f"{self.public_url}{path}?{query}" if query else f"{self.public_url}{path}"
        if not is_signed(self.tokens, signature, url, form):
            raise Fault(FaultCode.FORGED, "The request is not signed by the carrier for this URL.")
        if form.one("AccountSid") not in self.accounts:
            raise Fault(FaultCode.FORGED, "The request is for an account that is not ours.")
        if not form.one("CallSid"):
            raise Fault(FaultCode.FORGED, "The request names no call.")
        return Admitted(form, _arguments(query, allowed), query)


def _arguments(query: str, allowed: frozenset[str]) -> dict[str, str]:
    if not query:
        return {}
    given = read_form(query.encode("latin-1", "replace"))
    args = {name: values[0] for name, values in given.items() if len(values) == 1}
    if len(args) != len(given) or not args.keys() <= allowed:
        raise Fault(FaultCode.FORGED, "The URL has arguments that were not handed out.")
    return args
