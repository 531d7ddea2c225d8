"""What playing a question set gave: right replies by group, and what was shown instead of what."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from web.evaluation import Question, confusion

Group = tuple[str, str]

ALL: Group = ("all", "all")
GROUPS = ("kind", "language", "tag")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, the reply to it, and what is wrong with that."""

    question: Question
    reply: Mapping[str, object]
    faults: Sequence[str]

    def groups(self) -> list[Group]:
        """Every group that the question counts in."""
        question = self.question
        return [ALL, ("kind", question.kind), ("language", question.lang), *(("tag", tag) for tag in question.tags)]


def counts(outcomes: Sequence[Outcome]) -> tuple[Counter[Group], Counter[Group]]:
    """Of every group, how many replies are right, and how many there are."""
    total = Counter(group for outcome in outcomes for group in outcome.groups())
    right = Counter(group for outcome in outcomes if not outcome.faults for group in outcome.groups())
    return right, total


def confusions(outcomes: Sequence[Outcome]) -> list[tuple[tuple[str, str], int]]:
    """What was expected and what was shown instead, with how often, the most frequent first."""
    counted = Counter(pair for row in outcomes if (pair := confusion(row.question, row.reply)))
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def outcomes_as_json(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """The counts of all groups, and the rows that are wrong."""
    right, total = counts(outcomes)
    groups: dict[str, dict[str, dict[str, int]]] = {name: {} for name in GROUPS}
    for (group, name), count in sorted(total.items()):
        if group in groups:
            groups[group][name] = {"right": right[group, name], "total": count}
    return {
        "right": right[ALL],
        "total": total[ALL],
        **groups,
        "wrong": [_wrong(row) for row in outcomes if row.faults],
    }


def _wrong(outcome: Outcome) -> dict[str, object]:
    shown = {name: outcome.reply[name] for name in ("kind", "language", "entry_id", "variants", "confidence")}
    return {"qid": outcome.question.qid, "turns": outcome.question.turns, "faults": outcome.faults, "reply": shown}
