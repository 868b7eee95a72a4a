"""What is left when nothing else works: an apology and the fallback queue, from no store at all."""

from dataclasses import replace

from app.callflow.event import Event
from app.callflow.model import Call, Cue, Ends, Listens, Saying, Turn
from app.callflow.prompts import Prompt
from app.services.after_transfer import outcome
from app.services.links import Link
from app.services.queues import FALLBACK


def apology(call: Call, event: Event, link: Link | None) -> Turn:
    """The turn of a caller of whom nothing but the webhook and perhaps its link is known.

    A caller who comes back from a conversation, or from the fallback queue itself, is not sent there
    again. The answer counts as a turn: what is stored is older than it, and not gone back to.
    """
    if link is not None:
        call = replace(call, turn=link.turn, territory=link.territory, department=link.department)
    language, queue = (link.language or "en", link.queue) if link else ("en", "")
    call = replace(call, turn=call.turn + 1, language=language, queue=FALLBACK)
    said: tuple[Prompt, ...] = (Prompt.APOLOGY, Prompt.COLLEAGUE_WILL_HELP)
    cue, ends = outcome(event), Ends.TRANSFER
    if cue is Cue.BRIDGED or (cue is Cue.NOT_ANSWERED and queue == FALLBACK):
        said, ends = (Prompt.GOODBYE if cue is Cue.BRIDGED else Prompt.NOBODY,), Ends.HANGUP
    says = tuple(Saying(prompt, language) for prompt in said)
    return Turn(call, says, Listens.NOTHING, ends, target=f"queue:{FALLBACK}")
