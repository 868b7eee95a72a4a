"""Tables by the API: out, in, checked, tried, published, rolled back; by the rules of the pages."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from routing.document import to_json
from routing.table import Document
from tests.web.api.conftest import Program

Programs = Callable[..., Program]


def live(program: Program) -> dict[str, Any]:
    found: dict[str, Any] = program.get("/table").json
    return found


def with_shorter_hours(document: dict[str, Any]) -> dict[str, Any]:
    """Italy's Italian billing desk closes at noon."""
    for row in document["coverage"]:
        if (row["territory"], row["department"], row["language"]) == ("IT", "billing", "it"):
            row |= {"hours": "Mo-Fr 09:00-12:00", "schedule": ""}
    return document


def draft_of(program: Program, **changes: Any) -> dict[str, Any]:
    body = {"title": "Shorter", "document": with_shorter_hours(live(program)["document"]), **changes}
    answer = program.post("/table/import", body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def published(program: Program, draft: dict[str, Any]) -> Any:
    body = {"draft": draft["draft"], "revision": draft["revision"]}
    answer = program.post("/table/publish", body)
    if answer.status_code == 409 and answer.json["error"]["code"] == "warnings":
        answer = program.post("/table/publish", body | {"accept": list(answer.json["error"]["fields"])})
    return answer


def test_a_table_comes_out_whole_and_says_whether_it_changed(program: Programs) -> None:
    """The table comes with its version and an ETag; unchanged it is not sent again."""
    viewer = program("viewer")
    answer = viewer.get("/table")
    assert answer.json["version"] == 1
    assert len(answer.json["document"]["territories"]) > 100
    headers = viewer.headers() | {"If-None-Match": answer.headers["ETag"]}
    again = viewer.desk.app.test_client().get("/api/v1/table", headers=headers)
    assert again.status_code == 304
    assert viewer.get("/table?version=77").status_code == 404


def test_a_dry_run_changes_nothing(program: Programs) -> None:
    """A dry run says row by row what would happen; there is no draft afterwards."""
    editor = program("editor")
    found = draft_of(editor, dry_run=True)
    (row,) = found["rows"]
    assert (row["key"], row["effect"]) == ("coverage/IT/billing/it", "changed")
    assert {change["column"] for change in row["changes"]} >= {"hours"}
    assert found["draft"] is None
    assert editor.get("/drafts").json["total"] == 0


def test_a_change_goes_live_and_comes_back(program: Programs) -> None:
    """A document becomes a draft, the draft a version, and the version before comes back; each is told."""
    publisher = program("publisher")
    answer = published(publisher, draft_of(publisher))
    assert answer.status_code == 200, answer.text
    assert answer.json["version"] == 2
    assert any("Italy" in sentence for sentence in answer.json["sentences"])
    stale = publisher.post("/table/rollback", {"version": 1, "expecting": 1})
    assert (stale.status_code, stale.json["error"]["code"]) == (409, "meanwhile")
    back = publisher.post("/table/rollback", {"version": 1, "expecting": 2})
    assert back.json["version"] == 3
    sql = publisher.desk.services.sql
    assert sql.tables.read(3) == sql.tables.read(1)
    assert (
        publisher.get("/history?q=rolled back").json["versions"][0]["author"].startswith("publisher (token")
    )
    assert publisher.get("/history/3").json["live"]


def test_a_table_with_an_error_is_not_published(program: Programs) -> None:
    """What cannot work stays a draft: refused with the error, and what is live stays."""
    publisher = program("publisher")
    document = live(publisher)["document"]
    document["coverage"][0] |= {"schedule": "gone", "hours": ""}
    draft = publisher.post("/table/import", {"title": "Broken", "document": document}).json
    answer = published(publisher, draft)
    assert (answer.status_code, answer.json["error"]["code"]) == (422, "errors")
    assert any("gone" in sentence for sentence in answer.json["error"]["fields"].values())
    checked = publisher.post("/table/check", {"draft": draft["draft"]}).json
    assert any("gone" in error["sentence"] for error in checked["errors"])
    assert live(publisher)["version"] == 1


def test_files_are_read_as_on_the_pages(program: Programs) -> None:
    """CSV files come in by name; a faulty cell is said with its file, row and column."""
    editor = program("editor")
    good = {"files": {"schedules.csv": "name;hours\r\nshort;Mo-Fr 09:00-12:00\r\n"}, "dry_run": True}
    assert editor.post("/table/import", good).json["can_be_put_in"]
    bad = {"files": {"schedules.csv": "name,hours\nshort,whenever\n"}, "dry_run": True}
    (row,) = [row for row in editor.post("/table/import", bad).json["rows"] if row["effect"] == "fault"]
    assert (row["file"], row["row"]) == ("schedules.csv", 2)
    assert row["sentences"]
    neither = editor.post("/table/import", {"title": "Empty"})
    assert (neither.status_code, neither.json["error"]["code"]) == (422, "bad_input")


def test_somebody_elses_draft_is_not_filled(program: Programs) -> None:
    """Only its owner fills a draft; a revision that is not the newest is told what changed."""
    draft = draft_of(program("editor"))
    body = {"document": to_json(Document()), "draft": draft["draft"]}
    other = program("publisher").post("/table/import", body | {"revision": draft["revision"]})
    assert other.status_code == 403
    stale = program("editor").post("/table/import", body | {"revision": draft["revision"] - 1})
    assert (stale.status_code, stale.json["error"]["code"]) == (409, "stale")
    shown = program("viewer").get(f"/drafts/{draft['draft']}").json
    assert shown["owner"].startswith("editor")
    assert shown["revision"] == draft["revision"]


def test_a_new_destination_waits_for_a_second_publisher(program: Programs) -> None:
    """The first publisher's wish is written down, twice is still once; another's publishes."""
    publisher = program("publisher")
    tables = publisher.desk.services.sql.tables
    document = tables.read(1)
    queue = replace(document.queues[0], target="number:+390655550123")
    draft = draft_of(publisher, document=to_json(replace(document, queues=(queue, *document.queues[1:]))))
    for _ in range(2):
        answer = published(publisher, draft)
        assert (answer.status_code, answer.json["destinations"]) == (202, ["number:+390655550123"])
    assert published(program("second"), draft).json["version"] == 2
    assert tables.history(limit=1)[0].author.count(" and ") == 1


def test_a_call_is_explained(program: Programs) -> None:
    """The decision, each row that decided, in sentences; a number that is none is said at its field."""
    viewer = program("viewer")
    asked = {"territory": "IT", "department": "billing", "language": "it", "at": "2026-11-21T03:00:00+01:00"}
    answer = viewer.post("/table/explain", asked).json
    assert answer["decision"]["decision"] == "closed"
    assert "coverage/IT/billing/it" in answer["decision"]["because"]
    assert answer["head_start"] == 0
    waits = {"territory": "IT", "department": "technical", "language": "en", "priority": 1}
    answer = viewer.post("/table/explain", {**waits, "level": "number_matched"}).json
    assert answer["head_start"] == 6
    assert answer["sentences"][-1].startswith("Waits as if it had begun 6 minutes earlier: 5 for priority 1")
    assert viewer.post("/table/explain", {**waits, "priority": 10}).status_code == 422
    wrong = viewer.post("/table/explain", {"dnis": "hello"})
    assert (wrong.status_code, list(wrong.json["error"]["fields"])) == (422, ["dnis"])
