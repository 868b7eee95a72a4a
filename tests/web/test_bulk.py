"""One thing changed in many rows."""

from tests.web.drafts import Opened, opened

__all__ = ["opened"]

WISH = "/bulk?section=coverage&department=billing&language=it&change=hours&value=Mo-Fr+08:00-16:00"


def test_what_was_looked_at_is_applied(opened: Opened) -> None:
    """The preview lists every row before and after; applying changes those rows and no others."""
    looked = opened.get(WISH)
    rows = looked.html.select("tbody tr")
    assert rows
    assert opened.draft.revision == 1
    before = opened.document
    assert opened.post(WISH, {}).status_code == 303
    changed = [row for row in opened.document.coverage if row not in before.coverage]
    assert len(changed) == len(rows)
    assert {(row.department, row.language, row.hours) for row in changed} == {
        ("billing", "it", "Mo-Fr 08:00-16:00")
    }


def test_a_preview_of_an_earlier_revision_is_not_applied(opened: Opened) -> None:
    """Whoever looked before the draft changed looks once more."""
    opened.post(WISH, {})
    other = WISH.replace("08:00", "07:00")
    assert opened.post(other, {}, revision=1).status_code == 409
    assert opened.draft.revision == 2


def test_a_value_that_cannot_be_changes_no_row(opened: Opened) -> None:
    """Faults are listed row by row, and nothing is applied."""
    wrong = WISH.replace("Mo-Fr+08:00-16:00", "mornings")
    assert "IT/billing/it" in opened.get(wrong).words
    assert opened.post(wrong, {}).status_code == 422
    assert opened.draft.revision == 1


def test_the_value_is_asked_for_as_the_column_is(opened: Opened) -> None:
    """A column with choices gets a choice, whichever rows are meant."""
    page = opened.get("/bulk?section=lines&territory=IT&change=charges").html
    assert [option["value"] for option in page.select("#value option")][:2] == ["none", "local"]


def test_hours_written_over_a_schedule_say_so(opened: Opened) -> None:
    """A desk that used a schedule shows it in the preview, and has hours of its own afterwards."""
    opened.post("/schedules/share?key=coverage/IT/billing/it", {"name": "office"})
    assert "IT/billing/it schedule office Mo-Fr 08:00-16:00" in opened.get(WISH).words
    opened.post(WISH, {})
    assert not [row for row in opened.document.coverage if row.schedule]
