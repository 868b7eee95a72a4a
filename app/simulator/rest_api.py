"""The carrier's REST API: checks each request against its description, records it and carries it out."""

from base64 import b64encode
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from threading import RLock
from urllib.parse import parse_qsl, urlsplit

from app.simulator.conduct import SILENT, Conduct, Received
from app.simulator.exchange import Exchange
from app.simulator.refused import Refused
from app.simulator.resources.asked import Answer, Asked
from app.simulator.resources.routes import route_of
from app.simulator.rest import check_request

_FAILS = {
    Conduct.TOO_MANY: (429, 20429, "Too Many Requests"),
    Conduct.BREAKS: (500, 20500, "Internal Server Error"),
    Conduct.LOSES: (500, 20500, "Internal Server Error"),  # which nobody hears
}
_STATUS = {20003: 401, 20404: 404}


@dataclass(frozen=True, slots=True)
class Decision:
    """``answer`` is what is answered, if the conduct lets anything be."""

    conduct: Conduct
    answer: Answer


class RestApi:
    """One account's REST API over an exchange.

    What a request causes in a call happens at the scheduler's next turn, never within the request: an
    application may ask while it answers a webhook, and from any thread. ``tokens`` are those it lets in.
    While ``away``, nothing is reachable.
    """

    def __init__(self, exchange: Exchange, account_sid: str, tokens: Sequence[str]) -> None:
        self.received: list[Received] = []
        self.tokens = list(tokens)
        self.away = False
        self._exchange = exchange
        self._account = account_sid
        self._script: deque[Conduct] = deque()
        self._lock = RLock()

    @property
    def messages(self) -> list[Received]:
        """The texts that were accepted."""
        return self._accepted("/Messages.json")

    @property
    def calls(self) -> list[Received]:
        """The calls that were asked for and accepted."""
        return self._accepted("/Calls.json")

    def will(self, *conducts: Conduct) -> None:
        """What happens with the next requests, one after the other; then all are accepted again."""
        self._script.extend(conducts)

    def handles(self, method: str, url: str, authorization: str, body: str) -> Answer | None:
        """Decide on a request: status and JSON, or None for no answer at all.

        ``url`` may have a host and a query; ``authorization`` is the header's value, HTTP's Basic scheme;
        ``body`` a form.
        """
        if self.away:
            return None
        decision = self.decides(method, url, authorization, body)
        return None if decision.conduct in SILENT else decision.answer

    def decides(self, method: str, url: str, authorization: str, body: str) -> Decision:
        """The same, with the conduct: for whoever carries the answer to the application."""
        parts = urlsplit(url)
        form = parse_qsl(parts.query if method == "GET" else body, keep_blank_values=True)
        with self._lock:
            try:
                self._check(method, parts.path, form, authorization)
                conduct = self._script.popleft() if self._script else Conduct.ACCEPTS
                if conduct in _FAILS:
                    self._records(method, parts.path, form)
                    return Decision(conduct, error(*_FAILS[conduct]))
                answer = self._carries_out(method, parts.path, form)
            except Refused as refused:
                self._records(method, parts.path, form, refused=refused.sentence)
                status = _STATUS.get(refused.code, 400)
                return Decision(Conduct.ACCEPTS, error(status, refused.code, refused.sentence))
            self._records(method, parts.path, form, sid=str(answer[1].get("sid", "")), accepted=True)
            return Decision(conduct, answer)

    def _check(self, method: str, path: str, form: list[tuple[str, str]], authorization: str) -> None:
        allowed = {
            "Basic " + b64encode(f"{self._account}:{token}".encode()).decode() for token in self.tokens
        }
        if authorization not in allowed:
            raise Refused("Authenticate", 20003)
        if f"/Accounts/{self._account}" not in path:
            raise Refused(f"The requested resource {path} was not found", 20404)
        check_request(method, path, form)

    def _carries_out(self, method: str, path: str, form: list[tuple[str, str]]) -> Answer:
        route, names = route_of(method, path)
        return route(Asked(self._exchange, self._account, path, names, form))

    def _records(
        self,
        method: str,
        path: str,
        form: list[tuple[str, str]],
        *,
        sid: str = "",
        accepted: bool = False,
        refused: str = "",
    ) -> None:
        self.received.append(Received(method, path, form, sid, accepted, refused))

    def _accepted(self, end: str) -> list[Received]:
        return [
            one for one in self.received if one.accepted and one.path.endswith(end) and one.method == "POST"
        ]


def error(status: int, code: int, message: str) -> Answer:
    """An answer that says why not."""
    more = f"https://www.twilio.com/docs/errors/{code}"
    return status, {"code": code, "message": message, "more_info": more, "status": status}
