"""The words of the pages, as translators get them: taken from the templates, and from Python beside them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from app.web.words import CATALOGUES

WEB = CATALOGUES.parent
TEMPLATES = WEB / "templates"
POT = CATALOGUES / "pages.pot"
PUBLIC = TEMPLATES / "lines"  # what everybody reads, in each language
_HEADER = "# Callgate's pages, in English: what stands in them. Written by `python -m tests.docs`."
# What changes with the tool, and who would be asked elsewhere.
_NOT_SAID = ('"Generated-By', '"Report-Msgid', '"PO-Revision', '"Last-Translator', '"Language-Team')
_ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)  # a catalogue that says the same is the same file
_MARKS = {"gettext": None, "ngettext": (1, 2), "gettext_noop": None, "_": None}

Words = str | tuple[str, ...]


def extracted(folder: Path) -> Catalog:
    """The words of a folder's templates and Python files, each with the files it stands in."""
    found = Catalog(project="Callgate", version="0.1", creation_date=_ALWAYS, header_comment=_HEADER)
    for place, words, comments in _marked(folder):
        found.add(words, locations=[(place, 0)], auto_comments=comments)
    return found


def pot() -> str:
    """The file ``pages.pot`` as it must be now."""
    written = BytesIO()
    write_po(written, extracted(WEB), width=100, sort_output=True, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_NOT_SAID))


def _marked(folder: Path) -> Iterator[tuple[str, Words, list[str]]]:
    methods = [("**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
    for name, _, words, comments, _ in extract_from_dir(folder, method_map=methods, keywords=_MARKS):
        yield (folder / name).relative_to(WEB).as_posix(), words, comments
