"""``callgate table``: checked, published, exported, brought back."""

from pathlib import Path

import pytest

from tests.integration.cli.conftest import FLAT, Cli

_BAD_CELLS = ("Mo-Fr 09:00-17:00", "Mo-Fr 9 to 5")


def exported(cli: Cli, name: str) -> dict[str, bytes]:
    cli.succeeds("table", "export", str(cli.var / name))
    return {path.name: path.read_bytes() for path in sorted((cli.var / name).iterdir())}


def faulty(cli: Cli) -> Path:
    """The first flat file with a word in an hours cell and a zone that does not exist."""
    text = Path(FLAT[0]).read_text(encoding="utf-8")
    wrong = text.replace(*_BAD_CELLS, 1).replace("America/Toronto", "America/Toronta", 1)
    path = cli.var / "faulty.csv"
    path.write_text(wrong, encoding="utf-8")
    return path


def test_flat_files_become_the_next_version(cli: Cli) -> None:
    """Importing both flat files publishes version 1, importing them again version 2."""
    cli.succeeds("db", "upgrade")
    assert "Version 1 is published" in cli.succeeds("table", "import", *FLAT, "--by", "ada")
    assert "Version 2 is published" in cli.succeeds("table", "import", *FLAT, "--by", "grace")
    history = cli.succeeds("table", "history")
    assert history.index("grace") < history.index("ada")
    assert "Nothing differs." in history


@pytest.mark.usefixtures("published")
def test_export_imported_again_exports_byte_equal(cli: Cli) -> None:
    """A folder written by export says exactly what the published version says."""
    first = exported(cli, "first")
    cli.succeeds("table", "import", str(cli.var / "first"))
    assert exported(cli, "second") == first
    assert set(first) >= {"territories.csv", "lines.csv", "coverage.csv", "queues.csv"}


@pytest.mark.usefixtures("published")
def test_flat_files_keep_what_they_cannot_say(cli: Cli) -> None:
    """A flat file replaces territories, lines and coverage; queues and default rows stay."""
    exported(cli, "table")
    queues = cli.var / "table" / "queues.csv"
    queues.write_text(queues.read_text() + "technical-cs,queue:prague,technical-en,300,,cs,transfer\n")
    cli.succeeds("table", "import", str(cli.var / "table"))
    cli.succeeds("table", "import", *FLAT)
    again = exported(cli, "again")
    assert b"queue:prague" in again["queues.csv"]
    assert (
        b"*,technical,en,24/7" in again["coverage.csv"].replace(b",,", b",") or b"*" in again["coverage.csv"]
    )


@pytest.mark.parametrize(("encoding", "row"), [("latin-1", 2), ("utf-16", 1), ("utf-16-le", 1)], ids=str)
@pytest.mark.parametrize("beside", [[], [FLAT[1]]], ids=["alone", "beside another"])
def test_a_flat_file_in_another_encoding(cli: Cli, encoding: str, row: int, beside: list[str]) -> None:
    """A flat file as a spreadsheet may save it is told as not UTF-8, at its row, alone or beside another."""
    header = Path(FLAT[0]).read_text(encoding="utf-8").partition("\n")[0]
    path = cli.var / "saved.csv"
    path.write_bytes(f"{header}\nEurope,AX,AX,Åland\n".encode(encoding))
    told = cli.refuses("table", "check", str(path), *beside)
    assert f"saved.csv, row {row}: the file is not UTF-8 here; save it as CSV in UTF-8" in told
    assert "table's files" not in told


@pytest.mark.usefixtures("published")
def test_a_single_section_replaces_only_itself(cli: Cli) -> None:
    """A file of one section leaves every other section as it was published."""
    before = exported(cli, "before")
    queues = cli.var / "queues.csv"
    queues.write_bytes(before["queues.csv"] + b"technical-cs,queue:prague,technical-en,300,,cs,transfer\n")
    cli.succeeds("table", "import", str(queues))
    after = exported(cli, "after")
    assert after["queues.csv"] == queues.read_bytes()
    assert {name: text for name, text in after.items() if name != "queues.csv"} == {
        name: text for name, text in before.items() if name != "queues.csv"
    }


def test_check_reports_every_fault_where_it_is(cli: Cli) -> None:
    """Each fault comes with file, row and column; the exit code is 2."""
    said = cli.refuses("table", "check", str(faulty(cli)))
    assert "faulty.csv, row 2, column hours" in said
    assert "column timezone" in said
    assert "America/Toronta" in said


@pytest.mark.usefixtures("published")
def test_a_faulty_file_changes_nothing(cli: Cli) -> None:
    """An import with any fault lists all of them and publishes nothing."""
    said = cli.refuses("table", "import", str(faulty(cli)))
    assert "faulty.csv, row 2, column hours" in said
    assert "nothing was changed" in said
    assert "2  " not in cli.succeeds("table", "history").splitlines()[0]


def test_files_that_are_no_tables_are_refused(cli: Cli) -> None:
    """Binary files, empty ones, missing ones and other files' names each get a sentence."""
    binary, empty = cli.var / "binary.csv", cli.var / "empty.csv"
    binary.write_bytes(bytes(range(256)))
    empty.write_bytes(b"")
    for path in (binary, empty, cli.var / "missing.csv"):
        assert path.name in cli.refuses("table", "import", str(path))


@pytest.mark.usefixtures("published")
def test_rollback_publishes_the_old_version_again(cli: Cli) -> None:
    """Rolling back to version 1 publishes it as version 3, and history says so."""
    first = exported(cli, "first")
    coverage = cli.var / "first" / "coverage.csv"
    coverage.write_text(
        coverage.read_text(encoding="utf-8").replace("Mo-Fr 08:00-21:00", "Mo-Fr 08:00-20:00", 1)
    )
    cli.succeeds("table", "import", str(cli.var / "first"))
    assert exported(cli, "second") != first
    assert "Version 3 is published" in cli.succeeds("table", "rollback", "1")
    assert exported(cli, "third") == first
    assert "Rolled back to version 1." in cli.succeeds("table", "history", "--limit", "1")


@pytest.mark.usefixtures("published")
def test_a_version_that_is_not_there_is_refused(cli: Cli) -> None:
    """Rolling back to a version nobody published changes nothing."""
    assert "no version 7" in cli.refuses("table", "rollback", "7")


@pytest.mark.usefixtures("published")
def test_what_changed_is_kept_in_sentences(cli: Cli) -> None:
    """History says what a version changed, for people."""
    exported(cli, "table")
    coverage = cli.var / "table" / "coverage.csv"
    lines = coverage.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = [
        line.replace("Mo-Fr 08:00-18:00", "Mo-Fr 08:00-18:00; Sa 09:00-13:00")
        if line.startswith("PL,")
        else line
        for line in lines
    ]
    assert changed != lines
    coverage.write_text("".join(changed), encoding="utf-8")
    said = cli.succeeds("table", "import", str(cli.var / "table"))
    assert "Poland" in said
    assert "Saturday 09:00-13:00 added" in said
