"""The carrier's REST API as data: paths, parameters and their types."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

Shape = Mapping[str, Any]  # an OpenAPI schema


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the API can be asked: ``fields`` are those of the body, or of a GET's query."""

    method: str
    path: re.Pattern[str]
    in_path: Mapping[str, Shape]
    fields: Mapping[str, Shape]
    required: frozenset[str]


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation in the description."""
    written = json.loads(resources.files(__package__).joinpath("api_v2010.json").read_text(encoding="utf-8"))
    shapes = written["components"]["schemas"]
    return tuple(
        _operation(method.upper(), path, spec, shapes)
        for path, methods in written["paths"].items()
        for method, spec in methods.items()
        if method in {"get", "post", "delete"}
    )


def _operation(method: str, path: str, spec: Shape, shapes: Shape) -> Operation:
    parameters = spec.get("parameters", [])
    in_path = {one["name"]: one["schema"] for one in parameters if one["in"] == "path"}
    fields = {one["name"]: one["schema"] for one in parameters if one["in"] == "query"}
    required = {one["name"] for one in parameters if one["in"] == "query" and one.get("required")}
    content = spec.get("requestBody", {}).get("content", {})
    for body in content.values():
        fields |= body["schema"].get("properties", {})
        required |= set(body["schema"].get("required", []))
    found = {name: _resolved(shape, shapes) for name, shape in fields.items()}
    return Operation(method, _pattern(path), in_path, found, frozenset(required))


def _resolved(shape: Shape, shapes: Shape) -> Shape:
    reference = shape.get("$ref")
    found: Shape = shapes[reference.rpartition("/")[2]] if reference else shape
    return found


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    text = "".join(f"(?P<{part}>[^/]+)" if odd % 2 else re.escape(part) for odd, part in enumerate(parts))
    return re.compile(text)
