"""The API against its own document: whatever fits is answered as described, whatever does not is refused."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from app.web.api.openapi import document
from tests.web.api.conftest import token_of
from tests.web.conftest import Desk

# Data that fits the schema may still name a country that there is not: 422, and nothing is changed.
CONFIG: dict[str, Any] = {
    "checks": {
        "positive_data_acceptance": {"expected-statuses": ["2xx", 401, 403, 404, 409, 422]},
        "negative_data_rejection": {"expected-statuses": [400, 401, 403, 404, 405, 406, 409, 413, 415, 422]},
    }
}
EXAMPLES = 12
OPERATIONS = sorted(
    operation["operationId"] for methods in document()["paths"].values() for operation in methods.values()
)
GROUPS = [OPERATIONS[start::4] for start in range(4)]


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("group", GROUPS, ids=" ".join)
def test_every_answer_is_as_described(desk: Desk, group: list[str], mode: GenerationMode) -> None:
    """Each operation answers as its document says, to what fits and to what does not."""
    config = SchemathesisConfig.from_dict(CONFIG)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", desk.app, config=config)
    headers = {"Authorization": f"Bearer {token_of(desk, 'publisher')}"}
    for name in group:
        operation = schema.find_operation_by_id(name)

        @seed(3)
        @settings(
            max_examples=EXAMPLES,
            database=None,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def each(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(headers=headers)

        each()
