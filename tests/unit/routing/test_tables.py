from importlib import resources

from routing import load, tables
from routing.check import check
from routing.compiled import RoutingTable
from routing.remarks import Severity

SAMPLE = RoutingTable(tables.sample(), 1)


def test_the_sample_has_what_a_flat_file_cannot_say() -> None:
    """The sample has default rows, Finnish for Finland and a few queues with targets."""
    defaults = [row for row in SAMPLE.document.coverage if row.territory == "*"]
    assert [(row.department, row.language, row.hours) for row in defaults] == [
        ("technical", "en", "24/7"),
        ("billing", "en", "Mo-Fr 09:00-17:00"),
    ]
    assert SAMPLE.prompt_languages("FI")[0] == "fi"
    assert SAMPLE.queue("technical-it").target == "number:+12025550142"
    assert SAMPLE.queue("technical-it").overflow == "technical-en"
    assert SAMPLE.queue("billing-it").target.endswith("@example.com")
    assert SAMPLE.queue("fallback").target == "queue:fallback"


def test_nothing_in_the_sample_is_an_error() -> None:
    """The sample can be published; its warnings are shared lines, missing prompts and silent days."""
    found = check(SAMPLE, {"en", "es", "fr", "de", "it", "pl", "fi"})
    assert {remark.severity for remark in found} == {Severity.WARNING}
    assert {remark.column for remark in found} == {"territories", "prompt_languages", "hours"}
    hours = [remark.sentence for remark in found if remark.column == "hours"]
    assert all(sentence.startswith("nobody answers ") for sentence in hours)


def test_the_sample_exports_byte_for_byte() -> None:
    """The sample, exported and read again, is the same document and exports alike."""
    files = load.write(SAMPLE.document)
    found = load.read(files)
    assert found.document == SAMPLE.document
    assert load.write(found.document) == files


def test_the_sample_says_that_it_must_not_be_dialled() -> None:
    """Beside the sample's files stands that they are sample data, never to be dialled."""
    readme = resources.files(tables).joinpath("README.md").read_text(encoding="utf-8")
    assert readme.startswith("# Sample data, never to be dialled")
    assert all(path in readme for path in tables.sample_files())
