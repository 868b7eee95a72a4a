"""Where a queue's calls go while somebody sends them elsewhere, whatever the table's version says."""

from datetime import datetime

from routing.table import Overlay, Reroute


def rerouted(overlay: Overlay, queue: str, at: datetime) -> str:
    """The queue that takes a queue's calls at an aware instant: itself, unless they are sent elsewhere.

    Chains are followed to their end, each re-route once. Queues that are sent to each other in a circle keep
    their calls. So asking again about the queue that was given gives the same one.
    """
    steps = followed(overlay, queue, at)
    return steps[-1].to if steps else queue


def followed(overlay: Overlay, queue: str, at: datetime) -> tuple[Reroute, ...]:
    """The re-routes that ``rerouted`` follows, in order; none where the queue keeps its calls.

    Of several in force for one queue the one that stands last, which is the one made last, holds.
    """
    holding = {row.queue: row for row in overlay.reroutes if row.start <= at < row.end}
    steps: list[Reroute] = []
    reached = {queue: 0}  # queue -> how many steps lead there
    here = queue
    while here in holding:
        step = holding[here]
        if step.to in reached:
            return tuple(steps[: reached[step.to]])
        steps.append(step)
        here = step.to
        reached[here] = len(steps)
    return tuple(steps)
