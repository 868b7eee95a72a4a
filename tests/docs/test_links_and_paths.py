"""Nothing in the pages leads nowhere."""

import re
from pathlib import Path

import pytest

from tests.docs.documents import ROOT, Page, page, pages

#: What a reader finds only once something ran, or writes themselves.
_MADE = ("var/", ".venv/", "my-table")
_PATH = re.compile(
    r"(?:app|routing|tests|docs|deploy)/[\w./-]*|[\w-]+\.(?:py|toml|lock|cfg)|Procfile|Makefile|var/"
)
_SHORTHAND = frozenset({"lines.csv"})  # a section's file, told by docs/table.md


def _target(shown: Page, link: str) -> tuple[Path, str]:
    path, _, anchor = link.partition("#")
    return (shown.path.parent / path).resolve() if path else shown.path, anchor


@pytest.mark.parametrize("shown", pages(), ids=lambda shown: shown.name)
def test_links_resolve(shown: Page) -> None:
    """Every link within the project leads to a file and, after #, to one of its headings."""
    for link in shown.links():
        assert not link.startswith("/"), link
        if "://" in link:
            continue
        path, anchor = _target(shown, link)
        assert path.exists(), f"{shown.name}: {link}"
        if anchor:
            assert anchor in Page(path).anchors(), f"{shown.name}: {link}"


@pytest.mark.parametrize("shown", pages(), ids=lambda shown: shown.name)
def test_paths_exist(shown: Page) -> None:
    """Every path that stands between backticks is there."""
    for text in shown.quoted():
        if _PATH.fullmatch(text) and not text.startswith(_MADE) and text not in _SHORTHAND:
            assert (ROOT / text).exists(), f"{shown.name}: {text}"


def test_paths_in_the_drawings_of_the_architecture_exist() -> None:
    """The files a call passes through are named as they are, and so are the layers."""
    drawn = "\n".join(page("docs/architecture.md").blocks("text"))
    files = re.findall(r"\bapp/[\w/]+\.py\b", drawn)
    packages = re.findall(r"\bapp\.[a-z]+\b", drawn)
    assert len(files) > 8
    assert len(packages) > 9
    for path in files:
        assert (ROOT / path).is_file(), path
    for name in packages:
        path = ROOT / name.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), name


def test_every_page_is_reached_from_the_readme() -> None:
    """Whoever starts at the README and follows links sees every page."""
    seen: set[Path] = set()
    left = [ROOT / "README.md"]
    while left:
        path = left.pop()
        if path in seen:
            continue
        seen.add(path)
        shown = Page(path)
        inside = [_target(shown, link)[0] for link in shown.links() if "://" not in link]
        left += [target for target in inside if target.suffix == ".md"]
    assert {shown.path for shown in pages()} <= seen


def test_decisions_are_short_records() -> None:
    """A decision is numbered without a gap, says context, decision and consequence, and fits a screen."""
    found = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, path in enumerate(found, start=1):
        text = path.read_text(encoding="utf-8")
        assert path.name.startswith(f"{number:04}-")
        assert text.startswith(f"# {number}. ")
        assert re.findall(r"^## (\w+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequence"]
        assert len(text.splitlines()) <= 25, path.name
        assert f"(decisions/{path.name})" in page("docs/architecture.md").text
