"""English words for codes and numbers."""

import pytest

from routing.words import counted, language


def test_every_language_of_the_table_has_a_name() -> None:
    """Mandarin, which CLDR knows by another tag, is named like any other language."""
    assert (language("cmn"), language("pl"), language("x-none")) == ("Mandarin Chinese", "Polish", "x-none")


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 rows differ"), (1, "1 row differs"), (2, "2 rows differ")]
)
def test_one_is_not_many(number: int, words: str) -> None:
    """What is counted stands in the singular for one, and in the plural for any other number."""
    assert counted(number, "row differs", "rows differ") == words
    assert counted(1, "row") == "1 row"
    assert counted(0, "row") == "0 rows"
