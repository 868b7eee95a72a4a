"""Press scripts."""

import pytest

from app.simulator.press import groups


def test_script_is_groups_of_keys() -> None:
    """Groups stand between white space; a dash stands for silence."""
    assert groups("1 12345678# 1") == ["1", "12345678#", "1"]
    assert groups(" *  0\n- #") == ["*", "0", "", "#"]
    assert groups("") == []


@pytest.mark.parametrize("script", ["1 a", "12-3", "１", "+39", "--"])
def test_only_keys_of_a_phone(script: str) -> None:
    """Anything a phone cannot press is named in the fault."""
    with pytest.raises(ValueError, match="not something a phone can press"):
        groups(script)
