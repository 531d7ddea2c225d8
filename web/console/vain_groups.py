"""What was asked in vain, grouped by what it means."""

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from index.grouping import central, group
from web.storage.meanings import MeaningStore
from web.storage.period import Span
from web.storage.vain import Reason, VainStore, VainText

# Different texts that are grouped, the newest ones: distances of all pairs take 8 MB, and 0.1 s.
MOST_TEXTS = 1000
# Groupings that are kept, by the keys of their texts.
REMEMBERED = 16

# The places of texts, group by group, of each group the most central one first.
Grouping = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class VainGroup:
    """Messages that mean much the same. `texts`: in their different words, the most central one first, then the most
    frequent ones.

    `count`: of messages; `reasons`: of how many of them each holds; `nearest`: the entry that is probably meant most
    often; `confidence`: the mean of its probabilities, of messages that another entry is nearest to 0.
    """

    texts: tuple[VainText, ...]
    count: int
    reasons: dict[Reason, int]
    newest: int
    nearest: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Vain:
    """Groups, the largest first; `left_out`: messages older than the newest MOST_TEXTS texts; `waiting`: those that are
    not read yet.
    """

    groups: tuple[VainGroup, ...]
    count: int
    left_out: int
    waiting: int


class VainGroups:
    """Groups what was read; nothing is encoded."""

    def __init__(self, vain: VainStore, meanings: MeaningStore) -> None:
        self._vain = vain
        self._meanings = meanings
        self._kept: OrderedDict[tuple[str, ...], Grouping] = OrderedDict()
        self._lock = Lock()

    def of(self, span: Span, reasons: tuple[Reason, ...] = tuple(Reason)) -> Vain:
        """The groups of a time."""
        found = self._vain.texts(span, reasons, index_name=self._meanings.index_name, most=MOST_TEXTS)
        # In an order that does not depend on when they were asked: the same texts are the same groups.
        texts = sorted(found.texts, key=lambda text: text.key)
        groups = [_group([texts[place] for place in places]) for places in self._grouping(texts)]
        groups.sort(key=lambda one: (-one.count, -one.newest, one.texts[0].key))
        return Vain(tuple(groups), sum(one.count for one in groups), found.left_out, found.waiting)

    def _grouping(self, texts: Sequence[VainText]) -> Grouping:
        key = tuple(text.key for text in texts)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._grouped(texts)
                if len(self._kept) > REMEMBERED:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]

    def _grouped(self, texts: Sequence[VainText]) -> Grouping:
        vector_of = self._meanings.vectors([text.message_id for text in texts])
        # One that was erased in this moment is not there.
        places = [place for place, text in enumerate(texts) if text.message_id in vector_of]
        if not places:
            return ()
        vectors = np.stack([vector_of[texts[place].message_id] for place in places])
        members: dict[int, list[int]] = {}
        for row, number in enumerate(group(vectors)):
            members.setdefault(int(number), []).append(row)
        for rows in members.values():
            if len(rows) > 2:
                rows.insert(0, rows.pop(central(vectors[rows])))
        return tuple(tuple(places[row] for row in rows) for rows in members.values())


def _group(texts: Sequence[VainText]) -> VainGroup:
    reasons: Counter[Reason] = Counter()
    for text in texts:
        reasons.update(text.reasons)
    count, newest = sum(text.count for text in texts), max(text.newest for text in texts)
    others = sorted(texts[1:], key=lambda text: (-text.count, -text.newest, text.key))
    nearest, confidence = _nearest(texts)
    return VainGroup((texts[0], *others), count, dict(reasons), newest, nearest, confidence / count)


def _nearest(texts: Sequence[VainText]) -> tuple[str, float]:
    """The entry with the largest sum of probabilities (of several the nearest of more messages), and that sum."""
    sums: dict[str, tuple[float, int]] = {}
    for text in texts:
        before = sums.get(text.nearest, (0.0, 0))
        sums[text.nearest] = (before[0] + text.count * text.confidence, before[1] + text.count)
    entry_id = max(sums, key=lambda name: (*sums[name], name))
    return entry_id, sums[entry_id][0]
