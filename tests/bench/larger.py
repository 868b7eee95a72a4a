"""A table many times as large as another: the same rows again under other keys and numbers."""

from dataclasses import replace

from routing.table import Document, Line, Territory


def larger(document: Document, times: int) -> Document:
    """The document with each territory, line and coverage row of it ``times`` times, the originals first."""
    return replace(
        document,
        territories=tuple(_territory(row, n) for n in range(times) for row in document.territories),
        lines=tuple(_line(row, n) for n in range(times) for row in document.lines),
        coverage=tuple(
            replace(row, territory=_key(row.territory, n))
            for n in range(times)
            for row in document.coverage
            if n == 0 or row.territory != "*"
        ),
    )


def _key(key: str, n: int) -> str:
    return f"{key}~{n}" if n and key != "*" else key


def _territory(row: Territory, n: int) -> Territory:
    return replace(row, key=_key(row.key, n))


def _line(row: Line, n: int) -> Line:
    if n == 0:
        return row
    return replace(
        row,
        name=f"{row.name}~{n}",
        number=f"{row.number}{n:03d}" if row.number else "",
        territories=tuple(_key(key, n) for key in row.territories),
        default=_key(row.default, n),
        reached_as=tuple(f"{address}~{n}" for address in row.reached_as),
    )
