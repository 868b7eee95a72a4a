"""The WSGI application, for any server: ``granian --interface wsgi wsgi:app`` or ``gunicorn wsgi:app``."""

import os

from app.adapters.log import configure_logging
from app.factory import create_app
from app.settings import Settings

settings = Settings.from_env(os.environ)
configure_logging(production=settings.production)
app = create_app(settings)
