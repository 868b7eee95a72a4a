"""What the endpoints around drafts take and give."""

from app.access.model import Right
from app.services.drafts import LONGEST_TITLE
from app.services.uploads import LARGEST
from app.web.api import told
from app.web.api.operation import Operation
from app.web.api.schema import COUNT, FLAG, NUMBER, PAGE, TEXT, by_name, listing, named, page_of, text, thing

_OPEN = {"type": "string", "enum": ["open", "published", "discarded"]}
_FILES = {
    "document": named("Table"),
    "files": {**by_name(TEXT), "description": "CSV files by name, as in coverage.csv."},
}
_ROW = thing(
    {
        "file": TEXT,
        "row": COUNT,
        "key": TEXT,
        "effect": TEXT,
        "changes": listing(thing({"column": TEXT, "before": TEXT, "after": TEXT})),
        "sentences": listing(TEXT),
    }
)
_DRY_RUN = thing(
    {
        "draft": {"type": ["integer", "null"]},
        "revision": {"type": ["integer", "null"]},
        "can_be_put_in": FLAG,
        "counts": by_name(COUNT),
        "rows": listing(_ROW),
        "elsewhere": listing(TEXT),
    }
)
_REMARKS = listing(named("Remark"))
LISTED = Operation(
    "listDrafts",
    "GET",
    "/api/v1/drafts",
    "Drafts, last changed first.",
    "drafts",
    Right.VIEW,
    page_of("drafts", told.DRAFT),
    query={"q": text(200), "state": _OPEN, **PAGE},
)
ONE = Operation(
    "showDraft",
    "GET",
    "/api/v1/drafts/{draft}",
    "One draft with all it holds.",
    "drafts",
    Right.VIEW,
    thing({**told.DRAFT["properties"], "document": named("Table"), "approvals": listing(TEXT)}),
    places={"draft": NUMBER},
)
IMPORTED = Operation(
    "importTable",
    "POST",
    "/api/v1/table/import",
    "Put a document or CSV files into a draft of the token's owner: a new one, or, with draft and revision, "
    "one there is. A dry run says row by row what would happen and changes nothing. Nothing goes live by it.",
    "drafts",
    Right.EDIT,
    _DRY_RUN,
    body=thing(
        {}, {**_FILES, "title": text(LONGEST_TITLE), "draft": NUMBER, "revision": COUNT, "dry_run": FLAG}
    ),
    largest=LARGEST,
)
CHECKED = Operation(
    "checkTable",
    "POST",
    "/api/v1/table/check",
    "Errors and warnings of a document, of CSV files or of a draft; nothing is changed.",
    "drafts",
    Right.EDIT,
    thing({"errors": _REMARKS, "warnings": _REMARKS}),
    body=thing({}, {**_FILES, "draft": NUMBER}),
    largest=LARGEST,
)
OPERATIONS = (LISTED, ONE, IMPORTED, CHECKED)
