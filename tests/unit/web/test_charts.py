"""Charts: boxes as long as their numbers, within their drawing."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.web.charts import Chart, bars, columns

PARTS = st.lists(st.tuples(st.sampled_from(("connected", "closed")), st.integers(0, 10**6)), max_size=4)
ROWS = st.lists(st.tuples(st.text(max_size=30), PARTS), max_size=40)


def numbers(chart: Chart) -> list[list[int]]:
    return [[box.number for box in bar.boxes] for bar in chart.bars]


@given(rows=ROWS)
def test_every_number_is_drawn_within_the_drawing(
    rows: Sequence[tuple[str, Sequence[tuple[str, int]]]],
) -> None:
    """Each part that is not empty has a box, and no box leaves the drawing, whatever the numbers."""
    expected = [[number for _, number in parts if number] for _, parts in rows]
    for chart in (bars(rows), columns(rows)):
        assert numbers(chart) == expected
        for box in (box for bar in chart.bars for box in bar.boxes):
            assert box.x >= 0
            assert box.y > -0.01
            assert box.x + box.width <= chart.width + 0.01
            assert box.y + box.height <= chart.height + 0.01


def test_boxes_are_as_long_as_their_numbers() -> None:
    """Twice the number is twice the length, side by side and one upon the other."""
    rows = [("one", [("connected", 10), ("closed", 5)]), ("two", [("connected", 20)])]
    first, second = bars(rows).bars
    assert [round(box.width / 10) for box in (*first.boxes, *second.boxes)] == [16, 8, 32]
    assert first.boxes[1].x == first.boxes[0].x + first.boxes[0].width
    upright = columns(rows)
    assert [box.height * 2 for box in upright.bars[0].boxes[:1]] == [upright.bars[1].boxes[0].height]
    assert [number for _, number in upright.marks] == [0, 5, 10, 15, 20]


def test_names_of_many_columns_do_not_overlap() -> None:
    """Of many columns some have their names below."""
    chart = columns([(f"2026-11-{day:02}", [("connected", day)]) for day in range(1, 31)])
    assert sum(bar.named for bar in chart.bars) == 10
