"""The sample table: real in shape, never to be dialled (see the README beside it)."""

from dataclasses import replace
from importlib import resources
from importlib.resources.abc import Traversable

from routing import flat, load
from routing.table import Document

FLAT = ("support_lines.csv", "sovereign_lines.csv")
EXTRAS = ("extras/territories.csv", "extras/coverage.csv", "extras/queues.csv")


def sample_files() -> dict[str, str]:
    """The sample's files by their path in this package: the flat ones and, under ``extras/``, sections."""
    return {path: _file(path).read_text(encoding="utf-8") for path in (*FLAT, *EXTRAS)}


def sample() -> Document:
    """The whole sample: the flat files over default rows, queues and Finnish for Finland.

    Raises:
        ValueError: the package's own files are faulty; the message lists every fault.
    """
    files = sample_files()
    found = flat.read({path: files[path] for path in FLAT})
    extras = load.read({path: files[path] for path in EXTRAS})
    if found.document is None or extras.document is None:
        raise ValueError("\n".join(str(fault) for fault in (*found.faults, *extras.faults)))
    return flat.merge(extras.document, found.document)


def starting_document() -> Document:
    """What a first import joins: default rows, the fallback queue, Finnish for Finland; no sample numbers."""
    files = sample_files()
    extras = load.read({path: files[path] for path in EXTRAS})
    document = extras.document or Document()
    return replace(document, queues=tuple(queue for queue in document.queues if queue.name == "fallback"))


def _file(path: str) -> Traversable:
    return resources.files(__name__).joinpath(*path.split("/"))
