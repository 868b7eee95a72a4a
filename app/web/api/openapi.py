"""The API's document, OpenAPI 3.1, as JSON and as a page; every module brings the paths it answers."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from app.web.api import (
    audit,
    calls,
    closures_schema,
    drafts_schema,
    explain,
    history,
    organisations_schema,
    publishing,
    reports,
)
from app.web.api.components import COMPONENTS
from app.web.api.lines_schema import lines_paths
from app.web.api.operation import paths
from app.web.pages import public

DOCUMENT = "/api/v1/openapi.json"
_MODULES = (
    history,
    drafts_schema,
    explain,
    publishing,
    closures_schema,
    organisations_schema,
    calls,
    reports,
    audit,
)
_ABOUT = (
    "Everything the desk's pages do, for programs, through the same rules. Send a token in the header "
    "Authorization: Bearer cg_...; it is made on the desk's page API tokens. Cookies count for nothing here."
)


def document() -> dict[str, Any]:
    """The whole document."""
    operations = [operation for module in _MODULES for operation in module.OPERATIONS]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Callgate", "version": "1", "description": _ABOUT},
        "security": [{"token": []}],
        "paths": {**lines_paths(), **paths(operations)},
        "components": {
            "schemas": COMPONENTS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def blueprint(whole: dict[str, Any]) -> Blueprint:
    """``/api/v1/openapi.json`` and, for people, ``/api/v1/``."""
    found = Blueprint("api", __name__)

    @found.get(DOCUMENT)
    @public
    def described() -> Response:
        return jsonify(whole)

    @found.get("/api/v1/")
    @public
    def page() -> str:
        return render_template("ops/api.html", whole=whole, operations=list(_operations(whole)))

    return found


def _operations(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation with its path, for the page."""
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            yield {"path": path, "method": method.upper(), **operation}
