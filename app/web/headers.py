"""What every page tells browsers: load nothing from elsewhere, be framed by nobody."""

from flask import Flask, Response

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
_A_YEAR = "max-age=31536000"


def headers(app: Flask, *, secure: bool) -> None:
    """Add them to every answer; over HTTPS also that it stays HTTPS (RFC 6797)."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in _HEADERS:
            response.headers.setdefault(name, value)
        if secure:
            response.headers.setdefault("Strict-Transport-Security", _A_YEAR)
        return response
