"""Schemas that stand once in the OpenAPI document: a table, made from its sections; errors; remarks."""

from typing import Final

from app.web.api.schema import COUNT, LARGEST_NUMBER, TEXT, Schema, by_name, listing, thing
from routing.document import SCHEMA
from routing.sections import SECTIONS, Column, Kind, Section


def _cell(column: Column) -> Schema:
    if column.kind is Kind.WORDS:
        return listing({"type": "string", "minLength": 1}, description="In the order they count.")
    if column.kind is Kind.WHOLE:
        return {**COUNT, "maximum": LARGEST_NUMBER}
    described = {
        Kind.DATE: {"description": "A date, as in 2026-12-24."},
        Kind.TIME: {"description": "A time of day, as in 18:30."},
    }
    least = {"minLength": 1} if column.required else {}
    return {**TEXT, **least, **described.get(column.kind, {})}


def _rows(section: Section) -> Schema:
    needed = {column.name: _cell(column) for column in section.columns if column.required}
    optional = {column.name: _cell(column) for column in section.columns if not column.required}
    return listing(thing(needed, optional))


_TABLE = thing(
    {"schema": {"type": "integer", "minimum": SCHEMA, "maximum": SCHEMA}},
    {section.name: _rows(section) for section in SECTIONS},
)
_REMARK = thing({"mark": TEXT, "file": TEXT, "row": COUNT, "column": TEXT, "key": TEXT, "sentence": TEXT})
_ERROR = thing({"error": thing({"code": TEXT, "sentence": TEXT, "fields": by_name(TEXT)})})

COMPONENTS: Final[dict[str, Schema]] = {"Table": _TABLE, "Remark": _REMARK, "Error": _ERROR}
