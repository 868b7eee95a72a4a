"""The desk's first page: what people come for, and where things stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.ports import VersionRow
from app.web.pages import actor, needs, public, show
from app.web.pages.access import first_page

_LATEST = 5


@dataclass(frozen=True, slots=True)
class Home:
    """What the first page shows."""

    history: Callable[[int], Sequence[VersionRow]]  # the newest versions, at most so many


def blueprint(home: Home) -> Blueprint:
    """``GET /`` leads to the desk, ``GET /ops/`` is its first page."""
    pages = Blueprint("home", __name__)

    @pages.get("/")
    @public
    def root() -> BaseResponse:
        return redirect(url_for("home.desk"))

    @pages.get("/ops/")
    @needs(Right.SELF)
    def desk() -> BaseResponse:
        begins = first_page(actor().rights)
        if request.path != begins:
            return redirect(begins, 303)
        return show("ops/home.html", versions=home.history(_LATEST))

    return pages
