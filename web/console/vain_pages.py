"""What was asked in vain, for leads: a page, and a table to be opened elsewhere."""

from dataclasses import dataclass
from itertools import chain

from flask import Blueprint, Response, request

from web.console.guard import lead
from web.console.period_form import period_of, period_parameters
from web.console.rendering import Renderer
from web.console.sheet import sheet
from web.console.vain_groups import Vain, VainGroup, VainGroups
from web.storage.meanings import MeaningStore
from web.storage.period import Period, Span, day_of
from web.storage.vain import MOST_OF_A_REASON, Reason

MOST_GROUPS = 40
MOST_EXAMPLES = 6


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group as it is shown: `asked` are examples as message ids and messages, the one that names the group first."""

    group: VainGroup
    asked: tuple[tuple[str, str], ...]

    @property
    def left_out(self) -> int:
        """In how many other words it was asked beside the examples."""
        return len(self.group.texts) - len(self.asked)


@dataclass(frozen=True, slots=True)
class VainPages:
    """Answers the routes."""

    renderer: Renderer
    meanings: MeaningStore
    groups: VainGroups

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes."""
        blueprint.get("/vain")(self.vain)
        blueprint.get("/vain.csv")(self.vain_sheet)

    def vain(self) -> Response:
        """The largest groups."""
        lead()
        period, reasons, vain = self._asked()
        told = period_parameters(period) | ({"reason": reasons[0].value} if len(reasons) == 1 else {})
        shown = {
            "part": "vain",
            "vain": vain,
            "groups": self._shown(vain.groups[:MOST_GROUPS]),
            "period": period,
            "reasons": tuple(Reason),
            "chosen": reasons[0].value if len(reasons) == 1 else "",
            "told": told,
            "most": MOST_OF_A_REASON,
        }
        return self.renderer.page("vain.html", self.renderer.desk(), shown)

    def vain_sheet(self) -> Response:
        """All groups, a row each."""
        lead()
        period, _, vain = self._asked()
        rows = []
        for shown in self._shown(vain.groups):
            group = shown.group
            counts = [group.reasons.get(reason, 0) for reason in Reason]
            texts = [message for _, message in shown.asked]
            day = day_of(group.newest, self.renderer.zone)
            nearest = (group.nearest, round(group.confidence, 4))
            rows.append((group.count, *counts, day, texts[0], " | ".join(texts[1:]), *nearest))
        names = chain(("count",), Reason, ("newest", "question", "also", "nearest_entry", "confidence"))
        return sheet(f"vain-{_days(period)}", tuple(names), rows)

    def _asked(self) -> tuple[Period, tuple[Reason, ...], Vain]:
        period, wished = period_of(request.args, self.renderer.zone), request.args.get("reason", "")
        reasons = (Reason(wished),) if wished in list(Reason) else tuple(Reason)
        return period, reasons, self.groups.of(Span(period.begin, period.end), reasons)

    def _shown(self, groups: tuple[VainGroup, ...]) -> list[ShownGroup]:
        examples = [[text.message_id for text in group.texts[:MOST_EXAMPLES]] for group in groups]
        message_of = self.meanings.messages(list(chain.from_iterable(examples)))
        rows = []
        for group, ids in zip(groups, examples, strict=True):
            # One that was erased in this moment is not there.
            if asked := tuple((name, message_of[name]) for name in ids if name in message_of):
                rows.append(ShownGroup(group, asked))
        return rows


def _days(period: Period) -> str:
    return f"{period.first}-{period.last}"
