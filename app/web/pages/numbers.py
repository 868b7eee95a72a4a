"""Numbers of rows in addresses."""

from typing import Any

from werkzeug.routing import IntegerConverter, Map

_LARGEST = 2**31 - 1  # what the columns hold; PostgreSQL refuses to look for more


class RowNumber(IntegerConverter):
    """``<int:...>`` as far as the databases count; beyond that there is nothing at an address."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # noqa: A002 - werkzeug's name
        super().__init__(map, *args, **{"max": _LARGEST, **options})
