"""Press scripts: what someone presses during a call, written down beforehand."""

import re


def groups(script: str) -> list[str]:
    """The key groups of ``"1 12345678# 1"``, each pressed at the next moment the call listens.

    ``-`` is a group of its own: silence at that moment (an empty string). Raises ``ValueError`` with the
    first group that holds anything but 0-9, * and #.
    """
    found = script.split()
    for group in found:
        if group != "-" and not re.fullmatch("[0-9*#]+", group):
            raise ValueError(f"{group!r} is not something a phone can press; use 0-9, *, # or - for silence")
    return ["" if group == "-" else group for group in found]
