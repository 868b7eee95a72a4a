"""People who call a number and are put into a conference, each as their own document says."""

from typing import Any

from tests.unit.simulator.asking import client_of

ROOM = "room 1"
EVENTS = "start end join leave mute hold modify announcement"
TOLD = f"statusCallback='/told' statusCallbackEvent='{EVENTS}'"


class Meeting:
    """A line whose callers join the same room; ``attributes`` of the noun are given when they call."""

    def __init__(self, line: Any, **documents: Any) -> None:
        self.attributes: dict[str, str] = {}
        self.here = line(
            {
                "/voice/incoming": self._document,
                "/after": "<Response><Say>Afterwards</Say></Response>",
                "/told": "<Response/>",
                "/new": "<Response><Say>Something else</Say><Pause length='60'/></Response>",
                "/music": "<Response><Play loop='0'>/hold.mp3</Play></Response>",
                "/news": "<Response><Say>Listen, everybody</Say></Response>",
                **{"/" + name: document for name, document in documents.items()},
            }
        )
        self.phone, self.app, self.clock = self.here.phone, self.here.app, self.here.clock

    def joins(self, attributes: str = "", dial: str = "action='/after'") -> Any:
        """Another caller, with these attributes of the Conference noun."""
        number = f"+39069876{len(self.attributes):04}"
        noun = f"<Conference {attributes}>{ROOM}</Conference>"
        self.attributes[number] = f"<Response><Dial {dial}>{noun}</Dial><Say>Next verb</Say></Response>"
        return self.phone.dials("+390212345678", ani=number)

    def _document(self, form: dict[str, str]) -> str:
        return self.attributes[form["From"]]

    @property
    def client(self) -> Any:
        """Twilio's client for the account."""
        return client_of(self.phone)

    @property
    def conference(self) -> Any:
        """The room's latest conference, as the REST API addresses it."""
        return self.client.conferences(self.client.conferences.list(friendly_name=ROOM)[0].sid)

    def participant(self, person: Any) -> Any:
        """A person's participant, as the REST API addresses it."""
        return self.conference.participants(person.sid)

    @property
    def told(self) -> list[str]:
        """The events the status callback was told."""
        return [form["StatusCallbackEvent"] for form in self.app.forms("/told")]
