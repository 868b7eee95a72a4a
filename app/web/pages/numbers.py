"""Numbers of rows in addresses and forms."""

from typing import Any

from werkzeug.routing import IntegerConverter, Map

_LARGEST = 2**31 - 1  # what the columns hold; PostgreSQL refuses to look for more


class RowNumber(IntegerConverter):
    """``<int:...>`` as far as the databases count; beyond that there is nothing at an address."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # noqa: A002 - werkzeug's name
        super().__init__(map, *args, **{"max": _LARGEST, **options})


def row_number(text: str) -> int:
    """The number of a row that a form names; 0, which no row has, for anything else."""
    written = text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST))
    return int(text) if written and int(text) <= _LARGEST else 0
