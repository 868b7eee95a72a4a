"""``/api/v1/table/publish`` and ``/rollback``: the one way to publish, for programs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from flask import Blueprint

from app.access.model import Right
from app.services.draft_publishing import CarriedOver, DraftPublishing
from app.services.drafts import Stale
from app.services.publishing import Meanwhile, Outcome, Published, Refused, SecondNeeded, Unsettled, Unsigned
from app.services.table_desk import TableDesk
from app.web.api import told
from app.web.api.operation import Asked, Operation, add, refuse
from app.web.api.schema import COUNT, NUMBER, TEXT, listing, named, text, thing
from app.web.pages import actor

_PUBLISHED = thing({"version": NUMBER, "sentences": listing(TEXT), "warnings": listing(named("Remark"))})
_SECOND = thing({"destinations": listing(TEXT), "approvals": listing(TEXT)})
PUBLISHED = Operation(
    "publish",
    "POST",
    "/api/v1/table/publish",
    "Publish a draft at a revision. accept: marks of the warnings you let pass. Repeated after it went live, "
    "it is a conflict and changes nothing.",
    "table",
    Right.PUBLISH,
    _PUBLISHED,
    body=thing({"draft": NUMBER, "revision": COUNT}, {"accept": listing(text(64), maxItems=1000)}),
    others={202: ("Written down; another publisher has to want it, too.", _SECOND)},
)
ROLLED_BACK = Operation(
    "rollBack",
    "POST",
    "/api/v1/table/rollback",
    "Publish an earlier version again, as the next one; expecting is the version you saw as live.",
    "table",
    Right.PUBLISH,
    _PUBLISHED,
    body=thing({"version": NUMBER, "expecting": COUNT}),
)
OPERATIONS = (PUBLISHED, ROLLED_BACK)


@dataclass(frozen=True, slots=True)
class PublishingApi:
    """The endpoints that change what is live."""

    drafts: DraftPublishing
    desk: TableDesk
    now: Callable[[], datetime]

    def publish(self, asked: Asked) -> tuple[dict[str, Any], int]:
        """Publish a draft, signing off the warnings that are named."""
        number, revision, who, now = asked.body["draft"], asked.body["revision"], actor(), self.now()
        for mark in asked.body.get("accept", ()):
            signed = self.drafts.sign_off(number, revision, mark, "", who, now)
            if isinstance(signed, Stale):
                return _answer(signed)
            revision = signed.revision
        return _answer(self.drafts.publish(number, revision, who, now))

    def roll_back(self, asked: Asked) -> tuple[dict[str, Any], int]:
        """Bring a version back."""
        version, expecting = asked.body["version"], asked.body["expecting"]
        return _answer(self.desk.roll_back(version, actor=actor(), now=self.now(), expecting=expecting))


def blueprint(api: PublishingApi) -> Blueprint:
    """Publish and roll back."""
    found = Blueprint("api_publishing", __name__)
    add(found, PUBLISHED, api.publish)
    add(found, ROLLED_BACK, api.roll_back)
    return found


def _answer(outcome: Outcome | CarriedOver | Stale) -> tuple[dict[str, Any], int]:
    if isinstance(outcome, SecondNeeded):
        return {"destinations": list(outcome.destinations), "approvals": list(outcome.approvals)}, 202
    if not isinstance(outcome, Published):
        _refuse(outcome)
    return {
        "version": outcome.version,
        "sentences": list(outcome.sentences),
        "warnings": told.remarks(outcome.warnings),
    }, 200


def _refuse(outcome: Outcome | CarriedOver | Stale) -> NoReturn:
    match outcome:
        case Refused(faults=faults):
            refuse(422, "errors", "This cannot work, so that it was not published.", told.by_mark(faults))
        case Unsigned(warnings=warnings):
            sentence = "Warnings wait for somebody to let them pass: name their marks in accept."
            refuse(409, "warnings", sentence, told.by_mark(warnings))
        case Unsettled(conflicts=conflicts):
            sentence = "Rows that somebody else published otherwise wait to be settled, on the draft's page."
            refuse(409, "conflicts", sentence, {one.key: one.section for one in conflicts})
        case CarriedOver(draft=draft):
            sentence = (
                f"Version {draft.base} was published meanwhile. The draft is kept and stands on it now, at "
                f"revision {draft.revision}: look at it and publish again."
            )
            refuse(409, "meanwhile", sentence)
        case Meanwhile(latest=latest):
            refuse(409, "meanwhile", f"Version {latest} is live by now: look at what changed and try again.")
        case Stale(draft=draft):
            refuse(409, "stale", f"The draft is at revision {draft.revision} by now: look at what changed.")
        case _:
            refuse(409, "conflict", "This cannot be published now; nothing was changed.")
