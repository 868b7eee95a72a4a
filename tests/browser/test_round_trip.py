"""Files out and in: what would happen row by row, before anything is put into the draft."""

import json
import re
import zipfile
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Opened
from tests.browser.drafts import goes_to, opens_a_draft

QUEUES = "name;target;overflow;whisper_language;unverified"


def downloads(page: Page, link: str) -> Path:
    """Follow a link to a file."""
    with page.expect_download() as file:
        page.get_by_role("link", name=link, exact=True).click()
    return file.value.path()


def uploads(page: Page, *files: tuple[str, bytes]) -> None:
    """Choose files on the import page, and ask what they would do."""
    goes_to(page, "Import")
    payloads: list[FilePayload] = [
        {"name": name, "mimeType": "text/csv", "buffer": data} for name, data in files
    ]
    page.get_by_label("Files").set_input_files(payloads)
    page.get_by_role("button", name="See what they would do").click()


def test_what_comes_out_goes_in_again(opened: Opened) -> None:
    """A draft's CSV files and its JSON, imported again, change nothing."""
    page = opened("editor")
    opens_a_draft(page, "There and back")
    table, document = downloads(page, "CSV files (zip)"), downloads(page, "JSON")
    with zipfile.ZipFile(table) as files:
        assert "coverage.csv" in files.namelist()
    assert len(json.loads(document.read_text(encoding="utf-8"))["coverage"]) > 700
    for name, file in (("table.zip", table), ("table.json", document)):
        uploads(page, (name, file.read_bytes()))
        said = page.get_by_role("status").filter(has_text="nothing is put in yet")
        expect(said).to_contain_text(re.compile(r"\d+ rows stay as they are\."))
        expect(said).not_to_contain_text("would be")


def test_a_spreadsheets_file_is_tried_and_put_in(opened: Opened) -> None:
    """Semicolons, a byte order mark and Windows line ends are read; the dry run tells each row's effect."""
    page = opened("editor")
    draft = opens_a_draft(page, "From a spreadsheet")
    rows = [
        QUEUES,
        "technical-it;number:+12025550142;technical-en;;transfer",
        "billing-it;sip:billing-it@example.com;technical-en;;transfer",
        "fallback;queue:fallback;;;transfer",
        "evening-desk;;;;transfer",
    ]
    uploads(page, ("queues.csv", ("\ufeff" + "\r\n".join(rows) + "\r\n").encode()))
    said = page.get_by_role("status").filter(has_text="nothing is put in yet")
    expect(said).to_contain_text("1 row would be added")
    table = page.get_by_role("table", name="What each row would do")
    expect(table.get_by_role("row").filter(has_text="queue/evening-desk")).to_contain_text("row 5")
    changed = table.get_by_role("row").filter(has_text="queue/billing-it")
    expect(changed).to_contain_text("overflow: billing-en becomes technical-en")
    page.get_by_role("button", name="Put exactly this into the draft").click()
    expect(page.get_by_role("status").filter(has_text="Put into the draft")).to_be_visible()
    page.goto(f"{draft}/rows/queues")
    expect(page.get_by_role("link", name="evening-desk", exact=True)).to_be_visible()


def test_faults_are_said_at_their_rows(opened: Opened) -> None:
    """A faulty file changes nothing: each fault is listed with its file, its row and what would be right."""
    page = opened("editor")
    draft = opens_a_draft(page, "A faulty file")
    faulty = "day,effect,start,end,cloud,territory,department,language,reason\n"
    faulty += "2027-02-31,closed,,,*,IT,*,*,no such day\n2027-03-01,closed,25:00,,*,IT,*,*,no such time\n"
    uploads(page, ("closures.csv", faulty.encode()))
    expect(page.get_by_role("alert")).to_contain_text("There are faults")
    page.get_by_label("Show", exact=True).select_option("fault")
    page.get_by_role("button", name="Show", exact=True).click()
    rows = page.get_by_role("table", name="What each row would do").get_by_role("row")
    expect(rows.filter(has_text="closures.csv, row 2")).to_contain_text("2027-02-31")
    expect(rows.filter(has_text="closures.csv, row 3")).to_contain_text("25:00")
    expect(page.get_by_role("button", name="Put exactly this into the draft")).to_have_count(0)
    uploads(page)
    expect(page.get_by_label("Files")).to_have_attribute("aria-invalid", "true")
    page.goto(draft)
    expect(page.get_by_role("main")).to_contain_text("Nothing yet")


def test_a_large_file_shows_how_far_it_is(opened: Opened) -> None:
    """10,000 rows are tried in seconds; what takes longer is read behind a page that says how far it is."""
    page = opened("editor")
    opens_a_draft(page, "A great many rows")
    schedules = "".join(f"hours-{row},Mo-Fr 09:00-17:{row % 60:02}\n" for row in range(10_000))
    uploads(page, ("schedules.csv", f"name,hours\n{schedules}".encode()))
    said = page.get_by_role("status").filter(has_text="nothing is put in yet")  # it looks again by itself
    expect(said).to_contain_text("10000 rows would be added", timeout=40_000)
    desks = "".join(f"IT,technical,it,Mo-Fr 09:00-17:00,Europe/Rome,s{row}\n" for row in range(40_000))
    uploads(page, ("coverage.csv", f"territory,department,language,hours,zone,severity\n{desks}".encode()))
    expect(page.get_by_role("progressbar", name="Progress")).to_be_visible()
    expect(said).to_contain_text("40000 rows would be added", timeout=60_000)
