"""Words that stand in Python: marked for translators, and said in the reader's language."""

import ast
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest
from flask import Flask, g

from app.web.code_words import code_words, named
from app.web.pages.words import gettext, keep_words, ngettext
from app.web.words import PageWords
from routing import fields
from tests.docs.page_words import WEB, extracted

MARKS = {"gettext", "ngettext", "gettext_noop"}
#: Whatever people read in; what the guard itself has to say is for whoever starts the service.
PAGES = sorted(
    {*WEB.glob("ops/*.py"), *WEB.glob("pages/*.py"), *map(WEB.joinpath, ("errors.py", "lines.py"))}
)
PAGES.remove(WEB / "pages" / "access.py")


class Backwards(NullTranslations):
    """A language of its own, so that what was translated is seen."""

    def gettext(self, message: str) -> str:
        return {"%(n)s calls wait": "es warten %(n)s"}.get(message, message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return "ein Anruf" if number == 1 else "%(num)s Anrufe von %(who)s"


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    keep_words(app, PageWords({"en": NullTranslations(), "de": Backwards()}))
    return app


def name_of(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")


def unmarked(node: ast.AST) -> Iterator[str]:
    """The texts below a node that are neither marked nor docstrings."""
    for below in ast.iter_child_nodes(node):
        if isinstance(below, ast.Call) and name_of(below.func) in MARKS:
            for gap in below.keywords:
                yield from unmarked(gap)
        elif isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            continue
        elif isinstance(below, ast.Constant) and isinstance(below.value, str):
            yield below.value
        else:
            yield from unmarked(below)


def reads_as_words(text: str) -> bool:
    words = text.replace(",", "").replace(":", "").split()
    return len(words) > 1 and all(word.strip("().!?'\"").isalpha() for word in words[:2])


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.relative_to(WEB).as_posix())
def test_every_sentence_of_a_page_is_marked(file: Path) -> None:
    """Two words in a row that stand in a page's Python are in the catalogue."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert [text for text in unmarked(tree) if reads_as_words(text)] == []


def test_what_is_marked_is_in_the_catalogue() -> None:
    """Sentences said at once, kept for later and counted stand in ``pages.pot`` with their files."""
    found = extracted(WEB)
    for words, place in {
        "You are signed out.": "ops/sign_in.py",
        "Not for your role": "errors.py",
        ("%(num)s change", "%(num)s changes"): "ops/history.py",
    }.items():
        message = found.get(words if isinstance(words, str) else words[0])
        assert message is not None
        assert message.id == words
        assert (place, 0) in message.locations


def test_python_speaks_the_readers_language(app: Flask) -> None:
    """A sentence goes by the language of the page, a missing one and one outside a page by English."""
    with app.app_context():
        assert gettext("%(n)s calls wait", n=3) == "3 calls wait"
        g.language = "de"
        assert gettext("%(n)s calls wait", n=3) == "es warten 3"
        assert gettext("Nothing %(at)s", at="<b>%s") == "Nothing <b>%s"
        assert ngettext("%(num)s call by %(who)s", "%(num)s calls by %(who)s", 1, who="it") == "ein Anruf"
        assert ngettext("a", "b", 2, who="it") == "2 Anrufe von it"
    assert gettext("%(n)s calls wait", n=3) == "3 calls wait"
    assert ngettext("%(num)s call", "%(num)s calls", 1) == "1 call"


def test_each_choice_of_a_form_has_words(app: Flask) -> None:
    """What a column may say is in the catalogue; a code nobody knows is shown by itself."""
    known = {message.id for message in extracted(WEB)}
    every = (fields.ROLES, fields.KINDS, fields.CHARGES, fields.DEPARTMENTS, fields.EFFECTS)
    for code in {code for codes in (*every, fields.UNVERIFIED, fields.NOTICES) for code in codes}:
        assert code_words(code) in known
    assert named("toll_free") == "Toll free"
    assert named("new_kind") == "New kind"
