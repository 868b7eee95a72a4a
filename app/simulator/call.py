"""A call as a test tells it: what must be heard, and where it must end up."""

from collections.abc import Callable, Mapping
from typing import Self

from app.simulator.caller import Caller
from app.simulator.exchange import Exchange
from app.simulator.moments import Kind
from app.simulator.transcript import Happening


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


class CallInProgress(Caller):
    """A call with what is asserted of it; each failure is an AssertionError with the whole transcript."""

    def __init__(
        self,
        exchange: Exchange,
        targets: Mapping[str, str],
        level_of: Callable[[str], str] | None,
    ) -> None:
        self._targets = targets
        self._level_of = level_of
        super().__init__(exchange)

    def hears(self, text: str) -> Self:
        """What was said since the caller's last act contains ``text``, whatever the case."""
        if _plain(text) not in _plain(self.said):
            self._fails(f"the caller did not hear {text!r} but {self.said!r}")
        return self

    def does_not_hear(self, text: str) -> Self:
        """What was said since the caller's last act does not contain ``text``."""
        if _plain(text) in _plain(self.said):
            self._fails(f"the caller heard {text!r}")
        return self

    def hears_language(self, language: str) -> Self:
        """Something was said in this language (a BCP-47 tag or its beginning) since the last act."""
        spoken = {entry.language for entry in self._heard()}
        if not any(tag == language or tag.startswith(f"{language}-") for tag in spoken):
            self._fails(f"the caller did not hear {language} but {sorted(spoken)}")
        return self

    def agent_hears(self, text: str) -> Self:
        """Somebody this call rang heard ``text`` before being connected."""
        legs = self.leg.children
        heard = " ".join(
            entry.text for entry in self._entries() if entry.leg in legs and entry.kind is Happening.HEARS
        )
        if _plain(text) not in _plain(heard):
            self._fails(f"no agent heard {text!r} but {heard!r}")
        return self

    def is_transferred_to(self, queue: str, level: str | None = None) -> Self:
        """The caller waits in, or talks to, this queue's target; with the given level of verification."""
        target = self._targets.get(queue) or f"queue:{queue}"
        if self.leg.connected_to != target:
            self._fails(
                f"the caller is at {self.leg.connected_to or 'nobody'!r}, not at {target!r} ({queue})"
            )
        if level is not None:
            self._has_level(level)
        return self

    def talks_with(self, *others: Caller) -> Self:
        """These people, and nobody else, are whom this one talks with."""
        found, wanted = self.leg.with_, {other.sid for other in others}
        if found != wanted:
            self._fails(f"{self.sid} talks with {sorted(found)}, not with {sorted(wanted)}")
        return self

    def hears_music(self, sound: str = "") -> Self:
        """Music plays now; ``sound`` is contained in its URL."""
        moment = self._driver.moment
        if moment is None or moment.kind is not Kind.MUSIC or sound not in moment.text:
            self._fails(f"no music {sound!r} plays")
        return self

    def is_over(self) -> Self:
        """The call has ended."""
        if not self._driver.over:
            self._fails("the call is not over")
        return self

    def is_listening(self) -> Self:
        """The call waits for keys."""
        if not self._driver.comes_to_listening():
            self._fails("nothing listens")
        return self

    def _has_level(self, level: str) -> None:
        if self._level_of is None:
            raise ValueError("this phone was not told how to look up a level: give it level_of")
        found = self._level_of(self.leg.sid)
        if found != level:
            self._fails(f"the call's level is {found!r}, not {level!r}")
