"""The WSGI application, for any server: ``granian --interface wsgi wsgi:app`` or ``gunicorn wsgi:app``."""

import gc
import os
import sys

gc.disable()  # nothing of what is imported below becomes garbage: looking for it takes a fifth of the start

from app.adapters.log import configure_logging  # noqa: E402 - see above
from app.factory.application import create_app  # noqa: E402 - see above
from app.faults import Fault  # noqa: E402 - see above
from app.settings import Settings  # noqa: E402 - see above

try:
    settings = Settings.from_env(os.environ)
    configure_logging(production=settings.production)
    app = create_app(settings)
except Fault as fault:
    sys.exit(f"callgate: {fault.sentence}")

gc.freeze()
gc.enable()
