"""A list in pages: which part of it is shown, and the links to the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Pager:
    """One page of ``total`` rows. ``number`` counts from 1; a number beyond the last shows the last."""

    number: int
    total: int
    per_page: int = PER_PAGE
    name: str = "page"  # the argument that says which page

    @classmethod
    def of(cls, args: Mapping[str, str], total: int, per_page: int = PER_PAGE, name: str = "page") -> Self:
        """The page that a request's argument names; the first for anything that is no number."""
        text = args.get(name, "1")
        asked = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
        return cls(max(1, min(asked, max(1, -(-total // per_page)))), total, per_page, name)

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def limit(self) -> int:
        """How many rows a page has at most."""
        return self.per_page

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * self.per_page

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1; 0 when there is none."""
        return self.offset + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.offset + self.per_page, self.total)

    @property
    def near(self) -> tuple[int, ...]:
        """The numbers worth a link: the first, the last, and those around this one."""
        around = range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)
        return tuple(sorted({1, *around, self.pages}))
