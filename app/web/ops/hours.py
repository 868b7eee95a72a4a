"""What a form of hours asks while somebody types: the other side of what was changed."""

from flask import Blueprint, Response, jsonify, request

from app.access.model import Right
from app.web.ops.editor import Editor
from app.web.ops.hours_form import DayForm, days_only, hours_form
from app.web.pages import needs


def add_hours(pages: Blueprint, editor: Editor) -> None:
    """``GET hours.json?notation=...`` gives the days; with the days' times instead, the notation."""

    @pages.get("/hours.json", endpoint="hours")
    @needs(Right.VIEW)
    def hours(draft: int) -> Response:
        editor.editing.draft(draft)
        text = request.args.get("notation")
        found = days_only(request.args) if text is None else hours_form(text.strip())
        return jsonify(
            {
                "notation": found.notation,
                "error": found.error,
                "days": [_day(day) for day in found.days],
            }
        )


def _day(day: DayForm) -> dict[str, object]:
    return {
        "words": day.words,
        "bar": [[stretch.start, stretch.width] for stretch in day.bar],
        "slots": [
            {"from": slot.start, "to": slot.end, "ends": slot.ends, "error": slot.error} for slot in day.slots
        ],
    }
