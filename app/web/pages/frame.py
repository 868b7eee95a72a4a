"""The frame around the desks' pages: templates, what the last step led to, the way back to a list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Flask, Response, flash, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Actor, Right
from app.web.pages.access import known_actor
from app.web.pages.words import keep_words
from app.web.words import PageWords

_LONGEST_TOLD = 600  # characters
STATIC = Path(__file__).parents[1] / "static"


@dataclass(frozen=True, slots=True)
class Framed:
    """What the frame is made with: the emergencies in force, the words, whether this is development."""

    in_force: Callable[[], object]  # the closures and announcements that hold now
    words: PageWords
    now: Callable[[], datetime]
    development: bool


def show(template: str, *, status: int = 200, **values: object) -> Response:
    """A page from a template; never kept by a cache, since it is somebody's."""
    return show_with(template, values, status=status)


def show_with(template: str, values: Mapping[str, object], *, status: int = 200) -> Response:
    """As ``show``, with the template's values in one mapping."""
    response = make_response(render_template(template, **values), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def told(sentence: str, kind: str = "success") -> None:
    """Say something on the next page: ``kind`` is success, info, warning or danger.

    It travels in the cookie, of which browsers keep 4 kB (RFC 6265): a long sentence is cut.
    """
    flash(sentence if len(sentence) <= _LONGEST_TOLD else f"{sentence[: _LONGEST_TOLD - 1]}…", kind)


def back(endpoint: str, **values: object) -> BaseResponse:
    """After a form: on to another page, so that a reload repeats nothing."""
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type]  # values of a URL, of any kind


def framed(app: Flask, frame: Framed) -> None:
    """Give the templates what they are made with."""
    keep_words(app, frame.words)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["in_zone"] = in_zone
    app.jinja_env.globals.update(
        static=partial(_static, _versions()),
        known_actor=known_actor,
        may=_may,
        Right=Right,
        in_force=frame.in_force,
        now=frame.now,
        development=frame.development,
        with_page=_with_page,
    )


def in_zone(at: datetime | None, zone: str = "UTC", *, since: datetime | None = None) -> Markup:
    """An instant on a zone's clock, for people and for programs.

    In a story that began at ``since`` it is told to the second, and its day where that is another one.
    """
    if at is None:
        return Markup("")
    local = at.astimezone(ZoneInfo(zone))
    text = f"{local:%Y-%m-%d %H:%M} {local.tzname()}"
    if since is not None:
        same_day = local.date() == since.astimezone(ZoneInfo(zone)).date()
        text = f"{local:%H:%M:%S}" if same_day else f"{local:%Y-%m-%d %H:%M:%S}"
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(timespec="seconds"), text)


def _may(right: Right) -> bool:
    found: Actor | None = known_actor()
    return found is not None and found.may(right)


def _with_page(number: int, name: str = "page") -> str:
    """This page's query with another page of a list: right in a part that is asked for alone, too."""
    return f"?{urlencode({**request.args.to_dict(flat=False), name: [str(number)]}, doseq=True)}"


def _versions() -> Mapping[str, str]:
    """A short mark of each file's content: an address that changes when the file does."""
    return {
        file.name: sha256(file.read_bytes()).hexdigest()[:12] for file in STATIC.iterdir() if file.is_file()
    }


def _static(versions: Mapping[str, str], name: str) -> str:
    return url_for("static", filename=name, v=versions[name])
