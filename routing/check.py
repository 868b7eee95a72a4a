"""What cannot work in a table (errors) and what works but should be looked at (warnings)."""

from collections.abc import Collection

from routing.check_desks import desk_errors, desk_warnings
from routing.check_languages import language_warnings
from routing.check_lines import line_errors, line_warnings
from routing.check_queues import queue_errors, queue_warnings
from routing.check_rows import row_errors, row_warnings
from routing.compiled import RoutingTable
from routing.remarks import Origins, Remark


def check(
    table: RoutingTable,
    languages: Collection[str],
    origins: Origins | None = None,
    *,
    destinations: frozenset[str] | None = None,
) -> list[Remark]:
    """Every error and warning about a table, in the order of its files.

    ``languages`` are those with prompts. ``origins`` says where rows stood in the files they were read from;
    without it rows are numbered as ``routing.load.write`` writes them. ``destinations`` are as in ``errors``.
    """
    return sorted(errors(table, origins, destinations=destinations) + warnings(table, languages, origins))


def errors(
    table: RoutingTable, origins: Origins | None = None, *, destinations: frozenset[str] | None = None
) -> list[Remark]:
    """What cannot work: a table with any of these is refused.

    ``destinations`` are the countries (ISO 3166-1) whose numbers a queue may send calls to; None: every one.
    """
    places = origins or {}
    return sorted(
        [
            *row_errors(table, places),
            *line_errors(table, places),
            *desk_errors(table, places),
            *queue_errors(table, places, destinations),
        ]
    )


def warnings(table: RoutingTable, languages: Collection[str], origins: Origins | None = None) -> list[Remark]:
    """What works, but should be looked at."""
    places = origins or {}
    return sorted(
        [
            *row_warnings(table, places),
            *line_warnings(table, places),
            *desk_warnings(table, languages, places),
            *language_warnings(table, places),
            *queue_warnings(table, places),
        ]
    )
