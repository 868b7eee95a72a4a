"""``/ops/audit``: every act, by whom and from where; editors and above see it, admins take copies."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from flask import Blueprint, Response, request

from app.access.model import Right
from app.ports.audit import Act, Sought
from app.services.audit import AuditDesk
from app.services.wall_clock import NoInstant, midnight
from app.web.pages import Pager, actor, gettext, needs, show

_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}
_LONGEST = 200  # characters of a filter that are looked at


@dataclass(frozen=True, slots=True)
class Told:
    """An act, with its before and after as pairs of a field and its text."""

    act: Act
    before: list[tuple[str, str]]
    after: list[tuple[str, str]]


def blueprint(desk: AuditDesk, now: Callable[[], datetime]) -> Blueprint:
    """The list, and the files."""
    found = Blueprint("audit", __name__, url_prefix="/ops")

    @found.get("/audit")
    @needs(Right.EDIT)
    def listed() -> Response:
        sought, errors = _sought(request.args, actor().zone)
        pager = Pager.of(request.args, 0 if errors else desk.count(sought))
        acts = desk.page(sought, limit=pager.limit, offset=pager.offset) if pager.total else []
        return show(
            "ops/audit.html",
            status=422 if errors else 200,
            acts=[Told(act, _pairs(act.before), _pairs(act.after)) for act in acts],
            pager=pager,
            errors=errors,
            asked=request.args,
            kinds=[(kind, kind.replace("_", " ")) for kind in desk.kinds()],
        )

    @found.get("/audit.<form>")
    @needs(Right.ADMINISTER)
    def export(form: str) -> Response:
        sought, errors = _sought(request.args, actor().zone)
        if errors:
            return Response("\n".join(errors.values()), status=422, mimetype="text/plain")
        lines = desk.export(sought, form, actor=actor(), now=now())
        response = Response(_begun(lines), content_type=_TYPES[form])
        response.headers["Content-Disposition"] = f'attachment; filename="audit.{form}"'
        response.headers["Cache-Control"] = "no-store"
        return response

    return found


def _begun(lines: Iterator[str]) -> Iterator[str]:
    """The same lines, with the first read already: what is wrong with the database is said with a status."""
    first = next(lines, "")
    return chain([first], lines)


def _sought(args: Mapping[str, str], zone: str) -> tuple[Sought, dict[str, str]]:
    """What is sought, its days being those of the reader's clock; and what is wrong with it, by field."""
    errors: dict[str, str] = {}
    since = _midnight(args, "from", zone, errors)
    until = _midnight(args, "until", zone, errors)
    texts = {name: args.get(name, "").strip()[:_LONGEST] for name in ("who", "what", "account", "q")}
    if since and until and until < since:
        errors["until"] = gettext("This is before the first day.")
    return (
        Sought(
            who=texts["who"],
            what=texts["what"],
            since=since,
            until=until and until + timedelta(days=1),
            account=texts["account"],
            text=texts["q"],
        ),
        errors,
    )


def _midnight(args: Mapping[str, str], name: str, zone: str, errors: dict[str, str]) -> datetime | None:
    day = args.get(name, "").strip()
    if not day:
        return None
    found = midnight(day, zone)
    if isinstance(found, NoInstant):
        errors[name] = found.sentence
        return None
    return found


def _pairs(text: str) -> list[tuple[str, str]]:
    """What was kept of before or after: field by field where it was several."""
    try:
        value = json.loads(text)
    except ValueError:
        return [("", text)] if text else []
    if not isinstance(value, dict):
        return [("", text)]
    return [(str(name), _shown(cell)) for name, cell in value.items()]


def _shown(cell: object) -> str:
    return cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
