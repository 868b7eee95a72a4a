"""The voices table, held against the carrier's own lists."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import app.simulator
from app.telephony.voices import VOICES, voice_for

TABLE = re.findall(r"\w+", "en fr es ar ru pt de it cmn nl yue id ja cs pl tr he ko th hu")
SCHEMA: dict[str, Any] = json.loads((Path(app.simulator.__path__[0]) / "twiml_voice.json").read_text())


@pytest.mark.parametrize("language", [*TABLE, "fi"])
def test_each_language_has_a_voice(language: str) -> None:
    """Each language of the table, and Finnish, has a voice and a tag of its own that the carrier lists."""
    voice = VOICES[language]
    assert voice.name in SCHEMA["lists"]["$voices"]
    assert voice.language in SCHEMA["lists"]["$languages_Say_language"]
    assert voice.language.partition("-")[0] == language


@pytest.mark.parametrize("language", sorted(VOICES))
def test_neural(language: str) -> None:
    """Each voice is a neural one."""
    assert any(kind in VOICES[language].name for kind in ("Neural", "Wavenet"))


def test_region_and_unknown() -> None:
    """A regional tag gets its language's voice; an unknown or empty one the English voice."""
    assert voice_for("pt-BR") == VOICES["pt"]
    assert voice_for("tlh") == voice_for("") == VOICES["en"]
