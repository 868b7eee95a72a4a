"""The pages and the API: which blueprint is given which use cases, and the guard before all of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Flask
from flask_bootstrap import Bootstrap5
from werkzeug.middleware.proxy_fix import ProxyFix

from app.access.model import Actor, Right
from app.factory.account_pages import account_pages
from app.factory.agent_pages import agent_pages
from app.factory.api import api
from app.factory.desk import Desk
from app.factory.live_pages import live_pages
from app.factory.organisation_pages import organisation_pages
from app.factory.phone_pages import phone_pages
from app.factory.table_pages import table_pages
from app.factory.try_pages import try_pages
from app.services.countries import Countries
from app.services.country import CountryDesk
from app.services.editing import Editing
from app.services.lines import Lines
from app.settings import Settings
from app.web import lines, well_known
from app.web.api import lines as api_lines
from app.web.errors import error_pages
from app.web.headers import headers
from app.web.ops import countries, draft_editing, home
from app.web.pages.access import guarded
from app.web.pages.frame import Framed, framed
from app.web.pages.numbers import RowNumber
from app.web.words import PageWords

if TYPE_CHECKING:
    from app.factory.browser_phone import BrowserPhone

_FOR_A_YEAR = 31_536_000  # seconds; an address of a file changes with the file


@dataclass(frozen=True, slots=True)
class _Doors:
    """How the guard knows people and programs.

    Whoever comes in sees what is published at this moment, in whichever process it was done.
    """

    desk: Desk

    def person(self, token: str, where: str, *, used: bool = True) -> Actor | None:
        now = self.desk.services.wall.now()
        found = self.desk.sign_in.actor(token, where, now, used=used)
        if found is not None and not used and self._talks(found):
            found = self.desk.sign_in.actor(token, where, now)
        return self._up_to_date(found)

    def program(self, token: str, where: str) -> Actor | None:
        return self._up_to_date(self.desk.tokens.actor(token, where, self.desk.services.wall.now()))

    def _talks(self, actor: Actor) -> bool:
        """Whether somebody is in a call: they are there, though it is the page that asks."""
        return actor.may(Right.HANDLE) and bool(self.desk.agents.stores.agents.get(actor.user).handover)

    def _up_to_date(self, actor: Actor | None) -> Actor | None:
        if actor is not None:
            self.desk.services.tables.refresh()
        return actor


def add_pages(app: Flask, desk: Desk, telephone: "BrowserPhone | None" = None) -> None:
    """Give the application its pages, behind their guard; ``telephone``: development's."""
    settings = desk.services.settings
    _configure(app, settings)
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask documents it
            app.wsgi_app, x_for=settings.proxy_hops, x_proto=0, x_host=0
        )
    Bootstrap5(app)
    headers(app, secure=_over_tls(settings))
    words = PageWords.load()
    framed(
        app,
        Framed(
            in_force=lambda: desk.closing.in_force(desk.services.clock.now()),
            words=words,
            now=desk.services.clock.now,
            development=not settings.production,
        ),
    )
    for blueprint in (*_blueprints(desk, words), *phone_pages(desk, telephone)):
        app.register_blueprint(blueprint)
    app.register_blueprint(error_pages(desk.people.accounts.who_can))
    guarded(app, _Doors(desk))


def _blueprints(desk: Desk, words: PageWords) -> list[Blueprint]:
    """Every page and endpoint beside the carrier's, one line each."""
    services = desk.services
    public_lines = lines.PublicPages(Lines(services.tables), services.words, words, services.clock.now)
    return [
        *account_pages(desk),
        *live_pages(desk),
        *api(desk),
        *try_pages(desk),
        *organisation_pages(desk),
        *agent_pages(desk),
        lines.blueprint(public_lines),
        api_lines.blueprint(public_lines),
        well_known.blueprint(services.signer.published),
        countries.blueprint(
            Countries(services.tables),
            CountryDesk(services.tables, services.sql.records),
            services.clock.now,
        ),
        draft_editing.blueprint(Editing(desk.drafts), services.clock.now),
        *table_pages(desk),
        home.blueprint(home.Home(lambda latest: services.sql.tables.history(limit=latest))),
    ]


def _configure(app: Flask, settings: Settings) -> None:
    secure = _over_tls(settings)
    app.secret_key = settings.secret_key
    app.url_map.converters["int"] = RowNumber
    app.config.update(
        # A name that browsers tie to this host, to HTTPS and to the path / (RFC 6265bis, cookie prefixes).
        SESSION_COOKIE_NAME="__Host-callgate" if secure else "callgate",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SEND_FILE_MAX_AGE_DEFAULT=_FOR_A_YEAR,
        WTF_CSRF_CHECK_DEFAULT=False,  # the guard asks for it, wherever a cookie could be abused
        WTF_CSRF_TIME_LIMIT=None,  # a form is as old as its session
        BOOTSTRAP_SERVE_LOCAL=True,
    )


def _over_tls(settings: Settings) -> bool:
    return settings.public_url.startswith("https://")
