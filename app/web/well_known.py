"""``/.well-known`` (RFC 8615): the public keys of receipts, for everybody's programs."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, json, request

from app.web.pages import public

#: Seconds a copy may be kept: a new key is published at least as long before it signs.
KEPT = 300


def blueprint(keys: Callable[[], Mapping[str, Any]]) -> Blueprint:
    """``GET /.well-known/jwks.json``: a JSON Web Key Set (RFC 7517), which any origin may ask for."""
    found = Blueprint("well_known", __name__, url_prefix="/.well-known")

    @found.get("/jwks.json")
    @public
    def jwks() -> Response:
        response = Response(json.dumps(keys()), mimetype="application/jwk-set+json")
        response.headers["Cache-Control"] = f"public, max-age={KEPT}"
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.add_etag()
        response.make_conditional(request)
        return response

    return found
