"""What is wrong with a form: a value, since people mistype."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wrong:
    """Nothing was changed; a sentence for each field that is wrong, "" for the form as a whole."""

    faults: Mapping[str, str]
