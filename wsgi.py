"""The WSGI application, for any server: ``granian --interface wsgi wsgi:app`` or ``gunicorn wsgi:app``."""

import os
import sys

from app.adapters.log import configure_logging
from app.factory import create_app
from app.faults import Fault
from app.settings import Settings

try:
    settings = Settings.from_env(os.environ)
    configure_logging(production=settings.production)
    app = create_app(settings)
except Fault as fault:
    sys.exit(f"callgate: {fault.sentence}")
