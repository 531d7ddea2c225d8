"""When which turn is sent: fixed before the first one is, so that a slow server can't thin out what it is asked."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

# Seconds between the turns of a conversation; a person needs longer, but a short run then has no second turns.
PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class Slot:
    """A turn: the second at which it is due, its conversation's number, and its place in it."""

    due: float
    conversation: int
    turn: int


def schedule(lengths: Sequence[int], *, rate: float, seconds: float, pause: float = PAUSE) -> tuple[Slot, ...]:
    """Turns at `rate` a second, equally spaced: the next one of a conversation that paused long enough, or a new one.

    `lengths`: the turns of each conversation; they are begun in their order. Raises ValueError for too few.
    """
    waiting: deque[tuple[float, int, int]] = deque()  # all pause equally long: in order of when they go on
    slots, opened = [], 0
    for number in range(round(rate * seconds)):
        due = number / rate
        if waiting and waiting[0][0] <= due:
            _, conversation, turn = waiting.popleft()
        elif opened < len(lengths):
            conversation, turn = opened, 0
            opened += 1
        else:
            raise ValueError(f"{len(lengths)} conversations are too few for {rate * seconds:.0f} turns")
        slots.append(Slot(due, conversation, turn))
        if turn + 1 < lengths[conversation]:
            waiting.append((due + pause, conversation, turn + 1))
    return tuple(slots)
