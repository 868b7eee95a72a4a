"""The WSGI application: endpoints of the carrier, pages and API over the services of a process."""

from typing import TYPE_CHECKING

from flask import Flask

from app.adapters.sql import schema
from app.factory.desk import build_desk
from app.factory.pages import add_pages
from app.factory.services import Services, build
from app.services.farewell import Farewell
from app.settings import Settings
from app.web import music, voice, voice_legs
from app.web.endpoint import Shortcut
from app.web.guard import LARGEST_BODY, Guard
from app.web.health import health

if TYPE_CHECKING:
    from app.factory.browser_phone import BrowserPhone


def create_app(settings: Settings, services: Services | None = None) -> Flask:
    """The WSGI application.

    Without ``services`` they are built from the settings and started, as a server process wants it;
    with them, the caller starts and closes them.

    Raises:
        Fault: SETTINGS; DATABASE_OLDER, DATABASE_NEWER, LEDGER_AWAY.
    """
    serves = services is None
    if services is None:
        services = build(settings)
        schema.check(services.sql.engine)
    app = Flask("app.web", static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY + 1  # so that the guard sees that it is too much
    endpoints = {**voice.endpoints(_voice(services)), **voice_legs.endpoints(_legs(services))}
    app.register_blueprint(voice.blueprint(endpoints))
    app.register_blueprint(health({"redis": services.redis.calls.ping, "sql": services.sql.ledger.ping}))
    app.register_blueprint(music.blueprint())
    telephone = _telephone(services, app)
    add_pages(app, build_desk(services), telephone)
    app.wsgi_app = Shortcut(app.wsgi_app, endpoints)  # type: ignore[method-assign]  # as Flask documents it
    if serves:  # only now: what is simulated answers from here on
        services.start()
        if telephone is not None:
            telephone.start()
    return app


def _telephone(services: Services, app: Flask) -> "BrowserPhone | None":
    """The browser phone; where the carrier is a real one there is none, and no simulator is loaded."""
    if services.settings.production or services.simulated is None:
        return None
    from app.factory.browser_phone import BrowserPhone  # noqa: PLC0415 - the whole simulated carrier

    return BrowserPhone(services, services.simulated, app)


def _voice(services: Services) -> voice.Voice:
    settings = services.settings
    return voice.Voice(
        guard=_guard(settings),
        calls=services.calls,
        whisper=services.whisper,
        waiting=services.waiting,
        words=services.words,
        code_for=services.code_for,
        secret=services.secret,
    )


def _legs(services: Services) -> voice_legs.Legs:
    return voice_legs.Legs(
        guard=_guard(services.settings),
        handing=services.handing,
        calling_back=services.calling_back,
        farewell=Farewell(services.handover.stores.handovers, services.whisper),
        codes=services.agent_codes,
        calls=services.calls,
        words=services.words,
        secret=services.secret,
    )


def _guard(settings: Settings) -> Guard:
    return Guard(settings.public_url, settings.twilio_auth_tokens, frozenset({settings.twilio_account_sid}))
