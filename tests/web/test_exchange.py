"""Files in and out: what comes out goes in again, and what goes in is shown row by row first."""

import io
import json
import re
import zipfile

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.access.model import Role
from app.services.uploads import LARGEST
from tests.web.conftest import Desk, Reader, Shown
from tests.web.test_drafts import closing, opened


def sent(reader: Reader, draft: str, *files: tuple[str, bytes]) -> Shown:
    """Upload files and see what they would do."""
    chosen = [FileStorage(io.BytesIO(data), name, "files") for name, data in files]
    parts = {"files": chosen, "csrf_token": reader.csrf}
    boundary, body = encode_multipart(parts)  # the client itself would leave a file of a large one open
    kind = f"multipart/form-data; boundary={boundary}"
    answer = reader.client.post(f"{draft}/import", data=body, content_type=kind, follow_redirects=True)
    page = Shown(answer)
    while page.headers.get("Refresh"):
        page = reader.get(page.request.path)
    return page


def apply(reader: Reader, page: Shown) -> Shown:
    """Press the button under what was shown."""
    digest = page.html.find("input", {"name": "digest"})
    assert digest, page.words
    return reader.post(page.request.path, {"digest": str(digest["value"])}, follow=True)


def count(page: Shown, what: str) -> int:
    found = re.search(rf"(\d+) rows? {what}", page.words)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("form", ["zip", "json"])
def test_an_export_imported_again_changes_nothing(desk: Desk, form: str) -> None:
    """What a draft gives out is, byte for byte, what it gives out after it was put in again."""
    editor = desk.as_(Role.EDITOR)
    draft = opened(editor)
    closing(editor, draft)
    before = editor.get(f"{draft}/export.{form}").data
    page = sent(editor, draft, (f"table.{form}", before))
    assert count(page, "stay as they are") > 1000
    assert not any(count(page, what) for what in ("would be", "have faults"))
    assert "Put into the draft" in apply(editor, page).text
    assert editor.get(f"{draft}/export.{form}").data == before


def test_a_version_is_given_out(desk: Desk) -> None:
    """Any version, the live one and each section come as files; an unknown section or version does not."""
    viewer = desk.as_(Role.VIEWER)
    live = viewer.get("/ops/versions/live/export.json", follow=True)
    assert json.loads(live.data)["schema"] == 1
    packed = viewer.get("/ops/versions/1/export.zip").data
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        inside = archive.read("queues.csv")
    assert viewer.get("/ops/versions/1/export/queues.csv").data == inside
    for path in ("1/export/nothing.csv", "9/export.zip", "1/export.exe"):
        assert viewer.get(f"/ops/versions/{path}").status_code == 404


def test_each_row_says_what_it_would_do(desk: Desk) -> None:
    """Rows added, changed (with before and after), removed and unchanged are told apart and shown alone."""
    editor = desk.as_(Role.EDITOR)
    draft = opened(editor)
    queues = editor.get(f"{draft}/export/queues.csv").data.decode().splitlines()
    edited = [
        line.replace(",transfer", ",refuse") if line.startswith("technical-it") else line for line in queues
    ]
    edited = [line for line in edited if not line.startswith("billing-it")] + [
        "night,queue:night,,,,,transfer"
    ]
    page = sent(editor, draft, ("queues.csv", "\n".join(edited).encode()))
    assert (count(page, "would be added"), count(page, "would be changed")) == (1, 1)
    assert (count(page, "would be removed"), count(page, "stays as it is")) == (1, 1)
    assert "transfer becomes refuse" in page.words
    only = editor.get(f"{page.request.path}?effect=removed")
    assert "queue/billing-it" in only.words
    assert "queue/night" not in only.words


