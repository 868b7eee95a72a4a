"""The project's pages as the tests read them: headings, links, code blocks, tables, generated parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<info>[^\n]*)\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
_PART = re.compile(
    r"^<!-- generated: (?P<name>[a-z ]+) -->\n(?P<body>.*?)^<!-- end -->$", re.MULTILINE | re.DOTALL
)
_TABLE = re.compile(r"^<!-- columns: (?P<name>[a-z]+) -->\n\n?(?P<body>(?:\|.*\n)+)", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (?P<text>.+)$", re.MULTILINE)
_CODE = re.compile(r"`(?P<text>[^`\n]+)`")


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def prose(self) -> str:
        """The text without its code blocks."""
        return _FENCE.sub("", self.text)

    def blocks(self, language: str) -> list[str]:
        """The bodies of the code blocks of a language, in their order."""
        found = [fence for fence in _FENCE.finditer(self.text) if fence["info"] == language]
        return [re.sub(rf"^{fence['indent']}", "", fence["body"], flags=re.MULTILINE) for fence in found]

    def parts(self) -> Iterator[tuple[str, str]]:
        """Name and body of each part that is generated."""
        return ((found["name"], found["body"]) for found in _PART.finditer(self.text))

    def links(self) -> list[str]:
        return [found["target"] for found in _LINK.finditer(self.prose)]

    def anchors(self) -> set[str]:
        """What a link after ``#`` may name, as GitHub makes it from the headings."""
        return {_anchor(found["text"]) for found in _HEADING.finditer(self.prose)}

    def quoted(self) -> list[str]:
        """What stands between backticks outside code blocks."""
        return [found["text"] for found in _CODE.finditer(self.prose)]

    def columns(self) -> dict[str, list[str]]:
        """The tables that describe columns: their name -> the names in their first column."""
        return {found["name"]: _first_cells(found["body"]) for found in _TABLE.finditer(self.text)}

    def first_cells(self, heading: str) -> list[str]:
        """The first column of the first table below a heading."""
        below = self.text.partition(f"{heading}\n")[2]
        found = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
        assert found, f"{self.name} has no table below {heading}"
        return _first_cells(found[0])

    def regenerated(self, bodies: dict[str, str]) -> str:
        """The text with each generated part made anew."""
        return _PART.sub(
            lambda found: f"<!-- generated: {found['name']} -->\n{bodies[found['name']]}<!-- end -->",
            self.text,
        )


def pages() -> list[Page]:
    """Every page a reader may come to."""
    paths = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [Page(path) for path in paths]


def page(name: str) -> Page:
    """The page of this path."""
    return Page(ROOT / name)


def _first_cells(table: str) -> list[str]:
    rows = [line.split("|")[1].strip() for line in table.splitlines()[2:]]
    return [row.replace("`", "") for row in rows]


def _anchor(heading: str) -> str:
    bare = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return bare.strip().replace(" ", "-")
