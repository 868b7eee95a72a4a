"""Who asks: every view says which right it needs, and the guard lets nobody else in."""

from collections.abc import Callable
from typing import Protocol, TypeVar, cast
from urllib.parse import urlencode

from flask import Flask, abort, g, redirect, request, session
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode

#: Blueprints and endpoints for anybody: each has a guard of its own, or says nothing of anybody.
OPEN = frozenset({"voice", "health", "music", "static", "bootstrap"})
#: How the addresses of the desks' pages begin: errors there are shown in the frame.
DESKS = ("/ops", "/desk")
_RIGHT = "callgate_right"
_POLL = "callgate_poll"
_PUBLIC = "public"
_API = "/api/"
_TOKEN = "token"  # noqa: S105 - the name of a field of the session cookie

View = TypeVar("View", bound=Callable[..., object])


class Doors(Protocol):
    """How people and programs are known."""

    def person(self, token: str, where: str, *, used: bool = True) -> Actor | None:
        """Who is behind a session's token; ``used``: a person asks, not a page that looks by itself."""
        ...

    def program(self, token: str, where: str) -> Actor | None:
        """Who is behind an API token."""
        ...


def needs(right: Right, *, poll: bool = False) -> Callable[[View], View]:
    """Say which right a view needs; one without this or ``public`` is refused when the service starts.

    ``poll``: pages ask for it by themselves, so that being asked is no sign that somebody is there.
    """

    def mark(view: View) -> View:
        setattr(view, _RIGHT, right)
        setattr(view, _POLL, poll)
        return view

    return mark


def public(view: View) -> View:
    """Say that anybody may ask for a view."""
    setattr(view, _RIGHT, _PUBLIC)
    return view


def actor() -> Actor:
    """Who asks; only in a view that needs a right."""
    return cast("Actor", g.actor)


def known_actor() -> Actor | None:
    """Who asks, where somebody signed in does."""
    return cast("Actor | None", g.get("actor"))


def start_session(token: str) -> None:
    """Let the cookie carry a new session, and nothing of an earlier one."""
    session.clear()
    session[_TOKEN] = token


def has_session() -> bool:
    """Whether the cookie carries a session, whatever became of it."""
    return bool(session.get(_TOKEN))


def end_session() -> str:
    """Empty the cookie; gives the session's token."""
    token = str(session.get(_TOKEN, ""))
    session.clear()
    return token


def guarded(app: Flask, doors: Doors) -> None:
    """Put the guard before every view, once all of them are registered.

    Raises:
        Fault: SETTINGS for a view that does not say who may ask for it.
    """
    bare = sorted(rule.endpoint for rule in app.url_map.iter_rules() if not right_of(app, rule.endpoint))
    if bare:
        raise Fault(FaultCode.SETTINGS, f"Views without a guard: {', '.join(bare)}.")
    csrf = CSRFProtect(app)

    @app.before_request
    def guard() -> BaseResponse | None:
        right = right_of(app, request.endpoint)
        if request.endpoint is None or _blueprint(request.endpoint) in OPEN:
            return None
        is_api = request.path.startswith(_API)
        if not is_api:
            csrf.protect()
        if not isinstance(right, Right):
            return None
        found = _program(doors) if is_api else _person(doors, used=not _is_poll(app, request.endpoint))
        if found is None:
            return _unknown(is_api=is_api)
        g.actor, g.right = found, right
        return None if found.may(right) else abort(403)


def first_page(rights: frozenset[Right]) -> str:
    """Where somebody with these rights begins: whoever takes calls and may not look around, at the calls."""
    return "/desk" if Right.HANDLE in rights and Right.VIEW not in rights else "/ops/"


def right_of(app: Flask, endpoint: str | None) -> Right | str | None:
    """What an endpoint's view says of itself; "public" where anybody may ask."""
    if endpoint is None:
        return None
    if _blueprint(endpoint) in OPEN:
        return _PUBLIC
    return cast("Right | str | None", getattr(app.view_functions[endpoint], _RIGHT, None))


def _blueprint(endpoint: str) -> str:
    return endpoint.partition(".")[0]


def _is_poll(app: Flask, endpoint: str) -> bool:
    return bool(getattr(app.view_functions[endpoint], _POLL, False))


def _program(doors: Doors) -> Actor | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    return doors.program(token.strip(), request.remote_addr or "")


def _person(doors: Doors, *, used: bool) -> Actor | None:
    token = session.get(_TOKEN)
    return doors.person(token, request.remote_addr or "", used=used) if token else None


def _unknown(*, is_api: bool) -> BaseResponse:
    if is_api:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": "Callgate"}))
    there = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(f"/ops/sign-in?{urlencode({'next': there})}", 303)
