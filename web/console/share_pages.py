"""Shares of conversations that were answered and resolved, for leads: charts with tables, and a table to be opened
elsewhere."""

from dataclasses import dataclass

from flask import Blueprint, Response, request

from web.console import charts
from web.console.guard import lead
from web.console.period_form import period_of, period_parameters
from web.console.rendering import Renderer
from web.console.sheet import sheet
from web.storage.period import day_of
from web.storage.shares import By, Share, ShareStore, total

# Rows of a chart; the table has them all.
MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class SharePages:
    """Answers the routes."""

    renderer: Renderer
    store: ShareStore

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes."""
        blueprint.get("/shares")(self.shares)
        blueprint.get("/shares.csv")(self.share_sheet)

    def shares(self) -> Response:
        """All charts with their tables."""
        lead()
        period = period_of(request.args, self.renderer.zone)
        by = self.store.of(period)
        shown = {
            "part": "shares",
            "period": period,
            "by_day": by[By.DAY],
            "tables": {one: rows for one, rows in by.items() if one is not By.DAY},
            "total": total(by[By.DAY]),
            "chart": charts.day_chart(by[By.DAY], period),
            "charts": charts,
            "most_bars": MOST_BARS,
            "told": period_parameters(period),
            "By": By,
        }
        return self.renderer.page("shares.html", self.renderer.desk(), shown)

    def share_sheet(self) -> Response:
        """All tables in one."""
        lead()
        period = period_of(request.args, self.renderer.zone)
        rows = [
            (by.value, self._written(by, row), row.conversations, row.answered, row.resolved)
            for by, shares in self.store.of(period).items()
            for row in shares
        ]
        header = ("by", "value", "conversations", "answered", "resolved")
        return sheet(f"shares-{period.first}-{period.last}", header, rows)

    def _written(self, by: By, row: Share) -> str:
        return str(day_of(int(row.key or 0), self.renderer.zone)) if by is By.DAY else row.key or ""
