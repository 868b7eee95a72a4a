"""The other floor: the same step as tutorials write it.

Twilio's own validator, the line's row from SQL, the call's state read from and written to Redis by redis-py,
the answer built with Twilio's library. No routing decision, no repeat protection, no timeline.
"""

import json
import os
from typing import Any

from flask import Flask, Response, abort, request
from redis import Redis
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, VoiceResponse

LIFE_SECONDS = 4 * 3600


class Base(DeclarativeBase):
    """The tables of this application."""


class Route(Base):
    """Where the calls to a number go."""

    __tablename__ = "idiomatic_routes"
    dnis: Mapped[str] = mapped_column(primary_key=True)
    queue: Mapped[str]
    greeting: Mapped[str]


app = Flask("idiomatic", static_folder=None)
_public_url = os.environ["PUBLIC_URL"]
_validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
_redis: Any = Redis.from_url(os.environ["REDIS_URL"])
_engine = create_engine(os.environ["IDIOMATIC_DATABASE_URL"])
Base.metadata.create_all(_engine)
with Session(_engine) as _session:
    _session.merge(
        Route(dnis=os.environ["IDIOMATIC_DNIS"], queue="technical-en", greeting="Key your account.")
    )
    _session.commit()


@app.post("/voice/turn")
def turn() -> Response:
    """Take the key of the menu, and ask for the account number."""
    query = request.query_string.decode()
    url = f"{_public_url}{request.path}?{query}"
    signature = request.headers.get("X-Twilio-Signature", "")
    if not _validator.validate(url, request.form, signature):
        abort(403)
    key = f"idiomatic:{request.form['CallSid']}"
    state = json.loads(_redis.get(key) or b'{"turn": 0}')
    with Session(_engine) as session:
        route = session.scalars(select(Route).where(Route.dnis == request.form["To"])).one()
    state = {"turn": state["turn"] + 1, "queue": route.queue, "digits": request.form["Digits"]}
    _redis.set(key, json.dumps(state), ex=LIFE_SECONDS)
    answer = VoiceResponse()
    gather = Gather(action=f"/voice/turn?{query}", method="POST", timeout=10, finish_on_key="#")
    gather.say(route.greeting, voice="Polly.Amy", language="en-GB")
    answer.append(gather)
    answer.redirect(f"/voice/turn?{query}", method="POST")
    return Response(str(answer), content_type="text/xml; charset=utf-8")
