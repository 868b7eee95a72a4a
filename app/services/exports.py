"""A table as files: CSV in one zip, a section's CSV, JSON. The same table gives the same bytes."""

import io
import json
import zipfile

from routing import load
from routing.document import to_json
from routing.sections import section_of
from routing.table import Document

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: an entry's time tells nothing here
_READABLE = 0o644 << 16


def as_zip(document: Document) -> bytes:
    """Every section's CSV file, in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in load.write(document).items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, _READABLE  # alike on every machine
            archive.writestr(entry, text.encode())
    return out.getvalue()


def as_csv(document: Document, section: str) -> bytes:
    """One section's CSV file. Raises KeyError: no section has this name."""
    return load.write(document)[section_of(section).file].encode()


def as_json(document: Document) -> bytes:
    """All sections as one JSON object, which an import takes back."""
    return json.dumps(to_json(document), ensure_ascii=False, indent=1).encode() + b"\n"