def test_a_faulty_cell_keeps_everything_out(desk: Desk) -> None:
    """Faults stand first, at row and column with what would be right, and there is nothing to press."""
    editor = desk.as_(Role.EDITOR)
    draft = opened(editor)
    data = b"name,hours\r\noffice,Mo-Fr 9 to 5\r\nnight,Mo-Fr 21:00-05:00\r\n"
    page = sent(editor, draft, ("schedules.csv", data))
    assert "schedules.csv, row 2" in page.words
    assert "Mo-Fr 9 to 5" in page.words
    assert "1 row has a fault" in page.words
    assert "schedule/night" not in page.words
    assert "schedule/night" in editor.get(f"{page.request.path}?effect=").words
    assert not page.html.find("input", {"name": "digest"})
    assert editor.post(page.request.path, {"digest": "x"}).status_code == 409


def test_an_error_between_rows_is_shown_and_can_be_put_in(desk: Desk) -> None:
    """What would only block publishing does not keep rows from a draft, where it can be mended."""
    editor = desk.as_(Role.EDITOR)
    draft = opened(editor)
    page = sent(editor, draft, ("queues.csv", b"name,overflow\nfallback,\nnight,nobody-there\n"))
    assert "would keep the draft from being published" in page.words
    apply(editor, page)
    assert "1 error," in editor.get(f"{draft}/check").words


def test_only_what_was_shown_is_put_in(desk: Desk) -> None:
    """Other files, a draft that changed since, or somebody else put nothing in."""
    editor = desk.as_(Role.EDITOR)
    draft = opened(editor)
    page = sent(editor, draft, ("schedules.csv", b"name,hours\noffice,24/7\n"))
    assert editor.post(page.request.path, {"digest": "0" * 64}).status_code == 409
    digest = page.html.find("input", {"name": "digest"})
    assert digest
    form = {"digest": str(digest["value"])}
    assert desk.as_(Role.PUBLISHER).post(page.request.path, form).status_code == 403
    closing(editor, draft)
    assert editor.post(page.request.path, form).status_code == 409
    assert "The draft changed since" in editor.get(page.request.path).words


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("", b"", "Choose a file"),
        ("table.zip", b"PK\x03\x04 no archive", "The zip cannot be opened"),
        ("table.json", b"{", "is no JSON"),
        ("table.json", b"[" * 100_000, "is no JSON"),
        ("table.json", b'{"schema": 9}', "is no table"),
        ("table.json", b'{"schema": 1, "queues": [{"name": 5}]}', "queues, row 2: column name holds no text"),
    ],
    ids=["nothing", "zip", "broken", "deep", "schema", "number"],
)
def test_what_cannot_be_read_is_said_at_the_field(desk: Desk, name: str, data: bytes, said: str) -> None:
    """A file nothing can be made of is refused where it was chosen."""
    editor = desk.as_(Role.EDITOR)
    page = sent(editor, opened(editor), (name, data))
    assert page.status_code == 422
    error = page.html.find(id="error-files")
    assert error
    assert said in error.get_text()


def test_a_file_that_is_too_large(desk: Desk) -> None:
    """Uploads have a cap of their own: more than other forms may send, and not everything."""
    editor = desk.as_(Role.EDITOR)
    draft = opened(editor)
    header = b"territory,kind,language,text\n"
    large = header + b"IT,privacy,it," + b"x" * 100_000 + b"\n" + b"\n" * 900_000
    assert sent(editor, draft, ("notices.csv", large)).status_code == 200
    assert sent(editor, draft, ("notices.csv", b"x" * (LARGEST + 1))).status_code == 413


def test_ten_thousand_rows(desk: Desk) -> None:
    """Ten thousand rows are tried out within seconds, in pages."""
    editor = desk.as_(Role.EDITOR)
    draft = opened(editor)
    rows = "".join(f"hours-{number},Mo-Fr 09:00-17:{number % 60:02}\n" for number in range(10_000))
    page = sent(editor, draft, ("schedules.csv", f"name,hours\n{rows}".encode()))
    assert count(page, "would be added") == 10_000
    assert len(page.html.select("tbody tr")) == 50
