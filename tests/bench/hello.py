"""The floor: a Flask view that answers constant TwiML and reads nothing."""

from flask import Flask, Response

_TWIML = (
    '<?xml version="1.0" encoding="UTF-8"?><Response><Gather input="dtmf" action="/voice/turn" method="POST"'
    ' timeout="7" numDigits="1"><Say voice="Polly.Amy">Hello.</Say></Gather></Response>'
)

app = Flask("hello", static_folder=None)


@app.post("/voice/turn")
def turn() -> Response:
    """Greet whoever calls."""
    return Response(_TWIML, content_type="text/xml; charset=utf-8")
