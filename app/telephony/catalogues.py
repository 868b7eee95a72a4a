"""The prompt catalogues: one gettext file per language, read once at start."""

from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

from app.callflow.prompts import Prompt
from app.faults import Fault, FaultCode

PROMPTS = Path(__file__).parent / "prompts"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language by prompt name, their gaps as ``{country}``."""

    language: str
    sentences: dict[str, str]


def read_catalogues(folder: Path = PROMPTS) -> tuple[Catalogue, ...]:
    """Read every ``<language>/LC_MESSAGES/prompts.po`` below the folder, English first.

    Fault SETTINGS when one is not complete.
    """
    files = sorted(folder.glob("*/LC_MESSAGES/prompts.po"), key=lambda file: (file.parts[-3] != "en", file))
    return tuple(_read(file) for file in files)


def _read(file: Path) -> Catalogue:
    with file.open("rb") as po:
        entries = {str(entry.context): str(entry.string) for entry in read_po(po) if entry.context}
    missing = [name for name in Prompt if not entries.get(name)]
    if missing:
        raise Fault(FaultCode.SETTINGS, f"{file} lacks the prompts {', '.join(missing)}.")
    return Catalogue(language=file.parts[-3], sentences={name.value: entries[name] for name in Prompt})
