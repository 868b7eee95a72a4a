"""What a turn says: the state's prompts with their gaps filled from the call and the scene around it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.callflow.model import Call, Cue, Saying, State
from app.callflow.prompts import Prompt
from app.callflow.script import LEAD, SCRIPT

_ENGLISH = "en"
#: The help about keys is given when a code was just announced, or asked for; not after each word.
_HELP_AFTER = frozenset({Cue.SENT, Cue.SENT_AGAIN, Cue.TOO_SOON, Cue.REPEAT})
_DESK_ANSWERS = frozenset({Cue.OPEN, Cue.OTHER_LANGUAGE_OPEN, Cue.OTHER_DEPARTMENT_OPEN, Cue.ALL_CLOSED})
_MENUS = frozenset({Prompt.COUNTRY_OPTION, Prompt.LANGUAGE_OPTION, Prompt.OPEN_LANGUAGE_OPTION})
_ONLY_WHEN: Mapping[Prompt, Callable[[Call, Sequence[Cue]], bool]] = MappingProxyType(
    {
        Prompt.HELLO: lambda call, _: call.turn == 0,
        Prompt.WELCOME: lambda call, _: bool(call.territory) and not call.greeted,
        Prompt.FOR_ANOTHER_COUNTRY: lambda call, cues: (
            call.state is State.COUNTRY_MENU or (call.guessed and (not call.greeted or Cue.REPEAT in cues))
        ),
        Prompt.TEXT: lambda call, cues: call.misses == 0 and Cue.REPEAT not in cues,
        Prompt.KEYS_FOR_ALL: lambda call, _: call.misses == 0,
        Prompt.CODE_HELP: lambda _, cues: bool(cues) and cues[-1] in _HELP_AFTER,
        # A desk that never opens is none: Finland has no Finnish one, the English one is just offered.
        Prompt.DESK_CLOSED: lambda call, _: bool(call.next_opening),
        Prompt.DEPARTMENT_CLOSED: lambda call, _: bool(call.department),
        Prompt.WHEN_OPEN: lambda call, _: call.offers_callback,
        Prompt.CALLBACK_BOOKED: lambda call, _: bool(call.queue),
        Prompt.CALLBACK_BOOKED_OPENING: lambda call, _: not call.queue,
        Prompt.BACK_IN_LINE: lambda _, cues: Cue.LOST_COLLEAGUE not in cues,
    }
)


Gaps = dict[str, str | int | list[str]]


@dataclass(frozen=True, slots=True)
class Scene:
    """What the sayings need to know beyond the call itself."""

    country: Callable[[str], list[str]]  # territory's key -> [key, ISO code, English name]
    prompt_languages: frozenset[str]  # those with prompts of their own
    tongues: tuple[str, ...]  # what is spoken on this line before the caller chose
    notices: Callable[[Call], tuple[Saying, ...]]  # said before the department is asked
    about_desk: Callable[[Call], tuple[Saying, ...]]  # said once the department was chosen
    several_zones: bool = False  # the territory has more than one clock


_GAPS: Mapping[Prompt, Callable[[Call, Scene], Gaps]] = MappingProxyType(
    {
        Prompt.WELCOME: lambda call, scene: {"country": scene.country(call.territory)},
        Prompt.DESK_CLOSED: lambda call, _: {"department": call.department, "language": call.language},
        Prompt.DEPARTMENT_CLOSED: lambda call, _: {"department": call.department},
        Prompt.OPEN_DEPARTMENT_OPTION: lambda call, _: {"department": call.other_department},
        Prompt.CONFIRM_DIGITS: lambda call, _: {"digits": call.keyed},
        Prompt.CONFIRM_CALLBACK: lambda call, _: {"digits": call.callback_number.removeprefix("+")},
        Prompt.CALLBACK_BOOKED_OPENING: lambda call, _: {"opening": call.next_opening},
        Prompt.CONNECTING: lambda call, _: {
            "department": call.department,
            "language": call.desk_language or call.language,
        },
    }
)


def sayings(call: Call, cues: Sequence[Cue], scene: Scene) -> tuple[Saying, ...]:
    """Everything said on entering the call's state, after the ``cues`` heard in this turn."""
    tongues = (call.language,) if call.language else scene.tongues
    if call.state is State.LANGUAGE and call.options:
        tongues = (call.options[0],)
    news = scene.about_desk(call) if _asked_desk(cues) else ()
    return (*news, *(said for language in tongues for said in _in_one(call, cues, scene, language)))


def _asked_desk(cues: Sequence[Cue]) -> bool:
    """Whether a department was chosen in this turn, rather than another language of it."""
    return not _DESK_ANSWERS.isdisjoint(cues) and Cue.CHOSE not in cues


def _in_one(call: Call, cues: Sequence[Cue], scene: Scene, language: str) -> Iterator[Saying]:
    for cue in cues:
        if cue in LEAD:
            yield Saying(LEAD[cue], language)
    if cues and cues[-1] is Cue.WAITED:
        return
    for prompt in SCRIPT[call.state].says:
        yield from _fill(prompt, call, cues, scene, language)


def _fill(prompt: Prompt, call: Call, cues: Sequence[Cue], scene: Scene, language: str) -> Iterator[Saying]:
    if prompt in _ONLY_WHEN and not _ONLY_WHEN[prompt](call, cues):
        return
    if prompt is Prompt.TEXT:
        yield from scene.notices(call)
    elif prompt is Prompt.OPENS_AT:
        yield from _opening(call, scene, language)
    elif prompt in _MENUS:
        yield from _options(prompt, call, scene, language)
    else:
        yield Saying(prompt, language, _gaps(prompt, call, scene))


def _gaps(prompt: Prompt, call: Call, scene: Scene) -> Gaps:
    fill = _GAPS.get(prompt)
    return fill(call, scene) if fill else {}


def _opening(call: Call, scene: Scene, language: str) -> Iterator[Saying]:
    """The next opening in the desk's clock, its place named when the country has several."""
    gaps: Gaps = {"department": call.department}
    if not call.next_opening:
        if call.state is State.CLOSED:
            yield Saying(Prompt.NEVER_OPENS, language, gaps)
        return
    gaps["opening"] = call.next_opening
    if scene.several_zones and call.opening_zone:
        yield Saying(Prompt.OPENS_AT_PLACE, language, {**gaps, "place": call.opening_zone})
    else:
        yield Saying(Prompt.OPENS_AT, language, gaps)


def _options(prompt: Prompt, call: Call, scene: Scene, language: str) -> Iterator[Saying]:
    """A menu's options; a language is offered in its own voice where it has prompts, else named."""
    for key, option in enumerate(call.options, start=1):
        if prompt is Prompt.COUNTRY_OPTION:
            yield Saying(prompt, language, {"country": scene.country(option), "key": key})
        elif prompt is Prompt.LANGUAGE_OPTION and option in scene.prompt_languages:
            yield Saying(prompt, option, {"key": key})
        elif prompt is Prompt.LANGUAGE_OPTION:
            yield Saying(Prompt.LANGUAGE_OPTION_NAMED, _ENGLISH, {"language": option, "key": key})
        else:
            yield Saying(prompt, language, {"language": option, "key": key})
