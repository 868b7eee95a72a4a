"""What the pages say of the code is what the code says."""

import json
import re
from datetime import UTC, datetime

import pytest

from app.main.batch import COLUMNS
from app.services.directory import CONTACT_COLUMNS, ORGANISATION_COLUMNS
from app.settings import NAMES
from app.verification.model import Level, Method
from app.verification.receipt import Facts, payload
from routing.decide import Decision, Kind
from routing.explain import as_json
from routing.sections import SECTIONS
from tests.docs.documents import ROOT, Page, page, pages
from tests.docs.generated import PARTS, bodies

WRITERS = ("README.md", "docs/call.md", "docs/commands.md", "docs/settings.md", "docs/verification.md")


@pytest.mark.parametrize("shown", pages(), ids=lambda shown: shown.name)
def test_generated_parts_are_current(shown: Page) -> None:
    """No page is stale: ``.venv/bin/python -m tests.docs`` writes the parts anew."""
    now = bodies()
    for name, body in shown.parts():
        assert body == now[name], f"{shown.name}, {name}: run .venv/bin/python -m tests.docs"


def test_every_part_is_shown() -> None:
    """Diagram and settings stand in the README, the commands in a page, and no part is made for nothing."""
    shown = {found.name: {name for name, _ in found.parts()} for found in pages()}
    assert shown["README.md"] == {"diagram", "settings"}
    assert shown["docs/commands.md"] == {"commands"}
    assert set().union(*shown.values()) == set(PARTS)
    assert {name for name, parts in shown.items() if parts} == set(WRITERS)


def test_the_table_page_describes_every_column() -> None:
    """Each section's table names its columns in their order, and says which of them are needed."""
    described = page("docs/table.md").columns()
    for section in SECTIONS:
        assert described[section.name] == [column.name for column in section.columns]
        below = (
            page("docs/table.md").text.partition(f"<!-- columns: {section.name} -->")[2].partition("\n\n")[0]
        )
        needed = re.findall(r"^\| `(\w+)` \| needed", below, re.MULTILINE)
        assert needed == [column.name for column in section.columns if column.required]


def test_questions_and_answers_are_described() -> None:
    """The columns a batch takes and the keys it gives are those of the program, in their order."""
    described = page("docs/table.md").columns()
    assert described["questions"] == list(COLUMNS)
    assert described["answers"] == list(as_json(Decision(Kind.ASK)))


def test_the_organisations_page_describes_every_column() -> None:
    """Both files' columns are described in their order."""
    described = page("docs/organisations.md").columns()
    assert described == {"organisations": list(ORGANISATION_COLUMNS), "contacts": list(CONTACT_COLUMNS)}


def test_every_claim_is_described() -> None:
    """A receipt's claims are told in the order they stand in it."""
    now = datetime(2026, 11, 20, tzinfo=UTC)
    whole = Facts("call", Level.CODE, now, 1, Method.EMAIL, now, "1234", "Firm", "technical-it")
    claims = json.loads(payload(whole, issuer="https://example.com", receipt_id="r", key_id="a"))
    assert page("docs/receipts.md").columns() == {"claims": list(claims)}


def test_every_level_is_described() -> None:
    """The levels are told from the lowest to the highest."""
    assert page("docs/verification.md").first_cells("## Levels\n") == [level.name.lower() for level in Level]


def test_every_logged_event_is_described() -> None:
    """Whoever makes alerts finds each event the program logs, and none that it does not."""
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    logged = set(re.findall(r'_log\.\w+\(\s*"([a-z_]+)"', sources))
    heading = "make an alert |\n| --- | --- | --- |\n"
    rows = page("docs/operations.md").text.partition(heading)[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `([a-z_]+)`", rows, re.MULTILINE)) == logged


def test_the_example_environment_is_whole() -> None:
    """Whoever copies the production example has every setting that production requires, and no other name."""
    example = page("docs/settings.md").blocks("console")[0]
    names = {line.partition("=")[0] for line in example.splitlines()}
    required = {name.name for name in NAMES if not name.always and not name.optional}
    assert required <= names <= {name.name for name in NAMES}
