"""What was asked in vain, for leads: a page, and a table to be opened elsewhere."""

from dataclasses import dataclass
from itertools import chain

from flask import Blueprint, Response, request

from web.console.guard import lead
from web.console.names import Names
from web.console.period_form import period_of, period_parameters
from web.console.rendering import Renderer
from web.console.sheet import sheet
from web.console.vain_groups import Vain, VainGroups
from web.storage.period import Period, day_of
from web.storage.vain import Reason, VainStore

MOST_GROUPS = 40
MOST_EXAMPLES = 6


@dataclass(frozen=True, slots=True)
class VainPages:
    """Answers the routes."""

    renderer: Renderer
    store: VainStore
    groups: VainGroups

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes."""
        blueprint.get("/vain")(self.vain)
        blueprint.get("/vain.csv")(self.vain_sheet)

    def vain(self) -> Response:
        """The largest groups."""
        lead()
        period, reasons, vain = self._asked()
        groups = vain.groups[:MOST_GROUPS]
        told = period_parameters(period) | ({"reason": reasons[0].value} if len(reasons) == 1 else {})
        shown = {
            "part": "vain",
            "vain": vain,
            "groups": [(group, self.groups.nearest(group.examples[0].message)) for group in groups],
            "most_examples": MOST_EXAMPLES,
            "period": period,
            "reasons": tuple(Reason),
            "chosen": reasons[0].value if len(reasons) == 1 else "",
            "told": told,
            "names": Names(self.renderer.assistant.index.base, self.renderer.interface),
        }
        return self.renderer.page("vain.html", self.renderer.desk(), shown)

    def vain_sheet(self) -> Response:
        """All groups, a row each."""
        lead()
        period, _, vain = self._asked()
        rows = []
        for group in vain.groups:
            nearest = self.groups.nearest(group.examples[0].message)
            counts = [group.reasons.get(reason, 0) for reason in Reason]
            texts = [turn.message for turn in group.examples[:MOST_EXAMPLES]]
            told = (day_of(group.newest), texts[0], " | ".join(texts[1:]), nearest.entry_id)
            rows.append((group.count, *counts, *told, round(nearest.confidence, 4)))
        names = chain(("count",), Reason, ("newest", "question", "also", "nearest_entry", "confidence"))
        return sheet(f"vain-{_days(period)}", tuple(names), rows)

    def _asked(self) -> tuple[Period, tuple[Reason, ...], Vain]:
        period, wished = period_of(request.args), request.args.get("reason", "")
        reasons = (Reason(wished),) if wished in list(Reason) else tuple(Reason)
        return period, reasons, self.groups.of(self.store.turns(period, reasons))


def _days(period: Period) -> str:
    return f"{period.first}-{period.last}"
