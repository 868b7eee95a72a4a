"""What ops want callers to hear: notices, live announcements, and why a desk is closed out of turn."""

from collections.abc import Iterable

from app.callflow.model import Call, Saying
from app.callflow.prompts import Prompt
from app.services.moment import Moment
from routing.moment import reaches
from routing.table import Emergency

_ENGLISH = "en"
_EVERY = "*"


def before_department(call: Call, moment: Moment) -> tuple[Saying, ...]:
    """The territory's notices, and the announcements that concern whichever department is chosen."""
    own = tuple(
        Saying(Prompt.TEXT, notice.language, {"text": notice.text})
        for notice in moment.table.notices(call.territory, call.language)
    )
    live = (row for row in moment.overlay.announcements if row.department == _EVERY)
    return own + _said(live, call, moment)


def about_desk(call: Call, moment: Moment) -> tuple[Saying, ...]:
    """The announcements for the chosen department, and what an emergency closure of its desk has to say."""
    live = (row for row in moment.overlay.announcements if row.department != _EVERY)
    return _said((*live, *moment.overlay.closures), call, moment)


def _said(rows: Iterable[Emergency], call: Call, moment: Moment) -> tuple[Saying, ...]:
    """Their texts in the caller's language, else in English; one that has neither is not said."""
    return tuple(
        Saying(Prompt.TEXT, language, {"text": row.text[language]})
        for row in rows
        if row.start <= moment.now < row.end
        and reaches(row, call.territory, call.department or _EVERY, call.language)
        for language in (call.language if call.language in row.text else _ENGLISH,)
        if row.text.get(language)
    )
