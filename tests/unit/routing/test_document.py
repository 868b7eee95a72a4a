import json
from typing import Any

import pytest

from routing import tables
from routing.document import SCHEMA, NotADocument, from_json, to_json
from routing.table import Document
from tests.unit.routing.building import WHOLE


@pytest.mark.parametrize("document", [WHOLE, Document(), tables.sample()], ids=["whole", "empty", "sample"])
def test_a_document_survives_json(document: Document) -> None:
    """A document, written as JSON and read again, is equal."""
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


def test_the_schema_is_written() -> None:
    """Stored documents carry the number of their schema."""
    assert to_json(WHOLE)["schema"] == SCHEMA


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"schema": 99},
        {"schema": SCHEMA, "territories": [{"key": 1, "country_code": "IT", "name": "x"}]},
        {"schema": SCHEMA, "territories": [{"key": "IT"}]},
        {"schema": SCHEMA, "territories": "IT"},
        {"schema": SCHEMA, "lines": None},
        {"schema": SCHEMA, "closures": [{"day": "Christmas"}]},
        {"schema": SCHEMA, "queues": [{"name": "a", "colour": "red"}]},
        {"schema": SCHEMA, "queues": [{"name": "a", "overflow_after": "300"}]},
        {"schema": SCHEMA, "queues": [{"name": "a", "overflow_after": None}]},
        {"schema": SCHEMA, "queues": [{"name": "a", "overflow_after": True}]},
    ],
)
def test_anything_else_is_refused(value: Any) -> None:
    """A value of another schema or shape is refused with one sentence."""
    with pytest.raises(NotADocument, match="the table document"):
        from_json(value)
